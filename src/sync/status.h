/* How a tenant stands in the destination: its last runs, and how fresh each entity of it is. Reads
 * what runs say of themselves and nothing else: no server, no secret, no lock. */
#ifndef UEMSYNC_SYNC_STATUS_H
#define UEMSYNC_SYNC_STATUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/log.h"
#include "load/settings.h"
#include "sync/catalogue.h"
#include "sync/report.h"
#include "sync/settings.h"

enum { STATUS_MOST_RUNS = 3, STATUS_WORD_SIZE = 16 };

#define STATUS_NEVER INT64_MIN

struct status_run {
    char run_id[SYNC_RUN_ID_SIZE];
    int64_t started_at;             /* ms */
    int64_t finished_at;            /* STATUS_NEVER: it has no end */
    char outcome[STATUS_WORD_SIZE]; /* as in sync_run */
    char message[SYNC_MESSAGE_SIZE];
};

/* An entity is as old as the start of the latest run that loaded it: one that ended `complete` or
 * `partial`, and whose listing of it was proven. Where it was not proven:
 * - Something was loaded all the same, rows of devices that answered or of what was listed: it
 *   counts.
 * - Something was listed and nothing loaded, as the listing was in doubt: it does not.
 * - Nothing came: it counts when the run's message says nothing of the entity, as a server that has
 *   none of a kind answers an empty list, which proves nothing; else it was given up. */
struct status_entity {
    const char *entity;
    int64_t loaded_at;             /* ms; STATUS_NEVER */
    char run_id[SYNC_RUN_ID_SIZE]; /* that run; "" */
    int64_t rows;                  /* that are published; -1: they were not counted */
    /* Not by this server, as far as runs know, and it was never loaded: that it is missing is no
     * fault. One that is asked for by its name counts as offered. */
    bool is_offered;
};

struct status {
    struct status_run runs[STATUS_MOST_RUNS]; /* the latest is the first */
    size_t run_count;
    struct status_entity entities[SYNC_MOST_ENTITIES];
    size_t entity_count;
};

/* Borrowed. */
struct status_settings {
    const struct load_settings *destination;
    const struct catalogue *catalogue;
    const struct log *log;
    const char *const *entities; /* the command line's; none: those that runs of the tenant fetch */
    size_t entity_count;
    bool counts_rows;
};

/* Where nothing was ever loaded there are no runs. ERROR_DESTINATION when it cannot be read; then
 * the entities are there, as in status_list. */
bool status_read(const struct status_settings *settings, const struct sync_tenant *tenant,
    struct status *status, struct error *err);

/* The entities alone, as if nothing were known of them: the destination is not asked. */
void status_list(const struct status_settings *settings, const struct sync_tenant *tenant,
    struct status *status);

/* Whether the entity is older than that, or was never loaded though it is offered. */
bool status_is_too_old(const struct status_entity *entity, int64_t now, int64_t max_age_ms);

#endif
