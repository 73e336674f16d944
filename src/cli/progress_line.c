#include "cli/progress_line.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/timestamp.h"

enum { PROGRESS_INTERVAL_MS = 100 };

/* The entity's place; a new one joins. */
static struct progress_line_entity *progress_line_find(
    struct progress_line *line, const char *tenant, const char *entity)
{
    size_t place = 0;

    if (line->tenant != tenant) {
        line->tenant = tenant;
        line->count = 0;
    }
    while (place < line->count && strcmp(line->entities[place].name, entity) != 0) {
        place++;
    }
    if (place == line->count && place < SYNC_MOST_ENTITIES) {
        line->entities[line->count++].name = entity;
    }
    return place < SYNC_MOST_ENTITIES ? &line->entities[place] : NULL;
}

static void progress_line_write(const struct progress_line *line)
{
    (void)fprintf(stderr, "\r\033[K%s:", line->tenant);
    for (size_t i = 0; i < line->count; i++) {
        const struct progress_line_entity *entity = &line->entities[i];

        (void)fprintf(stderr, "%s %s %" PRId64, i > 0 ? "," : "", entity->name, entity->done);
        if (entity->total > 0) {
            (void)fprintf(stderr, "/%" PRId64, entity->total);
        }
    }
    (void)fflush(stderr);
}

static void progress_line_show(
    void *context, const char *tenant, const char *entity, int64_t done, int64_t total)
{
    struct progress_line *line = context;
    struct progress_line_entity *found = progress_line_find(line, tenant, entity);
    int64_t now = timestamp_monotonic();

    if (found != NULL) {
        found->done = done;
        found->total = total;
    }
    if (now - line->shown >= PROGRESS_INTERVAL_MS) {
        line->shown = now;
        *line->open = true;
        progress_line_write(line);
    }
}

struct progress progress_line_init(struct progress_line *line, bool *open)
{
    *line = (struct progress_line){.open = open};
    return (struct progress){progress_line_show, line};
}

void progress_line_end(struct progress_line *line)
{
    if (*line->open) {
        (void)fputs("\r\033[K", stderr);
        (void)fflush(stderr);
        *line->open = false;
    }
}
