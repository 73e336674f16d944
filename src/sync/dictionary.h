/* The data dictionary: every relation and column, from the mapping files. */
#ifndef UEMSYNC_SYNC_DICTIONARY_H
#define UEMSYNC_SYNC_DICTIONARY_H

#include "base/buffer.h"
#include "load/load.h"
#include "sync/catalogue.h"

enum dictionary_format { DICTIONARY_SQL, DICTIONARY_JSON, DICTIONARY_MARKDOWN };

/* What an entity has: its relation, that of its states, and the views that show a part of it. A
 * view, or a relation that is no entity, has itself. `schema` is borrowed from here and from the
 * catalogue. */
struct dictionary_choice {
    const struct relation *relations[CATALOGUE_MOST];
    struct load_kept kept[CATALOGUE_MOST_KEPT];
    struct load_view views[CATALOGUE_MOST_VIEWS];
    struct load_schema schema;
};

/* Those of these names alone (`count` of them), in the order of the dictionary. */
void dictionary_choose(struct dictionary_choice *choice, const struct catalogue *catalogue,
    const char *const *entities, size_t count);

/* Writes it; `name` is the PostgreSQL schema's. */
void dictionary_write(struct buffer *out, const struct load_schema *schema, const char *name,
    enum dictionary_format format);

#endif
