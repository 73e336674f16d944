#include "cli/options.h"

#include <string.h>

#include "base/duration.h"
#include "base/str.h"

#define OPTION_AT(member) offsetof(struct options, member)

enum { OPTIONS_MOST_ROWS = 64, OPTIONS_LEAST_PREFIX = 2, OPTIONS_GIVEN_SIZE = 64 };

static const char *const log_formats[] = {"text", "json", NULL};
static const char *const progress_words[] = {"auto", "always", "never", NULL};
static const char *const schema_formats[] = {"sql", "json", "markdown", NULL};
/* Of which several may be given; the last three on a Core alone. */
static const char *const statuses[] = {"ACTIVE", "RETIRED", "WIPED", "WIPE_SENT", "RETIRE_SENT",
    "ENROLLMENT_PENDING", "UNKNOWN", "INFECTED", "LOST", "EXPIRED", NULL};

static const struct option_row option_rows[] = {
    {'c', "config", "FILE",
        "configuration; else $UEMSYNC_CONFIG, ./uemsync.yaml, /etc/uemsync/uemsync.yaml",
        OPTION_STRING, OPTION_AT(config), NULL, COMMAND_ALL},
    {'t', "tenant", "NAME", "this tenant alone; may be repeated, or A,B", OPTION_NAMES,
        OPTION_AT(tenants), NULL, COMMAND_ALL},
    {'e', "entity", "NAME", "this entity alone; may be repeated, or A,B", OPTION_NAMES,
        OPTION_AT(entities), NULL, COMMAND_ALL},
    {'\0', "full", NULL, "take nothing from what earlier runs know", OPTION_FLAG, OPTION_AT(full),
        NULL, COMMAND_SYNC},
    {'\0', "dry-run", NULL, "fetch and normalise, and load nothing", OPTION_FLAG,
        OPTION_AT(dry_run), NULL, COMMAND_SYNC},
    {'\0', "allow-removal", NULL, "pass the guard behind exit code 6", OPTION_FLAG,
        OPTION_AT(allow_removal), NULL, COMMAND_SYNC},
    {'\0', "metrics-file", "FILE", "write what came of it for Prometheus, whatever that is",
        OPTION_STRING, OPTION_AT(metrics_file), NULL, COMMAND_SYNC},
    {'\0', "format", "FORMAT", "sql (default), json or markdown", OPTION_WORD, OPTION_AT(format),
        schema_formats, COMMAND_SCHEMA},
    {'\0', "columns", "A,B,C", "these columns alone, in this order", OPTION_STRING,
        OPTION_AT(columns), NULL, COMMAND_EXPORT},
    {'\0', "status", "A,B", "devices of these statuses alone, such as ACTIVE", OPTION_STRING,
        OPTION_AT(status), statuses, COMMAND_EXPORT},
    {'o', "output", "FILE", "write to this file, once it is whole; else to standard output",
        OPTION_STRING, OPTION_AT(output), NULL, COMMAND_EXPORT | COMMAND_REPORT},
    {'\0', "device", "ID", "this device of the tenant alone, by its device_id", OPTION_STRING,
        OPTION_AT(device), NULL, COMMAND_FORGET},
    {'\0', "json", NULL, "print one JSON document", OPTION_FLAG, OPTION_AT(json), NULL,
        COMMAND_CHECK | COMMAND_PLAN | COMMAND_SYNC | COMMAND_STATUS},
    {'\0', "max-age", "AGE",
        "exit with 1 where an entity is older, such as 26h, or was never loaded", OPTION_AGE,
        OPTION_AT(max_age_ms), NULL, COMMAND_STATUS},
    {'q', "quiet", NULL, "log warnings and errors alone", OPTION_FLAG, OPTION_AT(quiet), NULL,
        COMMAND_ALL},
    {'v', "verbose", NULL, "log every call", OPTION_FLAG, OPTION_AT(verbose), NULL, COMMAND_ALL},
    {'\0', "log-format", "FORMAT", "text (default) or json", OPTION_WORD, OPTION_AT(log_format),
        log_formats, COMMAND_ALL},
    {'\0', "progress", "WHEN", "auto (default: on a terminal), always or never", OPTION_WORD,
        OPTION_AT(progress), progress_words, COMMAND_ALL},
    {'h', "help", NULL, "show this help", OPTION_FLAG, OPTION_AT(help), NULL, COMMAND_ALL},
    {'\0', "version", NULL, "show the version", OPTION_FLAG, OPTION_AT(version), NULL, COMMAND_ALL},
};

