/* What two voices say of one device as one row. */
#include "unit/mapping/fixture.h"

#include "unit/base/fail.h"

#include "mapping/jsonb.h"
#include "mapping/merge.h"

enum { COLUMNS = 11, RANDOM_OBJECTS = 3000, MOST_MEMBERS = 8 };

/* One column a rule; each has its letter's place. */
static const char every_rule[] = "entity: thing\nkey: 2\ncolumns:\n"
                                 "  - {name: tenant, type: text, rule: tenant}\n"
                                 "  - {name: id, type: text, cps: id, v1: id, merge: v1}\n"
                                 "  - {name: cps, type: text, cps: a, v1: a}\n"
                                 "  - {name: v1, type: text, cps: b, v1: b, merge: v1}\n"
                                 "  - {name: either, type: boolean, cps: c, v1: c, merge: either}\n"
                                 "  - {name: both, type: boolean, cps: d, v1: d, merge: both}\n"
                                 "  - {name: status, type: text, cps: e, v1: e, merge: status}\n"
                                 "  - {name: odd, type: text, cps: f, v1: f}\n"
                                 "  - {name: number, type: bigint, cps: g, v1: g}\n"
                                 "  - {name: json, type: jsonb, cps: h, v1: h}\n"
                                 "  - {name: extra, type: jsonb, rule: extra}\n";

enum place {
    AT_TENANT,
    AT_ID,
    AT_CPS,
    AT_V1,
    AT_EITHER,
    AT_BOTH,
    AT_STATUS,
    AT_ODD,
    AT_NUMBER,
    AT_JSON,
    AT_EXTRA
};

struct merging {
    struct mapping *mapping;
    struct arena arena;
    struct cell cps[COLUMNS];
    struct cell v1[COLUMNS];
    struct row row;
    struct error err;
};

static struct cell text_cell(const char *text)
{
    struct cell cell = {.is_set = text != NULL};

    if (text != NULL) {
        cell.text = str_of(text);
    }
    return cell;
}

/* -1: NULL */
static struct cell boolean_cell(int value)
{
    return (struct cell){.is_set = value >= 0, .boolean = value > 0};
}

static int setup(void **state)
{
    struct merging *merging = test_calloc(1, sizeof *merging);
    struct error err = {0};

    if (!mapping_new(&merging->mapping, "thing.yaml", str_of(every_rule), &err)) {
        fail_msg("%s", err.text);
    }
    assert_int_equal(merging->mapping->relation.column_count, COLUMNS);
    arena_init(&merging->arena, CEILING_TREE);
    merging->cps[AT_TENANT] = merging->v1[AT_TENANT] = text_cell("acme");
    merging->cps[AT_ID] = merging->v1[AT_ID] = text_cell("1");
    *state = merging;
    return 0;
}

static int teardown(void **state)
{
    struct merging *merging = *state;

    arena_release(&merging->arena);
    mapping_free(merging->mapping);
    test_free(merging);
    return 0;
}

static bool try_merge(struct merging *merging)
{
    const struct relation *relation = &merging->mapping->relation;
    const struct row cps = {relation, merging->cps};
    const struct row v1 = {relation, merging->v1};

    merging->err = (struct error){0};
    return merge_rows(merging->mapping, &cps, &v1, &merging->arena, &merging->row, &merging->err);
}

static const struct cell *merge_at(struct merging *merging, enum place place)
{
    arena_reset(&merging->arena);
    if (!try_merge(merging)) {
        fail_msg("%s", merging->err.text);
    }
    assert_ptr_equal(merging->row.relation, &merging->mapping->relation);
    return &merging->row.cells[place];
}

static void gives(struct merging *merging, enum place place, const char *cps, const char *v1,
    const char *expected)
{
    const struct cell *cell;

    merging->cps[place] = text_cell(cps);
    merging->v1[place] = text_cell(v1);
    cell = merge_at(merging, place);
    assert_int_equal(cell->is_set, expected != NULL);
    if (expected != NULL && !str_is(cell->text, expected)) {
        fail_msg("%.*s, not %s", (int)cell->text.size, cell->text.data, expected);
    }
}

static void decides(struct merging *merging, enum place place, int cps, int v1, int expected)
{
    const struct cell *cell;

    merging->cps[place] = boolean_cell(cps);
    merging->v1[place] = boolean_cell(v1);
    cell = merge_at(merging, place);
    assert_int_equal(cell->is_set ? cell->boolean : -1, expected);
}

static void a_voice_that_says_nothing_never_wins(void **state)
{
    static const enum place places[] = {AT_CPS, AT_V1, AT_STATUS, AT_ODD};

    for (size_t i = 0; i < FIXTURE_COUNT(places); i++) {
        gives(*state, places[i], NULL, NULL, NULL);
        gives(*state, places[i], "x", NULL, "x");
        gives(*state, places[i], NULL, "y", "y");
    }
}

