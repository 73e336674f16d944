#include "mapping/mask.h"

#include <string.h>

/* A word of small letters, and its length, as these are looked for in every key of a record. */
struct mask_ending {
    const char *word;
    size_t size;
};

#define MASK_ENDING(word)                                                                          \
    {                                                                                              \
        word, sizeof word - 1                                                                      \
    }

static const struct mask_ending endings[] = {
    MASK_ENDING("password"),
    MASK_ENDING("passwd"),
    MASK_ENDING("passphrase"),
    MASK_ENDING("secret"),
    MASK_ENDING("psk"),
    MASK_ENDING("presharedkey"),
    MASK_ENDING("privatekey"),
    MASK_ENDING("secretkey"),
    MASK_ENDING("encryptionkey"),
    MASK_ENDING("apikey"),
    MASK_ENDING("wepkey"),
    MASK_ENDING("wpakey"),
    MASK_ENDING("wpa2key"),
    MASK_ENDING("wpa3key"),
    MASK_ENDING("wifikey"),
    MASK_ENDING("wlankey"),
    MASK_ENDING("networkkey"),
    MASK_ENDING("pwd"),
    MASK_ENDING("bypasscode"),
    MASK_ENDING("token"),
    MASK_ENDING("challenge"),
    MASK_ENDING("passcode"),
    MASK_ENDING("sharedkey"),
    MASK_ENDING("accesskey"),
    MASK_ENDING("signingkey"),
    MASK_ENDING("sessionkey"),
    MASK_ENDING("recoverykey"),
    MASK_ENDING("escrowkey"),
    MASK_ENDING("pkcs12"),
    MASK_ENDING("p12"),
    MASK_ENDING("pfx"),
    MASK_ENDING("keystore"),
};

static const char *const nothings[] = {"true", "false", "on", "off", "na", "(null)", "unsupported"};

static const char identity_type[] = "com.apple.security.pkcs12";

static bool mask_counts(char c)
{
    return str_is_digit(c) || (str_lower(c) >= 'a' && str_lower(c) <= 'z');
}

/* Whether the key's letters and digits end with the word; `size` becomes where that begins. */
static bool mask_ends(struct str key, const char *word, size_t *size)
{
    size_t left = strlen(word);
    bool same = true;

    *size = key.size;
    while (same && left > 0 && *size > 0) {
        char c = key.data[--*size];

        if (mask_counts(c)) {
            same = str_lower(c) == word[--left];
        }
    }
    return same && left == 0;
}

static bool mask_is(struct str key, const char *word)
{
    size_t size;
    bool same = mask_ends(key, word, &size);

    while (same && size > 0) {
        same = !mask_counts(key.data[--size]);
    }
    return same;
}

/* Most keys are told apart by their last letter. */
static bool mask_has_ending(struct str key)
{
    bool found = false;
    size_t size;

    while (key.size > 0 && !mask_counts(key.data[key.size - 1])) {
        key.size--;
    }
    for (size_t i = 0; !found && key.size > 0 && i < sizeof endings / sizeof *endings; i++) {
        const struct mask_ending *ending = &endings[i];

        found = str_lower(key.data[key.size - 1]) == ending->word[ending->size - 1] &&
                mask_ends(key, ending->word, &size);
    }
    return found;
}

/* Without what stands behind a word as its number: password1, wepKey 2, PKCS12_0; and without an s.
 * Some endings are digits themselves, so that it goes digit by digit. Of `PSK1.value` the value is
 * that of PSK1. */
bool mask_is_key(struct str key)
{
    size_t size;
    bool is_value = mask_ends(key, "value", &size);
    bool found;

    key.size = is_value ? size : key.size;
    found = mask_has_ending(key);

    while (!found && key.size > 0 &&
           (str_is_digit(key.data[key.size - 1]) || !mask_counts(key.data[key.size - 1]))) {
        key.size--;
        found = mask_has_ending(key);
    }
    if (!found && key.size > 0 && str_lower(key.data[key.size - 1]) == 's') {
        key.size--;
        found = mask_has_ending(key);
    }
    return found;
}

const char *mask_ending(size_t place)
{
    return place < sizeof endings / sizeof *endings ? endings[place].word : NULL;
}

bool mask_tells(const cJSON *value)
{
    enum record_type type = record_type(value);
    struct str text = str_trim(record_text(value));
    bool tells = type != RECORD_NULL && type != RECORD_BOOLEAN;

    if (type == RECORD_STRING) {
        tells = text.size > 0;
        for (size_t i = 0; tells && i < sizeof nothings / sizeof *nothings; i++) {
            tells = !str_is_caseless(text, nothings[i]);
        }
    }
    return tells;
}

const char *mask_nothing(size_t place)
{
    return place < sizeof nothings / sizeof *nothings ? nothings[place] : NULL;
}

bool mask_is_mark(const cJSON *member)
{
    struct str key = str_of(member->string);
    bool is_mark = false;

    if (record_type(member) != RECORD_STRING) {
        is_mark = false;
    } else if (mask_is(key, "payloadtype")) {
        is_mark = str_is_caseless(str_trim(record_text(member)), identity_type);
    } else if (mask_is(key, "key") || mask_is(key, "name") || mask_is(key, "type")) {
        is_mark = mask_is_key(record_text(member));
    }
    return is_mark;
}

bool mask_is_payload(struct str key)
{
    return mask_is(key, "payloadcontent") || mask_is(key, "value");
}

bool mask_is_marked(const cJSON *object)
{
    bool found = false;

    for (const cJSON *member = object->child; !found && member != NULL; member = member->next) {
        found = mask_is_mark(member);
    }
    return found;
}
