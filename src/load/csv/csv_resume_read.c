#include "load/csv/csv_load.h"
#include "load/csv/csv_read.h"
#include "load/csv/csv_resume.h"
#include "load/csv/csv_scope.h"

/* A reading of the rows of load_schema.fetched. */
struct csv_resume_reading {
    const struct csv_load *csv;
    const struct relation *relation;
    struct csv_scope scope;
    struct csv_texts texts;
    const size_t *columns;
    load_row_fn *each;
    void *context;
};

static bool csv_resume_read(
    struct csv_resume_reading *reading, const struct csv_entry *entry, struct error *err)
{
    const struct csv_load *csv = reading->csv;
    struct str key = {entry->key.data + CSV_PREFIX_SIZE, entry->key.size - CSV_PREFIX_SIZE};
    uint64_t ordinal = 0;
    bool ok = true;

    if (entry->ordinal <= csv->plans[csv->resume.fetched].counting) {
        /* forgotten */
    } else if (csv_scope_is_mark(reading->relation, key)) {
        ok = csv_scope_add(&reading->scope, key, entry->ordinal, err);
    } else if (entry->line.size > 0 &&
               (!csv_scope_find(&reading->scope, key, &ordinal) || entry->ordinal > ordinal)) {
        ok = csv_texts_of_line(&reading->texts, reading->relation, entry->line, csv->safe,
                 reading->columns, err) &&
             reading->each(reading->context, reading->texts.texts, err);
    }
    return ok;
}

static bool csv_resume_read_all(struct csv_resume_reading *reading, struct error *err)
{
    const struct csv_load *csv = reading->csv;
    struct csv_runs runs = {0};
    struct csv_entry entry = {0};
    size_t relation = 0;
    bool more = true;
    bool ok = csv_sort_open_runs(csv->sort, &runs, err);

    while (ok && more && relation <= csv->resume.fetched) {
        ok = csv_go_on(err) && csv_runs_next(&runs, &entry, &more, err);
        if (ok && more) {
            const unsigned char *prefix = (const unsigned char *)entry.key.data;

            relation = ((size_t)prefix[0] << 8 | prefix[1]) / 2;
        }
        if (ok && more && relation == csv->resume.fetched) {
            ok = csv_resume_read(reading, &entry, err);
        }
    }
    csv_runs_release(&runs);
    return ok;
}

bool csv_resume_staged(struct load *load, const size_t *columns, size_t count, load_row_fn *each,
    void *context, struct error *err)
{
    struct csv_load *csv = csv_load_of(load);
    struct csv_resume_reading reading = {.csv = csv,
        .relation = csv->schema->fetched,
        .columns = columns,
        .each = each,
        .context = context};
    bool ok = true;

    if (csv->resume.taken) {
        csv_scope_init(&reading.scope, reading.relation, false);
        ok = csv_texts_init(&reading.texts, count, err) && csv_resume_read_all(&reading, err);
        csv_texts_release(&reading.texts);
        csv_scope_release(&reading.scope);
    }
    return ok;
}