static const struct command_row command_rows[] = {
    {COMMAND_CHECK, "check", NULL, "test configuration, server, credentials and destination",
        {{"uemsync check", "every tenant, before the first run"},
            {"uemsync check --tenant acme-cloud --json", "one tenant, for a script"}}},
    {COMMAND_PLAN, "plan", NULL, "say what sync would call, and the shortest time it takes",
        {{"uemsync plan --tenant acme-cloud", "all calls of a run in which every device is due"}}},
    {COMMAND_SYNC, "sync", NULL, "copy the inventory into the destination",
        {{"uemsync sync --config /etc/uemsync/uemsync.yaml", "every tenant, as a timer does it"},
            {"uemsync sync --tenant acme-cloud --entity device_app --full",
                "the apps of every device of one tenant, whenever they were asked for before"},
            {"uemsync sync -q --metrics-file /var/lib/prometheus/node-exporter/uemsync.prom",
                "with a file that Prometheus's node exporter collects"}}},
    {COMMAND_EXPORT, "export", "ENTITY",
        "write one entity of one tenant as CSV, straight from the server",
        {{"uemsync export device --status ACTIVE --columns device_id,os --output a.csv",
             "three columns of the active devices"},
            {"uemsync export device_app --tenant acme-cloud", "to standard output"}}},
    {COMMAND_STATUS, "status", NULL, "say how the last runs ended, and how fresh each entity is",
        {{"uemsync status", "a table of every tenant"},
            {"uemsync status --quiet --max-age 26h",
                "for a monitor: 1 where something is older, and a line of the log for each"},
            {"uemsync status --tenant acme-cloud --entity device --json", "for a script"}}},
    {COMMAND_REPORT, "report", NULL, "write one HTML page of compliance, from PostgreSQL",
        {{"uemsync report --output report.html", "every tenant: a comparison, and a chapter each"},
            {"uemsync report --tenant acme-cloud", "one tenant, to standard output"}}},
    {COMMAND_SCHEMA, "schema", NULL, "print the data dictionary",
        {{"uemsync schema --format markdown", "to read"},
            {"uemsync schema --format sql", "to make the tables elsewhere"}}},
    {COMMAND_MIGRATE, "migrate", NULL, "create or extend the PostgreSQL schema",
        {{"uemsync migrate", "as the user who owns the schema"}}},
    {COMMAND_FORGET, "forget", NULL, "remove a tenant, or one of its devices, from the destination",
        {{"uemsync forget --tenant acme-cloud", "the tenant, with its history and its ledger"},
            {"uemsync forget -t acme-cloud --device 1d71e131-0487-4d1d-9a0d-89f2bd1a888d",
                "one device"}}},
};

const struct option_row *options_rows(size_t *count)
{
    *count = sizeof option_rows / sizeof *option_rows;
    return option_rows;
}

const struct command_row *options_commands(size_t *count)
{
    *count = sizeof command_rows / sizeof *command_rows;
    return command_rows;
}

static bool options_is_word(const char *const *words, const char *text)
{
    bool found = false;

    for (; !found && *words != NULL; words++) {
        found = strcmp(*words, text) == 0;
    }
    return found;
}

/* The word that was meant: one that is mistyped, or the only one that begins so. */
static const char *options_nearest(const char *given, const char *const *names, size_t count)
{
    const char *nearest = str_nearest(given, names, count);
    const char *longer = NULL;
    size_t longer_count = 0;

    for (size_t i = 0; i < count; i++) {
        if (strlen(given) >= OPTIONS_LEAST_PREFIX && str_starts(str_of(names[i]), given)) {
            longer = names[i];
            longer_count++;
        }
    }
    return nearest == NULL && longer_count == 1 ? longer : nearest;
}

static bool options_fail_unknown(struct error *err, const char *what, const char *given,
    const char *before, const char *const *names, size_t count)
{
    const char *nearest = options_nearest(given, names, count);

    return nearest != NULL ? error_set(err, ERROR_USAGE, "no such %s `%s%s`; did you mean `%s%s`?",
                                 what, before, given, before, nearest)
                           : error_set(err, ERROR_USAGE, "no such %s `%s%s`; see `uemsync --help`",
                                 what, before, given);
}

static bool options_set_command(struct options *options, const char *name, struct error *err)
{
    const char *names[sizeof command_rows / sizeof *command_rows];
    size_t count = sizeof command_rows / sizeof *command_rows;
    bool ok = true;

    for (size_t i = 0; i < count; i++) {
        names[i] = command_rows[i].name;
        if (strcmp(names[i], name) == 0) {
            options->command = command_rows[i].command;
        }
    }
    if (strcmp(name, "help") == 0) {
        options->help = true;
    } else if (options->command == COMMAND_NONE) {
        ok = options_fail_unknown(err, "command", name, "", names, count);
    }
    return ok;
}

