/* Reading a whole small file. */
#ifndef UEMSYNC_BASE_FILE_H
#define UEMSYNC_BASE_FILE_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/error.h"

/* Appends the file's bytes to `bytes`, whose ceiling bounds them. ERROR_CONFIG with the path and
 * the reason when it cannot be read, or is larger. */
bool file_read(const char *path, struct buffer *bytes, struct error *err);

#endif
