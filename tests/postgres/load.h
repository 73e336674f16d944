/* Runs of the PostgreSQL destination, driven by load/load.h as the conductor drives it, and what
 * they leave, asked of the database. Each test has a schema of its own. */
#ifndef UEMSYNC_TESTS_POSTGRES_LOAD_H
#define UEMSYNC_TESTS_POSTGRES_LOAD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <libpq-fe.h>

#include "base/hash.h"
#include "load/load.h"

static const struct column app_columns[] = {
    {"tenant", "The tenant.", COLUMN_TEXT},
    {"device_id", "The device.", COLUMN_TEXT},
    {"identifier", "The app.", COLUMN_TEXT},
    {"version", "Its version.", COLUMN_TEXT},
};
static const struct relation app_relation = {
    "app", "Apps of devices.", app_columns, 4, 2, RELATION_SET, 1};

static const struct column member_columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"group_id", "", COLUMN_TEXT},
    {"device_id", "", COLUMN_TEXT},
};
static const struct relation member_relation = {
    "member", "", member_columns, 3, 3, RELATION_SET, 2};

static const struct column catalog_columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"identifier", "", COLUMN_TEXT},
};
static const struct relation catalog_relation = {
    "catalog", "", catalog_columns, 2, 1, RELATION_SET, 0};

static const struct column setting_columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"device_id", "", COLUMN_TEXT},
    {"setting", "", COLUMN_TEXT},
    {"value", "", COLUMN_TEXT},
};
static const struct relation setting_relation = {
    "setting", "", setting_columns, 4, 3, RELATION_KEYED, 0};

static const struct column reject_columns[] = {
    {"run_id", "", COLUMN_TEXT},
    {"ordinal", "", COLUMN_BIGINT},
    {"tenant", "", COLUMN_TEXT},
    {"reason", "", COLUMN_TEXT},
};
static const struct relation reject_relation = {
    "reject", "", reject_columns, 4, 2, RELATION_LOG, 0};

static const struct relation *const all_relations[] = {
    &app_relation, &member_relation, &catalog_relation, &setting_relation, &reject_relation};
enum { ALL_RELATIONS = sizeof all_relations / sizeof *all_relations };

/* A database, a schema in it, and the run under way. */
struct place {
    PGconn *connection;
    char name[64];
    struct load_settings settings;
    struct load_schema schema;
    struct load_run run;
    struct log log;
    struct load *load;
    struct error err;
};

static inline int set_up(void **state)
{
    static int count;
    struct place *place = calloc(1, sizeof *place);

    assert_non_null(place);
    (void)snprintf(place->name, sizeof place->name, "load_%d", count++);
    place->settings = (struct load_settings){
        .type = LOAD_POSTGRES, .url = "", .schema = place->name, .auto_migrate = true};
    place->schema = (struct load_schema){.relations = all_relations, .count = ALL_RELATIONS};
    place->run = (struct load_run){.run_id = "run", .tenant = "acme", .version = "0"};
    place->log = (struct log){.out = stderr, .from = LOG_ERROR};
    place->connection = PQconnectdb("");
    assert_int_equal(PQstatus(place->connection), CONNECTION_OK);
    PQclear(PQexec(place->connection, "SET client_min_messages = error"));
    *state = place;
    return 0;
}

/* Runs a statement; `@` in it is the schema. The result is the caller's. */
static inline PGresult *ask(struct place *place, const char *statement)
{
    char text[4096] = "";
    size_t size = 0;
    PGresult *result;

    for (const char *c = statement; *c != '\0'; c++) {
        size += (size_t)snprintf(text + size, sizeof text - size, *c == '@' ? "%s" : "%.1s",
            *c == '@' ? place->name : c);
        assert_true(size < sizeof text);
    }
    result = PQexec(place->connection, text);
    if (PQresultStatus(result) != PGRES_TUPLES_OK && PQresultStatus(result) != PGRES_COMMAND_OK) {
        fail_msg("%s: %s", text, PQerrorMessage(place->connection));
    }
    return result;
}

static inline void execute(struct place *place, const char *statement)
{
    PQclear(ask(place, statement));
}

static inline void assert_answer(struct place *place, const char *wanted, const char *statement)
{
    PGresult *result = ask(place, statement);

    assert_int_equal(PQntuples(result), 1);
    assert_string_equal(PQgetvalue(result, 0, 0), wanted);
    PQclear(result);
}

static inline int tear_down(void **state)
{
    struct place *place = *state;

    load_close(place->load);
    execute(place, "ROLLBACK");
    execute(place, "DROP SCHEMA IF EXISTS @ CASCADE");
    PQfinish(place->connection);
    free(place);
    return 0;
}

static inline void must(struct place *place, bool ok)
{
    if (!ok) {
        fail_msg("%s", place->err.text);
    }
}

static inline void begin_run(struct place *place)
{
    assert_null(place->load);
    must(place, load_open(&place->settings, &place->schema, &place->run, &place->log, &place->load,
                    &place->err));
}

static inline void end_run(struct place *place)
{
    load_close(place->load);
    place->load = NULL;
}

static inline struct cell text_cell(const char *text)
{
    return (struct cell){.is_set = true, .text = str_of(text)};
}

