#include "sync/dictionary.h"

#include <stdio.h>
#include <string.h>

#include "base/embedded.h"
#include "base/json.h"
#include "sync/catalogue_views.h"

/* A literal of SQL. */
static void dictionary_quote(struct buffer *out, const char *text)
{
    buffer_append_char(out, '\'');
    for (; *text != '\0'; text++) {
        buffer_append_text(out, *text == '\'' ? "'" : "");
        buffer_append_char(out, *text);
    }
    buffer_append_char(out, '\'');
}

/* A set has no key that is unique, as its rows are what they are; nor has what is only added to. */
static void dictionary_write_key(struct buffer *out, const struct relation *relation)
{
    buffer_append_text(out, ",\n    PRIMARY KEY (");
    for (size_t i = 0; i < relation->key_count; i++) {
        buffer_printf(out, "%s\"%s\"", i > 0 ? ", " : "", relation->columns[i].name);
    }
    buffer_append_char(out, ')');
}

static void dictionary_write_comments(
    struct buffer *out, const struct relation *relation, const char *kind, const char *name)
{
    buffer_printf(out, "COMMENT ON %s \"%s\".%s IS ", kind, name, relation->name);
    dictionary_quote(out, relation->about);
    buffer_append_text(out, ";\n");
    for (size_t i = 0; i < relation->column_count; i++) {
        buffer_printf(out, "COMMENT ON COLUMN \"%s\".%s.\"%s\" IS ", name, relation->name,
            relation->columns[i].name);
        dictionary_quote(out, relation->columns[i].about);
        buffer_append_text(out, ";\n");
    }
}

/* What stands for a variable of a view's statement: see load_view.file. Returns the size of its
 * mark, or 0 for what is none. */
static size_t dictionary_write_variable(
    struct buffer *out, const struct relation *view, const char *name, const char *text)
{
    static const char *const marks[] = {":\"schema\"", ":\"relation\"", ":columns"};
    size_t size = 0;

    if (strncmp(text, marks[0], strlen(marks[0])) == 0) {
        size = strlen(marks[0]);
        buffer_printf(out, "\"%s\"", name);
    } else if (strncmp(text, marks[1], strlen(marks[1])) == 0) {
        size = strlen(marks[1]);
        buffer_append_text(out, view->name);
    } else if (strncmp(text, marks[2], strlen(marks[2])) == 0) {
        size = strlen(marks[2]);
        for (size_t i = 0; i < view->column_count; i++) {
            buffer_printf(out, "%s\"%s\"", i > 0 ? ", " : "", view->columns[i].name);
        }
    }
    return size;
}

static void dictionary_write_view(
    struct buffer *out, const struct load_view *view, const char *name)
{
    char path[128];
    const struct embedded_file *file;

    (void)snprintf(path, sizeof path, "postgres/%s", view->file);
    file = embedded_find(sql_files, path);
    buffer_append_char(out, '\n');
    for (const char *text = file != NULL ? file->text : ""; *text != '\0';) {
        size_t size = dictionary_write_variable(out, &view->relation, name, text);

        if (size == 0) {
            buffer_append_char(out, *text);
            size = 1;
        }
        text += size;
    }
    dictionary_write_comments(out, &view->relation, "VIEW", name);
}

static void dictionary_write_sql(
    struct buffer *out, const struct relation *relation, const char *name)
{
    buffer_printf(out, "\n%sCREATE TABLE \"%s\".%s (",
        relation->kind == RELATION_SET ? "-- A set: a row is identified by all its columns.\n" : "",
        name, relation->name);
    for (size_t i = 0; i < relation->column_count; i++) {
        buffer_printf(out, "%s\n    \"%s\" %s%s", i > 0 ? "," : "", relation->columns[i].name,
            column_type_name(relation->columns[i].type),
            i < relation->key_count ? " NOT NULL" : "");
    }
    if (relation->kind == RELATION_KEYED || relation->kind == RELATION_RUN ||
        relation->kind == RELATION_HISTORY || relation->kind == RELATION_OWN) {
        dictionary_write_key(out, relation);
    }
    buffer_append_text(out, "\n);\n");
    dictionary_write_comments(out, relation, "TABLE", name);
}

/* What stands in a cell of a table: a bar would end it. */
static void dictionary_write_cell(struct buffer *out, const char *text)
{
    for (; *text != '\0'; text++) {
        buffer_append_text(out, *text == '|' ? "\\" : "");
        buffer_append_char(out, *text == '\n' ? ' ' : *text);
    }
}

static void dictionary_write_markdown(struct buffer *out, const struct relation *relation)
{
    buffer_printf(out, "\n## %s\n\n%s\n\n", relation->name, relation->about);
    if (relation->kind == RELATION_SET) {
        buffer_append_text(out,
            "A set of rows: a row is identified by all its columns. Rows are looked up by the key, "
            "which may repeat.\n\n");
    }
    if (relation->kind == RELATION_VIEW || relation->kind == RELATION_OWN) {
        buffer_printf(out, "A %s, in PostgreSQL alone.\n\n",
            relation->kind == RELATION_VIEW ? "view" : "table");
    }
    buffer_append_text(out, "| column | type | key | what it holds |\n| --- | --- | --- | --- |\n");
    for (size_t i = 0; i < relation->column_count; i++) {
        buffer_printf(out, "| %s | %s | %s | ", relation->columns[i].name,
            column_type_name(relation->columns[i].type), i < relation->key_count ? "yes" : "");
        dictionary_write_cell(out, relation->columns[i].about);
        buffer_append_text(out, " |\n");
    }
}

