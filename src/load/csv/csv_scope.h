/* Whose rows are replaced: the scopes of load_list and load_replace, as they are met in a merge.
 *
 * A scope is staged as a mark among the rows: the part of the owner's column in a key (csv_text.h)
 * without the 0 at its end, so that it is no row's key and, where the owner is the first column of
 * the keys, stands right ahead of the owner's rows. One scope is held at a time then. Where the
 * owner is a column further behind, its rows are everywhere, and all marks come ahead of all rows:
 * they are held in memory, in their order (CEILING_OWNERS). */
#ifndef UEMSYNC_LOAD_CSV_CSV_SCOPE_H
#define UEMSYNC_LOAD_CSV_CSV_SCOPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "mapping/relation.h"

struct csv_scope {
    size_t owner;        /* the place of the owner's column */
    bool all;            /* all owners: the whole relation is replaced */
    bool marked;         /* a mark was met */
    struct buffer names; /* of the one at hand; or of all, each behind its mark's ordinal */
    uint64_t ordinal;    /* of the mark at hand */
    uint32_t *begins;    /* where each owner begins in `names`; owned */
    size_t count;
    size_t capacity;
    size_t at; /* the owner that was looked for last: the next one is mostly near */
};

/* The place of the column that says whose a row is: of the rows with a key the first one behind the
 * tenant, of a set relation->owner. 0: the tenant's own. */
size_t csv_scope_owner(const struct relation *relation);

/* Are a relation's marks ahead of all its rows? */
bool csv_scope_is_apart(const struct relation *relation);

/* Is this the key of a mark, and not of a row? */
bool csv_scope_is_mark(const struct relation *relation, struct str key);

void csv_scope_init(struct csv_scope *scope, const struct relation *relation, bool all);
void csv_scope_release(struct csv_scope *scope);

/* Takes a mark, in the order of the keys. */
bool csv_scope_add(struct csv_scope *scope, struct str mark, uint64_t ordinal, struct error *err);

/* Is the owner's scope replaced by a mark? `key` may end behind the owner's column. */
bool csv_scope_find(struct csv_scope *scope, struct str key, uint64_t *ordinal);

/* May rows from this key on be in a scope, when no mark is to come? */
bool csv_scope_goes_on(struct csv_scope *scope, struct str key);

#endif
