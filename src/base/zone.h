/* A named time zone of the system's database (RFC 8536), such as "Europe/Berlin": to read local
 * times of a server whose zone is known. C's library knows named zones only by $TZ, which is one
 * for the whole program. */
#ifndef UEMSYNC_BASE_ZONE_H
#define UEMSYNC_BASE_ZONE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"

struct zone;

/* Reads the zone's file in $TZDIR, or /usr/share/zoneinfo; "UTC" needs none. ERROR_CONFIG for a
 * name that is none, a zone that is not there, and a file that cannot be used. */
bool zone_new(struct zone **zone, const char *name, struct error *err);

/* As zone_new, from the bytes of a file; `name` is for errors. */
bool zone_read(struct zone **zone, const char *name, struct str bytes, struct error *err);

void zone_free(struct zone *zone);

/* The time at which clocks in the zone show `local_ms` (milliseconds since 1970-01-01T00:00 there).
 * A time that clocks skip counts with the offset before the change; of one that they show twice,
 * the first counts. Any time that timestamp.h takes may be asked for. */
int64_t zone_to_utc(const struct zone *zone, int64_t local_ms);

#endif
