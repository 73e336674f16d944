#include "user.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "put.h"
#include "words.h"

enum stream { STREAM_USER = 103, STREAM_ACCOUNT = 201 };

/* 2024-06-01T00:00:00Z, before which the users of two years were made. */
#define LAST_CREATED_MS UINT64_C(1717200000000)
#define CREATED_SPAN_S 63072000
/* Days in which each user is disabled once, and for how many. */
#define ENABLED_PERIOD 256
#define DISABLED_DAYS 8

static uint64_t hash_of(uint64_t seed, uint64_t user)
{
    return rng_at(seed, STREAM_USER, user);
}

char *user_write_uuid(uint64_t seed, uint64_t user, char *to)
{
    const uint64_t hash = hash_of(seed, user);

    return put_uuid(to, PUT_LOWER, hash, rng_next(~hash));
}

/* What stands before the @. */
static char *put_local_part(uint64_t user, uint64_t hash, char *to)
{
    const bool owns = user < USER_WITHOUT_DEVICE;
    const uint64_t number = owns ? user : user - USER_WITHOUT_DEVICE;

    if (!owns && number % 8 == 0) {
        to = put_word(to, &words_oddities.words[number / 8 % words_oddities.count]);
    }
    to = put_word(to, word_at(&words_first_names, hash));
    *to++ = '.';
    to = put_word(to, word_at(&words_last_names, rng_next(hash)));
    return put_number(to, number);
}

static char *put_domain(uint64_t user, char *to)
{
    return user < USER_WITHOUT_DEVICE ? put_bytes(to, PUT_LIT("@acme.example"))
                                      : put_bytes(to, PUT_LIT("@branch.example"));
}

char *user_write_id(uint64_t seed, uint64_t user, char *to)
{
    return put_domain(user, put_local_part(user, hash_of(seed, user), to));
}

bool user_has_prefix(uint64_t seed, uint64_t user, const char *prefix, size_t len)
{
    char id[USER_ID_MAX];
    const char *const end = user_write_id(seed, user, id);

    return len <= (size_t)(end - id) && strncasecmp(id, prefix, len) == 0;
}

/* `width` hexadecimal digits. */
static uint64_t read_hex(const char *text, size_t width)
{
    char digits[17] = "";

    memcpy(digits, text, width);
    return strtoull(digits, NULL, 16);
}

/* The UUID shows its hash but for two bits (put.h): of four hashes one makes the same UUID again.
 */
bool user_find(uint64_t seed, const char *uuid, uint64_t *user)
{
    char text[USER_UUID_LEN];
    bool found = false;

    if (strlen(uuid) == USER_UUID_LEN && strspn(uuid, "0123456789abcdefABCDEF-") == USER_UUID_LEN) {
        const uint64_t shown = read_hex(uuid, 8) << 32 | read_hex(uuid + 9, 4) << 16 |
                               read_hex(uuid + 15, 3) << 4 | (read_hex(uuid + 19, 1) & 3);
        for (uint64_t bits = 0; bits < 4 && !found; bits++) {
            *user = rng_index(seed, STREAM_USER, shown | bits << 2);
            user_write_uuid(seed, *user, text);
            found = strncasecmp(text, uuid, USER_UUID_LEN) == 0;
        }
    }
    return found;
}

/* The object's GUID, 16 bytes: escaped on Cloud (in JSON the backslash is escaped again), plain on
 * Core. */
static char *put_object_guid(const struct user_form *form, uint64_t hash, char *to)
{
    const uint64_t halves[2] = {rng_next(hash ^ 1), rng_next(hash ^ 2)};

    to = form->core ? put_bytes(to, PUT_LIT("\"objectGUID\":\""))
                    : put_bytes(to, PUT_LIT("\"objectguid\":\""));
    for (int at = 0; at < 16; at++) {
        if (!form->core) {
            to = put_bytes(to, PUT_LIT("\\\\"));
        }
        to = put_hex(to, PUT_LOWER, halves[at / 8] >> (at % 8 * 8), 2);
    }
    *to++ = '"';
    return to;
}

