/* What the user types: one table of options and one of commands, from which the parser and the
 * help come. */
#ifndef UEMSYNC_CLI_OPTIONS_H
#define UEMSYNC_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum { OPTIONS_MOST_NAMES = 64, OPTIONS_MOST_EXAMPLES = 4 };

enum options_command {
    COMMAND_NONE,
    COMMAND_CHECK = 1 << 0,
    COMMAND_SYNC = 1 << 1,
    COMMAND_SCHEMA = 1 << 2,
    COMMAND_MIGRATE = 1 << 3,
    COMMAND_PLAN = 1 << 4,
    COMMAND_EXPORT = 1 << 5,
    COMMAND_FORGET = 1 << 6,
    COMMAND_STATUS = 1 << 7,
    COMMAND_REPORT = 1 << 8,
    COMMAND_ALL = (1 << 9) - 1,
};

/* Strings are borrowed from the arguments, which are cut at the commas of --tenant and --entity. */
struct options {
    enum options_command command;
    const char *operand; /* the word behind the command: the entity of `export` */
    const char *config;
    const char *columns;
    const char *status;
    const char *output;
    const char *device;
    const char *metrics_file;
    int64_t max_age_ms; /* 0: not given */
    const char *tenants[OPTIONS_MOST_NAMES];
    size_t tenant_count;
    const char *entities[OPTIONS_MOST_NAMES];
    size_t entity_count;
    bool quiet;
    bool verbose;
    bool help;
    bool version;
    bool json;
    bool full;
    bool dry_run;
    bool allow_removal;
    int log_format; /* index in "text", "json" */
    int progress;   /* index in "auto", "always", "never" */
    int format;     /* index in "sql", "json", "markdown" */
};

enum options_type {
    OPTION_FLAG,   /* bool */
    OPTION_STRING, /* const char * */
    OPTION_NAMES,  /* a list of names and, behind it, its count */
    OPTION_WORD,   /* int: index in `words` */
    OPTION_AGE,    /* int64_t: ms, above 0 */
};

struct option_row {
    char letter; /* or '\0' */
    const char *name;
    const char *argument; /* for the help; NULL for a flag */
    const char *about;
    enum options_type type;
    size_t offset;            /* in struct options */
    const char *const *words; /* NULL-terminated: all there are, of OPTION_WORD; of another type
                                 those that are offered, or NULL */
    unsigned commands;        /* which of them take it */
};

/* A command line, and what it is for. */
struct command_example {
    const char *line;
    const char *about;
};

struct command_row {
    enum options_command command;
    const char *name;
    const char *operand; /* what it takes behind its name, for the help; or NULL */
    const char *about;
    struct command_example examples[OPTIONS_MOST_EXAMPLES]; /* one at least; ended by a NULL line */
};

const struct option_row *options_rows(size_t *count);
const struct command_row *options_commands(size_t *count);

/* Reads the command line. ERROR_USAGE names what is wrong, with a suggestion where one is near. */
bool options_parse(struct options *options, int argc, char **argv, struct error *err);

#endif
