/* A ZIP archive that a server sent, read from a download: the only user of libzip. Nothing that the
 * archive says of itself is trusted: bytes are counted as they are read and unpacked, against the
 * ceilings, and nothing is ever written under a name of it.
 *
 * Errors: ERROR_RECORD costs one entry alone (damaged, encrypted, packed in a way that is not
 * read, a symbolic link); ERROR_SERVER the archive (none at all, cut, a bomb, a broken ceiling). */
#ifndef UEMSYNC_DECODE_ARCHIVE_H
#define UEMSYNC_DECODE_ARCHIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"
#include "decode/download.h"

struct archive;

/* `download` is borrowed, and holds the whole archive. What is no archive is named as what it looks
 * like: an HTML page, JSON, nothing at all. */
bool archive_open(struct archive **archive, const struct download *download, struct error *err);
void archive_close(struct archive *archive);

/* Entries are numbered from 0. */
uint64_t archive_count(const struct archive *archive);

/* The entry's name as UTF-8, which lives as long as the archive; a NUL in it is a blank. NULL when
 * there is no memory for it. */
const char *archive_name(struct archive *archive, uint64_t index);

/* What the directory says that the entry takes unpacked: to tell people, and nothing else. */
uint64_t archive_size(struct archive *archive, uint64_t index);

/* Unpacks the entry: `bytes` are valid until the next one is, and its checksum was right. */
bool archive_read(struct archive *archive, uint64_t index, struct str *bytes, struct error *err);

#endif
