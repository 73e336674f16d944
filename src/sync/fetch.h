/* The fetching of one run: its entities are fetched side by side, each by a flow of calls of its
 * own, so that no class of the server's limits waits for another. One thread turns them all. */
#ifndef UEMSYNC_SYNC_FETCH_H
#define UEMSYNC_SYNC_FETCH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/log.h"
#include "load/load.h"
#include "mapping/mapper.h"
#include "sync/catalogue.h"
#include "sync/known.h"
#include "sync/memo.h"
#include "sync/progress.h"
#include "sync/rejects.h"
#include "sync/report.h"
#include "sync/roster.h"
#include "sync/server.h"
#include "sync/settings.h"

/* What is fetched is to outlive this process: how much of it does, in answers of devices. */
struct fetch_saving {
    int64_t resumed; /* that an earlier run left */
    int64_t saved;   /* of this run */
    int64_t unsaved; /* staged since the last time */
    int64_t at;      /* when that was, by timestamp_monotonic */
    bool is_dropped; /* nothing of it is for the next run */
};

/* What all flows of a run work with; all borrowed. */
struct fetch {
    struct server *server;
    struct load *load;
    const struct catalogue *catalogue;
    const struct sync_tenant *tenant;
    const struct load_run *run;
    const struct log *log;
    const struct progress *progress; /* or NULL */
    struct rejects *rejects;
    struct roster *roster;
    struct memo *memo;           /* of the records of all inventory */
    struct known *known;         /* of the entities in the order of the report */
    struct fetch_saving *saving; /* NULL until flows_fetch: it has one of its own then */
    const char *status;          /* devices of this status alone; NULL for all */
    const char *const *names;    /* entities of the command line; none: as configured */
    size_t name_count;
    bool full; /* nothing is taken from what earlier runs know */
    bool allow_removal;
    bool once; /* no second walk, as staged rows cannot be taken back; and no removals */

    int64_t began; /* by timestamp_monotonic */

    /* The devices' flow says how far it is. */
    bool devices_wanted;  /* devices are listed at all */
    int64_t device_count; /* what the server counts of them; -1: it has not yet */
    bool devices_listed;  /* all of them are in the roster */
    /* Of a Core: CPS is switched off, or not this user's, and v1 speaks alone. */
    bool cps_off;
};

/* One entity on its way: `step` is called again and again, and starts what calls it can. */
struct flow {
    bool (*step)(void *context, bool *is_done, struct error *err);
    void *context;
    struct sync_entity_report *report; /* its `seconds` are filled */
    bool is_done;
};

/* Turns all flows until they are done. The first call of the server goes alone, so that a wrong
 * password counts once. */
bool fetch_all(struct fetch *fetch, struct flow *flows, size_t count, struct error *err);

/* What was staged until now outlives this process. */
bool fetch_save(const struct fetch *fetch, struct error *err);

static inline bool fetch_is_watched(const struct fetch *fetch)
{
    return fetch->progress != NULL;
}

/* Tells who watches how far an entity is, whose calls are these; step.class is filled in. */
void fetch_show(const struct fetch *fetch, const struct sync_entity_report *report,
    enum uem_call_id call, struct progress_step step);

/* A mapper of the tenant's records, in one of its voices. `mapping` is borrowed. *mapper is the
 * caller's. */
bool fetch_new_mapper(const struct fetch *fetch, const struct mapping *mapping,
    enum mapping_voice voice, struct mapper **mapper, struct error *err);

/* The mapping of an entity, which is borrowed: ERROR_CONFIG when there is none. */
bool fetch_find_mapping(const struct fetch *fetch, const char *entity,
    const struct mapping **mapping, struct error *err);

/* Adds what a call came to. */
void fetch_count_calls(struct sync_entity_report *report, const struct server_result *result);

/* A call got no answer at all: does the server answer another one? A server that drops the
 * connection at one device's inventory looks as one that is gone. False only for what ends the run.
 */
bool fetch_is_there(const struct fetch *fetch, bool *is_there, struct error *err);

/* A call of an entity failed. Where that is the entity's own matter, it is given up, the report
 * says why (`not offered` for a call that the server does not know, unless the entity was asked for
 * by name), and the run goes on: true. Where nothing else would go better, false. */
bool fetch_give_up(const struct fetch *fetch, struct sync_entity_report *report,
    const struct server_result *result, struct error *err);

/* As fetch_give_up, of a call of Core's v1 web services: one that the user may not make (403) is
 * not offered, too. */
bool fetch_give_up_v1(const struct fetch *fetch, struct sync_entity_report *report,
    const struct server_result *result, struct error *err);

/* v1 knows passwords alone: without one, what it tells is not offered, and an error where it was
 * asked for by name. Whether that is so; the report and the log say it. */
bool fetch_lacks_v1(const struct fetch *fetch, struct sync_entity_report *report);

#endif
