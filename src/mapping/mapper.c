#include "mapping/mapper.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/ceilings.h"
#include "mapping/jsonb.h"
#include "mapping/ldap.h"
#include "mapping/mask.h"
#include "mapping/rules.h"
#include "mapping/slots.h"

enum { MAPPER_MOST_CUSTOM = 1024 };

struct mapper {
    const struct mapping *mapping;   /* of the voice */
    const struct relation *relation; /* of the rows */
    struct str tenant;
    struct str owner; /* data is NULL without one */
    enum mapping_kind kind;
    struct cell *cells;
    size_t *order; /* in which columns are filled, by their places */
    size_t order_count;
    struct slots slots;
    struct privacy *privacy; /* NULL: no value is personal */
    struct str identifier;   /* of the last record, as the server gave it; where privacy acts */
    const struct mapping_column *device_id; /* NULL: there is no such column */
    const char *custom[MAPPER_MOST_CUSTOM]; /* loose custom attributes, in names' own arena */
    size_t custom_count;
    struct buffer json;
    struct arena names;
    struct arena arena; /* of the record under way */
    struct rule_call call;
};

static const struct mapping_column *mapper_find_device_id(const struct mapping *mapping)
{
    const struct mapping_column *found = NULL;

    for (size_t i = 0; found == NULL && i < mapping->relation.column_count; i++) {
        found = mapping->columns[i].rule->scope == RULE_OF_DEVICE_ID ? &mapping->columns[i] : NULL;
    }
    return found;
}

/* Custom attributes and then `extra` come after all others, whatever their place: they are what the
 * others left. A column of another kind of server is not filled, and takes nothing; nor does one
 * that the destination lacks. */
static void mapper_order_columns(struct mapper *mapper, const bool *lacking)
{
    static const enum rule_scope last[] = {RULE_OF_DEVICE_ID, RULE_OF_CUSTOM, RULE_OF_EXTRA};
    enum rule_scope from = RULE_OF_VALUE;

    for (size_t turn = 0; turn < sizeof last / sizeof *last; turn++) {
        for (size_t i = 0; i < mapper->mapping->relation.column_count; i++) {
            const struct mapping_column *column = &mapper->mapping->columns[i];
            enum rule_scope scope = column->rule->scope;

            if (scope >= from && scope <= last[turn] &&
                (scope != RULE_OF_CUSTOM || column->source_count > 0) &&
                (column->kind == MAPPING_ANY || column->kind == mapper->kind) &&
                (lacking == NULL || !lacking[i])) {
                mapper->order[mapper->order_count++] = i;
            }
        }
        from = last[turn] + 1;
    }
}

bool mapper_new(struct mapper **mapper, const struct mapping *mapping,
    const struct mapper_options *options, struct error *err)
{
    const struct mapping *spoken = options->voice == MAPPING_V1 ? mapping->v1 : mapping;
    struct mapper *made = spoken != NULL ? calloc(1, sizeof *made) : NULL;
    bool drops = options->voice == MAPPING_V1 && !options->keeps_coordinates;
    bool ok = made != NULL;

    if (ok) {
        made->mapping = spoken;
        made->relation = &mapping->relation;
        made->tenant = str_of(options->tenant);
        made->kind = options->kind;
        made->cells = calloc(mapping->relation.column_count, sizeof *made->cells);
        made->order = calloc(mapping->relation.column_count, sizeof *made->order);
        buffer_init(&made->json, CEILING_ROW);
        arena_init(&made->names, CEILING_DOCUMENT);
        arena_init(&made->arena, CEILING_TREE);
        made->call = (struct rule_call){&made->arena, options->zone};
        made->device_id = mapper_find_device_id(spoken);
        ok = slots_init(&made->slots, spoken, options->dropped) && made->cells != NULL &&
             made->order != NULL &&
             privacy_new(&made->privacy, spoken, options->privacy, drops, err);
    }
    if (ok) {
        mapper_order_columns(made, options->lacking);
    } else if (spoken == NULL) {
        (void)error_set(err, ERROR_CONFIG, "the mapping of %s has no column that v1 fills",
            mapping->relation.name);
    } else {
        mapper_free(made);
        made = NULL;
        (void)error_memory(err);
    }
    *mapper = made;
    return ok;
}

