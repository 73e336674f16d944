#include "sync/run_ledger.h"

#include <string.h>

static const struct column run_columns[] = {
    {"run_id", "The run: its start, and a number of chance.", COLUMN_TEXT},
    {"tenant", "Tenant, by its name in the configuration.", COLUMN_TEXT},
    {"started_at", "When it began.", COLUMN_TIMESTAMPTZ},
    {"finished_at", "When it ended; NULL while it runs, and of one that was killed.",
        COLUMN_TIMESTAMPTZ},
    {"outcome", "running, complete, partial, failed, interrupted or refused.", COLUMN_TEXT},
    {"version", "Of the program.", COLUMN_TEXT},
    {"message", "Why it ended as it did, where there is something to say.", COLUMN_TEXT},
};
enum { RUN_COLUMN_COUNT = sizeof run_columns / sizeof *run_columns };

const struct relation run_ledger_run = {.name = "sync_run",
    .about = "The runs, each from its start to its outcome.",
    .columns = run_columns,
    .column_count = RUN_COLUMN_COUNT,
    .key_count = 1,
    .kind = RELATION_RUN};

static const struct column entity_columns[] = {
    {"run_id", "The run.", COLUMN_TEXT},
    {"entity", "What was fetched, such as device_app.", COLUMN_TEXT},
    {"calls", "Calls made, further tries among them.", COLUMN_BIGINT},
    {"retries", "Those of them that were not the first of their call.", COLUMN_BIGINT},
    {"bytes", "Of answers, as they came over the wire.", COLUMN_BIGINT},
    {"fetched", "Distinct records that the server listed; rows, of a device's inventory.",
        COLUMN_BIGINT},
    {"inserted", "Rows.", COLUMN_BIGINT},
    {"updated", "Rows; a set has none.", COLUMN_BIGINT},
    {"deleted", "Rows.", COLUMN_BIGINT},
    {"unchanged", "Rows that were loaded and not written, as they were there already.",
        COLUMN_BIGINT},
    {"rejected", "Records that could not be used; see rejected_record.", COLUMN_BIGINT},
    {"seconds", "From the run's start to the entity's end.", COLUMN_DOUBLE},
    {"completeness", "proven, unproven or not offered.", COLUMN_TEXT},
};
enum { ENTITY_COLUMN_COUNT = sizeof entity_columns / sizeof *entity_columns };

const struct relation run_ledger_entity = {.name = "sync_run_entity",
    .about = "What each run fetched and changed of each entity.",
    .columns = entity_columns,
    .column_count = ENTITY_COLUMN_COUNT,
    .key_count = 2,
    .kind = RELATION_RUN};

static struct cell run_ledger_text(const char *text)
{
    return (struct cell){.is_set = text != NULL, .text = str_of(text != NULL ? text : "")};
}

static struct cell run_ledger_number(int64_t number)
{
    return (struct cell){.is_set = true, .number = number};
}

static bool run_ledger_tell_run(struct load *load, const struct sync_report *report,
    const char *outcome, const char *version, struct error *err)
{
    char text[SYNC_MESSAGE_SIZE];
    const struct cell cells[RUN_COLUMN_COUNT] = {
        run_ledger_text(report->run_id),
        run_ledger_text(report->tenant),
        {.is_set = true, .ms = report->started_at},
        {.is_set = report->finished_at != 0, .ms = report->finished_at},
        run_ledger_text(outcome),
        run_ledger_text(version),
        run_ledger_text(sync_report_message(report, text)),
    };
    const struct row row = {&run_ledger_run, cells};

    return load_tell(load, &row, 1, err);
}

static bool run_ledger_tell_entities(
    struct load *load, const struct sync_report *report, struct error *err)
{
    struct cell cells[SYNC_MOST_ENTITIES][ENTITY_COLUMN_COUNT];
    struct row rows[SYNC_MOST_ENTITIES];

    for (size_t i = 0; i < report->entity_count; i++) {
        const struct sync_entity_report *entity = &report->entities[i];
        const struct cell of_entity[ENTITY_COLUMN_COUNT] = {
            run_ledger_text(report->run_id),
            run_ledger_text(entity->entity),
            run_ledger_number(entity->calls),
            run_ledger_number(entity->retries),
            run_ledger_number(entity->bytes),
            run_ledger_number(entity->fetched),
            run_ledger_number(entity->inserted),
            run_ledger_number(entity->updated),
            run_ledger_number(entity->deleted),
            run_ledger_number(entity->unchanged),
            run_ledger_number(entity->rejected),
            {.is_set = true, .real = entity->seconds},
            run_ledger_text(sync_completeness_name(entity)),
        };

        memcpy(cells[i], of_entity, sizeof of_entity);
        rows[i] = (struct row){&run_ledger_entity, cells[i]};
    }
    return report->entity_count == 0 || load_tell(load, rows, report->entity_count, err);
}

bool run_ledger_begin(
    struct load *load, const struct sync_report *report, const char *version, struct error *err)
{
    return run_ledger_tell_run(load, report, "running", version, err);
}

bool run_ledger_end(
    struct load *load, const struct sync_report *report, const char *version, struct error *err)
{
    return run_ledger_tell_entities(load, report, err) &&
           run_ledger_tell_run(load, report, sync_report_outcome(report), version, err);
}
