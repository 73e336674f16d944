/* LDAP attributes, which Cloud and Core write differently (CPS API guide, "Limitations",
 * AW-23186): the names in lower or in mixed case, the objectguid escaped or plain. */
#ifndef UEMSYNC_MAPPING_LDAP_H
#define UEMSYNC_MAPPING_LDAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "decode/record.h"

/* The object's members, with names in lower case and `objectguid` as 32 hexadecimal digits in lower
 * case, whatever backslashes, hyphens, braces and blanks stand among them; another form of it stays
 * as it is. *members (`count` of them, in the object's order, names may repeat) and what is new in
 * them is in `arena`. False without memory. */
bool ldap_members(
    struct arena *arena, const cJSON *object, const cJSON *const **members, size_t *count);

#endif
