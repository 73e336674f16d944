#include "unit/sync/fake_load.h"

#include "sync/known.h"

#define DAY INT64_C(86400000)

enum { MANY = 2000, SPAN_DAYS = 7, IDS = 7000 };

/* A Tuesday, at a quarter past three. */
#define NOW INT64_C(1790046900000)

static const struct known_fetch *fetched(
    struct known_fetch *fetch, int64_t fetched_at, enum ledger_outcome outcome)
{
    *fetch = (struct known_fetch){
        .fetched_at = (uint32_t)(fetched_at / 1000), .check_in_at = 1000, .outcome = outcome & 3U};
    return fetch;
}

static void what_is_new_is_due(void **state)
{
    (void)state;
    assert_true(known_is_due(NULL, 1, 1000, NOW, SPAN_DAYS * DAY));
    assert_true(known_is_due(NULL, 1, INT64_MIN, NOW, 0));
}

static void what_failed_is_due(void **state)
{
    struct known_fetch fetch;

    (void)state;
    assert_true(known_is_due(fetched(&fetch, NOW - 1, LEDGER_FAILED), 1, 1000, NOW, 0));
    /* And so is what has an outcome of a version to come. */
    assert_true(known_is_due(fetched(&fetch, NOW - 1, LEDGER_OUTCOME_COUNT), 1, 1000, NOW, 0));
    assert_false(known_is_due(fetched(&fetch, NOW - 1, LEDGER_COMPLETE), 1, 1000, NOW, 0));
}

static void a_device_that_checked_in_since_is_due(void **state)
{
    struct known_fetch fetch;

    (void)state;
    fetched(&fetch, NOW - 1, LEDGER_COMPLETE);
    assert_false(known_is_due(&fetch, 1, 1000, NOW, 0));
    assert_true(known_is_due(&fetch, 1, 1001, NOW, 0));
    assert_true(known_is_due(&fetch, 1, 999, NOW, 0));
    assert_true(known_is_due(&fetch, 1, INT64_MIN, NOW, 0));
    fetch.check_in_at = INT64_MIN;
    assert_false(known_is_due(&fetch, 1, INT64_MIN, NOW, 0));
    assert_true(known_is_due(&fetch, 1, 1000, NOW, 0));
}

/* Promise 2: it is asked again when it next checks in or by refetch_after, and not every night. */
static void what_was_not_answered_is_due_as_what_was(void **state)
{
    struct known_fetch fetch;

    (void)state;
    fetched(&fetch, NOW - 1, LEDGER_UNANSWERED);
    assert_false(known_is_due(&fetch, 1, 1000, NOW, 0));
    assert_true(known_is_due(&fetch, 1, 1001, NOW, 0));
    fetched(&fetch, NOW - SPAN_DAYS * DAY - 1, LEDGER_UNANSWERED);
    assert_true(known_is_due(&fetch, 1, 1000, NOW, SPAN_DAYS * DAY));
}

static void a_fetch_of_the_future_is_due(void **state)
{
    struct known_fetch fetch;

    (void)state;
    assert_true(known_is_due(fetched(&fetch, NOW + 1000, LEDGER_COMPLETE), 1, 1000, NOW, 0));
    assert_false(known_is_due(fetched(&fetch, NOW, LEDGER_COMPLETE), 1, 1000, NOW, 0));
}

/* An id as SHA-256 gives it. */
static uint64_t id_of(int n)
{
    struct error err = {0};
    char text[32];
    uint64_t id = 0;

    (void)snprintf(text, sizeof text, "device %d", n);
    assert_true(known_id(str_of(text), &id, &err));
    return id;
}

static void what_is_older_than_refetch_after_is_due(void **state)
{
    struct known_fetch fetch;

    (void)state;
    fetched(&fetch, NOW - SPAN_DAYS * DAY, LEDGER_COMPLETE);
    for (int i = 0; i < IDS; i++) {
        assert_true(known_is_due(&fetch, id_of(i), 1000, NOW, SPAN_DAYS * DAY - 1));
    }
}

/* How many of the ids are fetched on each of these days, one run a day; all were fetched on the
 * first, which is not counted. */
