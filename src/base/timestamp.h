/* Points in time: milliseconds since 1970-01-01T00:00:00Z, as the servers and PostgreSQL mean
 * them; and a monotonic clock for durations. */
#ifndef UEMSYNC_BASE_TIMESTAMP_H
#define UEMSYNC_BASE_TIMESTAMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct zone;

enum { TIMESTAMP_TEXT_SIZE = 32 };

/* 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.999Z: what is outside is no time. */
#define TIMESTAMP_MIN INT64_C(-62135596800000)
#define TIMESTAMP_MAX INT64_C(253402300799999)

/* "2020-02-27T09:36:11.062Z". Returns the length. `ms` is within the bounds above. */
size_t timestamp_format(int64_t ms, char text[TIMESTAMP_TEXT_SIZE]);

/* "20200227T093611Z", which sorts as the times do and may stand in a file's name. */
void timestamp_format_compact(int64_t ms, char text[TIMESTAMP_TEXT_SIZE]);

/* ISO 8601: date, 'T' or blank, time with or without seconds and fraction, and 'Z' or an
 * offset. A time without zone is UTC. False for anything else, and for impossible dates. */
bool timestamp_parse_iso(struct str text, int64_t *ms);

/* Every format that the guides have but a bare number, which means seconds or milliseconds as its
 * place says. Blanks around it do not count. `zone` is that of a time that says none; NULL is UTC.
 * False for anything else, and for impossible dates and times.
 * - timestamp_parse_iso's (v1 guide, "Date Formats"; alerts, lastConnectedAt)
 * - "Jan 1 2010", "January 1, 2010", "January 1, 2010, 00:00:00" (v1, "Date Formats")
 * - "03-12-2010 13:23:12", which is March 12 (v1, "Date Formats")
 * - "7/6/2010 11:29:33 AM", month first too (v1, details of an ActiveSync device)
 * - "Apr 8 2011 12:02:24" (v1, Client_build_date), also with two blanks before the day
 * - "20140407185418.0Z" (CPS guide, LDAP attributes)
 * Those with a clock may end in AM or PM, and in Z, UTC, GMT or an offset. */
bool timestamp_parse(struct str text, const struct zone *zone, int64_t *ms);

/* Now, by the wall clock. */
int64_t timestamp_now(void);

/* Milliseconds of a clock that never jumps; only differences mean something. */
int64_t timestamp_monotonic(void);

/* Days since 1970-01-01 of a Gregorian date; month 1 to 12. */
int64_t timestamp_days(int64_t year, int month, int day);

#endif
