#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/str.h"

/* What one log wrote. */
struct written {
    char *text;
    size_t size;
    FILE *file;
};

static void written_begin(struct written *written)
{
    *written = (struct written){0};
    written->file = open_memstream(&written->text, &written->size);
    assert_non_null(written->file);
}

static void written_end(struct written *written)
{
    (void)fclose(written->file);
    free(written->text);
}

static void an_event_is_one_line_with_time_and_level(void **state)
{
    struct written written;

    (void)state;
    written_begin(&written);
    {
        struct log log = {.out = written.file, .from = LOG_INFO, .tenant = "acme"};

        log_event(&log, LOG_WARNING, "page %d", 2);
    }
    assert_int_equal(written.text[10], 'T');
    assert_string_equal(written.text + 23, "Z warning acme: page 2\n");
    written_end(&written);
}

static void events_below_the_level_are_dropped(void **state)
{
    struct written written;

    (void)state;
    written_begin(&written);
    {
        struct log log = {.out = written.file, .from = LOG_WARNING};

        log_event(&log, LOG_INFO, "no");
        log_event(&log, LOG_DEBUG, "no");
        assert_int_equal(written.size, 0);
        log_event(&log, LOG_ERROR, "yes");
    }
    assert_string_equal(written.text + 23, "Z error   yes\n");
    written_end(&written);
}

static void a_json_event_is_one_document(void **state)
{
    struct written written;
    const char *rest;

    (void)state;
    written_begin(&written);
    {
        struct log log = {.out = written.file, .from = LOG_DEBUG, .json = true, .tenant = "a"};

        log_event(&log, LOG_DEBUG, "say \"%s\"\n", "hi");
    }
    assert_true(str_starts(str_of(written.text), "{\"time\": \"2"));
    rest = strstr(written.text, ", \"level\"");
    assert_non_null(rest);
    assert_string_equal(
        rest, ", \"level\": \"debug\", \"tenant\": \"a\", \"message\": \"say \\\"hi\\\"?\"}\n");
    written_end(&written);
}

static void an_events_text_stays_on_its_line(void **state)
{
    struct written written;
    char text[5000];

    (void)state;
    memset(text, '\n', sizeof text);
    text[sizeof text - 1] = '\0';
    written_begin(&written);
    {
        struct log log = {.out = written.file};

        log_event(&log, LOG_ERROR, "%s", text);
    }
    assert_ptr_equal(strchr(written.text, '\n'), written.text + written.size - 1);
    written_end(&written);
}

static void a_long_json_event_is_still_whole(void **state)
{
    struct written written;
    char text[5000];

    (void)state;
    memset(text, '"', sizeof text);
    text[sizeof text - 1] = '\0';
    written_begin(&written);
    {
        struct log log = {.out = written.file, .json = true};

        log_event(&log, LOG_ERROR, "%s", text);
    }
    assert_string_equal(written.text + written.size - 5, "\\\"\"}\n");
    written_end(&written);
}

static void an_open_progress_line_is_wiped_first(void **state)
{
    struct written written;
    bool open = true;

    (void)state;
    written_begin(&written);
    {
        struct log log = {.out = written.file, .line_open = &open};

        log_event(&log, LOG_ERROR, "x");
        assert_true(str_starts(str_of(written.text), "\r\033[K2"));
        assert_false(open);
        log_event(&log, LOG_ERROR, "y");
    }
    assert_null(strchr(written.text + 1, '\r'));
    written_end(&written);
}

static ssize_t count_write(void *cookie, const char *bytes, size_t size)
{
    int *writes = cookie;

    (void)bytes;
    (*writes)++;
    return (ssize_t)size;
}

/* To a file that others write to as well, as standard error is. */
static void a_line_is_written_at_once(void **state)
{
    int writes = 0;
    bool open = true;
    FILE *file = fopencookie(&writes, "w", (cookie_io_functions_t){.write = count_write});
    struct log log = {.out = file, .tenant = "acme", .line_open = &open};

    (void)state;
    assert_non_null(file);
    assert_int_equal(setvbuf(file, NULL, _IONBF, 0), 0);
    log_event(&log, LOG_ERROR, "%1500d", 1);
    assert_int_equal(writes, 1);
    log.json = true;
    open = true;
    log_event(&log, LOG_ERROR, "%1500d", 1);
    assert_int_equal(writes, 2);
    (void)fclose(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_is_one_line_with_time_and_level),
        cmocka_unit_test(events_below_the_level_are_dropped),
        cmocka_unit_test(a_json_event_is_one_document),
        cmocka_unit_test(an_events_text_stays_on_its_line),
        cmocka_unit_test(a_long_json_event_is_still_whole),
        cmocka_unit_test(an_open_progress_line_is_wiped_first),
        cmocka_unit_test(a_line_is_written_at_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
