#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <string.h>

#include "uem/walk.h"

enum { MOST = 600 };

/* A server with `count` devices, numbered from 0; device n is `devices[n]`. */
struct listing {
    int devices[MOST];
    int count;
    int clamp;       /* most records of a page */
    bool is_unpaged; /* it knows neither offset nor limit */
    int64_t results; /* what each page says; 0: nothing; below 0: so many records as it has */
};

/* One walk over it, as the conductor does it. */
struct walker {
    struct uem_walk walk;
    bool seen[2 * MOST];
    int first; /* of the page before, or -1 */
    int last;
};

static void listing_fill(struct listing *listing, int count, int clamp)
{
    *listing = (struct listing){.count = count, .clamp = clamp};
    for (int i = 0; i < count; i++) {
        listing->devices[i] = i;
    }
}

static void listing_drop(struct listing *listing, int place)
{
    listing->count--;
    for (int i = place; i < listing->count; i++) {
        listing->devices[i] = listing->devices[i + 1];
    }
}

static void walker_begin(struct walker *walker, int limit)
{
    memset(walker, 0, sizeof *walker);
    uem_walk_begin(&walker->walk, limit);
    walker->first = -1;
    walker->last = -1;
}

static enum uem_walk_step walker_page(
    struct walker *walker, const struct listing *listing, int64_t offset, int64_t total)
{
    int most = walker->walk.limit < listing->clamp ? walker->walk.limit : listing->clamp;
    int64_t from = listing->is_unpaged ? 0 : offset;
    struct uem_page page = {0};
    int first = -1;
    int last = -1;

    most = listing->is_unpaged ? MOST : most;
    for (int64_t i = from; i < listing->count && page.received < most; i++) {
        int device = listing->devices[i];

        first = page.received == 0 ? device : first;
        last = device;
        page.holds_last = page.holds_last || device == walker->last;
        page.fresh += walker->seen[device] ? 0 : 1;
        walker->seen[device] = true;
        page.received++;
    }
    page.is_repeated = walker->walk.pages > 0 && page.received > 1 && first == walker->first;
    page.results = listing->results == 0 ? -1 : listing->results;
    page.results = listing->results < 0 ? page.received : page.results;
    walker->first = first;
    walker->last = last;
    return uem_walk_page(&walker->walk, &page, total);
}

/* Turns pages to the end; `total` is what the server counts. */
static enum uem_walk_step walker_end(
    struct walker *walker, const struct listing *listing, int64_t total)
{
    enum uem_walk_step step = UEM_WALK_ON;
    int pages = 0;

    while (step == UEM_WALK_ON) {
        step = walker_page(walker, listing, walker->walk.offset, total);
        assert_true(++pages <= 2 * MOST);
    }
    return step;
}

static void a_quiet_listing_is_proven_whatever_its_pages(void **state)
{
    static const int counts[] = {0, 1, 2, 3, 9, 10, 11, 19, 20, 21, 100, 101};
    static const int limits[] = {1, 2, 3, 10, 200};
    static const int clamps[] = {1, 2, 7, 500};

    (void)state;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        for (size_t j = 0; j < sizeof limits / sizeof *limits; j++) {
            for (size_t k = 0; k < sizeof clamps / sizeof *clamps; k++) {
                struct listing listing;
                struct walker walker;

                listing_fill(&listing, counts[i], clamps[k]);
                walker_begin(&walker, limits[j]);
                assert_int_equal(walker_end(&walker, &listing, counts[i]), UEM_WALK_END);
                assert_int_equal(walker.walk.distinct, counts[i]);
                assert_true(uem_walk_is_proven(&walker.walk, counts[i]));
                walker_begin(&walker, limits[j]);
                assert_int_equal(walker_end(&walker, &listing, -1), UEM_WALK_END);
                assert_int_equal(walker.walk.distinct, counts[i]);
                assert_true(uem_walk_is_proven(&walker.walk, counts[i]));
            }
        }
    }
}

static void a_proven_total_saves_the_empty_page(void **state)
{
    struct listing listing;
    struct walker walker;

    (void)state;
    listing_fill(&listing, 20, 500);
    walker_begin(&walker, 20);
    (void)walker_end(&walker, &listing, 20);
    assert_int_equal(walker.walk.pages, 1);
    walker_begin(&walker, 20);
    (void)walker_end(&walker, &listing, -1);
    assert_int_equal(walker.walk.pages, 3);
}

