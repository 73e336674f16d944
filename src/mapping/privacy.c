#include "mapping/privacy.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/ceilings.h"
#include "base/hash.h"
#include "mapping/privacy_form.h"
#include "mapping/privacy_place.h"
#include "mapping/privacy_text.h"
#include "mapping/rules.h"

enum {
    PRIVACY_HASH_BYTES = PRIVACY_HASH_SIZE / 2,
    PRIVACY_MOST_FOUND = 256,   /* personal values of one record: real ones have some twenty */
    PRIVACY_HASHED = 0x70726976 /* in a node's number, which a string has none of */
};

static const char privacy_blank[] = "***";

/* What the relation makes of a property of the record. */
enum privacy_use {
    PRIVACY_FREE,
    PRIVACY_PLAIN, /* a word of a list, a number, a time: as long as its value is one */
    PRIVACY_KEY    /* the row is known by it */
};

struct privacy {
    const struct mapping *mapping;
    struct privacy_place *places;
    size_t place_count;
    uint8_t *uses;                            /* of each of the mapping's properties */
    unsigned forms;                           /* that texts are looked through for: a bit each */
    enum privacy_act acts[PERSONAL_UDID + 1]; /* of these */
    bool has_texts;
    struct hash_keyed *keyed; /* NULL: without a key */
    /* Of the record under way: */
    struct arena *arena;
    struct error *err;
    const struct privacy_found *found;
    size_t found_count;
    bool has_lost;
    struct buffer text;
};

/* The act that was chosen for the kind; false without one. */
static bool privacy_choose(const struct privacy_settings *settings, bool drops_coordinates,
    const char *kind, enum privacy_act *act)
{
    bool found = false;

    *act = PRIVACY_DROP;
    for (size_t i = 0; !found && settings != NULL && i < settings->count; i++) {
        found = strcmp(settings->choices[i].kind, kind) == 0;
        *act = found ? settings->choices[i].act : PRIVACY_DROP;
    }
    return found || (drops_coordinates && strcmp(kind, PRIVACY_COORDINATES) == 0);
}

static size_t privacy_count(const char *const *places)
{
    size_t count = 0;

    while (places[count] != NULL) {
        count++;
    }
    return count;
}

static bool privacy_alloc(struct privacy *privacy)
{
    const struct mapping *mapping = privacy->mapping;
    size_t count = privacy_count(mapping->texts);

    for (size_t i = 0; i < mapping->personal_count; i++) {
        count += privacy_count(mapping->personal[i].places);
    }
    privacy->places = calloc(count + 1, sizeof *privacy->places);
    privacy->uses = calloc(mapping->property_count + 1, sizeof *privacy->uses);
    return privacy->places != NULL && privacy->uses != NULL;
}

/* The chosen kinds' places, and those of texts. Returns whether anything was chosen. */
static bool privacy_gather(
    struct privacy *privacy, const struct privacy_settings *settings, bool drops_coordinates)
{
    const struct mapping *mapping = privacy->mapping;
    bool is_any = false;

    for (size_t i = 0; i < mapping->personal_count; i++) {
        const struct mapping_personal *value = &mapping->personal[i];
        enum privacy_act act;

        if (privacy_choose(settings, drops_coordinates, value->kind, &act)) {
            bool differs =
                (privacy->forms & 1U << value->form) != 0 && privacy->acts[value->form] != act;

            /* What looks like an IMEI may be an IMSI: of two acts the stricter counts. */
            is_any = true;
            privacy->forms |= 1U << value->form;
            privacy->acts[value->form] = differs ? PRIVACY_DROP : act;
            for (size_t p = 0; value->places[p] != NULL; p++) {
                privacy->places[privacy->place_count++] =
                    privacy_place_of(value->places[p], value, act);
            }
        }
    }
    /* These have no look of their own. */
    privacy->forms &= ~(1U << PERSONAL_TEXT | 1U << PERSONAL_CODE);
    for (size_t p = 0; is_any && mapping->texts[p] != NULL; p++) {
        privacy->has_texts = true;
        privacy->places[privacy->place_count++] =
            privacy_place_of(mapping->texts[p], NULL, PRIVACY_DROP);
    }
    return is_any && (privacy->place_count > 0 || privacy->forms != 0);
}

/* A column that only asks whether there is a value says nothing of what the value is. */
static bool privacy_is_plain(const struct mapping *mapping, size_t column)
{
    enum column_type type = mapping->relation.columns[column].type;
    const struct rule *rule = mapping->columns[column].rule;
    bool is_free = type == COLUMN_TEXT || type == COLUMN_TEXT_ARRAY;

    return rule->scope == RULE_OF_VALUE && strcmp(rule->name, "false_if_present") != 0 &&
           (!is_free || rule->gives_words);
}

