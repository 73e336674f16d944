/* v1 guide, "Get all Application Settings". Each secret holds the word `uemsim-secret`. */
#include <stdio.h>

#include "route.h"
#include "v1_device.h"

enum stream { STREAM_SETTING = 761 };

#define ROOT "appSettingsWebServiceResponse"
#define PROPERTIES_MAX 4
#define LABELS_MAX 3
/* Settings of the system come first, once; their ids are negative. */
#define SYSTEM_COUNT 3

#define WORD(text)                                                                                 \
    {                                                                                              \
        (text), sizeof(text) - 1                                                                   \
    }

static const struct setting {
    struct word name, description, type;
    struct property {
        struct word key, value;
        bool secret;
    } properties[PROPERTIES_MAX]; /* up to the first without a key */
} settings[] = {
    {WORD(" System - iOS MDM CA Certificate"), WORD("Goes out with the system's \"MDM\" profile."),
        WORD("CERTIFICATE"),
        {{WORD("CERT_SERIAL_NUMBER0"), WORD("10863527040561121251"), false},
            {WORD("CERTPATH0"), WORD("/mi/files/groups/9002/99415d0e64ca8708"), false},
            {WORD("ENABLE_MIRRORING"), WORD("false"), false}}},
    {WORD(" System - iOS MDM"), WORD(""), WORD("MDM"),
        {{WORD("ENABLE_MIRRORING"), WORD("true"), false},
            {WORD("SUPPORT_MULTIPLE_CONSUMERS"), WORD("false"), false}}},
    {WORD(" System - iOS Enrollment SCEP"), WORD("Identities & keys"), WORD("SCEP"),
        {{WORD("SCEP_URL"), WORD("https://scep.acme.example?a=1&b=2"), false},
            {WORD("SCEP_CHALLENGE"), WORD(""), true},
            {WORD("SUPPORT_MULTIPLE_CONSUMERS"), WORD("true"), false}}},
    {WORD("Wi-Fi"), WORD("The network of <all> offices"), WORD("WIFI"),
        {{WORD("SSID"), WORD("R&D <lab>"), false}, {WORD("PASSWORD"), WORD(""), true},
            {WORD("HIDDEN"), WORD("false"), false}}},
    {WORD("Exchange"), WORD("Mail"), WORD("EXCHANGE"),
        {{WORD("SERVER"), WORD("mail.acme.example"), false},
            {WORD("userPassword"), WORD(""), true}}},
    {WORD("VPN"), WORD(""), WORD("VPN"),
        {{WORD("SERVER"), WORD("vpn.acme.example"), false}, {WORD("sharedSecret"), WORD(""), true},
            {WORD("PRIVATE_KEY"), WORD(""), true}}},
    {WORD("Web clip"), WORD("=HYPERLINK(1)"), WORD("WEBCLIP"), {{{NULL, 0}, {NULL, 0}, false}}},
};

#define SETTING_COUNT (sizeof settings / sizeof settings[0])

static const struct setting *setting_of(uint64_t number)
{
    const uint64_t made_up = SETTING_COUNT - SYSTEM_COUNT;

    return number < SYSTEM_COUNT ? &settings[number]
                                 : &settings[SYSTEM_COUNT + (number - SYSTEM_COUNT) % made_up];
}

static void write_properties(const struct setting *setting, uint64_t word, struct doc *doc)
{
    const bool any = setting->properties[0].key.len > 0;

    doc_pairs(doc, "properties", any);
    for (size_t at = 0; at < PROPERTIES_MAX && setting->properties[at].key.len > 0; at++) {
        const struct property *const property = &setting->properties[at];
        doc_pair(doc, &property->key);
        if (property->secret) {
            doc->at = put_bytes(doc->at, PUT_LIT("uemsim-secret-"));
            doc->at = put_hex(doc->at, PUT_LOWER, rng_next(word + at), 8);
        } else {
            doc_escaped(doc, property->value.text, property->value.len);
        }
        doc_pair_end(doc);
    }
    doc_pairs_end(doc, "properties", any);
}

/* None to three of the tenant's labels: an element for each, as the guide says. */
static void write_labels(const struct v1_list *list, uint64_t word, struct doc *doc)
{
    const uint64_t groups = list->options->groups;
    const uint64_t count = groups < LABELS_MAX ? groups : word % (LABELS_MAX + 1);
    struct group_words words;
    char id[PUT_NUMBER_MAX + 1];

    if (count > 0) {
        doc_list(doc, "labels", count > 1);
        for (uint64_t at = 0; at < count; at++) {
            const int len =
                snprintf(id, sizeof id, "%lld", (long long)v1_label_id((word + at) % groups));
            doc_element(doc, "labels", id, (size_t)len);
        }
        doc_list_end(doc, count > 1);
        doc_list(doc, "labelNames", count > 1);
        for (uint64_t at = 0; at < count; at++) {
            group_describe((word + at) % groups, &words);
            doc_element(doc, "labelNames", words.name, strlen(words.name));
        }
        doc_list_end(doc, count > 1);
    }
}

static void write_name(const struct setting *setting, uint64_t number, struct doc *doc)
{
    char text[64];
    char *to = put_word(text, &setting->name);

    if (number >= SETTING_COUNT) {
        *to++ = ' ';
        to = put_number(to, number);
    }
    doc_long_text(doc, PUT_LIT("name"), text, (size_t)(to - text));
    doc_text(doc, PUT_LIT("description"), setting->description.text, setting->description.len);
    doc_text(doc, PUT_LIT("appType"), setting->type.text, setting->type.len);
}

static void write_setting(
    const struct v1_list *list, size_t section, uint64_t number, bool nameless, struct doc *doc)
{
    const struct setting *const setting = setting_of(number);
    const uint64_t word = rng_at(list->space.world.seed, STREAM_SETTING, number);
    const int64_t pending = (int64_t)((word >> 8) + list->space.world.revision) % 5;

    (void)section;
    if (nameless) {
        doc_item(doc, "appsetting");
    } else {
        doc_item_id(
            doc, "appsetting", number < SYSTEM_COUNT ? -4 + (int64_t)number : (int64_t)number + 1);
    }
    write_name(setting, number, doc);
    doc_number(doc, PUT_LIT("deviceCount"), (int64_t)v1_space_count(&list->space) / 2);
    doc_number(doc, PUT_LIT("pendingCount"), pending);
    doc_number(doc, PUT_LIT("quarantinedCount"), (int64_t)(word >> 20 & 1));
    doc_text(doc, PUT_LIT("type"), number < SYSTEM_COUNT ? "SYSTEM" : "ADMIN",
        number < SYSTEM_COUNT ? 6 : 5);
    doc_bool(doc, PUT_LIT("clearCertificateCacheForSCEPSetting"), false);
    write_labels(list, word, doc);
    write_properties(setting, word, doc);
    doc_item_end(doc, "appsetting");
}

void v1_app_settings(struct request *request, struct reply *reply)
{
    struct v1_list list = v1_list_begin(request, ROOT);

    list.sections[0] = (struct v1_section){"appsettings", "appsetting", list.options->app_settings};
    list.section_count = 1;
    list.record_max = 8192;
    list.write = write_setting;
    list.nothing = "No application settings found";
    snprintf(list.message, sizeof list.message, "%llu application settting(s) returned.",
        (unsigned long long)list.options->app_settings);
    v1_list_answer(request, &list, reply);
}
