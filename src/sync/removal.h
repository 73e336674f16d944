/* Which published devices are gone: those that a proven listing lacks and a look-up lacks too
 * (promise 2), within the guard (promise 8). */
#ifndef UEMSYNC_SYNC_REMOVAL_H
#define UEMSYNC_SYNC_REMOVAL_H

#include <stdbool.h>

#include "mapping/mapper.h"
#include "sync/fetch.h"
#include "sync/id_set.h"
#include "sync/report.h"

/* All borrowed. */
struct removal_input {
    const struct fetch *fetch;
    const struct mapping *mapping;
    struct mapper *mapper;
    /* Of v1, where that has spoken: a device is looked up there too before it goes, one at a time,
     * as CPS knows the default device space alone; NULL: not. With fetch->cps_off there alone. */
    struct mapper *v1_mapper;
    int64_t v1_count; /* devices that v1 has told of, where it has spoken */
    /* Of a Core: v1, or CPS, is not offered, or tells of no device. What it alone has told before
     * is kept, as nobody can say now that it is gone; and what it has told of others would go from
     * their rows, which is a matter for the guard. */
    bool is_v1_silent;
    bool is_cps_silent;
    /* For removal_new alone: every device_id that was listed, and "mdm:" and the identifier of
     * every device listed. */
    const struct id_set *seen;
    const struct id_set *identifiers;
    /* Likewise: those of `seen` that v1 gave a GUID, which is in `seen` too; NULL: none. */
    const struct id_set *renamed;
    /* Of the listing. One that is not proves no device gone, and yet that one is listed under
     * another key than before. */
    bool is_proven;
    /* It is empty. Whatever the server counts, that is too much at once for the guard, where it is
     * asked for no more than ten; an unproven one removes nothing in any case. */
    bool is_empty;
};

struct removal;

/* Finds what the listing lacks. ERROR_GUARD, before any look-up, when that is too much. `input` is
 * copied. *removal is the caller's. */
bool removal_new(struct removal **removal, const struct removal_input *input,
    struct sync_entity_report *report, struct error *err);
void removal_free(struct removal *removal);

/* Stages the removal of devices that are gone with all their inventory, and the rows of those that
 * the listing lacked and the look-up found. A look-up that fails keeps its devices and counts them
 * in report->kept. */
bool removal_look_up(struct removal *removal, struct error *err);

/* Stages that nothing of the device's inventory stays, in whatever relation. `device` is the
 * relation of devices, of which nothing is staged. */
bool removal_stage_inventory(
    const struct fetch *fetch, const struct relation *device, struct str id, struct error *err);

/* The guard: whether `missing` of `published` devices may go. More than ten and more than the
 * share `most` (0 to 1) of them may not. */
bool removal_is_allowed(int64_t missing, int64_t published, double most);

#endif
