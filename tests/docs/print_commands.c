/* Prints the sections of docs/commands.md, from the tables that the program itself uses:
 *   print_commands COMMAND    how it is called, the options that not every command has, its
 * examples print_commands common     the options that every command takes print_commands codes the
 * exit codes */
#include <string.h>

#include "cli/manual.h"
#include "cli/options.h"
#include "print.h"

static void print_option(const struct option_row *row)
{
    (void)fputs("| `", stdout);
    if (row->letter != '\0') {
        (void)printf("-%c, ", row->letter);
    }
    (void)printf("--%s%s%s` | ", row->name, row->argument != NULL ? " " : "",
        row->argument != NULL ? row->argument : "");
    print_cell(row->about);
    (void)puts(" |");
}

/* The options that every command takes, or those of this one alone. */
static void print_options(unsigned command, bool common)
{
    size_t count;
    const struct option_row *rows = options_rows(&count);
    bool any = false;

    for (size_t i = 0; i < count; i++) {
        if ((rows[i].commands == COMMAND_ALL) == common && (rows[i].commands & command) != 0) {
            (void)fputs(any ? "" : "\n| option | does |\n| --- | --- |\n", stdout);
            print_option(&rows[i]);
            any = true;
        }
    }
}

static void print_command(const struct command_row *row)
{
    (void)printf("`uemsync %s%s%s`: %s.\n", row->name, row->operand != NULL ? " " : "",
        row->operand != NULL ? row->operand : "", row->about);
    print_options(row->command, false);
    (void)puts("\n```sh");
    for (const struct command_example *each = row->examples; each->line != NULL; each++) {
        (void)printf("# %s\n%s\n", each->about, each->line);
    }
    (void)puts("```");
}

static void print_codes(void)
{
    (void)puts("| code | means |\n| --- | --- |");
    for (const struct manual_code *each = manual_codes(); each->codes != NULL; each++) {
        (void)printf("| %s | ", each->codes);
        print_cell(each->means);
        (void)puts(" |");
    }
}

static bool print_named(const char *name)
{
    size_t count;
    const struct command_row *rows = options_commands(&count);
    bool found = false;

    for (size_t i = 0; !found && i < count; i++) {
        found = strcmp(rows[i].name, name) == 0;
        if (found) {
            print_command(&rows[i]);
        }
    }
    return found;
}

int main(int argc, char **argv)
{
    const char *name = argc == 2 ? argv[1] : "";
    bool ok = true;

    if (strcmp(name, "common") == 0) {
        (void)fputs("Every command takes these:\n", stdout);
        print_options(COMMAND_ALL, true);
    } else if (strcmp(name, "codes") == 0) {
        print_codes();
    } else {
        ok = print_named(name);
        if (!ok) {
            (void)fprintf(stderr, "print_commands: no such section: %s\n", name);
        }
    }
    return ok ? print_end() : EXIT_FAILURE;
}
