/* Certificates and profiles, which iOS alone tells. */
#include "inventory.h"

#include "words.h"

enum stream { STREAM_CERTIFICATE = 401, STREAM_PROFILE };

/* Time before which certificates begin: 2024-01-01T00:00:00Z. */
#define BEGIN_MS UINT64_C(1704067200000)
#define YEAR_MS UINT64_C(31536000000)

void inventory_begin(const struct inventory_kind *kind, const struct device_world *world,
    const struct device *device, struct inventory_list *list)
{
    *list = (struct inventory_list){.kind = kind, .world = world, .device = device};
    kind->begin(list);
}

static void begin_certificates(struct inventory_list *list)
{
    list->count = 4;
    list->word = rng_at(list->world->seed, STREAM_CERTIFICATE, list->device->index);
}

/* Two that belong to all devices: an old one whose name holds an escaped comma, and the tenant's.
 */
static const struct word authorities[] = {
    {PUT_LIT("C=US,O=The Old Root Group\\\\, Inc.,OU=Class 2 Certification Authority")},
    {PUT_LIT("CN=uem.acme.example,OU=SystemRootCA,UID=1496738416965")},
};

static char *put_span(uint64_t before, uint64_t after, bool identity, char *to)
{
    to = put_bool(to, PUT_LIT("{\"identity\":"), identity);
    to = put_bytes(to, PUT_LIT(",\"notAfter\":"));
    to = put_number(to, after);
    to = put_bytes(to, PUT_LIT(",\"notBefore\":"));
    return put_number(to, before);
}

static char *put_thumbprint(uint64_t word, char *to)
{
    to = put_bytes(to, PUT_LIT("\",\"thumbPrint\":\""));
    to = put_hex(to, PUT_UPPER, word, 16);
    to = put_hex(to, PUT_UPPER, rng_next(word), 16);
    to = put_hex(to, PUT_UPPER, rng_next(~word), 8);
    return put_bytes(to, PUT_LIT("\"}"));
}

static char *write_authority(const struct inventory_list *list, unsigned which, char *to)
{
    const uint64_t word = rng_at(list->world->seed, STREAM_CERTIFICATE, ~(uint64_t)which);

    /* The one ends in 2034, the other in 2047. */
    to = put_span(which == 0 ? 1088528780000 : 1496738116000,
        which == 0 ? 2035213580000 : 2442818116000, false, to);
    to = put_bytes(to, PUT_LIT(",\"issuer\":\""));
    to = put_word(to, &authorities[which]);
    to = put_bytes(to, PUT_LIT("\",\"serialNumber\":\""));
    to = which == 0 ? put_bytes(to, PUT_LIT("0")) : put_number(to, word >> 34);
    to = put_bytes(to, PUT_LIT("\",\"subject\":\""));
    to = put_word(to, &authorities[which]);
    return put_thumbprint(word, to);
}

/* Two of the device's own. The second is renewed whenever the device changes; its serial number has
 * up to twenty digits, more than a double keeps. */
static char *write_identity(const struct inventory_list *list, unsigned which, char *to)
{
    const uint64_t renewed = which == 0 ? 0 : list->device->changes;
    const uint64_t word = rng_at(list->word, STREAM_CERTIFICATE, renewed * 2 + which);
    const uint64_t before = BEGIN_MS + rng_below(word, 31536000) * UINT64_C(1000);

    to = put_span(before, before + (which == 0 ? 10 : 1) * YEAR_MS, true, to);
    to = which == 0
             ? put_bytes(
                   to, PUT_LIT(",\"issuer\":\"CN=uem.acme.example,OU=iOSMDMCA,UID=1496738424913\","
                               "\"serialNumber\":\""))
             : put_bytes(to, PUT_LIT(",\"issuer\":\"CN=uem.acme.example,OU=AppStoreFrontCA,"
                                     "UID=1496738420411\",\"serialNumber\":\""));
    to = put_number(to, which == 0 ? 1000 + list->device->index : word);
    to = put_bytes(to, PUT_LIT("\",\"subject\":\"CN="));
    to = device_write_identifier(list->world, list->device, to);
    return put_thumbprint(rng_next(word), to);
}

static char *write_certificate(const struct inventory_list *list, uint64_t place, char *to)
{
    return place == 1 || place == 2 ? write_authority(list, (unsigned)place - 1, to)
                                    : write_identity(list, place == 0 ? 0 : 1, to);
}

static void begin_profiles(struct inventory_list *list)
{
    list->count = list->world->profiles;
    list->word = rng_at(list->world->seed, STREAM_PROFILE, list->device->index);
}

static const struct profile {
    bool encrypted, managed, removal_disallowed;
    struct word description, display_name, identifier;
} profiles[] = {
    {true, true, true, {PUT_LIT("Opens the catalogue of apps by a web clip.")},
        {PUT_LIT("Catalogue of apps")}, {PUT_LIT("mi.webclip.")}},
    {false, true, true, {PUT_LIT("The network of the offices.")},
        {PUT_LIT("Wi-Fi \\u201cHQ\\u201d")}, {PUT_LIT("mi.wifi.")}},
    {true, false, false, {PUT_LIT("The identities by which the device is managed.")},
        {PUT_LIT("Root MDM Profile")}, {PUT_LIT("com.acme.polaris.mdm.")}},
    {false, true, false, {PUT_LIT("What the device may not do.")}, {PUT_LIT("Restrictions")},
        {PUT_LIT("mi.restrictions.")}},
    {true, true, true, {PUT_LIT("")}, {PUT_LIT("Identity for the catalogue")},
        {PUT_LIT("mi.credential.")}},
};

