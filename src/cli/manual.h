/* The manual page, uemsync(1), made from the tables of cli/options.h at build time. */
#ifndef UEMSYNC_CLI_MANUAL_H
#define UEMSYNC_CLI_MANUAL_H

#include "base/buffer.h"

/* An exit code, or several, and what it means: also what docs/commands.md says. */
struct manual_code {
    const char *codes;
    const char *means;
};

/* Ended by NULL codes. */
const struct manual_code *manual_codes(void);

/* As troff, with the macros of man(7). */
void manual_write(struct buffer *out, const char *version);

#endif
