/* The identifiers that a run has seen: all that memory keeps of each are eight bytes, and the slack
 * of an open table. They are the beginning of a SHA-256 over a key of chance and the identifier: a
 * server cannot make two collide, as it does not know the key, and two of two million do by
 * themselves once in ten million runs. */
#ifndef UEMSYNC_SYNC_ID_SET_H
#define UEMSYNC_SYNC_ID_SET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"

struct id_set;

bool id_set_new(struct id_set **set, struct error *err);
void id_set_free(struct id_set *set);

/* Empties it, and keeps its memory. */
void id_set_clear(struct id_set *set);

/* Adds `id`; *is_new says whether it was not there before. ERROR_SERVER beyond CEILING_DEVICES. */
bool id_set_add(struct id_set *set, struct str id, bool *is_new, struct error *err);

/* Whether it was added. */
bool id_set_has(const struct id_set *set, struct str id, bool *has, struct error *err);

#endif
