#include "cli/manual.h"

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "cli/options.h"
#include "sync/entities.h"

static const struct manual_code codes[] = {
    {"0", "done, everything loaded"},
    {"1", "done in part: some records, entities or tenants failed, the rest is loaded"},
    {"2", "wrong usage or configuration; nothing was called"},
    {"3", "the server refused the credentials or the role"},
    {"4", "the server could not be reached or did not answer properly"},
    {"5",
        "the destination could not be reached or written, or its schema is newer than the program"},
    {"6", "stopped by the removal guard"},
    {"70", "out of memory, or an internal ceiling was reached"},
    {"75", "another run of this tenant is under way"},
    {"129, 130, 143",
        "interrupted; what was published is untouched, and what was fetched is kept for "
        "the next run"},
    {"141", "what read standard output has gone, such as `head`"},
    {NULL, NULL},
};

/* A name, and what is to be said of it. */
struct manual_item {
    const char *name;
    const char *about;
};

static const struct manual_item files[] = {
    {"./uemsync.yaml, /etc/uemsync/uemsync.yaml",
        "The configuration, where neither --config nor $UEMSYNC_CONFIG names one: the first of "
        "them that exists."},
    {"$STATE_DIRECTORY, $XDG_STATE_HOME/uemsync, ~/.local/state/uemsync",
        "The folder, the first of them that is set, in which the calls of the last minute are kept "
        "from run to run."},
    {"~/.pgpass", "Passwords of PostgreSQL, as libpq has it."},
    {"/usr/share/doc/uemsync, /usr/local/share/doc/uemsync",
        "The documentation, from docs/README.md on; examples of configurations, of roles in "
        "PostgreSQL "
        "and of a crontab; the mapping files."},
    {NULL, NULL},
};

static const struct manual_item environment[] = {
    {"UEMSYNC_CONFIG", "The configuration, where --config does not name one."},
    {"CREDENTIALS_DIRECTORY", "Where the bare name of a password_file is looked for; systemd's "
                              "LoadCredential= sets it."},
    {"STATE_DIRECTORY, XDG_STATE_HOME, HOME", "See FILES."},
    {"TMPDIR", "Where what a Core says of devices waits; else /tmp."},
    {"PGHOST, PGUSER and others", "As libpq has them, for what destination.url leaves open."},
    {"https_proxy, no_proxy", "The way to the servers, as curl has them."},
    {"NO_COLOR", "Set and not empty: nothing is in colour."},
    {"TERM, LC_ALL and others", "What the terminal can; dumb is taken for none, and bars are of "
                                "ASCII where characters are not UTF-8."},
    {NULL, NULL},
};

const struct manual_code *manual_codes(void)
{
    return codes;
}

/* Text as troff prints it. What is to be typed keeps its hyphens and marks; a line of text does not
 * begin with what would be a request. */
static void manual_text(struct buffer *out, const char *text, bool is_typed)
{
    static const struct {
        char c;
        const char *escape;
        bool always;
    } escapes[] = {{'\\', "\\e", true}, {'"', "\\(dq", true}, {'\'', "\\(aq", true},
        {'`', "\\(ga", true}, {'-', "\\-", false}, {'~', "\\(ti", true}, {'^', "\\(ha", true}};

    buffer_append_text(out, *text == '.' ? "\\&" : "");
    for (; *text != '\0'; text++) {
        const char *escape = NULL;

        for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
            if (escapes[i].c == *text && (is_typed || escapes[i].always)) {
                escape = escapes[i].escape;
            }
        }
        if (escape != NULL) {
            buffer_append_text(out, escape);
        } else {
            buffer_append_char(out, *text);
        }
    }
}

static void manual_bold(struct buffer *out, const char *text)
{
    buffer_append_text(out, "\\fB");
    manual_text(out, text, true);
    buffer_append_text(out, "\\fR");
}

/* A paragraph with a tag, both of which end their lines. */
static void manual_item(struct buffer *out, const char *tag, const char *about)
{
    buffer_append_text(out, ".TP\n");
    manual_bold(out, tag);
    buffer_append_char(out, '\n');
    manual_text(out, about, false);
    buffer_append_char(out, '\n');
}

static void manual_items(struct buffer *out, const struct manual_item *items)
{
    for (; items->name != NULL; items++) {
        manual_item(out, items->name, items->about);
    }
}

static void manual_italic(struct buffer *out, const char *text)
{
    buffer_append_text(out, " \\fI");
    manual_text(out, text, true);
    buffer_append_text(out, "\\fR");
}

static void manual_command_line(struct buffer *out, const struct command_row *row)
{
    manual_bold(out, "uemsync ");
    manual_bold(out, row->name);
    if (row->operand != NULL) {
        manual_italic(out, row->operand);
    }
    buffer_append_text(out, " [\\fIOPTION\\fR]...\n");
}

