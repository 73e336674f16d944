/* Rows of a relation with a column of every type, and their comparison. */
#ifndef UEMSYNC_TESTS_UNIT_SYNC_EVERY_TYPE_H
#define UEMSYNC_TESTS_UNIT_SYNC_EVERY_TYPE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mapping/row.h"

/* The key is the second column. More than eight, so that their bits take two bytes. */
enum { EVERY_KEY = 1, EVERY_COLUMNS = 10 };

static const struct column every_columns[EVERY_COLUMNS] = {{"tenant", "", COLUMN_TEXT},
    {"device_id", "", COLUMN_TEXT}, {"boolean", "", COLUMN_BOOLEAN}, {"number", "", COLUMN_BIGINT},
    {"real", "", COLUMN_DOUBLE}, {"time", "", COLUMN_TIMESTAMPTZ}, {"uuid", "", COLUMN_UUID},
    {"json", "", COLUMN_JSONB}, {"list", "", COLUMN_TEXT_ARRAY}, {"text", "", COLUMN_TEXT}};

static const struct relation every_type = {
    "thing", "", every_columns, EVERY_COLUMNS, 2, RELATION_KEYED, 0};

static const struct str every_items[] = {{"a", 1}, {"", 0}, {"b,c", 3}};

/* All cells are set. `id` and `text` are borrowed. */
static inline void every_fill(struct cell *cells, const char *id, struct str text)
{
    static const uint8_t uuid[ROW_UUID_SIZE] = {
        0, 1, 2, 0xFF, 4, 5, 6, 7, 8, 9, 10, 11, 0, 0, 0, 1};

    memset(cells, 0, EVERY_COLUMNS * sizeof *cells);
    for (size_t i = 0; i < EVERY_COLUMNS; i++) {
        cells[i].is_set = true;
    }
    cells[0].text = str_of("acme");
    cells[EVERY_KEY].text = str_of(id);
    cells[2].boolean = true;
    cells[3].number = INT64_MIN;
    cells[4].real = -0.1;
    cells[5].ms = 1582798151062;
    memcpy(cells[6].uuid, uuid, sizeof uuid);
    cells[7].json = str_of("{\"a\": [1, \"\xC3\xA4\"]}");
    cells[8].list.items = every_items;
    cells[8].list.count = 3;
    cells[9].text = text;
}

static inline bool every_list_equals(const struct cell *a, const struct cell *b)
{
    bool equal = a->list.count == b->list.count;

    for (size_t i = 0; equal && i < a->list.count; i++) {
        equal = str_equal(a->list.items[i], b->list.items[i]);
    }
    return equal;
}

static inline bool every_equals(enum column_type type, const struct cell *a, const struct cell *b)
{
    bool equal = false;

    switch (type) {
    case COLUMN_TEXT:
        equal = str_equal(a->text, b->text);
        break;
    case COLUMN_JSONB:
        equal = str_equal(a->json, b->json);
        break;
    case COLUMN_BOOLEAN:
        equal = a->boolean == b->boolean;
        break;
    case COLUMN_BIGINT:
        equal = a->number == b->number;
        break;
    case COLUMN_DOUBLE:
        equal = memcmp(&a->real, &b->real, sizeof a->real) == 0;
        break;
    case COLUMN_TIMESTAMPTZ:
        equal = a->ms == b->ms;
        break;
    case COLUMN_UUID:
        equal = memcmp(a->uuid, b->uuid, sizeof a->uuid) == 0;
        break;
    case COLUMN_TEXT_ARRAY:
        equal = every_list_equals(a, b);
        break;
    case COLUMN_TYPE_COUNT:
        break;
    }
    return equal;
}

static inline void every_is(const struct row *row, const struct cell *cells)
{
    assert_non_null(row);
    assert_ptr_equal(row->relation, &every_type);
    for (size_t i = 0; i < EVERY_COLUMNS; i++) {
        const struct cell *cell = &row->cells[i];

        if (cell->is_set != cells[i].is_set ||
            (cell->is_set && !every_equals(every_columns[i].type, cell, &cells[i]))) {
            fail_msg("%s is another", every_columns[i].name);
        }
    }
}

#endif
