/* What shells complete, made from the tables of cli/options.h at build time. */
#ifndef UEMSYNC_CLI_COMPLETION_H
#define UEMSYNC_CLI_COMPLETION_H

#include "base/buffer.h"

/* For bash: to be sourced, or found under the program's name. Needs nothing beside bash 4. */
void completion_write_bash(struct buffer *out);

/* For zsh: _uemsync, to be found in $fpath. */
void completion_write_zsh(struct buffer *out);

#endif
