#include "cli/progress_line.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/shared.h"
#include "base/timestamp.h"
#include "sync/report.h"

enum { PROGRESS_INTERVAL_MS = 100, PROGRESS_TEXT_CEILING = 4096 };

struct progress_line_entity {
    const char *name; /* NULL: the place is free; borrowed */
    int64_t done;
    int64_t total; /* -1: not known */
};

/* Written by the tenant's process alone. Entities stand in the order of their first sign. */
struct progress_line_tenant {
    const char *name;
    struct progress_line_entity entities[SYNC_MOST_ENTITIES];
};

struct progress_line {
    struct progress progress;
    size_t size; /* of this memory */
    bool open;   /* there is something to wipe */
    int64_t shown;
    size_t count;
    struct progress_line_tenant tenants[];
};

/* The entity's place, or a free one, which becomes its; NULL when there is none. */
static struct progress_line_entity *progress_line_find(
    struct progress_line_entity *entities, const char *name)
{
    struct progress_line_entity *found = NULL;

    for (size_t i = 0; found == NULL && i < SYNC_MOST_ENTITIES; i++) {
        if (entities[i].name == NULL || strcmp(entities[i].name, name) == 0) {
            found = &entities[i];
        }
    }
    if (found != NULL && found->name == NULL) {
        found->name = name;
    }
    return found;
}

static void progress_line_add(
    struct progress_line_entity *sums, const struct progress_line_entity *entity)
{
    struct progress_line_entity *sum = progress_line_find(sums, entity->name);

    if (sum != NULL) {
        sum->done += entity->done;
        sum->total += entity->total > entity->done ? entity->total : entity->done;
    }
}

/* Whether each tenant that has the entity knows how many there are. */
static bool progress_line_knows_total(const struct progress_line *line, const char *entity)
{
    bool knows = true;

    for (size_t i = 0; i < line->count; i++) {
        for (size_t j = 0; j < SYNC_MOST_ENTITIES; j++) {
            const struct progress_line_entity *each = &line->tenants[i].entities[j];

            knows =
                knows && (each->name == NULL || strcmp(each->name, entity) != 0 || each->total > 0);
        }
    }
    return knows;
}

/* One write: the log's lines of other processes come before or after it. */
static void progress_line_write(struct progress_line *line)
{
    struct progress_line_entity sums[SYNC_MOST_ENTITIES] = {{0}};
    struct buffer text;

    for (size_t i = 0; i < line->count; i++) {
        for (size_t j = 0; j < SYNC_MOST_ENTITIES && line->tenants[i].entities[j].name != NULL;
             j++) {
            progress_line_add(sums, &line->tenants[i].entities[j]);
        }
    }
    buffer_init(&text, PROGRESS_TEXT_CEILING);
    if (line->count == 1) {
        buffer_printf(&text, "\r\033[K%s:", line->tenants[0].name);
    } else {
        buffer_printf(&text, "\r\033[K%zu tenants:", line->count);
    }
    for (size_t i = 0; i < SYNC_MOST_ENTITIES && sums[i].name != NULL; i++) {
        buffer_printf(&text, "%s %s %" PRId64, i > 0 ? "," : "", sums[i].name, sums[i].done);
        if (progress_line_knows_total(line, sums[i].name)) {
            buffer_printf(&text, "/%" PRId64, sums[i].total);
        }
    }
    if (sums[0].name != NULL && buffer_ok(&text)) {
        line->open = true;
        (void)fwrite(buffer_text(&text), 1, text.size, stderr);
        (void)fflush(stderr);
    }
    buffer_release(&text);
}

static void progress_line_tick(void *context)
{
    struct progress_line *line = context;
    int64_t now = timestamp_monotonic();

    if (now - line->shown >= PROGRESS_INTERVAL_MS) {
        line->shown = now;
        progress_line_write(line);
    }
}

static void progress_line_show(
    void *context, const char *tenant, const char *entity, int64_t done, int64_t total)
{
    struct progress_line *line = context;
    struct progress_line_entity *found = NULL;

    for (size_t i = 0; i < line->count; i++) {
        if (line->tenants[i].name == tenant) {
            found = progress_line_find(line->tenants[i].entities, entity);
        }
    }
    if (found != NULL) {
        found->done = done;
        found->total = total;
    }
    if (line->count == 1) {
        progress_line_tick(line);
    }
}

struct progress_line *progress_line_new(const struct sync_tenant *tenants, size_t count)
{
    struct error err = {0};
    size_t size = sizeof(struct progress_line) + count * sizeof(struct progress_line_tenant);
    struct progress_line *line = shared_new(size, &err);

    if (line != NULL) {
        line->progress = (struct progress){
            .show = progress_line_show, .tick = progress_line_tick, .context = line};
        line->size = size;
        for (size_t i = 0; i < count; i++) {
            if (tenants[i].is_wanted) {
                line->tenants[line->count++].name = tenants[i].name;
            }
        }
    }
    return line;
}

void progress_line_free(struct progress_line *line)
{
    if (line != NULL) {
        shared_free(line, line->size);
    }
}

const struct progress *progress_line_progress(const struct progress_line *line)
{
    return line != NULL ? &line->progress : NULL;
}

bool *progress_line_open(struct progress_line *line)
{
    return line != NULL ? &line->open : NULL;
}

void progress_line_end(struct progress_line *line)
{
    if (line != NULL && line->open) {
        (void)fputs("\r\033[K", stderr);
        (void)fflush(stderr);
        line->open = false;
    }
}
