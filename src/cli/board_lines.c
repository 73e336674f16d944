#include "cli/board_lines.h"

#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "cli/board_layout.h"

enum {
    BOARD_SPARE_ROWS = 2, /* for the cursor, and a line of the log above */
    BOARD_LEAST_ROWS = 2,
    BOARD_LEAST_COLUMNS = 20, /* of a terminal: a mark, some of a name, and a count */
};

static const char board_end[] = "\033[K\n";

/* What there is no room for. */
enum board_level { BOARD_ALL, BOARD_DONE_TOGETHER, BOARD_FIRST_ALONE, BOARD_LEVELS };

struct board_lines {
    struct buffer *out;
    const struct style *style;
    const struct board_picture_tenant *tenants;
    size_t count;
    struct board_layout layout;
    size_t lines;
};

bool board_lines_have_room(const struct style *style)
{
    return style->columns >= BOARD_LEAST_COLUMNS && style->rows > BOARD_LEAST_ROWS;
}

void board_lines_bar(struct buffer *out, const struct style *style, double share, size_t columns)
{
    /* In halves of a column. */
    size_t inner = style->utf8 ? columns : columns - 2;
    double filled = share < 0 ? 0 : share > 1 ? 1 : share;
    size_t halves = (size_t)(filled * (double)inner * 2);
    struct buffer bar;

    buffer_init(&bar, 4 * columns + 1);
    for (size_t i = 0; i < halves / 2; i++) {
        buffer_append_text(&bar, style->utf8 ? "\xE2\x96\x88" : "#");
    }
    if (halves % 2 == 1) {
        buffer_append_text(&bar, style->utf8 ? "\xE2\x96\x8C" : "-");
    }
    buffer_append_text(out, style->utf8 ? "" : "[");
    style_add(out, style, STYLE_ACTIVE, buffer_text(&bar));
    buffer_clear(&bar);
    for (size_t i = (halves + 1) / 2; i < inner; i++) {
        buffer_append_text(&bar, style->utf8 ? "\xE2\x96\x91" : ".");
    }
    style_add(out, style, STYLE_FAINT, buffer_text(&bar));
    buffer_append_text(out, style->utf8 ? "" : "]");
    buffer_release(&bar);
}

void board_lines_word(const struct board_picture_tenant *tenant, char text[BOARD_WORD_SIZE])
{
    char clock[STYLE_TEXT_SIZE];
    bool has_clock = tenant->since >= 1000;

    (void)snprintf(text, BOARD_WORD_SIZE, "%s%s%s%s%s", tenant->word != NULL ? tenant->word : "",
        tenant->at != NULL ? " " : "", tenant->at != NULL ? tenant->at : "", has_clock ? ", " : "",
        has_clock ? style_clock(tenant->since / 1000 * 1000, clock) : "");
}

static void board_end_line(struct board_lines *lines)
{
    buffer_append_text(lines->out, board_end);
    lines->lines++;
}

static void board_write_entity(struct board_lines *lines, const struct board_picture_entity *entity)
{
    static const char *const marks[] = {[BOARD_RUNNING] = "  ",
        [BOARD_DONE] = "\xE2\x9C\x93 ",
        [BOARD_NOT_OFFERED] = "- ",
        [BOARD_GIVEN_UP] = "\xE2\x9C\x97 "};
    static const char *const plain_marks[] = {"  ", "+ ", "- ", "! "};
    static const enum style_tone tones[] = {STYLE_PLAIN, STYLE_GOOD, STYLE_FAINT, STYLE_BAD};
    const struct style *style = lines->style;
    const struct board_layout *layout = &lines->layout;
    char text[2 * STYLE_TEXT_SIZE];
    size_t last = board_layout_last(layout, entity);

    style_add(lines->out, style, tones[entity->state],
        style->utf8 ? marks[entity->state] : plain_marks[entity->state]);
    style_add_cell(lines->out, style, STYLE_PLAIN, entity->name, layout->name - BOARD_MARK, false);
    for (size_t i = 0; i <= last; i++) {
        bool is_held = i == BOARD_LEFT && entity->left == 0;

        board_layout_text(entity, (enum board_column)i, text, sizeof text);
        buffer_append_text(lines->out, layout->widths[i] > 0 ? "  " : "");
        if (i == BOARD_BAR && layout->widths[i] > 0 && board_layout_has_bar(entity)) {
            board_lines_bar(lines->out, style, board_layout_share(entity), layout->widths[i]);
        } else if (layout->widths[i] > 0) {
            style_add_cell(lines->out, style, is_held ? STYLE_WARNING : STYLE_PLAIN, text,
                layout->widths[i], true);
        }
    }
    board_end_line(lines);
}