static void a_short_page_ends_nothing(void **state)
{
    struct listing listing;
    struct walker walker;

    (void)state;
    listing_fill(&listing, 100, 7);
    walker_begin(&walker, 50);
    assert_int_equal(walker_page(&walker, &listing, 0, 100), UEM_WALK_ON);
    assert_int_equal(walker.walk.offset, 6);
    assert_int_equal(walker_end(&walker, &listing, 100), UEM_WALK_END);
    assert_int_equal(walker.walk.distinct, 100);
}

static void fewer_records_than_counted_are_unproven(void **state)
{
    struct listing listing;
    struct walker walker;

    (void)state;
    listing_fill(&listing, 100, 500);
    walker_begin(&walker, 30);
    assert_int_equal(walker_end(&walker, &listing, 101), UEM_WALK_END);
    assert_false(uem_walk_is_proven(&walker.walk, 101));
    assert_true(uem_walk_is_proven(&walker.walk, 100));
}

static void a_device_that_leaves_ahead_tears_the_walk(void **state)
{
    struct listing listing;
    struct walker walker;

    (void)state;
    listing_fill(&listing, 100, 500);
    walker_begin(&walker, 10);
    assert_int_equal(walker_page(&walker, &listing, 0, 100), UEM_WALK_ON);
    listing_drop(&listing, 0);
    listing_drop(&listing, 0);
    assert_int_equal(walker_end(&walker, &listing, 98), UEM_WALK_END);
    assert_true(walker.walk.torn);
    /* Device 10 was passed over, and 98 of 98 would still look complete with another one. */
    assert_false(walker.seen[10]);
    assert_false(uem_walk_is_proven(&walker.walk, walker.walk.distinct));
}

static void a_device_that_comes_ahead_costs_nothing(void **state)
{
    struct listing listing;
    struct walker walker;

    (void)state;
    listing_fill(&listing, 100, 500);
    walker_begin(&walker, 10);
    (void)walker_page(&walker, &listing, 0, 100);
    memmove(listing.devices + 1, listing.devices, 100 * sizeof *listing.devices);
    listing.devices[0] = 500;
    listing.count = 101;
    assert_int_equal(walker_end(&walker, &listing, 101), UEM_WALK_END);
    assert_false(walker.walk.torn);
    assert_int_equal(walker.walk.distinct, 100);
    assert_false(uem_walk_is_proven(&walker.walk, 101));
}

static void a_listing_that_shrinks_below_the_offset_is_torn(void **state)
{
    struct listing listing;
    struct walker walker;

    (void)state;
    listing_fill(&listing, 100, 500);
    walker_begin(&walker, 50);
    (void)walker_page(&walker, &listing, 0, 100);
    listing.count = 10;
    assert_int_equal(walker_end(&walker, &listing, 50), UEM_WALK_END);
    assert_false(uem_walk_is_proven(&walker.walk, 50));
}

static void a_server_that_ignores_the_offset_is_noticed(void **state)
{
    struct listing listing;
    struct walker walker;

    (void)state;
    listing_fill(&listing, 100, 500);
    walker_begin(&walker, 10);
    assert_int_equal(walker_page(&walker, &listing, 0, 100), UEM_WALK_ON);
    assert_int_equal(walker_page(&walker, &listing, 0, 100), UEM_WALK_STUCK);
}

/* It ignores the offset and orders its pages anew each time: no page begins as the one before. */
static void pages_that_bring_nothing_new_end_the_walk(void **state)
{
    struct listing listing;
    struct walker walker;
    enum uem_walk_step step = UEM_WALK_ON;

    (void)state;
    listing_fill(&listing, 100, 500);
    walker_begin(&walker, 10);
    for (int i = 0; step == UEM_WALK_ON && i < 1000; i++) {
        step = walker_page(&walker, &listing, i % 2, 100);
    }
    assert_int_equal(step, UEM_WALK_STUCK);
    assert_int_equal(walker.walk.pages, 2 + UEM_WALK_STALE);
}

