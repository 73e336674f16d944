#include "sync/roster.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/ceilings.h"
#include "base/hash.h"
#include "mapping/rules.h"

enum { ROSTER_FIRST_CAPACITY = 1024 };

/* Where a row of `device` has what a roster keeps. */
enum roster_column {
    ROSTER_DEVICE_ID,
    ROSTER_STATUS,
    ROSTER_OS,
    ROSTER_REGISTERED_AT,
    ROSTER_CHECK_IN_AT,
    ROSTER_USER,
    ROSTER_COLUMN_COUNT
};
static const struct {
    const char *name;
    enum column_type type;
} roster_columns[ROSTER_COLUMN_COUNT] = {
    [ROSTER_DEVICE_ID] = {"device_id", COLUMN_TEXT},
    [ROSTER_STATUS] = {"status", COLUMN_TEXT},
    [ROSTER_OS] = {"os", COLUMN_TEXT},
    [ROSTER_REGISTERED_AT] = {"registered_at", COLUMN_TIMESTAMPTZ},
    [ROSTER_CHECK_IN_AT] = {"last_check_in_at", COLUMN_TIMESTAMPTZ},
    [ROSTER_USER] = {"user_uuid", COLUMN_TEXT},
};

struct roster {
    struct roster_device *devices; /* in the order in which they came; owned */
    size_t count;
    size_t capacity;
    uint32_t *slots;   /* of a hash table over device_id: a place and 1, or 0; owned */
    size_t slot_count; /* a power of two */
    struct arena identifiers;
    const struct relation *relation; /* whose columns `columns` are */
    size_t columns[ROSTER_COLUMN_COUNT];
};

bool roster_new(struct roster **roster, struct error *err)
{
    struct roster *made = calloc(1, sizeof *made);
    bool ok = made != NULL;

    if (ok) {
        arena_init(&made->identifiers, (size_t)CEILING_DEVICES * CEILING_KEY);
        made->slot_count = 2 * ROSTER_FIRST_CAPACITY;
        made->slots = calloc(made->slot_count, sizeof *made->slots);
        ok = made->slots != NULL;
    }
    if (!ok) {
        roster_free(made);
        made = NULL;
        (void)error_memory(err);
    }
    *roster = made;
    return ok;
}

void roster_free(struct roster *roster)
{
    if (roster != NULL) {
        arena_release(&roster->identifiers);
        free(roster->slots);
        free(roster->devices);
    }
    free(roster);
}

static void roster_find_columns(struct roster *roster, const struct relation *relation)
{
    for (size_t i = 0; roster->relation != relation && i < ROSTER_COLUMN_COUNT; i++) {
        roster->columns[i] =
            relation_find_typed(relation, roster_columns[i].name, roster_columns[i].type);
    }
    roster->relation = relation;
}

/* A cell of the row; NULL where the mapping has no such column, or there is no value. */
static const struct cell *roster_cell(
    const struct roster *roster, const struct row *row, enum roster_column column)
{
    size_t place = roster->columns[column];

    return place < row->relation->column_count && row->cells[place].is_set ? &row->cells[place]
                                                                           : NULL;
}

static struct str roster_text(
    const struct roster *roster, const struct row *row, enum roster_column column)
{
    const struct cell *cell = roster_cell(roster, row, column);

    return cell != NULL ? cell->text : (struct str){"", 0};
}

static int64_t roster_time(
    const struct roster *roster, const struct row *row, enum roster_column column)
{
    const struct cell *cell = roster_cell(roster, row, column);

    return cell != NULL ? cell->ms : INT64_MIN;
}

struct str roster_write_uuid(const uint8_t uuid[ROW_UUID_SIZE], char text[ROSTER_ID_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    size_t size = 0;

    for (size_t i = 0; i < ROW_UUID_SIZE; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10) {
            text[size++] = '-';
        }
        text[size++] = digits[uuid[i] >> 4];
        text[size++] = digits[uuid[i] & 15];
    }
    text[size] = '\0';
    return (struct str){text, size};
}

struct str roster_id(const struct roster_device *device, char id[ROSTER_ID_SIZE])
{
    size_t size = 0;

