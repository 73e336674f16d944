/* Limiters by cluster, and what one run tells the next. */
#include "sync/limits.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
/* cmocka wants those before it. */
#include <cmocka.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/timestamp.h"
#include "uem/limits.h"

enum { PATH_SIZE = 512, NA1_USER_LIST = 100 };

struct place {
    char folder[64];
    char said[4096]; /* by the log */
    struct log log;
};

static int set_up(void **state)
{
    struct place *place = calloc(1, sizeof *place);

    assert_non_null(place);
    (void)snprintf(place->folder, sizeof place->folder, "/tmp/limits_test.XXXXXX");
    assert_non_null(mkdtemp(place->folder));
    place->log =
        (struct log){.out = fmemopen(place->said, sizeof place->said, "w"), .from = LOG_WARNING};
    assert_non_null(place->log.out);
    *state = place;
    return 0;
}

static void each_file(
    const struct place *place, void (*act)(const char *path, void *context), void *context)
{
    DIR *list = opendir(place->folder);

    assert_non_null(list);
    for (struct dirent *entry = readdir(list); entry != NULL; entry = readdir(list)) {
        char path[PATH_SIZE];

        (void)snprintf(path, sizeof path, "%s/%s", place->folder, entry->d_name);
        if (entry->d_name[0] != '.') {
            act(path, context);
        }
    }
    (void)closedir(list);
}

/* The file that commands have in common, and no text. */
static bool is_live(const char *path)
{
    const char *dot = strrchr(path, '.');

    return dot != NULL && strcmp(dot, ".live") == 0;
}

static void remove_file(const char *path, void *context)
{
    (void)context;
    (void)unlink(path);
}

static int tear_down(void **state)
{
    struct place *place = *state;

    each_file(place, remove_file, NULL);
    (void)rmdir(place->folder);
    (void)fclose(place->log.out);
    free(place);
    return 0;
}

static struct sync_tenant tenant_of(const char *name, const char *cluster, double share)
{
    return (struct sync_tenant){.is_wanted = true,
        .name = name,
        .kind = SYNC_CLOUD,
        .cluster = cluster,
        .url = cluster == NULL ? name : NULL,
        .rate_share = share,
        .max_calls_per_minute = 600};
}

static struct limits *open_limits(
    struct place *place, const struct sync_tenant *tenants, size_t count, const char *folder)
{
    struct limits *limits = NULL;
    struct error err = {0};

    assert_true(limits_open(&limits, tenants, count, folder, &place->log, &err));
    return limits;
}

static int64_t wait_of(const struct limits *limits, const struct sync_tenant *tenant)
{
    return http_limiter_wait(
        limits_find(limits, tenant), UEM_CLASS_USER_LIST, timestamp_monotonic());
}

static void use_up(const struct limits *limits, const struct sync_tenant *tenant, int calls)
{
    struct http_limiter *limiter = limits_find(limits, tenant);

    for (int i = 0; i < calls; i++) {
        int64_t ticket;

        assert_int_equal(
            http_limiter_begin(limiter, UEM_CLASS_USER_LIST, timestamp_monotonic(), &ticket), 0);
        http_limiter_end(limiter, UEM_CLASS_USER_LIST, ticket, timestamp_monotonic());
    }
}

static void tenants_of_one_cluster_share_its_limits(void **state)
{
    struct place *place = *state;
    struct sync_tenant tenants[] = {
        tenant_of("a", "na1", 1), tenant_of("b", "na1", 0.5), tenant_of("c", "eu1", 1)};
    struct limits *limits = open_limits(place, tenants, 3, NULL);

    assert_ptr_equal(limits_find(limits, &tenants[0]), limits_find(limits, &tenants[1]));
    assert_ptr_not_equal(limits_find(limits, &tenants[0]), limits_find(limits, &tenants[2]));
    /* The smaller share of the two. */
    assert_int_equal(
        http_limiter_calls(limits_find(limits, &tenants[0]), UEM_CLASS_APPLICATION), 150);
    assert_int_equal(
        http_limiter_calls(limits_find(limits, &tenants[2]), UEM_CLASS_APPLICATION), 300);
    limits_close(limits);
}

static void a_share_beyond_one_lifts_the_limits(void **state)
{
    struct place *place = *state;
    struct sync_tenant tenant = tenant_of("https://127.0.0.1:1", NULL, 1000);
    struct limits *limits = open_limits(place, &tenant, 1, place->folder);

    assert_null(limits_find(limits, &tenant));
    limits_close(limits);
}

