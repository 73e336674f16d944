#include "yaml/yaml_bind.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/ceilings.h"

enum animal { ANIMAL_CAT, ANIMAL_DOG };

struct inner {
    int count;
    const char *note;
};

struct outer {
    const char *name;
    const char *comment;
    bool is_on;
    int size;
    double share;
    int64_t wait_ms;
    double part;
    enum animal animal;
    struct yaml_strings words;
    struct yaml_pairs acts;
    struct inner inner;
    struct yaml_list items;
};

static const char *const animals[] = {"cat", "dog", NULL};
static const char *const acts[] = {"drop", "hash", NULL};

static const struct yaml_field inner_fields[] = {
    {.key = "count",
        .type = YAML_INTEGER,
        .offset = offsetof(struct inner, count),
        .required = true,
        .min = -5,
        .max = 5},
    {.key = "note", .type = YAML_STRING, .offset = offsetof(struct inner, note), .preset = "none"},
};
static const struct yaml_table inner_table = {inner_fields, 2, sizeof(struct inner)};

#define AT(member) offsetof(struct outer, member)
static const struct yaml_field outer_fields[] = {
    {.key = "name", .type = YAML_STRING, .offset = AT(name), .required = true, .min = 1, .max = 8},
    {.key = "comment", .type = YAML_STRING, .offset = AT(comment)},
    {.key = "is_on", .type = YAML_BOOLEAN, .offset = AT(is_on), .preset = "true"},
    {.key = "size",
        .type = YAML_INTEGER,
        .offset = AT(size),
        .preset = "100",
        .min = 1,
        .max = 200},
    {.key = "share",
        .type = YAML_NUMBER,
        .offset = AT(share),
        .preset = "1.0",
        .min = 0.001,
        .max = 1},
    {.key = "wait",
        .type = YAML_DURATION,
        .offset = AT(wait_ms),
        .preset = "7d",
        .min = 1000,
        .max = 31536000000.0},
    {.key = "part", .type = YAML_PERCENT, .offset = AT(part), .preset = "20%", .min = 0, .max = 1},
    {.key = "animal", .type = YAML_WORD, .offset = AT(animal), .preset = "dog", .words = animals},
    {.key = "words", .type = YAML_STRINGS, .offset = AT(words), .min = 1},
    {.key = "acts", .type = YAML_PAIRS, .offset = AT(acts), .words = acts},
    {.key = "inner", .type = YAML_MAPPING, .offset = AT(inner), .table = &inner_table},
    {.key = "items",
        .type = YAML_LIST,
        .offset = AT(items),
        .min = 1,
        .max = 3,
        .table = &inner_table},
};
#undef AT
static const struct yaml_table outer_table = {
    outer_fields, sizeof outer_fields / sizeof *outer_fields, sizeof(struct outer)};

struct fixture {
    struct arena arena;
    struct outer outer;
    struct yaml_places places;
    struct error err;
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);

    assert_non_null(fixture);
    arena_init(&fixture->arena, CEILING_DOCUMENT);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    arena_release(&fixture->arena);
    free(fixture);
    return 0;
}

static bool bind_str(struct fixture *fixture, struct str text)
{
    /* Bytes that no value may point into afterwards. */
    char *copy = malloc(text.size + 1);
    bool ok;

    assert_non_null(copy);
    memcpy(copy, text.data, text.size);
    arena_reset(&fixture->arena);
    error_clear(&fixture->err);
    ok = yaml_bind(&fixture->arena, "a.yaml", (struct str){copy, text.size}, &outer_table,
        &fixture->outer, &fixture->places, &fixture->err);
    free(copy);
    return ok;
}

static void assert_binds(struct fixture *fixture, const char *text)
{
    if (!bind_str(fixture, str_of(text))) {
        fail_msg("%s", fixture->err.text);
    }
}

static void assert_refused(struct fixture *fixture, const char *text, const char *message)
{
    assert_false(bind_str(fixture, str_of(text)));
    assert_string_equal(fixture->err.text, message);
    assert_int_equal(fixture->err.kind, ERROR_CONFIG);
}

