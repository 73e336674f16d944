#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/embedded.h"
#include "uem/limits.h"

static struct uem_limits read_shipped(const char *cluster, double share)
{
    const struct embedded_file *file = embedded_find(limit_files, "cps.yaml");
    struct uem_limits limits = {0};
    struct error err = {0};

    assert_non_null(file);
    if (!uem_limits_read(
            &limits, "cps.yaml", (struct str){file->text, file->size}, cluster, share, &err)) {
        fail_msg("%s", err.text);
    }
    return limits;
}

/* CPS API guide, "Aggregate API rate limits per cluster". */
static void the_shipped_table_is_the_guides(void **state)
{
    static const struct {
        const char *cluster;
        struct uem_limits limits;
    } rows[] = {
        {"na1", {{300, 200, 100, 400}}},
        {"na2", {{400, 200, 100, 600}}},
        {"na3", {{300, 200, 100, 600}}},
        {"eu1", {{300, 200, 100, 600}}},
        {"ap1", {{300, 200, 100, 200}}},
        {"ap2", {{100, 100, 100, 200}}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct uem_limits limits = read_shipped(rows[i].cluster, 1);

        assert_memory_equal(&limits, &rows[i].limits, sizeof limits);
    }
}

static void an_unknown_cluster_has_the_smallest_limits(void **state)
{
    static const struct uem_limits least = {{100, 100, 100, 200}};
    struct uem_limits limits = read_shipped("na4", 1);

    (void)state;
    assert_memory_equal(&limits, &least, sizeof limits);
    limits = read_shipped(NULL, 1);
    assert_memory_equal(&limits, &least, sizeof limits);
    limits = read_shipped("class", 1);
    assert_memory_equal(&limits, &least, sizeof limits);
}

static void a_share_is_rounded_down_and_never_nothing(void **state)
{
    (void)state;
    assert_int_equal(read_shipped("na1", 0.5).calls[UEM_CLASS_APPLICATION], 150);
    assert_int_equal(read_shipped("na1", 0.0099).calls[UEM_CLASS_REMAINING], 3);
    assert_int_equal(read_shipped("na1", 0.0001).calls[UEM_CLASS_USER_LIST], 1);
}

static void refuses(const char *text, const char *reason)
{
    struct uem_limits limits;
    struct error err = {0};

    assert_false(uem_limits_read(&limits, "l.yaml", str_of(text), "na1", 1, &err));
    assert_int_equal(err.kind, ERROR_CONFIG);
    assert_string_equal(err.text, reason);
}

#define CALLS "na1: 1, na2: 1, na3: 1, eu1: 1, ap1: 1, ap2: 1}\n"

static void a_wrong_table_is_refused(void **state)
{
    (void)state;
    refuses("classes:\n  - {class: application, " CALLS,
        "l.yaml:1: key `classes`: 4 classes are wanted");
    refuses("classes:\n  - {class: device_list, " CALLS "  - {class: application, " CALLS
            "  - {class: user_list, " CALLS "  - {class: remaining, " CALLS,
        "l.yaml:1: key `classes`: class 0 is to be application");
    refuses("classes:\n  - {class: application, na1: 0}\n",
        "l.yaml:2: key `classes[0].na1`: expected a whole number from 1 to 100000, not `0`");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shipped_table_is_the_guides),
        cmocka_unit_test(an_unknown_cluster_has_the_smallest_limits),
        cmocka_unit_test(a_share_is_rounded_down_and_never_nothing),
        cmocka_unit_test(a_wrong_table_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
