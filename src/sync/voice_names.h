/* By which other names v1's rows are known than by their GUID. A device of CPS that is told without
 * one (servers older than 2020 have no `deviceGuid`) finds its own row of v1 by them. A name is
 * what a column says of both, after normalisation and `privacy`, so that hashes compare as well.
 * The names, the strongest first:
 *
 *   identifier     against v1's UDID, which it is for an iOS device (CPS guide, "Device event"),
 * and against `device_id` of v1's details, "Unique identifier for the device" (v1 guide, "Android
 * Details Key-Value Descriptions") ios_udid, imei, serial_number, mac_address
 *
 * Memory keeps some 43 bytes a row: eight for each of four names, with room between them. */
#ifndef UEMSYNC_SYNC_VOICE_NAMES_H
#define UEMSYNC_SYNC_VOICE_NAMES_H

#include <stddef.h>

#include "base/error.h"
#include "mapping/row.h"
#include "sync/voices.h"

struct voice_names;

/* Reads all rows once. `relation`: of the rows, of `device`; borrowed, as the voices are, which are
 * not to grow any more. */
bool voice_names_new(struct voice_names **names, struct voices *voices,
    const struct relation *relation, struct error *err);
void voice_names_free(struct voice_names *names);

/* The place among the voices of the row that the CPS row of a device without a GUID means (its
 * device_id is "mdm:" and its identifier); voices_count: none. A name counts where one row alone
 * has it, of those that nobody found yet and that are RETIRED or WIPED just if the device is: a
 * retired and a newly enrolled record can share all their names. And it does not count where a
 * stronger one, that both have, differs. It is not noted as found. */
bool voice_names_find(
    struct voice_names *names, const struct row *cps, size_t *place, struct error *err);

#endif
