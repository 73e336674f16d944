#include "load/csv/csv_told.h"

#include <stdio.h>
#include <string.h>

#include "base/timestamp.h"
#include "load/csv/csv_text.h"

enum { CSV_RUN_TIME = 16, CSV_RUN_CHANCE = 8 }; /* sizes in a run's id */

static const char csv_running[] = "running";
static const char csv_failed[] = "failed";
static const char csv_ended[] =
    "ended without a word: it was killed, or lost the database, or the machine went down";

/* It is this run's, and where it says so this tenant's. */
static bool csv_tell_check(const struct csv_load *csv, const struct row *row, struct error *err)
{
    const struct relation *relation = row->relation;
    size_t tenant = relation_find_column(relation, "tenant");
    const struct cell *cells = row->cells;
    bool ok = (cells[0].is_set && str_is(cells[0].text, csv->run.run_id)) ||
              error_set(err, ERROR_RECORD, "%s: a row of another run", relation->name);

    return ok && (tenant == relation->column_count ||
                     (cells[tenant].is_set && str_is(cells[tenant].text, csv->run.tenant)) ||
                     error_set(err, ERROR_RECORD, "%s: a row of another tenant", relation->name));
}

/* Appends the whole file. */
static bool csv_tell_encode(struct csv_load *csv, const struct row *rows, size_t count,
    struct buffer *text, struct error *err)
{
    bool ok = true;

    csv_append_header(text, rows[0].relation);
    for (size_t i = 0; ok && i < count; i++) {
        buffer_clear(&csv->encoder.key);
        ok = csv_tell_check(csv, &rows[i], err) && csv_encode_row(&csv->encoder, &rows[i], err);
        buffer_append_str(text, buffer_view(&csv->encoder.line));
    }
    if (ok && !buffer_ok(text)) {
        ok = text->no_memory ? error_memory(err)
                             : error_set(err, ERROR_RECORD, "%s: more than %d bytes are told",
                                   rows[0].relation->name, CEILING_ROW);
    }
    return ok;
}

/* Written beside, and renamed over what is there. */
static bool csv_told_write(const struct csv_folder *home, const char *relation, const char *run_id,
    struct str text, struct error *err)
{
    struct csv_file file = {0};
    bool ok = csv_folder_remove(home, CSV_TOLD, err) &&
              csv_file_create(&file, home, CSV_TOLD, CSV_FILE_DURABLE, err) &&
              csv_file_write(&file, text, err) && csv_file_finish(&file, NULL, err) &&
              csv_log_replace(home, home, CSV_TOLD, relation, run_id, err);

    csv_file_release(&file);
    return ok;
}

bool csv_tell(struct load *load, const struct row *rows, size_t count, struct error *err)
{
    struct csv_load *csv = csv_load_of(load);
    const struct relation *relation = rows[0].relation;
    struct buffer text;
    size_t index = 0;
    bool ok = true;

    buffer_init(&text, CEILING_ROW);
    while (index < csv->schema->count &&
           strcmp(csv->schema->relations[index]->name, relation->name) != 0) {
        index++;
    }
    ok = (index < csv->schema->count && relation->kind == RELATION_RUN) ||
         error_set(err, ERROR_DESTINATION, "%s: is not told of a run", relation->name);
    ok = ok && csv_tell_encode(csv, rows, count, &text, err);
    if (ok && csv->telling) {
        ok = csv_logs_tell(&csv->logs, index, buffer_view(&text), err);
    } else if (ok) {
        ok = csv_told_write(
            &csv->store.home, relation->name, csv->run.run_id, buffer_view(&text), err);
    }
    buffer_release(&text);
    return ok;
}

/* A dead run's file, and what becomes of it. */
struct csv_burial {
    struct csv_input input;
    struct buffer text;    /* the file, with the rows that were running */
    struct buffer scratch; /* of a field */
    size_t outcome;        /* places in the file; SIZE_MAX: none */
    size_t message;
    bool running;
};

/* Appends a record with its fields as they are, but for what a row that is running says of that. */
static bool csv_bury_record(struct csv_burial *burial, struct str record, bool running)
{
    struct str rest = {record.data, record.size - 1};
    struct str field = {0};
    bool ok = true;

    for (size_t i = 0; ok && rest.data != NULL; i++) {
        ok = csv_next_field(&rest, &field);
        buffer_append_text(&burial->text, i > 0 ? "," : "");
        if (running && i == burial->outcome) {
            csv_append_text(&burial->text, str_of(csv_failed), false);
        } else if (running && i == burial->message) {
            csv_append_text(&burial->text, str_of(csv_ended), false);
        } else {
            buffer_append_str(&burial->text, field);
        }
    }
    buffer_append_char(&burial->text, '\n');
    return ok;
}

/* The text of field `at`; data is NULL without one. */
static struct str csv_bury_field(struct csv_burial *burial, struct str record, size_t at)
{
    struct str rest = {record.data, record.size - 1};
    struct str field = {0};
    bool ok = true;

    for (size_t i = 0; ok && i <= at; i++) {
        ok = rest.data != NULL && csv_next_field(&rest, &field);
    }
    return ok ? csv_field_text(field, false, &burial->scratch) : (struct str){0};
}