static void every_type_is_bound(void **state)
{
    struct fixture *fixture = *state;
    struct outer *outer = &fixture->outer;
    const struct inner *items;

    assert_binds(fixture, "name: 12345\n"
                          "comment: \"caf\\u00e9 \\\"x\\\"\"\n"
                          "is_on: False\n"
                          "size: 7\n"
                          "share: 0.25\n"
                          "wait: 90s\n"
                          "part: 12.5%\n"
                          "animal: cat\n"
                          "words: [a, 'b c', \"\\t\"]\n"
                          "acts: {phone number: drop, imei: hash}\n"
                          "inner: {count: -5}\n"
                          "items:\n"
                          "  - count: 1\n"
                          "    note: no\n"
                          "  - {count: 2}\n");
    assert_string_equal(outer->name, "12345");
    assert_string_equal(outer->comment, "caf\xc3\xa9 \"x\"");
    assert_false(outer->is_on);
    assert_int_equal(outer->size, 7);
    assert_true(outer->share == 0.25);
    assert_int_equal(outer->wait_ms, 90000);
    assert_true(outer->part == 0.125);
    assert_int_equal(outer->animal, ANIMAL_CAT);
    assert_int_equal(outer->words.count, 3);
    assert_string_equal(outer->words.items[1], "b c");
    assert_string_equal(outer->words.items[2], "\t");
    assert_null(outer->words.items[3]);
    assert_int_equal(outer->acts.count, 2);
    assert_string_equal(outer->acts.items[0].key, "phone number");
    assert_string_equal(outer->acts.items[1].value, "hash");
    assert_int_equal(outer->acts.items[1].word, 1);
    assert_int_equal(outer->inner.count, -5);
    assert_string_equal(outer->inner.note, "none");
    assert_int_equal(outer->items.count, 2);
    items = outer->items.items;
    assert_string_equal(items[0].note, "no");
    assert_int_equal(items[1].count, 2);
    assert_string_equal(items[1].note, "none");
}

static void what_is_left_out_has_its_default(void **state)
{
    struct fixture *fixture = *state;
    struct outer *outer = &fixture->outer;

    assert_binds(fixture, "name: x");
    assert_null(outer->comment);
    assert_true(outer->is_on);
    assert_int_equal(outer->size, 100);
    assert_true(outer->share == 1.0);
    assert_int_equal(outer->wait_ms, INT64_C(604800000));
    assert_true(outer->part == 0.2);
    assert_int_equal(outer->animal, ANIMAL_DOG);
    assert_int_equal(outer->words.count, 0);
    assert_null(outer->words.items[0]);
    assert_int_equal(outer->acts.count, 0);
    assert_int_equal(outer->inner.count, 0);
    assert_string_equal(outer->inner.note, "none");
    assert_int_equal(outer->items.count, 0);
    assert_null(outer->items.items);
}

static void one_string_is_a_list_of_one(void **state)
{
    struct fixture *fixture = *state;

    assert_binds(fixture, "{name: x, words: deviceGuid}");
    assert_int_equal(fixture->outer.words.count, 1);
    assert_string_equal(fixture->outer.words.items[0], "deviceGuid");
    assert_null(fixture->outer.words.items[1]);
    assert_binds(fixture, "{name: x, words: []}");
    assert_int_equal(fixture->outer.words.count, 0);
}

static void every_unit_of_a_duration_counts(void **state)
{
    struct fixture *fixture = *state;

    assert_binds(fixture, "{name: x, wait: 300d}");
    assert_int_equal(fixture->outer.wait_ms, INT64_C(25920000000));
    assert_binds(fixture, "{name: x, wait: 26h}");
    assert_int_equal(fixture->outer.wait_ms, 93600000);
    assert_binds(fixture, "{name: x, wait: 30m}");
    assert_int_equal(fixture->outer.wait_ms, 1800000);
    assert_binds(fixture, "{name: x, wait: 1s}");
    assert_int_equal(fixture->outer.wait_ms, 1000);
}

struct refusal {
    const char *text;
    const char *message;
};

static void assert_all_refused(
    struct fixture *fixture, const struct refusal *refusals, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        assert_refused(fixture, refusals[i].text, refusals[i].message);
    }
}

#define ASSERT_ALL_REFUSED(fixture, refusals)                                                      \
    assert_all_refused(fixture, refusals, sizeof(refusals) / sizeof *(refusals))

