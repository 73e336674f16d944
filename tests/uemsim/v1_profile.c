/* v1 guide, "Get Profiles for a Device": the policies and configurations of a device. As in the
 * guide's sample a policy and a configuration can have one id, and a configuration no uuid. */
#include "route.h"
#include "v1_device.h"

enum stream { STREAM_PROFILE = 721 };

#define DAY_MS UINT64_C(86400000)

#define WORD(text)                                                                                 \
    {                                                                                              \
        (text), sizeof(text) - 1                                                                   \
    }

static const struct profile {
    int64_t id;
    struct word uuid; /* empty: none */
    struct word name, policy_type;
    bool app; /* else a policy */
    bool ios_only;
} profiles[] = {
    {-7, WORD("misystem-default-docs-policy"), WORD("Default Docs@Work Policy"), WORD("DOCS"),
        false, false},
    {-3, WORD("misystem-default-security-policy"), WORD("Default Security Policy"),
        WORD("SECURITY"), false, false},
    {-2, WORD("misystem-default-privacy-policy"), WORD("Default Privacy Policy"), WORD("PRIVACY"),
        false, false},
    {-2, WORD(""), WORD(" System - iOS MDM"), WORD("MDM"), true, true},
    {4, WORD("f3b1a3cc-1a1c-4f0e-8f6e-0b2c5f6d7e80"), WORD("Lockdown <field> & \"desk\""),
        WORD("LOCKDOWN"), false, false},
    {4, WORD("0c9d2a54-7b5e-4c7f-9a39-5d1b2e3f4a51"), WORD("Wi-Fi \xe2\x80\x9cHQ\xe2\x80\x9d"),
        WORD("WIFI"), true, false},
    {5, WORD("7e6d5c4b-3a29-4181-8706-f5e4d3c2b1a0"), WORD("Exchange"), WORD("EXCHANGE"), true,
        false},
};

static uint64_t find_profile(const struct v1_list *list, size_t section, uint64_t number)
{
    const uint64_t count = sizeof profiles / sizeof profiles[0];
    const bool ios = device_os_of(&list->space.world, list->filter) == OS_IOS;

    (void)section;
    while (number < count && profiles[number].ios_only && !ios) {
        number++;
    }
    return number;
}

static void write_state(const struct v1_device *device, uint64_t number, struct doc *doc)
{
    static const struct word statuses[] = {WORD("Applied"), WORD("Applied"), WORD("Applied"),
        WORD("Pending"), WORD("Partially Applied")};
    const struct word_list list = {statuses, sizeof statuses / sizeof statuses[0]};
    const uint64_t changes = number % 3 == 1 ? device->device.changes : 0;
    const uint64_t word = rng_at(device->word + changes, STREAM_PROFILE, number);

    doc_word(doc, PUT_LIT("status"), word_at(&list, word));
    doc_text(doc, PUT_LIT("profileType"), profiles[number].app ? "APP" : "POLICY",
        profiles[number].app ? 3 : 6);
    doc_number(doc, PUT_LIT("lastUpdatedAt"),
        (int64_t)(device->device.registered + changes * DAY_MS + rng_below(word, 600000)));
}

static void write_profile(
    const struct v1_list *list, size_t section, uint64_t number, bool nameless, struct doc *doc)
{
    const struct profile *const profile = &profiles[number];
    struct v1_device device;

    (void)section;
    v1_device_make(&list->space, list->filter, &device);
    if (nameless) {
        doc_item(doc, "profile");
    } else {
        doc_item_id(doc, "profile", profile->id);
    }
    if (profile->uuid.len > 0 && !nameless) {
        doc_text(doc, PUT_LIT("uuid"), profile->uuid.text, profile->uuid.len);
    }
    doc_long_text(doc, PUT_LIT("name"), profile->name.text, profile->name.len);
    doc_text(doc, PUT_LIT("policyType"), profile->policy_type.text, profile->policy_type.len);
    write_state(&device, number, doc);
    doc_item_end(doc, "profile");
}

/* A registration that is pending has no profiles yet. */
void v1_profiles_of_device(struct request *request, struct reply *reply)
{
    const char *const uuid = request->path + strlen(request->route->path);
    struct v1_list list = v1_list_begin(request, V1_DEVICES_ROOT);

    if (!v1_space_find(&list.space, uuid, &list.filter)) {
        v1_refuse(request, V1_DEVICES_ROOT, 404, "No device found", reply);
    } else {
        const uint64_t end = sizeof profiles / sizeof profiles[0];
        const bool pending =
            device_status_of(&list.space.world, list.filter) == STATUS_ENROLLMENT_PENDING;
        list.find = find_profile;
        list.sections[0] = (struct v1_section){
            "profiles", "profile", pending ? 0 : v1_list_count(&list, 0, end, end)};
        list.section_count = 1;
        list.counted = false;
        list.record_max = 1024;
        list.write = write_profile;
        list.nothing = "No profiles found";
        v1_list_answer(request, &list, reply);
    }
}