/* A name in the first columns, and in the first line, over the others, what they are. */
static void board_write_heading(
    struct board_lines *lines, const struct board_picture_tenant *tenant)
{
    char text[256];
    char word[BOARD_WORD_SIZE];
    const struct board_layout *layout = &lines->layout;
    size_t width = layout->name;
    size_t named = 0; /* columns that have a name */

    board_lines_word(tenant, word);
    (void)snprintf(text, sizeof text, "%s%s%s", tenant->name, *word != '\0' ? ": " : "", word);
    for (size_t i = 0; i < BOARD_COLUMNS; i++) {
        if (layout->widths[i] > 0 && named == 0 &&
            *board_layout_heading((enum board_column)i) == '\0') {
            width += layout->widths[i] + BOARD_GAP;
        }
        named +=
            *board_layout_heading((enum board_column)i) != '\0' && layout->widths[i] > 0 ? 1 : 0;
    }
    if (lines->lines > 0 || named == 0 || str_width(text) > width) {
        width = str_width(text) < (size_t)lines->style->columns - 1
                    ? str_width(text)
                    : (size_t)lines->style->columns - 1;
        named = 0;
    }
    style_add_cell(lines->out, lines->style, STYLE_STRONG, text, width, false);
    for (size_t i = BOARD_COUNT; named > 0 && i < BOARD_COLUMNS; i++) {
        if (layout->widths[i] > 0) {
            buffer_append_text(lines->out, "  ");
            style_add_cell(lines->out, lines->style, STYLE_FAINT,
                board_layout_heading((enum board_column)i), layout->widths[i], true);
        }
    }
    board_end_line(lines);
}

static size_t board_running(const struct board_picture_tenant *tenant)
{
    size_t count = 0;

    for (size_t i = 0; i < tenant->count; i++) {
        count += tenant->entities[i].state == BOARD_RUNNING ? 1 : 0;
    }
    return count;
}

/* Where others go on, one line tells of a run that ended. */
static bool board_is_over(
    const struct board_lines *lines, const struct board_picture_tenant *tenant)
{
    return tenant->is_over && lines->count > 1;
}

/* How many lines a tenant has. */
static size_t board_tenant_lines(const struct board_lines *lines,
    const struct board_picture_tenant *tenant, enum board_level level)
{
    size_t running = board_running(tenant);
    size_t count = 1 + running;

    if (board_is_over(lines, tenant)) {
        count = 1;
    } else if (level == BOARD_ALL) {
        count = 1 + tenant->count;
    } else if (level == BOARD_DONE_TOGETHER && tenant->count > running) {
        count++;
    }
    return count;
}

static enum board_level board_choose_level(const struct board_lines *lines, size_t most)
{
    enum board_level level = BOARD_ALL;
    bool fits = false;

    while (!fits && level < BOARD_FIRST_ALONE) {
        size_t count = 0;

        for (size_t i = 0; i < lines->count; i++) {
            count += board_tenant_lines(lines, &lines->tenants[i], level);
        }
        fits = count <= most;
        level = fits ? level : (enum board_level)(level + 1);
    }
    return level;
}

static void board_write_note(
    struct board_lines *lines, const char *mark, size_t count, const char *what)
{
    char text[64];

    (void)snprintf(text, sizeof text, "%s%zu %s", mark, count, what);
    style_add_cell(lines->out, lines->style, STYLE_FAINT, text, str_width(text), false);
    board_end_line(lines);
}

