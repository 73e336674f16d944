#include "load/csv/csv_snapshot.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/json.h"
#include "base/timestamp.h"
#include "load/csv/csv_old.h"
#include "load/csv/csv_text.h"

#define CSV_MANIFEST "manifest.json"

bool csv_snapshot_has(const struct relation *relation)
{
    return relation->kind != RELATION_LOG && relation->kind != RELATION_RUN;
}

bool csv_snapshot_init(struct csv_snapshot *snapshot, const struct csv_store *store,
    const struct load_schema *schema, const struct load_run *run, bool safe, struct error *err)
{
    *snapshot = (struct csv_snapshot){.store = store,
        .schema = schema,
        .run = run,
        .safe = safe,
        .ended = store->state.ended,
        .outcomes = calloc(schema->count + 1, sizeof *snapshot->outcomes)};
    return snapshot->outcomes != NULL || error_memory(err);
}

void csv_snapshot_release(struct csv_snapshot *snapshot)
{
    struct error ignored; /* what stays is removed by the next run */

    if (snapshot->folder.path != NULL && !snapshot->switched) {
        (void)csv_folder_remove(&snapshot->store->states, snapshot->run->run_id, &ignored);
        (void)csv_folder_remove(&snapshot->store->snapshots, snapshot->run->run_id, &ignored);
    }
    csv_folder_release(&snapshot->folder);
    free(snapshot->outcomes);
    *snapshot = (struct csv_snapshot){0};
}

static bool csv_snapshot_begin(struct csv_snapshot *snapshot, struct error *err)
{
    const struct csv_folder *parent = &snapshot->store->snapshots;
    const char *run_id = snapshot->run->run_id;
    struct stat info;
    bool ok = true;

    if (snapshot->folder.path == NULL) {
        /* A run id that was used before must not write into what was published under it. */
        if (fstatat(parent->fd, run_id, &info, AT_SYMLINK_NOFOLLOW) == 0) {
            errno = EEXIST;
            ok = csv_folder_error(parent, run_id, "make the folder", err);
        }
        ok = ok && csv_folder_open(&snapshot->folder, parent, run_id, CSV_FOLDER_MAKE, err);
    }
    return ok;
}

bool csv_snapshot_create(struct csv_snapshot *snapshot, const struct relation *relation,
    struct csv_file *file, struct error *err)
{
    char name[CSV_FILE_NAME_SIZE];

    csv_file_name(relation->name, name);
    return csv_snapshot_begin(snapshot, err) &&
           csv_file_create(file, &snapshot->folder, name, CSV_FILE_DURABLE, err);
}

/* Reads a published file of which nothing is known. */
static bool csv_snapshot_measure(
    struct csv_input *input, struct csv_state_file *file, struct hash *hash, struct error *err)
{
    struct str record = {0};
    bool more = true;
    bool ok = true;

    file->rows = -1; /* the header is no row */
    file->bytes = 0;
    while (ok && more) {
        ok = csv_input_record(input, &record, &more, err);
        if (ok && more) {
            file->rows++;
            file->bytes += (int64_t)record.size;
            ok = hash_add(hash, record.data, record.size, err);
        }
    }
    return ok && hash_end_hex(hash, file->sha256, err);
}

/* What there is to know of a published file: from the state, or, where that is lost or does not
 * fit the file, by reading. */
static bool csv_snapshot_describe(const struct csv_snapshot *snapshot, const char *name,
    struct csv_state_file *file, struct error *err)
{
    const struct csv_store *store = snapshot->store;
    const struct csv_state_file *known = csv_state_find(&store->state, file->relation);
    struct csv_input input = {0};
    struct hash *hash = NULL;
    struct stat info = {0};
    bool ok = fstatat(store->current.fd, name, &info, AT_SYMLINK_NOFOLLOW) == 0 ||
              csv_folder_error(&store->current, name, "open", err);

    if (ok && known != NULL && known->bytes == (int64_t)info.st_size) {
        *file = *known;
    } else if (ok) {
        hash = hash_new(err);
        ok = hash != NULL &&
             csv_input_open(&input, &store->current, name, 2 * CSV_LINE_CEILING, NULL, err) &&
             csv_snapshot_measure(&input, file, hash, err);
        csv_input_release(&input);
        hash_free(hash);
    }
    return ok;
}

