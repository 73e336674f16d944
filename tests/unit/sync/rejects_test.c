#include "unit/sync/fake_load.h"

#include "sync/rejects.h"

static const struct load_run run = {
    .run_id = "r1", .tenant = "acme", .started_at = 0, .version = "1.0"};

struct fixture {
    struct fake_load fake;
    struct log log;
    char *said;
    size_t said_size;
    struct rejects *rejects;
    struct sync_entity_report report;
    struct arena tree;
};

static int setup(void **state)
{
    struct fixture *fixture = test_calloc(1, sizeof *fixture);
    struct error err = {0};

    fake_open(&fixture->fake);
    fixture->log = (struct log){.out = open_memstream(&fixture->said, &fixture->said_size)};
    assert_non_null(fixture->log.out);
    fixture->report.entity = "device_app";
    arena_init(&fixture->tree, CEILING_TREE);
    assert_true(rejects_new(&fixture->rejects, &fixture->fake.load, &run, &fixture->log, &err));
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;

    rejects_free(fixture->rejects);
    rejects_free(NULL);
    arena_release(&fixture->tree);
    (void)fclose(fixture->log.out);
    free(fixture->said);
    fake_close(&fixture->fake.load);
    test_free(fixture);
    return 0;
}

static void add(struct fixture *fixture, const struct rejected *rejected)
{
    struct error err = {0};

    if (!rejects_add(fixture->rejects, &fixture->report, rejected, &err)) {
        fail_msg("%s", err.text);
    }
}

/* Rejects a record of this text. */
static void add_record(struct fixture *fixture, const char *json)
{
    struct rejected rejected = {.reason = "odd", .text = str_of(json), .bytes = strlen(json)};
    struct error err = {0};

    arena_reset(&fixture->tree);
    assert_true(record_parse(&fixture->tree, rejected.text, &rejected.record, &err));
    add(fixture, &rejected);
}

static const char *shown(const struct fixture *fixture, size_t n, const char *column)
{
    return fake_text(&fixture->fake, "rejected_record", n, column);
}

static int lines_of(struct fixture *fixture)
{
    int lines = 0;

    (void)fflush(fixture->log.out);
    for (size_t i = 0; i < fixture->said_size; i++) {
        lines += fixture->said[i] == '\n' ? 1 : 0;
    }
    return lines;
}

static void a_record_is_kept_with_its_reason(void **state)
{
    struct fixture *fixture = *state;

    add_record(fixture, "{\"name\":\"x\"}");
    assert_int_equal(fixture->report.rejected, 1);
    assert_string_equal(shown(fixture, 0, "run_id"), "r1");
    assert_string_equal(shown(fixture, 0, "ordinal"), "1");
    assert_string_equal(shown(fixture, 0, "tenant"), "acme");
    assert_string_equal(shown(fixture, 0, "entity"), "device_app");
    assert_string_equal(shown(fixture, 0, "reason"), "odd");
    assert_string_equal(shown(fixture, 0, "payload"), "{\"name\": \"x\"}");
    assert_string_equal(shown(fixture, 0, "payload_bytes"), "12");
    assert_string_equal(shown(fixture, 0, "payload_sha256"),
        "0229d37e33daae149bf40543a5ce1db4459d10f830d5139279aa2bfd5f6485a1");
    assert_null(shown(fixture, 0, "record_key"));
    assert_int_equal(lines_of(fixture), 1);
}

static void a_record_that_could_not_be_read_has_no_payload(void **state)
{
    const struct rejected rejected = {.key = {"mdm:a", 5},
        .reason = "it is too large",
        .text = {"unreadable 2000000 at 1", 23},
        .bytes = 2000000};
    struct fixture *fixture = *state;

    add(fixture, &rejected);
    assert_string_equal(shown(fixture, 0, "record_key"), "mdm:a");
    assert_string_equal(shown(fixture, 0, "payload_bytes"), "2000000");
    assert_null(shown(fixture, 0, "payload"));
    assert_null(shown(fixture, 0, "payload_sha256"));
    (void)lines_of(fixture);
    assert_non_null(strstr(fixture->said, "device_app: a record of mdm:a is left out"));
}

