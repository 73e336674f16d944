/* v1 guide, "Get Policies" and "Policy Rules". */
#include <stdio.h>

#include "route.h"
#include "v1_device.h"

enum stream { STREAM_POLICY = 751 };

#define ROOT "policyWebServiceResponse"
#define KNOWN_COUNT 4

#define WORD(text)                                                                                 \
    {                                                                                              \
        (text), sizeof(text) - 1                                                                   \
    }

/* Those that every Core has; the others are made up. */
static const struct {
    int64_t id;
    struct word name, profile_type;
} known[KNOWN_COUNT] = {
    {-2, WORD("Default Privacy Policy"), WORD("PRIVACY")},
    {-3, WORD("Default Security Policy"), WORD("SECURITY")},
    {-7, WORD("Default Docs@Work Policy"), WORD("DOCS")},
    {-5, WORD("Default Lockdown Policy"), WORD("LOCKDOWN")},
};

static const struct resource {
    struct word name, type, value;
} resources[] = {
    {WORD("PIM"), WORD("PIM"), WORD("on")},
    {WORD("Email"), WORD("Email"), WORD("off")},
    {WORD("OTHER_FILE_TYPES"), WORD("OTHER_FILE_TYPES"), WORD("zip csv")},
    {WORD("/Windows <old> & new"), WORD("DIR"), WORD("on")},
};

static const struct rule {
    struct word type, value, client_value;
    size_t resource, resources; /* the first one, and how many */
} rules[] = {
    {WORD("PRIVACY_SYNC_CALLLOGS"), WORD("store"), WORD("off"), 0, 0},
    {WORD("SECURITY_ENCRYPT_DATA_TYPE"), WORD(""), WORD(""), 0, 2},
    {WORD("SECURITY_ENCRYPT_FILE_TYPE"), WORD(""), WORD(""), 2, 1},
    {WORD("PRIVACY_EXCLUDE_DIR"), WORD(""), WORD(""), 3, 1},
    {WORD("SECURITY_GRACE_PERIOD"), WORD("5"), WORD("5"), 0, 0},
    {WORD("SECURITY_PASSWORD_LENGTH"), WORD("6"), WORD("6"), 0, 0},
    {WORD("EAS_BLOCK_ANDROID_OS"), WORD("\"2.2\" < x & x > 1"), WORD(""), 0, 0},
};

static void write_resources(const struct rule *rule, struct doc *doc)
{
    doc_list(doc, "resourceDTOs", rule->resources > 1);
    for (size_t at = 0; at < rule->resources; at++) {
        const struct resource *const resource = &resources[rule->resource + at];
        doc_item(doc, "resourceDTOs");
        doc_text(doc, PUT_LIT("name"), resource->name.text, resource->name.len);
        doc_text(doc, PUT_LIT("resourceType"), resource->type.text, resource->type.len);
        doc_text(doc, PUT_LIT("value"), resource->value.text, resource->value.len);
        doc_item_end(doc, "resourceDTOs");
    }
    doc_list_end(doc, rule->resources > 1);
}

/* The first policies have all rules, others one more than their number says. A value changes now
 * and then. */
static void write_rules(const struct v1_list *list, uint64_t number, struct doc *doc)
{
    const size_t all = sizeof rules / sizeof rules[0];
    const size_t count = number < 2 ? all : 1 + number % all;

    doc_open(doc, "rules");
    doc_list(doc, "rule", count > 1);
    for (size_t at = 0; at < count; at++) {
        const struct rule *const rule = &rules[at];
        doc_item(doc, "rule");
        doc_text(doc, PUT_LIT("type"), rule->type.text, rule->type.len);
        if (at == 4) {
            doc_number(doc, PUT_LIT("value"), 5 + (int64_t)list->space.world.revision / 7);
        } else {
            doc_text(doc, PUT_LIT("value"), rule->value.text, rule->value.len);
        }
        doc_text(doc, PUT_LIT("clientValue"), rule->client_value.text, rule->client_value.len);
        if (rule->resources > 0) {
            write_resources(rule, doc);
        }
        doc_item_end(doc, "rule");
    }
    doc_list_end(doc, count > 1);
    doc_close(doc, "rules");
}

static void write_names(uint64_t number, struct doc *doc)
{
    static const struct word types[] = {
        WORD("SECURITY"), WORD("PRIVACY"), WORD("LOCKDOWN"), WORD("SYNC")};
    const bool is_known = number < KNOWN_COUNT;
    char text[64];
    const char *const end =
        put_number(put_bytes(text, PUT_LIT("Policy <field> & \"desk\" ")), number);
    const char *const name = is_known ? known[number].name.text : text;
    const size_t len = is_known ? known[number].name.len : (size_t)(end - text);

    doc_long_text(doc, PUT_LIT("policyName"), name, len);
    doc_text(doc, PUT_LIT("policyType"), is_known ? "DEFAULT" : "ENTERPRISE", is_known ? 7 : 10);
    doc_word(
        doc, PUT_LIT("profileType"), is_known ? &known[number].profile_type : &types[number % 4]);
}

static void write_policy(
    const struct v1_list *list, size_t section, uint64_t number, bool nameless, struct doc *doc)
{
    const uint64_t word = rng_at(list->space.world.seed, STREAM_POLICY, number);
    const bool active = number < KNOWN_COUNT || (word & 7) != 0;
    const int64_t pending = (int64_t)((word >> 8) + list->space.world.revision) % 5;

    (void)section;
    if (nameless) {
        doc_item(doc, "policy");
    } else {
        doc_item_id(doc, "policy", number < KNOWN_COUNT ? known[number].id : (int64_t)number);
    }
    write_names(number, doc);
    doc_text(doc, PUT_LIT("status"), active ? "Active" : "Inactive", active ? 6 : 8);
    doc_bool(doc, PUT_LIT("active"), active);
    doc_bool(doc, PUT_LIT("defaultPolicy"), false);
    doc_word(doc, PUT_LIT("description"), word_at(&words_sites, word));
    doc_number(doc, PUT_LIT("deviceCount"), (int64_t)v1_space_count(&list->space) - pending);
    doc_number(doc, PUT_LIT("pendingCount"), pending);
    doc_number(doc, PUT_LIT("priority"), 1 + (int64_t)number);
    write_rules(list, number, doc);
    doc_item_end(doc, "policy");
}

void v1_policies(struct request *request, struct reply *reply)
{
    struct v1_list list = v1_list_begin(request, ROOT);

    list.sections[0] = (struct v1_section){"policies", "policy", list.options->policies};
    list.section_count = 1;
    list.record_max = 8192;
    list.write = write_policy;
    list.nothing = "No policies found";
    snprintf(list.message, sizeof list.message, " %llu policy returned.",
        (unsigned long long)list.options->policies);
    v1_list_answer(request, &list, reply);
}
