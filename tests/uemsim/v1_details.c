/* The key-value pairs of a device: v1 guide, "Android Details Key-Value Descriptions" and "iOS
 * Details Key-Value Descriptions". A pair that a device has no value for is left out, or holds a
 * placeholder where the guide names one. */
#include "v1_device.h"

#define WORD(text)                                                                                 \
    {                                                                                              \
        (text), sizeof(text) - 1                                                                   \
    }
#define CHOICE(name, ...)                                                                          \
    static const struct word name##_words[] = {__VA_ARGS__};                                       \
    static const struct word_list name = {name##_words, sizeof name##_words / sizeof(struct word)}

CHOICE(true_false, WORD("true"), WORD("true"), WORD("false"));
CHOICE(mostly_true, WORD("true"), WORD("true"), WORD("true"), WORD("true"), WORD("false"));
CHOICE(only_false, WORD("false"));
CHOICE(on_off, WORD("on"), WORD("off"));
CHOICE(on_off_none, WORD("on"), WORD("on"), WORD("off"), WORD("unsupported"));
CHOICE(upper_on_off, WORD("ON"), WORD("ON"), WORD("OFF"));
CHOICE(lockdown, WORD("ON"), WORD("OFF"), WORD("unsupported"));
CHOICE(bluetooth, WORD("ON"), WORD("AUDIO"), WORD("OFF"), WORD("unsupported"));
CHOICE(ssl, WORD("ON"), WORD("na"));
CHOICE(exchange_domain, WORD("ACME"), WORD("na"));
CHOICE(exchange_server, WORD("mail.acme.example"), WORD("na"));
CHOICE(vpn_servers, WORD("vpn.acme.example;192.0.2.17"), WORD("na"), WORD("na"));
CHOICE(ssids, WORD("acme-hq;acme-guest"), WORD("R&D <lab>;acme-hq"), WORD("na"));
CHOICE(boards, WORD("venus2"), WORD("exynos2100"), WORD("gs201"));
CHOICE(brands, WORD("samsung"), WORD("google"), WORD("verizon"));
CHOICE(client_names, WORD("com.mobileiron"));
CHOICE(ios_client_names, WORD("com.mobileiron.phoneatwork"));
CHOICE(client_versions, WORD("11.8.0.0.12R"), WORD("12.1.0.0.3"), WORD("10.5.2"));
CHOICE(codenames, WORD("REL"));
CHOICE(mccs, WORD("262"), WORD("310"), WORD("208"));
CHOICE(mncs, WORD("01"), WORD("07"), WORD("VZW"));
CHOICE(designs, WORD("cdma_shadow"), WORD("o1s"), WORD("panther"));
CHOICE(radios, WORD("GSM"), WORD("CDMA"), WORD("GSM"));
CHOICE(displays, WORD("2340X1080"), WORD("854X480"));
CHOICE(locales, WORD("en-US"), WORD("de-DE"), WORD("en"));
CHOICE(processors, WORD("armeabi-v7a"), WORD("arm64-v8a"));
CHOICE(arm, WORD("ARM"));
CHOICE(password_types, WORD("0"), WORD("1"), WORD("2"), WORD("-1"));
CHOICE(attempts, WORD("0"), WORD("10"));
CHOICE(idle_times, WORD("5"), WORD("30"));
CHOICE(history, WORD("4"), WORD("unsupported"));
CHOICE(lengths, WORD("4"), WORD("6"), WORD("-1"));
CHOICE(samsung_dm, WORD("FW: Key2,1 SW:1.0"));
CHOICE(build_dates, WORD("Apr 8 2024 12:02:24"), WORD("Nov 19 2024 08:41:05"));
CHOICE(carrier_settings, WORD("11.0"), WORD("57.1"));
CHOICE(apple, WORD("Apple"));
CHOICE(caps, WORD("3"), WORD("3"), WORD("3"), WORD("1"));
CHOICE(background, WORD("0"), WORD("1"), WORD("2"), WORD("3"));
CHOICE(graces, WORD("0"), WORD("900"));
CHOICE(ratings, WORD("1000"), WORD("600"));
CHOICE(cookies, WORD("0"), WORD("1"), WORD("2"));
CHOICE(iphone, WORD("iPhone"));
CHOICE(platform_types, WORD("iPhone"), WORD("iPhone"), WORD("iPad"));
CHOICE(part_numbers, WORD("MC820LL"), WORD("MC603DN"));
CHOICE(modems, WORD("05.16.05"), WORD("3.60.01"));
CHOICE(null_words, WORD("(null)"), WORD("262013991646313"));
CHOICE(null_operators, WORD("(null)"), WORD("AT&T"));
CHOICE(nothing, WORD(""));

enum value {
    VALUE_CHOICE,
    VALUE_NUMBER,    /* low .. low + span - 1 */
    VALUE_NOW,       /* likewise, another one with each check-in */
    VALUE_MEGABYTES, /* likewise, with two decimals and an M */
    VALUE_REAL,      /* likewise, with digits as a double has them */
    VALUE_HEX,       /* of `low` digits */
    VALUE_IMEI,
    VALUE_IMEI_BLANKS,
    VALUE_IMEI_PREFIX,
    VALUE_IMSI,
    VALUE_IMSI_OR_NA,
    VALUE_IMSI_PREFIX,
    VALUE_PHONE,
    VALUE_PHONE_OR_NULL,
    VALUE_MAC_PLAIN,
    VALUE_MAC_COLONS,
    VALUE_IDENTIFIER,
    VALUE_SERIAL,
    VALUE_DEVICE_NAME,
    VALUE_VERSION,
    VALUE_LONG_VERSION,
    VALUE_MODEL,
    VALUE_MANUFACTURER,
    VALUE_OPERATOR,
    VALUE_HOME_OPERATOR,
    VALUE_USER,
    VALUE_IP,
    VALUE_LATITUDE,
    VALUE_LONGITUDE,
    VALUE_CAPTURED,
    VALUE_STATE_WORD,  /* Ok, Compromised */
    VALUE_STATE_DIGIT, /* 0 is compromised */
    VALUE_STATE_BOOL
};

/* Rows for iOS alone; the others hold for Mac OS X too. */
#define PHONE_ONLY true

struct detail {
    struct word key;
    enum value value;
    const struct word_list *choices;
    uint64_t low, span;
    bool phone_only;
};

static const struct detail android[] = {
    {WORD("admin_activated"), VALUE_CHOICE, &mostly_true, 0, 0, false},
    {WORD("battery_life"), VALUE_NOW, NULL, 1, 100, false},
    {WORD("board"), VALUE_CHOICE, &boards, 0, 0, false},
    {WORD("brand"), VALUE_CHOICE, &brands, 0, 0, false},
    {WORD("c2dmToken"), VALUE_HEX, NULL, 16, 0, false},
    {WORD("client_name"), VALUE_CHOICE, &client_names, 0, 0, false},
    {WORD("client_version"), VALUE_CHOICE, &client_versions, 0, 0, false},
    {WORD("codename"), VALUE_CHOICE, &codenames, 0, 0, false},
    {WORD("country_code"), VALUE_CHOICE, &mccs, 0, 0, false},
    {WORD("current_mobile_number"), VALUE_PHONE, NULL, 0, 0, false},
    {WORD("current_operator_name"), VALUE_OPERATOR, NULL, 0, 0, false},
    {WORD("current_SIM_module_number"), VALUE_IMSI, NULL, 0, 0, false},
    {WORD("device"), VALUE_CHOICE, &designs, 0, 0, false},
    {WORD("device_id"), VALUE_IDENTIFIER, NULL, 0, 0, false},
    {WORD("device_manufacturer"), VALUE_MANUFACTURER, NULL, 0, 0, false},
    {WORD("device_model"), VALUE_MODEL, NULL, 0, 0, false},
    {WORD("device_roaming_flag"), VALUE_CHOICE, &on_off, 0, 0, false},
    {WORD("device_type"), VALUE_CHOICE, &radios, 0, 0, false},
    {WORD("display_size"), VALUE_CHOICE, &displays, 0, 0, false},
    {WORD("free_ram_size"), VALUE_MEGABYTES, NULL, 1, 4000, false},
    {WORD("free_ram_size_bytes"), VALUE_NOW, NULL, 104857000, 4000000000, false},
    {WORD("free_storage_size"), VALUE_MEGABYTES, NULL, 1000, 60000, false},
    {WORD("free_storage_size_bytes"), VALUE_NUMBER, NULL, 104857000, 4000000000, false},
    {WORD("home_operator"), VALUE_HOME_OPERATOR, NULL, 0, 0, false},
    {WORD("imei"), VALUE_IMEI, NULL, 0, 0, false},
    {WORD("imsi"), VALUE_IMSI_OR_NA, NULL, 0, 0, false},
    {WORD("incremental"), VALUE_NUMBER, NULL, 110719, 900000, false},
    {WORD("ip_address"), VALUE_IP, NULL, 0, 0, false},
    {WORD("lat_long_last_captured_at"), VALUE_CAPTURED, NULL, 0, 0, false},
    {WORD("latitude"), VALUE_LATITUDE, NULL, 0, 0, false},
    {WORD("locale"), VALUE_CHOICE, &locales, 0, 0, false},
    {WORD("longitude"), VALUE_LONGITUDE, NULL, 0, 0, false},
    {WORD("mdm_enabled"), VALUE_CHOICE, &mostly_true, 0, 0, false},
    {WORD("multi_mdm"), VALUE_CHOICE, &only_false, 0, 0, false},
    {WORD("os_version"), VALUE_NUMBER, NULL, 29, 6, false},
    {WORD("platform_name"), VALUE_VERSION, NULL, 0, 0, false},
    {WORD("processor_architecture"), VALUE_CHOICE, &processors, 0, 0, false},
    {WORD("prv_bluetooth"), VALUE_CHOICE, &bluetooth, 0, 0, false},
    {WORD("prv_camera"), VALUE_CHOICE, &lockdown, 0, 0, false},
    {WORD("prv_device_encryption"), VALUE_CHOICE, &on_off_none, 0, 0, false},
    {WORD("prv_exchange_Domain"), VALUE_CHOICE, &exchange_domain, 0, 0, false},
    {WORD("prv_exchange_Server"), VALUE_CHOICE, &exchange_server, 0, 0, false},
    {WORD("prv_exchange_UserName"), VALUE_USER, NULL, 0, 0, false},
    {WORD("prv_exchange_UseSSL"), VALUE_CHOICE, &ssl, 0, 0, false},
    {WORD("prv_max_failed_attempts"), VALUE_CHOICE, &attempts, 0, 0, false},
    {WORD("prv_max_idle_time"), VALUE_CHOICE, &idle_times, 0, 0, false},
    {WORD("prv_password"), VALUE_CHOICE, &upper_on_off, 0, 0, false},
    {WORD("prv_password_history_length"), VALUE_CHOICE, &history, 0, 0, false},
    {WORD("prv_password_length"), VALUE_CHOICE, &lengths, 0, 0, false},
    {WORD("prv_password_type"), VALUE_CHOICE, &password_types, 0, 0, false},
    {WORD("prv_sd_encryption"), VALUE_CHOICE, &on_off_none, 0, 0, false},
    {WORD("prv_vpn_servers"), VALUE_CHOICE, &vpn_servers, 0, 0, false},
    {WORD("prv_wifi"), VALUE_CHOICE, &lockdown, 0, 0, false},
    {WORD("prv_wlan_ssids"), VALUE_CHOICE, &ssids, 0, 0, false},
    {WORD("registration_imsi"), VALUE_IMSI, NULL, 0, 0, false},
    {WORD("registration_operator_name"), VALUE_OPERATOR, NULL, 0, 0, false},
    {WORD("regUuid"), VALUE_HEX, NULL, 16, 0, false},
    {WORD("Samsung_DM"), VALUE_CHOICE, &samsung_dm, 0, 0, false},
    {WORD("security_state"), VALUE_STATE_WORD, NULL, 0, 0, false},
    {WORD("SIM_module_number"), VALUE_IMSI_PREFIX, NULL, 0, 0, false},
    {WORD("total_ram_size"), VALUE_MEGABYTES, NULL, 4000, 4000, false},
    {WORD("total_storage_size"), VALUE_MEGABYTES, NULL, 64000, 64000, false},
    {WORD("usb_debugging"), VALUE_CHOICE, &upper_on_off, 0, 0, false},
    {WORD("wifi_mac_addr"), VALUE_MAC_PLAIN, NULL, 0, 0, false},
};

static const struct detail apple_rows[] = {
    {WORD("allowAppInstallation"), VALUE_CHOICE, &mostly_true, 0, 0, PHONE_ONLY},
    {WORD("allowCloudBackup"), VALUE_CHOICE, &true_false, 0, 0, PHONE_ONLY},
    {WORD("allowExplicitContent"), VALUE_CHOICE, &true_false, 0, 0, PHONE_ONLY},
    {WORD("allowVideoConferencing"), VALUE_CHOICE, &mostly_true, 0, 0, PHONE_ONLY},
    {WORD("apnsToken"), VALUE_HEX, NULL, 16, 0, false},
    {WORD("AvailableDeviceCapacity"), VALUE_REAL, NULL, 2, 60, false},
    {WORD("Battery Level"), VALUE_REAL, NULL, 0, 1, PHONE_ONLY},
    {WORD("battery_life"), VALUE_NOW, NULL, 1, 100, PHONE_ONLY},
    {WORD("BluetoothMAC"), VALUE_HEX, NULL, 12, 0, false},
    {WORD("BuildVersion"), VALUE_HEX, NULL, 5, 0, false},
    {WORD("CarrierSettingsVersion"), VALUE_CHOICE, &carrier_settings, 0, 0, PHONE_ONLY},
    {WORD("CellularTechnology"), VALUE_CHOICE, &radios, 0, 0, PHONE_ONLY},
    {WORD("CheckOut Received"), VALUE_CHOICE, &only_false, 0, 0, false},
    {WORD("Client_build_date"), VALUE_CHOICE, &build_dates, 0, 0, PHONE_ONLY},
    {WORD("client_name"), VALUE_CHOICE, &ios_client_names, 0, 0, PHONE_ONLY},
    {WORD("Client_version"), VALUE_CHOICE, &client_versions, 0, 0, PHONE_ONLY},
    {WORD("Current MCC"), VALUE_CHOICE, &mccs, 0, 0, PHONE_ONLY},
    {WORD("Current MNC"), VALUE_CHOICE, &mncs, 0, 0, PHONE_ONLY},
    {WORD("DataRoamingEnabled"), VALUE_CHOICE, &only_false, 0, 0, PHONE_ONLY},
    {WORD("device_id"), VALUE_IMEI_PREFIX, NULL, 0, 0, PHONE_ONLY},
    {WORD("device_manufacturer"), VALUE_CHOICE, &apple, 0, 0, false},
    {WORD("device_model"), VALUE_MODEL, NULL, 0, 0, false},
    {WORD("DeviceCapacity"), VALUE_REAL, NULL, 64, 448, false},
    {WORD("DeviceCompromised"), VALUE_STATE_BOOL, NULL, 0, 0, false},
    {WORD("DeviceName"), VALUE_DEVICE_NAME, NULL, 0, 0, false},
    {WORD("forceEncryptedBackup"), VALUE_CHOICE, &true_false, 0, 0, PHONE_ONLY},
    {WORD("HardwareEncryptionCaps"), VALUE_CHOICE, &caps, 0, 0, PHONE_ONLY},
    {WORD("imei"), VALUE_IMEI, NULL, 0, 0, PHONE_ONLY},
    {WORD("ImeiOrMeid"), VALUE_IMEI_BLANKS, NULL, 0, 0, PHONE_ONLY},
    {WORD("imsi"), VALUE_IMSI_OR_NA, NULL, 0, 0, PHONE_ONLY},
    {WORD("iOSBackgroundStatus"), VALUE_CHOICE, &background, 0, 0, PHONE_ONLY},
    {WORD("ip_address"), VALUE_IP, NULL, 0, 0, PHONE_ONLY},
    {WORD("iPhone ICCID"), VALUE_NUMBER, NULL, 8949226073492040105, 1000, PHONE_ONLY},
    {WORD("iPhone IMEI"), VALUE_IMEI_BLANKS, NULL, 0, 0, PHONE_ONLY},
    {WORD("iPhone MAC_ADDRESS_EN0"), VALUE_MAC_COLONS, NULL, 0, 0, PHONE_ONLY},
    {WORD("iPhone PRODUCT"), VALUE_MODEL, NULL, 0, 0, PHONE_ONLY},
    {WORD("iPhone UDID"), VALUE_IDENTIFIER, NULL, 0, 0, false},
    {WORD("it_policy_result"), VALUE_CHOICE, &nothing, 0, 0, PHONE_ONLY},
    {WORD("lat_long_last_captured_at"), VALUE_CAPTURED, NULL, 0, 0, PHONE_ONLY},
    {WORD("latitude"), VALUE_LATITUDE, NULL, 0, 0, PHONE_ONLY},
    {WORD("locale"), VALUE_CHOICE, &locales, 0, 0, PHONE_ONLY},
    {WORD("longitude"), VALUE_LONGITUDE, NULL, 0, 0, PHONE_ONLY},
    {WORD("maxGracePeriod"), VALUE_CHOICE, &graces, 0, 0, PHONE_ONLY},
    {WORD("minLength"), VALUE_CHOICE, &lengths, 0, 0, PHONE_ONLY},
    {WORD("mobile_number"), VALUE_PHONE_OR_NULL, NULL, 0, 0, PHONE_ONLY},
    {WORD("Model"), VALUE_CHOICE, &part_numbers, 0, 0, false},
    {WORD("ModelName"), VALUE_CHOICE, &platform_types, 0, 0, PHONE_ONLY},
    {WORD("ModemFirmwareVersion"), VALUE_CHOICE, &modems, 0, 0, PHONE_ONLY},
    {WORD("os_version"), VALUE_LONG_VERSION, NULL, 0, 0, PHONE_ONLY},
    {WORD("OSVersion"), VALUE_VERSION, NULL, 0, 0, false},
    {WORD("PasscodeIsCompliant"), VALUE_CHOICE, &mostly_true, 0, 0, PHONE_ONLY},
    {WORD("PasscodePresent"), VALUE_CHOICE, &mostly_true, 0, 0, PHONE_ONLY},
    {WORD("platform_name"), VALUE_CHOICE, &iphone, 0, 0, PHONE_ONLY},
    {WORD("processor_architecture"), VALUE_CHOICE, &arm, 0, 0, PHONE_ONLY},
    {WORD("ProductName"), VALUE_MODEL, NULL, 0, 0, false},
    {WORD("ratingApps"), VALUE_CHOICE, &ratings, 0, 0, PHONE_ONLY},
    {WORD("registration_imsi"), VALUE_CHOICE, &null_words, 0, 0, PHONE_ONLY},
    {WORD("registration_operator_name"), VALUE_CHOICE, &null_operators, 0, 0, PHONE_ONLY},
    {WORD("safariAcceptCookies"), VALUE_CHOICE, &cookies, 0, 0, PHONE_ONLY},
    {WORD("security_state"), VALUE_STATE_DIGIT, NULL, 0, 0, PHONE_ONLY},
    {WORD("SerialNumber"), VALUE_SERIAL, NULL, 0, 0, false},
    {WORD("SIM MCC"), VALUE_CHOICE, &mccs, 0, 0, PHONE_ONLY},
    {WORD("Subscriber Carrier Network"), VALUE_OPERATOR, NULL, 0, 0, PHONE_ONLY},
    {WORD("Voice Roaming Enabled"), VALUE_CHOICE, &true_false, 0, 0, PHONE_ONLY},
    {WORD("WiFiMAC"), VALUE_MAC_PLAIN, NULL, 0, 0, false},
};

/* Windows and what else there is report little, and in the words of Android's client. */
static const struct detail few[] = {
    {WORD("device_model"), VALUE_MODEL, NULL, 0, 0, false},
    {WORD("platform_name"), VALUE_VERSION, NULL, 0, 0, false},
    {WORD("Client_version"), VALUE_CHOICE, &client_versions, 0, 0, false},
    {WORD("device_manufacturer"), VALUE_MANUFACTURER, NULL, 0, 0, false},
    {WORD("imei"), VALUE_IMEI, NULL, 0, 0, false},
    {WORD("SerialNumber"), VALUE_SERIAL, NULL, 0, 0, false},
    {WORD("total_ram_size"), VALUE_MEGABYTES, NULL, 4000, 12000, false},
    {WORD("wifi_mac_addr"), VALUE_MAC_PLAIN, NULL, 0, 0, false},
};

/* What a device has no value for, and the guide no placeholder. */
static bool has_value(const struct v1_device *device, enum value value)
{
    bool has = true;

    switch (value) {
    case VALUE_IMEI:
    case VALUE_IMEI_BLANKS:
    case VALUE_IMEI_PREFIX:
        has = device->report.has_imei;
        break;
    case VALUE_IMSI:
    case VALUE_IMSI_PREFIX:
        has = device->report.has_imsi;
        break;
    case VALUE_MAC_PLAIN:
    case VALUE_MAC_COLONS:
        has = device->report.has_mac;
        break;
    case VALUE_OPERATOR:
    case VALUE_HOME_OPERATOR:
    case VALUE_PHONE:
        has = device->carrier != NULL;
        break;
    case VALUE_LATITUDE:
    case VALUE_LONGITUDE:
    case VALUE_CAPTURED:
        has = (device->word >> 32 & 3) != 0;
        break;
    case VALUE_IP:
        has = (device->word >> 34 & 3) != 0;
        break;
    default:
        has = true;
    }
    return has;
}

/* Without what stands between digits, and in the case that it has. */
static char *put_without(char *to, const char *from, const char *end, char between)
{
    for (; from < end; from++) {
        if (*from != between) {
            *to++ = *from;
        }
    }
    return to;
}

static char *put_imei(const struct v1_device *device, char *to)
{
    char text[DEVICE_NAME_MAX];
    const char *const end = device_put_imei(&device->report, text);

    return put_without(to, text, end, ' ');
}

static char *put_mac(const struct v1_device *device, char *to)
{
    char text[DEVICE_NAME_MAX];
    const char *const end = device_put_mac(&device->report, text);

    return put_without(to, text, end, ':');
}

static char *put_phone(const struct v1_device *device, const char *none, size_t none_len, char *to)
{
    char *const end = device_put_phone_number(device->world, &device->device, &device->report, to);

    return end == to ? put_bytes(to, none, none_len) : end;
}

static char *put_degrees(uint64_t word, uint32_t span, char *to)
{
    if ((word & 1) != 0) {
        *to++ = '-';
    }
    to = put_number(to, rng_below(word, span));
    *to++ = '.';
    return put_digits(to, word, 6);
}

static char *put_decimals(uint64_t whole, uint64_t word, size_t width, char *to)
{
    to = put_number(to, whole);
    *to++ = '.';
    return put_digits(to, word, width);
}

static uint64_t checked_in(const struct v1_device *device)
{
    return device->device.has_check_in ? device->device.last_check_in : device->device.registered;
}

/* Values of how the device is named and reached. */
static void write_name(const struct v1_device *device, enum value value, struct doc *doc)
{
    char *to = doc->at;

    switch (value) {
    case VALUE_IMEI_PREFIX:
        to = put_imei(device, put_bytes(to, PUT_LIT("IMEI:")));
        break;
    case VALUE_IMEI_BLANKS:
        to = device_put_imei(&device->report, to);
        break;
    case VALUE_IMEI:
        to = put_imei(device, to);
        break;
    case VALUE_IMSI_OR_NA:
        to = device->report.has_imsi ? device_put_imsi(&device->report, to)
                                     : put_bytes(to, PUT_LIT("na"));
        break;
    case VALUE_IMSI_PREFIX:
        to = device_put_imsi(&device->report, put_bytes(to, PUT_LIT("IMSI:")));
        break;
    case VALUE_IMSI:
        to = device_put_imsi(&device->report, to);
        break;
    case VALUE_PHONE_OR_NULL:
        to = put_phone(device, PUT_LIT("(null)"), to);
        break;
    case VALUE_PHONE:
        to = put_phone(device, PUT_LIT("na"), to);
        break;
    case VALUE_MAC_PLAIN:
        to = put_mac(device, to);
        break;
    case VALUE_MAC_COLONS:
        to = device_put_mac(&device->report, to);
        break;
    case VALUE_IDENTIFIER:
        to = device_write_identifier(device->world, &device->device, to);
        break;
    default: /* VALUE_SERIAL */
        to = device_put_serial(&device->report, to);
    }
    doc->at = to;
}

/* Values of what the device is and whose. */
static void write_nature(const struct v1_device *device, enum value value, struct doc *doc)
{
    const struct model *const model = device->report.model;

    switch (value) {
    case VALUE_DEVICE_NAME:
        doc->at = put_word(doc->at, device->user.first);
        doc->at = put_bytes(doc->at, PUT_LIT("'s "));
        doc->at = put_word(doc->at, &model->model);
        break;
    case VALUE_VERSION:
        doc->at = device_put_version(&device->report, doc->at);
        break;
    case VALUE_LONG_VERSION:
        doc->at = put_bytes(doc->at, PUT_LIT("iPhone OS "));
        doc->at = device_put_version(&device->report, doc->at);
        doc->at = put_bytes(doc->at, PUT_LIT(" (21F90)"));
        break;
    case VALUE_MODEL:
        doc->at = put_word(doc->at, &model->model);
        break;
    case VALUE_MANUFACTURER:
        doc->at = put_word(doc->at, &model->manufacturer);
        break;
    case VALUE_USER:
        doc->at = user_write_id(device->world->seed, device->device.user, doc->at);
        break;
    case VALUE_HOME_OPERATOR:
        doc_escaped(doc, device->carrier->name.text, device->carrier->name.len);
        doc->at = put_bytes(doc->at, PUT_LIT("::262001"));
        break;
    default: /* VALUE_OPERATOR */
        doc_escaped(doc, device->carrier->name.text, device->carrier->name.len);
    }
}

/* Values that may be others at the next check-in. */
static char *put_state(
    const struct v1_device *device, const struct detail *row, uint64_t word, char *to)
{
    const uint64_t now = rng_next(word + checked_in(device));

    switch (row->value) {
    case VALUE_NOW:
        to = put_number(to, row->low + now % row->span);
        break;
    case VALUE_IP:
        to = put_number(put_bytes(to, PUT_LIT("192.168.1.")), 2 + now % 250);
        break;
    case VALUE_LATITUDE:
        to = put_degrees(now, 90, to);
        break;
    case VALUE_LONGITUDE:
        to = put_degrees(now, 180, to);
        break;
    case VALUE_CAPTURED:
        to = put_number(to, checked_in(device) - 1000);
        break;
    case VALUE_STATE_WORD:
        to = device->compromised ? put_bytes(to, PUT_LIT("Compromised"))
                                 : put_bytes(to, PUT_LIT("Ok"));
        break;
    case VALUE_STATE_DIGIT:
        *to++ = device->compromised ? '0' : '1';
        break;
    default: /* VALUE_STATE_BOOL */
        to = put_bool(to, "", 0, device->compromised);
    }
    return to;
}

static void write_value(
    const struct v1_device *device, const struct detail *row, uint64_t word, struct doc *doc)
{
    if (row->value == VALUE_CHOICE) {
        const struct word *const choice = word_at(row->choices, word);
        doc_escaped(doc, choice->text, choice->len);
    } else if (row->value == VALUE_NUMBER) {
        doc->at = put_number(doc->at, row->low + word % row->span);
    } else if (row->value == VALUE_MEGABYTES) {
        doc->at = put_decimals(row->low + word % row->span, word >> 32, 2, doc->at);
        *doc->at++ = 'M';
    } else if (row->value == VALUE_REAL) {
        doc->at = put_decimals(row->low + word % row->span, word >> 8, 15, doc->at);
    } else if (row->value == VALUE_HEX) {
        doc->at = put_hex(doc->at, PUT_LOWER, word, row->low);
    } else if (row->value <= VALUE_SERIAL && row->value >= VALUE_IMEI) {
        write_name(device, row->value, doc);
    } else if (row->value <= VALUE_USER && row->value > VALUE_SERIAL) {
        write_nature(device, row->value, doc);
    } else {
        doc->at = put_state(device, row, word, doc->at);
    }
}

static const struct detail *rows_of(enum device_os os, size_t *count)
{
    const struct detail *rows = few;

    *count = sizeof few / sizeof few[0];
    if (os == OS_ANDROID) {
        rows = android;
        *count = sizeof android / sizeof android[0];
    } else if (os == OS_IOS || os == OS_OSX) {
        rows = apple_rows;
        *count = sizeof apple_rows / sizeof apple_rows[0];
    }
    return rows;
}

void v1_details_write(const struct v1_device *device, struct doc *doc)
{
    const bool any = device->report.managed;
    const bool phone = device->device.os != OS_OSX;
    size_t count = 0;
    const struct detail *const rows = rows_of(device->device.os, &count);

    doc_pairs(doc, "details", any);
    for (size_t at = 0; at < count && any; at++) {
        if ((phone || !rows[at].phone_only) && has_value(device, rows[at].value)) {
            doc_pair(doc, &rows[at].key);
            write_value(device, &rows[at], rng_mix(device->word + at), doc);
            doc_pair_end(doc);
        }
    }
    doc_pairs_end(doc, "details", any);
}