static void run_days(int64_t first, int days, int *counts, int *of_id)
{
    for (int i = 0; i < IDS; i++) {
        uint64_t id = id_of(i);
        struct known_fetch fetch;

        of_id[i] = 0;
        fetched(&fetch, first, LEDGER_COMPLETE);
        for (int day = 0; day < days; day++) {
            int64_t now = first + (day + 1) * DAY;

            if (known_is_due(&fetch, id, 1000, now, SPAN_DAYS * DAY)) {
                fetch.fetched_at = (uint32_t)(now / 1000);
                counts[day]++;
                of_id[i]++;
            }
        }
    }
}

static void refetching_is_spread_evenly_over_the_days(void **state)
{
    int counts[3 * SPAN_DAYS] = {0};
    static int of_id[IDS];

    (void)state;
    run_days(NOW, 3 * SPAN_DAYS, counts, of_id);
    for (int day = 0; day < 3 * SPAN_DAYS; day++) {
        /* 1,000 is each day's share, and five deviations (of a binomial) are 146. */
        assert_in_range(counts[day], IDS / SPAN_DAYS - 146, IDS / SPAN_DAYS + 146);
    }
}

static void each_device_is_fetched_once_in_each_span(void **state)
{
    int counts[3 * SPAN_DAYS] = {0};
    static int of_id[IDS];

    (void)state;
    for (int spans = 1; spans <= 3; spans++) {
        run_days(NOW, spans * SPAN_DAYS, counts, of_id);
        for (int i = 0; i < IDS; i++) {
            assert_int_equal(of_id[i], spans);
        }
    }
}

/* Whatever is fetched in between, no inventory grows older than the span. */
static void a_fetch_for_another_reason_makes_nothing_late(void **state)
{
    (void)state;
    for (int i = 0; i < 100; i++) {
        uint64_t id = id_of(i);

        for (int hours = 0; hours < 24 * SPAN_DAYS; hours += 5) {
            struct known_fetch fetch;

            int64_t at = NOW + hours * (DAY / 24);

            fetched(&fetch, at, LEDGER_COMPLETE);
            assert_false(known_is_due(&fetch, id, 1000, at, SPAN_DAYS * DAY));
            assert_true(known_is_due(&fetch, id, 1000, at + SPAN_DAYS * DAY + 1, SPAN_DAYS * DAY));
        }
    }
}

static void stage(struct fake_load *fake, const char *device, const char *entity, int64_t rows)
{
    const struct ledger_fetch fetch = {.device_id = str_of(device),
        .entity = str_of(entity),
        .fetched_at = NOW,
        .check_in_at = NOW - 1,
        .outcome = LEDGER_UNANSWERED,
        .rows = rows,
        .digest = {1, 2, 3}};
    struct error err = {0};

    assert_true(ledger_stage_fetch(&fake->load, "acme", &fetch, &err));
}

static const struct known_fetch *find(const struct known *known, size_t entity, const char *device)
{
    struct error err = {0};
    uint64_t id = 0;

    assert_true(known_id(str_of(device), &id, &err));
    return known_find(known, entity, id);
}

static struct known *read_known(struct fake_load *fake, const char *const *entities, size_t count)
{
    struct known *known = NULL;
    struct error err = {0};

    if (!known_read(&known, &fake->load, entities, count, &err)) {
        fail_msg("%s", err.text);
    }
    return known;
}

static void what_is_published_is_known(void **state)
{
    static const char *const entities[] = {"device", "device_app", "device_profile"};
    static const uint8_t digest[LEDGER_DIGEST_SIZE] = {1, 2, 3};
    const struct known_fetch *fetch;
    struct fake_load fake;
    struct known *known;

    (void)state;
    fake_open(&fake);
    stage(&fake, "a", "device_profile", 5);
    stage(&fake, "b", "device_app", INT64_C(3000000000));
    stage(&fake, "a", "device_app", 7);
    stage(&fake, "a", "device_certificate", 9); /* nobody asks for these */
    known = read_known(&fake, entities, 3);
    fetch = find(known, 1, "a");
    assert_non_null(fetch);
    assert_int_equal(fetch->rows, 7);
    assert_int_equal(fetch->fetched_at, NOW / 1000);
    assert_int_equal(fetch->check_in_at, NOW - 1);
    assert_int_equal(fetch->outcome, LEDGER_UNANSWERED);
    assert_memory_equal(fetch->digest, digest, sizeof digest);
    assert_int_equal(find(known, 2, "a")->rows, 5);
    assert_int_equal(find(known, 1, "b")->rows, KNOWN_MOST_ROWS);
    assert_null(find(known, 2, "b"));
    assert_null(find(known, 0, "a"));
    assert_null(find(known, 1, "c"));
    known_free(known);
    known_free(NULL);
    fake_close(&fake.load);
}

