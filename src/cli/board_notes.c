#include "cli/board_notes.h"

#include <string.h>

static struct board_tenant *board_notes_tenant(struct board_notes *notes, const char *name)
{
    struct board_tenant *found = NULL;

    for (size_t i = 0; found == NULL && i < notes->count; i++) {
        if (notes->tenants[i].tenant->name == name ||
            strcmp(notes->tenants[i].tenant->name, name) == 0) {
            found = &notes->tenants[i];
        }
    }
    return found;
}

/* The entity's place, or a free one, which becomes its; NULL when there is none. */
static struct board_entity *board_notes_find(
    struct board_notes *notes, const char *tenant, const char *name)
{
    struct board_tenant *row = board_notes_tenant(notes, tenant);
    struct board_entity *found = NULL;

    for (size_t i = 0; row != NULL && found == NULL && i < SYNC_MOST_ENTITIES; i++) {
        struct board_entity *entity = &row->entities[i];

        if (entity->name == NULL || entity->name == name || strcmp(entity->name, name) == 0) {
            found = entity;
        }
    }
    if (found != NULL && found->name == NULL) {
        found->name = name;
    }
    return found;
}

/* A server may count what it likes, and a picture is reckoned with it. */
static int64_t board_notes_bound(int64_t number)
{
    return number < HTTP_LIMITER_MOST_CALLS ? number : HTTP_LIMITER_MOST_CALLS;
}

void board_notes_show(struct board_notes *notes, const char *tenant, const char *entity,
    const struct progress_step *step)
{
    struct board_entity *found = board_notes_find(notes, tenant, entity);

    if (found != NULL) {
        found->step = *step;
        found->step.done = board_notes_bound(step->done);
        found->step.total = board_notes_bound(step->total);
        found->step.calls = board_notes_bound(step->calls);
        found->state = BOARD_RUNNING;
    }
}

void board_notes_end(
    struct board_notes *notes, const char *tenant, const char *entity, enum progress_end end)
{
    static const enum board_state states[] = {[PROGRESS_DONE] = BOARD_DONE,
        [PROGRESS_NOT_OFFERED] = BOARD_NOT_OFFERED,
        [PROGRESS_GIVEN_UP] = BOARD_GIVEN_UP};
    struct board_entity *found = board_notes_find(notes, tenant, entity);

    if (found != NULL) {
        found->step.calls = 0;
        found->state = states[end];
    }
}

void board_notes_say(
    struct board_notes *notes, const char *tenant, const char *word, bool is_over, int64_t now)
{
    struct board_tenant *found = board_notes_tenant(notes, tenant);

    if (found != NULL) {
        found->word = word;
        found->at = NULL;
        found->said = now;
        found->is_over = is_over;
    }
}

void board_notes_at(struct board_notes *notes, const char *tenant, const char *relation)
{
    struct board_tenant *found = board_notes_tenant(notes, tenant);

    if (found != NULL) {
        found->at = relation;
    }
}

/* Calls of a class take turns: before the last one of this entity, as many of each other one's are
 * made, or all that it has. */
static int64_t board_notes_before(const struct board_notes *notes,
    const struct board_tenant *tenant, const struct board_entity *entity)
{
    int64_t sum = 0;

    for (size_t i = 0; i < notes->count; i++) {
        const struct board_tenant *other = &notes->tenants[i];

        for (size_t j = 0; other->limiter == tenant->limiter && j < SYNC_MOST_ENTITIES &&
                           other->entities[j].name != NULL;
             j++) {
            const struct progress_step *step = &other->entities[j].step;

            if (step->class == entity->step.class && step->calls > 0) {
                sum += step->calls < entity->step.calls ? step->calls : entity->step.calls;
            }
        }
    }
    return sum;
}

static void board_notes_entity(const struct board_notes *notes, const struct board_tenant *tenant,
    struct board_entity *entity, int64_t now, struct board_picture_entity *picture)
{
    const struct progress_step *step = &entity->step;
    const struct limits *limits = notes->limits;

    *picture = (struct board_picture_entity){.name = entity->name,
        .state = entity->state,
        .done = step->done,
        .total = step->total,
        .rate = -1,
        .left = -1,
        .to_go = -1};
    if (entity->state == BOARD_RUNNING) {
        int64_t more = step->total > step->done ? step->total - step->done : 0;

        picture->left = limits_left(limits, tenant->tenant, step->class, &picture->most);
        pace_note(&entity->pace, step->done, picture->left == 0, now);
        picture->rate = pace_rate(&entity->pace);
        if (step->total >= 0 && step->calls >= 0) {
            picture->to_go = pace_to_go(&entity->pace, more,
                limits_forecast(limits, tenant->tenant, step->class,
                    board_notes_before(notes, tenant, entity)));
        }
    }
}

size_t board_notes_picture(struct board_notes *notes, struct board_tenant *tenant, int64_t now,
    struct board_picture_entity entities[SYNC_MOST_ENTITIES], struct board_picture_tenant *picture)
{
    size_t count = 0;

    while (count < SYNC_MOST_ENTITIES && tenant->entities[count].name != NULL) {
        board_notes_entity(notes, tenant, &tenant->entities[count], now, &entities[count]);
        count++;
    }
    *picture = (struct board_picture_tenant){.name = tenant->tenant->name,
        .word = tenant->word,
        .at = tenant->at,
        .since = tenant->word != NULL && !tenant->is_over ? now - tenant->said : -1,
        .is_over = tenant->is_over,
        .entities = entities,
        .count = count};
    if (count == 0 && tenant->said == 0) {
        picture->word = "not begun yet";
    }
    return count;
}
