/* What runs have noted of how far they are, in memory that their processes share, and the picture
 * that it makes of a moment. Each tenant's notes are written by its own process alone, but for the
 * pace of entities, which is the drawing one's. */
#ifndef UEMSYNC_CLI_BOARD_NOTES_H
#define UEMSYNC_CLI_BOARD_NOTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/board_picture.h"
#include "cli/pace.h"
#include "sync/limits.h"
#include "sync/progress.h"
#include "sync/report.h"
#include "sync/settings.h"

struct board_entity {
    const char *name; /* NULL: the place is free; borrowed */
    struct progress_step step;
    enum board_state state;
    struct pace pace;
};

/* Entities stand in the order of their first sign. */
struct board_tenant {
    const struct sync_tenant *tenant;
    const struct http_limiter *limiter; /* which tenants of a cluster share; or NULL */
    const char *word;
    const char *at; /* the relation that publishing is at; or NULL */
    int64_t said;   /* when the word was, by timestamp_monotonic; 0: none was, nor NULL */
    bool is_over;
    struct board_entity entities[SYNC_MOST_ENTITIES];
};

struct board_notes {
    const struct limits *limits;  /* borrowed */
    struct board_tenant *tenants; /* in the shared memory; borrowed */
    size_t count;
};

/* As the functions of struct progress. A tenant or an entity that has no place is passed over. */
void board_notes_show(struct board_notes *notes, const char *tenant, const char *entity,
    const struct progress_step *step);
void board_notes_end(
    struct board_notes *notes, const char *tenant, const char *entity, enum progress_end end);
void board_notes_say(
    struct board_notes *notes, const char *tenant, const char *word, bool is_over, int64_t now);
void board_notes_at(struct board_notes *notes, const char *tenant, const char *relation);

/* The picture of the tenant, whose entities' are in `entities` as long as it is used. Returns how
 * many entities there are. */
size_t board_notes_picture(struct board_notes *notes, struct board_tenant *tenant, int64_t now,
    struct board_picture_entity entities[SYNC_MOST_ENTITIES], struct board_picture_tenant *picture);

#endif
