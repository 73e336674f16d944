#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "sync/id_set.h"

enum { MANY = 20000 };

/* Whether the id is new to the set, which it is not afterwards. */
static bool add(struct id_set *set, const char *id)
{
    struct error err = {0};
    bool is_new = false;

    assert_true(id_set_add(set, str_of(id), &is_new, &err));
    return is_new;
}

static bool has(const struct id_set *set, const char *id)
{
    struct error err = {0};
    bool found = false;

    assert_true(id_set_has(set, str_of(id), &found, &err));
    return found;
}

static int setup(void **state)
{
    struct id_set *set = NULL;
    struct error err = {0};

    assert_true(id_set_new(&set, &err));
    *state = set;
    return 0;
}

static int teardown(void **state)
{
    id_set_free(*state);
    id_set_free(NULL);
    return 0;
}

static void an_id_is_new_once(void **state)
{
    struct id_set *set = *state;

    assert_false(has(set, "a"));
    assert_true(add(set, "a"));
    assert_false(add(set, "a"));
    assert_true(has(set, "a"));
    assert_false(has(set, "A"));
    assert_false(has(set, ""));
}

static void a_cleared_set_knows_nothing(void **state)
{
    struct id_set *set = *state;

    assert_true(add(set, "a"));
    assert_true(add(set, "b"));
    id_set_clear(set);
    assert_false(has(set, "a"));
    assert_true(add(set, "a"));
    assert_false(has(set, "b"));
}

static void every_byte_of_an_id_counts(void **state)
{
    struct id_set *set = *state;
    struct error err = {0};
    bool is_new = false;
    bool found = true;

    assert_true(id_set_add(set, (struct str){"a\0b", 3}, &is_new, &err));
    assert_true(is_new);
    assert_true(id_set_has(set, (struct str){"a\0c", 3}, &found, &err));
    assert_false(found);
    assert_true(add(set, ""));
    assert_true(has(set, ""));
}

static void many_ids_are_all_known(void **state)
{
    struct id_set *set = *state;
    char id[16];

    for (int i = 0; i < MANY; i++) {
        (void)snprintf(id, sizeof id, "%d", i);
        assert_true(add(set, id));
    }
    for (int i = 0; i < MANY; i++) {
        (void)snprintf(id, sizeof id, "%d", i);
        assert_true(has(set, id));
        assert_false(add(set, id));
    }
    (void)snprintf(id, sizeof id, "%d", MANY);
    assert_false(has(set, id));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_id_is_new_once),
        TEST(a_cleared_set_knows_nothing),
        TEST(every_byte_of_an_id_counts),
        TEST(many_ids_are_all_known),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
