/* What a command writes its result to (--output), be it a file or standard output: a file is whole,
 * or it is as it was before. */
#ifndef UEMSYNC_CLI_OUTPUT_FILE_H
#define UEMSYNC_CLI_OUTPUT_FILE_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

#include "base/error.h"
#include "cli/commands.h"

/* A plain file, or a new one, is written beside its place and renamed into it when it is whole.
 * What is none (a device, a pipe) is written to as it is. A link stays, and what it leads to is
 * replaced. */
struct output_file {
    const char *path; /* as given; NULL: standard output */
    char *target;     /* the place behind all links; NULL: written to as it is; owned */
    char made[CLI_PATH_SIZE];
    mode_t mode;
    FILE *out;
};

/* ERROR_DESTINATION where it cannot be written. To be closed, also after an error. */
bool output_open(struct output_file *file, const char *path, struct error *err);

/* Sets that it cannot be written, for the reason of errno: ERROR_DESTINATION, or ERROR_PIPE for
 * standard output that nobody reads any more. Returns false. */
bool output_fail(const struct output_file *file, struct error *err);

/* `whole`: it may take its place; else what was there is left. Closing one that was never opened
 * (all zero) does nothing. ERROR_DESTINATION where that cannot be done. */
bool output_close(struct output_file *file, bool whole, struct error *err);

#endif
