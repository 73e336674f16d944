#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "cli/help.h"

static void holds(const struct buffer *text, const char *part, bool wanted)
{
    if ((strstr(buffer_text(text), part) != NULL) != wanted) {
        fail_msg("the help %s `%s`:\n%s", wanted ? "lacks" : "has", part, buffer_text(text));
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
        cmocka_unit_test(a_command_without_options_has_no_such_heading),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
