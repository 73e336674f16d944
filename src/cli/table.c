#include "cli/table.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/ceilings.h"
#include "base/str.h"

enum { TABLE_GAP = 2, TABLE_LEAST_CUT = 8, TABLE_TELLING = 30, TABLE_INDENT = 2 };

struct table_cell {
    const char *text;
    enum style_tone tone;
    bool is_nothing;
};

struct table_row {
    struct table_row *next;
    bool is_line; /* the first cell is a line of its own */
    struct table_cell cells[TABLE_MOST_COLUMNS];
};

/* How it is laid out: a column of width 0 is left out. */
struct table_layout {
    size_t widths[TABLE_MOST_COLUMNS];
};

void table_init(struct table *table, const struct style *style, const struct table_column *columns,
    size_t count)
{
    *table = (struct table){.style = style, .columns = columns, .count = count};
    arena_init(&table->arena, CEILING_TABLE_ROW);
}

void table_release(struct table *table)
{
    arena_release(&table->arena);
}

void table_row(struct table *table)
{
    struct table_row *row;

    table->arena.ceiling += CEILING_TABLE_ROW;
    row = arena_alloc(&table->arena, sizeof *row);
    table->at = 0;
    table->failed = table->failed || row == NULL;
    if (row != NULL) {
        *row = (struct table_row){0};
        for (size_t i = 0; i < TABLE_MOST_COLUMNS; i++) {
            row->cells[i] = (struct table_cell){.text = "", .is_nothing = true};
        }
        *(table->last != NULL ? &table->last->next : &table->first) = row;
        table->last = row;
    }
}

static void table_add(struct table *table, enum style_tone tone, const char *text, bool is_nothing)
{
    const char *copy = arena_copy(&table->arena, str_of(text));

    table->failed = table->failed || copy == NULL;
    if (!table->failed && table->at < TABLE_MOST_COLUMNS) {
        table->last->cells[table->at++] = (struct table_cell){copy, tone, is_nothing};
    }
}

void table_cell(struct table *table, enum style_tone tone, const char *text)
{
    table_add(table, tone, text, *text == '\0');
}

void table_number(struct table *table, enum style_tone tone, int64_t number)
{
    char text[STYLE_TEXT_SIZE];

    if (table->style->columns > 0) {
        (void)style_number(number, text);
    } else {
        (void)snprintf(text, sizeof text, "%" PRId64, number);
    }
    table_add(table, number != 0 ? tone : STYLE_PLAIN, text, number == 0);
}

void table_line(struct table *table, enum style_tone tone, const char *text)
{
    table_row(table);
    table_add(table, tone, text, true);
    if (!table->failed) {
        table->last->is_line = true;
    }
}

/* As wide as what is in it; 0 where that is nothing. */
static size_t table_width(const struct table *table, size_t column)
{
    size_t width = str_width(table->columns[column].name);
    bool is_shown = table->columns[column].is_kept || table->style->columns == 0;

    for (const struct table_row *row = table->first; row != NULL; row = row->next) {
        size_t size = str_width(row->cells[column].text);

        if (!row->is_line) {
            is_shown = is_shown || !row->cells[column].is_nothing;
            width = size > width ? size : width;
        }
    }
    return is_shown ? width : 0;
}

/* With columns that may be cut no wider than `most`. */
static size_t table_total(const struct table *table, const struct table_layout *layout, size_t most)
{
    size_t total = 0;

    for (size_t i = 0; i < table->count; i++) {
        size_t width = layout->widths[i];

        width = table->columns[i].may_be_cut && width > most ? most : width;
        total += width > 0 ? width + TABLE_GAP : 0;
    }
    return total > TABLE_GAP ? total - TABLE_GAP : 0;
}

/* Leaves out the column that matters least; false when none is left that may go. */
static bool table_drop(const struct table *table, struct table_layout *layout)
{
    size_t least = table->count;

    for (size_t i = 0; i < table->count; i++) {
        bool may = layout->widths[i] > 0 && table->columns[i].rank > 0;

        if (may && (least == table->count || table->columns[i].rank > table->columns[least].rank)) {
            least = i;
        }
    }
    if (least < table->count) {
        layout->widths[least] = 0;
    }
    return least < table->count;
}

static void table_cut(const struct table *table, struct table_layout *layout, size_t room)
{
    for (size_t i = table->count; i > 0; i--) {
        size_t *width = &layout->widths[i - 1];
        size_t total = table_total(table, layout, SIZE_MAX);

        if (total > room && table->columns[i - 1].may_be_cut && *width > TABLE_LEAST_CUT) {
            size_t most = *width - TABLE_LEAST_CUT;

            *width -= total - room < most ? total - room : most;
        }
    }
}

