/* The two voices of a Core: what CPS and what the v1 web services say of one device becomes one row
 * (the product's page, "one device, two voices"). Pure. */
#ifndef UEMSYNC_MAPPING_MERGE_H
#define UEMSYNC_MAPPING_MERGE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "mapping/mapping.h"
#include "mapping/row.h"

/* Fills *merged, a row of the mapping's relation, from a row of each voice. Columns of the key are
 * CPS's; of the others each goes by its `merge`, and a voice that says nothing (NULL) never wins.
 * A column with the rule `extra` has the members of both objects, and CPS's where both have one of
 * a name.
 *
 * The cells are in `arena`, and point into those of both rows. ERROR_RECORD where the row would be
 * larger than CEILING_CELLS, or the arena is full: it costs that record alone. */
bool merge_rows(const struct mapping *mapping, const struct row *cps, const struct row *v1,
    struct arena *arena, struct row *merged, struct error *err);

/* The members of two objects as one, in `arena`: those of `first` win. Both are texts as jsonb.h
 * writes them, and so is *both. False without memory, or where the arena is full. */
bool merge_objects(struct str first, struct str second, struct arena *arena, struct str *both);

/* The text of an object's member, as it is written between its quotes; empty where there is none,
 * or it is no text. `name` is as it is written, too. */
struct str merge_member_text(struct str object, const char *name);

#endif
