/* Who may call: users with passwords, and users known by their client certificate.
 * CPS guide, "CPS API prerequisites" and "Certificate-based authentication security". */
#ifndef UEMSIM_AUTH_H
#define UEMSIM_AUTH_H

#include <microhttpd.h>
#include <stdbool.h>
#include <stddef.h>

#define AUTH_USERS_MAX 64

enum auth_role { ROLE_NONE = 0, ROLE_CPS = 1, ROLE_API = 2 };

struct auth_user {
    char *name;     /* owned; also the mail address in a certificate */
    char *password; /* owned; NULL: only by certificate */
    unsigned roles; /* of enum auth_role */
};

struct auth_users {
    struct auth_user users[AUTH_USERS_MAX];
    size_t count;
};

enum auth_verdict {
    AUTH_OK,
    AUTH_MISSING, /* no credentials at all */
    AUTH_REFUSED  /* wrong ones */
};

/* What the certificate of one connection is worth; looked at once, as checking a chain is slow. */
struct auth_certificate {
    bool known;
    enum auth_verdict verdict;
    const struct auth_user *user; /* borrowed from the users */
};

/* Reads `NAME:PASSWORD[:ROLE,ROLE]`; without roles it is cps. */
bool auth_add_user(struct auth_users *users, const char *spec);
/* Reads `EMAIL[:ROLE,ROLE]`: a user without a password. */
bool auth_add_email(struct auth_users *users, const char *spec);
void auth_release(struct auth_users *users);

/* An Authorization header decides when there is one, else the client certificate, unless that is
 * NULL: v1 knows passwords alone (v1 guide, "Authentication"). On AUTH_OK
 * *roles are the user's. */
enum auth_verdict auth_check(const struct auth_users *users, struct MHD_Connection *connection,
    struct auth_certificate *certificate, unsigned *roles);

#endif
