#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mapping/row.h"

static const struct column columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"a", "", COLUMN_TEXT},
    {"owner", "", COLUMN_TEXT},
    {"b", "", COLUMN_TEXT},
};
static const struct relation owned = {"r", "", columns, 4, 3, RELATION_SET, 2};

static struct cell text(const char *bytes)
{
    return (struct cell){.is_set = true, .text = str_of(bytes)};
}

struct digest {
    uint8_t bytes[ROW_DIGEST_SIZE];
};

static struct digest digest_of(
    struct hash *hash, const struct relation *relation, const struct cell *cells)
{
    const struct row row = {relation, cells};
    struct digest digest;
    struct error err = {0};

    assert_true(row_digest(hash, &row, digest.bytes, &err));
    return digest;
}

static int setup(void **state)
{
    struct error err = {0};

    *state = hash_new(&err);
    return *state != NULL ? 0 : -1;
}

static int teardown(void **state)
{
    hash_free(*state);
    return 0;
}

static bool same(struct digest a, struct digest b)
{
    return memcmp(a.bytes, b.bytes, sizeof a.bytes) == 0;
}

/* SHA-256 of "a" NUL 00000001 "a" "b" NUL 00000000: destinations keep digests, so they may not
 * change. */
static void a_digest_is_of_names_and_lengths_and_bytes(void **state)
{
    const struct cell cells[] = {text("t"), text("a"), text("o"), text("")};
    struct error err = {0};
    uint8_t expected[HASH_SIZE];
    struct digest digest = digest_of(*state, &owned, cells);

    assert_true(hash_of((struct str){"a\0\0\0\0\1ab\0\0\0\0\0", 13}, expected, &err));
    assert_memory_equal(digest.bytes, expected, ROW_DIGEST_SIZE);
}

static void tenant_and_owner_do_not_count(void **state)
{
    const struct cell cells[] = {text("t"), text("a"), text("o"), text("b")};
    const struct cell others[] = {text("u"), text("a"), text("p"), text("b")};
    const struct cell without[] = {{.is_set = false}, text("a"), {.is_set = false}, text("b")};
    struct relation tenants = owned;

    assert_true(same(digest_of(*state, &owned, cells), digest_of(*state, &owned, others)));
    assert_true(same(digest_of(*state, &owned, cells), digest_of(*state, &owned, without)));
    tenants.owner = 0;
    assert_false(same(digest_of(*state, &tenants, cells), digest_of(*state, &tenants, others)));
}

static void null_and_empty_and_borders_count(void **state)
{
    const struct cell rows[][4] = {
        {text(""), text("ab"), text(""), text("c")},
        {text(""), text("a"), text(""), text("bc")},
        {text(""), text("abc"), text(""), text("")},
        {text(""), text(""), text(""), text("abc")},
        {text(""), text("abc"), text(""), {.is_set = false}},
        {text(""), {.is_set = false}, text(""), text("abc")},
        {text(""), {.is_set = false}, text(""), {.is_set = false}},
        {text(""), text(""), text(""), text("")},
    };
    struct digest digests[8];

    for (size_t i = 0; i < 8; i++) {
        digests[i] = digest_of(*state, &owned, rows[i]);
        assert_true(same(digests[i], digest_of(*state, &owned, rows[i])));
        for (size_t j = 0; j < i; j++) {
            assert_false(same(digests[i], digests[j]));
        }
    }
}

/* A mapping may give a column another name: it is another row then. */
static void names_of_columns_count(void **state)
{
    const struct column others[] = {columns[0], columns[1], columns[2], {"c", "", COLUMN_TEXT}};
    const struct cell cells[] = {text("t"), text("a"), text("o"), text("b")};
    struct relation renamed = owned;

    renamed.columns = others;
    assert_false(same(digest_of(*state, &owned, cells), digest_of(*state, &renamed, cells)));
}

