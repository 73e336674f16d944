#include "unit/sync/fake_load.h"

#include "sync/ledger.h"

#define FETCHED INT64_C(1582796171062) /* 2020-02-27T09:36:11.062Z */

static const struct ledger_fetch complete = {.device_id = {"mdm:a", 5},
    .entity = {"device_app", 10},
    .fetched_at = FETCHED,
    .check_in_at = FETCHED - 1,
    .outcome = LEDGER_COMPLETE,
    .rows = 42,
    .digest = {0x00, 0x01, 0xab, 0xff, [7] = 0x10}};

static int setup(void **state)
{
    struct fake_load *fake = test_calloc(1, sizeof *fake);

    fake_open(fake);
    *state = fake;
    return 0;
}

static int teardown(void **state)
{
    struct fake_load *fake = *state;

    fake_close(&fake->load);
    test_free(fake);
    return 0;
}

static void stage(struct fake_load *fake, const struct ledger_fetch *fetch)
{
    struct error err = {0};

    assert_true(ledger_stage_fetch(&fake->load, "acme", fetch, &err));
}

static void shows(
    const struct fake_load *fake, const char *relation, const char *column, const char *expected)
{
    const char *text = fake_text(fake, relation, 0, column);

    if (expected == NULL) {
        assert_null(text);
    } else {
        assert_non_null(text);
        assert_string_equal(text, expected);
    }
}

/* The fetches that were read, copied. */
struct read {
    struct ledger_fetch fetch;
    char device_id[64];
    char entity[64];
    int count;
    bool refuses;
};

static bool take(void *context, const struct ledger_fetch *fetch, struct error *err)
{
    struct read *read = context;

    read->fetch = *fetch;
    read->count++;
    (void)snprintf(read->device_id, sizeof read->device_id, "%.*s", (int)fetch->device_id.size,
        fetch->device_id.data);
    (void)snprintf(
        read->entity, sizeof read->entity, "%.*s", (int)fetch->entity.size, fetch->entity.data);
    return !read->refuses || error_set(err, ERROR_SERVER, "refused");
}

static struct read read_all(struct fake_load *fake)
{
    struct read read = {.count = 0};
    struct error err = {0};

    assert_true(ledger_read_fetches(&fake->load, take, &read, &err));
    return read;
}

static void each_outcome_has_a_name(void **state)
{
    (void)state;
    assert_string_equal(ledger_outcome_name(LEDGER_COMPLETE), "complete");
    assert_string_equal(ledger_outcome_name(LEDGER_UNANSWERED), "unanswered");
    assert_string_equal(ledger_outcome_name(LEDGER_FAILED), "failed");
    for (enum ledger_outcome outcome = 0; outcome < LEDGER_OUTCOME_COUNT; outcome++) {
        assert_int_equal(ledger_outcome_of(str_of(ledger_outcome_name(outcome))), outcome);
    }
    assert_int_equal(ledger_outcome_of(str_of("Complete")), LEDGER_OUTCOME_COUNT);
    assert_int_equal(ledger_outcome_of((struct str){NULL, 0}), LEDGER_OUTCOME_COUNT);
}

static void a_fetch_is_staged_as_a_row(void **state)
{
    stage(*state, &complete);
    shows(*state, "device_fetch", "tenant", "acme");
    shows(*state, "device_fetch", "device_id", "mdm:a");
    shows(*state, "device_fetch", "entity", "device_app");
    shows(*state, "device_fetch", "fetched_at", "2020-02-27T09:36:11.062Z");
    shows(*state, "device_fetch", "check_in_at", "2020-02-27T09:36:11.061Z");
    shows(*state, "device_fetch", "outcome", "complete");
    shows(*state, "device_fetch", "rows", "42");
    shows(*state, "device_fetch", "digest", "0001abff00000010");
}

static void what_is_not_known_of_a_fetch_is_null(void **state)
{
    struct ledger_fetch fetch = complete;

    fetch.check_in_at = INT64_MIN;
    memset(fetch.digest, 0, sizeof fetch.digest);
    stage(*state, &fetch);
    shows(*state, "device_fetch", "check_in_at", NULL);
    shows(*state, "device_fetch", "digest", NULL);
}

static void a_fetch_is_read_back_as_it_was_staged(void **state)
{
    struct read read;

    stage(*state, &complete);
    read = read_all(*state);
    assert_int_equal(read.count, 1);
    assert_string_equal(read.device_id, "mdm:a");
    assert_string_equal(read.entity, "device_app");
    assert_int_equal(read.fetch.fetched_at, FETCHED);
    assert_int_equal(read.fetch.check_in_at, FETCHED - 1);
    assert_int_equal(read.fetch.outcome, LEDGER_COMPLETE);
    assert_int_equal(read.fetch.rows, 42);
    assert_memory_equal(read.fetch.digest, complete.digest, sizeof complete.digest);
}

static void what_is_not_known_stays_so(void **state)
{
    static const uint8_t none[LEDGER_DIGEST_SIZE];
    const struct ledger_fetch fetch = {.device_id = {"mdm:a", 5},
        .entity = {"device_app", 10},
        .fetched_at = FETCHED,
        .check_in_at = INT64_MIN,
        .outcome = LEDGER_FAILED};
    struct read read;

    stage(*state, &fetch);
    read = read_all(*state);
    assert_true(read.fetch.check_in_at == INT64_MIN);
    assert_int_equal(read.fetch.outcome, LEDGER_FAILED);
    assert_int_equal(read.fetch.rows, 0);
    assert_memory_equal(read.fetch.digest, none, sizeof none);
}

