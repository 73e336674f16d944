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
 * of the endings, as they are or without numbers, an s or `value` behind (PKCS12_0, PSK1.value). */
bool mask_is_key(struct str key);

/* Whether there is anything to hide in the value: true, false, null and the words of mask_nothing,
 * in any case, tell nothing, and stay. (`prv_password` of a device's details is ON or OFF: v1
 * guide, "Android Details Key-Value Descriptions", page 35.) */
bool mask_tells(const cJSON *value);

/* The lists, for the documentation: the word of that place, NULL behind the last. An empty text
 * tells nothing either. */
const char *mask_ending(size_t place);
const char *mask_nothing(size_t place);

/* A member may say that another one of its object, the payload, is a secret:
 * - An identity (a PKCS #12 file: a certificate and its private key) is a payload of a profile, by
 *   `PayloadType` and `PayloadContent`, the names of Apple's "Device Management Profile".
 * - A pair of v1 that did not become a member (see decode/xml_tree.h) has its key in `key` or
 * `name` and its value in `value`; a rule of a policy has it in `type` (v1 guide, "Policy Rules").
 */
bool mask_is_mark(const cJSON *member);
bool mask_is_payload(struct str key);

/* Whether one of the object's members is such a mark. */
bool mask_is_marked(const cJSON *object);

#endif