static void privacy_note_uses(struct privacy *privacy)
{
    const struct mapping *mapping = privacy->mapping;

    for (size_t i = 0; i < mapping->relation.column_count; i++) {
        const struct mapping_column *column = &mapping->columns[i];
        bool is_key = i < mapping->relation.key_count && column->rule->scope == RULE_OF_VALUE;

        for (size_t s = 0; s < column->source_count; s++) {
            uint8_t *use = &privacy->uses[column->sources[s]];

            if (is_key) {
                *use = PRIVACY_KEY;
            } else if (*use == PRIVACY_FREE && privacy_is_plain(mapping, i)) {
                *use = PRIVACY_PLAIN;
            }
        }
    }
}

bool privacy_new(struct privacy **privacy, const struct mapping *mapping,
    const struct privacy_settings *settings, bool drops_coordinates, struct error *err)
{
    struct privacy *made = calloc(1, sizeof *made);
    bool is_any = false;
    bool ok = made != NULL;

    if (ok) {
        made->mapping = mapping;
        buffer_init(&made->text, CEILING_ROW);
        ok = privacy_alloc(made);
    }
    if (ok) {
        is_any = privacy_gather(made, settings, drops_coordinates);
        privacy_note_uses(made);
        ok = !is_any || settings == NULL || settings->key.data == NULL ||
             hash_keyed_new(&made->keyed, settings->key, err);
    } else {
        (void)error_memory(err);
    }
    if (!ok || !is_any) {
        privacy_free(made);
        made = NULL;
    }
    *privacy = made;
    return ok;
}

void privacy_free(struct privacy *privacy)
{
    if (privacy != NULL) {
        buffer_release(&privacy->text);
        hash_keyed_free(privacy->keyed);
        free(privacy->uses);
        free(privacy->places);
    }
    free(privacy);
}

bool privacy_has_lost(const struct privacy *privacy)
{
    return privacy->has_lost;
}

bool privacy_holds_hash(struct str text)
{
    size_t run = 0;
    bool found = false;

    for (size_t i = 0; i <= text.size && !found; i++) {
        bool is_digit = i < text.size && str_hex_digit(text.data[i]) >= 0;

        found = !is_digit && run == PRIVACY_HASH_SIZE;
        run = is_digit ? run + 1 : 0;
    }
    return found;
}

bool privacy_is_hashed(const cJSON *value)
{
    return cJSON_IsString(value) && value->valueint == PRIVACY_HASHED;
}

/* What has no room in the arena is either too large a record, or no memory. */
static bool privacy_fail(const struct arena *arena, struct error *err)
{
    return arena->no_memory ? error_memory(err)
                            : error_set(err, ERROR_RECORD,
                                  "without its personal values it grows beyond the ceiling of one "
                                  "record");
}

static bool privacy_hash_normal(struct privacy *privacy, struct arena *arena, struct str normal,
    struct str *hash, struct error *err)
{
    uint8_t digest[HASH_SIZE];
    bool ok = privacy->keyed == NULL || hash_keyed_of(privacy->keyed, normal, digest, err);

    *hash = (struct str){NULL, 0};
    if (ok && privacy->keyed != NULL) {
        char *hex = arena_alloc(arena, 2 * PRIVACY_HASH_BYTES + 1);

        ok = hex != NULL || privacy_fail(arena, err);
        if (ok) {
            hash_write_hex(digest, PRIVACY_HASH_BYTES, hex);
            *hash = (struct str){hex, 2 * PRIVACY_HASH_BYTES};
        }
    }
    return ok;
}

bool privacy_hash(struct privacy *privacy, struct arena *arena, enum personal_form form,
    struct str text, struct str *hash, struct error *err)
{
    struct str normal = privacy_normalise(form, text, arena);

    return normal.data != NULL ? privacy_hash_normal(privacy, arena, normal, hash, err)
                               : privacy_fail(arena, err);
}

/* The place of a value, or of texts, that the way leads to; NULL without one. */
static const struct privacy_place *privacy_find_place(
    const struct privacy *privacy, const struct privacy_way *way, bool of_texts)
{
    const struct privacy_place *found = NULL;

    for (size_t i = 0; found == NULL && i < privacy->place_count; i++) {
        const struct privacy_place *place = &privacy->places[i];

        if ((place->value == NULL) == of_texts && privacy_is_at(place, way)) {
            found = place;
        }
    }
    return found;
}

