/* Runs that stage inventory in units, die, and are followed by others.
 *
 * A unit is what one device has in one relation: its rows, all made from the unit's number, and the
 * row of device_fetch behind them, which holds the number. */
#ifndef UEMSYNC_TESTS_UNIT_LOAD_CSV_RESUMES_H
#define UEMSYNC_TESTS_UNIT_LOAD_CSV_RESUMES_H

#include "unit/load/csv/sets.h"

#include <sys/wait.h>

#include "load/csv/csv_load.h"

static const struct column fetch_columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"device_id", "", COLUMN_TEXT},
    {"entity", "", COLUMN_TEXT},
    {"unit", "", COLUMN_BIGINT},
    {"note", "", COLUMN_TEXT},
};
static const struct relation fetch_relation = {
    "device_fetch", "", fetch_columns, 5, 3, RELATION_KEYED, 0};

/* device_fetch stands between the others. */
enum { RESUME_COUNT = ALL_COUNT + 1 };
static const struct relation *const resume_relations[RESUME_COUNT] = {&device_relation,
    &app_relation, &fetch_relation, &software_relation, &reject_relation, &member_relation,
    &catalog_relation};

/* What units are of. */
enum { UNIT_KINDS = 3, UNIT_DEVICES = 5, UNIT_KEYS = UNIT_KINDS * UNIT_DEVICES };
static const struct relation *const unit_relations[UNIT_KINDS] = {
    &app_relation, &software_relation, &member_relation};

static inline int set_up_resume(void **state)
{
    int result = set_up(state);
    struct place *place = *state;

    place->schema = (struct load_schema){
        .relations = resume_relations, .count = RESUME_COUNT, .fetched = &fetch_relation};
    return result;
}

static inline bool try_resume(
    struct place *place, const char *run_id, const char *fingerprint, struct load **load)
{
    struct load_run run = {.run_id = run_id,
        .tenant = "acme",
        .started_at = 1582796171062,
        .version = "0.1.0",
        .fingerprint = fingerprint};

    return csv_open(&place->settings, &place->schema, &run, &place->log, load, &place->err);
}

static inline struct load *resume(struct place *place, const char *run_id)
{
    struct load *load = NULL;

    if (!try_resume(place, run_id, "f", &load)) {
        fail_msg("%s", place->err.text);
    }
    return load;
}

/* From here on so many bytes are sorted in memory. */
static inline void limit_sort(struct load *load, size_t ceiling)
{
    csv_sort_set_ceiling(csv_load_of(load)->sort, ceiling);
}

static inline void save(struct place *place, struct load *load)
{
    if (!load->ops->save(load, &place->err)) {
        fail_msg("%s", place->err.text);
    }
}

static inline const char *device_name(size_t key)
{
    static const char *const names[UNIT_DEVICES] = {"d1", "d2", "d3", "d4", "d5"};

    return names[key % UNIT_DEVICES];
}

static inline const struct relation *unit_relation(size_t key)
{
    return unit_relations[key / UNIT_DEVICES];
}

/* How many rows a unit has. */
static inline size_t unit_size(size_t unit)
{
    return unit % 4;
}

/* The i-th row of a unit, "a|b" without its owner; groups have a name alone. */
static inline void unit_row(size_t key, size_t unit, size_t i, char text[32])
{
    if (unit_relation(key) == &member_relation) {
        (void)snprintf(text, 32, "g%zu", (unit + i * 3) % 10);
    } else {
        (void)snprintf(text, 32, "com.%zu|%zu", (unit + i * 3) % 10, unit);
    }
}

static inline void stage_unit_rows(
    struct place *place, struct load *load, size_t key, size_t unit, size_t count)
{
    const struct relation *relation = unit_relation(key);
    char items[256] = "";

    if (relation == &app_relation) {
        replace(place, load, relation, device_name(key));
    }
    for (size_t i = 0; i < count; i++) {
        char row[32];

        unit_row(key, unit, i, row);
        if (relation == &app_relation) {
            char *version = strchr(row, '|');

            *version = '\0';
            stage_app(place, load, device_name(key), row, version + 1);
        } else {
            size_t used = strlen(items);

            (void)snprintf(items + used, sizeof items - used, "%s%s%s", used > 0 ? " " : "", row,
                relation == &software_relation ? "|" : "");
        }
    }
    if (relation != &app_relation) {
        list(place, load, relation, device_name(key), items);
    }
}

/* The note wants quotes in CSV. */
static inline void stage_fetch(struct place *place, struct load *load, size_t key, size_t unit)
{
    struct cell cells[5] = {text_cell("acme"), text_cell(device_name(key)),
        text_cell(unit_relation(key)->name), {.is_set = true, .number = (int64_t)unit},
        text_cell("a \"note\", and\nmore")};

    assert_true(load->ops->stage(load, &(struct row){&fetch_relation, cells}, &place->err));
}