static void manual_option(struct buffer *out, const struct option_row *row)
{
    const char letter[] = {'-', row->letter, '\0'};

    buffer_append_text(out, ".TP\n");
    if (row->letter != '\0') {
        manual_bold(out, letter);
        buffer_append_text(out, ", ");
    }
    manual_bold(out, "--");
    manual_bold(out, row->name);
    if (row->argument != NULL) {
        manual_italic(out, row->argument);
    }
    buffer_append_char(out, '\n');
    manual_text(out, row->about, false);
    buffer_append_char(out, '\n');
}

static void manual_options(struct buffer *out, unsigned commands, bool common)
{
    size_t count;
    const struct option_row *rows = options_rows(&count);

    for (size_t i = 0; i < count; i++) {
        if ((rows[i].commands == COMMAND_ALL) == common && (rows[i].commands & commands) != 0) {
            manual_option(out, &rows[i]);
        }
    }
}

/* What each command does, and the options that not every one has. */
static void manual_commands(struct buffer *out)
{
    size_t count;
    const struct command_row *rows = options_commands(&count);

    buffer_append_text(out, ".SH COMMANDS\n");
    for (size_t i = 0; i < count; i++) {
        buffer_append_text(out, ".SS ");
        buffer_append_text(out, rows[i].name);
        buffer_append_char(out, '\n');
        manual_command_line(out, &rows[i]);
        buffer_append_text(out, ".PP\n");
        buffer_append_char(out, str_upper(rows[i].about[0]));
        manual_text(out, rows[i].about + 1, false);
        buffer_append_text(out, ".\n");
        manual_options(out, rows[i].command, false);
    }
    buffer_append_text(out, ".SH OPTIONS\nEvery command takes these. ");
    manual_bold(out, "uemsync help");
    manual_italic(out, "COMMAND");
    buffer_append_text(out, " shows what ");
    manual_bold(out, "--help");
    buffer_append_text(out, " does.\n");
    manual_options(out, COMMAND_ALL, true);
}

static void manual_entities(struct buffer *out)
{
    size_t count;
    const struct entity *rows = entity_all(&count);

    buffer_append_text(out, ".SH ENTITIES\n");
    for (size_t i = 0; i < count; i++) {
        manual_bold(out, rows[i].name);
        buffer_append_text(out, i + 1 < count ? ",\n" : ".\n");
    }
}

static void manual_examples(struct buffer *out)
{
    size_t count;
    const struct command_row *rows = options_commands(&count);

    buffer_append_text(out, ".SH EXAMPLES\n");
    for (size_t i = 0; i < count; i++) {
        for (const struct command_example *each = rows[i].examples; each->line != NULL; each++) {
            manual_item(out, each->line, each->about);
        }
    }
}

void manual_write(struct buffer *out, const char *version)
{
    size_t count;
    const struct command_row *rows = options_commands(&count);

    buffer_printf(out, ".TH UEMSYNC 1 \"\" \"uemsync %s\" \"User Commands\"\n", version);
    buffer_append_text(out, ".nh\n.ad l\n.SH NAME\nuemsync \\- copy the inventory of "
                            "Ivanti/MobileIron UEM servers into PostgreSQL or CSV\n.SH SYNOPSIS\n");
    for (size_t i = 0; i < count; i++) {
        manual_command_line(out, &rows[i]);
        buffer_append_text(out, i + 1 < count ? ".br\n" : "");
    }
    buffer_append_text(out,
        ".SH DESCRIPTION\nuemsync copies the inventory of UEM servers into PostgreSQL tables or "
        "CSV "
        "snapshots,\nnight after night, so that BI tools can report on compliance. It only ever\n"
        "reads from the server. Results go to standard output, logs and progress to\n"
        "standard error.\n");
    manual_commands(out);
    manual_entities(out);
    buffer_append_text(out, ".SH EXIT STATUS\n");
    for (const struct manual_code *each = codes; each->codes != NULL; each++) {
        manual_item(out, each->codes, each->means);
    }
    buffer_append_text(out, ".PP\nSeveral tenants: one outcome for all is that code; some loaded "
                            "and some not is 1;\notherwise it is that of the first that failed.\n"
                            ".SH FILES\n");
    manual_items(out, files);
    buffer_append_text(out, ".SH ENVIRONMENT\n");
    manual_items(out, environment);
    manual_examples(out);
    buffer_append_text(out, ".SH SEE ALSO\n\\fBpsql\\fR(1), \\fBsystemd.timer\\fR(5), "
                            "\\fBcrontab\\fR(5)\n");
}
