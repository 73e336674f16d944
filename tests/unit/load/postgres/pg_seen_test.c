#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "load/postgres/pg_seen.h"

static const struct relation one = {"one", "", NULL, 0, 0, RELATION_SET, 0};
static const struct relation other = {"other", "", NULL, 0, 0, RELATION_SET, 0};

/* All of them meet in one place: they differ behind what a digest is looked up by. */
static void make_digest(uint8_t digest[ROW_DIGEST_SIZE], uint8_t number)
{
    memset(digest, 0x11, ROW_DIGEST_SIZE);
    digest[ROW_DIGEST_SIZE - 1] = number;
}

static int32_t find(struct pg_seen *seen, const struct relation *relation, uint8_t number)
{
    uint8_t digest[ROW_DIGEST_SIZE];

    make_digest(digest, number);
    return pg_seen_find(seen, relation, digest);
}

static void put(struct pg_seen *seen, const struct relation *relation, uint8_t number)
{
    uint8_t digest[ROW_DIGEST_SIZE];

    make_digest(digest, number);
    assert_true(pg_seen_put(seen, relation, digest, number));
}

static void an_item_is_found_under_its_relation(void **state)
{
    struct pg_seen seen = {NULL};

    (void)state;
    assert_int_equal(find(&seen, &one, 1), 0);
    put(&seen, &one, 1);
    assert_int_equal(find(&seen, &one, 1), 1);
    assert_int_equal(find(&seen, &one, 2), 0);
    assert_int_equal(find(&seen, &other, 1), 0);
    pg_seen_release(&seen);
}

static void what_was_asked_for_lately_stays(void **state)
{
    struct pg_seen seen = {NULL};

    (void)state;
    for (uint8_t i = 1; i <= 4; i++) {
        put(&seen, &one, i);
    }
    assert_int_equal(find(&seen, &one, 1), 1);
    put(&seen, &one, 5);
    assert_int_equal(find(&seen, &one, 2), 0);
    for (uint8_t i = 3; i <= 5; i++) {
        assert_int_equal(find(&seen, &one, i), i);
    }
    assert_int_equal(find(&seen, &one, 1), 1);
    pg_seen_release(&seen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_item_is_found_under_its_relation),
        cmocka_unit_test(what_was_asked_for_lately_stays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