/* The published file stays: a link to it, and its line in the state. */
static bool csv_snapshot_keep(struct csv_snapshot *snapshot, const struct relation *relation,
    struct csv_state_file *file, struct error *err)
{
    char name[CSV_FILE_NAME_SIZE];

    csv_file_name(relation->name, name);
    memcpy(file->relation, relation->name, strlen(relation->name) + 1);
    return csv_snapshot_describe(snapshot, name, file, err) &&
           (linkat(snapshot->store->current.fd, name, snapshot->folder.fd, name, 0) == 0 ||
               csv_folder_error(&snapshot->folder, name, "link", err));
}

static bool csv_snapshot_collect(
    struct csv_snapshot *snapshot, struct csv_state *state, struct error *err)
{
    bool ok = true;

    state->sequence = snapshot->store->state.sequence + 1;
    state->safe = snapshot->safe;
    state->ended = snapshot->ended;
    for (size_t i = 0; ok && i < snapshot->schema->count; i++) {
        struct csv_outcome *outcome = &snapshot->outcomes[i];

        if (csv_snapshot_has(snapshot->schema->relations[i])) {
            ok = (outcome->written || csv_snapshot_keep(snapshot, snapshot->schema->relations[i],
                                          &outcome->file, err)) &&
                 csv_state_add(state, &outcome->file, err);
        }
    }
    return ok;
}

static void csv_snapshot_manifest(
    const struct csv_snapshot *snapshot, const struct csv_state *state, struct buffer *out)
{
    struct json_writer json;
    char started_at[TIMESTAMP_TEXT_SIZE];

    (void)timestamp_format(snapshot->run->started_at, started_at);
    json_init(&json, out);
    json_object_begin(&json);
    json_member_text(&json, "run_id", snapshot->run->run_id);
    json_member_text(&json, "tenant", snapshot->run->tenant);
    json_member_text(&json, "started_at", started_at);
    json_member_text(&json, "version", snapshot->run->version);
    json_name(&json, "files");
    json_array_begin(&json);
    for (size_t i = 0; i < state->count; i++) {
        char name[CSV_FILE_NAME_SIZE];

        csv_file_name(state->files[i].relation, name);
        json_object_begin(&json);
        json_member_text(&json, "file", name);
        json_member_text(&json, "relation", state->files[i].relation);
        json_member_int(&json, "rows", state->files[i].rows);
        json_member_int(&json, "bytes", state->files[i].bytes);
        json_member_text(&json, "sha256", state->files[i].sha256);
        json_object_end(&json);
    }
    json_array_end(&json);
    json_object_end(&json);
    buffer_append_char(out, '\n');
}

static bool csv_snapshot_write_manifest(
    const struct csv_snapshot *snapshot, const struct csv_state *state, struct error *err)
{
    struct csv_file file = {0};
    struct buffer text;
    bool ok = true;

    buffer_init(&text, CEILING_FILE);
    csv_snapshot_manifest(snapshot, state, &text);
    ok = (buffer_ok(&text) || error_memory(err)) &&
         csv_file_create(&file, &snapshot->folder, CSV_MANIFEST, CSV_FILE_DURABLE, err) &&
         csv_file_write(&file, buffer_view(&text), err) && csv_file_finish(&file, NULL, err);
    csv_file_release(&file);
    buffer_release(&text);
    return ok;
}

/* In this order: what the link leads to is whole and durable before the link leads there. */
static bool csv_snapshot_finish(
    struct csv_snapshot *snapshot, struct csv_state *state, struct error *err)
{
    const struct csv_store *store = snapshot->store;
    const char *run_id = snapshot->run->run_id;

    return csv_snapshot_begin(snapshot, err) && csv_snapshot_collect(snapshot, state, err) &&
           csv_snapshot_write_manifest(snapshot, state, err) &&
           csv_folder_sync(&snapshot->folder, err) && csv_folder_sync(&store->snapshots, err) &&
           csv_state_write(state, &store->states, run_id, err) &&
           csv_store_switch(store, run_id, &snapshot->switched, err);
}

bool csv_snapshot_publish(struct csv_snapshot *snapshot, bool *changed, struct error *err)
{
    struct csv_state state = {0};
    bool ok = true;

    *changed = snapshot->store->published == NULL;
    for (size_t i = 0; i < snapshot->schema->count; i++) {
        *changed = *changed || snapshot->outcomes[i].written;
    }
    if (*changed) {
        ok = csv_snapshot_finish(snapshot, &state, err);
    }
    csv_state_release(&state);
    return ok;
}
