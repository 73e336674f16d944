/* The identifiers that a run has seen: all that memory keeps of a device (17 bytes and the slack of
 * an open table). Kept as the first half of their SHA-256, so that a server cannot make them
 * collide. */
#ifndef UEMSYNC_SYNC_ID_SET_H
#define UEMSYNC_SYNC_ID_SET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"

struct id_set;

enum id_state {
    ID_ADDED,  /* never seen before */
    ID_MARKED, /* seen, with another mark; it has this one now */
    ID_KNOWN,  /* seen with this mark */
};

bool id_set_new(struct id_set **set, struct error *err);
void id_set_free(struct id_set *set);

/* Adds `id` with a mark of 1 to 255 (the number of the walk), and tells how it stood before.
 * ERROR_SERVER beyond CEILING_DEVICES. */
bool id_set_add(
    struct id_set *set, struct str id, uint8_t mark, enum id_state *state, struct error *err);

/* Whether it was added, with whatever mark. */
bool id_set_has(const struct id_set *set, struct str id, bool *has, struct error *err);

#endif
