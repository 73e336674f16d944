#include "mapping/slots.h"

#include <stdlib.h>
#include <string.h>

#include "mapping/mask.h"

enum { SLOTS_FIRST_LOOSE = 32 };

bool slots_init(struct slots *slots, const struct mapping *mapping, const char *dropped)
{
    size_t count = mapping->property_count;

    *slots = (struct slots){.mapping = mapping, .dropped = dropped};
    slots->items = calloc(count + 1, sizeof *slots->items);
    slots->followers = calloc(count + 1, sizeof *slots->followers);
    slots->roots = calloc(mapping->root_count + 1, sizeof *slots->roots);
    return slots->items != NULL && slots->followers != NULL && slots->roots != NULL;
}

void slots_release(struct slots *slots)
{
    free(slots->loose);
    free(slots->roots);
    free(slots->followers);
    free(slots->items);
}

static bool slots_keep_loose(struct slots *slots, const cJSON *property)
{
    bool ok = true;

    if (slots->loose_count == slots->loose_capacity) {
        size_t capacity = slots->loose_capacity > 0 ? 2 * slots->loose_capacity : SLOTS_FIRST_LOOSE;
        const cJSON **grown = realloc(slots->loose, capacity * sizeof *grown);

        ok = grown != NULL;
        if (ok) {
            slots->loose = grown;
            slots->loose_capacity = capacity;
        }
    }
    if (ok) {
        slots->loose[slots->loose_count++] = property;
    }
    return ok;
}

/* The place of the root of that name; root_count without one. */
static size_t slots_root(const struct slots *slots, const char *name)
{
    const struct mapping *mapping = slots->mapping;
    size_t place = 0;

    while (place < mapping->root_count && strcmp(mapping->roots[place].name, name) != 0) {
        place++;
    }
    return place;
}

/* Servers write the properties of one record after another in the same order, so the one that
 * followed `before` last time is tried first: one comparison in place of a search. */
static size_t slots_find(struct slots *slots, size_t before, const char *name)
{
    const struct mapping *mapping = slots->mapping;
    size_t place = slots->followers[before];

    if (place >= mapping->property_count || strcmp(mapping->properties[place], name) != 0) {
        place = mapping_property(mapping, name);
        if (place < mapping->property_count) {
            slots->followers[before] = place;
        }
    }
    return place;
}

/* Values of paths, where no property has the whole name. */
static void slots_follow_paths(struct slots *slots)
{
    const struct mapping *mapping = slots->mapping;

    for (size_t i = 0; i < mapping->root_count; i++) {
        if (mapping->roots[i].property < mapping->property_count) {
            slots->roots[i] = slots->items[mapping->roots[i].property].value;
        }
    }
    for (size_t i = 0; i < mapping->path_count; i++) {
        const struct mapping_path *path = &mapping->paths[i];
        struct slot *slot = &slots->items[path->property];
        const cJSON *value = slots->roots[path->root];

        for (size_t step = 0; path->steps[step] != NULL; step++) {
            value = record_member(value, path->steps[step]);
        }
        if (slot->value == NULL && record_type(value) != RECORD_NULL) {
            slot->value = value;
            slot->nested = true;
        }
    }
}

/* One that no column is read from: the object that paths lead into may be among these. */
static bool slots_add_loose(struct slots *slots, const cJSON *property)
{
    const cJSON *value = record_type(property) != RECORD_NULL ? property : NULL;
    size_t root = slots_root(slots, property->string);

    if (root < slots->mapping->root_count) {
        slots->roots[root] = value;
    }
    return value == NULL || slots_keep_loose(slots, value);
}

/* By what the tenant wants, or by the mapping. */
static bool slots_is_dropped(const struct slots *slots, const char *name)
{
    const char *const *each = slots->mapping->dropped;
    bool is_dropped = slots->dropped != NULL && str_is_caseless(str_of(name), slots->dropped);

    for (; !is_dropped && each != NULL && *each != NULL; each++) {
        is_dropped = strcmp(name, *each) == 0;
    }
    return is_dropped;
}

bool slots_sort(struct slots *slots, const cJSON *record)
{
    const size_t none = slots->mapping->property_count;
    size_t before = none;
    bool ok = true;

    slots->loose_count = 0;
    memset(slots->items, 0, (none + 1) * sizeof *slots->items);
    memset(slots->roots, 0, (slots->mapping->root_count + 1) * sizeof *slots->roots);
    for (const cJSON *child = record->child; ok && child != NULL; child = child->next) {
        size_t place = slots_find(slots, before, child->string);

        if (slots_is_dropped(slots, child->string)) {
            ok = true;
        } else if (place < none) {
            slots->items[place].value = record_type(child) != RECORD_NULL ? child : NULL;
            before = place;
        } else {
            ok = slots_add_loose(slots, child);
        }
    }
    slots_follow_paths(slots);
    return ok;
}

/* Whether a path's member is gone from the object: taken, or null, which says that there is none.
 * Where a property has the whole name, nothing was looked for in the object. */
static bool slots_is_gone(const struct slots *slots, const struct mapping_path *path)
{
    const struct slot *slot = &slots->items[path->property];

    return slot->nested ? slot->taken : slot->value == NULL;
}

/* An object on the way of paths. */
struct slots_level {
    const struct mapping_path *path; /* one of those that lead here */
    size_t depth;                    /* by this many of its steps */
};

