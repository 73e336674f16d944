#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sync/report.h"

enum { PARTIAL = -1, MOST_TENANTS = 3 };

/* Runs that ended with these kinds (ERROR_NONE: loaded; PARTIAL: in part) give that code. */
struct outcome {
    int count;
    int kinds[MOST_TENANTS];
    int code;
};

static struct sync_report report_of(int kind)
{
    struct sync_report report = {.entity_count = 2};

    if (kind == PARTIAL) {
        report.entities[1].rejected = 1;
    } else {
        report.error.kind = (enum error_kind)kind;
    }
    return report;
}

static void a_run_that_loaded_less_is_partial(void **state)
{
    struct sync_report report = {.entity_count = 2};

    (void)state;
    assert_false(sync_report_is_partial(&report));
    report.entities[1].rejected = 1;
    assert_true(sync_report_is_partial(&report));
    report.entities[1] = (struct sync_entity_report){.missing = 1};
    assert_true(sync_report_is_partial(&report));
    report.entities[1] = (struct sync_entity_report){.kept = 1};
    assert_true(sync_report_is_partial(&report));
    report.entities[1] = (struct sync_entity_report){
        .fetched = 1, .inserted = 1, .updated = 1, .deleted = 1, .unchanged = 1};
    assert_false(sync_report_is_partial(&report));
}

static void an_entity_that_was_given_up_is_partial(void **state)
{
    struct sync_report report = {.entity_count = 2};

    (void)state;
    report.entities[1].error.kind = ERROR_ROLE;
    assert_true(sync_entity_is_partial(&report.entities[1]));
    assert_false(sync_entity_is_partial(&report.entities[0]));
    assert_true(sync_report_is_partial(&report));
    assert_string_equal(sync_report_outcome(&report), "partial");
    /* The run itself went to its end. */
    assert_int_equal(sync_report_exit_code(&report), 1);
}

static void a_device_that_failed_is_partial(void **state)
{
    struct sync_report report = {.entity_count = 2};

    (void)state;
    report.entities[1].asked = 100;
    report.entities[1].failed = 1;
    assert_int_equal(sync_report_exit_code(&report), 1);
}

/* Its old rows stay, and it is asked again; a server leaves out devices without a word. */
static void a_device_that_was_not_answered_is_complete(void **state)
{
    struct sync_report report = {.entity_count = 2};

    (void)state;
    report.entities[1].asked = 100;
    report.entities[1].unanswered = 100;
    assert_false(sync_report_is_partial(&report));
    assert_string_equal(sync_report_outcome(&report), "complete");
    assert_int_equal(sync_report_exit_code(&report), 0);
}

/* product.md, "Commands": a warning, and exit code 0. */
static void what_is_not_offered_is_complete(void **state)
{
    struct sync_report report = {.entity_count = 2};

    (void)state;
    report.entities[1].completeness = SYNC_NOT_OFFERED;
    assert_false(sync_report_is_partial(&report));
    assert_int_equal(sync_report_exit_code(&report), 0);
}

static void each_completeness_has_its_word(void **state)
{
    struct sync_entity_report report = {.completeness = SYNC_UNPROVEN};

    (void)state;
    assert_string_equal(sync_completeness_name(&report), "unproven");
    report.completeness = SYNC_PROVEN;
    assert_string_equal(sync_completeness_name(&report), "proven");
    report.completeness = SYNC_NOT_OFFERED;
    assert_string_equal(sync_completeness_name(&report), "not offered");
}

/* Entities beyond the report's count are none. */
static void only_entities_of_the_report_count(void **state)
{
    struct sync_report report = {.entity_count = 1};

    (void)state;
    report.entities[1].failed = 1;
    assert_false(sync_report_is_partial(&report));
}