void mapper_free(struct mapper *mapper)
{
    if (mapper != NULL) {
        arena_release(&mapper->arena);
        arena_release(&mapper->names);
        buffer_release(&mapper->json);
        privacy_free(mapper->privacy);
        slots_release(&mapper->slots);
        free(mapper->order);
        free(mapper->cells);
    }
    free(mapper);
}

void mapper_set_owner(struct mapper *mapper, struct str device_id)
{
    mapper->owner = device_id;
}

static bool mapper_is_custom(const struct mapper *mapper, const char *name)
{
    bool found = false;

    for (size_t i = 0; !found && i < mapper->custom_count; i++) {
        found = strcmp(mapper->custom[i], name) == 0;
    }
    return found;
}

bool mapper_add_custom_attribute(struct mapper *mapper, const char *name, struct error *err)
{
    bool ok = true;
    bool wanted = mapping_property(mapper->mapping, name) == mapper->mapping->property_count &&
                  !mapper_is_custom(mapper, name);

    if (wanted && mapper->custom_count == MAPPER_MOST_CUSTOM) {
        ok = error_set(
            err, ERROR_SERVER, "more than %d custom attributes are named", MAPPER_MOST_CUSTOM);
    } else if (wanted) {
        const char *copy = arena_copy(&mapper->names, str_of(name));

        ok = copy != NULL;
        if (ok) {
            mapper->custom[mapper->custom_count++] = copy;
        } else {
            (void)error_memory(err);
        }
    }
    return ok;
}

/* The buffer's text from `from` on, as a cell in the arena. */
static bool mapper_set_json(struct mapper *mapper, struct cell *cell)
{
    char *copy =
        buffer_ok(&mapper->json) ? arena_copy(&mapper->arena, buffer_view(&mapper->json)) : NULL;

    if (copy != NULL) {
        cell->json = (struct str){copy, mapper->json.size};
        cell->is_set = true;
    }
    return copy != NULL;
}

/* An object of these members as the cell; without any the cell stays NULL. */
static bool mapper_write_members(struct mapper *mapper, enum jsonb_secrets secrets,
    const cJSON *const *members, size_t count, struct cell *cell)
{
    bool ok = true;

    if (count > 0) {
        buffer_clear(&mapper->json);
        ok = jsonb_write_members(&mapper->json, &mapper->arena, secrets, members, count) &&
             mapper_set_json(mapper, cell);
    }
    return ok;
}

static bool mapper_write_json(struct mapper *mapper, enum rule_scope scope, const cJSON *value)
{
    enum jsonb_secrets secrets = scope == RULE_OF_JSON ? JSONB_PLAIN : JSONB_MASKED;
    bool is_alone = scope == RULE_OF_LIST && record_type(value) != RECORD_LIST;
    bool ok;

    if (is_alone) {
        buffer_append_char(&mapper->json, '[');
    }
    ok = jsonb_write(&mapper->json, &mapper->arena, secrets, value);
    if (is_alone) {
        buffer_append_char(&mapper->json, ']');
    }
    return ok;
}

static bool mapper_write_ldap(struct mapper *mapper, const cJSON *value)
{
    const cJSON *const *members;
    size_t count;

    return ldap_members(&mapper->arena, value, &members, &count) &&
           jsonb_write_members(&mapper->json, &mapper->arena, JSONB_PLAIN, members, count);
}

static bool mapper_apply_json(
    struct mapper *mapper, const struct mapping_column *column, struct cell *cell)
{
    bool is_ldap = column->rule->scope == RULE_OF_LDAP;
    bool ok = true;

    for (size_t i = 0; ok && !cell->is_set && i < column->source_count; i++) {
        struct slot *slot = &mapper->slots.items[column->sources[i]];

        if (slot->value != NULL && (!is_ldap || record_type(slot->value) == RECORD_OBJECT)) {
            buffer_clear(&mapper->json);
            ok = (is_ldap ? mapper_write_ldap(mapper, slot->value)
                          : mapper_write_json(mapper, column->rule->scope, slot->value)) &&
                 mapper_set_json(mapper, cell);
            slot->taken = true;
        }
    }
    return ok;
}

static bool mapper_apply_value(
    struct mapper *mapper, const struct mapping_column *column, struct cell *cell)
{
    enum column_type type = column->rule->type;
    enum rule_result result = RULE_TOOK;
    bool is_told = false;