/* A text that can be cut is, before a column is left out for it, as long as it tells something. */
static void table_lay_out(const struct table *table, struct table_layout *layout)
{
    size_t room = (size_t)table->style->columns;

    for (size_t i = 0; i < table->count; i++) {
        layout->widths[i] = table_width(table, i);
    }
    while (
        room > 0 && table_total(table, layout, TABLE_TELLING) > room && table_drop(table, layout)) {
        /* The next one. */
    }
    if (room > 0) {
        table_cut(table, layout, room);
    }
}

static size_t table_last(const struct table *table, const struct table_layout *layout)
{
    size_t last = 0;

    for (size_t i = 0; i < table->count; i++) {
        last = layout->widths[i] > 0 ? i : last;
    }
    return last;
}

/* Nothing stands behind the last text of a line. */
static void table_write_cell(struct buffer *out, const struct table *table,
    const struct table_layout *layout, size_t column, const struct table_cell *cell, bool is_last)
{
    bool is_right = table->columns[column].is_right;
    size_t size = str_width(cell->text);
    size_t width = layout->widths[column];

    if (is_last && !is_right && size < width) {
        width = size;
    }
    style_add_cell(out, table->style, cell->tone, cell->text, width, is_right);
    buffer_append_text(out, is_last ? "" : "  ");
}

static void table_write_row(struct buffer *out, const struct table *table,
    const struct table_layout *layout, const struct table_cell *cells)
{
    size_t last = table_last(table, layout);

    while (last > 0 && (layout->widths[last] == 0 || *cells[last].text == '\0')) {
        last--;
    }
    for (size_t i = 0; i <= last; i++) {
        if (layout->widths[i] > 0) {
            table_write_cell(out, table, layout, i, &cells[i], i == last);
        }
    }
    buffer_append_char(out, '\n');
}

/* A text that is cut as little as a message is: it goes on in further lines. */
static void table_write_text(
    struct buffer *out, const struct table *table, enum style_tone tone, const char *text)
{
    struct buffer wrapped;

    buffer_init(&wrapped, CEILING_TABLE_ROW);
    style_add_wrapped(&wrapped, text, TABLE_INDENT, table->style->columns);
    if (wrapped.size > 0 && buffer_ok(&wrapped)) {
        wrapped.data[--wrapped.size] = '\0';
    }
    style_add(out, table->style, tone, buffer_text(&wrapped));
    buffer_append_char(out, '\n');
    out->failed = out->failed || !buffer_ok(&wrapped);
    buffer_release(&wrapped);
}

/* A line a cell, as "fetched: 20,000", below that of the first. */
static void table_write_stacked(
    struct buffer *out, const struct table *table, const struct table_row *row)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct table_cell *cell = &row->cells[i];
        const char *name = i > 0 ? table->columns[i].name : "";
        struct buffer line;

        buffer_init(&line, CEILING_TABLE_ROW);
        buffer_printf(
            &line, "%s%s%s", name, *name != '\0' ? ": " : "", cell->text + strspn(cell->text, " "));
        if (*cell->text != '\0' && (!cell->is_nothing || table->columns[i].is_kept)) {
            buffer_append_text(out, i > 0 ? "  " : "");
            table_write_text(out, table, cell->tone, buffer_text(&line));
        }
        out->failed = out->failed || !buffer_ok(&line);
        buffer_release(&line);
    }
}

void table_write(struct buffer *out, const struct table *table)
{
    struct table_layout layout;
    struct table_cell names[TABLE_MOST_COLUMNS];
    const struct table_row *row;
    bool has_rows = false;
    bool is_stacked;

    table_lay_out(table, &layout);
    is_stacked = table->style->columns > 0 &&
                 table_total(table, &layout, SIZE_MAX) > (size_t)table->style->columns;
    for (size_t i = 0; i < table->count; i++) {
        names[i] = (struct table_cell){.text = table->columns[i].name, .tone = STYLE_STRONG};
    }
    for (row = table->first; row != NULL && !has_rows; row = row->next) {
        has_rows = !row->is_line;
    }
    if (!is_stacked && (has_rows || table->first == NULL || table->style->columns == 0)) {
        table_write_row(out, table, &layout, names);
    }
    for (row = table->first; row != NULL; row = row->next) {
        if (row->is_line) {
            table_write_text(out, table, row->cells[0].tone, row->cells[0].text);
        } else if (is_stacked) {
            table_write_stacked(out, table, row);
        } else {
            table_write_row(out, table, &layout, row->cells);
        }
    }
    out->failed = out->failed || table->failed;
}