    if (device->has_guid) {
        size = roster_write_uuid(device->guid, id).size;
    } else {
        size = strlen(device->alias);
        memcpy(id, "mdm:", 4);
        memcpy(id + 4, device->alias, size);
        size += 4;
    }
    id[size] = '\0';
    return (struct str){id, size};
}

/* The slot that holds the device of that id, or the free one where it belongs. The server chooses
 * the ids, so their places come from SHA-256. */
static bool roster_slot(
    const struct roster *roster, struct str id, uint32_t **slot, struct error *err)
{
    uint8_t digest[HASH_SIZE];
    char other[ROSTER_ID_SIZE];
    size_t place = 0;
    bool ok = hash_of(id, digest, err);

    if (ok) {
        memcpy(&place, digest, sizeof place);
        place &= roster->slot_count - 1;
        while (roster->slots[place] != 0 &&
               !str_equal(roster_id(&roster->devices[roster->slots[place] - 1], other), id)) {
            place = (place + 1) & (roster->slot_count - 1);
        }
        *slot = &roster->slots[place];
    }
    return ok;
}

static bool roster_grow_slots(struct roster *roster, struct error *err)
{
    uint32_t *before = roster->slots;
    size_t count = 2 * roster->slot_count;
    uint32_t *slots = calloc(count, sizeof *slots);
    bool ok = slots != NULL || error_memory(err);

    if (ok) {
        roster->slots = slots;
        roster->slot_count = count;
    }
    for (size_t i = 0; ok && i < roster->count; i++) {
        char id[ROSTER_ID_SIZE];
        uint32_t *slot = NULL;

        ok = roster_slot(roster, roster_id(&roster->devices[i], id), &slot, err);
        if (ok) {
            *slot = (uint32_t)i + 1;
        }
    }
    free(slots != NULL ? before : NULL);
    return ok;
}

/* Makes room for one more device. */
static bool roster_reserve(struct roster *roster, struct error *err)
{
    bool ok = roster->count < CEILING_DEVICES ||
              error_set(err, ERROR_SERVER, "the listing has more than %d devices", CEILING_DEVICES);

    if (ok && roster->count == roster->capacity) {
        size_t capacity =
            roster->capacity > 0 ? roster->capacity + roster->capacity / 2 : ROSTER_FIRST_CAPACITY;
        struct roster_device *devices =
            realloc(roster->devices, capacity * sizeof *roster->devices);

        ok = devices != NULL || error_memory(err);
        if (ok) {
            roster->devices = devices;
            roster->capacity = capacity;
        }
    }
    if (ok && 3 * roster->slot_count <= 4 * (roster->count + 1)) {
        ok = roster_grow_slots(roster, err);
    }
    return ok;
}

/* A copy of the text, or `kept` where that says the same; NULL without memory. */
static const char *roster_keep(struct roster *roster, const char *kept, struct str text)
{
    if (kept == NULL || !str_is(text, kept)) {
        kept = text.size > 0 ? arena_copy(&roster->identifiers, text) : "";
    }
    return kept;
}

/* By which name it is asked for, and under which it is known. */
static bool roster_name(struct roster *roster, struct roster_device *device, struct str id,
    const struct roster_name *name, struct error *err)
{
    struct str identifier = name->identifier;
    struct str alias = device->has_guid ? name->alias : id;
    bool ok;

    alias = alias.size > 4 ? (struct str){alias.data + 4, alias.size - 4} : (struct str){"", 0};
    if (identifier.size > CEILING_KEY) {
        identifier.size = 0; /* it is asked for by its GUID alone */
    } else if (identifier.size == 0) {
        identifier = alias;
    }
    device->identifier = roster_keep(roster, device->identifier, identifier);
    if (device->identifier != NULL &&
        (str_is(alias, device->identifier) || alias.size > CEILING_KEY)) {
        device->alias = device->identifier;
    } else {
        device->alias = roster_keep(roster, device->alias, alias);
    }
    ok = device->identifier != NULL && device->alias != NULL;
    device->identifier = device->identifier != NULL ? device->identifier : "";
    device->alias = device->alias != NULL ? device->alias : "";
    return ok || error_memory(err);
}