static void each_device_and_entity_has_one_row(void **state)
{
    struct ledger_fetch other = complete;

    stage(*state, &complete);
    other.rows = 7;
    stage(*state, &other);
    assert_int_equal(fake_count(*state, "device_fetch"), 1);
    shows(*state, "device_fetch", "rows", "7");
    other.entity = str_of("device_profile");
    stage(*state, &other);
    other.device_id = str_of("mdm:b");
    stage(*state, &other);
    assert_int_equal(fake_count(*state, "device_fetch"), 3);
    assert_int_equal(read_all(*state).count, 3);
}

static void who_reads_may_refuse(void **state)
{
    struct fake_load *fake = *state;
    struct ledger_fetch other = complete;
    struct read read = {.refuses = true};
    struct error err = {0};

    stage(fake, &complete);
    other.entity = str_of("device_profile");
    stage(fake, &other);
    assert_false(ledger_read_fetches(&fake->load, take, &read, &err));
    assert_int_equal(read.count, 1);
    assert_string_equal(err.text, "refused");
}

static void a_destination_that_is_full_is_an_error(void **state)
{
    struct fake_load *fake = *state;
    struct error err = {0};

    fake->is_full = true;
    assert_false(ledger_stage_fetch(&fake->load, "acme", &complete, &err));
    assert_int_equal(err.kind, ERROR_DESTINATION);
}

/* A destination that somebody wrote in: published texts that are none of the ledger's. */
static bool publishes_oddly(struct load *load, const struct relation *relation,
    const size_t *columns, size_t count, load_row_fn *each, void *context, struct error *err)
{
    static const char *const rows[][7] = {
        {"d", "e", "yesterday", NULL, "", "-5", "xyz"},
        {"d", "e", NULL, "2020-02-30T00:00:00Z", "done", "99999999999999999999",
            "0001abff00000000000000000000001g"},
        {"d", "e", NULL, NULL, NULL, NULL, "0001abff00000010ff"},
    };
    bool ok = true;

    (void)load;
    assert_ptr_equal(relation, &ledger_device_fetch);
    assert_int_equal(count, 7);
    for (size_t i = 0; ok && i < sizeof rows / sizeof *rows; i++) {
        struct str texts[7];

        for (size_t j = 0; j < count; j++) {
            const char *text = rows[i][columns[j] - 1];

            texts[j] = text != NULL ? str_of(text) : (struct str){NULL, 0};
        }
        ok = each(context, texts, err);
    }
    return ok;
}

static bool take_odd(void *context, const struct ledger_fetch *fetch, struct error *err)
{
    int *count = context;

    (void)err;
    (*count)++;
    assert_true(fetch->fetched_at == INT64_MIN);
    assert_true(fetch->check_in_at == INT64_MIN);
    assert_int_equal(fetch->outcome, LEDGER_OUTCOME_COUNT);
    assert_true(fetch->rows >= 0);
    return true;
}

static void odd_rows_are_read_as_what_is_not_known(void **state)
{
    static const struct load_ops ops = {.published = publishes_oddly};
    struct load load = {&ops};
    struct error err = {0};
    int count = 0;

    (void)state;
    assert_true(ledger_read_fetches(&load, take_odd, &count, &err));
    assert_int_equal(count, 3);
}

static void a_reject_is_staged_as_a_row(void **state)
{
    const struct ledger_reject reject = {.run_id = "r1",
        .ordinal = 3,
        .entity = "device_app",
        .key = {"mdm:a", 5},
        .reason = "it is no object",
        .payload = {"\"x\"", 3},
        .payload_bytes = 5,
        .payload_sha256 = {"abc", 3},
        .rejected_at = FETCHED};
    struct fake_load *fake = *state;
    struct error err = {0};

    assert_true(ledger_stage_reject(&fake->load, "acme", &reject, &err));
    shows(fake, "rejected_record", "run_id", "r1");
    shows(fake, "rejected_record", "ordinal", "3");
    shows(fake, "rejected_record", "tenant", "acme");
    shows(fake, "rejected_record", "entity", "device_app");
    shows(fake, "rejected_record", "record_key", "mdm:a");
    shows(fake, "rejected_record", "reason", "it is no object");
    shows(fake, "rejected_record", "payload", "\"x\"");
    shows(fake, "rejected_record", "payload_bytes", "5");
    shows(fake, "rejected_record", "payload_sha256", "abc");
    shows(fake, "rejected_record", "rejected_at", "2020-02-27T09:36:11.062Z");
}

static void what_is_not_known_of_a_reject_is_null(void **state)
{
    const struct ledger_reject reject = {.run_id = "r1",
        .ordinal = 1,
        .entity = "device",
        .reason = "it is too large",
        .payload_bytes = 2000000,
        .rejected_at = FETCHED};
    struct fake_load *fake = *state;
    struct error err = {0};

    assert_true(ledger_stage_reject(&fake->load, "acme", &reject, &err));
    assert_true(ledger_stage_reject(&fake->load, "acme", &reject, &err)); /* it is a log */
    assert_int_equal(fake_count(fake, "rejected_record"), 2);
    shows(fake, "rejected_record", "record_key", NULL);
    shows(fake, "rejected_record", "payload", NULL);
    shows(fake, "rejected_record", "payload_sha256", NULL);
    shows(fake, "rejected_record", "payload_bytes", "2000000");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_outcome_has_a_name),
        TEST(a_fetch_is_staged_as_a_row),
        TEST(what_is_not_known_of_a_fetch_is_null),
        TEST(a_fetch_is_read_back_as_it_was_staged),
        TEST(what_is_not_known_stays_so),
        TEST(each_device_and_entity_has_one_row),
        TEST(who_reads_may_refuse),
        TEST(a_destination_that_is_full_is_an_error),
        TEST(odd_rows_are_read_as_what_is_not_known),
        TEST(a_reject_is_staged_as_a_row),
        TEST(what_is_not_known_of_a_reject_is_null),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