/* What the caller of load_list keeps of an item: the form too, which the load overwrites. */
struct item {
    struct load_item item;
    char form[16];
};

static inline void take_item(
    struct place *place, const struct row *row, const char *identity, struct item *kept)
{
    uint8_t digest[HASH_SIZE];

    must(place, hash_of(str_of(identity), digest, &place->err));
    memcpy(kept->item.digest, digest, ROW_DIGEST_SIZE);
    must(place, load_item(place->load, row, &kept->item, &place->err));
    assert_true(kept->item.form.size <= sizeof kept->form);
    memcpy(kept->form, kept->item.form.data, kept->item.form.size);
}

static inline int compare_items(const void *a, const void *b)
{
    const struct load_item *left = a;
    const struct load_item *right = b;

    return memcmp(left->digest, right->digest, sizeof left->digest);
}

/* As load_list, once the forms stand still and the items are in their order. No item twice. */
static inline void put_list(struct place *place, const struct relation *relation, const char *owner,
    struct item *items, size_t count)
{
    struct load_item *list = calloc(count + 1, sizeof *list);

    assert_non_null(list);
    for (size_t i = 0; i < count; i++) {
        list[i] = items[i].item;
        list[i].form.data = items[i].form;
    }
    qsort(list, count, sizeof *list, compare_items);
    must(place, load_list(place->load, relation, str_of(owner), list, count, &place->err));
    free(list);
}

/* Stages a list of "x:1 y:2", an app and its version each; for the other sets of "x y". */
static inline void stage_list(
    struct place *place, const struct relation *relation, const char *owner, const char *words)
{
    struct item items[16];
    size_t count = 0;
    char copy[256];
    char *rest = NULL;

    (void)snprintf(copy, sizeof copy, "%s", words);
    for (char *word = strtok_r(copy, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest)) {
        char *colon = strchr(word, ':');
        char identity[64];
        struct cell cells[4] = {text_cell("acme")};
        struct row row = {relation, cells};

        assert_true(count < 16);
        (void)snprintf(identity, sizeof identity, "%s", word);
        if (colon != NULL) {
            *colon = '\0';
            cells[3] = text_cell(colon + 1);
        }
        cells[relation == &app_relation ? 2 : 1] = text_cell(word);
        take_item(place, &row, identity, &items[count++]);
    }
    put_list(place, relation, owner, items, count);
}

static inline void stage_apps(struct place *place, const char *device, const char *words)
{
    stage_list(place, &app_relation, device, words);
}

static inline void stage_setting(
    struct place *place, const char *device, const char *setting, const char *value)
{
    const struct cell cells[] = {
        text_cell(place->run.tenant), text_cell(device), text_cell(setting), text_cell(value)};
    const struct row row = {&setting_relation, cells};

    must(place, load_stage(place->load, &row, &place->err));
}

static inline void stage_reject(struct place *place, int64_t ordinal, const char *reason)
{
    const struct cell cells[] = {text_cell(place->run.run_id), {.is_set = true, .number = ordinal},
        text_cell(place->run.tenant), text_cell(reason)};
    const struct row row = {&reject_relation, cells};

    must(place, load_stage(place->load, &row, &place->err));
}

static inline void replace(struct place *place, const struct relation *relation, const char *owner)
{
    struct str text = owner != NULL ? str_of(owner) : (struct str){NULL, 0};

    must(place, load_replace(place->load, relation, owner != NULL ? &text : NULL, &place->err));
}

/* Publishes the relation, and expects what that did: inserted, updated, deleted, unchanged. */
static inline void publish(struct place *place, const struct relation *relation, int64_t inserted,
    int64_t updated, int64_t deleted, int64_t unchanged)
{
    struct load_counts counts = {.relation = relation};
    bool changed = false;

    must(place, load_publish(place->load, &counts, 1, NULL, &changed, &place->err));
    assert_int_equal(counts.inserted, inserted);
    assert_int_equal(counts.updated, updated);
    assert_int_equal(counts.deleted, deleted);
    assert_int_equal(counts.unchanged, unchanged);
    assert_int_equal(changed, inserted + updated + deleted > 0);
    end_run(place);
}

/* A run with two devices, which share an app: what most tests begin with. */
static inline void publish_three_apps(struct place *place)
{
    begin_run(place);
    stage_apps(place, "d1", "x:1 y:2");
    stage_apps(place, "d2", "x:1");
    publish(place, &app_relation, 3, 0, 0, 0);
}

#define APPS                                                                                       \
    "SELECT coalesce(string_agg(device_id || ' ' || identifier || ':' || version, ', ' "           \
    "ORDER BY device_id, identifier, version), '') FROM @.app WHERE tenant = 'acme'"
#define HOLDERS                                                                                    \
    "SELECT coalesce(string_agg(identifier || ' ' || holders, ', ' ORDER BY identifier), '') "     \
    "FROM @.app_item WHERE tenant = 'acme'"
#define SETTINGS                                                                                   \
    "SELECT coalesce(string_agg(device_id || ' ' || setting || '=' || value, ', ' "                \
    "ORDER BY device_id, setting), '') FROM @.setting WHERE tenant = 'acme'"

#endif