static void each_outcome_has_its_word(void **state)
{
    static const struct {
        int kind;
        const char *word;
    } cases[] = {
        {ERROR_NONE, "complete"},
        {PARTIAL, "partial"},
        {ERROR_GUARD, "refused"},
        {ERROR_INTERRUPTED, "interrupted"},
        {ERROR_SERVER, "failed"},
        {ERROR_BUSY, "refused"},
        {ERROR_DESTINATION, "failed"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sync_report report = report_of(cases[i].kind);

        assert_string_equal(sync_report_outcome(&report), cases[i].word);
    }
}

static void a_failure_weighs_more_than_a_part(void **state)
{
    struct sync_report report = report_of(ERROR_SERVER);

    (void)state;
    report.entities[1].rejected = 1;
    assert_int_equal(sync_report_exit_code(&report), 4);
    assert_string_equal(sync_report_outcome(&report), "failed");
}

static void an_interruption_is_said_once(void **state)
{
    static const struct {
        const char *reason;
        const char *failure;
    } cases[] = {
        {"interrupted", "interrupted"},
        {"not begun", "interrupted: not begun"},
        {"publishing device: interrupted", "interrupted: publishing device"},
        {"publishing device: interrupted while waiting for PostgreSQL",
            "interrupted while waiting for PostgreSQL: publishing device"},
    };
    char text[SYNC_MESSAGE_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sync_report report = {.tenant = "acme"};

        (void)error_set(&report.error, ERROR_INTERRUPTED, "%s", cases[i].reason);
        assert_string_equal(sync_report_failure(&report, text), cases[i].failure);
    }
}

static void a_run_that_died_has_the_calls_of_its_entities(void **state)
{
    struct sync_report report = {.tenant = "acme", .entity_count = 2};

    (void)state;
    report.entities[0] =
        (struct sync_entity_report){.entity = "device", .calls = 3, .retries = 1, .bytes = 700};
    report.entities[1] = (struct sync_entity_report){.entity = "alert", .calls = 1, .bytes = 20};
    sync_report_add_up(&report);
    assert_int_equal(report.calls, 4);
    assert_int_equal(report.retries, 1);
    assert_int_equal(report.bytes, 720);
    sync_report_add_up(&report);
    assert_int_equal(report.calls, 4);
}

/* product.md, "Commands": several tenants. */
static void several_tenants_have_one_code(void **state)
{
    static const struct outcome outcomes[] = {
        {0, {0}, 0},
        {1, {ERROR_NONE}, 0},
        {1, {PARTIAL}, 1},
        {1, {ERROR_GUARD}, 6},
        {2, {ERROR_NONE, ERROR_NONE}, 0},
        {2, {ERROR_BUSY, ERROR_BUSY}, 75},
        {2, {PARTIAL, PARTIAL}, 1},
        {2, {ERROR_NONE, PARTIAL}, 1},
        {2, {ERROR_SERVER, ERROR_NONE}, 1},
        {2, {ERROR_NONE, ERROR_CREDENTIALS}, 1},
        {2, {PARTIAL, ERROR_SERVER}, 1},
        {2, {ERROR_GUARD, ERROR_SERVER}, 6},
        {2, {ERROR_CREDENTIALS, ERROR_ROLE}, 3},
        {3, {ERROR_SERVER, ERROR_GUARD, ERROR_BUSY}, 4},
        {3, {ERROR_SERVER, ERROR_GUARD, ERROR_NONE}, 1},
        {3, {ERROR_SERVER, ERROR_SERVER, PARTIAL}, 1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++) {
        struct sync_report reports[MOST_TENANTS];

        for (int j = 0; j < outcomes[i].count; j++) {
            reports[j] = report_of(outcomes[i].kinds[j]);
        }
        assert_int_equal(sync_reports_exit_code(reports, outcomes[i].count), outcomes[i].code);
    }
}

static void a_message_says_what_is_missing(void **state)
{
    struct sync_report report = report_of(ERROR_NONE);
    char text[SYNC_MESSAGE_SIZE];

    (void)state;
    assert_null(sync_report_message(&report, text));
    report.entities[0].entity = "device";
    report.entities[1].entity = "device_app";
    report.entities[0].missing = 2;
    report.entities[1].rejected = 3;
    report.entities[1].failed = 1;
    (void)error_set(&report.entities[1].error, ERROR_ROLE, "not allowed");
    assert_string_equal(sync_report_message(&report, text),
        "device: 2 missing; device_app: 3 rejected, 1 devices failed, not allowed");
    (void)error_set(&report.error, ERROR_SERVER, "gone");
    assert_string_equal(sync_report_message(&report, text), "gone");
}

static void a_message_names_whom_it_is_of(void **state)
{
    static const char message[] = "device: 3 rejected; user_account: 403; its text: alert: x";
    char cut[SYNC_MESSAGE_SIZE];

    (void)state;
    assert_true(sync_message_names(str_of(message), "device"));
    assert_true(sync_message_names(str_of(message), "user_account"));
    assert_false(sync_message_names(str_of(message), "account"));
    assert_false(sync_message_names(str_of(message), "user"));
    assert_false(sync_message_names(str_of(message), "alert"));
    assert_false(sync_message_names(str_of("device"), "device"));
    assert_false(sync_message_names((struct str){NULL, 0}, "device"));
    memset(cut, 'x', sizeof cut);
    cut[sizeof cut - 1] = '\0';
    assert_true(sync_message_names(str_of(cut), "device"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_that_loaded_less_is_partial),
        cmocka_unit_test(a_message_says_what_is_missing),
        cmocka_unit_test(an_entity_that_was_given_up_is_partial),
        cmocka_unit_test(a_device_that_failed_is_partial),
        cmocka_unit_test(a_device_that_was_not_answered_is_complete),
        cmocka_unit_test(what_is_not_offered_is_complete),
        cmocka_unit_test(each_completeness_has_its_word),
        cmocka_unit_test(only_entities_of_the_report_count),
        cmocka_unit_test(each_outcome_has_its_word),
        cmocka_unit_test(a_failure_weighs_more_than_a_part),
        cmocka_unit_test(an_interruption_is_said_once),
        cmocka_unit_test(a_run_that_died_has_the_calls_of_its_entities),
        cmocka_unit_test(several_tenants_have_one_code),
        cmocka_unit_test(a_message_names_whom_it_is_of),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