static bool slots_leads_here(const struct slots_level *level, const struct mapping_path *path)
{
    bool same = path->root == level->path->root;

    for (size_t i = 0; same && i < level->depth; i++) {
        same = path->steps[i] != NULL && strcmp(path->steps[i], level->path->steps[i]) == 0;
    }
    return same && path->steps[level->depth] != NULL;
}

/* A path that leads on through the member, or ends with it where nothing is left of that (*gone);
 * NULL without either. */
static const struct mapping_path *slots_onward(
    const struct slots *slots, const struct slots_level *level, const char *name, bool *gone)
{
    const struct mapping *mapping = slots->mapping;
    const struct mapping_path *onward = NULL;

    *gone = false;
    for (size_t i = 0; !*gone && i < mapping->path_count; i++) {
        const struct mapping_path *path = &mapping->paths[i];

        if (slots_leads_here(level, path) && strcmp(path->steps[level->depth], name) == 0) {
            bool ends = path->steps[level->depth + 1] == NULL;

            *gone = ends && slots_is_gone(slots, path);
            onward = *gone || !ends ? path : onward;
        }
    }
    return onward;
}

static bool slots_is_last(const cJSON *member)
{
    bool last = true;

    for (const cJSON *next = member->next; last && next != NULL; next = next->next) {
        last = strcmp(next->string, member->string) != 0;
    }
    return last;
}

static bool slots_copy_rest(const struct slots *slots, struct arena *arena,
    const struct slots_level *level, const cJSON *object, const cJSON **rest);

/* What is kept of a member: NULL for nothing. Of a repeated one on the way of a path the last
 * counts, as for the path. */
static bool slots_keep_member(const struct slots *slots, struct arena *arena,
    const struct slots_level *level, const cJSON *member, const cJSON **kept)
{
    bool gone;
    const struct mapping_path *path = slots_onward(slots, level, member->string, &gone);
    bool ok = true;

    *kept = gone || (path != NULL && !slots_is_last(member)) ? NULL : member;
    if (path != NULL && *kept != NULL) {
        const struct slots_level next = {path, level->depth + 1};

        ok = slots_copy_rest(slots, arena, &next, member, kept);
    }
    return ok;
}

static bool slots_copy_members(const struct slots *slots, struct arena *arena,
    const struct slots_level *level, const cJSON *object, cJSON **end)
{
    bool ok = true;

    for (const cJSON *member = object->child; ok && member != NULL; member = member->next) {
        const cJSON *kept;

        ok = slots_keep_member(slots, arena, level, member, &kept);
        if (ok && kept != NULL) {
            *end = arena_alloc(arena, sizeof **end);
            ok = *end != NULL;
        }
        if (ok && kept != NULL) {
            **end = *kept;
            (*end)->next = NULL;
            end = &(*end)->next;
        }
    }
    return ok;
}

/* A copy of the object without what is gone; NULL where all is. One with a
 * mark (see mask.h) is left whole: without the mark its payload would be written. */
static bool slots_copy_rest(const struct slots *slots, struct arena *arena,
    const struct slots_level *level, const cJSON *object, const cJSON **rest)
{
    bool ok = true;

    *rest = object;
    if (record_type(object) == RECORD_OBJECT && object->child != NULL && !mask_is_marked(object)) {
        cJSON *copy = arena_alloc(arena, sizeof *copy);

        ok = copy != NULL;
        if (ok) {
            *copy = *object;
            copy->child = NULL;
            ok = slots_copy_members(slots, arena, level, object, &copy->child);
            *rest = copy->child != NULL ? copy : NULL;
        }
    }
    return ok;
}

bool slots_rest(
    const struct slots *slots, struct arena *arena, const cJSON *value, const cJSON **rest)
{
    const struct mapping *mapping = slots->mapping;
    size_t root = slots_root(slots, value->string);
    const struct mapping_path *path = NULL;
    bool ok = true;

    for (size_t i = 0; path == NULL && i < mapping->path_count; i++) {
        path = mapping->paths[i].root == root ? &mapping->paths[i] : NULL;
    }
    *rest = value;
    if (path != NULL && slots->roots[root] != value) {
        *rest = NULL; /* a later one of its name counts */
    } else if (path != NULL) {
        const struct slots_level level = {path, 0};

        ok = slots_copy_rest(slots, arena, &level, value, rest);
    }
    return ok;
}

static bool slots_add_left(const struct slots *slots, struct arena *arena, const cJSON *value,
    const cJSON **members, size_t *count)
{
    const cJSON *rest;
    bool ok = slots_rest(slots, arena, value, &rest);

    if (ok && rest != NULL) {
        members[(*count)++] = rest;
    }
    return ok;
}

bool slots_left(
    const struct slots *slots, struct arena *arena, const cJSON ***members, size_t *count)
{
    size_t none = slots->mapping->property_count;
    bool ok;

    *members = arena_alloc(arena, (none + slots->loose_count + 1) * sizeof **members);
    *count = 0;
    ok = *members != NULL;
    for (size_t i = 0; ok && i < none; i++) {
        const struct slot *slot = &slots->items[i];

        if (slot->value != NULL && !slot->taken && !slot->nested) {
            ok = slots_add_left(slots, arena, slot->value, *members, count);
        }
    }
    for (size_t i = 0; ok && i < slots->loose_count; i++) {
        if (slots->loose[i] != NULL) {
            ok = slots_add_left(slots, arena, slots->loose[i], *members, count);
        }
    }
    return ok;
}