static void where_nothing_is_published_nothing_is_known(void **state)
{
    static const char *const entities[] = {"device_app"};
    struct fake_load fake;
    struct known *known;

    (void)state;
    fake_open(&fake);
    known = read_known(&fake, entities, 1);
    assert_null(find(known, 0, "a"));
    known_free(known);
    known = read_known(&fake, NULL, 0);
    assert_null(find(known, 0, "a"));
    known_free(known);
    fake_close(&fake.load);
}

static void many_devices_are_all_known(void **state)
{
    static const char *const entities[] = {"device_app", "device_profile"};
    struct fake_load fake;
    struct known *known;
    char id[16];

    (void)state;
    fake_open(&fake);
    for (int i = 0; i < MANY; i++) {
        (void)snprintf(id, sizeof id, "mdm:%d", i);
        stage(&fake, id, entities[i % 2], i);
    }
    known = read_known(&fake, entities, 2);
    for (int i = 0; i < MANY; i++) {
        (void)snprintf(id, sizeof id, "mdm:%d", i);
        assert_int_equal(find(known, (size_t)(i % 2), id)->rows, i);
        assert_null(find(known, (size_t)(1 - i % 2), id));
    }
    known_free(known);
    fake_close(&fake.load);
}

static void what_an_earlier_run_left_staged_counts_before_what_is_published(void **state)
{
    static const char *const entities[] = {"device_app", "device_profile"};
    struct fake_load fake;
    struct known *known;

    (void)state;
    fake_open(&fake);
    stage(&fake, "a", "device_app", 7);
    stage(&fake, "b", "device_app", 4);
    stage(&fake, "c", "device_profile", 2);
    fake.is_earlier = true;
    stage(&fake, "a", "device_app", 3);
    stage(&fake, "b", "device_app", 9);
    stage(&fake, "d", "device_app", 5);
    known = read_known(&fake, entities, 2);
    assert_int_equal(find(known, 0, "a")->rows, 3);
    assert_int_equal(find(known, 0, "a")->is_staged, 1);
    assert_int_equal(find(known, 0, "b")->rows, 9);
    assert_int_equal(find(known, 0, "d")->rows, 5);
    assert_int_equal(find(known, 1, "c")->is_staged, 0);
    assert_int_equal(known_staged(known), 3);
    /* What is published, and by how much it would shrink: for the guard. */
    assert_int_equal(known_rows(known, 0), 11);
    assert_int_equal(known_lost(known, 0), 4);
    assert_int_equal(known_rows(known, 1), 2);
    assert_int_equal(known_lost(known, 1), 0);
    known_free(known);
    fake_close(&fake.load);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_new_is_due),
        cmocka_unit_test(what_failed_is_due),
        cmocka_unit_test(a_device_that_checked_in_since_is_due),
        cmocka_unit_test(what_was_not_answered_is_due_as_what_was),
        cmocka_unit_test(a_fetch_of_the_future_is_due),
        cmocka_unit_test(what_is_older_than_refetch_after_is_due),
        cmocka_unit_test(refetching_is_spread_evenly_over_the_days),
        cmocka_unit_test(each_device_is_fetched_once_in_each_span),
        cmocka_unit_test(a_fetch_for_another_reason_makes_nothing_late),
        cmocka_unit_test(what_is_published_is_known),
        cmocka_unit_test(where_nothing_is_published_nothing_is_known),
        cmocka_unit_test(many_devices_are_all_known),
        cmocka_unit_test(what_an_earlier_run_left_staged_counts_before_what_is_published),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