static void wrong_keys_are_refused(void **state)
{
    static const struct refusal refusals[] = {
        {"name: x\nsise: 3\n", "a.yaml:2: key `sise`: unknown key; did you mean `size`?"},
        {"name: x\nis: true\n", "a.yaml:2: key `is`: unknown key; did you mean `is_on`?"},
        {"name: x\nitems:\n  - count: 1\n    colour: red\n",
            "a.yaml:4: key `items[0].colour`: unknown key; known here are count, note"},
        {"name: x\n\nname: y\n", "a.yaml:3: key `name`: is given twice; first on line 1"},
        {"# a\nsize: 3\n", "a.yaml:2: key `name`: is missing"},
        {"name: x\ninner:\n  note: y\n", "a.yaml:3: key `inner.count`: is missing"},
        {"name: x\nitems:\n  - count: 1\n  - note: y\n",
            "a.yaml:4: key `items[1].count`: is missing"},
        {"name: x\nacts:\n  a: drop\n  a: hash\n", "a.yaml:4: key `acts.a`: is given twice"},
        {"name: x\n? [a, b]\n: c\n", "a.yaml:2: holds a key that is not a word"},
        {"name: x\n\"\": c\n", "a.yaml:2: holds a key that is not a word"},
        {"name: x\nacts: {\"a\\0b\": drop}\n",
            "a.yaml:2: key `acts`: holds a key that is not a word"},
    };

    ASSERT_ALL_REFUSED(*state, refusals);
}

static void wrong_shapes_are_refused(void **state)
{
    static const struct refusal refusals[] = {
        {"- a\n", "a.yaml:1: expected a mapping (key: value), not a list"},
        {"name\n", "a.yaml:1: expected a mapping (key: value), not a single value"},
        {"name: [x]\n", "a.yaml:1: key `name`: expected a single value, not a list"},
        {"name: x\nsize:\n  a: 1\n",
            "a.yaml:3: key `size`: expected a single value, not a mapping"},
        {"name: x\nwords: {a: b}\n",
            "a.yaml:2: key `words`: expected a string or a list of strings, not a mapping"},
        {"name: x\nwords:\n  - a\n  - [b]\n",
            "a.yaml:4: key `words[1]`: expected a single value, not a list"},
        {"name: x\nacts: drop\n",
            "a.yaml:2: key `acts`: expected a mapping (key: value), not a single value"},
        {"name: x\nacts: {a: [drop]}\n",
            "a.yaml:2: key `acts.a`: expected a single value, not a list"},
        {"name: x\ninner: 3\n",
            "a.yaml:2: key `inner`: expected a mapping (key: value), not a single value"},
        {"name: x\nitems: {count: 1}\n", "a.yaml:2: key `items`: expected a list, not a mapping"},
        {"name: x\nitems:\nsize: 3\n", "a.yaml:2: key `items`: expected a list, not nothing"},
        {"name: x\nitems:\n  - 3\n",
            "a.yaml:3: key `items[0]`: expected a mapping (key: value), not a single value"},
        {"name: x\nitems: []\n", "a.yaml:2: key `items`: holds 0 items; at least 1 is wanted"},
        {"name: x\nitems: [{count: 1}, {count: 1}, {count: 1}, {count: 1}]\n",
            "a.yaml:2: key `items`: holds 4 items; at most 3 are allowed"},
    };

    ASSERT_ALL_REFUSED(*state, refusals);
}

