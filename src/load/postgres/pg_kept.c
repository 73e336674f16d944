#include "load/postgres/pg_kept.h"

#include <string.h>

#include "base/timestamp.h"

enum { PG_KEPT_STEPS = sizeof((struct load_kept *)0)->keep / sizeof(const char *) };

static bool pg_kept_update(struct pg_staging *staging, const struct load_kept *kept,
    const char *started_at, struct error *err)
{
    const struct pg_variable variables[] = {
        {"tenant", staging->tenant}, {"started_at", started_at}, {NULL, NULL}};
    bool ok = true;

    for (size_t i = 0; ok && i < PG_KEPT_STEPS && kept->keep[i] != NULL; i++) {
        ok = pg_run(staging->pg, kept->keep[i], variables, NULL, err) ||
             error_context(err, "keeping up %s", kept->relation.name);
    }
    return ok;
}

bool pg_kept_publish(struct pg_staging *staging, const struct load_schema *schema,
    int64_t started_at, struct error *err)
{
    char text[TIMESTAMP_TEXT_SIZE];
    bool ok = true;

    (void)timestamp_format(started_at, text);
    for (size_t i = 0; ok && i < schema->kept_count; i++) {
        ok = pg_kept_update(staging, &schema->kept[i], text, err);
    }
    return ok;
}

bool pg_kept_erase(struct pg_staging *staging, const struct load_schema *schema,
    const struct pg_catalogue *catalogue, struct error *err)
{
    bool ok = pg_run(staging->pg, "publish_begin.sql", NULL, NULL, err);

    for (size_t i = 0; ok && i < schema->kept_count; i++) {
        const struct load_kept *kept = &schema->kept[i];

        ok = !kept->goes_with_rows || pg_catalogue_kind(catalogue, kept->relation.name) == NULL ||
             pg_kept_update(staging, kept, "", err);
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
