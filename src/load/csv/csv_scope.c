#include "load/csv/csv_scope.h"

#include <stdlib.h>
#include <string.h>

#include "base/ceilings.h"
#include "load/csv/csv_text.h"

size_t csv_scope_owner(const struct relation *relation)
{
    size_t keyed = relation->key_count > 1 ? 1 : 0;

    return relation->kind == RELATION_SET ? relation->owner : keyed;
}

bool csv_scope_is_apart(const struct relation *relation)
{
    return csv_scope_owner(relation) > 1;
}

bool csv_scope_is_mark(const struct relation *relation, struct str key)
{
    bool scoped = relation->kind == RELATION_SET || relation->key_count > 1;

    return scoped && (key.size == 0 || key.data[key.size - 1] != '\0');
}

void csv_scope_init(struct csv_scope *scope, const struct relation *relation, bool all)
{
    *scope = (struct csv_scope){.owner = csv_scope_owner(relation), .all = all};
    buffer_init(&scope->names, CEILING_OWNERS);
}

void csv_scope_release(struct csv_scope *scope)
{
    buffer_release(&scope->names);
    free(scope->begins);
    *scope = (struct csv_scope){0};
}

static bool csv_scope_hold(
    struct csv_scope *scope, struct str mark, uint64_t ordinal, struct error *err)
{
    bool ok = true;

    if (scope->count == scope->capacity) {
        size_t capacity = scope->capacity > 0 ? 2 * scope->capacity : 1024;
        uint32_t *begins = reallocarray(scope->begins, capacity, sizeof *begins);

        if (begins != NULL) {
            scope->begins = begins;
            scope->capacity = capacity;
        } else {
            ok = error_memory(err);
        }
    }
    if (ok) {
        scope->begins[scope->count++] = (uint32_t)scope->names.size;
        buffer_append(&scope->names, &ordinal, sizeof ordinal);
        buffer_append_str(&scope->names, mark);
    }
    if (ok && !buffer_ok(&scope->names)) {
        ok = scope->names.no_memory
                 ? error_memory(err)
                 : error_set(err, ERROR_DESTINATION, "there are too many owners of lists");
    }
    return ok;
}

bool csv_scope_add(struct csv_scope *scope, struct str mark, uint64_t ordinal, struct error *err)
{
    bool ok = true;

    scope->marked = true;
    if (scope->owner > 1) {
        ok = csv_scope_hold(scope, mark, ordinal, err);
    } else {
        scope->ordinal = ordinal;
        buffer_clear(&scope->names);
        buffer_append_str(&scope->names, mark);
        ok = buffer_ok(&scope->names) || error_memory(err);
    }
    return ok;
}

static struct str csv_scope_name(const struct csv_scope *scope, size_t i)
{
    size_t begin = scope->begins[i] + sizeof(uint64_t);
    size_t end = i + 1 < scope->count ? scope->begins[i + 1] : scope->names.size;

    return (struct str){scope->names.data + begin, end - begin};
}

/* The last owner that is not behind `name`, or the first one: steps that double from where the last
 * search ended, and then halves. Rows are sorted by owner within their group, so that a few steps
 * do for most. */
static size_t csv_scope_search(const struct csv_scope *scope, struct str name)
{
    size_t low = str_compare(csv_scope_name(scope, scope->at), name) <= 0 ? scope->at : 0;
    size_t step = 1;
    size_t high = low + 1;

    while (high < scope->count && str_compare(csv_scope_name(scope, high), name) <= 0) {
        low = high;
        high = low + step;
        step *= 2;
    }
    high = high < scope->count ? high : scope->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (str_compare(csv_scope_name(scope, middle), name) <= 0) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

bool csv_scope_find(struct csv_scope *scope, struct str key, uint64_t *ordinal)
{
    bool found = scope->marked;

    *ordinal = scope->ordinal;
    if (found && scope->owner == 1) {
        found = str_equal(csv_key_part(key, 0), buffer_view(&scope->names));
    } else if (found && scope->owner > 1) {
        struct str name = csv_key_part(key, scope->owner - 1);

        scope->at = csv_scope_search(scope, name);
        found = str_equal(csv_scope_name(scope, scope->at), name);
        memcpy(ordinal, scope->names.data + scope->begins[scope->at], sizeof *ordinal);
    }
    return found;
}

bool csv_scope_goes_on(struct csv_scope *scope, struct str key)
{
    uint64_t ordinal = 0;

    return scope->all || (scope->owner > 1 && scope->marked) ||
           csv_scope_find(scope, key, &ordinal);
}