static void wrong_values_are_refused(void **state)
{
    static const struct refusal refusals[] = {
        {"name:\n", "a.yaml:1: key `name`: has no value"},
        {"name: ~\n", "a.yaml:1: key `name`: has no value"},
        {"name: x\nwords: [null]\n", "a.yaml:2: key `words[0]`: has no value"},
        {"name: ''\n", "a.yaml:1: key `name`: is empty"},
        {"name: ninebytes\n", "a.yaml:1: key `name`: is 9 bytes long; at most 8 are allowed"},
        {"name: \"a\\0b\"\n", "a.yaml:1: key `name`: holds a NUL byte"},
        {"name: x\nis_on: yes\n", "a.yaml:2: key `is_on`: expected true or false, not `yes`"},
        {"name: x\nis_on: 'true'\n",
            "a.yaml:2: key `is_on`: expected true or false, not a string in quotes"},
        {"name: x\nsize: 201\n",
            "a.yaml:2: key `size`: expected a whole number from 1 to 200, not `201`"},
        {"name: x\nsize: 0\n",
            "a.yaml:2: key `size`: expected a whole number from 1 to 200, not `0`"},
        {"name: x\nsize: 1.0\n",
            "a.yaml:2: key `size`: expected a whole number from 1 to 200, not `1.0`"},
        {"name: x\nsize: 1x\n",
            "a.yaml:2: key `size`: expected a whole number from 1 to 200, not `1x`"},
        {"name: x\nsize: \"5\"\n",
            "a.yaml:2: key `size`: expected a number, not a string in quotes"},
        {"name: x\nsize: 99999999999999999999\n",
            "a.yaml:2: key `size`: expected a whole number from 1 to 200, "
            "not `99999999999999999999`"},
        {"name: x\nshare: 1.01\n",
            "a.yaml:2: key `share`: expected a number from 0.001 to 1, not `1.01`"},
        {"name: x\nshare: .5\n",
            "a.yaml:2: key `share`: expected a number from 0.001 to 1, not `.5`"},
        {"name: x\nshare: 1.\n",
            "a.yaml:2: key `share`: expected a number from 0.001 to 1, not `1.`"},
        {"name: x\nshare: nan\n",
            "a.yaml:2: key `share`: expected a number from 0.001 to 1, not `nan`"},
        {"name: x\nwait: 7\n", "a.yaml:2: key `wait`: expected a duration from 1s to 365d (a whole "
                               "number and d, h, m or s), not `7`"},
        {"name: x\nwait: 366d\n", "a.yaml:2: key `wait`: expected a duration from 1s to 365d (a "
                                  "whole number and d, h, m or s), not `366d`"},
        {"name: x\nwait: 1.5h\n", "a.yaml:2: key `wait`: expected a duration from 1s to 365d (a "
                                  "whole number and d, h, m or s), not `1.5h`"},
        {"name: x\nwait: d\n", "a.yaml:2: key `wait`: expected a duration from 1s to 365d (a whole "
                               "number and d, h, m or s), not `d`"},
        {"name: x\npart: 20\n",
            "a.yaml:2: key `part`: expected a percentage from 0% to 100%, not `20`"},
        {"name: x\npart: 101%\n",
            "a.yaml:2: key `part`: expected a percentage from 0% to 100%, not `101%`"},
        {"name: x\npart: -1%\n",
            "a.yaml:2: key `part`: expected a percentage from 0% to 100%, not `-1%`"},
        {"name: x\nanimal: cow\n", "a.yaml:2: key `animal`: expected cat or dog, not `cow`"},
        {"name: x\nanimal: cta\n",
            "a.yaml:2: key `animal`: expected cat or dog, not `cta`; did you mean `cat`?"},
        {"name: x\nacts: {a: hsh}\n", "a.yaml:2: key `acts.a`: expected drop or hash, not `hsh`; "
                                      "did you mean `hash`?"},
    };

    ASSERT_ALL_REFUSED(*state, refusals);
}

static void a_long_wrong_value_is_cut_between_characters(void **state)
{
    /* 46 bytes, and a character of two that the 47 bytes shown would cut in half. */
    assert_refused(*state,
        "name: x\nis_on: 1234567890123456789012345678901234567890123456\xc3\xa9\n",
        "a.yaml:2: key `is_on`: expected true or false, not "
        "`1234567890123456789012345678901234567890123456`");
    assert_refused(*state, "name: x\nis_on: 12345678901234567890123456789012345678901234567890\n",
        "a.yaml:2: key `is_on`: expected true or false, not "
        "`12345678901234567890123456789012345678901234567`");
}

struct free_values {
    int number;
    double real;
    double part;
    int64_t wait_ms;
    const char *text;
};

