#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/shared.h"
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

/* A progress display of one line. */
static struct log_block *block_new(void)
{
    struct error err = {0};
    struct log_block *block = shared_new(sizeof *block, &err);

    assert_non_null(block);
    assert_true(shared_lock_init(&block->lock, &err));
    block->rows = 1;
    block->size = 6;
    memcpy(block->text, "block\n", 6);
    return block;
}

static void an_event_stands_above_the_progress(void **state)
{
    struct written written;
    struct log_block *block = block_new();

    (void)state;
    written_begin(&written);
    {
        struct log log = {.out = written.file, .block = block};

        log_event(&log, LOG_ERROR, "x");
        assert_true(str_starts(str_of(written.text), "\033[1A\r\033[J2"));
        assert_string_equal(written.text + written.size - 9, " x\nblock\n");
        assert_int_equal(block->rows, 1);
        block->rows = 0;
        block->size = 0;
        log_event(&log, LOG_ERROR, "y");
        assert_null(strrchr(written.text + 8, '\033'));
        assert_string_equal(written.text + written.size - 3, " y\n");
    }
    shared_free(block, sizeof *block);
    written_end(&written);
}

static void the_level_alone_is_coloured(void **state)
{
    struct written written;

    (void)state;
    written_begin(&written);
    {
        struct log log = {.out = written.file, .colour = true, .tenant = "acme"};

        log_event(&log, LOG_ERROR, "x");
    }
    assert_string_equal(written.text + 23, "Z \033[31merror  \033[0m acme: x\n");
    written_end(&written);
}

/* What a hostile server may have put into a message: nothing of it reaches a terminal. */
static const char hostile[] = "a\033]0;title\007b\r\nc\x9b\x31mc\xC2\x9B\xE2\x80\xAE"
                              "d\xE2\x81\xA6\xE2\x80\xA8\xEF\xBB\xBF\xC3";

static void a_hostile_text_is_one_line_of_text(void **state)
{
    struct written written;

    (void)state;
    written_begin(&written);
    {
        struct log log = {.out = written.file};

        log_event(&log, LOG_ERROR, "%s", hostile);
    }
    assert_non_null(strstr(written.text, "a?]0;title?b??c?1mc??d????\n"));
    written_end(&written);
}

static void a_hostile_text_is_one_line_of_json(void **state)
{
    struct written written;

    (void)state;
    written_begin(&written);
    {
        struct log log = {.out = written.file, .json = true};

        log_event(&log, LOG_ERROR, "%s", hostile);
    }
    assert_non_null(strstr(written.text, "\"a?]0;title?b??c?1mc??d????\"}\n"));
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
    struct log_block *block = block_new();
    FILE *file = fopencookie(&writes, "w", (cookie_io_functions_t){.write = count_write});
    struct log log = {.out = file, .tenant = "acme", .block = block};

    (void)state;
    assert_non_null(file);
    assert_int_equal(setvbuf(file, NULL, _IONBF, 0), 0);
    log_event(&log, LOG_ERROR, "%1500d", 1);
    assert_int_equal(writes, 1);
    log.json = true;
    log_event(&log, LOG_ERROR, "%1500d", 1);
    assert_int_equal(writes, 2);
    (void)fclose(file);
    shared_free(block, sizeof *block);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_is_one_line_with_time_and_level),
        cmocka_unit_test(events_below_the_level_are_dropped),
        cmocka_unit_test(a_json_event_is_one_document),
        cmocka_unit_test(an_events_text_stays_on_its_line),
        cmocka_unit_test(a_long_json_event_is_still_whole),
        cmocka_unit_test(an_event_stands_above_the_progress),
        cmocka_unit_test(the_level_alone_is_coloured),
        cmocka_unit_test(a_hostile_text_is_one_line_of_text),
        cmocka_unit_test(a_hostile_text_is_one_line_of_json),
        cmocka_unit_test(a_line_is_written_at_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
