#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"
#include "cli/completion.h"
#include "cli/manual.h"

/* Whether one of the numbers of a list such as "130, 143" is the code. */
static bool holds_code(const char *list, int code)
{
    bool holds = false;
    char *end = NULL;

    while (!holds && *list != '\0') {
        holds = strtol(list, &end, 10) == code;
        list = *end == ',' ? end + 1 : end;
    }
    return holds;
}

static void every_exit_code_is_told(void **state)
{
    (void)state;
    for (enum error_kind kind = ERROR_NONE; kind < ERROR_KIND_COUNT; kind++) {
        bool told = false;

        for (const struct manual_code *each = manual_codes(); each->codes != NULL; each++) {
            told = told || holds_code(each->codes, error_exit_code(kind));
        }
        if (!told) {
            fail_msg("the manual does not tell exit code %d", error_exit_code(kind));
        }
    }
}

/* Backslashes, marks and hyphens of what is typed, and lines that would be requests. */
static void text_is_no_request(void **state)
{
    struct buffer text;

    (void)state;
    buffer_init(&text, 1024 * 1024);
    manual_write(&text, "0.1.0");
    assert_true(buffer_ok(&text));
    assert_int_equal(strncmp(buffer_text(&text), ".TH UEMSYNC 1 ", 14), 0);
    assert_non_null(strstr(buffer_text(&text), "\\fB\\-\\-\\fR\\fBconfig\\fR \\fIFILE\\fR\n"));
    assert_non_null(strstr(buffer_text(&text), "\\fB\\&./uemsync.yaml"));
    assert_null(strstr(buffer_text(&text), "\n'"));
    assert_null(strstr(buffer_text(&text), "\n\n"));
    buffer_release(&text);
}

static void a_ceiling_is_told(void **state)
{
    void (*const writers[])(struct buffer *) = {completion_write_bash, completion_write_zsh};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct buffer text;

        buffer_init(&text, 100);
        writers[i](&text);
        assert_false(buffer_ok(&text));
        buffer_release(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_exit_code_is_told),
        cmocka_unit_test(text_is_no_request),
        cmocka_unit_test(a_ceiling_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