/* Which of the mapping's properties the way leads to; property_count: none. */
static size_t privacy_property(const struct privacy *privacy, const struct privacy_way *way)
{
    return way->up != NULL && way->up->name.data == NULL
               ? mapping_property(privacy->mapping, way->name.data)
               : privacy->mapping->property_count;
}

static enum privacy_use privacy_use(const struct privacy *privacy, const struct privacy_way *way)
{
    const struct mapping *mapping = privacy->mapping;
    size_t place = privacy_property(privacy, way);

    return place < mapping->property_count ? (enum privacy_use)privacy->uses[place] : PRIVACY_FREE;
}

static void privacy_set_text(cJSON *node, struct str text, bool is_hash)
{
    /* The tree is its arena's, which nobody frees from by parts. */
    node->valuestring = (char *)(uintptr_t)text.data;
    node->type = cJSON_String;
    node->valueint = is_hash ? PRIVACY_HASHED : 0;
}

/* Notes a value that was found, and its hash where it has one. */
static bool privacy_note(struct privacy *privacy, const struct privacy_place *place,
    struct str text, bool is_hash, const struct privacy_found **noted)
{
    struct str normal = privacy_normalise(place->value->form, text, privacy->arena);
    struct privacy_found *made = NULL;
    const struct privacy_found *same = privacy->found;
    bool ok = normal.data != NULL || privacy_fail(privacy->arena, privacy->err);

    while (ok && same != NULL &&
           (same->form != place->value->form || (same->hash.data != NULL) != is_hash ||
               !str_equal(same->normal, normal))) {
        same = same->next;
    }
    if (ok && same == NULL && privacy->found_count == PRIVACY_MOST_FOUND) {
        ok = error_set(
            privacy->err, ERROR_RECORD, "it has more than %d personal values", PRIVACY_MOST_FOUND);
    } else if (ok && same == NULL) {
        made = arena_alloc(privacy->arena, sizeof *made);
        ok = made != NULL || privacy_fail(privacy->arena, privacy->err);
    }
    if (made != NULL) {
        *made = (struct privacy_found){.next = privacy->found,
            .form = place->value->form,
            .search = place->value->search,
            .normal = normal};
        ok = !is_hash ||
             privacy_hash_normal(privacy, privacy->arena, normal, &made->hash, privacy->err);
        privacy->found = made;
        privacy->found_count++;
    }
    *noted = same != NULL ? same : made;
    return ok;
}

/* What is dropped, and the row is known by it, is hashed; without a key for that it goes. */
static enum privacy_act privacy_act_on(
    struct privacy *privacy, enum privacy_act act, enum privacy_use use)
{
    bool is_kept = act == PRIVACY_DROP && use == PRIVACY_KEY;

    privacy->has_lost = privacy->has_lost || (is_kept && privacy->keyed == NULL);
    return is_kept && privacy->keyed != NULL ? PRIVACY_HASH : act;
}

/* A row that is known by a GUID is known by the server's own name of a thing, where its hardware's
 * number may stand as well. */
static bool privacy_is_servers(
    const struct privacy_place *place, enum privacy_use use, struct str text)
{
    uint8_t uuid[ROW_UUID_SIZE];

    return use == PRIVACY_KEY && privacy_is_code(place->value->form) && rule_parse_uuid(text, uuid);
}

/* One value at its place, or all within it. *goes: it is to leave the record. */
static bool privacy_take(struct privacy *privacy, const struct privacy_place *place,
    enum privacy_use use, cJSON *node, bool *goes)
{
    enum record_type type = record_type(node);
    struct str text = str_trim(record_text(node));
    bool is_value = (type == RECORD_STRING || type == RECORD_NUMBER) &&
                    !privacy_is_placeholder(text) && !privacy_is_servers(place, use, text);
    enum privacy_act act = is_value ? privacy_act_on(privacy, place->act, use) : place->act;
    bool goes_inside = false;
    bool ok = true;

    if (is_value) {
        const struct privacy_found *found = NULL;

        ok = privacy_note(privacy, place, text, act == PRIVACY_HASH, &found);
        if (ok && act == PRIVACY_HASH) {
            privacy_set_text(node, found->hash, true);
        }
    } else if (type == RECORD_LIST || type == RECORD_OBJECT) {
        for (cJSON *child = node->child; ok && child != NULL; child = child->next) {
            ok = privacy_take(privacy, place, PRIVACY_FREE, child, &goes_inside);
        }
    }
    *goes = act == PRIVACY_DROP &&
            (is_value || type == RECORD_BOOLEAN || type == RECORD_LIST || type == RECORD_OBJECT);
    return ok;
}