static void a_field_without_range_takes_any_value(void **state)
{
#define AT(member) offsetof(struct free_values, member)
    static const struct yaml_field fields[] = {
        {.key = "number", .type = YAML_INTEGER, .offset = AT(number)},
        {.key = "real", .type = YAML_NUMBER, .offset = AT(real)},
        {.key = "part", .type = YAML_PERCENT, .offset = AT(part)},
        {.key = "wait", .type = YAML_DURATION, .offset = AT(wait_ms)},
        {.key = "text", .type = YAML_STRING, .offset = AT(text), .min = 2},
    };
#undef AT
    static const struct yaml_table table = {fields, 5, sizeof(struct free_values)};
    static const struct {
        const char *text;
        const char *message;
    } refusals[] = {
        {"number: x", "a.yaml:1: key `number`: expected a whole number, not `x`"},
        {"number: 2147483648", "a.yaml:1: key `number`: expected a whole number, not `2147483648`"},
        {"real: 1e3", "a.yaml:1: key `real`: expected a number, not `1e3`"},
        {"part: x%", "a.yaml:1: key `part`: expected a percentage such as 20%, not `x%`"},
        {"wait: 5w", "a.yaml:1: key `wait`: expected a duration such as 26h (a whole number and d, "
                     "h, m or s), not `5w`"},
        {"wait: 2147483648d", "a.yaml:1: key `wait`: expected a duration such as 26h (a whole "
                              "number and d, h, m or s), not `2147483648d`"},
        {"real: 0.123456789012345", "a.yaml:1: key `real`: expected a number, not "
                                    "`0.123456789012345`"},
        {"text: a", "a.yaml:1: key `text`: is 1 bytes long; at least 2 are wanted"},
    };
    struct fixture *fixture = *state;
    struct free_values values;

    assert_true(yaml_bind(&fixture->arena, "a.yaml",
        str_of("{number: -2147483648, real: -0.5, part: 250%, wait: 0s, text: ab}"), &table,
        &values, &fixture->places, &fixture->err));
    assert_int_equal(values.number, INT32_MIN);
    assert_true(values.real == -0.5);
    assert_true(values.part == 2.5);
    assert_int_equal(values.wait_ms, 0);
    assert_string_equal(values.text, "ab");
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        assert_false(yaml_bind(&fixture->arena, "a.yaml", str_of(refusals[i].text), &table, &values,
            &fixture->places, &fixture->err));
        assert_string_equal(fixture->err.text, refusals[i].message);
    }
}

static void bad_documents_are_refused(void **state)
{
    static const char *const no_anchor =
        "anchors and aliases (&name, *name) are not supported; a value that begins with & or * "
        "wants quotes";
    char message[ERROR_TEXT_SIZE];
    static const struct refusal refusals[] = {
        {"", "a.yaml:1: the file is empty"},
        {"# only\n# comments\n", "a.yaml:1: the file is empty"},
        {"---\n", "a.yaml:1: the file is empty"},
        {"name: x\n---\nname: y\n",
            "a.yaml:2: a second document begins here; the file may hold one alone"},
        {"name: !!str x\n", "a.yaml:1: tags (!name) are not supported; a value that begins with ! "
                            "wants quotes"},
        {"name: x\ninner: {count: 1\n",
            "a.yaml:3: bad YAML: did not find expected ',' or '}' (while parsing a flow mapping "
            "that begins on line 2)"},
        {"name: x\n\tsize: 3\n",
            "a.yaml:2: bad YAML: the line is indented by a tab, and YAML takes spaces alone"},
        {"inner:\n  \tcount: 3\n",
            "a.yaml:2: bad YAML: the line is indented by a tab, and YAML takes spaces alone"},
        {"name: x\nname: \xff\n", "a.yaml:2: bad YAML: invalid leading UTF-8 octet"},
        {"a: [[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]\n", "a.yaml:1: nested deeper than 16 levels"},
    };

    ASSERT_ALL_REFUSED(*state, refusals);
    (void)snprintf(message, sizeof message, "a.yaml:1: %s", no_anchor);
    assert_refused(*state, "name: &a x\n", message);
    (void)snprintf(message, sizeof message, "a.yaml:2: %s", no_anchor);
    assert_refused(*state, "name: x\ncomment: *a\n", message);
}

static void size_and_number_of_values_are_bounded(void **state)
{
    struct fixture *fixture = *state;
    size_t size = CEILING_FILE + 1;
    char *text = malloc(size + 1);

    assert_non_null(text);
    memset(text, '#', size);
    assert_false(bind_str(fixture, (struct str){text, size}));
    assert_string_equal(fixture->err.text, "a.yaml:1: the file is larger than 1048576 bytes");
    memset(text, ' ', size);
    memcpy(text, "words: [", 8);
    for (size_t i = 8; i + 1 < size; i += 2) {
        memcpy(text + i, "a,", 2);
    }
    text[size - 2] = ']';
    assert_false(bind_str(fixture, (struct str){text, size - 1}));
    assert_string_equal(fixture->err.text, "a.yaml:1: more than 100000 keys and values");
    free(text);
}

