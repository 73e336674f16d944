#include "mapping/privacy_place.h"

struct privacy_place privacy_place_of(
    const char *text, const struct mapping_personal *value, enum privacy_act act)
{
    struct privacy_place place = {.names = str_of(text), .value = value, .act = act};

    place.is_any_depth = text[0] == '.';
    place.names.data += place.is_any_depth ? 1 : 0;
    place.names.size -= place.is_any_depth ? 1 : 0;
    place.is_within = place.names.data[place.names.size - 1] == '.';
    place.names.size -= place.is_within ? 1 : 0;
    return place;
}

static bool privacy_is_entry(const cJSON *child)
{
    return (cJSON_IsObject(child) || cJSON_IsArray(child)) && strcmp(child->string, "entry") == 0;
}

struct privacy_way privacy_way_to(
    const struct privacy_way *up, const cJSON *parent, const cJSON *child)
{
    struct privacy_way way = *up;

    if (child->string != NULL && !privacy_is_entry(child)) {
        bool is_value = strcmp(child->string, "value") == 0;
        struct str key = record_text(is_value ? record_member(parent, "key") : NULL);

        way = (struct privacy_way){up, key.size > 0 ? key : str_of(child->string)};
    }
    return way;
}

/* Whether the way ends with the name; `names` loses it, and the dot before it. */
static bool privacy_take_name(struct str *names, struct str name)
{
    size_t left = name.size;
    bool ends = name.size <= names->size && name.size > 0 &&
                (name.size == names->size || names->data[names->size - name.size - 1] == '.');

    for (; ends && left > 0; left--) {
        ends = str_lower(names->data[names->size - name.size + left - 1]) ==
               str_lower(name.data[left - 1]);
    }
    if (ends) {
        names->size -= name.size;
        names->size -= names->size > 0 ? 1 : 0;
    }
    return ends;
}

static bool privacy_is_here(const struct privacy_place *place, const struct privacy_way *way)
{
    struct str names = place->names;
    bool same = true;

    while (same && names.size > 0) {
        same = way->name.data != NULL && privacy_take_name(&names, way->name);
        way = same ? way->up : way;
    }
    return same && (place->is_any_depth || way->name.data == NULL);
}

bool privacy_is_at(const struct privacy_place *place, const struct privacy_way *way)
{
    bool found = privacy_is_here(place, way);

    for (way = way->up; place->is_within && !found && way != NULL && way->name.data != NULL;
         way = way->up) {
        found = privacy_is_here(place, way);
    }
    return found;
}