static void the_rule_says_which_voice_wins(void **state)
{
    gives(*state, AT_CPS, "x", "y", "x");
    gives(*state, AT_V1, "x", "y", "y");
    gives(*state, AT_JSON, "{\"a\": 1}", "{\"b\": 1}", "{\"a\": 1}");
}

static void of_a_key_cps_counts(void **state)
{
    gives(*state, AT_ID, "x", "y", "x");
    gives(*state, AT_ID, "x", NULL, "x");
}

static void booleans_are_true_where_either_or_where_both_say_so(void **state)
{
    static const int either[][3] = {{-1, -1, -1}, {-1, 0, 0}, {-1, 1, 1}, {0, -1, 0}, {0, 0, 0},
        {0, 1, 1}, {1, -1, 1}, {1, 0, 1}, {1, 1, 1}};
    static const int both[][3] = {{-1, -1, -1}, {-1, 0, 0}, {-1, 1, 1}, {0, -1, 0}, {0, 0, 0},
        {0, 1, 0}, {1, -1, 1}, {1, 0, 0}, {1, 1, 1}};

    for (size_t i = 0; i < FIXTURE_COUNT(either); i++) {
        decides(*state, AT_EITHER, either[i][0], either[i][1], either[i][2]);
        decides(*state, AT_BOTH, both[i][0], both[i][1], both[i][2]);
    }
}

static void three_words_of_v1_override_two_of_cps(void **state)
{
    static const char *const v1[] = {"INFECTED", "LOST", "EXPIRED"};

    for (size_t i = 0; i < FIXTURE_COUNT(v1); i++) {
        gives(*state, AT_STATUS, "ACTIVE", v1[i], v1[i]);
        gives(*state, AT_STATUS, "UNKNOWN", v1[i], v1[i]);
        gives(*state, AT_STATUS, NULL, v1[i], v1[i]);
        gives(*state, AT_STATUS, "WIPED", v1[i], "WIPED");
        gives(*state, AT_STATUS, "RETIRE_SENT", v1[i], "RETIRE_SENT");
    }
    gives(*state, AT_STATUS, "ACTIVE", "RETIRED", "ACTIVE");
    gives(*state, AT_STATUS, "UNKNOWN", "ACTIVE", "UNKNOWN");
    gives(*state, AT_STATUS, "LOST", "EXPIRED", "LOST");
}

/* A user's mapping may put it there. */
static void extra_has_the_members_of_both(void **state)
{
    gives(*state, AT_EXTRA, NULL, NULL, NULL);
    gives(*state, AT_EXTRA, "{\"a\": 1}", NULL, "{\"a\": 1}");
    gives(*state, AT_EXTRA, NULL, "{\"a\": 1}", "{\"a\": 1}");
    gives(*state, AT_EXTRA, "{}", "{}", "{}");
    gives(*state, AT_EXTRA, "{\"a\": 1}", "{}", "{\"a\": 1}");
    gives(*state, AT_EXTRA, "{}", "{\"a\": 1}", "{\"a\": 1}");
    gives(*state, AT_EXTRA, "{\"a\": 1}", "{\"b\": 2}", "{\"a\": 1, \"b\": 2}");
    gives(*state, AT_EXTRA, "{\"b\": 1}", "{\"a\": 2}", "{\"a\": 2, \"b\": 1}");
    gives(*state, AT_EXTRA, "{\"a\": 1, \"c\": 3}", "{\"b\": 2, \"c\": 4, \"aa\": 5}",
        "{\"a\": 1, \"b\": 2, \"c\": 3, \"aa\": 5}");
    gives(*state, AT_EXTRA, "{\"\": 1}", "{\"\": 2, \"a\": 3}", "{\"\": 1, \"a\": 3}");
}

static void values_are_passed_over_whole(void **state)
{
    gives(*state, AT_EXTRA, "{\"a\": {\"a\": \"}, \\\"b\\\": {[\"}, \"c\": [{}, [], \"]\"]}",
        "{\"b\": {\"x\": {}, \"y\": [1, 2]}, \"d\": \"\\\\\"}",
        "{\"a\": {\"a\": \"}, \\\"b\\\": {[\"}, \"b\": {\"x\": {}, \"y\": [1, 2]}, "
        "\"c\": [{}, [], \"]\"], \"d\": \"\\\\\"}");
    gives(*state, AT_EXTRA, "{\"a\": {\"x\": 1}}", "{\"a\": {\"y\": 2}}", "{\"a\": {\"x\": 1}}");
    gives(*state, AT_EXTRA, "{\"a\": null}", "{\"a\": 1}", "{\"a\": null}");
}