static void board_write_tenant(
    struct board_lines *lines, const struct board_picture_tenant *tenant, enum board_level level)
{
    size_t shown = board_is_over(lines, tenant) ? 0 : tenant->count;
    size_t together = shown > 0 ? tenant->count - board_running(tenant) : 0;

    board_write_heading(lines, tenant);
    for (size_t i = 0; i < shown; i++) {
        if (level == BOARD_ALL || tenant->entities[i].state == BOARD_RUNNING) {
            board_write_entity(lines, &tenant->entities[i]);
        }
    }
    if (level == BOARD_DONE_TOGETHER && together > 0) {
        board_write_note(lines, lines->style->utf8 ? "\xE2\x9C\x93 " : "+ ", together, "done");
    }
}

static size_t board_active(const struct board_picture_tenant *tenant)
{
    size_t count = 0;

    for (size_t i = 0; i < tenant->count; i++) {
        count += board_layout_is_active(&tenant->entities[i]) ? 1 : 0;
    }
    return count;
}

/* The tenants and entities under way, as far as there is room; the last line says how many more. */
static void board_write_first(struct board_lines *lines, size_t most)
{
    size_t hidden = 0;

    for (size_t i = 0; i < lines->count; i++) {
        const struct board_picture_tenant *tenant = &lines->tenants[i];
        bool has_room = lines->lines + 2 < most && board_active(tenant) > 0;

        if (has_room) {
            board_write_heading(lines, tenant);
        }
        for (size_t j = 0; j < tenant->count; j++) {
            if (has_room && lines->lines + 1 < most &&
                board_layout_is_active(&tenant->entities[j])) {
                board_write_entity(lines, &tenant->entities[j]);
            } else {
                hidden += tenant->entities[j].state == BOARD_RUNNING ? 1 : 0;
            }
        }
    }
    if (hidden > 0) {
        board_write_note(lines, "  and ", hidden, "more");
    } else if (lines->lines == 0) {
        board_write_note(lines, "", lines->count, "tenants");
    }
}

size_t board_lines_write(struct buffer *out, const struct style *style,
    const struct board_picture_tenant *tenants, size_t count)
{
    struct board_lines lines = {.out = out, .style = style, .tenants = tenants, .count = count};
    size_t rows = style->rows > BOARD_SPARE_ROWS + BOARD_LEAST_ROWS
                      ? (size_t)style->rows - BOARD_SPARE_ROWS
                      : BOARD_LEAST_ROWS;
    enum board_level level = board_choose_level(&lines, rows);

    /* One column is left free, as some terminals go on to the next line in it. */
    board_layout_make(&lines.layout, tenants, count, (size_t)style->columns - 1);
    if (level == BOARD_FIRST_ALONE) {
        board_write_first(&lines, rows);
    } else {
        for (size_t i = 0; i < count; i++) {
            board_write_tenant(&lines, &tenants[i], level);
        }
    }
    return lines.lines;
}

/* Codes begin with an escape and a bracket, and end with a letter. */
static size_t board_code_size(struct str text)
{
    size_t size = 0;

    if (text.size > 0 && text.data[0] == '\033') {
        size = 1;
        while (size < text.size &&
               (str_lower(text.data[size]) < 'a' || str_lower(text.data[size]) > 'z')) {
            size++;
        }
        size += size < text.size ? 1 : 0;
    }
    return size;
}

size_t board_lines_rows(struct str lines, int columns)
{
    size_t rows = 0;
    size_t width = 0;

    while (lines.size > 0) {
        size_t size = board_code_size(lines);
        size_t taken = 0;
        char one[8] = "";

        if (lines.data[0] == '\n') {
            rows += width > (size_t)columns ? (width - 1) / (size_t)columns + 1 : 1;
            width = 0;
            size = 1;
        } else if (size == 0) {
            size = str_character(lines.data);
            size = size > 0 && size <= lines.size ? size : 1;
            memcpy(one, lines.data, size);
            (void)str_fit(one, 2, &taken);
            width += taken;
        }
        lines.data += size;
        lines.size -= size;
    }
    return rows;
}
