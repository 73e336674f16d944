/* A mapper fed as the program feeds it: bytes of a server through json_split and record_parse. */
#ifndef UEMSYNC_TESTS_UNIT_MAPPING_FIXTURE_H
#define UEMSYNC_TESTS_UNIT_MAPPING_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/ceilings.h"
#include "base/embedded.h"
#include "base/timestamp.h"
#include "decode/json_split.h"
#include "decode/record.h"
#include "mapping/mapper.h"

/* A GUID, so that a record has a key. */
#define GUID "1d71e131-0487-4d1d-9a0d-89f2bd1a888d"
#define KEY "\"deviceGuid\":\"" GUID "\""

struct fixture {
    struct mapping *mapping;
    struct mapper *mapper;
    struct arena tree;
    struct buffer shown;
    struct row row;
    struct error err; /* of the last record */
    bool ok;          /* the last record made a row */
    int records;
};

static inline void fixture_open_as(
    struct fixture *fixture, struct str text, const struct mapper_options *options)
{
    struct error err = {0};

    *fixture = (struct fixture){0};
    arena_init(&fixture->tree, CEILING_TREE);
    buffer_init(&fixture->shown, CEILING_ROW);
    if (!mapping_new(&fixture->mapping, "test.yaml", text, &err) ||
        !mapper_new(&fixture->mapper, fixture->mapping, options, &err)) {
        fail_msg("%s", err.text);
    }
}

static inline void fixture_open(struct fixture *fixture, struct str text)
{
    const struct mapper_options options = {.tenant = "acme", .kind = MAPPING_CLOUD};

    fixture_open_as(fixture, text, &options);
}

static inline struct str fixture_shipped(const char *name)
{
    const struct embedded_file *file = embedded_find(mapping_files, name);

    assert_non_null(file);
    return (struct str){file->text, file->size};
}

/* The mapping of devices that the program carries. */
static inline int fixture_setup(void **state)
{
    struct fixture *fixture = test_calloc(1, sizeof *fixture);

    fixture_open(fixture, fixture_shipped("device.yaml"));
    *state = fixture;
    return 0;
}

static inline void fixture_close(struct fixture *fixture)
{
    mapper_free(fixture->mapper);
    mapping_free(fixture->mapping);
    buffer_release(&fixture->shown);
    arena_release(&fixture->tree);
}

static inline int fixture_teardown(void **state)
{
    fixture_close(*state);
    test_free(*state);
    return 0;
}

static inline bool fixture_take(void *context, struct str json, struct error *err)
{
    struct fixture *fixture = context;
    const cJSON *record = NULL;
    bool ok;

    arena_reset(&fixture->tree);
    ok = record_parse(&fixture->tree, json, &record, err);
    fixture->err = (struct error){0};
    fixture->ok = ok && mapper_apply(fixture->mapper, record, &fixture->row, &fixture->err);
    fixture->records++;
    return ok;
}

/* Maps one record of these bytes. */
static inline void fixture_apply_bytes(struct fixture *fixture, struct str json)
{
    const struct json_split_handler handler = {.record = fixture_take, .context = fixture};
    struct json_split *split = NULL;
    struct error err = {0};

    fixture->records = 0;
    if (!json_split_new(&split, NULL, &handler, &err) || !json_split_feed(split, "[", 1, &err) ||
        !json_split_feed(split, json.data, json.size, &err) ||
        !json_split_feed(split, "]", 1, &err) || !json_split_end(split, false, &err)) {
        fail_msg("%s", err.text);
    }
    assert_int_equal(fixture->records, 1);
    json_split_free(split);
}

static inline void fixture_apply(struct fixture *fixture, const char *json)
{
    fixture_apply_bytes(fixture, str_of(json));
    if (!fixture->ok) {
        fail_msg("%s: %s", json, fixture->err.text);
    }
}

static inline void fixture_refuses(struct fixture *fixture, const char *json, const char *reason)
{
    fixture_apply_bytes(fixture, str_of(json));
    assert_false(fixture->ok);
    assert_int_equal(fixture->err.kind, ERROR_RECORD);
    assert_string_equal(fixture->err.text, reason);
}