    for (size_t i = 0; result != RULE_NO_MEMORY && !cell->is_set && i < column->source_count; i++) {
        struct slot *slot = &mapper->slots.items[column->sources[i]];

        is_told = is_told || slot->value != NULL;
        if (slot->value != NULL && mapper->privacy != NULL && type == COLUMN_TEXT &&
            !column->rule->gives_words && privacy_is_hashed(slot->value)) {
            *cell = (struct cell){.is_set = true, .text = record_text(slot->value)};
            slot->taken = true;
        } else if (slot->value != NULL) {
            result = column->rule->apply(column, slot->value, &mapper->call, cell);
            slot->taken = slot->taken || result == RULE_TOOK;
        }
    }
    if (is_told && !cell->is_set && column->rule->otherwise != NULL) {
        *cell = (struct cell){.is_set = true, .text = str_of(column->rule->otherwise)};
    }
    return result != RULE_NO_MEMORY;
}

static void mapper_apply_sources(
    struct mapper *mapper, const struct mapping_column *column, struct cell *cell)
{
    const cJSON *values[MAPPING_MOST_SOURCES] = {NULL};

    for (size_t i = 0; i < column->source_count; i++) {
        values[i] = mapper->slots.items[column->sources[i]].value;
    }
    column->rule->weigh(values, cell);
}

/* The text of that source; "" without one. */
static struct str mapper_source_text(
    const struct mapper *mapper, const struct mapping_column *column, size_t source)
{
    bool is_there = column != NULL && source < column->source_count;

    return str_trim(
        record_text(is_there ? mapper->slots.items[column->sources[source]].value : NULL));
}

static bool mapper_is_masked(struct str text)
{
    bool masked = text.size > 0;

    for (size_t i = 0; masked && i < text.size; i++) {
        masked = text.data[i] == '*';
    }
    return masked;
}

struct str mapper_identifier(const struct mapper *mapper)
{
    return mapper->privacy != NULL ? mapper->identifier
                                   : mapper_source_text(mapper, mapper->device_id, 1);
}

/* What device_id tells of the identifier: a part of it may be personal, or all, and where that is
 * dropped the hash stands for it, so that the device stays the same from run to run. Empty where
 * there is no identifier, or no key for a hash. */
static bool mapper_shown_identifier(struct mapper *mapper, struct str *shown, struct error *err)
{
    struct str identifier = mapper_identifier(mapper);
    bool ok = true;

    *shown = mapper_source_text(mapper, mapper->device_id, 1);
    if (identifier.size == 0 || mapper_is_masked(identifier)) {
        *shown = (struct str){"", 0};
    } else if (mapper->privacy != NULL && !str_equal(identifier, *shown) &&
               (shown->size == 0 || memmem(shown->data, shown->size, "***", 3) != NULL)) {
        ok = privacy_hash(mapper->privacy, &mapper->arena, PERSONAL_CODE, identifier, shown, err);
    }
    return ok;
}

bool mapper_alias(struct mapper *mapper, struct str *alias, struct error *err)
{
    struct str shown;
    bool ok = mapper_shown_identifier(mapper, &shown, err);

    *alias = (struct str){"", 0};
    if (ok && shown.size > 0) {
        char *id = arena_alloc(&mapper->arena, shown.size + 4);

        ok = id != NULL || error_memory(err);
        if (ok) {
            memcpy(id, "mdm:", 4);
            memcpy(id + 4, shown.data, shown.size);
            *alias = (struct str){id, shown.size + 4};
        }
    }
    return ok;
}

/* What a device without an id lacks. */
static bool mapper_fail_device_id(
    const struct mapper *mapper, const struct mapping_column *column, struct error *err)
{
    const char *const *names = mapper->mapping->properties;
    const char *first = column->source_count > 0 ? names[column->sources[0]] : "name";
    const char *second = column->source_count > 1 ? names[column->sources[1]] : NULL;
    struct str identifier = mapper_identifier(mapper);
    bool ok = false;

    if (second == NULL) {
        (void)error_set(err, ERROR_RECORD, "it has no usable %s", first);
    } else if (identifier.size > 0 && !mapper_is_masked(identifier)) {
        (void)error_set(err, ERROR_RECORD,
            "it has no usable %s, and `privacy` drops its %s: with `privacy_key_file` it would be "
            "known by a hash of that",
            first, second);
    } else {
        (void)error_set(err, ERROR_RECORD, "it has neither a usable %s nor a usable %s%s", first,
            second, identifier.size > 0 ? " (masked by a privacy profile of the API user?)" : "");
    }
    return ok;
}

