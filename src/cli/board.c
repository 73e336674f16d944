#include "cli/board.h"

#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/shared.h"
#include "base/timestamp.h"
#include "cli/board_lines.h"
#include "cli/board_notes.h"

enum { BOARD_LINE_CEILING = 2048 };

struct board {
    struct progress progress;
    struct board_settings settings;
    struct style style;
    int columns; /* of the terminal, when the block was drawn */
    struct log log;
    struct log_block block;
    size_t size; /* of this memory */
    int64_t began;
    int64_t shown; /* when it was drawn last; 0: never */
    struct board_notes notes;
    struct board_tenant tenants[];
};

/* ---- on a terminal ---- */

/* One write, in place of the block before; what the log writes comes before or after it. */
static void board_put(struct board *board, const struct buffer *block, size_t rows)
{
    struct buffer text;

    buffer_init(&text, 2 * LOG_BLOCK_SIZE);
    shared_lock_take(&board->block.lock);
    if (board->style.columns != board->columns) {
        const struct str before = {board->block.text, board->block.size};

        board->block.rows = board_lines_rows(before, board->style.columns);
        board->columns = board->style.columns;
    }
    if (board->block.rows > 0) {
        buffer_printf(&text, "\033[%zuA\r", board->block.rows);
    }
    buffer_append_str(&text, buffer_view(block));
    buffer_append_text(&text, "\033[J");
    if (buffer_ok(&text) && buffer_ok(block)) {
        board->block.rows = rows;
        board->block.size = block->size;
        memcpy(board->block.text, buffer_text(block), block->size);
        (void)fwrite(buffer_text(&text), 1, text.size, stderr);
        (void)fflush(stderr);
    }
    shared_lock_leave(&board->block.lock);
    buffer_release(&text);
}

static void board_draw(struct board *board, int64_t now)
{
    size_t size = board->notes.count * SYNC_MOST_ENTITIES * sizeof(struct board_picture_entity);
    struct buffer entities;
    struct buffer tenants;
    struct buffer block;
    size_t lines = 0;

    buffer_init(&entities, size);
    buffer_init(&tenants, board->notes.count * sizeof(struct board_picture_tenant));
    buffer_init(&block, LOG_BLOCK_SIZE);
    if (board->notes.count > 0 && buffer_reserve(&entities, size) &&
        buffer_reserve(&tenants, board->notes.count * sizeof(struct board_picture_tenant))) {
        struct board_picture_entity *entity = (void *)entities.data;
        struct board_picture_tenant *tenant = (void *)tenants.data;

        for (size_t i = 0; i < board->notes.count; i++) {
            (void)board_notes_picture(&board->notes, &board->tenants[i], now,
                &entity[i * SYNC_MOST_ENTITIES], &tenant[i]);
        }
        style_measure(&board->style, stderr);
        if (board_lines_have_room(&board->style)) {
            lines = board_lines_write(&block, &board->style, tenant, board->notes.count);
        }
        board_put(board, &block, lines);
    }
    buffer_release(&block);
    buffer_release(&tenants);
    buffer_release(&entities);
}

/* ---- elsewhere ---- */

static void board_add_entity(struct buffer *line, const struct board_picture_entity *entity)
{
    char done[STYLE_TEXT_SIZE];
    char total[STYLE_TEXT_SIZE];

    buffer_printf(line, "%s%s %s", line->size > 0 ? ", " : "", entity->name,
        style_number(entity->done, done));
    if (entity->total >= 0) {
        buffer_printf(line, "/%s", style_number(entity->total, total));
    }
}

/* What is under way, the calls that are left where they are least, and the longest time. */
static void board_write_line(struct board *board, struct board_tenant *tenant, int64_t now)
{
    struct board_picture_entity entities[SYNC_MOST_ENTITIES];
    struct board_picture_tenant picture;
    size_t count = board_notes_picture(&board->notes, tenant, now, entities, &picture);
    struct log log = board->log;
    struct buffer line;
    char text[STYLE_TEXT_SIZE];
    char word[BOARD_WORD_SIZE];
    int64_t left = -1;
    int64_t to_go = -1;

    buffer_init(&line, BOARD_LINE_CEILING);
    for (size_t i = 0; i < count; i++) {
        if (entities[i].state == BOARD_RUNNING && entities[i].done > 0) {
            board_add_entity(&line, &entities[i]);
            left = left < 0 || (entities[i].left >= 0 && entities[i].left < left) ? entities[i].left
                                                                                  : left;
            to_go = entities[i].to_go > to_go ? entities[i].to_go : to_go;
        }
    }
    if (picture.word != NULL) {
        board_lines_word(&picture, word);
        buffer_printf(&line, "%s%s", line.size > 0 ? "; " : "", word);
    }
    if (left >= 0) {
        buffer_printf(&line, "; %" PRId64 " calls left in this minute", left);
    }
    if (to_go >= 0) {
        buffer_printf(&line, "; %s to go", style_clock(to_go, text));
    }
    log.tenant = tenant->tenant->name;
    if (line.size > 0 && buffer_ok(&line)) {
        log_event(&log, LOG_INFO, "%s", buffer_text(&line));
    }
    buffer_release(&line);
}

