#include "mapping/ldap.h"

#include <string.h>

enum { LDAP_GUID_DIGITS = 32 };

static bool ldap_is_separator(char c)
{
    return c == '\\' || c == '-' || c == '{' || c == '}' || c == ' ' || c == '\n' || c == '\r' ||
           c == '\t';
}

/* The digits and a NUL into `guid`; false for another form. */
static bool ldap_read_guid(struct str text, char guid[LDAP_GUID_DIGITS + 1])
{
    size_t count = 0;
    bool ok = true;

    for (size_t i = 0; ok && i < text.size; i++) {
        if (str_hex_digit(text.data[i]) >= 0 && count < LDAP_GUID_DIGITS) {
            guid[count++] = str_lower(text.data[i]);
        } else {
            ok = ldap_is_separator(text.data[i]);
        }
    }
    guid[count] = '\0';
    return ok && count == LDAP_GUID_DIGITS;
}

/* A number is a GUID too, where all its digits are decimal ones. */
static bool ldap_write_guid(struct arena *arena, cJSON *member)
{
    char guid[LDAP_GUID_DIGITS + 1];
    bool ok = true;

    if (ldap_read_guid(record_text(member), guid)) {
        member->valuestring = arena_copy(arena, str_of(guid));
        ok = member->valuestring != NULL;
    }
    return ok;
}

static bool ldap_write_member(struct arena *arena, const cJSON *member, cJSON *written)
{
    bool ok;

    *written = *member;
    written->string = arena_copy(arena, str_of(member->string));
    ok = written->string != NULL;
    for (char *c = written->string; ok && *c != '\0'; c++) {
        *c = str_lower(*c);
    }
    if (ok && strcmp(written->string, "objectguid") == 0) {
        ok = ldap_write_guid(arena, written);
    }
    return ok;
}

bool ldap_members(
    struct arena *arena, const cJSON *object, const cJSON *const **members, size_t *count)
{
    size_t room = (size_t)cJSON_GetArraySize(object);
    const cJSON **list = arena_alloc(arena, room * sizeof *list);
    cJSON *written = arena_alloc(arena, room * sizeof *written);
    bool ok = list != NULL && written != NULL;

    *count = 0;
    for (const cJSON *member = object->child; ok && member != NULL; member = member->next) {
        ok = ldap_write_member(arena, member, &written[*count]);
        list[*count] = &written[*count];
        ++*count;
    }
    *members = list;
    return ok;
}