static struct digest digest_of_cell(struct hash *hash, enum column_type type, struct cell cell)
{
    const struct column two[] = {{"tenant", "", COLUMN_TEXT}, {"c", "", type}};
    const struct relation relation = {"r", "", two, 2, 1, RELATION_SET, 0};
    const struct cell cells[] = {text("t"), cell};

    return digest_of(hash, &relation, cells);
}

static void each_type_tells_its_values_apart(void **state)
{
    const struct str lists[] = {{"a", 1}, {"", 0}, {"ab", 2}, {"b", 1}};
    struct {
        enum column_type type;
        struct cell a;
        struct cell b;
    } cases[] = {
        {COLUMN_TEXT, text("a"), text("b")},
        {COLUMN_JSONB, text("{}"), text("[]")},
        {COLUMN_BOOLEAN, {.is_set = true, .boolean = true}, {.is_set = true, .boolean = false}},
        {COLUMN_BIGINT, {.is_set = true, .number = -1}, {.is_set = true, .number = INT64_MAX}},
        {COLUMN_TIMESTAMPTZ, {.is_set = true, .ms = 1}, {.is_set = true, .ms = 256}},
        {COLUMN_DOUBLE, {.is_set = true, .real = 0.5}, {.is_set = true, .real = -0.5}},
        {COLUMN_UUID, {.is_set = true, .uuid = {1}}, {.is_set = true, .uuid = {0, 1}}},
        {COLUMN_TEXT_ARRAY, {.is_set = true, .list = {lists, 2}},
            {.is_set = true, .list = {lists, 1}}},
        {COLUMN_TEXT_ARRAY, {.is_set = true, .list = {lists, 0}}, {.is_set = false}},
        {COLUMN_TEXT_ARRAY, {.is_set = true, .list = {lists + 2, 1}},
            {.is_set = true, .list = {lists + 3, 1}}},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct digest a = digest_of_cell(*state, cases[i].type, cases[i].a);

        assert_true(same(a, digest_of_cell(*state, cases[i].type, cases[i].a)));
        assert_false(same(a, digest_of_cell(*state, cases[i].type, cases[i].b)));
        assert_false(same(a, digest_of_cell(*state, cases[i].type, (struct cell){0})));
    }
    assert_true(same(digest_of_cell(*state, COLUMN_DOUBLE, (struct cell){.is_set = true}),
        digest_of_cell(*state, COLUMN_DOUBLE, (struct cell){.is_set = true, .real = -0.0})));
}

/* Short cells are gathered, long ones are not: the digest is of the same bytes. */
static void a_long_cell_is_as_a_short_one(void **state)
{
    static char bytes[70000];
    struct error err = {0};

    memset(bytes, 'x', sizeof bytes);
    for (size_t size = 1000; size < 1050; size++) {
        const struct cell cells[] = {text("t"), {.is_set = true, .text = {bytes, size}}, text("o"),
            {.is_set = true, .text = {bytes, sizeof bytes}}};
        struct hash *whole = hash_new(&err);
        uint8_t expected[HASH_SIZE];
        const uint8_t first[] = {'a', 0, 0, 0, (uint8_t)(size >> 8), (uint8_t)size};
        const uint8_t second[] = {'b', 0, 0, 1, 0x11, 0x70};
        struct digest digest = digest_of(*state, &owned, cells);

        assert_true(hash_add(whole, first, 6, &err) && hash_add(whole, bytes, size, &err) &&
                    hash_add(whole, second, 6, &err) &&
                    hash_add(whole, bytes, sizeof bytes, &err) && hash_end(whole, expected, &err));
        assert_memory_equal(digest.bytes, expected, ROW_DIGEST_SIZE);
        hash_free(whole);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_digest_is_of_names_and_lengths_and_bytes),
        TEST(tenant_and_owner_do_not_count),
        TEST(null_and_empty_and_borders_count),
        TEST(names_of_columns_count),
        TEST(each_type_tells_its_values_apart),
        TEST(a_long_cell_is_as_a_short_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