static void board_write_lines(struct board *board, int64_t now)
{
    for (size_t i = 0; i < board->notes.count; i++) {
        if (!board->tenants[i].is_over) {
            board_write_line(board, &board->tenants[i], now);
        }
    }
}

/* ---- when ---- */

/* A job in the background leaves the terminal to who works there; its log does not. */
static bool board_is_in_background(void)
{
    pid_t foreground = tcgetpgrp(STDERR_FILENO);

    return foreground > 0 && foreground != getpgrp();
}

/* What it had drawn has moved to who knows where. */
static void board_forget(struct board *board)
{
    shared_lock_take(&board->block.lock);
    board->block.rows = 0;
    board->block.size = 0;
    shared_lock_leave(&board->block.lock);
}

/* A terminal that is stopped (Ctrl-S), or at the end of a slow line, would hold up the run: with a
 * transaction open, where it publishes. The next picture tells the same. */
static bool board_is_taken(void)
{
    struct pollfd terminal = {.fd = STDERR_FILENO, .events = POLLOUT};

    return poll(&terminal, 1, 0) == 1 && (terminal.revents & POLLOUT) != 0;
}

static void board_draw_here(struct board *board, int64_t now)
{
    if (board_is_in_background()) {
        board_forget(board);
    } else {
        board_draw(board, now);
    }
}

static void board_draw_due(struct board *board, int64_t now)
{
    if (board_is_taken()) {
        board_draw_here(board, now);
    }
}

static void board_tick(void *context)
{
    struct board *board = context;
    int64_t now = timestamp_monotonic();

    if (board->settings.is_block) {
        if (now - board->shown >= BOARD_DRAW_MS) {
            board->shown = now;
            board_draw_due(board, now);
        }
    } else if (board->shown == 0 ? now - board->began >= BOARD_FIRST_LINE_MS
                                 : now - board->shown >= BOARD_LINE_MS) {
        board->shown = now;
        board_write_lines(board, now);
    }
}

/* ---- what the runs note ---- */

static void board_show(
    void *context, const char *tenant, const char *entity, const struct progress_step *step)
{
    struct board *board = context;

    board_notes_show(&board->notes, tenant, entity, step);
}

static void board_end_entity(
    void *context, const char *tenant, const char *entity, enum progress_end end)
{
    struct board *board = context;

    board_notes_end(&board->notes, tenant, entity, end);
}

/* Where one run draws by itself, it may not come to it for a while. */
static void board_say(void *context, const char *tenant, const char *word, bool is_over)
{
    struct board *board = context;
    int64_t now = timestamp_monotonic();

    board_notes_say(&board->notes, tenant, word, is_over, now);
    if (board->notes.count == 1 && board->settings.is_block) {
        board_draw_due(board, now);
    }
}

static void board_at(void *context, const char *tenant, const char *relation)
{
    struct board *board = context;

    board_notes_at(&board->notes, tenant, relation);
}

struct board *board_new(const struct board_settings *settings)
{
    struct error err = {0};
    size_t size = sizeof(struct board) + settings->count * sizeof(struct board_tenant);
    struct board *board = shared_new(size, &err);

    if (board != NULL && !shared_lock_init(&board->block.lock, &err)) {
        shared_free(board, size);
        board = NULL;
    }
    if (board != NULL) {
        board->progress = (struct progress){.show = board_show,
            .end = board_end_entity,
            .say = board_say,
            .at = board_at,
            .tick = board_tick,
            .context = board};
        board->settings = *settings;
        board->style = *settings->style;
        board->columns = settings->style->columns;
        board->log = *settings->log;
        board->log.from = LOG_INFO;
        board->size = size;
        board->notes = (struct board_notes){settings->limits, board->tenants, 0};
        board->began = timestamp_monotonic();
        for (size_t i = 0; i < settings->count; i++) {
            const struct sync_tenant *tenant = &settings->tenants[i];

            if (tenant->is_wanted) {
                board->tenants[board->notes.count++] = (struct board_tenant){
                    .tenant = tenant, .limiter = limits_find(settings->limits, tenant)};
            }
        }
    }
    return board;
}

void board_free(struct board *board)
{
    if (board != NULL) {
        shared_free(board, board->size);
    }
}

const struct progress *board_progress(const struct board *board)
{
    return board != NULL ? &board->progress : NULL;
}

struct log_block *board_block(struct board *board)
{
    return board != NULL && board->settings.is_block ? &board->block : NULL;
}

void board_end(struct board *board, bool stays)
{
    if (board != NULL && board->settings.is_block) {
        struct buffer nothing;

        buffer_init(&nothing, 1);
        if (stays) {
            /* Nobody goes on, for whom the lines of those that ended have to make room. */
            for (size_t i = 0; i < board->notes.count; i++) {
                board->tenants[i].is_over = false;
            }
            board_draw_here(board, timestamp_monotonic());
        } else if (board->block.rows > 0) {
            board_put(board, &nothing, 0);
        }
        board_forget(board);
        buffer_release(&nothing);
    }
}
