#include "mapping/rules_parts.h"

#include "mapping/mask.h"

enum { RULE_COMPROMISED_BIT = 1, RULE_BOTH_ENCRYPTIONS = 3 };

/* True where any says so, false where any says no. */
static void rule_say(struct cell *cell, bool answer)
{
    cell->boolean = (cell->is_set && cell->boolean) || answer;
    cell->is_set = true;
}

static bool rule_is_any(const cJSON *value, const char *one, const char *other)
{
    struct str text = str_trim(record_text(value));

    return str_is_caseless(text, one) || str_is_caseless(text, other);
}

/* The bitmap is 0 for a rooted Android device, which only `security_state` tells. An iOS device
 * writes 0 there when it is compromised. */
void rule_compromised(const cJSON *const *values, struct cell *cell)
{
    int64_t code;
    bool answer;

    if (rule_read_code(values[0], &code)) {
        rule_say(cell, (code & RULE_COMPROMISED_BIT) != 0);
    }
    if (rule_is_any(values[1], "Compromised", "0")) {
        rule_say(cell, true);
    } else if (rule_is_any(values[1], "Ok", "1")) {
        rule_say(cell, false);
    }
    if (rule_read_boolean(values[2], &answer)) {
        rule_say(cell, answer);
    }
}

/* BLOCKED is documented as a code of the status, and not as a word. Another status says nothing, as
 * a device that is active may be blocked. */
void rule_blocked(const cJSON *const *values, struct cell *cell)
{
    int64_t code;

    if (rule_read_code(values[0], &code)) {
        rule_say(cell, code != 0);
    }
    if (rule_is_any(values[1], "BLOCKED", "98") || rule_is_any(values[2], "BLOCKED", "98")) {
        rule_say(cell, true);
    }
}

/* `unsupported` says neither. */
void rule_encrypted(const cJSON *const *values, struct cell *cell)
{
    int64_t caps;
    bool answer;

    if (rule_read_boolean(values[0], &answer)) {
        rule_say(cell, answer);
    } else if (rule_parse_int(str_trim(record_text(values[1])), &caps)) {
        rule_say(cell, caps == RULE_BOTH_ENCRYPTIONS);
    }
}

/* What the second one calls a secret is masked. */
void rule_masked_text(const cJSON *const *values, struct cell *cell)
{
    bool is_secret =
        values[0] != NULL && mask_is_key(record_text(values[1])) && mask_tells(values[0]);

    if (is_secret) {
        (void)rule_set_text(cell, str_of("***"));
    } else if (values[0] != NULL && rule_is_scalar_text(values[0])) {
        (void)rule_set_text(cell, record_text(values[0]));
    }
}
