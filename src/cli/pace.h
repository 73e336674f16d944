/* How fast an entity gets on, and how long it takes still: pure, the clock is an argument, in ms.
 *
 * Limits make calls come in bursts: what a rate says of the time to go is wrong within a burst, and
 * wrong in the wait behind it. So the time to go is the longer one of two: what the limits make the
 * calls take that are left (sync/limits.h), and what the work takes by itself, by the rate of the
 * time in which calls were allowed. */
#ifndef UEMSYNC_CLI_PACE_H
#define UEMSYNC_CLI_PACE_H

#include <stdbool.h>
#include <stdint.h>

/* Begins with zeros. */
struct pace {
    bool is_begun;
    int64_t at;         /* of the latest note */
    int64_t done;       /* then */
    int64_t first;      /* done with the first note */
    int64_t busy;       /* ms since in which calls were allowed */
    int64_t mark_at[2]; /* two notes of a minute and more ago, the older first: for the rate */
    int64_t mark_done[2];
};

/* So much is done now; `is_held`: the limit allowed no call since the note before. What is done may
 * become less, as a listing is begun anew: then so is the pace. */
void pace_note(struct pace *pace, int64_t done, bool is_held, int64_t now);

/* A second, over the last minute or two; -1: not known yet. */
double pace_rate(const struct pace *pace);

/* The ms to go for so many more; `limits`: what the limits make them take at least. -1: not known,
 * or `more` is not (-1). */
int64_t pace_to_go(const struct pace *pace, int64_t more, int64_t limits);

#endif
