/* The n-th allocation fails, for every n. */
#include "unit/sync/fake_load.h"

#include "unit/base/fail.h"

#include "sync/item_list.h"
#include "sync/known.h"
#include "sync/memo.h"
#include "sync/rejects.h"
#include "sync/roster.h"

enum { MANY = 3000 };

/* A piece of work that makes something, uses it and frees it; `given` is the test's. */
typedef bool work_fn(void *given, struct error *err);

/* Does the work again and again, until no allocation of it fails. */
static void no_memory_for(work_fn *work, void *given, int least)
{
    int failures = 0;
    bool came = true;

    while (came) {
        struct error err = {0};
        bool ok;

        until_failure = failures;
        ok = work(given, &err);
        came = failure_came();
        assert_int_equal(ok, !came);
        assert_int_equal(err.kind, came ? ERROR_MEMORY : ERROR_NONE);
        failures += came ? 1 : 0;
    }
    assert_true(failures >= least);
}

/* As many devices as make it grow, with identifiers that fill a block of its arena. */
static bool fill_roster(void *given, struct error *err)
{
    static const struct column columns[] = {{"tenant", "", COLUMN_TEXT},
        {"device_id", "", COLUMN_TEXT}, {"identifier", "", COLUMN_TEXT},
        {"registered_at", "", COLUMN_TIMESTAMPTZ}};
    static const struct relation device = {"device", "", columns, 4, 2, RELATION_KEYED, 0};
    struct roster *roster = NULL;
    bool ok = roster_new(&roster, err);

    (void)given;
    assert_int_equal(roster == NULL, !ok);
    for (int i = 0; ok && i < MANY; i++) {
        char id[200];
        struct cell cells[4] = {{.is_set = false}};
        const struct row row = {&device, cells};
        size_t before = roster_count(roster);

        (void)snprintf(id, sizeof id, "mdm:%0150d", i);
        cells[1] = (struct cell){.is_set = true, .text = str_of(id)};
        ok =
            roster_add(roster, &row, &(struct roster_name){str_of(id + 3), str_of(id), false}, err);
        assert_int_equal(roster_count(roster), before + (ok ? 1 : 0));
    }
    ok = ok && roster_find_latest(roster, err);
    roster_free(roster);
    return ok;
}

static void a_roster_without_memory_is_an_error(void **state)
{
    (void)state;
    no_memory_for(fill_roster, NULL, 10);
}

/* A destination with so many rows that what is known of them grows. */
static bool publish_many(struct load *load, const struct relation *relation, const size_t *columns,
    size_t count, load_row_fn *each, void *context, struct error *err)
{
    bool ok = true;

    (void)load;
    (void)relation;
    (void)columns;
    assert_int_equal(count, 7);
    for (int i = 0; ok && i < MANY; i++) {
        char id[32];
        const struct str texts[7] = {{id, (size_t)snprintf(id, sizeof id, "mdm:%d", i)},
            {"device_app", 10}, {NULL, 0}, {NULL, 0}, {"complete", 8}, {"1", 1}, {NULL, 0}};

        ok = each(context, texts, err);
    }
    return ok;
}

static bool read_known(void *given, struct error *err)
{
    static const char *const entities[] = {"device_app"};
    struct known *known = NULL;
    bool ok = known_read(&known, given, entities, 1, err);

    assert_int_equal(known == NULL, !ok);
    known_free(known);
    return ok;
}

static void what_is_known_without_memory_is_an_error(void **state)
{
    static const struct load_ops ops = {.published = publish_many};
    struct load load = {&ops};

    (void)state;
    no_memory_for(read_known, &load, 4);
}

static bool fill_list(void *given, struct error *err)
{
    struct load_item item = {.form = {given, 100}};
    struct item_list list;
    bool ok = true;

    item_list_init(&list);
    for (int i = 0; ok && i < MANY; i++) {
        size_t before = list.count;

        memcpy(item.digest, &i, sizeof i);
        ok = item_list_add(&list, &item, err);
        assert_int_equal(list.count, before + (ok ? 1 : 0));
        assert_false(list.is_too_long);
    }
    item_list_order(&list);
    item_list_release(&list);
    return ok;
}

static void a_list_without_memory_is_an_error(void **state)
{
    char form[100];

    (void)state;
    memset(form, 'x', sizeof form);
    no_memory_for(fill_list, form, 10);
}

/* A memo is there to save work: without memory it forgets, and whatever it finds is right. */
static void a_memo_without_memory_forgets(void **state)
{
    int failures = 0;
    bool came = true;

    (void)state;
    while (came) {
        struct memo *memo = NULL;
        struct error err = {0};
        bool ok;

        until_failure = failures;
        ok = memo_new(&memo, &err);
        assert_int_equal(err.kind, ok ? ERROR_NONE : ERROR_MEMORY);
        assert_int_equal(memo == NULL, !ok);
        for (int i = 0; ok && i < MANY; i++) {
            char text[100];
            struct load_item item = {
                .form = {text, (size_t)snprintf(text, sizeof text, "%090d", i)}};
            struct load_item found;
            uint8_t key[MEMO_KEY_SIZE];

            memo_key(memo, 0, item.form, key);
            memo_add(memo, key, &item);
            if (memo_find(memo, key, &found)) {
                assert_int_equal(found.form.size, item.form.size);
                assert_memory_equal(found.form.data, text, item.form.size);
            }
        }
        came = failure_came();
        memo_free(memo);
        failures += came ? 1 : 0;
    }
    assert_true(failures > 5);
}

/* A destination that takes everything and keeps nothing. */
static const struct load_ops takes_all = {.published = publish_many};

static bool reject_some(void *given, struct error *err)
{
    static const struct load_run run = {
        .run_id = "r1", .tenant = "acme", .started_at = 0, .version = "1.0"};
    const struct log log = {.out = stderr, .from = LOG_ERROR};
    struct load load = {&takes_all};
    struct sync_entity_report report = {.entity = "device"};
    struct rejects *rejects = NULL;
    bool ok = rejects_new(&rejects, &load, &run, &log, err);

    assert_int_equal(rejects == NULL, !ok);
    for (int i = 0; ok && i < MANY; i++) {
        char text[32];
        const struct rejected rejected = {.reason = "odd",
            .record = given,
            .text = {text, (size_t)snprintf(text, sizeof text, "%d", i)},
            .bytes = 1};

        ok = rejects_add(rejects, &report, &rejected, err);
    }
    rejects_free(rejects);
    return ok;
}

static void rejects_without_memory_are_an_error(void **state)
{
    (void)state;
    no_memory_for(reject_some, NULL, 3);
}

/* Not one without a payload that it could have. */
static void a_payload_without_memory_is_an_error(void **state)
{
    static const char json[] = "{\"a\":[\"b\",{\"c\":\"d\"}],\"password\":\"x\"}";
    struct arena tree;
    const cJSON *record = NULL;
    struct error err = {0};

    (void)state;
    arena_init(&tree, CEILING_TREE);
    assert_true(record_parse(&tree, str_of(json), &record, &err));
    no_memory_for(reject_some, cJSON_GetObjectItem(record, "a"), 5);
    arena_release(&tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_roster_without_memory_is_an_error),
        cmocka_unit_test(what_is_known_without_memory_is_an_error),
        cmocka_unit_test(a_list_without_memory_is_an_error),
        cmocka_unit_test(a_memo_without_memory_forgets),
        cmocka_unit_test(rejects_without_memory_are_an_error),
        cmocka_unit_test(a_payload_without_memory_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
