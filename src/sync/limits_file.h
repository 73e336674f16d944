/* The file that holds a limiter as long as commands use it (http_limiter_new_in), and who they are:
 * locks on it say so, which go with the last process that has the file from this one. Each command
 * opens and leaves it by itself, as to who is first and who is last. */
#ifndef UEMSYNC_SYNC_LIMITS_FILE_H
#define UEMSYNC_SYNC_LIMITS_FILE_H

#include <stdbool.h>

#include "base/error.h"

struct limits_file {
    int file; /* -1: none */
};

/* Opens the file, made (0600) if missing, and waits for others that are about to. *is_first: nobody
 * else has it. To be followed by limits_file_opened, or limits_file_close. ERROR_PROCESS. */
bool limits_file_open(
    struct limits_file *file, const char *path, bool *is_first, struct error *err);

/* What is in the file is ready for others. ERROR_PROCESS. */
bool limits_file_opened(const struct limits_file *file, struct error *err);

/* Whether nobody else has the file; true where there is none. Nobody opens or leaves it from now on
 * until limits_file_close. Not for a child, which has the locks of its parent. */
bool limits_file_is_last(const struct limits_file *file);

/* A child's closing leaves the locks to its parent. */
void limits_file_close(struct limits_file *file);

#endif