static void a_core_has_one_limit_for_all_calls(void **state)
{
    struct place *place = *state;
    struct sync_tenant tenant = tenant_of("https://core.acme.example", NULL, 1);
    struct limits *limits;

    tenant.kind = SYNC_CORE;
    limits = open_limits(place, &tenant, 1, NULL);
    assert_int_equal(http_limiter_calls(limits_find(limits, &tenant), 0), 600);
    limits_close(limits);
}

static void the_next_run_knows_the_calls_of_the_last_minute(void **state)
{
    struct place *place = *state;
    struct sync_tenant tenant = tenant_of("a", "na1", 1);
    struct limits *limits = open_limits(place, &tenant, 1, place->folder);

    use_up(limits, &tenant, NA1_USER_LIST);
    limits_close(limits);
    limits = open_limits(place, &tenant, 1, place->folder);
    assert_true(wait_of(limits, &tenant) > 0);
    limits_close(limits);
    (void)fflush(place->log.out);
    assert_string_equal(place->said, "");
}

static void a_run_within_the_limit_costs_the_next_one_nothing(void **state)
{
    struct place *place = *state;
    struct sync_tenant tenant = tenant_of("a", "na1", 1);
    struct limits *limits = open_limits(place, &tenant, 1, place->folder);

    use_up(limits, &tenant, NA1_USER_LIST - 1);
    limits_close(limits);
    limits = open_limits(place, &tenant, 1, place->folder);
    assert_int_equal(wait_of(limits, &tenant), 0);
    limits_close(limits);
}

static void count_running(const char *path, void *context)
{
    struct buffer text;
    struct error err = {0};
    int *count = context;

    buffer_init(&text, 64 * 1024);
    if (!is_live(path)) {
        assert_true(file_read(path, &text, &err));
        *count += str_starts(buffer_view(&text), "running") ? 1 : 0;
    }
    buffer_release(&text);
}

static int running_in(const struct place *place)
{
    int count = 0;

    each_file(place, count_running, &count);
    return count;
}

/* As a child does: its calls are the parent's to tell, and so is that the run is under way. */
static void a_child_spends_the_parents_limits_and_leaves_its_files_alone(void **state)
{
    struct place *place = *state;
    struct sync_tenant tenant = tenant_of("a", "na1", 1);
    struct limits *limits = open_limits(place, &tenant, 1, place->folder);
    int running = 0;
    int status = -1;
    pid_t id = fork();

    assert_true(id >= 0);
    if (id == 0) {
        limits_hand_to_child(limits);
        use_up(limits, &tenant, NA1_USER_LIST);
        limits_close(limits);
        _exit(0);
    }
    assert_int_equal(waitpid(id, &status, 0), id);
    assert_int_equal(status, 0);
    each_file(place, count_running, &running);
    assert_int_equal(running, 1);
    assert_true(wait_of(limits, &tenant) > 0);
    limits_close(limits);
    limits = open_limits(place, &tenant, 1, place->folder);
    assert_true(wait_of(limits, &tenant) > 0);
    limits_close(limits);
}

static void begin_all(const struct limits *limits, const struct sync_tenant *tenant)
{
    int64_t ticket;

    for (int i = 0; i < NA1_USER_LIST; i++) {
        assert_int_equal(http_limiter_begin(limits_find(limits, tenant), UEM_CLASS_USER_LIST,
                             timestamp_monotonic(), &ticket),
            0);
    }
}

static void wait_for(pid_t id)
{
    int status = -1;

    assert_int_equal(waitpid(id, &status, 0), id);
    assert_int_equal(status, 0);
}

static void calls_of_a_child_that_is_gone_are_in_flight_no_more(void **state)
{
    struct place *place = *state;
    struct sync_tenant tenant = tenant_of("a", "na1", 1);
    struct limits *limits = open_limits(place, &tenant, 1, NULL);
    pid_t id = fork();

    assert_true(id >= 0);
    if (id == 0) {
        limits_hand_to_child(limits);
        begin_all(limits, &tenant);
        _exit(0);
    }
    wait_for(id);
    limits_child_ended(limits);
    assert_true(wait_of(limits, &tenant) <= HTTP_LIMITER_WINDOW_MS);
    limits_close(limits);
}

/* Each opens the folder by itself, as two processes do. */
static void two_commands_make_no_more_calls_than_the_limit_together(void **state)
{
    struct place *place = *state;
    struct sync_tenant tenant = tenant_of("a", "na1", 1);
    struct limits *first = open_limits(place, &tenant, 1, place->folder);
    struct limits *second;

    use_up(first, &tenant, NA1_USER_LIST - 40);
    second = open_limits(place, &tenant, 1, place->folder);
    use_up(second, &tenant, 40);
    assert_true(wait_of(first, &tenant) > 0);
    assert_true(wait_of(second, &tenant) > 0);
    limits_close(first);
    limits_close(second);
    (void)fflush(place->log.out);
    assert_string_equal(place->said, "");
}

