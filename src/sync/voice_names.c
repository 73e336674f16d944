#include "sync/voice_names.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/ceilings.h"
#include "base/hash.h"
#include "mapping/merge.h"

/* Strongest first. */
enum voice_name {
    VOICE_NAME_ID, /* CPS' identifier, or the detail of v1 */
    VOICE_NAME_UDID,
    VOICE_NAME_IMEI,
    VOICE_NAME_SERIAL,
    VOICE_NAME_MAC,
    VOICE_NAME_COUNT
};

/* The UDID is an identifier too. */
enum { VOICE_NAME_SPACES = VOICE_NAME_COUNT - 1 };

/* So many rows of one name are kept, and no more: it tells nobody apart then. */
enum { VOICE_NAMES_MOST = 16 };

enum { VOICE_NAMES_DEVICE_ID = 1, VOICE_NAMES_PLACE_BITS = 21 };
static const uint64_t voice_names_place = (UINT64_C(1) << VOICE_NAMES_PLACE_BITS) - 1;

_Static_assert(CEILING_DEVICES < 1 << VOICE_NAMES_PLACE_BITS, "a place and 1 fits into a slot");

/* The columns of names; ID is no column. */
static const char *const voice_names_columns[VOICE_NAME_COUNT] = {[VOICE_NAME_UDID] = "ios_udid",
    [VOICE_NAME_IMEI] = "imei",
    [VOICE_NAME_SERIAL] = "serial_number",
    [VOICE_NAME_MAC] = "mac_address"};

/* A row's names, "" where it has none, and whether it is RETIRED or WIPED. */
struct voice_names_row {
    struct str names[VOICE_NAME_COUNT];
    bool is_gone;
};

struct voice_names {
    struct voices *voices;            /* borrowed */
    size_t column_count;              /* of the relation */
    size_t columns[VOICE_NAME_COUNT]; /* places; column_count: there is none */
    size_t status;
    size_t details;
    /* Of an open table: a part of a name's digest, and the place of its row and 1; 0 is free. What
     * is found in it is looked at in the row, so that digests that are the same do no harm. */
    uint64_t *slots; /* owned */
    size_t slot_count;
    uint64_t seed;
    struct arena arena; /* of the row that is looked at */
};

static struct str voice_names_cell(
    const struct voice_names *names, const struct row *row, size_t place)
{
    return place < names->column_count && row->cells[place].is_set ? row->cells[place].text
                                                                   : (struct str){"", 0};
}

static struct voice_names_row voice_names_of(
    const struct voice_names *names, const struct row *row, bool is_cps)
{
    struct str status = voice_names_cell(names, row, names->status);
    struct voice_names_row of = {.is_gone = str_is(status, "RETIRED") || str_is(status, "WIPED")};
    struct str id = voice_names_cell(names, row, VOICE_NAMES_DEVICE_ID);

    for (size_t i = VOICE_NAME_UDID; i < VOICE_NAME_COUNT; i++) {
        of.names[i] = voice_names_cell(names, row, names->columns[i]);
    }
    of.names[VOICE_NAME_ID] = (struct str){"", 0};
    if (is_cps) {
        of.names[VOICE_NAME_ID] = (struct str){id.data + strlen("mdm:"), id.size - strlen("mdm:")};
    } else if (of.names[VOICE_NAME_UDID].size == 0 && names->details < names->column_count &&
               row->cells[names->details].is_set) {
        /* Where there is a UDID it is the IMEI (v1 guide, "iOS Details Key-Value Descriptions"). */
        of.names[VOICE_NAME_ID] = merge_member_text(row->cells[names->details].json, "device_id");
    }
    return of;
}

static size_t voice_names_next(const struct voice_names *names, size_t at)
{
    return at + 1 < names->slot_count ? at + 1 : 0;
}

/* Where a name begins in the table, and what its slots have of its digest. */
static size_t voice_names_begin(
    const struct voice_names *names, enum voice_name name, struct str text, uint64_t *mark)
{
    uint64_t space = name == VOICE_NAME_ID ? VOICE_NAME_UDID : name;
    uint8_t digest[HASH_FAST_SIZE];
    uint64_t start;

    hash_fast(names->seed + space, text, digest);
    memcpy(mark, digest, sizeof *mark);
    memcpy(&start, digest + sizeof *mark, sizeof start);
    *mark &= ~voice_names_place;
    return (size_t)(start % names->slot_count);
}

static void voice_names_put(
    struct voice_names *names, enum voice_name name, struct str text, size_t place)
{
    uint64_t mark;
    size_t at = voice_names_begin(names, name, text, &mark);
    size_t same = 0;

    while (names->slots[at] != 0) {
        same += (names->slots[at] & ~voice_names_place) == mark ? 1 : 0;
        at = voice_names_next(names, at);
    }
    if (same < VOICE_NAMES_MOST) {
        names->slots[at] = mark | (place + 1);
    }
}