static void a_full_arena_is_an_error_wherever_it_fills_up(void **state)
{
    static const char *const text = "{name: x, comment: y, words: [a, b], acts: {a: drop}, inner: "
                                    "{count: 1}, items: [{count: 2}]}";
    enum { BLOCK = 64 * 1024, FEW = 256, ENOUGH = 4096 };
    struct arena full;
    struct outer outer;
    struct yaml_places places;
    struct error err;

    (void)state;
    for (size_t room = 0; room <= ENOUGH; room += 16) {
        bool ok;

        arena_init(&full, BLOCK);
        assert_non_null(arena_alloc(&full, BLOCK - room));
        ok = yaml_bind(&full, "a.yaml", str_of(text), &outer_table, &outer, &places, &err);
        assert_true(ok || err.kind == ERROR_MEMORY);
        assert_true(ok ? room > FEW : room < ENOUGH);
        arena_release(&full);
    }
}

static void places_are_known_afterwards(void **state)
{
    struct fixture *fixture = *state;

    assert_binds(fixture, "name: x\n"
                          "words:\n"
                          "  - a\n"
                          "  - b\n"
                          "items:\n"
                          "  - count: 1\n"
                          "  -\n"
                          "    count: 2\n");
    assert_int_equal(yaml_line(&fixture->places, "name"), 1);
    assert_int_equal(yaml_line(&fixture->places, "words"), 2);
    assert_int_equal(yaml_line(&fixture->places, "words[1]"), 4);
    assert_int_equal(yaml_line(&fixture->places, "items[1]"), 8);
    assert_int_equal(yaml_line(&fixture->places, "items[1].count"), 8);
    assert_int_equal(yaml_line(&fixture->places, "items[1].note"), 0);
    assert_int_equal(yaml_line(&fixture->places, "size"), 0);
    assert_int_equal(yaml_line(&fixture->places, "nam"), 0);
}

static void an_error_of_meaning_has_the_nearest_line(void **state)
{
    struct fixture *fixture = *state;

    assert_binds(fixture, "\nname: x\nitems:\n  - count: 1\n");
    assert_false(yaml_fail(&fixture->places, "items[0].count", &fixture->err, "is %d", 1));
    assert_string_equal(fixture->err.text, "a.yaml:4: key `items[0].count`: is 1");
    assert_false(yaml_fail(&fixture->places, "items[7].note", &fixture->err, "lacks"));
    assert_string_equal(fixture->err.text, "a.yaml:3: key `items[7].note`: lacks");
    assert_false(yaml_fail(&fixture->places, "size", &fixture->err, "lacks"));
    assert_string_equal(fixture->err.text, "a.yaml:1: key `size`: lacks");
}

static void a_long_key_is_cut_in_its_message(void **state)
{
    struct fixture *fixture = *state;
    char text[1200];

    memset(text, 'k', sizeof text);
    memcpy(text, "name: x\nacts: {\"", 16);
    memcpy(text + 1000, "\": ox}", 7);
    assert_false(bind_str(fixture, str_of(text)));
    assert_non_null(strstr(fixture->err.text, "expected drop or hash, not `ox`"));
    memcpy(text, "name: x\n\"kkkkkkk", 16);
    memcpy(text + 1000, "\": 1", 5);
    assert_false(bind_str(fixture, str_of(text)));
    assert_non_null(strstr(fixture->err.text, "unknown key; known here are name, comment"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_type_is_bound, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_left_out_has_its_default, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_string_is_a_list_of_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_unit_of_a_duration_counts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(wrong_keys_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(wrong_shapes_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(wrong_values_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_long_wrong_value_is_cut_between_characters, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_field_without_range_takes_any_value, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bad_documents_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(size_and_number_of_values_are_bounded, set_up, tear_down),
        cmocka_unit_test(a_full_arena_is_an_error_wherever_it_fills_up),
        cmocka_unit_test_setup_teardown(places_are_known_afterwards, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            an_error_of_meaning_has_the_nearest_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_long_key_is_cut_in_its_message, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
