/* Files of the source tree that the program carries with it: made at build time, byte for byte. */
#ifndef UEMSYNC_BASE_EMBEDDED_H
#define UEMSYNC_BASE_EMBEDDED_H

#include <stddef.h>

struct embedded_file {
    const char *name; /* relative to its folder, such as "postgres/lock.sql"; NULL ends a table */
    const char *text; /* size bytes and a NUL */
    size_t size;
};

extern const struct embedded_file sql_files[];
extern const struct embedded_file mapping_files[];
extern const struct embedded_file limit_files[];
extern const struct embedded_file style_files[];

/* The file of that name, or NULL. */
const struct embedded_file *embedded_find(const struct embedded_file *table, const char *name);

#endif