/* Payloads as Apple writes them. Each secret holds the word `uemsim-secret` and is the device's
 * own, so that tests can look for what leaks. */
static char *put_secret(uint64_t word, char *to)
{
    to = put_bytes(to, PUT_LIT("uemsim-secret-"));
    to = put_hex(to, PUT_LOWER, word, 8);
    *to++ = '"';
    return to;
}

static char *put_network(uint64_t word, char *to)
{
    to = put_bytes(
        to, PUT_LIT("{\"PayloadType\":\"com.apple.wifi.managed\",\"PayloadVersion\":1,\"SSID_STR\":"
                    "\"acme-hq\",\"EncryptionType\":\"WPA2\",\"AutoJoin\":true,\"Password\":\""));
    to = put_secret(word, to);
    to = put_bytes(
        to, PUT_LIT(",\"EAPClientConfiguration\":{\"AcceptEAPTypes\":[25],\"UserName\":\"staff\","
                    "\"UserPassword\":\""));
    to = put_secret(rng_next(word), to);
    return put_bytes(to, PUT_LIT("}}"));
}

static char *put_identity(uint64_t word, char *to)
{
    to = put_bytes(
        to, PUT_LIT(",{\"PayloadType\":\"com.apple.security.pkcs12\",\"PayloadVersion\":1,"
                    "\"PayloadCertificateFileName\":\"device.p12\",\"Password\":\""));
    to = put_secret(rng_next(word ^ 1), to);
    to = put_bytes(to, PUT_LIT(",\"PayloadContent\":\""));
    to = put_secret(rng_next(word ^ 2), to);
    to = put_bytes(
        to, PUT_LIT("},{\"PayloadType\":\"com.apple.security.scep\",\"PayloadVersion\":1,"
                    "\"PayloadContent\":{\"URL\":\"https://scep.acme.example\",\"Name\":\"acme\","
                    "\"Keysize\":2048,\"Challenge\":\""));
    to = put_secret(rng_next(word ^ 3), to);
    return put_bytes(to, PUT_LIT("}}"));
}

/* Guide, Profile: "content" is not there when "encrypted" is true. */
static char *put_content(const struct inventory_list *list, uint64_t place, char *to)
{
    to = put_bytes(to, PUT_LIT(",\"content\":["));
    if (place % 5 == 1) {
        const uint64_t word = rng_at(list->word, STREAM_PROFILE, place);
        to = put_identity(word, put_network(word, to));
    } else {
        to = put_bytes(
            to, PUT_LIT("{\"PayloadType\":\"com.apple.applicationaccess\",\"PayloadVersion\":1,"
                        "\"allowCamera\":true,\"allowScreenShot\":false,\"forceEncryptedBackup\":"
                        "true}"));
    }
    *to++ = ']';
    return to;
}

/* The uuid of every second profile is the same on all devices. */
static char *write_profile(const struct inventory_list *list, uint64_t place, char *to)
{
    const struct profile *const profile = &profiles[place % (sizeof profiles / sizeof profiles[0])];
    const uint64_t word =
        rng_at((place & 1) != 0 ? list->word : list->world->seed, STREAM_PROFILE, ~place);

    to = put_bool(to, PUT_LIT("{\"encrypted\":"), profile->encrypted);
    to = put_bytes(to, PUT_LIT(",\"hasRemovalPasscode\":false"));
    to = put_bool(to, PUT_LIT(",\"managed\":"), profile->managed);
    to = put_bool(to, PUT_LIT(",\"removalDisallowed\":"), profile->removal_disallowed);
    to = profile->encrypted ? to : put_content(list, place, to);
    if (profile->description.len > 0) {
        to = put_bytes(to, PUT_LIT(",\"description\":\""));
        to = put_word(to, &profile->description);
        *to++ = '"';
    }
    to = put_bytes(to, PUT_LIT(",\"displayName\":\""));
    to = put_word(to, &profile->display_name);
    to = put_bytes(to, PUT_LIT("\",\"identifier\":\""));
    to = put_word(to, &profile->identifier);
    to = put_number(to, 35016 + place);
    to = put_bytes(to, PUT_LIT("\",\"organization\":\"Acme, Inc.\",\"uuid\":\""));
    to = put_uuid(to, PUT_LOWER, word, rng_next(~word));
    to = put_bytes(to, PUT_LIT("\",\"version\":\""));
    to = put_number(to, 1 + (place == 0 ? list->device->changes : 0));
    return put_bytes(to, PUT_LIT("\"}"));
}

const struct inventory_kind inventory_certificates = {.list = "certificates",
    .long_member = "subject",
    .ios_only = true,
    .average = 330,
    .begin = begin_certificates,
    .write = write_certificate};

const struct inventory_kind inventory_profiles = {.list = "profiles",
    .long_member = "displayName",
    .ios_only = true,
    .takes_guid = true,
    .average = 500,
    .begin = begin_profiles,
    .write = write_profile};