/* Acts on values at their places, and notes them. */
static bool privacy_walk_places(
    struct privacy *privacy, cJSON *parent, const struct privacy_way *way)
{
    bool ok = true;
    cJSON *next;

    for (cJSON *child = parent->child; ok && child != NULL; child = next) {
        const struct privacy_way here = privacy_way_to(way, parent, child);
        const struct privacy_place *place =
            child->string != NULL ? privacy_find_place(privacy, &here, false) : NULL;
        bool goes = false;

        next = child->next;
        if (place != NULL) {
            ok = privacy_take(privacy, place, privacy_use(privacy, &here), child, &goes);
        } else if (cJSON_IsObject(child) || cJSON_IsArray(child)) {
            ok = privacy_walk_places(privacy, child, &here);
        }
        if (goes) {
            (void)cJSON_DetachItemViaPointer(parent, child);
        }
    }
    return ok;
}

/* The hash that takes the place of a part; empty where it is dropped. */
static bool privacy_part_hash(struct privacy *privacy, struct str text,
    const struct privacy_part *part, enum privacy_act *act, struct str *hash)
{
    struct str own = {text.data + part->from, part->to - part->from};
    bool ok = true;

    *act = privacy->acts[part->form];
    *hash = (struct str){NULL, 0};
    if (part->found != NULL) {
        *hash = part->found->hash;
        *act = hash->data != NULL ? PRIVACY_HASH : PRIVACY_DROP;
    } else if (*act == PRIVACY_HASH) {
        ok = privacy_hash(privacy, privacy->arena, part->form, own, hash, privacy->err);
    }
    return ok;
}

/* For which looks a text is read: an address of e-mail is known by its @ wherever it stands, such
 * as in a user's id. */
static unsigned privacy_forms_of(const struct privacy *privacy, struct str text, bool is_text)
{
    bool has_at = memchr(text.data, '@', text.size) != NULL;
    unsigned email = privacy->forms & 1U << PERSONAL_EMAIL;

    return (is_text ? privacy->forms & ~email : 0) | (has_at ? email : 0);
}

/* Writes the text anew from its first part on. */
static bool privacy_rewrite(
    struct privacy *privacy, struct str text, bool is_text, struct privacy_part part, cJSON *node)
{
    unsigned forms = privacy_forms_of(privacy, text, is_text);
    size_t from = 0;
    bool more = true;
    bool ok = true;

    buffer_clear(&privacy->text);
    while (ok && more) {
        enum privacy_act act;
        struct str hash;

        ok = privacy_part_hash(privacy, text, &part, &act, &hash);
        buffer_append(&privacy->text, text.data + from, part.from - from);
        buffer_append_str(&privacy->text, hash.data != NULL ? hash : str_of(privacy_blank));
        from = part.to;
        more = privacy_next_part(text, from, is_text, forms, privacy->found, &part);
    }
    buffer_append(&privacy->text, text.data + from, text.size - from);
    if (ok && privacy->text.no_memory) {
        ok = error_memory(privacy->err);
    } else if (ok) {
        const char *copy = buffer_ok(&privacy->text)
                               ? arena_copy(privacy->arena, buffer_view(&privacy->text))
                               : NULL;

        ok = copy != NULL || privacy_fail(privacy->arena, privacy->err);
        if (ok) {
            privacy_set_text(node, (struct str){copy, privacy->text.size}, false);
        }
    }
    return ok;
}

/* A text, or a number, that is no place of a value. */
static bool privacy_search(
    struct privacy *privacy, cJSON *node, bool is_text, enum privacy_use use, bool *goes)
{
    struct str text = record_text(node);
    bool is_number = record_type(node) == RECORD_NUMBER;
    struct privacy_part part;
    unsigned forms = is_number ? 0 : privacy_forms_of(privacy, text, is_text);
    bool is_found = privacy_next_part(text, 0, is_text, forms, privacy->found, &part);
    bool is_whole = is_found && privacy_is_whole(text, &part);
    enum privacy_act act = PRIVACY_DROP;
    struct str hash = {NULL, 0};
    bool ok = true;

    if (is_whole) {
        ok = privacy_part_hash(privacy, text, &part, &act, &hash);
        act = privacy_act_on(privacy, act, use);
        if (ok && act == PRIVACY_HASH && hash.data == NULL) {
            ok = privacy_hash(privacy, privacy->arena, part.form, text, &hash, privacy->err);
        }
        if (ok && act == PRIVACY_HASH) {
            privacy_set_text(node, hash, true);
        }
        *goes = act == PRIVACY_DROP;
    } else if (is_found && !is_number) {
        ok = privacy_rewrite(privacy, text, is_text, part, node);
    }
    return ok;
}

