#include "cli/board_layout.h"

#include <stdio.h>

#include "base/str.h"
#include "cli/style.h"

enum {
    BOARD_LEAST_BAR = 8,
    BOARD_MOST_BAR = 40,
    BOARD_LEAST_NAME = 8,
    BOARD_RATE_WIDTH = 7, /* of the columns that begin empty: lines do not jump about */
    BOARD_TO_GO_WIDTH = 5,
};

static const char *const board_layout_headings[BOARD_COLUMNS] = {
    "", "done", "", "rate", "calls left", "to go"};

/* Where there is no room for all, they go in this order; and then names are cut. */
static const enum board_column board_layout_least[] = {
    BOARD_RATE, BOARD_BAR, BOARD_LEFT, BOARD_PERCENT};

static void board_layout_count(const struct board_picture_entity *entity, char *text, size_t size)
{
    char done[STYLE_TEXT_SIZE];
    char total[STYLE_TEXT_SIZE];

    if (entity->state == BOARD_RUNNING && entity->total >= 0) {
        (void)snprintf(text, size, "%s/%s", style_number(entity->done, done),
            style_number(entity->total, total));
    } else {
        (void)snprintf(text, size, "%s", style_number(entity->done, done));
    }
}

double board_layout_share(const struct board_picture_entity *entity)
{
    return entity->total > 0 ? (double)entity->done / (double)entity->total : 0;
}

bool board_layout_is_active(const struct board_picture_entity *entity)
{
    return entity->state == BOARD_RUNNING && (entity->done > 0 || entity->to_go >= 0);
}

void board_layout_text(
    const struct board_picture_entity *entity, enum board_column column, char *text, size_t size)
{
    bool is_running = entity->state == BOARD_RUNNING;

    text[0] = '\0';
    if (column == BOARD_COUNT && entity->state == BOARD_NOT_OFFERED) {
        (void)snprintf(text, size, "not offered");
    } else if (column == BOARD_COUNT && entity->state == BOARD_GIVEN_UP) {
        (void)snprintf(text, size, "given up");
    } else if (column == BOARD_COUNT && (!is_running || entity->done > 0 || entity->total >= 0)) {
        board_layout_count(entity, text, size);
    } else if (column == BOARD_PERCENT && is_running && entity->total > 0 && entity->done > 0) {
        (void)snprintf(text, size, "%d %%", (int)(board_layout_share(entity) * 100));
    } else if (column == BOARD_RATE && is_running && entity->done > 0) {
        (void)style_rate(entity->rate, text);
    } else if (column == BOARD_LEFT && board_layout_is_active(entity) && entity->left >= 0) {
        (void)snprintf(text, size, "%d/%d", (int)entity->left, entity->most);
    } else if (column == BOARD_TO_GO && is_running && entity->to_go >= 0) {
        (void)style_clock(entity->to_go, text);
    }
}

bool board_layout_has_bar(const struct board_picture_entity *entity)
{
    return board_layout_is_active(entity) && entity->total > 0;
}

static size_t board_layout_most(size_t a, size_t b)
{
    return a > b ? a : b;
}

static void board_layout_widen(size_t *width, const char *text)
{
    size_t size = str_width(text);

    *width = size > *width ? size : *width;
}

static void board_layout_measure(
    struct board_layout *layout, const struct board_picture_entity *entity)
{
    char text[2 * STYLE_TEXT_SIZE];

    if (str_width(entity->name) + BOARD_MARK > layout->name) {
        layout->name = str_width(entity->name) + BOARD_MARK;
    }
    for (size_t i = 0; i < BOARD_COLUMNS; i++) {
        board_layout_text(entity, (enum board_column)i, text, sizeof text);
        board_layout_widen(&layout->widths[i], text);
    }
    if (entity->state == BOARD_RUNNING && entity->total > 0) {
        struct board_picture_entity whole = *entity;

        whole.done = whole.total;
        board_layout_count(&whole, text, sizeof text);
        board_layout_widen(&layout->widths[BOARD_COUNT], text);
        layout->widths[BOARD_BAR] = BOARD_LEAST_BAR;
        board_layout_widen(&layout->widths[BOARD_PERCENT], "100 %");
    }
    if (entity->state == BOARD_RUNNING) {
        layout->widths[BOARD_RATE] =
            board_layout_most(layout->widths[BOARD_RATE], BOARD_RATE_WIDTH);
        layout->widths[BOARD_TO_GO] =
            board_layout_most(layout->widths[BOARD_TO_GO], BOARD_TO_GO_WIDTH);
    }
}

static size_t board_layout_width(const struct board_layout *layout)
{
    size_t width = layout->name;

    for (size_t i = 0; i < BOARD_COLUMNS; i++) {
        width += layout->widths[i] > 0 ? layout->widths[i] + BOARD_GAP : 0;
    }
    return width;
}

/* Takes off a width what there is too much, down to `least`. */
static void board_layout_narrow(size_t *width, size_t least, size_t total, size_t room)
{
    size_t most = *width > least ? *width - least : 0;

    if (total > room) {
        *width -= total - room < most ? total - room : most;
    }
}

static void board_layout_fit(struct board_layout *layout, size_t room)
{
    for (size_t i = 0; i < sizeof board_layout_least / sizeof *board_layout_least &&
                       board_layout_width(layout) > room;
         i++) {
        layout->widths[board_layout_least[i]] = 0;
    }
    board_layout_narrow(&layout->name, BOARD_LEAST_NAME, board_layout_width(layout), room);
    if (board_layout_width(layout) > room) {
        layout->widths[BOARD_TO_GO] = 0;
        board_layout_narrow(&layout->widths[BOARD_COUNT], 1, board_layout_width(layout), room);
    }
}

void board_layout_make(struct board_layout *layout, const struct board_picture_tenant *tenants,
    size_t count, size_t room)
{
    size_t *bar = &layout->widths[BOARD_BAR];

    *layout = (struct board_layout){0};
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < tenants[i].count; j++) {
            board_layout_measure(layout, &tenants[i].entities[j]);
        }
    }
    for (size_t i = 0; i < BOARD_COLUMNS; i++) {
        if (layout->widths[i] > 0) {
            board_layout_widen(&layout->widths[i], board_layout_headings[i]);
        }
    }
    board_layout_fit(layout, room);
    if (*bar > 0) {
        *bar += room - board_layout_width(layout);
        *bar = *bar < BOARD_MOST_BAR ? *bar : BOARD_MOST_BAR;
    }
}

enum board_column board_layout_last(
    const struct board_layout *layout, const struct board_picture_entity *entity)
{
    char text[2 * STYLE_TEXT_SIZE];
    enum board_column last = BOARD_BAR;

    for (size_t i = 0; i < BOARD_COLUMNS; i++) {
        board_layout_text(entity, (enum board_column)i, text, sizeof text);
        last = layout->widths[i] > 0 && *text != '\0' ? (enum board_column)i : last;
    }
    return last;
}

const char *board_layout_heading(enum board_column column)
{
    return board_layout_headings[column];
}
