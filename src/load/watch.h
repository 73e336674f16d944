/* Who is told how a load gets on while it writes, as that may take a minute: the one that loads, by
 * a call now and then from within the functions of load.h. */
#ifndef UEMSYNC_LOAD_WATCH_H
#define UEMSYNC_LOAD_WATCH_H

/* Functions that are NULL are not called. They must not take long, and not call the load. */
struct load_watch {
    /* Publishing is at this relation; the name lives as long as the schema. */
    void (*at)(void *context, const char *relation);
    /* Several times a second while PostgreSQL is waited for, or rows are written to files; not
     * while the disk is waited for (fsync), as nothing can be done then. */
    void (*tick)(void *context);
    void *context;
};

/* Each calls the function of its name, if there is one. `watch` may be NULL. */
void load_watch_at(const struct load_watch *watch, const char *relation);
void load_watch_tick(const struct load_watch *watch);

#endif