static void member_is(const char *object, const char *expected)
{
    struct str text = merge_member_text(str_of(object), "a");

    assert_true(str_is(text, expected));
}

static void the_text_of_a_member_is_found(void **state)
{
    (void)state;
    member_is("{}", "");
    member_is("{\"a\": \"b\"}", "b");
    member_is("{\"a\": \"\"}", "");
    member_is("{\"b\": \"a\", \"aa\": {\"a\": \"c\"}}", "");
    member_is("{\"a\": \"b\\\"c\", \"b\": 1}", "b\\\"c");
    member_is("{\"b\": [\"a\"], \"a\": 12, \"c\": \"d\"}", "");
    member_is("{\"a\": {\"a\": \"b\"}}", "");
    member_is("{\"x\": null, \"a\": \"b\", \"bb\": \"c\"}", "b");
}

/* A line end is below a letter and its escape above it; and one byte, of which six are written. */
static void names_count_as_they_are_meant(void **state)
{
    gives(*state, AT_EXTRA, "{\"\\n\": 1}", "{\"A\": 2}", "{\"\\n\": 1, \"A\": 2}");
    gives(*state, AT_EXTRA, "{\"A\": 1}", "{\"\\n\": 2}", "{\"\\n\": 2, \"A\": 1}");
    gives(*state, AT_EXTRA, "{\"ab\": 1}", "{\"\\u0001\": 2}", "{\"\\u0001\": 2, \"ab\": 1}");
    gives(*state, AT_EXTRA, "{\"\\\\\": 1, \"\\\"\\\"\": 2}", "{\"Z\": 3, \"]\": 4, \"!!\": 5}",
        "{\"Z\": 3, \"\\\\\": 1, \"]\": 4, \"!!\": 5, \"\\\"\\\"\": 2}");
    gives(*state, AT_EXTRA, "{\"\\u001f\": 1}", "{\"\\u0001\": 2, \"\\u001f\": 3}",
        "{\"\\u0001\": 2, \"\\u001f\": 1}");
    gives(*state, AT_EXTRA, "{\"\\u0010\": 1}", "{\"\\u000f\": 2}",
        "{\"\\u000f\": 2, \"\\u0010\": 1}");
    gives(*state, AT_EXTRA, "{\"zz\": 1}", "{\"\xC3\xA4\": 2}", "{\"zz\": 1, \"\xC3\xA4\": 2}");
}

/* A text of JSON as jsonb.h writes it. */
struct canonical {
    struct arena arena;
    struct buffer out;
};

static bool write_canonical(void *context, struct str json, struct error *err)
{
    struct canonical *canonical = context;
    const cJSON *value = NULL;

    return record_parse(&canonical->arena, json, &value, err) &&
           (jsonb_write(&canonical->out, &canonical->arena, JSONB_PLAIN, value) ||
               error_memory(err));
}

static void make_canonical(struct canonical *canonical, const struct buffer *json)
{
    const struct json_split_handler handler = {.record = write_canonical, .context = canonical};
    struct json_split *split = NULL;
    struct error err = {0};

    arena_reset(&canonical->arena);
    buffer_clear(&canonical->out);
    if (!json_split_new(&split, NULL, &handler, &err) || !json_split_feed(split, "[", 1, &err) ||
        !json_split_feed(split, json->data, json->size, &err) ||
        !json_split_feed(split, "]", 1, &err) || !json_split_end(split, false, &err)) {
        fail_msg("%s", err.text);
    }
    json_split_free(split);
}

static uint64_t next_random(uint64_t *random)
{
    *random = *random * 6364136223846793005U + 1442695040888963407U;
    return *random >> 33;
}

/* Members, with a comma before each but the first of the text. */
static void write_random_members(struct buffer *json, uint64_t *random)
{
    static const char *const pieces[] = {
        "a", "b", "Z", "\\n", "\\u0001", "\\\"", "\\\\", "\\/", "\\u00e4", "\\u001f", "]", "\\t"};
    static const char *const values[] = {"1", "null", "\"}\"", "{}", "[]",
        "{\"b\":[1,{\"a\":\"\\\"\"}],\"a\":{}}", "[[],{\"x\":2}]"};
    size_t count = next_random(random) % (MOST_MEMBERS + 1);

    for (size_t i = 0; i < count; i++) {
        size_t length = next_random(random) % 4;

        buffer_append_text(json, json->size > 1 ? ",\"" : "\"");
        for (size_t piece = 0; piece < length; piece++) {
            buffer_append_text(json, pieces[next_random(random) % FIXTURE_COUNT(pieces)]);
        }
        buffer_printf(json, "\":%s", values[next_random(random) % FIXTURE_COUNT(values)]);
    }
}

