/* Whether a tenant has a second voice, and what is said where it has none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "sync/v1_voice.h"

/* A tenant of that kind, asked once. */
static bool is_there(enum sync_kind kind, bool has_password, const struct mapping *mapping,
    const char *note, const char *warning)
{
    struct sync_tenant tenant = {.kind = kind};
    struct sync_entity_report report = {.entity = "device"};
    struct error err = {0};
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);
    struct log log = {.out = file, .from = LOG_WARNING};
    struct fetch fetch = {.tenant = &tenant, .log = &log};
    bool found;

    assert_non_null(file);
    if (has_password) {
        assert_true(secret_init(&tenant.password, str_of("secret"), &err));
    }
    found = v1_voice_is_there(&fetch, mapping, &report);
    secret_release(&tenant.password);
    assert_int_equal(fclose(file), 0);
    if (note == NULL) {
        assert_null(report.note);
        assert_int_equal(size, 0);
    } else {
        assert_non_null(report.note);
        assert_string_equal(report.note, note);
        assert_non_null(strstr(text, warning));
        assert_ptr_equal(strchr(text, '\n'), text + size - 1);
    }
    free(text);
    return found;
}

static void a_second_voice_needs_a_core_a_password_and_a_mapping(void **state)
{
    static const char no_password[] =
        "v1 is not offered without a password: what it alone tells is missing";
    static const char no_keys[] =
        "its mapping file names no property of v1: what it alone tells is missing";
    static struct mapping v1;
    static const struct mapping with = {.v1 = &v1};
    static const struct mapping without = {.v1 = NULL};

    (void)state;
    assert_true(is_there(SYNC_CORE, true, &with, NULL, NULL));
    assert_false(is_there(SYNC_CORE, false, &with, no_password,
        "warning device: the v1 web services know passwords alone, and CPS speaks alone\n"));
    /* A copy from before v1 was asked, which would say less without a word. */
    assert_false(is_there(SYNC_CORE, true, &without, no_keys,
        "warning device: its mapping file has no `v1` keys: the v1 web services are not asked, "
        "and CPS speaks alone\n"));
    assert_false(is_there(SYNC_CORE, false, &without, no_keys, "warning"));
    assert_false(is_there(SYNC_CLOUD, true, &with, NULL, NULL));
    assert_false(is_there(SYNC_CLOUD, true, &without, NULL, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_second_voice_needs_a_core_a_password_and_a_mapping),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