static void dictionary_write_json(struct json_writer *json, const struct relation *relation)
{
    json_object_begin(json);
    json_member_text(json, "relation", relation->name);
    json_member_text(json, "about", relation->about);
    json_member_bool(json, "set", relation->kind == RELATION_SET);
    if (relation->kind == RELATION_VIEW) {
        json_member_bool(json, "view", true);
    }
    json_name(json, "columns");
    json_array_begin(json);
    for (size_t i = 0; i < relation->column_count; i++) {
        json_object_begin(json);
        json_member_text(json, "name", relation->columns[i].name);
        json_member_text(json, "type", column_type_name(relation->columns[i].type));
        json_member_bool(json, "key", i < relation->key_count);
        json_member_text(json, "about", relation->columns[i].about);
        json_object_end(json);
    }
    json_array_end(json);
    json_object_end(json);
}

static void dictionary_write_all_json(struct buffer *out, const struct load_schema *schema)
{
    struct json_writer json;

    json_init(&json, out);
    json_object_begin(&json);
    json_name(&json, "relations");
    json_array_begin(&json);
    for (size_t i = 0; i < schema->count; i++) {
        dictionary_write_json(&json, schema->relations[i]);
    }
    for (size_t i = 0; i < schema->kept_count; i++) {
        if (schema->kept[i].relation.kind == RELATION_OWN) {
            dictionary_write_json(&json, &schema->kept[i].relation);
        }
    }
    for (size_t i = 0; i < schema->view_count; i++) {
        dictionary_write_json(&json, &schema->views[i].relation);
    }
    json_array_end(&json);
    json_object_end(&json);
    buffer_append_char(out, '\n');
}

static void dictionary_write_relation(struct buffer *out, const struct relation *relation,
    const char *name, enum dictionary_format format)
{
    if (format == DICTIONARY_MARKDOWN) {
        dictionary_write_markdown(out, relation);
    } else {
        dictionary_write_sql(out, relation, name);
    }
}

static void dictionary_write_query(struct buffer *out, const struct load_view *view,
    const char *name, enum dictionary_format format)
{
    if (format == DICTIONARY_MARKDOWN) {
        dictionary_write_markdown(out, &view->relation);
    } else if (view->is_inner) {
        buffer_printf(out,
            "\n-- %s is made by `uemsync migrate` alone, as it reads what runs keep up for it.\n",
            view->relation.name);
    } else {
        dictionary_write_view(out, view, name);
    }
}

static void dictionary_write_all(struct buffer *out, const struct load_schema *schema,
    const char *name, enum dictionary_format format)
{
    for (size_t i = 0; i < schema->count; i++) {
        dictionary_write_relation(out, schema->relations[i], name, format);
    }
    for (size_t i = 0; i < schema->kept_count; i++) {
        if (schema->kept[i].relation.kind == RELATION_OWN) {
            dictionary_write_relation(out, &schema->kept[i].relation, name, format);
        }
    }
    for (size_t i = 0; i < schema->view_count; i++) {
        dictionary_write_query(out, &schema->views[i], name, format);
    }
}

static bool dictionary_is_named(const char *name, const char *const *entities, size_t count)
{
    bool is_named = false;

    for (size_t i = 0; name != NULL && !is_named && i < count; i++) {
        is_named = strcmp(entities[i], name) == 0;
    }
    return is_named;
}

void dictionary_choose(struct dictionary_choice *choice, const struct catalogue *catalogue,
    const char *const *entities, size_t count)
{
    const struct load_schema *all = &catalogue->schema;
    struct load_schema *schema = &choice->schema;

    *choice = (struct dictionary_choice){
        .schema = {.relations = choice->relations, .kept = choice->kept, .views = choice->views}};
    for (size_t i = 0; i < all->count; i++) {
        const struct relation *relation = all->relations[i];
        const char *of = relation == all->history ? all->history_of->name : relation->name;

        if (dictionary_is_named(of, entities, count) ||
            dictionary_is_named(relation->name, entities, count)) {
            choice->relations[schema->count++] = relation;
        }
    }
    for (size_t i = 0; i < all->kept_count; i++) {
        if (dictionary_is_named(all->kept[i].relation.name, entities, count)) {
            choice->kept[schema->kept_count++] = all->kept[i];
        }
    }
    for (size_t i = 0; i < all->view_count; i++) {
        const char *name = all->views[i].relation.name;

        if (dictionary_is_named(catalogue_views_of(name), entities, count) ||
            dictionary_is_named(name, entities, count)) {
            choice->views[schema->view_count++] = all->views[i];
        }
    }
}

void dictionary_write(struct buffer *out, const struct load_schema *schema, const char *name,
    enum dictionary_format format)
{
    if (format == DICTIONARY_JSON) {
        dictionary_write_all_json(out, schema);
    } else if (format == DICTIONARY_MARKDOWN) {
        buffer_append_text(out, "# Data dictionary\n");
        dictionary_write_all(out, schema, name, format);
    } else {
        buffer_printf(out,
            "-- The relations of uemsync, as `uemsync migrate` creates them.\n"
            "CREATE SCHEMA IF NOT EXISTS \"%s\";\n",
            name);
        dictionary_write_all(out, schema, name, format);
    }
}