static size_t csv_bury_find(struct csv_burial *burial, struct str header, const char *name)
{
    size_t at = 0;
    struct str field = csv_bury_field(burial, header, at);

    while (field.data != NULL && !str_is(field, name)) {
        field = csv_bury_field(burial, header, ++at);
    }
    return field.data != NULL ? at : SIZE_MAX;
}

/* The file may have been written when the relation had other columns. */
static bool csv_bury_read(struct csv_burial *burial, struct error *err)
{
    struct str record = {0};
    bool header = true;
    bool more = true;
    bool ok = true;

    while (ok && more) {
        ok = csv_input_record(&burial->input, &record, &more, err);
        if (ok && more && header) {
            burial->outcome = csv_bury_find(burial, record, "outcome");
            burial->message = csv_bury_find(burial, record, "message");
            more = burial->outcome != SIZE_MAX && burial->message != SIZE_MAX;
        }
        if (ok && more) {
            bool running =
                !header && str_is(csv_bury_field(burial, record, burial->outcome), csv_running);

            burial->running = burial->running || running;
            ok = (csv_bury_record(burial, record, running) && buffer_ok(&burial->text)) ||
                 csv_input_damaged(&burial->input, "a record is broken", err);
            header = false;
        }
    }
    return ok;
}

/* What cannot be read is none of the run's at hand: it goes on. */
static bool csv_bury_run(const struct csv_store *store, const struct relation *relation,
    const char *run_id, const struct log *log, struct error *err)
{
    struct csv_burial burial = {.outcome = SIZE_MAX, .message = SIZE_MAX};
    struct csv_folder folder = {0};
    struct error cause = {0};
    char name[CSV_LOG_NAME_SIZE];
    bool found = false;
    bool ok = true;

    (void)snprintf(name, sizeof name, "%s.csv", run_id);
    buffer_init(&burial.text, CEILING_ROW);
    buffer_init(&burial.scratch, CEILING_ROW);
    ok = csv_folder_find(&folder, &store->home, relation->name, &found, &cause) &&
         (!found || csv_input_open(&burial.input, &folder, name, CEILING_ROW, &found, &cause)) &&
         (!found || csv_bury_read(&burial, &cause));
    if (!ok) {
        log_event(log, LOG_WARNING, "how run %s ended is not noted: its %s cannot be read", run_id,
            relation->name);
        ok = true;
    } else if (burial.running) {
        ok = csv_told_write(&store->home, relation->name, run_id, buffer_view(&burial.text), err);
    }
    csv_input_release(&burial.input);
    csv_folder_release(&folder);
    buffer_release(&burial.scratch);
    buffer_release(&burial.text);
    return ok;
}

bool csv_told_bury(const struct csv_store *store, const struct load_schema *schema,
    const struct log *log, struct error *err)
{
    char run_id[CSV_NAME_SIZE];
    bool ok = csv_store_holder(store, run_id, err);

    for (size_t i = 0; ok && run_id[0] != '\0' && i < schema->count; i++) {
        if (csv_log_has_outcome(schema->relations[i])) {
            ok = csv_bury_run(store, schema->relations[i], run_id, log, err);
        }
    }
    return ok;
}

/* "20261122T031500Z-1a2b3c4d.csv" */
static bool csv_told_is_run(const char *name)
{
    bool ok = strlen(name) == CSV_RUN_TIME + 1 + CSV_RUN_CHANCE + strlen(".csv");

    for (size_t i = 0; ok && i < CSV_RUN_TIME - 1; i++) {
        ok = i == 8 ? name[i] == 'T' : str_is_digit(name[i]);
    }
    for (size_t i = 0; ok && i < CSV_RUN_CHANCE; i++) {
        ok = str_hex_digit(name[CSV_RUN_TIME + 1 + i]) >= 0;
    }
    return ok && name[CSV_RUN_TIME - 1] == 'Z' && name[CSV_RUN_TIME] == '-' &&
           strcmp(name + CSV_RUN_TIME + 1 + CSV_RUN_CHANCE, ".csv") == 0;
}

struct csv_told_pruning {
    struct csv_folder folder;
    char cutoff[TIMESTAMP_TEXT_SIZE]; /* as an id begins */
};

static bool csv_told_prune_each(void *context, const char *name, struct error *err)
{
    const struct csv_told_pruning *pruning = context;
    bool is_old = csv_told_is_run(name) && strncmp(name, pruning->cutoff, CSV_RUN_TIME) < 0;

    return !is_old || csv_folder_remove(&pruning->folder, name, err);
}

bool csv_told_prune(const struct csv_folder *home, const struct load_schema *schema, int64_t cutoff,
    struct error *err)
{
    struct csv_told_pruning pruning = {.folder = {0}};
    bool ok = true;

    timestamp_format_compact(cutoff > TIMESTAMP_MIN ? cutoff : TIMESTAMP_MIN, pruning.cutoff);
    for (size_t i = 0; ok && i < schema->count; i++) {
        const struct relation *relation = schema->relations[i];
        bool found = relation->kind == RELATION_LOG || relation->kind == RELATION_RUN;

        ok = !found ||
             (csv_folder_find(&pruning.folder, home, relation->name, &found, err) &&
                 (!found || csv_folder_each(&pruning.folder, csv_told_prune_each, &pruning, err)));
        csv_folder_release(&pruning.folder);
    }
    return ok;
}
