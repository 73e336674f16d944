/* The one-letter prefixes by which users are searched where an empty prefix does not find all:
 * letters in lower case, digits, and every other character of ASCII that is printed. Letters in
 * upper case only where the server tells them from those in lower case. What begins with a letter
 * beyond ASCII is not found so: see prefixes_cover. Pure. */
#ifndef UEMSYNC_SYNC_PREFIXES_H
#define UEMSYNC_SYNC_PREFIXES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct prefixes {
    int place;       /* of the prefix that is due */
    char letter;     /* the first one that has users; NUL: none so far */
    int64_t count;   /* how many */
    bool is_probing; /* that letter is due in upper case, to see whether the case counts */
    bool is_cased;   /* it does, so that all letters are due in upper case too */
    bool is_over;
};

void prefixes_begin(struct prefixes *prefixes);

/* Whether a user id begins with one of the prefixes. */
bool prefixes_cover(struct str id);

/* The prefix that is due; not once it is over. */
char prefixes_current(const struct prefixes *prefixes);

/* Whether its users were listed under another prefix: it is asked for its count alone. */
bool prefixes_is_probe(const struct prefixes *prefixes);

/* The server counts so many users under the prefix that was due: on to the next. */
void prefixes_next(struct prefixes *prefixes, int64_t count);

#endif
