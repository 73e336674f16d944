#include "load/csv/csv_output.h"

#include <string.h>

#include "load/csv/csv_text.h"

bool csv_output_open(
    struct csv_output *output, struct csv_snapshot *snapshot, size_t index, struct error *err)
{
    const struct csv_store *store = snapshot->store;
    struct csv_guard guard = csv_guard_of(store, snapshot->safe);
    bool is_history = snapshot->schema->relations[index]->kind == RELATION_HISTORY;
    bool found = false;
    bool ok = true;

    *output = (struct csv_output){
        .snapshot = snapshot, .relation = snapshot->schema->relations[index], .index = index};
    if (store->published != NULL) {
        ok = csv_old_open(
            &output->old, &store->current, output->relation, store->tenant, guard, &found, err);
    } else if (is_history && store->last.path != NULL) {
        ok = csv_old_open(
            &output->old, &store->last, output->relation, store->tenant, guard, &found, err);
    }
    if (ok && found && output->old.reordered) {
        ok = csv_old_sort(&output->old, &store->home, err);
    }
    if (ok && found && output->old.same_layout && store->published != NULL) {
        output->same = (int64_t)output->old.header_bytes;
    } else if (ok) {
        struct buffer header;

        buffer_init(&header, CSV_LINE_CEILING);
        csv_append_header(&header, output->relation);
        ok = (buffer_ok(&header) || error_memory(err)) && csv_output_diverge(output, err) &&
             csv_file_write(&output->file, buffer_view(&header), err);
        buffer_release(&header);
    }
    return ok;
}

void csv_output_release(struct csv_output *output)
{
    csv_file_release(&output->file);
    csv_old_release(&output->old);
    *output = (struct csv_output){0};
}

bool csv_output_diverge(struct csv_output *output, struct error *err)
{
    bool ok = true;

    if (!output->writing) {
        output->writing = true;
        ok = csv_snapshot_create(output->snapshot, output->relation, &output->file, err) &&
             (output->same == 0 ||
                 csv_input_copy(&output->old.input, output->same, &output->file, err));
    }
    return ok;
}

bool csv_output_keep(struct csv_output *output, struct str line, struct error *err)
{
    bool ok = true;

    output->rows++;
    if (output->writing) {
        ok = csv_file_write(&output->file, line, err);
    } else {
        output->same += (int64_t)line.size;
    }
    return ok;
}

bool csv_output_put(struct csv_output *output, struct str begin, struct str end, struct error *err)
{
    output->rows++;
    return csv_output_diverge(output, err) && csv_file_write(&output->file, begin, err) &&
           csv_file_write(&output->file, end, err);
}

bool csv_output_end(struct csv_output *output, struct error *err)
{
    struct csv_outcome *outcome = &output->snapshot->outcomes[output->index];
    bool ok = true;

    outcome->written = output->writing;
    if (output->writing) {
        const char *name = output->relation->name;

        memcpy(outcome->file.relation, name, strlen(name) + 1);
        outcome->file.rows = output->rows;
        outcome->file.bytes = output->file.bytes;
        ok = csv_file_finish(&output->file, outcome->file.sha256, err);
    }
    return ok;
}