static const struct option_row *options_find(char letter, struct str name)
{
    const struct option_row *found = NULL;

    for (size_t i = 0; found == NULL && i < sizeof option_rows / sizeof *option_rows; i++) {
        if (letter != '\0' ? option_rows[i].letter == letter : str_is(name, option_rows[i].name)) {
            found = &option_rows[i];
        }
    }
    return found;
}

static bool options_add_name(
    const struct option_row *row, char *target, const char *value, struct error *err)
{
    const char **names = (const char **)(void *)target;
    size_t *count = (size_t *)(void *)(target + OPTIONS_MOST_NAMES * sizeof *names);
    bool ok = true;

    if (*value == '\0') {
        ok = error_set(err, ERROR_USAGE, "--%s: a name is empty", row->name);
    } else if (*count == OPTIONS_MOST_NAMES) {
        ok = error_set(err, ERROR_USAGE, "--%s: more than %d", row->name, OPTIONS_MOST_NAMES);
    } else {
        names[(*count)++] = value;
    }
    return ok;
}

/* Names between commas, as no name has one. The argument is cut at them. */
static bool options_add_names(
    const struct option_row *row, char *target, char *value, struct error *err)
{
    bool ok = true;

    for (char *name = value; ok && name != NULL;) {
        char *comma = strchr(name, ',');

        if (comma != NULL) {
            *comma = '\0';
        }
        ok = options_add_name(row, target, name, err);
        name = comma != NULL ? comma + 1 : NULL;
    }
    return ok;
}

static bool options_set(
    struct options *options, const struct option_row *row, char *value, struct error *err)
{
    char *target = (char *)options + row->offset;
    bool ok = true;

    switch (row->type) {
    case OPTION_FLAG:
        *(bool *)(void *)target = true;
        break;
    case OPTION_STRING:
        *(const char **)(void *)target = value;
        break;
    case OPTION_NAMES:
        ok = options_add_names(row, target, value, err);
        break;
    case OPTION_WORD:
        if (options_is_word(row->words, value)) {
            int index = 0;

            while (strcmp(row->words[index], value) != 0) {
                index++;
            }
            *(int *)(void *)target = index;
        } else {
            ok = error_set(err, ERROR_USAGE, "--%s %s: it takes %s", row->name, value, row->about);
        }
        break;
    case OPTION_AGE:
        ok = (duration_parse(str_of(value), (int64_t *)(void *)target) &&
                 *(const int64_t *)(const void *)target > 0) ||
             error_set(err, ERROR_USAGE,
                 "--%s %s: it takes a whole number above 0 and d, h, m or s, such as 26h",
                 row->name, value);
        break;
    }
    return ok;
}

/* With the nearest of the options that the command takes, where there is one, else of all. */
static bool options_fail_option(enum options_command command, struct str name, struct error *err)
{
    const char *own[OPTIONS_MOST_ROWS];
    const char *all[OPTIONS_MOST_ROWS];
    size_t count = sizeof option_rows / sizeof *option_rows;
    size_t own_count = 0;
    char given[OPTIONS_GIVEN_SIZE] = "";
    bool is_own;

    (void)strncat(given, name.data, name.size < sizeof given - 1 ? name.size : sizeof given - 1);
    for (size_t i = 0; i < count; i++) {
        all[i] = option_rows[i].name;
        if ((option_rows[i].commands & (unsigned)command) != 0) {
            own[own_count++] = option_rows[i].name;
        }
    }
    is_own = options_nearest(given, own, own_count) != NULL;
    return options_fail_unknown(
        err, "option", given, "--", is_own ? own : all, is_own ? own_count : count);
}

/* One argument that begins with '-', and its value where it takes one: behind '=', behind the
 * letter, or the next argument. */
static bool options_take(
    struct options *options, int *at, int argc, char **argv, unsigned *used, struct error *err)
{
    char *text = argv[*at];
    bool is_long = text[1] == '-';
    char *equals = is_long ? strchr(text, '=') : NULL;
    struct str name = is_long ? str_of(text + 2) : (struct str){text + 1, 1};
    const struct option_row *row;
    char *value = NULL;
    bool ok = true;

