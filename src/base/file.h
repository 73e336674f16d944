/* Whole small files. */
#ifndef UEMSYNC_BASE_FILE_H
#define UEMSYNC_BASE_FILE_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/str.h"

/* Appends the file's bytes to `bytes`, whose ceiling bounds them. ERROR_CONFIG with the path and
 * the reason when it cannot be read, or is larger. */
bool file_read(const char *path, struct buffer *bytes, struct error *err);

/* The path as it stands from the root on, for people to read: a relative one behind the working
 * directory, without `.` as a part. As it is where that directory is not to be known. The caller's
 * to free; NULL without memory. */
char *file_absolute(const char *path);

/* *there: something is at the path. ERROR_CONFIG when it is no plain file, such as a pipe. */
bool file_is_there(const char *path, bool *there, struct error *err);

/* Puts a file of these bytes and this mode at the path by a rename, so that nobody sees half of it;
 * it is not synced. What is there is replaced when it is a plain file, and stays after an error:
 * ERROR_CONFIG. */
bool file_replace(const char *path, struct str bytes, mode_t mode, struct error *err);

#endif
