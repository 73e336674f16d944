/* Turns the records of one tenant's entity into rows, one at a time, by a compiled mapping. Pure:
 * no I/O, no clock. */
#ifndef UEMSYNC_MAPPING_MAPPER_H
#define UEMSYNC_MAPPING_MAPPER_H

#include <stdbool.h>

#include "base/error.h"
#include "decode/record.h"
#include "mapping/mapping.h"
#include "mapping/privacy.h"
#include "mapping/row.h"

struct mapper;
struct zone;

/* Whose records they are. Strings are borrowed for the life of the mapper. */
struct mapper_options {
    const char *tenant;
    enum mapping_kind kind; /* of the server */
    enum mapping_voice voice;
    const struct zone *zone; /* of times that carry none; borrowed; NULL: UTC */
    /* A property that is passed over as though it were absent, in any case of its letters: it is in
     * no column and not in `extra`. NULL: none. For what a tenant does not want to be kept, such as
     * the `content` of profiles. A mapping names others (mapping.dropped). */
    const char *dropped;
    /* Columns that the destination does not have yet, one for each of the relation's: such a one is
     * not filled and takes nothing, so that the value stays where it was. Copied; NULL: none. */
    const bool *lacking;
    /* What becomes of personal values. NULL: they stay. */
    const struct privacy_settings *privacy;
    /* Where devices are is wanted: without this, coordinates in v1's records are dropped. */
    bool keeps_coordinates;
};

/* `mapping` is borrowed. *mapper is the caller's. ERROR_CONFIG where the mapping knows nothing of
 * the voice. The rows' relation is the mapping's, whoever speaks. */
bool mapper_new(struct mapper **mapper, const struct mapping *mapping,
    const struct mapper_options *options, struct error *err);
void mapper_free(struct mapper *mapper);

/* Whose inventory the next records are: the value of columns with the rule `owner`. Borrowed until
 * it is replaced. Without one these columns are NULL, and the records are unusable. */
void mapper_set_owner(struct mapper *mapper, struct str device_id);

/* Names a loose custom attribute: a property of that name goes to custom_attributes, unless a
 * column is read from it. The name is copied; a name said twice counts once. (The servers'
 * `$metadata` names them as not read-only; CPS API guide, "Get device attributes metadata".) */
bool mapper_add_custom_attribute(struct mapper *mapper, const char *name, struct error *err);

/* Fills *row, valid until the next call. ERROR_RECORD when the record is unusable (no object, no
 * key or a masked one, a row too large): it costs that record alone. The record loses its personal
 * values, whatever comes of it: what is left may be written, and is valid until the next call. */
bool mapper_apply(struct mapper *mapper, const cJSON *record, struct row *row, struct error *err);

/* What mapper_apply does with the personal values of a record that makes no row. */
bool mapper_protect(struct mapper *mapper, const cJSON *record, struct error *err);

/* By which the server knows the device of the last row beside its GUID; empty without one. It may
 * be personal, so it is for calls alone, and never to be written. Valid as the row is. */
struct str mapper_identifier(const struct mapper *mapper);

/* What that device's device_id was or would be without a GUID; empty where there is none. Valid as
 * the row is. */
bool mapper_alias(struct mapper *mapper, struct str *alias, struct error *err);

#endif
