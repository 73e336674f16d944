/* The data dictionary: every relation and column, from the mapping files. */
#ifndef UEMSYNC_SYNC_DICTIONARY_H
#define UEMSYNC_SYNC_DICTIONARY_H

#include "base/buffer.h"
#include "load/load.h"

enum dictionary_format { DICTIONARY_SQL, DICTIONARY_JSON, DICTIONARY_MARKDOWN };

/* Writes it; `name` is the PostgreSQL schema's. */
void dictionary_write(struct buffer *out, const struct load_schema *schema, const char *name,
    enum dictionary_format format);

#endif
