/* The commands: one file each. A command gets what cli.c has prepared and returns its exit code. */
#ifndef UEMSYNC_CLI_COMMANDS_H
#define UEMSYNC_CLI_COMMANDS_H

#include <stddef.h>

#include "base/buffer.h"
#include "base/log.h"
#include "cli/board.h"
#include "cli/options.h"
#include "cli/style.h"
#include "config/config.h"
#include "sync/catalogue.h"
#include "sync/limits.h"

enum { CLI_PATH_SIZE = 4096 };

struct cli {
    struct options options;
    struct config config; /* with the secrets of the tenants asked for */
    struct catalogue catalogue;
    char state_folder[CLI_PATH_SIZE];
    struct limits *limits; /* NULL for a command that calls no server */
    struct log log;
    struct style out; /* of standard output */
    struct style err; /* of standard error, where log and progress go */
};

int command_check(struct cli *cli);
int command_export(struct cli *cli);
int command_forget(struct cli *cli);
int command_plan(struct cli *cli);
int command_report(struct cli *cli);
int command_status(struct cli *cli);
int command_sync(struct cli *cli);
int command_schema(struct cli *cli);
int command_migrate(struct cli *cli);

/* The board for progress where there is to be one, as --progress says: by itself on a terminal
 * alone. `is_shared`: standard output brings something meanwhile, and may be the same terminal,
 * or lead there through a pipe. */
struct board *cli_open_board(const struct cli *cli, bool is_shared);

/* Whether the tenant is among those asked for; all are when none is named. */
bool cli_wants_tenant(const struct cli *cli, const char *name);

/* ERROR_USAGE for what is no entity of a server; `what` goes before its name. */
bool cli_check_entity(const struct cli *cli, const char *what, const char *name, struct error *err);

/* Of a signal: 129, 130 or 143 in place of a code that is not 0. `cut_short`: something was not
 * begun for it, which is no success. */
int cli_signal_code(int code, bool cut_short);

/* Says an error in the log, but for a broken pipe, and gives its exit code. */
int cli_fail(const struct cli *cli, const struct error *err);

/* The ceiling of what is told of all tenants: CEILING_TOLD for each, and for what is around them.
 */
size_t cli_told_ceiling(const struct cli *cli);

/* Prints to standard output: a result that cannot be written is a failure, and so is one that did
 * not fit into `text`, of which nothing is printed then. */
int cli_print(const struct cli *cli, const struct buffer *text);

#endif
