#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/help.h"

/* As one line: what is wrapped is still there. */
static void unwrap(char *text)
{
    char *to = text;

    for (; *text != '\0'; text++) {
        bool is_blank = *text == ' ' || *text == '\n';

        if (!is_blank || to[-1] != ' ') {
            *to++ = is_blank ? ' ' : *text;
        }
    }
    *to = '\0';
}

static void holds(const struct buffer *text, const char *part, bool wanted)
{
    char *line = strdup(buffer_text(text));
    bool has = strstr(buffer_text(text), part) != NULL;

    unwrap(line);
    if ((has || strstr(line, part) != NULL) != wanted) {
        fail_msg("the help %s `%s`:\n%s", wanted ? "lacks" : "has", part, buffer_text(text));
    }
    free(line);
}

/* But for command lines, which are to be copied. */
static void no_line_is_wider_than_a_terminal(void **state)
{
    size_t count;
    const struct command_row *rows = options_commands(&count);

    (void)state;
    for (size_t i = 0; i <= count; i++) {
        struct buffer text;
        char *rest = NULL;

        buffer_init(&text, 100000);
        help_write(&text, i < count ? rows[i].command : COMMAND_NONE);
        for (char *line = strtok_r(text.data, "\n", &rest); line != NULL;
             line = strtok_r(NULL, "\n", &rest)) {
            if (strlen(line) > 80) {
                fail_msg("%zu columns: %s", strlen(line), line);
            }
        }
        buffer_release(&text);
    }
}

static void the_programs_help_names_every_command(void **state)
{
    size_t count;
    const struct command_row *rows = options_commands(&count);
    struct buffer text;

    (void)state;
    buffer_init(&text, 100000);
    help_write(&text, COMMAND_NONE);
    for (size_t i = 0; i < count; i++) {
        holds(&text, rows[i].about, true);
        holds(&text, rows[i].examples[0].line, true);
    }
    holds(&text, "Usage: uemsync COMMAND [OPTION...]\n", true);
    holds(&text, "-c, --config FILE", true);
    holds(&text, "--allow-removal", false);
    buffer_release(&text);
}

static void a_commands_help_has_its_options_and_no_others(void **state)
{
    size_t count;
    size_t command_count;
    const struct option_row *rows = options_rows(&count);
    const struct command_row *commands = options_commands(&command_count);

    (void)state;
    for (size_t i = 0; i < command_count; i++) {
        struct buffer text;

        buffer_init(&text, 100000);
        help_write(&text, commands[i].command);
        for (size_t j = 0; j < count; j++) {
            char name[80];

            (void)snprintf(
                name, sizeof name, " --%s%s", rows[j].name, rows[j].argument != NULL ? " " : "  ");
            holds(&text, name, (rows[j].commands & (unsigned)commands[i].command) != 0);
        }
        for (const struct command_example *each = commands[i].examples; each->line != NULL;
             each++) {
            holds(&text, each->line, true);
            holds(&text, each->about, true);
        }
        buffer_release(&text);
    }
}

static void a_command_without_options_has_no_such_heading(void **state)
{
    struct buffer text;

    (void)state;
    buffer_init(&text, 100000);
    help_write(&text, COMMAND_MIGRATE);
    holds(&text, "\nOptions:\n", false);
    holds(&text, "\nOptions of every command:\n", true);
    buffer_clear(&text);
    help_write(&text, COMMAND_SYNC);
    holds(&text, "\nOptions:\n", true);
    buffer_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_programs_help_names_every_command),
        cmocka_unit_test(a_commands_help_has_its_options_and_no_others),
        cmocka_unit_test(no_line_is_wider_than_a_terminal),
        cmocka_unit_test(a_command_without_options_has_no_such_heading),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