static bool roster_fill(struct roster *roster, struct roster_device *device, const struct row *row,
    const struct roster_name *name, struct error *err)
{
    struct str id = roster_text(roster, row, ROSTER_DEVICE_ID);
    struct str status = roster_text(roster, row, ROSTER_STATUS);
    bool ok;

    device->has_guid = rule_parse_uuid(id, device->guid);
    device->is_guid_v1s = device->has_guid && name->is_guid_v1s;
    ok = roster_name(roster, device, id, name, err);
    device->registered_at = roster_time(roster, row, ROSTER_REGISTERED_AT);
    device->check_in_at = roster_time(roster, row, ROSTER_CHECK_IN_AT);
    device->has_user = rule_parse_uuid(roster_text(roster, row, ROSTER_USER), device->user);
    device->is_ios = str_is(roster_text(roster, row, ROSTER_OS), "IOS");
    device->is_gone = str_is(status, "RETIRED") || str_is(status, "WIPED");
    device->is_listed = true;
    return ok;
}

bool roster_add(
    struct roster *roster, const struct row *row, const struct roster_name *name, struct error *err)
{
    uint32_t *slot = NULL;
    bool ok;

    roster_find_columns(roster, row->relation);
    ok = roster_reserve(roster, err) &&
         roster_slot(roster, roster_text(roster, row, ROSTER_DEVICE_ID), &slot, err);
    if (ok && *slot == 0) {
        struct roster_device *device = &roster->devices[roster->count];

        *device = (struct roster_device){.identifier = NULL};
        ok = roster_fill(roster, device, row, name, err);
        if (ok) {
            *slot = (uint32_t)++roster->count;
        }
    } else if (ok) {
        ok = roster_fill(roster, &roster->devices[*slot - 1], row, name, err);
    }
    return ok;
}

void roster_begin_again(struct roster *roster)
{
    for (size_t i = 0; i < roster->count; i++) {
        roster->devices[i].is_listed = false;
    }
}

size_t roster_count(const struct roster *roster)
{
    return roster->count;
}

const struct roster_device *roster_at(const struct roster *roster, size_t place)
{
    return &roster->devices[place];
}

bool roster_find(const struct roster *roster, struct str id, size_t *place, struct error *err)
{
    uint32_t *slot = NULL;
    bool ok = roster_slot(roster, id, &slot, err);

    *place = ok && *slot != 0 ? *slot - 1 : roster->count;
    return ok;
}

/* By identifier; of one identifier the one that it means comes first. */
static int roster_compare(const void *a, const void *b, void *context)
{
    const struct roster *roster = context;
    const struct roster_device *left = &roster->devices[*(const uint32_t *)a];
    const struct roster_device *right = &roster->devices[*(const uint32_t *)b];
    int order = strcmp(left->identifier, right->identifier);

    if (order == 0) {
        order = (left->registered_at < right->registered_at) -
                (left->registered_at > right->registered_at);
    }
    if (order == 0) {
        order = memcmp(left->guid, right->guid, sizeof left->guid);
    }
    return order;
}

bool roster_find_latest(struct roster *roster, struct error *err)
{
    uint32_t *places = malloc((roster->count + 1) * sizeof *places);
    size_t count = 0;
    bool ok = places != NULL || error_memory(err);

    for (size_t i = 0; ok && i < roster->count; i++) {
        struct roster_device *device = &roster->devices[i];

        device->is_latest = false;
        if (device->is_listed && !device->is_gone && device->identifier[0] != '\0') {
            places[count++] = (uint32_t)i;
        }
    }
    if (ok && count > 0) {
        qsort_r(places, count, sizeof *places, roster_compare, roster);
        for (size_t i = 0; i < count; i++) {
            struct roster_device *device = &roster->devices[places[i]];

            device->is_latest = i == 0 || strcmp(device->identifier,
                                              roster->devices[places[i - 1]].identifier) != 0;
        }
    }
    free(places);
    return ok;
}
