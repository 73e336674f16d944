#include "cli/help.h"

#include <stdio.h>

#include "cli/style.h"

enum { HELP_OPTION_WIDTH = 25, HELP_COLUMNS = 80 };

static void help_write_option(struct buffer *out, const struct option_row *row)
{
    char left[64];
    const char *argument = row->argument != NULL ? row->argument : "";

    (void)snprintf(left, sizeof left, "%c%c%s --%s%s%s", row->letter != '\0' ? '-' : ' ',
        row->letter != '\0' ? row->letter : ' ', row->letter != '\0' ? "," : " ", row->name,
        *argument != '\0' ? " " : "", argument);
    buffer_printf(out, "  %-*s ", HELP_OPTION_WIDTH, left);
    style_add_wrapped(out, row->about, HELP_OPTION_WIDTH + 3, HELP_COLUMNS);
}

static void help_write_options(struct buffer *out, unsigned commands, bool common)
{
    size_t count;
    const struct option_row *rows = options_rows(&count);

    for (size_t i = 0; i < count; i++) {
        if ((rows[i].commands == COMMAND_ALL) == common && (rows[i].commands & commands) != 0) {
            help_write_option(out, &rows[i]);
        }
    }
}

static void help_write_program(struct buffer *out)
{
    size_t count;
    const struct command_row *rows = options_commands(&count);

    buffer_append_text(out,
        "uemsync copies the inventory of Ivanti/MobileIron UEM servers into PostgreSQL or\nCSV.\n\n"
        "Usage: uemsync COMMAND [OPTION...]\n\nCommands:\n");
    for (size_t i = 0; i < count; i++) {
        buffer_printf(out, "  %-10s %s\n", rows[i].name, rows[i].about);
    }
    buffer_append_text(out, "\nOptions of every command:\n");
    help_write_options(out, COMMAND_ALL, true);
    buffer_append_text(out, "\nExamples:\n");
    for (size_t i = 0; i < count; i++) {
        buffer_printf(out, "  %s\n", rows[i].examples[0].line);
    }
    buffer_append_text(out,
        "\n`uemsync help COMMAND` or `uemsync COMMAND --help` has the options of a command,\n"
        "`man uemsync` all.\n"
        "Documentation: docs/README.md in /usr/share/doc/uemsync or\n"
        "/usr/local/share/doc/uemsync.\n");
}

static void help_write_examples(struct buffer *out, const struct command_row *row)
{
    buffer_append_text(out, "\nExamples:\n");
    for (const struct command_example *each = row->examples; each->line != NULL; each++) {
        buffer_printf(out, "  %s\n      ", each->line);
        style_add_wrapped(out, each->about, 6, HELP_COLUMNS);
    }
}

static void help_write_command(struct buffer *out, const struct command_row *row)
{
    struct buffer own;

    buffer_init(&own, out->ceiling);
    help_write_options(&own, row->command, false);
    buffer_printf(out, "uemsync %s: %s\n\nUsage: uemsync %s%s%s [OPTION...]\n", row->name,
        row->about, row->name, row->operand != NULL ? " " : "",
        row->operand != NULL ? row->operand : "");
    if (own.size > 0) {
        buffer_printf(out, "\nOptions:\n%s", buffer_text(&own));
    }
    buffer_append_text(out, "\nOptions of every command:\n");
    help_write_options(out, row->command, true);
    help_write_examples(out, row);
    buffer_release(&own);
}

void help_write(struct buffer *out, enum options_command command)
{
    size_t count;
    const struct command_row *rows = options_commands(&count);

    if (command == COMMAND_NONE) {
        help_write_program(out);
    }
    for (size_t i = 0; i < count; i++) {
        if (rows[i].command == command) {
            help_write_command(out, &rows[i]);
        }
    }
}