static void a_command_beside_another_waits_for_nothing_that_is_free(void **state)
{
    struct place *place = *state;
    struct sync_tenant tenant = tenant_of("a", "na1", 1);
    struct limits *first = open_limits(place, &tenant, 1, place->folder);
    struct limits *second = open_limits(place, &tenant, 1, place->folder);

    assert_int_equal(wait_of(second, &tenant), 0);
    limits_close(first);
    limits_close(second);
}

static void what_waits_for_another_commands_calls_is_known_to(void **state)
{
    struct place *place = *state;
    struct sync_tenant tenant = tenant_of("a", "na1", 1);
    struct limits *first = open_limits(place, &tenant, 1, place->folder);
    struct limits *second = open_limits(place, &tenant, 1, place->folder);
    int64_t now = timestamp_monotonic();

    use_up(first, &tenant, NA1_USER_LIST);
    assert_false(http_limiter_is_shared(limits_find(first, &tenant), UEM_CLASS_USER_LIST, now));
    assert_true(http_limiter_is_shared(limits_find(second, &tenant), UEM_CLASS_USER_LIST, now));
    limits_close(first);
    limits_close(second);
    second = open_limits(place, &tenant, 1, place->folder);
    assert_true(http_limiter_is_shared(limits_find(second, &tenant), UEM_CLASS_USER_LIST, now));
    limits_close(second);
}

static void the_calls_of_a_child_are_no_other_commands(void **state)
{
    struct place *place = *state;
    struct sync_tenant tenant = tenant_of("a", "na1", 1);
    struct limits *limits = open_limits(place, &tenant, 1, place->folder);
    pid_t id = fork();

    assert_true(id >= 0);
    if (id == 0) {
        limits_hand_to_child(limits);
        use_up(limits, &tenant, 1);
        limits_close(limits);
        _exit(0);
    }
    wait_for(id);
    assert_int_equal(
        http_limiter_left(limits_find(limits, &tenant), UEM_CLASS_USER_LIST, timestamp_monotonic()),
        NA1_USER_LIST - 1);
    assert_false(http_limiter_is_shared(
        limits_find(limits, &tenant), UEM_CLASS_USER_LIST, timestamp_monotonic()));
    limits_close(limits);
}

static void a_command_that_ends_leaves_the_file_to_the_one_beside_it(void **state)
{
    struct place *place = *state;
    struct sync_tenant tenant = tenant_of("a", "na1", 1);
    struct limits *first = open_limits(place, &tenant, 1, place->folder);
    struct limits *second = open_limits(place, &tenant, 1, place->folder);

    use_up(second, &tenant, NA1_USER_LIST / 2);
    limits_close(second);
    assert_int_equal(running_in(place), 1);
    use_up(first, &tenant, NA1_USER_LIST / 2);
    limits_close(first);
    assert_int_equal(running_in(place), 0);
    first = open_limits(place, &tenant, 1, place->folder);
    assert_true(wait_of(first, &tenant) > 0);
    limits_close(first);
}

static void calls_of_a_command_that_was_killed_are_in_flight_no_more(void **state)
{
    struct place *place = *state;
    struct sync_tenant tenant = tenant_of("a", "na1", 1);
    struct limits *limits = open_limits(place, &tenant, 1, place->folder);
    int64_t wait;
    pid_t id = fork();

    assert_true(id >= 0);
    if (id == 0) {
        begin_all(open_limits(place, &tenant, 1, place->folder), &tenant);
        _exit(0);
    }
    wait_for(id);
    wait = wait_of(limits, &tenant);
    assert_true(wait > 0 && wait <= HTTP_LIMITER_WINDOW_MS);
    limits_close(limits);
}

static void a_smaller_share_holds_beside_a_greater_one(void **state)
{
    struct place *place = *state;
    struct sync_tenant tenant = tenant_of("a", "na1", 1);
    struct sync_tenant half = tenant_of("b", "na1", 0.5);
    struct limits *first = open_limits(place, &tenant, 1, place->folder);
    struct limits *second = open_limits(place, &half, 1, place->folder);

    use_up(first, &tenant, NA1_USER_LIST / 2 - 1);
    use_up(second, &half, 1);
    assert_true(wait_of(second, &half) > 0);
    assert_int_equal(wait_of(first, &tenant), 0);
    limits_close(first);
    /* One that comes now may have no more than what is there for all. */
    first = open_limits(place, &tenant, 1, place->folder);
    use_up(first, &tenant, NA1_USER_LIST / 2);
    assert_true(wait_of(first, &tenant) > 0);
    limits_close(first);
    limits_close(second);
}

