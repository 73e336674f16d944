#include "mapping/mask.h"

#include <string.h>

static const char *const endings[] = {"password", "passwd", "passphrase", "secret", "psk",
    "presharedkey", "privatekey", "secretkey", "encryptionkey", "apikey", "wepkey", "bypasscode",
    "token", "challenge", "passcode", "sharedkey", "accesskey", "signingkey", "sessionkey",
    "recoverykey", "escrowkey", "pkcs12", "p12", "pfx", "keystore", NULL};

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

/* Without a number and an s at its end: password1, wepKey2, secrets. */
static struct str mask_trim(struct str key)
{
    while (key.size > 0 &&
           (str_is_digit(key.data[key.size - 1]) || !mask_counts(key.data[key.size - 1]))) {
        key.size--;
    }
    if (key.size > 0 && str_lower(key.data[key.size - 1]) == 's') {
        key.size--;
    }
    return key;
}

bool mask_is_key(struct str key)
{
    struct str trimmed = mask_trim(key);
    bool found = false;
    size_t size;

    for (size_t i = 0; !found && endings[i] != NULL; i++) {
        found = mask_ends(key, endings[i], &size) || mask_ends(trimmed, endings[i], &size);
    }
    return found;
}

const char *const *mask_endings(void)
{
    return endings;
}

bool mask_is_identity_type(const cJSON *member)
{
    return record_type(member) == RECORD_STRING && mask_is(str_of(member->string), "payloadtype") &&
           str_is_caseless(str_trim(record_text(member)), identity_type);
}

bool mask_is_payload(struct str key)
{
    return mask_is(key, "payloadcontent");
}

bool mask_is_identity(const cJSON *object)
{
    bool found = false;

    for (const cJSON *member = object->child; !found && member != NULL; member = member->next) {
        found = mask_is_identity_type(member);
    }
    return found;
}