    if (equals != NULL) {
        name.size = (size_t)(equals - name.data);
        value = equals + 1;
    }
    row = options_find(is_long ? '\0' : text[1], name);
    if (row == NULL && is_long) {
        ok = options_fail_option(options->command, name, err);
    } else if (row == NULL) {
        ok = error_set(err, ERROR_USAGE, "no such option `%s`; see `uemsync --help`", text);
    } else if (row->argument == NULL && (value != NULL || (!is_long && text[2] != '\0'))) {
        ok = error_set(err, ERROR_USAGE, "--%s takes no value", row->name);
    } else if (row->argument != NULL && value == NULL) {
        if (!is_long && text[2] != '\0') {
            value = text + 2;
        } else if (*at + 1 < argc) {
            value = argv[++*at];
        } else {
            ok = error_set(err, ERROR_USAGE, "--%s wants %s", row->name, row->argument);
        }
    }
    if (ok) {
        *used |= 1U << (row - option_rows);
        ok = options_set(options, row, value, err);
    }
    return ok;
}

/* An option that the command does not take is an error: it would be silently without effect. */
static bool options_check_used(const struct options *options, unsigned used, struct error *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < sizeof option_rows / sizeof *option_rows; i++) {
        if ((used & (1U << i)) != 0 && options->command != COMMAND_NONE &&
            (option_rows[i].commands & (unsigned)options->command) == 0) {
            ok = error_set(err, ERROR_USAGE, "this command does not take --%s; see its --help",
                option_rows[i].name);
        }
    }
    return ok;
}

/* What is removed is named: all tenants at once would be too much by mistake. */
static bool options_check_forget(const struct options *options, struct error *err)
{
    bool ok = options->tenant_count > 0 ||
              error_set(err, ERROR_USAGE, "forget: which tenant? name it by --tenant");

    if (ok && options->device != NULL && options->tenant_count > 1) {
        ok = error_set(err, ERROR_USAGE, "forget: --device is of one --tenant");
    } else if (ok && options->device != NULL && *options->device == '\0') {
        ok = error_set(err, ERROR_USAGE, "forget: --device is empty");
    }
    return ok;
}

/* The option is of every command, and would be silently without effect in these. */
static const struct {
    enum options_command command;
    const char *text;
} options_without_entity[] = {
    {COMMAND_FORGET, "forget: --entity is not for it: a tenant goes with all that is known of it"},
    {COMMAND_MIGRATE,
        "migrate: --entity is not for it: the schema has one version, and is made as a whole"},
    {COMMAND_REPORT, "report: --entity is not for it: a report is of all entities"},
};

static bool options_check_entities(const struct options *options, struct error *err)
{
    size_t count = sizeof options_without_entity / sizeof *options_without_entity;
    bool ok = true;

    for (size_t i = 0; i < count && options->entity_count > 0; i++) {
        if (options_without_entity[i].command == options->command) {
            ok = error_set(err, ERROR_USAGE, "%s", options_without_entity[i].text);
        }
    }
    for (size_t i = 0; ok && options->command == COMMAND_EXPORT && i < options->entity_count; i++) {
        const char *name = options->entities[i];

        if (options->operand == NULL) {
            ok = error_set(err, ERROR_USAGE,
                "export: its entity is the word behind it: `uemsync export %s`", name);
        } else if (strcmp(name, options->operand) != 0) {
            ok = error_set(err, ERROR_USAGE,
                "export: --entity %s: its entity is the word behind it, here `%s`, and one alone",
                name, options->operand);
        }
    }
    return ok;
}

bool options_parse(struct options *options, int argc, char **argv, struct error *err)
{
    unsigned used = 0;
    bool ok = true;

    *options = (struct options){.command = COMMAND_NONE};
    for (int at = 1; ok && at < argc; at++) {
        if (argv[at][0] == '-' && argv[at][1] != '\0') {
            ok = options_take(options, &at, argc, argv, &used, err);
        } else if (options->command == COMMAND_NONE) {
            ok = options_set_command(options, argv[at], err);
        } else if (options->command == COMMAND_EXPORT && options->operand == NULL) {
            options->operand = argv[at];
        } else {
            ok = error_set(err, ERROR_USAGE, "one word too many: `%s`", argv[at]);
        }
    }
    ok = ok && options_check_used(options, used, err);
    if (ok && options->quiet && options->verbose) {
        ok = error_set(err, ERROR_USAGE, "--quiet and --verbose exclude each other");
    }
    if (ok && options->command == COMMAND_FORGET && !options->help) {
        ok = options_check_forget(options, err);
    }
    if (ok && !options->help) {
        ok = options_check_entities(options, err);
    }
    if (ok && options->command == COMMAND_NONE && !options->help && !options->version) {
        ok = error_set(err, ERROR_USAGE, "which command? see `uemsync --help`");
    }
    return ok;
}
