/* Secrets of others: what administrators put into the settings of devices (Wi-Fi passwords, the
 * identities of VPNs) and what no inventory needs. Values under certain keys become "***" in
 * columns with the rule `masked` and in `extra`. */
#ifndef UEMSYNC_MAPPING_MASK_H
#define UEMSYNC_MAPPING_MASK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "decode/record.h"

/* Whether the value under this key is a secret: its letters and digits, in lower case, end with one
 * of mask_endings, as they are or without a number or an s behind. True, false and null tell
 * nothing, and stay. */
bool mask_is_key(struct str key);

/* The endings, NULL-terminated: for the documentation. */
const char *const *mask_endings(void);

/* An identity (a PKCS #12 file: a certificate and its private key) is a payload of a profile: an
 * object with two members that matter, in the names of Apple's "Device Management Profile". */
bool mask_is_identity_type(const cJSON *member);
bool mask_is_payload(struct str key);

/* Whether one of the object's members is that type. */
bool mask_is_identity(const cJSON *object);

#endif
