/* The limits of calls a minute: one limiter for each cluster, shared by all tenants of it in all
 * commands on this machine (of one `folder`), and carried from run to run in a small file, so that
 * no 60 seconds hold more than the limit however one run follows another, or goes beside it. */
#ifndef UEMSYNC_SYNC_LIMITS_H
#define UEMSYNC_SYNC_LIMITS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/log.h"
#include "http/limiter.h"
#include "sync/settings.h"

struct limits;

/* Makes the limiters of all tenants that are wanted. A cluster's tenants share one, with the
 * smallest of their shares; a Core, or a server without a cluster, has one of its own. `folder` is
 * where the files are (made, 0700, if missing), or NULL to keep none; one that cannot be read or
 * written costs a warning, as a run is not to fail for it. */
bool limits_open(struct limits **limits, const struct sync_tenant *tenants, size_t count,
    const char *folder, const struct log *log, struct error *err);

/* Writes the files anew, where no other command uses them still, and frees everything. NULL is
 * allowed. */
void limits_close(struct limits *limits);

/* In a child process, once: limits_close leaves the files to the parent. */
void limits_hand_to_child(struct limits *limits);

/* In the parent, once a child has ended: its calls have, too. */
void limits_child_ended(struct limits *limits);

/* The tenant's limiter; NULL when it has none (rate_share beyond 1, for a server on loopback). */
struct http_limiter *limits_find(const struct limits *limits, const struct sync_tenant *tenant);

/* For who watches a run: how many calls of the class the tenant's limiter allows now (-1: there is
 * no limit), and of how many a minute. The class is that of http/limiter.h. */
int64_t limits_left(
    const struct limits *limits, const struct sync_tenant *tenant, size_t class, int *most);

/* The ms that the limits make so many calls of the class take from now on, at least. */
int64_t limits_forecast(
    const struct limits *limits, const struct sync_tenant *tenant, size_t class, int64_t calls);

#endif