static char *put_ldap(const struct user_form *form, uint64_t user, uint64_t hash, char *to)
{
    to = put_bytes(to, PUT_LIT(",\"ldapCustomAttributes\":{"));
    to = put_object_guid(form, hash, to);
    to = form->core ? put_bytes(to, PUT_LIT(",\"userPrincipalName\":\""))
                    : put_bytes(to, PUT_LIT(",\"userprincipalname\":\""));
    to = user_write_id(form->seed, user, to);
    *to++ = '"';
    if ((hash & 3) == 0) {
        /* Octets that the server could not decode, as in the guide's sample. */
        to = form->core ? put_bytes(to, PUT_LIT(",\"msExchMailboxGuid\":\"k"))
                        : put_bytes(to, PUT_LIT(",\"msexchmailboxguid\":\"k"));
        to = put_bytes(to, PUT_LIT("\\ufffd\\ufffdVt\\ufffdN\\ufffd\\ufffdS)\\u289e=\""));
    }
    *to++ = '}';
    if (form->with_standard) {
        to = put_bytes(to, PUT_LIT(",\"ldapStandardAttributes\":{\"distinguishedName\":\"CN="));
        to = put_local_part(user, hash_of(form->seed, user), to);
        to =
            put_bytes(to, PUT_LIT(",OU=Staff\\\\, all,DC=acme,DC=example\",\"samAccountName\":\""));
        to = put_local_part(user, hash_of(form->seed, user), to);
        to = put_bytes(to, PUT_LIT("\",\"userPrincipalName\":\""));
        to = user_write_id(form->seed, user, to);
        to = put_bytes(to, PUT_LIT("\"}"));
    }
    return to;
}

/* As with devices: the map, or loose keys, which user/$metadata names as not read-only. */
static char *put_custom(uint64_t hash, char *to)
{
    const uint32_t style = rng_below(hash, 8);

    if (style == 0) {
        to = put_bytes(to, PUT_LIT(",\"customAttributes\":{\"site\":\""));
        to = put_word(to, word_at(&words_sites, rng_next(hash)));
        to = put_bytes(to, PUT_LIT("\"}"));
    } else if (style == 1) {
        to = put_bytes(to, PUT_LIT(",\"badge number\":\"B-"));
        to = put_digits(to, hash, 6);
        *to++ = '"';
    }
    return to;
}

static char *put_names(uint64_t user, uint64_t account, uint64_t hash, char *to)
{
    const struct word *const first = word_at(&words_first_names, hash);
    const struct word *const last = word_at(&words_display_ends, account);

    to = put_bytes(to, PUT_LIT(",\"displayName\":\""));
    to = put_word(to, first);
    *to++ = ' ';
    to = put_word(to, last);
    to = put_bytes(to, PUT_LIT("\",\"emailAddress\":\""));
    to = put_domain(user, put_local_part(user, hash, to));
    to = put_bytes(to, PUT_LIT("\",\"firstName\":\""));
    to = put_word(to, first);
    *to++ = '"';
    /* Core's sample lacks it. */
    if ((account & 15) != 0) {
        to = put_bytes(to, PUT_LIT(",\"lastName\":\""));
        to = put_word(to, last);
        *to++ = '"';
    }
    return to;
}

/* On Core an id need not be an address (AW-23186); devices carry addresses, so it is one of a user
 * without a device. */
static char *put_ids(const struct user_form *form, uint64_t user, bool ldap, char *to)
{
    const uint64_t hash = hash_of(form->seed, user);

    to = put_bytes(to, PUT_LIT(",\"userId\":\""));
    to = put_local_part(user, hash, to);
    if (!(form->core && ldap && user >= USER_WITHOUT_DEVICE)) {
        to = put_domain(user, to);
    }
    to = put_bytes(to, PUT_LIT("\",\"userUuid\":\""));
    to = user_write_uuid(form->seed, user, to);
    *to++ = '"';
    if (form->with_guid) {
        to = put_bytes(to, PUT_LIT(",\"guid\":\""));
        to = user_write_uuid(form->seed, user, to);
        *to++ = '"';
    }
    return to;
}

void user_account_of(uint64_t seed, uint64_t user, struct user_account *account)
{
    const uint64_t word = rng_at(seed, STREAM_ACCOUNT, user);

    account->first = word_at(&words_first_names, hash_of(seed, user));
    account->last = word_at(&words_display_ends, word);
    account->ldap = (word >> 20 & 1) != 0;
}

char *user_write(const struct user_form *form, uint64_t user, char *to)
{
    const uint64_t account = rng_at(form->seed, STREAM_ACCOUNT, user);
    const uint64_t created =
        LAST_CREATED_MS - (uint64_t)rng_below(rng_next(account), CREATED_SPAN_S) * 1000;
    const bool ldap = (account >> 20 & 1) != 0;
    const uint64_t day = (account + form->revision) % ENABLED_PERIOD;

    to = put_bool(to, PUT_LIT("{\"enabled\":"), day >= DISABLED_DAYS);
    to = put_bytes(to, PUT_LIT(",\"createdAt\":"));
    to = put_number(to, created);
    to = ldap ? put_bytes(to, PUT_LIT(",\"accountSource\":\"LDAP\""))
              : put_bytes(to, PUT_LIT(",\"accountSource\":\"LOCAL\""));
    to = put_names(user, account, hash_of(form->seed, user), to);
    to = form->without_id ? to : put_ids(form, user, ldap, to);
    to = put_custom(rng_next(~account), to);
    to = ldap ? put_ldap(form, user, account, to) : to;
    *to++ = '}';
    return to;
}
