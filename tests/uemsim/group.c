#include "group.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "put.h"
#include "words.h"

enum stream { STREAM_GROUP = 601 };

/* Ids have gaps, as real ones do. */
#define FIRST_ID UINT64_C(38000)
#define ID_STEP 7
/* Days in which a device goes through all dynamic groups. */
#define PERIOD 64
#define NAME_MAX_BYTES 64

static const struct word no_text = {PUT_LIT("")};

/* Those that every tenant has; the others are made up: each third one is static. */
enum known { ALL_DEVICES, ANDROID, ANDROID_WORK, IOS, WINDOWS, MACOS, TVOS, KNOWN_COUNT };

static const struct {
    struct word name, description, definition;
} known[KNOWN_COUNT] = {
    {{PUT_LIT("All Devices")}, {PUT_LIT("Targets any type of device.")}, {PUT_LIT("")}},
    {{PUT_LIT("Android Devices")}, {PUT_LIT("Targets all Android devices")},
        {PUT_LIT("PLATFORMTYPE EQ 'ANDROID'")}},
    {{PUT_LIT("Android Enterprise Devices")}, {PUT_LIT("Targets all Android Enterprise devices")},
        {PUT_LIT("PLATFORMTYPE EQ 'ANDROID' AND ANDROIDWORKENABLED EQ 'true'")}},
    {{PUT_LIT("iOS Devices")}, {PUT_LIT("Targets all iOS devices")},
        {PUT_LIT("PLATFORMTYPE EQ 'IOS'")}},
    {{PUT_LIT("Windows Devices")}, {PUT_LIT("Targets all Windows devices")},
        {PUT_LIT("PLATFORMTYPE EQ 'WINDOWS_PHONE'")}},
    {{PUT_LIT("macOS Devices")}, {PUT_LIT("Targets all OSX devices")},
        {PUT_LIT("PLATFORMTYPE EQ 'OSX'")}},
    {{PUT_LIT("tvOS Devices")}, {PUT_LIT("Targets all tvOS devices.")},
        {PUT_LIT("PLATFORMTYPE EQ 'IOS' AND MODEL STARTS_WITH 'AppleTV'")}},
};

static bool is_static(uint64_t group)
{
    return group % 3 == 0;
}

/* Half of all devices, a quarter, ... one in 64. */
static bool has_made_up(const struct device_world *world, uint64_t group, uint64_t index)
{
    const uint64_t width = (PERIOD / 2) >> ((group - KNOWN_COUNT) % 6);
    const uint64_t days = is_static(group) ? 0 : world->revision;

    return (rng_at(world->seed + group, STREAM_GROUP, index) + days) % PERIOD < width;
}

bool group_has(const struct device_world *world, uint64_t group, uint64_t index)
{
    bool has;

    switch (group) {
    case ALL_DEVICES:
        has = true;
        break;
    case ANDROID:
        has = device_os_of(world, index) == OS_ANDROID;
        break;
    case ANDROID_WORK:
        has = device_os_of(world, index) == OS_ANDROID &&
              (rng_at(world->seed, STREAM_GROUP, index) & 3) != 0;
        break;
    case IOS:
        has = device_os_of(world, index) == OS_IOS;
        break;
    case WINDOWS:
        has = device_os_of(world, index) == OS_WINDOWS;
        break;
    case MACOS:
        has = device_os_of(world, index) == OS_OSX;
        break;
    case TVOS:
        has = false;
        break;
    default:
        has = has_made_up(world, group, index);
    }
    return has;
}

/* Names are unique, as Core's labels are. */
static char *put_name(uint64_t group, char *to)
{
    if (group < KNOWN_COUNT) {
        to = put_word(to, &known[group].name);
    } else {
        to = put_word(to, &words_products.words[group % words_products.count]);
        to = put_bytes(to, PUT_LIT(" users "));
        to = put_number(to, group);
    }
    return to;
}

static char *put_member(char *to, const char *key, size_t key_len, const struct word *text)
{
    if (text->len > 0) {
        to = put_bytes(to, key, key_len);
        to = put_word(to, text);
        *to++ = '"';
    }
    return to;
}

static char *put_made_up(uint64_t group, char *to)
{
    if ((group & 1) == 0) {
        to = put_member(
            to, PUT_LIT(",\"description\":\""), &words_sites.words[group % words_sites.count]);
    }
    if (!is_static(group)) {
        to = put_bytes(to, PUT_LIT(",\"definition\":\"CFDEVICE[team] EQ '"));
        to = put_number(to, group);
        to = put_bytes(to, PUT_LIT("'\""));
    }
    return to;
}

char *group_write(uint64_t group, bool nameless, char *to)
{
    *to++ = '{';
    if (!nameless) {
        to = put_bytes(to, PUT_LIT("\"id\":"));
        to = put_number(to, FIRST_ID + group * ID_STEP);
        *to++ = ',';
    }
    to = put_bytes(to, PUT_LIT("\"name\":\""));
    to = put_name(group, to);
    *to++ = '"';
    if (group < KNOWN_COUNT) {
        to = put_member(to, PUT_LIT(",\"description\":\""), &known[group].description);
        to = put_member(to, PUT_LIT(",\"definition\":\""), &known[group].definition);
    } else {
        to = put_made_up(group, to);
    }
    *to++ = '}';
    return to;
}

void group_describe(uint64_t group, struct group_words *words)
{
    *put_name(group, words->name) = '\0';
    words->is_known = group < KNOWN_COUNT;
    words->is_static = words->is_known ? known[group].definition.len == 0 : is_static(group);
    words->description = words->is_known    ? &known[group].description
                         : (group & 1) == 0 ? &words_sites.words[group % words_sites.count]
                                            : &no_text;
}

bool group_has_prefix(uint64_t group, const char *prefix)
{
    char name[NAME_MAX_BYTES];
    const size_t len = strlen(prefix);
    const char *const end = put_name(group, name);

    return len <= (size_t)(end - name) && strncasecmp(name, prefix, len) == 0;
}

bool group_find(const char *id, uint64_t groups, uint64_t *group)
{
    char *end = NULL;
    const uint64_t number = strtoull(id, &end, 10);
    const bool ok = *id >= '0' && *id <= '9' && *end == '\0' && number >= FIRST_ID &&
                    (number - FIRST_ID) % ID_STEP == 0;

    *group = ok ? (number - FIRST_ID) / ID_STEP : 0;
    return ok && *group < groups;
}