static void spoil_live(const char *path, void *context)
{
    (void)context;
    if (is_live(path)) {
        FILE *file = fopen(path, "r+");

        assert_non_null(file);
        (void)fputs("another!", file);
        (void)fclose(file);
    }
}

static void beside_another_version_a_command_waits_a_minute_and_says_so(void **state)
{
    struct place *place = *state;
    struct sync_tenant tenant = tenant_of("a", "na1", 1);
    struct limits *first = open_limits(place, &tenant, 1, place->folder);
    struct limits *second;

    each_file(place, spoil_live, NULL);
    second = open_limits(place, &tenant, 1, place->folder);
    assert_true(wait_of(second, &tenant) > HTTP_LIMITER_WINDOW_MS - 5000);
    limits_close(second);
    assert_int_equal(running_in(place), 1);
    limits_close(first);
    (void)fflush(place->log.out);
    assert_non_null(strstr(place->said, "another version of the program"));
}

static void write_running(const char *path, void *context)
{
    FILE *file = fopen(path, "w");

    (void)context;
    assert_non_null(file);
    (void)fputs("running\n", file);
    (void)fclose(file);
}

static void write_nonsense(const char *path, void *context)
{
    FILE *file = fopen(path, "w");

    (void)context;
    assert_non_null(file);
    (void)fputs("ended\n2 99999999999999\n-1 5\n77 1\n2 x\n", file);
    (void)fclose(file);
}

static void after_a_run_that_was_killed_a_minute_is_waited(void **state)
{
    struct place *place = *state;
    struct sync_tenant tenant = tenant_of("a", "na1", 1);
    struct limits *limits = open_limits(place, &tenant, 1, place->folder);

    limits_close(limits);
    each_file(place, write_running, NULL);
    limits = open_limits(place, &tenant, 1, place->folder);
    assert_true(wait_of(limits, &tenant) > HTTP_LIMITER_WINDOW_MS - 5000);
    limits_close(limits);
}

static void a_run_under_way_has_said_so(void **state)
{
    struct place *place = *state;
    struct sync_tenant tenant = tenant_of("a", "na1", 1);
    struct limits *limits = open_limits(place, &tenant, 1, place->folder);
    int count = 0;

    each_file(place, count_running, &count);
    assert_int_equal(count, 1);
    limits_close(limits);
    count = 0;
    each_file(place, count_running, &count);
    assert_int_equal(count, 0);
}

static void a_file_with_nonsense_in_it_makes_no_long_wait(void **state)
{
    struct place *place = *state;
    struct sync_tenant tenant = tenant_of("a", "na1", 1);
    struct limits *limits = open_limits(place, &tenant, 1, place->folder);

    limits_close(limits);
    each_file(place, write_nonsense, NULL);
    limits = open_limits(place, &tenant, 1, place->folder);
    assert_true(wait_of(limits, &tenant) <= HTTP_LIMITER_WINDOW_MS);
    limits_close(limits);
}

static void a_folder_that_cannot_be_made_is_a_warning(void **state)
{
    struct place *place = *state;
    struct sync_tenant tenant = tenant_of("a", "na1", 1);
    char path[PATH_SIZE];
    struct limits *limits;

    (void)snprintf(path, sizeof path, "%s/file", place->folder);
    write_running(path, NULL);
    (void)snprintf(path, sizeof path, "%s/file/below", place->folder);
    limits = open_limits(place, &tenant, 1, path);
    assert_int_equal(wait_of(limits, &tenant), 0);
    limits_close(limits);
    (void)fflush(place->log.out);
    assert_non_null(strstr(place->said, "not told to the next one"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(tenants_of_one_cluster_share_its_limits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_share_beyond_one_lifts_the_limits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_core_has_one_limit_for_all_calls, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            the_next_run_knows_the_calls_of_the_last_minute, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_run_within_the_limit_costs_the_next_one_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            after_a_run_that_was_killed_a_minute_is_waited, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_run_under_way_has_said_so, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_child_spends_the_parents_limits_and_leaves_its_files_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            calls_of_a_child_that_is_gone_are_in_flight_no_more, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_file_with_nonsense_in_it_makes_no_long_wait, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            two_commands_make_no_more_calls_than_the_limit_together, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_command_beside_another_waits_for_nothing_that_is_free, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            what_waits_for_another_commands_calls_is_known_to, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            the_calls_of_a_child_are_no_other_commands, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_command_that_ends_leaves_the_file_to_the_one_beside_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            calls_of_a_command_that_was_killed_are_in_flight_no_more, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_smaller_share_holds_beside_a_greater_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            beside_another_version_a_command_waits_a_minute_and_says_so, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            a_folder_that_cannot_be_made_is_a_warning, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