/* What a property of plain values holds is for its columns' rules to say. *is_plain: one of them
 * takes it. Otherwise it goes to `extra` as it is, and may be any text; *is_text is false where it
 * begins with what is expected, as `Windows 10.0.19045.3570` does: digits are a version there. */
static bool privacy_judge_plain(
    struct privacy *privacy, size_t property, const cJSON *value, bool *is_plain, bool *is_text)
{
    const struct mapping *mapping = privacy->mapping;
    const struct rule_call call = {privacy->arena, NULL};
    bool ok = true;

    *is_plain = record_type(value) == RECORD_NUMBER;
    *is_text = true;
    for (size_t i = 0; ok && !*is_plain && i < mapping->relation.column_count; i++) {
        const struct mapping_column *column = &mapping->columns[i];
        bool is_read = false;

        for (size_t s = 0; s < column->source_count; s++) {
            is_read = is_read || column->sources[s] == property;
        }
        if (is_read && privacy_is_plain(mapping, i)) {
            struct cell cell = {.is_set = false};
            enum rule_result result = column->rule->apply(column, value, &call, &cell);

            ok = result != RULE_NO_MEMORY || privacy_fail(privacy->arena, privacy->err);
            *is_plain = result == RULE_TOOK || (cell.is_set && !column->rule->gives_words);
            *is_text = *is_text && !(cell.is_set && column->rule->otherwise != NULL);
        }
    }
    return ok;
}

/* One text, or number, and what it is for. */
static bool privacy_search_at(
    struct privacy *privacy, const struct privacy_way *way, cJSON *node, bool is_text, bool *goes)
{
    enum privacy_use use = node->string != NULL ? privacy_use(privacy, way) : PRIVACY_FREE;
    bool is_plain = false;
    bool is_any = true;
    bool ok = true;

    if (use == PRIVACY_PLAIN) {
        ok = privacy_judge_plain(privacy, privacy_property(privacy, way), node, &is_plain, &is_any);
        is_text = is_text || is_any;
    }
    return ok && (is_plain || privacy_search(privacy, node, is_text, use, goes));
}

/* Whether the way leads into a list or an object that stands where a plain value is expected: it
 * goes to `extra` whole, and anything may be in it. */
static bool privacy_is_misplaced(const struct privacy *privacy, const struct privacy_way *way)
{
    while (way->up != NULL && way->up->name.data != NULL) {
        way = way->up;
    }
    return privacy_use(privacy, way) == PRIVACY_PLAIN;
}

/* Looks for the values that were found in all other texts, and in some for what looks like one. */
static bool privacy_walk_texts(
    struct privacy *privacy, cJSON *parent, const struct privacy_way *way, bool is_text)
{
    bool is_misplaced = privacy_is_misplaced(privacy, way);
    bool ok = true;
    cJSON *next;

    for (cJSON *child = parent->child; ok && child != NULL; child = next) {
        const struct privacy_way here = privacy_way_to(way, parent, child);
        bool is_at_text = privacy->has_texts && child->string != NULL &&
                          privacy_find_place(privacy, &here, true) != NULL;
        bool is_here = is_misplaced || is_at_text || (child->string == NULL && is_text);
        bool goes = false;

        next = child->next;
        if (cJSON_IsObject(child) || cJSON_IsArray(child)) {
            ok = privacy_walk_texts(privacy, child, &here, is_here);
        } else if (cJSON_IsString(child) && !privacy_is_hashed(child)) {
            ok = privacy_search_at(privacy, &here, child, is_here, &goes);
        }
        if (goes) {
            (void)cJSON_DetachItemViaPointer(parent, child);
        }
    }
    return ok;
}

bool privacy_apply(struct privacy *privacy, struct arena *arena, cJSON *record, struct error *err)
{
    const struct privacy_way root = {NULL, {NULL, 0}};
    bool ok = true;

    privacy->arena = arena;
    privacy->err = err;
    privacy->found = NULL;
    privacy->found_count = 0;
    privacy->has_lost = false;
    if (record_type(record) == RECORD_OBJECT) {
        ok = privacy_walk_places(privacy, record, &root) &&
             ((privacy->found == NULL && !privacy->has_texts && privacy->forms == 0) ||
                 privacy_walk_texts(privacy, record, &root, false));
    } else if (cJSON_IsString(record)) {
        privacy_set_text(record, str_of(privacy_blank), false); /* nobody knows what it is */
    }
    if (!ok || record_type(record) == RECORD_LIST) {
        record->child = NULL;
    }
    return ok;
}