static bool voice_names_look(
    struct voice_names *names, size_t place, struct voice_names_row *of, struct error *err)
{
    const struct row *row = NULL;
    bool ok;

    arena_reset(&names->arena);
    ok = voices_at(names->voices, place, &names->arena, &row, err);
    if (ok) {
        *of = voice_names_of(names, row, false);
    }
    return ok;
}

static bool voice_names_put_all(struct voice_names *names, struct error *err)
{
    bool ok = true;

    for (size_t place = 0; ok && place < voices_count(names->voices); place++) {
        struct voice_names_row of;

        ok = voice_names_look(names, place, &of, err);
        for (size_t i = 0; ok && i < VOICE_NAME_COUNT; i++) {
            if (of.names[i].size > 0) {
                voice_names_put(names, (enum voice_name)i, of.names[i], place);
            }
        }
    }
    return ok;
}

bool voice_names_new(struct voice_names **names, struct voices *voices,
    const struct relation *relation, struct error *err)
{
    struct voice_names *made = calloc(1, sizeof *made);
    bool ok = made != NULL || error_memory(err);

    if (ok) {
        made->voices = voices;
        made->column_count = relation->column_count;
        for (size_t i = VOICE_NAME_UDID; i < VOICE_NAME_COUNT; i++) {
            made->columns[i] = relation_find_typed(relation, voice_names_columns[i], COLUMN_TEXT);
        }
        made->status = relation_find_typed(relation, "status", COLUMN_TEXT);
        made->details = relation_find_typed(relation, "details", COLUMN_JSONB);
        arena_init(&made->arena, CEILING_TREE);
        /* A row has the detail or a UDID, and three more. */
        made->slot_count = voices_count(voices) * VOICE_NAME_SPACES * 4 / 3 + 1;
        made->slots = calloc(made->slot_count, sizeof *made->slots);
        ok = (made->slots != NULL || error_memory(err)) &&
             hash_random(&made->seed, sizeof made->seed, err) && voice_names_put_all(made, err);
    }
    if (!ok) {
        voice_names_free(made);
        made = NULL;
    }
    *names = made;
    return ok;
}

void voice_names_free(struct voice_names *names)
{
    if (names != NULL) {
        arena_release(&names->arena);
        free(names->slots);
    }
    free(names);
}

static bool voice_names_has(const struct voice_names_row *of, enum voice_name name, struct str text)
{
    return str_equal(of->names[name], text) ||
           (name == VOICE_NAME_ID && str_equal(of->names[VOICE_NAME_UDID], text)) ||
           (name == VOICE_NAME_UDID && str_equal(of->names[VOICE_NAME_ID], text));
}

/* Whether a stronger name that both have differs. The identifier does not count: its form is not
 * told, and a detail of v1 that is another thing says nothing against it. */
static bool voice_names_differ(
    const struct voice_names_row *one, const struct voice_names_row *other, enum voice_name name)
{
    bool differ = false;

    for (size_t i = VOICE_NAME_UDID; i < name; i++) {
        differ = differ || (one->names[i].size > 0 && other->names[i].size > 0 &&
                               !str_equal(one->names[i], other->names[i]));
    }
    return differ;
}

/* The one row that has this name of the device; voices_count: none, or several. */
static bool voice_names_find_by(struct voice_names *names, const struct voice_names_row *cps,
    enum voice_name name, size_t *place, struct error *err)
{
    struct str text = cps->names[name];
    size_t none = voices_count(names->voices);
    size_t same = 0;
    size_t fitting = 0;
    bool differs = false;
    uint64_t mark;
    bool ok = true;

    *place = none;
    for (size_t at = voice_names_begin(names, name, text, &mark); ok && names->slots[at] != 0;
         at = voice_names_next(names, at)) {
        size_t found = (size_t)(names->slots[at] & voice_names_place) - 1;
        struct voice_names_row of;
        bool is_same = (names->slots[at] & ~voice_names_place) == mark;

        same += is_same ? 1 : 0;
        if (is_same && !voices_is_found(names->voices, found)) {
            ok = voice_names_look(names, found, &of, err);
            if (ok && voice_names_has(&of, name, text) && of.is_gone == cps->is_gone) {
                fitting++;
                *place = found;
                differs = voice_names_differ(cps, &of, name);
            }
        }
    }
    if (!ok || fitting != 1 || differs || same >= VOICE_NAMES_MOST) {
        *place = none;
    }
    return ok;
}

bool voice_names_find(
    struct voice_names *names, const struct row *cps, size_t *place, struct error *err)
{
    const struct voice_names_row of = voice_names_of(names, cps, true);
    size_t none = voices_count(names->voices);
    bool ok = true;

    *place = none;
    for (size_t i = 0; ok && *place == none && i < VOICE_NAME_COUNT; i++) {
        if (of.names[i].size > 0) {
            ok = voice_names_find_by(names, &of, (enum voice_name)i, place, err);
        }
    }
    return ok;
}