static inline size_t fixture_place(const struct fixture *fixture, const char *column)
{
    const struct relation *relation = &fixture->mapping->relation;
    size_t place = 0;

    while (place < relation->column_count && strcmp(relation->columns[place].name, column) != 0) {
        place++;
    }
    assert_true(place < relation->column_count);
    return place;
}

static inline const struct cell *fixture_cell(const struct fixture *fixture, const char *column)
{
    return &fixture->row.cells[fixture_place(fixture, column)];
}

static inline void fixture_show_list(struct fixture *fixture, const struct cell *cell)
{
    for (size_t i = 0; i < cell->list.count; i++) {
        buffer_append_text(&fixture->shown, i > 0 ? "," : "{");
        buffer_append_str(&fixture->shown, cell->list.items[i]);
    }
    buffer_append_text(&fixture->shown, cell->list.count > 0 ? "}" : "{}");
}

static inline void fixture_show_uuid(struct fixture *fixture, const struct cell *cell)
{
    for (size_t i = 0; i < ROW_UUID_SIZE; i++) {
        buffer_printf(&fixture->shown, "%02x", cell->uuid[i]);
    }
}

/* The cell as text, NULL for NULL; valid until the next one. */
static inline const char *fixture_show(struct fixture *fixture, const char *column)
{
    size_t place = fixture_place(fixture, column);
    const struct cell *cell = &fixture->row.cells[place];
    char time[TIMESTAMP_TEXT_SIZE];

    buffer_clear(&fixture->shown);
    switch (fixture->mapping->relation.columns[place].type) {
    case COLUMN_TEXT:
    case COLUMN_JSONB:
        buffer_append_str(&fixture->shown, cell->is_set ? cell->text : str_of(""));
        break;
    case COLUMN_BOOLEAN:
        buffer_append_text(&fixture->shown, cell->boolean ? "true" : "false");
        break;
    case COLUMN_BIGINT:
        buffer_append_int(&fixture->shown, cell->number);
        break;
    case COLUMN_DOUBLE:
        buffer_printf(&fixture->shown, "%.17g", cell->is_set ? cell->real : 0);
        break;
    case COLUMN_TIMESTAMPTZ:
        (void)timestamp_format(cell->is_set ? cell->ms : 0, time);
        buffer_append_text(&fixture->shown, time);
        break;
    case COLUMN_UUID:
        fixture_show_uuid(fixture, cell);
        break;
    case COLUMN_TEXT_ARRAY:
        if (cell->is_set) {
            fixture_show_list(fixture, cell);
        }
        break;
    case COLUMN_TYPE_COUNT:
        break;
    }
    return cell->is_set ? buffer_text(&fixture->shown) : NULL;
}

static inline void fixture_shows(struct fixture *fixture, const char *column, const char *expected)
{
    const char *shown = fixture_show(fixture, column);

    if ((shown == NULL) != (expected == NULL) || (shown != NULL && strcmp(shown, expected) != 0)) {
        fail_msg("%s is %s, not %s", column, shown != NULL ? shown : "NULL",
            expected != NULL ? expected : "NULL");
    }
}

/* What a property's value (JSON) becomes in a column, and what of it is in `extra`. */
struct fixture_case {
    const char *value;
    const char *expected; /* NULL: NULL */
    const char *extra;    /* NULL: NULL */
};

static inline void fixture_check(struct fixture *fixture, const char *property, const char *column,
    const struct fixture_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct buffer json;

        buffer_init(&json, CEILING_RECORD);
        buffer_printf(&json, "{%s\"%s\":%s}",
            mapping_property(fixture->mapping, "deviceGuid") < fixture->mapping->property_count
                ? KEY ","
                : "",
            property, cases[i].value);
        fixture_apply(fixture, buffer_text(&json));
        fixture_shows(fixture, column, cases[i].expected);
        fixture_shows(fixture, "extra", cases[i].extra);
        buffer_release(&json);
    }
}

#define FIXTURE_COUNT(array) (sizeof(array) / sizeof *(array))

#endif
