#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "uem/calls.h"

static void path_is(enum uem_call_id id, const struct uem_arguments *arguments, const char *path)
{
    struct buffer out;

    buffer_init(&out, 1000);
    uem_write_path(&out, id, arguments);
    assert_string_equal(buffer_text(&out), path);
    buffer_release(&out);
}

static void body_is(enum uem_call_id id, const struct uem_arguments *arguments, const char *body)
{
    struct buffer out;

    buffer_init(&out, 1000);
    uem_write_body(&out, id, arguments);
    assert_string_equal(buffer_text(&out), body);
    buffer_release(&out);
}

/* Promise 1: a change here is a change of what the program may do to a server. */
static void the_calls_are_these_and_no_others(void **state)
{
    static const struct {
        const char *method;
        const char *path;
        const char *records;
    } calls[] = {
        [UEM_CPS_VERSION] = {"GET", "/msa/v1/cps/version", NULL},
        [UEM_CPS_DEVICE_METADATA] = {"GET", "/msa/v1/cps/device/$metadata", NULL},
        [UEM_CPS_DEVICE_COUNT] = {"GET", "/msa/v1/cps/device/count", NULL},
        [UEM_CPS_DEVICE_LIST] = {"GET", "/msa/v1/cps/device", "searchResults"},
        [UEM_CPS_DEVICE_LOOKUP] = {"POST", "/msa/v1/cps/device/uuid", NULL},
    };

    (void)state;
    assert_int_equal(sizeof calls / sizeof *calls, UEM_CALL_COUNT);
    for (enum uem_call_id id = 0; id < UEM_CALL_COUNT; id++) {
        assert_string_equal(uem_call(id)->method, calls[id].method);
        assert_string_equal(uem_call(id)->path, calls[id].path);
        assert_true(uem_call(id)->name[0] != '\0');
        if (calls[id].records != NULL) {
            assert_string_equal(uem_call(id)->records, calls[id].records);
        } else {
            assert_null(uem_call(id)->records);
        }
        assert_int_equal(
            uem_call(id)->is_document, id == UEM_CPS_VERSION || id == UEM_CPS_DEVICE_COUNT);
    }
}

static void a_page_is_asked_for_by_offset_and_limit(void **state)
{
    const struct uem_arguments none = {0};
    const struct uem_arguments page = {.offset = 2147483647, .limit = 200};

    (void)state;
    path_is(UEM_CPS_DEVICE_LIST, &page, "/msa/v1/cps/device?offset=2147483647&limit=200");
    path_is(UEM_CPS_DEVICE_LIST, &none, "/msa/v1/cps/device?offset=0&limit=0");
    path_is(UEM_CPS_DEVICE_COUNT, &page, "/msa/v1/cps/device/count");
    path_is(UEM_CPS_DEVICE_LOOKUP, &page, "/msa/v1/cps/device/uuid");
}

static void a_status_goes_before_the_page(void **state)
{
    const struct uem_arguments page = {.status = "ACTIVE", .offset = 5, .limit = 10};

    (void)state;
    path_is(UEM_CPS_DEVICE_LIST, &page, "/msa/v1/cps/device?status=ACTIVE&offset=5&limit=10");
    path_is(UEM_CPS_DEVICE_COUNT, &page, "/msa/v1/cps/device/count?status=ACTIVE");
    path_is(UEM_CPS_DEVICE_LOOKUP, &page, "/msa/v1/cps/device/uuid");
    path_is(UEM_CPS_VERSION, &page, "/msa/v1/cps/version");
}

/* What enters a query is one of the guide's words, whatever was typed. */
static void a_status_is_one_of_the_guides_words(void **state)
{
    (void)state;
    assert_string_equal(uem_device_status(str_of("active")), "ACTIVE");
    assert_string_equal(uem_device_status(str_of("Wipe_Sent")), "WIPE_SENT");
    assert_null(uem_device_status(str_of("")));
    assert_null(uem_device_status(str_of("ACTIVE&offset=1")));
    assert_null(uem_device_status(str_of("LOST")));
    assert_string_equal(uem_device_statuses(),
        "ACTIVE, RETIRED, WIPED, WIPE_SENT, RETIRE_SENT, ENROLLMENT_PENDING, UNKNOWN");
}

static void no_value_of_a_server_enters_a_path(void **state)
{
    static const struct str ids[] = {{"../retire", 9}};
    const struct uem_arguments lookup = {
        .by_guid = true, .identifiers = ids, .identifier_count = 1};

    (void)state;
    for (enum uem_call_id id = 0; id < UEM_CALL_COUNT; id++) {
        struct buffer out;

        buffer_init(&out, 1000);
        uem_write_path(&out, id, &lookup);
        assert_null(strstr(buffer_text(&out), ".."));
        buffer_release(&out);
    }
}

static void a_look_up_names_identifiers_and_their_type(void **state)
{
    static const struct str ids[] = {{"a", 1}, {"q\"\n", 3}};
    const struct uem_arguments by_guid = {
        .by_guid = true, .identifiers = ids, .identifier_count = 1};
    const struct uem_arguments by_identifier = {.identifiers = ids, .identifier_count = 2};
    const struct uem_arguments none = {0};

    (void)state;
    body_is(UEM_CPS_DEVICE_LOOKUP, &by_guid,
        "{\"identifierType\": \"GUID\", \"identifiers\": [\"a\"]}");
    body_is(UEM_CPS_DEVICE_LOOKUP, &by_identifier,
        "{\"identifierType\": \"MDM_IDENTIFIER\", \"identifiers\": [\"a\", \"q\\\"\\n\"]}");
    body_is(UEM_CPS_DEVICE_LOOKUP, &none,
        "{\"identifierType\": \"MDM_IDENTIFIER\", \"identifiers\": []}");
    body_is(UEM_CPS_DEVICE_LIST, &by_guid, "");
    body_is(UEM_CPS_VERSION, &by_guid, "");
}

static void url_is(const char *cluster, bool certificate, const char *url)
{
    struct buffer out;

    buffer_init(&out, 1000);
    uem_cluster_url(&out, cluster, certificate);
    assert_string_equal(buffer_text(&out), url);
    buffer_release(&out);
}

/* CPS API guide, "Endpoint information". */
static void a_cluster_has_an_address_for_each_kind_of_login(void **state)
{
    (void)state;
    url_is("na1", false, "https://na1.mobileiron.com");
    url_is("na1", true, "https://cps-na1.mobileiron.com");
    url_is("ap2", false, "https://ap2.mobileiron.com");
    /* One that the guide does not name yet. */
    url_is("eu2", true, "https://cps-eu2.mobileiron.com");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_calls_are_these_and_no_others),
        cmocka_unit_test(a_page_is_asked_for_by_offset_and_limit),
        cmocka_unit_test(a_status_goes_before_the_page),
        cmocka_unit_test(a_status_is_one_of_the_guides_words),
        cmocka_unit_test(no_value_of_a_server_enters_a_path),
        cmocka_unit_test(a_look_up_names_identifiers_and_their_type),
        cmocka_unit_test(a_cluster_has_an_address_for_each_kind_of_login),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