/* The product's rule for device_id. A privacy profile of the API user masks values with asterisks
 * (field notes, "Everywhere"): such an identifier tells no device from another. */
static bool mapper_apply_device_id(struct mapper *mapper, const struct mapping_column *column,
    struct cell *cell, struct error *err)
{
    struct str guid = mapper_source_text(mapper, column, 0);
    uint8_t uuid[ROW_UUID_SIZE];
    bool is_guid = rule_parse_uuid(guid, uuid);
    char *id = NULL;
    bool ok = true;

    if (is_guid) {
        id = arena_copy(&mapper->arena, guid);
        ok = id != NULL || error_memory(err);
        for (size_t i = 0; ok && i < guid.size; i++) {
            id[i] = str_lower(id[i]);
        }
        cell->text = (struct str){id, guid.size};
        mapper->slots.items[column->sources[0]].taken = true;
    } else {
        ok = mapper_alias(mapper, &cell->text, err) &&
             (cell->text.size > 0 || mapper_fail_device_id(mapper, column, err));
    }
    cell->is_set = ok;
    return ok;
}

/* The object under the property's name and the loose keys that $metadata names: one object. */
static bool mapper_apply_custom(
    struct mapper *mapper, const struct mapping_column *column, struct cell *cell)
{
    struct slots *slots = &mapper->slots;
    struct slot *slot = &slots->items[column->sources[0]];
    const cJSON *object = NULL;
    const cJSON **members;
    size_t count = 0;
    bool ok = true;

    if (record_type(slot->value) == RECORD_OBJECT) {
        ok = slots_rest(slots, &mapper->arena, slot->value, &object);
        slot->taken = true;
    }
    members = arena_alloc(&mapper->arena,
        ((size_t)cJSON_GetArraySize(object) + slots->loose_count + 1) * sizeof *members);
    ok = ok && members != NULL;
    for (const cJSON *child = object != NULL ? object->child : NULL; ok && child != NULL;
         child = child->next) {
        members[count++] = child;
    }
    for (size_t i = 0; ok && i < slots->loose_count; i++) {
        if (slots->loose[i] != NULL && mapper_is_custom(mapper, slots->loose[i]->string)) {
            members[count++] = slots->loose[i];
            slots->loose[i] = NULL;
        }
    }
    return ok && mapper_write_members(mapper, JSONB_PLAIN, members, count, cell);
}

/* An identity is known by a member that a column may have taken: so the record itself is asked. */
static bool mapper_apply_extra(struct mapper *mapper, const cJSON *record, struct cell *cell)
{
    const cJSON **members;
    size_t count;
    bool ok = slots_left(&mapper->slots, &mapper->arena, &members, &count);

    return ok && mapper_write_members(mapper,
                     count > 0 && mask_is_marked(record) ? JSONB_MARKED : JSONB_MASKED, members,
                     count, cell);
}

static bool mapper_apply_column(
    struct mapper *mapper, const cJSON *record, size_t place, struct error *err)
{
    const struct mapping_column *column = &mapper->mapping->columns[place];
    struct cell *cell = &mapper->cells[place];
    bool ok = true;

    switch (column->rule->scope) {
    case RULE_OF_VALUE:
        ok = mapper_apply_value(mapper, column, cell);
        break;
    case RULE_OF_SOURCES:
        mapper_apply_sources(mapper, column, cell);
        break;
    case RULE_OF_JSON:
    case RULE_OF_MASKED:
    case RULE_OF_LIST:
    case RULE_OF_LDAP:
        ok = mapper_apply_json(mapper, column, cell);
        break;
    case RULE_OF_TENANT:
        *cell = (struct cell){.is_set = true, .text = mapper->tenant};
        break;
    case RULE_OF_OWNER:
        *cell = (struct cell){.is_set = mapper->owner.data != NULL, .text = mapper->owner};
        break;
    case RULE_OF_DEVICE_ID:
        ok = mapper_apply_device_id(mapper, column, cell, err);
        break;
    case RULE_OF_CUSTOM:
        ok = mapper_apply_custom(mapper, column, cell);
        break;
    case RULE_OF_EXTRA:
        ok = mapper_apply_extra(mapper, record, cell);
        break;
    }
    if (!ok && err->kind == ERROR_NONE && (mapper->arena.no_memory || mapper->json.no_memory)) {
        (void)error_memory(err);
    } else if (!ok && err->kind == ERROR_NONE) {
        (void)error_set(err, ERROR_RECORD, "column %s: it grows beyond the ceiling of one record",
            mapper->mapping->relation.columns[place].name);
    }
    return ok;
}

