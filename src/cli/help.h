/* The help, made from the tables of cli/options.h. */
#ifndef UEMSYNC_CLI_HELP_H
#define UEMSYNC_CLI_HELP_H

#include "base/buffer.h"
#include "cli/options.h"

/* That of the program with COMMAND_NONE, else that of the command. */
void help_write(struct buffer *out, enum options_command command);

#endif