/* The object of `second`'s members and then `first`'s, of which the last of a name counts. */
static void join_random(struct buffer jsons[3], uint64_t *random)
{
    for (size_t i = 0; i < 3; i++) {
        buffer_clear(&jsons[i]);
        buffer_append_char(&jsons[i], '{');
    }
    write_random_members(&jsons[0], random);
    write_random_members(&jsons[1], random);
    buffer_append(&jsons[2], jsons[1].data + 1, jsons[1].size - 1);
    if (jsons[0].size > 1 && jsons[1].size > 1) {
        buffer_append_char(&jsons[2], ',');
    }
    buffer_append(&jsons[2], jsons[0].data + 1, jsons[0].size - 1);
    for (size_t i = 0; i < 3; i++) {
        buffer_append_char(&jsons[i], '}');
    }
}

static void random_objects_are_merged_as_their_members_would_be_written(void **state)
{
    struct merging *merging = *state;
    struct canonical texts[3];
    struct buffer jsons[3];
    uint64_t random = 1;

    for (size_t i = 0; i < 3; i++) {
        buffer_init(&jsons[i], CEILING_RECORD);
        buffer_init(&texts[i].out, CEILING_ROW);
        arena_init(&texts[i].arena, CEILING_TREE);
    }
    for (int turn = 0; turn < RANDOM_OBJECTS; turn++) {
        struct str both = {0};

        join_random(jsons, &random);
        for (size_t i = 0; i < 3; i++) {
            make_canonical(&texts[i], &jsons[i]);
        }
        arena_reset(&merging->arena);
        assert_true(merge_objects(
            buffer_view(&texts[0].out), buffer_view(&texts[1].out), &merging->arena, &both));
        if (!str_equal(both, buffer_view(&texts[2].out))) {
            fail_msg("%s and %s: %.*s", buffer_text(&texts[0].out), buffer_text(&texts[1].out),
                (int)both.size, both.data);
        }
    }
    for (size_t i = 0; i < 3; i++) {
        arena_release(&texts[i].arena);
        buffer_release(&texts[i].out);
        buffer_release(&jsons[i]);
    }
}

static void a_row_that_grows_too_large_costs_that_record(void **state)
{
    struct merging *merging = *state;
    size_t size = CEILING_CELLS - 16;
    char *text = test_malloc(size);

    memset(text, 'x', size);
    merging->cps[AT_CPS] = (struct cell){.is_set = true, .text = {text, size}};
    (void)merge_at(merging, AT_CPS);
    merging->v1[AT_V1] = text_cell("0123456789abcdefg");
    assert_false(try_merge(merging));
    assert_int_equal(merging->err.kind, ERROR_RECORD);
    assert_string_equal(merging->err.text, "its row would be larger than 2097152 bytes");
    test_free(text);
}

static void a_full_arena_costs_that_record(void **state)
{
    struct merging *merging = *state;

    arena_release(&merging->arena);
    arena_init(&merging->arena, 0);
    assert_false(try_merge(merging));
    assert_int_equal(merging->err.kind, ERROR_RECORD);
    assert_string_equal(merging->err.text, "its row grows beyond the ceiling of one record");
}

/* The objects are larger than what the arena has left in its first block. */
static void no_memory_is_an_error(void **state)
{
    struct merging *merging = *state;
    char large[40000];
    int failures = 0;
    bool came = true;

    (void)snprintf(large, sizeof large, "{\"%035000d\": 1}", 0);
    merging->cps[AT_EXTRA] = merging->v1[AT_EXTRA] = text_cell(large);
    while (came) {
        bool ok;

        arena_release(&merging->arena);
        until_failure = failures;
        ok = try_merge(merging);
        came = failure_came();
        assert_int_equal(ok, !came);
        assert_int_equal(merging->err.kind, came ? ERROR_MEMORY : ERROR_NONE);
        failures += came ? 1 : 0;
    }
    assert_true(failures >= 2);
    assert_true(str_is(merging->row.cells[AT_EXTRA].json, large));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_voice_that_says_nothing_never_wins),
        TEST(the_rule_says_which_voice_wins),
        TEST(of_a_key_cps_counts),
        TEST(booleans_are_true_where_either_or_where_both_say_so),
        TEST(three_words_of_v1_override_two_of_cps),
        TEST(extra_has_the_members_of_both),
        TEST(values_are_passed_over_whole),
        TEST(the_text_of_a_member_is_found),
        TEST(names_count_as_they_are_meant),
        TEST(random_objects_are_merged_as_their_members_would_be_written),
        TEST(a_row_that_grows_too_large_costs_that_record),
        TEST(a_full_arena_costs_that_record),
        TEST(no_memory_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
