#include "load/postgres/pg_tables.h"

#include "load/postgres/pg_stage.h"

/* What is staged for all relations together. */
static const struct relation *const pg_tables_stages[] = {
    &pg_removal_relation, &pg_replace_relation, &pg_run_relation};

enum { PG_TABLES_STAGES = sizeof pg_tables_stages / sizeof *pg_tables_stages };

size_t pg_tables_count(const struct load_schema *schema)
{
    return PG_TABLES_STAGES + schema->count + schema->kept_count + schema->view_count;
}

/* False without memory for the name. */
static bool pg_tables_add(struct pg_tables *tables, const char *name, const char *kind,
    const char *create, const struct relation *relation)
{
    tables->tables[tables->count++] =
        (struct pg_table){.name = name, .kind = kind, .create = create, .relation = relation};
    return name != NULL;
}

static bool pg_tables_add_stage(struct pg_tables *tables, struct arena *arena, const char *create,
    const struct relation *relation)
{
    return pg_tables_add(tables, pg_stage_name(arena, relation), "table", create, relation);
}

static bool pg_tables_of_set(
    struct pg_tables *tables, struct arena *arena, const struct relation *relation)
{
    struct pg_set *set = &tables->own_set;

    tables->set = set;
    return pg_set_init(set, arena, relation) &&
           pg_tables_add(tables, set->item.name, "table", "item_create.sql", &set->item) &&
           pg_tables_add(tables, set->list.name, "table", "list_create.sql", &set->list) &&
           pg_tables_add_stage(tables, arena, "stage_create.sql", &set->item) &&
           pg_tables_add_stage(tables, arena, "list_stage_create.sql", &set->list) &&
           pg_tables_add(tables, relation->name, "view", "view_create.sql", relation);
}

/* What is not staged: it is written as a whole, or made by what is published. */
static bool pg_tables_of_past(struct pg_tables *tables, const struct relation *relation)
{
    bool ok = pg_tables_add(tables, relation->name, "table", "relation_create.sql", relation);
    struct pg_table *table = &tables->tables[0];

    if (relation->kind == RELATION_HISTORY) {
        table->indexes[0] = "history_open_index.sql";
        table->indexes[1] = "history_ended_index.sql";
    } else if (relation_find_typed(relation, "tenant", COLUMN_TEXT) < relation->column_count &&
               relation_find_typed(relation, "started_at", COLUMN_TIMESTAMPTZ) <
                   relation->column_count) {
        table->indexes[0] = "runs_index.sql";
    }
    return ok;
}

static bool pg_tables_of_rows(
    struct pg_tables *tables, struct arena *arena, const struct relation *relation)
{
    return pg_tables_add(tables, relation->name, "table", "relation_create.sql", relation) &&
           pg_tables_add_stage(tables, arena, "stage_create.sql", relation);
}

bool pg_tables_of(struct pg_tables *tables, struct arena *arena, const struct relation *relation,
    struct error *err)
{
    bool ok;

    *tables = (struct pg_tables){.published = relation};
    if (relation->kind == RELATION_SET) {
        ok = pg_tables_of_set(tables, arena, relation);
    } else if (pg_stage_is_for(relation)) {
        ok = pg_tables_of_rows(tables, arena, relation);
    } else {
        ok = pg_tables_of_past(tables, relation);
    }
    return ok || error_memory(err);
}

static bool pg_tables_of_kept(struct pg_tables *tables, const struct load_kept *kept)
{
    const struct relation *relation = &kept->relation;

    *tables = (struct pg_tables){.published = relation->kind == RELATION_OWN ? relation : NULL,
        .since = kept->since,
        .kept = kept};
    return pg_tables_add(tables, relation->name, "table", kept->create, relation);
}

static bool pg_tables_of_view(struct pg_tables *tables, const struct load_view *view)
{
    *tables =
        (struct pg_tables){.published = &view->relation, .is_query = true, .since = view->since};
    return pg_tables_add(tables, view->relation.name, "view", view->file, &view->relation);
}

bool pg_tables_at(struct pg_tables *tables, struct arena *arena, const struct load_schema *schema,
    size_t place, struct error *err)
{
    size_t relation = place - PG_TABLES_STAGES;
    size_t kept = relation - schema->count;
    bool ok;

    if (place < PG_TABLES_STAGES) {
        *tables = (struct pg_tables){.count = 0};
        ok = pg_tables_add_stage(tables, arena, "stage_create.sql", pg_tables_stages[place]) ||
             error_memory(err);
    } else if (relation < schema->count) {
        ok = pg_tables_of(tables, arena, schema->relations[relation], err);
    } else if (kept < schema->kept_count) {
        ok = pg_tables_of_kept(tables, &schema->kept[kept]);
    } else {
        ok = pg_tables_of_view(tables, &schema->views[kept - schema->kept_count]);
    }
    return ok;
}