/* A page that is turned back over, a call that is tried again. */
static void the_same_record_counts_once(void **state)
{
    struct fixture *fixture = *state;

    add_record(fixture, "{\"a\":true}");
    add_record(fixture, "{\"a\":true}");
    assert_int_equal(fixture->report.rejected, 1);
    assert_int_equal(fake_count(&fixture->fake, "rejected_record"), 1);
    add_record(fixture, "{\"a\":false}");
    assert_int_equal(fixture->report.rejected, 2);
    assert_string_equal(shown(fixture, 1, "ordinal"), "2");
}

static void the_same_record_of_another_entity_is_another(void **state)
{
    struct fixture *fixture = *state;
    struct sync_entity_report other = {.entity = "device"};
    const struct rejected rejected = {.reason = "odd", .text = {"x", 1}, .bytes = 1};
    struct error err = {0};

    add(fixture, &rejected);
    assert_true(rejects_add(fixture->rejects, &other, &rejected, &err));
    assert_int_equal(fixture->report.rejected, 1);
    assert_int_equal(other.rejected, 1);
    assert_string_equal(shown(fixture, 1, "entity"), "device");
    assert_string_equal(shown(fixture, 1, "ordinal"), "2");
}

static void secrets_are_masked_in_a_payload(void **state)
{
    struct fixture *fixture = *state;

    add_record(fixture, "{\"Password\":\"hunter2\",\"in\":{\"psk\":\"hunter3\"}}");
    assert_null(strstr(shown(fixture, 0, "payload"), "hunter"));
    assert_non_null(strstr(shown(fixture, 0, "payload"), "***"));
    (void)lines_of(fixture);
    assert_null(strstr(fixture->said, "hunter"));
}

static void a_payload_that_is_too_long_is_left_out(void **state)
{
    struct fixture *fixture = *state;
    struct buffer json;

    buffer_init(&json, 2 * CEILING_PAYLOAD);
    buffer_printf(&json, "{\"a\":\"%0*d\"}", CEILING_PAYLOAD, 1);
    add_record(fixture, buffer_text(&json));
    assert_null(shown(fixture, 0, "payload"));
    assert_non_null(shown(fixture, 0, "payload_sha256"));
    add_record(fixture, "{}"); /* and the next one is not */
    assert_string_equal(shown(fixture, 1, "payload"), "{}");
    buffer_release(&json);
}

static void all_are_kept_and_the_first_are_told(void **state)
{
    struct fixture *fixture = *state;
    char json[32];

    for (int i = 0; i < 50; i++) {
        (void)snprintf(json, sizeof json, "{\"a\":\"%d\"}", i);
        add_record(fixture, json);
    }
    assert_int_equal(fixture->report.rejected, 50);
    assert_int_equal(fake_count(&fixture->fake, "rejected_record"), 50);
    assert_int_equal(lines_of(fixture), 20);
}

static void a_destination_that_is_full_is_an_error(void **state)
{
    struct fixture *fixture = *state;
    const struct rejected rejected = {.reason = "odd", .text = {"x", 1}, .bytes = 1};
    struct error err = {0};

    fixture->fake.is_full = true;
    assert_false(rejects_add(fixture->rejects, &fixture->report, &rejected, &err));
    assert_int_equal(err.kind, ERROR_DESTINATION);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static void what_is_hidden_has_no_digest(void **state)
{
    struct fixture *fixture = *state;

    add_record(fixture, "{\"a\":1}");
    assert_non_null(shown(fixture, 0, "payload_sha256"));
    rejects_hide(fixture->rejects);
    add_record(fixture, "{\"a\":\"2\"}");
    add_record(fixture, "{\"a\":\"2\"}");
    assert_null(shown(fixture, 1, "payload_sha256"));
    assert_string_equal(shown(fixture, 1, "payload"), "{\"a\": \"2\"}");
    assert_int_equal(fixture->report.rejected, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_record_is_kept_with_its_reason),
        TEST(a_record_that_could_not_be_read_has_no_payload),
        TEST(the_same_record_counts_once),
        TEST(the_same_record_of_another_entity_is_another),
        TEST(secrets_are_masked_in_a_payload),
        TEST(a_payload_that_is_too_long_is_left_out),
        TEST(what_is_hidden_has_no_digest),
        TEST(all_are_kept_and_the_first_are_told),
        TEST(a_destination_that_is_full_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