/* Where there is no count to ask for. */
static void results_beyond_the_page_are_the_total(void **state)
{
    struct listing listing;
    struct walker walker;

    (void)state;
    listing_fill(&listing, 100, 500);
    listing.results = 100;
    walker_begin(&walker, 30);
    assert_int_equal(walker_end(&walker, &listing, -1), UEM_WALK_END);
    assert_int_equal(walker.walk.distinct, 100);
    assert_int_equal(walker.walk.pages, uem_walk_pages(100, 30));
    assert_true(uem_walk_is_proven(&walker.walk, -1));
}

static void results_that_are_the_pages_own_end_nothing(void **state)
{
    struct listing listing;
    struct walker walker;

    (void)state;
    listing_fill(&listing, 100, 500);
    listing.results = -1;
    walker_begin(&walker, 30);
    assert_int_equal(walker_page(&walker, &listing, 0, -1), UEM_WALK_ON);
    assert_int_equal(walker_end(&walker, &listing, -1), UEM_WALK_END);
    assert_int_equal(walker.walk.distinct, 100);
    assert_true(uem_walk_is_proven(&walker.walk, -1));
    /* One page holds all; its results would be the same if there were more. */
    walker_begin(&walker, 200);
    assert_int_equal(walker_page(&walker, &listing, 0, -1), UEM_WALK_ON);
}

static void wrong_results_end_nothing_too_early(void **state)
{
    static const int64_t wrong[] = {1, 29, 99, 101, 1000000};

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct listing listing;
        struct walker walker;

        listing_fill(&listing, 100, 500);
        listing.results = wrong[i];
        walker_begin(&walker, 30);
        assert_int_equal(walker_end(&walker, &listing, -1), UEM_WALK_END);
        assert_int_equal(walker.walk.distinct, 100);
    }
}

static void a_count_weighs_more_than_results(void **state)
{
    struct listing listing;
    struct walker walker;

    (void)state;
    listing_fill(&listing, 100, 500);
    listing.results = 59; /* distinct after two pages */
    walker_begin(&walker, 30);
    assert_int_equal(walker_end(&walker, &listing, 100), UEM_WALK_END);
    assert_int_equal(walker.walk.distinct, 100);
}

static void results_prove_no_torn_walk(void **state)
{
    struct listing listing;
    struct walker walker;

    (void)state;
    listing_fill(&listing, 100, 500);
    listing.results = 100;
    walker_begin(&walker, 10);
    assert_int_equal(walker_page(&walker, &listing, 0, -1), UEM_WALK_ON);
    listing_drop(&listing, 0);
    listing_drop(&listing, 0);
    assert_int_equal(walker_end(&walker, &listing, -1), UEM_WALK_END);
    assert_false(uem_walk_is_proven(&walker.walk, -1));
}

/* Two pages of a server that knows neither offset nor limit. */
static enum uem_walk_step walk_unpaged(struct walker *walker, struct listing *listing, int limit)
{
    listing->is_unpaged = true;
    walker_begin(walker, limit);
    walker->walk.may_not_turn = true;
    assert_int_equal(walker_page(walker, listing, 0, -1), UEM_WALK_ON);
    return walker_page(walker, listing, walker->walk.offset, -1);
}

static void all_at_once_and_again_is_whole_where_pages_may_not_turn(void **state)
{
    static const int counts[] = {1, 2, 19, 21, 300};

    (void)state;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct listing listing;
        struct walker walker;

        listing_fill(&listing, counts[i], 500);
        assert_int_equal(walk_unpaged(&walker, &listing, 20), UEM_WALK_END);
        assert_int_equal(walker.walk.distinct, counts[i]);
        assert_true(walker.walk.is_whole);
        assert_true(uem_walk_is_proven(&walker.walk, -1));
        listing.results = -1;
        assert_int_equal(walk_unpaged(&walker, &listing, 20), UEM_WALK_END);
        assert_true(uem_walk_is_proven(&walker.walk, -1));
    }
}

/* It may mind the limit alone, and cut the list. */
static void as_many_as_were_asked_for_are_no_whole_list(void **state)
{
    struct listing listing;
    struct walker walker;

    (void)state;
    listing_fill(&listing, 20, 500);
    assert_int_equal(walk_unpaged(&walker, &listing, 20), UEM_WALK_END);
    assert_false(walker.walk.is_whole);
    assert_false(uem_walk_is_proven(&walker.walk, -1));
}

