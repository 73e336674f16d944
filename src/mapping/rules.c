#include "mapping/rules.h"

#include <string.h>

#include "mapping/rules_parts.h"

/* The first of a type is the one that a column of this type has by itself. "CPS guide" is the CPS
 * API guide, "v1 guide" that of Core's v1 web services; pages are given where the guides' text has
 * them. */
static const struct rule rules[] = {
    {.name = "text",
        .about = "a string, or a number as it is written",
        .source = "CPS guide, \"Object models\", page 32",
        .type = COLUMN_TEXT,
        .scope = RULE_OF_VALUE,
        .apply = rule_text},
    {.name = "boolean",
        .about = "true or false, on or off, 1 or 0, also as strings",
        .source = "CPS guide, \"Device\", page 34; v1 guide, \"Android Details Key-Value "
                  "Descriptions\", page 35, and \"iOS Details Key-Value Descriptions\", page 46",
        .type = COLUMN_BOOLEAN,
        .scope = RULE_OF_VALUE,
        .apply = rule_boolean},
    {.name = "bigint",
        .about = "a whole number, also as a string",
        .source = "CPS guide, \"Get all Device Groups\", page 68",
        .type = COLUMN_BIGINT,
        .scope = RULE_OF_VALUE,
        .apply = rule_bigint},
    {.name = "double",
        .about = "a number, also as a string",
        .source = "CPS guide, \"Get device location details\", page 55",
        .type = COLUMN_DOUBLE,
        .scope = RULE_OF_VALUE,
        .apply = rule_double},
    {.name = "timestamptz",
        .about = "epoch milliseconds, ISO 8601, `January 1, 2010, 00:00:00`, `Apr 8 2011 "
                 "12:02:24`, `03-12-2010 13:23:12` and `7/6/2010 11:29:33 AM` (month first), "
                 "`20140407185418.0Z`; a time that carries no zone is in that of the server",
        .source = "CPS guide, \"Device\", page 34; v1 guide, \"Date Formats\", \"Device Details "
                  "for ActiveSync\", and \"iOS Details Key-Value Descriptions\", page 46",
        .type = COLUMN_TIMESTAMPTZ,
        .scope = RULE_OF_VALUE,
        .apply = rule_timestamp},
    {.name = "uuid",
        .about = "a GUID with hyphens",
        .source = "CPS guide, \"Device\", page 34; v1 guide, \"Device and User Identifiers\"",
        .type = COLUMN_UUID,
        .scope = RULE_OF_VALUE,
        .apply = rule_uuid},
    {.name = "text[]",
        .about = "a list of strings or numbers",
        .source = "",
        .type = COLUMN_TEXT_ARRAY,
        .scope = RULE_OF_VALUE,
        .apply = rule_text_array},
    {.name = "jsonb",
        .about = "any JSON value",
        .source = "",
        .type = COLUMN_JSONB,
        .scope = RULE_OF_JSON},
    {.name = "one_of",
        .about = "one of `words`, in upper case as there, whatever the case of the value; where "
                 "the word is written `FROM=TO`, a value FROM becomes TO, and a FROM that ends "
                 "with `*` is any that begins so; another word becomes `otherwise`",
        .source = "CPS guide, \"Enums\"; v1 guide, \"Status and statusCode values\"",
        .type = COLUMN_TEXT,
        .scope = RULE_OF_VALUE,
        .apply = rule_one_of,
        .wants_words = true,
        .gives_words = true},
    {.name = "not_a_word",
        .about = "text, or NULL where it is one of `words`",
        .source =
            "v1 guide, \"Android Details Key-Value Descriptions\", page 35, and \"iOS Details "
            "Key-Value Descriptions\", page 46: na, (null); \"Register a Device\", page 76: PDA",
        .type = COLUMN_TEXT,
        .scope = RULE_OF_VALUE,
        .apply = rule_not_a_word,
        .wants_words = true},
    {.name = "digits",
        .about = "digits alone where it is digits and blanks; IMEI: and IMSI: dropped; NULL where "
                 "it is one of `words`",
        .source = "CPS guide, \"Device\", page 34; v1 guide, \"Android Details Key-Value "
                  "Descriptions\", page 35, and \"iOS Details Key-Value Descriptions\", page 46",
        .type = COLUMN_TEXT,
        .scope = RULE_OF_VALUE,
        .apply = rule_digits,
        .takes_words = true},
    {.name = "mac_address",
        .about =
            "a MAC address in any spelling, as b0:65:bd:33:fe:2b; NULL where it is one of `words`",
        .source = "CPS guide, \"Device\", page 34; v1 guide, \"Android Details Key-Value "
                  "Descriptions\", page 35, and \"iOS Details Key-Value Descriptions\", page 46",
        .type = COLUMN_TEXT,
        .scope = RULE_OF_VALUE,
        .apply = rule_mac_address,
        .takes_words = true},
    {.name = "guid_or_text",
        .about = "a GUID with hyphens in lower case; other text as it is",
        .source = "v1 guide, \"Get Analytics for AppConnect Apps\"",
        .type = COLUMN_TEXT,
        .scope = RULE_OF_VALUE,
        .apply = rule_guid_or_text},
    {.name = "hexadecimal",
        .about = "hexadecimal digits in lower case, without blanks and colons",
        .source = "CPS guide, \"Object models\", Certificate, page 32",
        .type = COLUMN_TEXT,
        .scope = RULE_OF_VALUE,
        .apply = rule_hexadecimal},
    {.name = "common_name",
        .about = "the first common name (CN) of a distinguished name, its escapes undone; NULL "
                 "without one",
        .source = "CPS guide, \"Get certificate inventory (iOS only)\"",
        .type = COLUMN_TEXT,
        .scope = RULE_OF_VALUE,
        .apply = rule_common_name},
    {.name = "platform",
        .about = "ANDROID, IOS, OSX, WINDOWS or WEBAPPS from any spelling, such as `Mac OS X`, or "
                 "from the one-letter code of v1; what begins with iPad, iPhone or iPod is IOS. A "
                 "spelling that is unknown, or whose platform `words` has not, leaves the column "
                 "to the next property; UNKNOWN where none has one. What it does not tell, such as "
                 "the version in `Android 4.4`, stays in `extra`",
        .source = "CPS guide, \"App Catalog\", page 32; v1 guide, \"Get Devices by Status\", page "
                  "20, and \"Register a Device\", page 76",
        .type = COLUMN_TEXT,
        .scope = RULE_OF_VALUE,
        .apply = rule_platform,
        .takes_words = true,
        .gives_words = true,
        .otherwise = "UNKNOWN"},
    {.name = "version_in",
        .about = "the version in a text: 4.4 of `Android 4.4`, 5.0.1 of `iPhone OS 5.0.1 (9A405)`; "
                 "NULL without one. The rest of the text stays in `extra`",
        .source = "v1 guide, \"Get Devices by Status\", page 20; \"Android Details Key-Value "
                  "Descriptions\", page 35, and \"iOS Details Key-Value Descriptions\", page 46",
        .type = COLUMN_TEXT,
        .scope = RULE_OF_VALUE,
        .apply = rule_version_in},
    {.name = "label",
        .about = "`label:` and the whole number: a label of Core as a group",
        .source = "v1 guide, \"Get all Labels\"",
        .type = COLUMN_TEXT,
        .scope = RULE_OF_VALUE,
        .apply = rule_label},
    {.name = "guid",
        .about = "a GUID with hyphens as text in lower case, to be joined with `device_id`",
        .source = "v1 guide, \"List All ActiveSync Devices\" and \"Get All Alerts\"",
        .type = COLUMN_TEXT,
        .scope = RULE_OF_VALUE,
        .apply = rule_guid},
    {.name = "false_if_present",
        .about = "false where the property has a value, else NULL",
        .source = "CPS guide, \"Rules\", page 37",
        .type = COLUMN_BOOLEAN,
        .scope = RULE_OF_VALUE,
        .apply = rule_false_if_present},
    {.name = "ascii_boolean",
        .about = "as `boolean`; also 116 and 102, which are t and f in ASCII",
        .source = "v1 guide, \"Get all Labels\" and \"List of Countries\"",
        .type = COLUMN_BOOLEAN,
        .scope = RULE_OF_VALUE,
        .apply = rule_ascii_boolean},
    {.name = "not",
        .about = "as `boolean`, turned round",
        .source = "v1 guide, \"Get All Alerts\": isActive",
        .type = COLUMN_BOOLEAN,
        .scope = RULE_OF_VALUE,
        .apply = rule_not},
    {.name = "zero",
        .about = "true for the bitmap 0, false for another; which one it is stays in `extra`",
        .source = "v1 guide, \"Compliance, quarantinedStatus, and blockReason values\", page 17",
        .type = COLUMN_BOOLEAN,
        .scope = RULE_OF_VALUE,
        .apply = rule_zero},
    {.name = "not_zero",
        .about = "false for the bitmap 0, true for another; likewise",
        .source = "v1 guide, \"Compliance, quarantinedStatus, and blockReason values\", page 17",
        .type = COLUMN_BOOLEAN,
        .scope = RULE_OF_VALUE,
        .apply = rule_not_zero},
    {.name = "reasons",
        .about = "the names of the bitmap's bits, lowest first, `UNKNOWN_0x…` for one without a "
                 "name; `{}` for 0",
        .source = "v1 guide, \"Compliance, quarantinedStatus, and blockReason values\", page 17",
        .type = COLUMN_TEXT_ARRAY,
        .scope = RULE_OF_VALUE,
        .apply = rule_reasons},
    {.name = "compromised",
        .about =
            "of three properties, a bitmap (its lowest bit), `security_state` (Compromised or Ok; "
            "0 or 1 of iOS) and a boolean: true where any says so, false where any says no",
        .source = "v1 guide, \"Compliance, quarantinedStatus, and blockReason values\", page 17; "
                  "\"Android Details Key-Value Descriptions\", page 35, and \"iOS Details "
                  "Key-Value Descriptions\", page 46",
        .type = COLUMN_BOOLEAN,
        .scope = RULE_OF_SOURCES,
        .weigh = rule_compromised,
        .source_count = 3},
    {.name = "blocked",
        .about = "of three properties, a bitmap, a status and its code: true where the bitmap is "
                 "not 0, or the status is BLOCKED (98); false where the bitmap is 0",
        .source = "v1 guide, \"Compliance, quarantinedStatus, and blockReason values\", page 17; "
                  "\"Status and statusCode values\"",
        .type = COLUMN_BOOLEAN,
        .scope = RULE_OF_SOURCES,
        .weigh = rule_blocked,
        .source_count = 3},
    {.name = "encrypted",
        .about = "of two properties, on or off of Android, and the capabilities of iOS (3 is true, "
                 "another number false)",
        .source = "v1 guide, \"Android Details Key-Value Descriptions\", page 35, and \"iOS "
                  "Details Key-Value Descriptions\", page 46",
        .type = COLUMN_BOOLEAN,
        .scope = RULE_OF_SOURCES,
        .weigh = rule_encrypted,
        .source_count = 2},
    {.name = "masked_text",
        .about = "of two properties, the first as text; `***` where the second names a secret (see "
                 "below)",
        .source = "v1 guide, \"Policy Rules\"",
        .type = COLUMN_TEXT,
        .scope = RULE_OF_SOURCES,
        .weigh = rule_masked_text,
        .source_count = 2},
    {.name = "one_or_more",
        .about = "a list of strings or numbers, or one of them alone: v1 repeats a name for a list",
        .source = "v1 guide, \"Get all Application Settings\": labels",
        .type = COLUMN_TEXT_ARRAY,
        .scope = RULE_OF_VALUE,
        .apply = rule_one_or_more},
    {.name = "epoch_seconds",
        .about = "seconds since 1970, but milliseconds from 100000000000 on; also what "
                 "`timestamptz` reads",
        .source = "v1 guide, \"Android Details Key-Value Descriptions\", page 35 "
                  "(lat_long_last_captured_at); \"Get Analytics for AppConnect Apps\"",
        .type = COLUMN_TIMESTAMPTZ,
        .scope = RULE_OF_VALUE,
        .apply = rule_epoch_seconds},
    {.name = "masked",
        .about = "any JSON value, with secrets masked (see below)",
        .source = "",
        .type = COLUMN_JSONB,
        .scope = RULE_OF_MASKED},
    {.name = "masked_list",
        .about = "a list, with secrets masked; one value alone is a list of it: v1 repeats a name "
                 "for a list",
        .source = "v1 guide, \"Policy Rules\": resourceDTOs",
        .type = COLUMN_JSONB,
        .scope = RULE_OF_LIST},
    {.name = "ldap_attributes",
        .about = "an object with its names in lower case, the later one where two become the same; "
                 "`objectguid` as 32 hexadecimal digits",
        .source = "CPS guide, \"Limitations\", AW-23186",
        .type = COLUMN_JSONB,
        .scope = RULE_OF_LDAP},
    {.name = "tenant",
        .about = "the tenant's name",
        .source = "",
        .type = COLUMN_TEXT,
        .scope = RULE_OF_TENANT},
    {.name = "owner",
        .about = "the device_id of the device that was asked about",
        .source = "",
        .type = COLUMN_TEXT,
        .scope = RULE_OF_OWNER},
    {.name = "device_id",
        .about = "the first source as a GUID in lower case, else `mdm:` and the second; v1 has a "
                 "GUID alone",
        .source = "CPS guide, \"Device\", page 34; v1 guide, \"Device and User Identifiers\"",
        .type = COLUMN_TEXT,
        .scope = RULE_OF_DEVICE_ID,
        .source_count = 2},
    {.name = "custom_attributes",
        .about = "an object, and the loose custom attributes",
        .source = "CPS guide, \"Device\", page 34, and \"Get device attributes metadata\"",
        .type = COLUMN_JSONB,
        .scope = RULE_OF_CUSTOM,
        .source_count = 1},
    {.name = "extra",
        .about = "every property that no other column took, with secrets masked (see below)",
        .source = "",
        .type = COLUMN_JSONB,
        .scope = RULE_OF_EXTRA},
};

const struct rule *rule_all(size_t *count)
{
    *count = sizeof rules / sizeof *rules;
    return rules;
}

const struct rule *rule_find(const char *name, enum column_type type)
{
    const struct rule *found = NULL;

    for (size_t i = 0; found == NULL && i < sizeof rules / sizeof *rules; i++) {
        if (name == NULL ? rules[i].type == type : strcmp(rules[i].name, name) == 0) {
            found = &rules[i];
        }
    }
    return found;
}
