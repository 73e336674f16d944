#include "base/zone.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/ceilings.h"
#include "base/file.h"
#include "base/zone_rule.h"

#define ZONE_FOLDER "/usr/share/zoneinfo"

enum {
    ZONE_HEADER = 44,
    ZONE_COUNTS = 20, /* where the header's counts begin */
    ZONE_TYPE = 6,    /* bytes of a type: its offset, and two more */
    ZONE_MOST_OFFSET = 26 * 3600,
    ZONE_NAME = 100,
};

/* No real change is outside: 2^59 seconds are older than the universe. */
#define ZONE_MOST_TIME (INT64_C(1) << 59)

struct zone {
    int32_t first; /* the offset before the first change, in seconds east of Greenwich */
    struct zone_change *changes;
    size_t count;
    bool has_rule; /* for what comes behind the last change */
    struct zone_rule rule;
};

/* A header and the block of data behind it. */
struct block {
    const char *data;
    uint64_t isutcnt, isstdcnt, leapcnt, timecnt, typecnt, charcnt;
    uint64_t size; /* of the data */
};

static uint64_t block_number(const char *bytes, size_t size)
{
    uint64_t number = 0;

    for (size_t i = 0; i < size; i++) {
        number = number << 8 | (unsigned char)bytes[i];
    }
    return number;
}

/* Takes a block from the front of `bytes`. Times have `width` bytes. */
static bool block_take(struct str *bytes, size_t width, struct block *block)
{
    uint64_t counts[6];
    bool ok = bytes->size >= ZONE_HEADER && str_starts(*bytes, "TZif") && bytes->data[4] >= '2';

    *block = (struct block){.data = NULL};
    if (ok) {
        for (size_t i = 0; i < 6; i++) {
            counts[i] = block_number(bytes->data + ZONE_COUNTS + i * 4, 4);
        }
        *block = (struct block){bytes->data + ZONE_HEADER, counts[0], counts[1], counts[2],
            counts[3], counts[4], counts[5], 0};
        block->size = block->timecnt * (width + 1) + block->typecnt * ZONE_TYPE + block->charcnt +
                      block->leapcnt * (width + 4) + block->isstdcnt + block->isutcnt;
        ok = block->size <= bytes->size - ZONE_HEADER;
    }
    if (ok) {
        bytes->data += ZONE_HEADER + block->size;
        bytes->size -= ZONE_HEADER + block->size;
    }
    return ok;
}

static bool zone_take_offset(const struct block *block, size_t type, int32_t *offset)
{
    bool ok = type < block->typecnt;

    if (ok) {
        *offset = (int32_t)block_number(block->data + block->timecnt * 9 + type * ZONE_TYPE, 4);
        ok = *offset > -ZONE_MOST_OFFSET && *offset < ZONE_MOST_OFFSET;
    }
    return ok;
}

/* Changes in the order of time; where there are leap seconds, times are not what they are here. */
static bool zone_take_changes(struct zone *zone, const struct block *block)
{
    bool ok = block->leapcnt == 0 && zone_take_offset(block, 0, &zone->first);
    int64_t before = -ZONE_MOST_TIME - 1;

    for (size_t i = 0; ok && i < block->timecnt; i++) {
        struct zone_change *change = &zone->changes[i];
        size_t type = (unsigned char)block->data[block->timecnt * 8 + i];

        change->at = (int64_t)block_number(block->data + i * 8, 8);
        ok = change->at > before && change->at <= ZONE_MOST_TIME &&
             zone_take_offset(block, type, &change->offset);
        before = change->at;
    }
    zone->count = block->timecnt;
    return ok;
}

/* "\nCET-1CEST,M3.5.0,M10.5.0/3\n"; without a rule the last offset stays. */
static bool zone_take_footer(struct zone *zone, struct str text)
{
    bool ok = text.size >= 2 && text.data[0] == '\n' && text.data[text.size - 1] == '\n';

    zone->has_rule = text.size > 2;
    if (ok && zone->has_rule) {
        ok = zone_rule_parse((struct str){text.data + 1, text.size - 2}, &zone->rule);
    }
    return ok;
}

bool zone_read(struct zone **out, const char *name, struct str bytes, struct error *err)
{
    struct zone *zone = calloc(1, sizeof *zone);
    struct block block;
    bool ok = zone != NULL || error_memory(err);

    if (ok && !(block_take(&bytes, 4, &block) && block_take(&bytes, 8, &block))) {
        ok = error_set(err, ERROR_CONFIG, "the file of time zone %s is none of version 2", name);
    }
    if (ok) {
        zone->changes = calloc(block.timecnt + 1, sizeof *zone->changes);
        ok = zone->changes != NULL || error_memory(err);
    }
    if (ok && !(zone_take_changes(zone, &block) && zone_take_footer(zone, bytes))) {
        ok = error_set(err, ERROR_CONFIG, "the file of time zone %s cannot be used", name);
    }
    if (!ok) {
        zone_free(zone);
        zone = NULL;
    }
    *out = zone;
    return ok;
}