static void a_server_that_says_that_there_are_more_gave_no_whole_list(void **state)
{
    struct listing listing;
    struct walker walker;

    (void)state;
    listing_fill(&listing, 19, 500);
    listing.results = 40;
    assert_int_equal(walk_unpaged(&walker, &listing, 20), UEM_WALK_STUCK);
    assert_false(uem_walk_is_proven(&walker.walk, -1));
}

static void a_page_that_came_later_again_is_no_whole_list(void **state)
{
    struct listing listing;
    struct walker walker;

    (void)state;
    listing_fill(&listing, 100, 500);
    walker_begin(&walker, 30);
    walker.walk.may_not_turn = true;
    assert_int_equal(walker_page(&walker, &listing, 0, -1), UEM_WALK_ON);
    assert_int_equal(walker_page(&walker, &listing, 29, -1), UEM_WALK_ON);
    assert_int_equal(walker_page(&walker, &listing, 29, -1), UEM_WALK_STUCK);
}

static void pages_that_may_not_turn_are_turned_where_they_do(void **state)
{
    static const int counts[] = {0, 1, 2, 19, 20, 21, 39, 40, 100};

    (void)state;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct listing listing;
        struct walker walker;

        listing_fill(&listing, counts[i], 500);
        walker_begin(&walker, 20);
        walker.walk.may_not_turn = true;
        assert_int_equal(walker_end(&walker, &listing, -1), UEM_WALK_END);
        assert_int_equal(walker.walk.distinct, counts[i]);
        assert_true(uem_walk_is_proven(&walker.walk, -1));
    }
}

static void a_walk_that_has_not_ended_is_not_whole(void **state)
{
    struct listing listing;
    struct walker walker;

    (void)state;
    listing_fill(&listing, 100, 500);
    walker_begin(&walker, 30);
    assert_int_equal(walker_page(&walker, &listing, 0, -1), UEM_WALK_ON);
    assert_false(walker.walk.is_whole);
    assert_false(uem_walk_is_proven(&walker.walk, 30));
    assert_int_equal(walker_page(&walker, &listing, 0, -1), UEM_WALK_STUCK);
    assert_false(uem_walk_is_proven(&walker.walk, 30));
}

static void the_pages_of_a_walk_are_known_before(void **state)
{
    (void)state;
    assert_int_equal(uem_walk_pages(0, 10), 1);
    for (int limit = 1; limit <= 12; limit++) {
        for (int count = 1; count <= 60; count++) {
            struct listing listing;
            struct walker walker;

            listing_fill(&listing, count, 500);
            walker_begin(&walker, limit);
            (void)walker_end(&walker, &listing, count);
            assert_int_equal(uem_walk_pages(count, limit), walker.walk.pages);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_pages_of_a_walk_are_known_before),
        cmocka_unit_test(a_quiet_listing_is_proven_whatever_its_pages),
        cmocka_unit_test(a_proven_total_saves_the_empty_page),
        cmocka_unit_test(a_short_page_ends_nothing),
        cmocka_unit_test(fewer_records_than_counted_are_unproven),
        cmocka_unit_test(a_device_that_leaves_ahead_tears_the_walk),
        cmocka_unit_test(a_device_that_comes_ahead_costs_nothing),
        cmocka_unit_test(a_listing_that_shrinks_below_the_offset_is_torn),
        cmocka_unit_test(a_server_that_ignores_the_offset_is_noticed),
        cmocka_unit_test(pages_that_bring_nothing_new_end_the_walk),
        cmocka_unit_test(results_beyond_the_page_are_the_total),
        cmocka_unit_test(results_that_are_the_pages_own_end_nothing),
        cmocka_unit_test(wrong_results_end_nothing_too_early),
        cmocka_unit_test(a_count_weighs_more_than_results),
        cmocka_unit_test(results_prove_no_torn_walk),
        cmocka_unit_test(all_at_once_and_again_is_whole_where_pages_may_not_turn),
        cmocka_unit_test(as_many_as_were_asked_for_are_no_whole_list),
        cmocka_unit_test(a_server_that_says_that_there_are_more_gave_no_whole_list),
        cmocka_unit_test(a_page_that_came_later_again_is_no_whole_list),
        cmocka_unit_test(pages_that_may_not_turn_are_turned_where_they_do),
        cmocka_unit_test(a_walk_that_has_not_ended_is_not_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
