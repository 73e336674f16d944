/* The users of the demonstration tenant: those that devices belong to, and some that have none. A
 * user is a function of the seed and its number, and its UUID can be turned back into that. Field
 * names: CPS guide, "Object models", User; the two forms of LDAP attributes: "Limitations",
 * AW-23186. */
#ifndef UEMSIM_USER_H
#define UEMSIM_USER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Most bytes that user_write() writes. */
#define USER_JSON_MAX 2048
/* Most bytes of an id, without a closing NUL. */
#define USER_ID_MAX 128
/* Bytes of a UUID. */
#define USER_UUID_LEN 36
/* Numbers from here on are of users that no device belongs to. */
#define USER_WITHOUT_DEVICE (UINT64_C(1) << 40)

/* How users are written. */
struct user_form {
    uint64_t seed;
    uint32_t revision;  /* now and then a user is disabled, and enabled again */
    bool core;          /* LDAP attributes as Core writes them */
    bool with_standard; /* with ldapStandardAttributes */
    bool with_guid;     /* with `guid`, as the search by it answers */
    bool without_id;    /* without userId and userUuid (`bad-record=no-id`) */
};

struct word;

/* What a user is called, and whether a directory knows it. */
struct user_account {
    const struct word *first, *last;
    bool ldap;
};

void user_account_of(uint64_t seed, uint64_t user, struct user_account *account);
char *user_write(const struct user_form *form, uint64_t user, char *to);
/* The address, by which users are searched, and which devices carry as userId. */
char *user_write_id(uint64_t seed, uint64_t user, char *to);
char *user_write_uuid(uint64_t seed, uint64_t user, char *to);
/* Whether the address begins with `prefix`, of `len` bytes; case does not matter. */
bool user_has_prefix(uint64_t seed, uint64_t user, const char *prefix, size_t len);
/* Turns a UUID back into a number, which may be of no user that there is. false: it is none. */
bool user_find(uint64_t seed, const char *uuid, uint64_t *user);

#endif
