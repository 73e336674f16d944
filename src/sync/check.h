/* `uemsync check`: each thing that a run stands on, tried by itself. Writes nothing. */
#ifndef UEMSYNC_SYNC_CHECK_H
#define UEMSYNC_SYNC_CHECK_H

#include "base/error.h"
#include "base/log.h"
#include "load/settings.h"
#include "sync/catalogue.h"
#include "sync/limits.h"
#include "sync/settings.h"

enum check_outcome { CHECK_PASSED, CHECK_FAILED, CHECK_SKIPPED, CHECK_WARNED };

struct check_result {
    const char *tenant; /* NULL for what is not a tenant's */
    const char *test;   /* "credentials" */
    enum check_outcome outcome;
    enum error_kind kind; /* of a failure */
    const char *text;
};

typedef void check_fn(void *context, const struct check_result *result);

/* Tries the destination: one result. */
void check_destination(const struct load_settings *settings, const struct catalogue *catalogue,
    check_fn *each, void *context);

/* Tries client certificate, server and TLS, credentials, CPS role and API version of a tenant: a
 * result each. Makes three calls at most. Before them the tenant's place in the destination, of
 * which there is a result where it fails alone; `destination` is NULL when that has failed as a
 * whole. */
void check_tenant(const struct sync_tenant *tenant, const struct load_settings *destination,
    const struct limits *limits, const char *version, const struct log *log, check_fn *each,
    void *context);

/* When the tenant's client certificate ends, ms. False without one, and for one that cannot be
 * read. */
bool check_certificate_end(const struct sync_tenant *tenant, int64_t *not_after);

#endif
