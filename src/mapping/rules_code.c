#include "mapping/rules_parts.h"

#include <inttypes.h>
#include <stdio.h>

enum { RULE_BITS = 63, RULE_REASON_SIZE = 32 };

/* By the place of the bit (v1 guide, "Compliance, quarantinedStatus, and blockReason values"), with
 * the names of the vendor's reporting database. The hexadecimal values count: the decimal ones of
 * 0x2000 and 0x10 are wrong in the guide. */
static const char *const reasons[RULE_BITS] = {
    [0] = "COMPROMISED",
    [1] = "OS_VERSION",
    [2] = "HW_VERSION",
    [3] = "DATA_PROTECTION",
    [4] = "POLICY_OUT_OF_DATE",
    [5] = "DEVICE_OUT_OF_CONTACT",
    [6] = "APP_CONTROL",
    [7] = "PER_MAILBOX_LIMIT",
    [8] = "NOT_REGISTERED",
    [9] = "MANUAL",
    [10] = "EXCHANGE",
    [11] = "DEVICE_ADMIN_DEACTIVE",
    [12] = "DISALLOWED_APP_CONTROL",
    [13] = "REQUIRED_APP_CONTROL",
    [14] = "ALLOWED_APP_CONTROL",
    [15] = "LOGGED_OUT",
    [16] = "ATTESTATION_FAILED",
    [22] = "UNKNOWN",
};

bool rule_read_code(const cJSON *value, int64_t *code)
{
    return rule_is_scalar_text(value) && rule_parse_int(str_trim(record_text(value)), code) &&
           *code >= 0;
}

/* The name of the bit; NULL without memory. */
static const char *rule_reason(int bit, struct arena *arena)
{
    const char *name = reasons[bit];
    char *written = NULL;

    if (name == NULL) {
        written = arena_alloc(arena, RULE_REASON_SIZE);
        name = written;
    }
    if (written != NULL) {
        (void)snprintf(written, RULE_REASON_SIZE, "UNKNOWN_0x%" PRIx64, UINT64_C(1) << bit);
    }
    return name;
}

/* The column tells the code, as the bits are all there. */
enum rule_result rule_reasons(const struct mapping_column *column, const cJSON *value,
    const struct rule_call *call, struct cell *cell)
{
    int64_t code = 0;
    size_t count = 0;
    struct str *items = arena_alloc(call->arena, RULE_BITS * sizeof *items);
    enum rule_result result = items != NULL ? RULE_TOOK : RULE_NO_MEMORY;

    (void)column;
    if (result == RULE_TOOK) {
        cell->is_set = rule_read_code(value, &code);
        result = rule_set_or_empty(cell, value);
    }
    for (int bit = 0; cell->is_set && bit < RULE_BITS; bit++) {
        if ((code >> bit & 1) != 0) {
            const char *name = rule_reason(bit, call->arena);

            result = name != NULL ? result : RULE_NO_MEMORY;
            items[count++] = str_of(name != NULL ? name : "");
        }
    }
    cell->list.items = items;
    cell->list.count = count;
    return result;
}

/* Whether there is a reason does not tell which. */
enum rule_result rule_zero(const struct mapping_column *column, const cJSON *value,
    const struct rule_call *call, struct cell *cell)
{
    int64_t code = 0;

    (void)column;
    (void)call;
    cell->is_set = rule_read_code(value, &code);
    cell->boolean = code == 0;
    return cell->is_set ? RULE_MISFIT : rule_set_or_empty(cell, value);
}

enum rule_result rule_not_zero(const struct mapping_column *column, const cJSON *value,
    const struct rule_call *call, struct cell *cell)
{
    enum rule_result result = rule_zero(column, value, call, cell);

    cell->boolean = !cell->boolean;
    return result;
}