/* A key without a value identifies nothing, and neither does one that a privacy profile of the API
 * user made of asterisks (field notes, "Everywhere"): all records would be one row. */
static bool mapper_check_key(const struct mapper *mapper, struct error *err)
{
    const struct relation *relation = &mapper->mapping->relation;
    bool ok = true;

    for (size_t i = 0; ok && i < relation->key_count; i++) {
        const struct cell *cell = &mapper->cells[i];
        const char *name = relation->columns[i].name;
        bool is_text = relation->columns[i].type == COLUMN_TEXT;

        if (!cell->is_set && mapper->privacy != NULL && privacy_has_lost(mapper->privacy)) {
            ok = error_set(err, ERROR_RECORD,
                "`privacy` drops its %s, by which it is known: with `privacy_key_file` it would be "
                "known by a hash of that",
                name);
        } else if (!cell->is_set) {
            ok = error_set(err, ERROR_RECORD, "it has no %s", name);
        } else if (is_text && cell->text.size > CEILING_KEY) {
            ok = error_set(err, ERROR_RECORD, "its %s is longer than %d bytes", name, CEILING_KEY);
        } else if (is_text && mapper_is_masked(cell->text)) {
            ok = error_set(err, ERROR_RECORD,
                "its %s is asterisks (masked by a privacy profile of the API user?)", name);
        }
    }
    return ok;
}

/* The identifier is for calls: it is kept before it is made unknown. */
static bool mapper_keep_identifier(struct mapper *mapper, const cJSON *record, struct error *err)
{
    bool ok = slots_sort(&mapper->slots, record) || error_memory(err);
    struct str identifier = {"", 0};

    if (ok) {
        identifier = mapper_source_text(mapper, mapper->device_id, 1);
        mapper->identifier.data = arena_copy(&mapper->arena, identifier);
        mapper->identifier.size = mapper->identifier.data != NULL ? identifier.size : 0;
        ok = mapper->identifier.data != NULL || error_memory(err);
    }
    return ok;
}

/* The tree belongs to the record that was parsed into an arena: who hands it on as const keeps
 * readers from changing it by the way, and this is no reader. */
bool mapper_protect(struct mapper *mapper, const cJSON *record, struct error *err)
{
    bool has_identifier = mapper->device_id != NULL && mapper->device_id->source_count > 1 &&
                          record_type(record) == RECORD_OBJECT;
    bool ok = true;

    error_clear(err);
    arena_reset(&mapper->arena);
    mapper->identifier = (struct str){"", 0};
    if (mapper->privacy != NULL) {
        ok = (!has_identifier || mapper_keep_identifier(mapper, record, err)) &&
             privacy_apply(mapper->privacy, &mapper->arena, (cJSON *)(uintptr_t)record, err);
    }
    return ok;
}

bool mapper_apply(struct mapper *mapper, const cJSON *record, struct row *row, struct error *err)
{
    const struct relation *relation = &mapper->mapping->relation;
    bool ok = mapper_protect(mapper, record, err) &&
              (record_type(record) == RECORD_OBJECT ||
                  error_set(err, ERROR_RECORD, "it is not a JSON object"));

    if (ok) {
        memset(mapper->cells, 0, relation->column_count * sizeof *mapper->cells);
        ok = slots_sort(&mapper->slots, record) || error_memory(err);
    }
    for (size_t i = 0; ok && i < mapper->order_count; i++) {
        ok = mapper_apply_column(mapper, record, mapper->order[i], err);
    }
    *row = (struct row){mapper->relation, mapper->cells};
    return ok && mapper_check_key(mapper, err) && row_check_size(row, err);
}
