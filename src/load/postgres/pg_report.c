#include "load/postgres/pg_report.h"

#include <stdio.h>
#include <stdlib.h>

#include "load/postgres/pg.h"
#include "load/postgres/pg_catalogue.h"
#include "load/postgres/pg_schema.h"

enum { PG_REPORT_PATH_SIZE = 64, PG_REPORT_MOST_COLUMNS = 16 };

struct pg_report {
    struct load load; /* first: the interface's own part */
    struct pg pg;
};

struct pg_report_reading {
    const char *name;
    size_t count;
    load_row_fn *each;
    void *context;
};

static bool pg_report_row(void *context, const PGresult *row, struct error *err)
{
    const struct pg_report_reading *reading = context;
    struct str texts[PG_REPORT_MOST_COLUMNS];
    bool ok = PQnfields(row) == (int)reading->count && reading->count <= PG_REPORT_MOST_COLUMNS;

    for (size_t i = 0; ok && i < reading->count; i++) {
        const char *text = PQgetisnull(row, 0, (int)i) != 0 ? NULL : PQgetvalue(row, 0, (int)i);

        texts[i] = (struct str){text, (size_t)PQgetlength(row, 0, (int)i)};
    }
    return ok ? reading->each(reading->context, texts, err)
              : error_set(err, ERROR_DESTINATION,
                    "report/%s.sql has not the columns that it should have", reading->name);
}

static bool pg_report_tell(struct load *load, const char *name, const char *tenant, size_t count,
    load_row_fn *each, void *context, struct error *err)
{
    struct pg_report *self = (struct pg_report *)load;
    const struct pg_variable variables[] = {{"tenant", tenant}, {NULL, NULL}};
    struct pg_report_reading reading = {name, count, each, context};
    char path[PG_REPORT_PATH_SIZE];

    (void)snprintf(path, sizeof path, "report/%s.sql", name);
    return pg_run_each(&self->pg, path, variables, pg_report_row, &reading, err);
}

/* The end of the connection ends the transaction. */
static void pg_report_close(struct load *load)
{
    struct pg_report *self = (struct pg_report *)load;

    pg_close(&self->pg);
    free(self);
}

static const struct load_ops pg_report_ops = {.report = pg_report_tell, .close = pg_report_close};

/* Views are as old as the schema: where one is missing, `migrate` makes all of them. */
static bool pg_report_check(struct pg *pg, const struct load_settings *settings, struct error *err)
{
    const struct pg_variable variables[] = {{"schema", settings->schema}, {NULL, NULL}};
    PGresult *missing = NULL;
    bool ok = pg_run(pg, "report/missing.sql", variables, &missing, err);

    if (ok && PQntuples(missing) > 0) {
        ok = error_set(err, ERROR_DESTINATION,
            "schema %s has no %s, which `report` reads: run `uemsync migrate`", settings->schema,
            PQgetvalue(missing, 0, 0));
    }
    PQclear(missing);
    return ok;
}

bool pg_report_open(const struct load_settings *settings, struct load **load, struct error *err)
{
    struct pg_report *self = calloc(1, sizeof *self);
    struct pg_catalogue catalogue = {NULL};
    bool ok = self != NULL || error_memory(err);

    ok = ok && pg_open(&self->pg, settings, err) && pg_be_reader(&self->pg, err) &&
         pg_run(&self->pg, "report/begin.sql", NULL, NULL, err) &&
         pg_schema_read_there(&self->pg, settings, &catalogue, err) &&
         pg_report_check(&self->pg, settings, err);
    pg_catalogue_release(&catalogue);
    if (!ok && self != NULL) {
        pg_report_close(&self->load);
    } else if (ok) {
        self->load.ops = &pg_report_ops;
    }
    *load = ok ? &self->load : NULL;
    return ok;
}