/* Without a dot there is no way out of the folder. */
static bool zone_is_name(const char *name)
{
    size_t size = strlen(name);
    bool ok = size > 0 && size <= ZONE_NAME && name[0] != '/';

    for (size_t i = 0; ok && i < size; i++) {
        char c = str_lower(name[i]);

        ok = (c >= 'a' && c <= 'z') || str_is_digit(c) || strchr("_+-/", c) != NULL;
    }
    return ok;
}

static bool zone_read_file(struct zone **zone, const char *name, struct error *err)
{
    const char *wanted = getenv("TZDIR");
    const char *folder = wanted != NULL && wanted[0] != '\0' ? wanted : ZONE_FOLDER;
    struct buffer path;
    struct buffer bytes;
    bool ok = true;

    buffer_init(&path, CEILING_TEXT);
    buffer_init(&bytes, CEILING_ZONE);
    buffer_printf(&path, "%s/%s", folder, name);
    if (!buffer_ok(&path)) {
        ok = error_memory(err);
    } else if (access(folder, F_OK) != 0) {
        ok = error_set(err, ERROR_CONFIG,
            "there is no database of time zones in %s: install the package tzdata", folder);
    } else if (access(buffer_text(&path), F_OK) != 0) {
        ok = error_set(
            err, ERROR_CONFIG, "there is no time zone \"%s\" in %s (package tzdata)", name, folder);
    } else {
        ok = file_read(buffer_text(&path), &bytes, err) &&
             zone_read(zone, name, buffer_view(&bytes), err);
    }
    buffer_release(&bytes);
    buffer_release(&path);
    return ok;
}

bool zone_new(struct zone **zone, const char *name, struct error *err)
{
    bool ok = true;

    *zone = NULL;
    if (!zone_is_name(name)) {
        ok = error_set(err, ERROR_CONFIG, "\"%s\" is no name of a time zone", name);
    } else if (strcmp(name, "UTC") == 0) {
        *zone = calloc(1, sizeof **zone);
        ok = *zone != NULL || error_memory(err);
    } else {
        ok = zone_read_file(zone, name, err);
    }
    return ok;
}

void zone_free(struct zone *zone)
{
    if (zone != NULL) {
        free(zone->changes);
        free(zone);
    }
}

/* Looks for a local time among changes, in their order. */
struct search {
    int64_t local;  /* seconds */
    int64_t begin;  /* of the offset under way, UTC */
    int32_t offset; /* the one under way */
    int32_t before; /* the one before it */
    bool found;     /* the local time is not behind the end of the offset under way */
};

/* The first offset whose time, by its own clock, is not over yet is the one: of a local time that
 * comes twice that is the first. */
static void search_change(struct search *search, const struct zone_change *change)
{
    search->found = search->found || search->local < change->at + search->offset;
    if (!search->found) {
        search->begin = change->at;
        search->before = search->offset;
        search->offset = change->offset;
    }
}

/* The years around the local time, as far as they lie behind the file's changes. Where it is summer
 * all through the year, one ends as the next begins: so changes may meet. */
static void search_rule(struct search *search, const struct zone *zone)
{
    int64_t year = 1970 + search->local / 31556952;

    for (int64_t y = year - 2; zone->rule.has_summer && y <= year + 2; y++) {
        struct zone_change changes[2];

        zone_rule_changes(&zone->rule, y, changes);
        for (size_t i = 0; i < 2; i++) {
            if (changes[i].at >= search->begin) {
                search_change(search, &changes[i]);
            }
        }
    }
}

int64_t zone_to_utc(const struct zone *zone, int64_t local_ms)
{
    int64_t rest = (local_ms % 1000 + 1000) % 1000;
    struct search search = {.local = (local_ms - rest) / 1000,
        .begin = -ZONE_MOST_TIME,
        .offset = zone->first,
        .before = zone->first};
    bool is_skipped;

    for (size_t i = 0; i < zone->count && !search.found; i++) {
        search_change(&search, &zone->changes[i]);
    }
    if (!search.found && zone->has_rule) {
        search_rule(&search, zone);
    }
    is_skipped = search.local < search.begin + search.offset;
    return (search.local - (is_skipped ? search.before : search.offset)) * 1000 + rest;
}
