#include "load/postgres/pg_kept.h"

#include <string.h>

#include "base/timestamp.h"

enum { PG_KEPT_STEPS = sizeof((struct load_kept *)0)->keep / sizeof(const char *) };

/* Where a lock was missed, a table may wait for the next run; and then all of them do, as one may
 * be of use to another. */
static bool pg_kept_are_there(
    const struct load_schema *schema, const struct pg_catalogue *catalogue)
{
    bool there = true;

    for (size_t i = 0; there && i < schema->kept_count; i++) {
        there = pg_catalogue_kind(catalogue, schema->kept[i].relation.name) != NULL;
    }
    return there;
}

static bool pg_kept_keep(struct pg *pg, const struct load_kept *kept, const char *tenant,
    const char *started_at, struct error *err)
{
    const struct pg_variable variables[] = {{"tenant", tenant}, {"started_at", started_at},
        {"relation", kept->relation.name}, {NULL, NULL}};
    bool ok = true;

    load_watch_at(pg->watch, kept->relation.name);
    if (kept->is_starved && kept->relation.kind == RELATION_KEPT && !kept->tells_past) {
        ok = pg_run(pg, "erase_tenant.sql", variables, NULL, err);
    }
    for (size_t i = 0; ok && !kept->is_starved && i < PG_KEPT_STEPS && kept->keep[i] != NULL; i++) {
        ok = pg_run(pg, kept->keep[i], variables, NULL, err);
    }
    return ok || error_context(err, "keeping up %s", kept->relation.name);
}

static bool pg_kept_update(struct pg_staging *staging, const struct load_kept *kept,
    const char *started_at, struct error *err)
{
    return pg_kept_keep(staging->pg, kept, staging->tenant, started_at, err);
}

/* What is published by a run that goes on meanwhile is left for the next run of that tenant, as far
 * as it came between two of the statements. */
static bool pg_kept_fill_each(struct pg *pg, const struct load_kept *kept, struct error *err)
{
    const struct pg_variable variables[] = {{"relation", kept->tenants_of}, {NULL, NULL}};
    PGresult *tenants = NULL;
    bool ok = pg_run(pg, "publish_begin.sql", NULL, NULL, err) &&
              pg_run(pg, "kept/tenants.sql", variables, &tenants, err);

    for (int i = 0; ok && i < PQntuples(tenants); i++) {
        ok = pg_kept_keep(pg, kept, PQgetvalue(tenants, i, 0), "", err);
    }
    PQclear(tenants);
    return ok;
}

bool pg_kept_fill(struct pg *pg, const struct load_kept *kept, const struct pg_variable *variables,
    struct error *err)
{
    bool fed = !kept->is_starved;

    return (!fed || kept->fill == NULL || pg_run(pg, kept->fill, variables, NULL, err)) &&
           (!fed || kept->tenants_of == NULL || pg_kept_fill_each(pg, kept, err));
}

/* Whether the run has loaded what the table is of. */
static bool pg_kept_is_due(const struct pg_staging *staging, const struct load_kept *kept)
{
    bool is_due = kept->of == NULL || kept->is_starved;

    for (size_t i = 0; !is_due && i < staging->count; i++) {
        const struct pg_target *target = &staging->targets[i];

        is_due = strcmp(target->relation->name, kept->of) == 0 && pg_target_is_used(target);
    }
    return is_due;
}

bool pg_kept_publish(struct pg_staging *staging, const struct load_schema *schema,
    const struct pg_catalogue *waiting, int64_t started_at, struct error *err)
{
    bool there = waiting == NULL || pg_kept_are_there(schema, waiting);
    char text[TIMESTAMP_TEXT_SIZE];
    bool ok = true;

    (void)timestamp_format(started_at, text);
    for (size_t i = 0; ok && there && i < schema->kept_count; i++) {
        ok = !pg_kept_is_due(staging, &schema->kept[i]) ||
             pg_kept_update(staging, &schema->kept[i], text, err);
    }
    return ok;
}

bool pg_kept_erase(struct pg_staging *staging, const struct load_schema *schema,
    const struct pg_catalogue *catalogue, struct error *err)
{
    bool there = pg_kept_are_there(schema, catalogue);
    bool ok = !there || pg_run(staging->pg, "publish_begin.sql", NULL, NULL, err);

    for (size_t i = 0; ok && there && i < schema->kept_count; i++) {
        ok = !schema->kept[i].goes_with_rows || pg_kept_update(staging, &schema->kept[i], "", err);
    }
    return ok;
}

const struct load_kept *pg_kept_find(const struct load_schema *schema, const char *table)
{
    const struct load_kept *found = NULL;

    for (size_t i = 0; found == NULL && i < schema->kept_count; i++) {
        if (strcmp(schema->kept[i].relation.name, table) == 0) {
            found = &schema->kept[i];
        }
    }
    return found;
}