static inline void stage_unit(struct place *place, struct load *load, size_t key, size_t unit)
{
    stage_unit_rows(place, load, key, unit, unit_size(unit));
    stage_fetch(place, load, key, unit);
}

/* The number of the unit that is there of each key; 0 for none. */
struct units {
    size_t of[UNIT_KEYS];
};

static inline bool take_staged(void *context, const struct str *texts, struct error *err)
{
    struct units *units = context;
    bool found = false;

    (void)err;
    assert_true(str_is(texts[0], "a \"note\", and\nmore"));
    for (size_t key = 0; key < UNIT_KEYS; key++) {
        if (str_is(texts[1], unit_relation(key)->name) && str_is(texts[3], device_name(key))) {
            char number[32] = "";

            assert_true(texts[2].size < sizeof number);
            memcpy(number, texts[2].data, texts[2].size);
            assert_int_equal(units->of[key], 0); /* each once */
            units->of[key] = strtoul(number, NULL, 10);
            found = true;
        }
    }
    assert_true(found);
    return true;
}

/* What load_staged tells. */
static inline struct units staged(struct place *place, struct load *load)
{
    static const size_t columns[] = {4, 2, 3, 1};
    struct units units = {0};

    if (!load->ops->staged(load, columns, 4, take_staged, &units, &place->err)) {
        fail_msg("%s", place->err.text);
    }
    return units;
}

static inline bool nothing_is_staged(struct place *place, struct load *load)
{
    struct units none = {0};
    struct units units = staged(place, load);

    return memcmp(&units, &none, sizeof none) == 0;
}

static inline bool try_publish_resumed(
    struct place *place, struct load *load, const struct load_end *end)
{
    struct load_counts counts[RESUME_COUNT];
    bool changed = false;

    for (size_t i = 0; i < RESUME_COUNT; i++) {
        counts[i] = (struct load_counts){.relation = resume_relations[i]};
    }
    return load->ops->publish(load, counts, RESUME_COUNT, end, &changed, &place->err);
}

/* Publishes and closes. */
static inline void publish_resumed(struct place *place, struct load *load)
{
    if (!try_publish_resumed(place, load, NULL)) {
        fail_msg("%s", place->err.text);
    }
    close_run(load);
}

static inline int compare_lines(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The file of a relation has the rows of these units, and no others. */
static inline void assert_unit_rows(
    struct place *place, const struct relation *relation, const struct units *units)
{
    char *lines[UNIT_DEVICES * 4];
    char name[64];
    char *text = NULL;
    char *at = NULL;
    size_t count = 0;

    for (size_t key = 0; key < UNIT_KEYS; key++) {
        for (size_t i = 0; unit_relation(key) == relation && i < unit_size(units->of[key]); i++) {
            char row[32];
            char *bar = NULL;

            unit_row(key, units->of[key], i, row);
            bar = strchr(row, '|');
            if (bar != NULL) {
                *bar = ',';
                assert_true(asprintf(&lines[count++], "acme,%s,%s%s\n", device_name(key), row,
                                relation == &software_relation ? "," : "") > 0);
            } else {
                assert_true(asprintf(&lines[count++], "acme,%s,%s\n", row, device_name(key)) > 0);
            }
        }
    }
    qsort(lines, count, sizeof *lines, compare_lines);
    (void)snprintf(name, sizeof name, "acme/%s.csv", relation->name);
    text = read_whole(in(place->path, name));
    assert_non_null(text);
    at = strchr(text, '\n') + 1;
    for (size_t i = 0; i < count; i++) {
        if (strncmp(at, lines[i], strlen(lines[i])) != 0) {
            fail_msg("%s has\n%swhere this was to come: %s", name, text, lines[i]);
        }
        at += strlen(lines[i]);
        free(lines[i]);
    }
    assert_string_equal(at, "");
    free(text);
}

/* What is published is these units, and device_fetch says so. */
static inline void assert_units(struct place *place, const struct units *units)
{
    char *fetched = read_whole(in(place->path, "acme/device_fetch.csv"));
    size_t count = 0;

    assert_non_null(fetched);
    for (size_t i = 0; i < UNIT_KINDS; i++) {
        assert_unit_rows(place, unit_relations[i], units);
    }
    for (size_t key = 0; key < UNIT_KEYS; key++) {
        char line[64];

        (void)snprintf(line, sizeof line, "acme,%s,%s,%zu,", device_name(key),
            unit_relation(key)->name, units->of[key]);
        if (units->of[key] > 0 && strstr(fetched, line) == NULL) {
            fail_msg("device_fetch has no %s in\n%s", line, fetched);
        }
        count += units->of[key] > 0 ? 1 : 0;
    }
    for (const char *at = fetched; (at = strstr(at, "acme,")) != NULL; at++) {
        count--;
    }
    assert_int_equal(count, 0);
    free(fetched);
}

#endif
