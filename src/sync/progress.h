/* How far a run is, for whoever watches. */
#ifndef UEMSYNC_SYNC_PROGRESS_H
#define UEMSYNC_SYNC_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How far an entity is. */
struct progress_step {
    int64_t done;  /* records; of what is fetched for devices, the devices that are seen to */
    int64_t total; /* of these, about; -1: not known */
    int64_t calls; /* that are still to be made, about; -1: not known */
    size_t class;  /* of the tenant's limiter, to which they count */
};

enum progress_end { PROGRESS_DONE, PROGRESS_NOT_OFFERED, PROGRESS_GIVEN_UP };

/* Names are those of tenants, entities and relations, and live as long as the program's tables.
 * Functions that are NULL are not called. */
struct progress {
    void (*show)(
        void *context, const char *tenant, const char *entity, const struct progress_step *step);
    void (*end)(void *context, const char *tenant, const char *entity, enum progress_end end);
    /* What the run as a whole is at, in a static word or two, NULL when its entities tell; or how
     * it ended. */
    void (*say)(void *context, const char *tenant, const char *word, bool is_over);
    /* Publishing, which was said, is at this relation. */
    void (*at)(void *context, const char *tenant, const char *relation);
    /* Ten times a second and more, by the process that may draw: the run's own, or the one that
     * waits for those of several. Not while the disk is waited for. */
    void (*tick)(void *context);
    void *context;
};

/* Each calls the function of its name, if there is one. `progress` may be NULL. */
void progress_show(const struct progress *progress, const char *tenant, const char *entity,
    const struct progress_step *step);
void progress_end(
    const struct progress *progress, const char *tenant, const char *entity, enum progress_end end);
void progress_say(
    const struct progress *progress, const char *tenant, const char *word, bool is_over);
void progress_at(const struct progress *progress, const char *tenant, const char *relation);
void progress_tick(const struct progress *progress);

#endif
