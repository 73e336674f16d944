#include "load/postgres/pg_fragments.h"

enum { PG_FRAGMENT_CEILING = 64 * 1024 };

const char *pg_list(struct arena *arena, const struct relation *relation, size_t from, size_t to,
    const char *format, const char *between)
{
    struct buffer list;
    const char *text = NULL;

    buffer_init(&list, PG_FRAGMENT_CEILING);
    for (size_t i = from; i < to; i++) {
        buffer_append_text(&list, i > from ? between : "");
        for (const char *c = format; *c != '\0'; c++) {
            if (*c == '@') {
                buffer_printf(&list, "\"%s\"", relation->columns[i].name);
            } else {
                buffer_append_char(&list, *c);
            }
        }
    }
    if (buffer_ok(&list)) {
        text = arena_copy(arena, buffer_view(&list));
    }
    buffer_release(&list);
    return text;
}

/* A condition over the key's columns behind the tenant; there may be none. */
static const char *pg_condition(
    struct arena *arena, const struct relation *relation, const char *format)
{
    return relation->key_count > 1
               ? pg_list(arena, relation, 1, relation->key_count, format, " AND ")
               : "TRUE";
}

/* "tenant text NOT NULL, ...": the columns of CREATE TABLE. */
static const char *pg_definitions(struct arena *arena, const struct relation *relation)
{
    struct buffer list;
    const char *text = NULL;

    buffer_init(&list, PG_FRAGMENT_CEILING);
    for (size_t i = 0; i < relation->column_count; i++) {
        buffer_printf(&list, "%s\"%s\" %s%s", i > 0 ? ",\n    " : "", relation->columns[i].name,
            column_type_name(relation->columns[i].type),
            i < relation->key_count ? " NOT NULL" : "");
    }
    if (buffer_ok(&list)) {
        text = arena_copy(arena, buffer_view(&list));
    }
    buffer_release(&list);
    return text;
}

const char *pg_stage_name(struct arena *arena, const struct relation *relation)
{
    struct buffer name;
    const char *text = NULL;

    buffer_init(&name, PG_FRAGMENT_CEILING);
    buffer_printf(&name, "stage_%s", relation->name);
    if (buffer_ok(&name)) {
        text = arena_copy(arena, buffer_view(&name));
    }
    buffer_release(&name);
    return text;
}

bool pg_fragments_init(struct pg_fragments *fragments, struct arena *arena,
    const struct relation *relation, const char *schema, const char *tenant)
{
    size_t key = relation->key_count;
    size_t all = relation->column_count;
    bool ok = true;

    *fragments = (struct pg_fragments){{
        {"schema", schema},
        {"tenant", tenant},
        {"relation", relation->name},
        {"stage", pg_stage_name(arena, relation)},
        {"definitions", pg_definitions(arena, relation)},
        {"columns", pg_list(arena, relation, 0, all, "@", ", ")},
        {"key", pg_list(arena, relation, 0, key, "@", ", ")},
        {"stage_key_texts", pg_list(arena, relation, 1, key, "s.@::text", ", ")},
        {"relation_key_texts", pg_list(arena, relation, 1, key, "r.@::text", ", ")},
        {"owner", relation->columns[key > 1 ? 1 : 0].name},
        {"values", pg_list(arena, relation, key, all, "@", ", ")},
        {"stage_columns", pg_list(arena, relation, 0, all, "s.@", ", ")},
        {"relation_columns", pg_list(arena, relation, 0, all, "r.@", ", ")},
        {"stage_values", pg_list(arena, relation, key, all, "s.@", ", ")},
        {"relation_values", pg_list(arena, relation, key, all, "r.@", ", ")},
        {"same_key", pg_condition(arena, relation, "r.@ = s.@")},
        {"earlier_is_later", pg_condition(arena, relation, "earlier.@ = later.@")},
        {NULL, NULL},
    }};
    for (size_t i = 0; ok && fragments->variables[i].name != NULL; i++) {
        ok = fragments->variables[i].value != NULL;
    }
    return ok;
}

bool pg_fragments_add(
    struct pg_fragments *fragments, const char *name, const char *value, struct error *err)
{
    size_t count = 0;
    bool ok;

    while (fragments->variables[count].name != NULL) {
        count++;
    }
    ok = (value != NULL && count + 1 < PG_FRAGMENT_COUNT) || error_memory(err);
    if (ok) {
        fragments->variables[count] = (struct pg_variable){name, value};
        fragments->variables[count + 1] = (struct pg_variable){NULL, NULL};
    }
    return ok;
}
