/* Apps. Of each family some are on every device and most on few: the family's apps, the popular
 * ones first, are parted into as many strata as a device has apps, each larger than the one before,
 * and a device has one app of each. So no app comes twice, and nothing has to be remembered. */
#include "inventory.h"
#include "words.h"

enum stream { STREAM_APP = 301, STREAM_LIST = 311, STREAM_CHANGED };

/* The version that devices have which are up to date. */
#define LATEST UINT64_C(2)

struct app {
    enum app_family family;
    uint64_t number, version;
    bool managed, installing;
};

/* A family's share of --catalog, in tenths. */
static const uint64_t shares[APP_FAMILIES] = {5, 3, 1, 1};

/* Of the unknown none is asked for, unless a fault wants some. */
static const enum app_family families[OS_COUNT] = {
    APP_ANDROID, APP_IOS, APP_OSX, APP_WINDOWS, APP_ANDROID};

uint64_t app_hash(uint64_t seed, enum app_family family, uint64_t number)
{
    return rng_at(seed, STREAM_APP + (uint64_t)family, number);
}

char *app_write_identifier(enum app_family family, uint64_t number, uint64_t hash, char *to)
{
    const struct word *const product = word_at(&words_products, rng_next(hash));

    if (family != APP_WINDOWS) {
        to = put_bytes(to, PUT_LIT("com."));
    }
    to = put_word(to, word_at(&words_vendors, hash));
    *to++ = '.';
    to = put_word(to, product);
    to = put_number(to, number);
    return family == APP_WINDOWS ? put_bytes(to, PUT_LIT("_8wekyb3d8bbwe")) : to;
}

/* Names are not unique, and one in eight holds what text can hold. */
char *app_write_name(uint64_t number, uint64_t hash, char *to)
{
    to = put_word(to, word_at(&words_products, rng_next(hash)));
    if ((hash & 7) == 0) {
        *to++ = ' ';
        to = put_word(to, word_at(&words_sites, rng_next(hash ^ 1)));
    } else if (number >= words_products.count) {
        *to++ = ' ';
        to = put_number(to, number / words_products.count);
    }
    return to;
}

char *app_write_version(uint64_t hash, uint64_t version, char *to)
{
    to = put_number(to, 1 + (hash >> 8 & 15));
    *to++ = '.';
    to = put_number(to, (hash >> 12 & 7) + version);
    *to++ = '.';
    return put_number(to, hash >> 16 & 31);
}

/* From the store, bought in volume, in-house, in beta: what the four flags of iOS say of each. */
static const struct word ios_origins[] = {
    {PUT_LIT(",\"adHocCodeSigned\":false,\"appStoreVendable\":true,\"betaApp\":false,"
             "\"deviceBasedVPP\":false,\"externalVersionIdentifier\":")},
    {PUT_LIT(",\"adHocCodeSigned\":false,\"appStoreVendable\":true,\"betaApp\":false,"
             "\"deviceBasedVPP\":true,\"externalVersionIdentifier\":")},
    {PUT_LIT(",\"adHocCodeSigned\":true,\"appStoreVendable\":false,\"betaApp\":false,"
             "\"deviceBasedVPP\":false,\"externalVersionIdentifier\":")},
    {PUT_LIT(",\"adHocCodeSigned\":false,\"appStoreVendable\":false,\"betaApp\":true,"
             "\"deviceBasedVPP\":false,\"externalVersionIdentifier\":")},
};

/* What only iOS tells. Few apps have no short version, and few a member that the guide lacks. */
static char *put_ios(const struct app *app, uint64_t hash, char *to)
{
    to = put_word(to, &ios_origins[hash >> 24 & 3]);
    to = put_digits(to, 800000000 + (hash >> 32) % 99999000 + app->version, 9);
    to = put_bool(to, PUT_LIT(",\"updateAvailable\":"), app->version < LATEST);
    to = put_bool(to, PUT_LIT(",\"installing\":"), app->installing);
    to = put_bool(to, PUT_LIT(",\"validated\":"), app->managed || (hash >> 24 & 3) != 2);
    if ((hash >> 40 & 31) != 0) {
        to = put_bytes(to, PUT_LIT(",\"shortVersion\":\""));
        to = app_write_version(hash, app->version, to);
        *to++ = '"';
    }
    to = put_bytes(to, PUT_LIT(",\"bundleVersion\":\""));
    to = put_number(to, 1000 + (hash >> 20 & 4095) + app->version * 10);
    *to++ = '"';
    return (hash >> 45 & 15) == 0 ? put_bool(to, PUT_LIT(",\"isAppClip\":"), (hash & 1) != 0) : to;
}

static char *write_app(uint64_t seed, const struct app *app, char *to)
{
    const uint64_t hash = app_hash(seed, app->family, app->number);

    to = put_bytes(to, PUT_LIT("{\"identifier\":\""));
    to = app_write_identifier(app->family, app->number, hash, to);
    to = put_bytes(to, PUT_LIT("\",\"name\":\""));
    to = app_write_name(app->number, hash, to);
    to = put_bytes(to, PUT_LIT("\",\"version\":\""));
    to = app_write_version(hash, app->version, to);
    to = put_bool(to, PUT_LIT("\",\"managed\":"), app->managed);
    if (!app->managed) {
        to = put_bytes(to, PUT_LIT(",\"source\":\"UNKNOWN_APP_TYPE\""));
    } else if ((hash & 15) == 1) {
        to = put_bytes(to, PUT_LIT(",\"source\":\"IN_HOUSE\""));
    } else {
        to = put_bytes(to, PUT_LIT(",\"source\":\"PUBLIC\""));
    }
    to = app->family == APP_IOS ? put_ios(app, hash, to) : to;
    *to++ = '}';
    return to;
}

static uint64_t most_apps(const struct device_world *world)
{
    return world->apps_exact ? world->apps : world->apps + world->apps / 2;
}

void inventory_resize_apps(struct inventory_list *list, uint64_t count)
{
    const uint64_t most = most_apps(list->world);
    const uint64_t share = list->world->catalog * shares[list->family] / 10;

    list->count = count;
    list->strata = count > most ? count : most;
    list->choice = share > list->strata ? share : list->strata;
}

static void begin_apps(struct inventory_list *list)
{
    const struct device_world *const world = list->world;
    const uint64_t least = world->apps_exact ? world->apps : world->apps - world->apps / 2;
    const uint32_t spread = (uint32_t)(most_apps(world) - least);

    list->family = families[list->device->os];
    list->word = rng_at(world->seed, STREAM_LIST, list->device->index);
    if (list->device->os != OS_UNKNOWN) {
        inventory_resize_apps(list, least + rng_below(list->word, spread + 1));
    }
    list->changes = list->count == 0 ? 0 : list->device->changes;
    for (uint32_t at = 0; at < list->changes && at < INVENTORY_CHANGES; at++) {
        const uint64_t word = rng_at(world->seed + at, STREAM_CHANGED, list->device->index);
        list->changed[at] = rng_below(word, (uint32_t)list->count);
    }
}

/* Versions that the device's changes added to the app at this place: each change adds one. */
static uint64_t updates_at(const struct inventory_list *list, uint64_t place)
{
    uint64_t updates = 0;

    for (uint32_t at = 0; at < list->changes && at < INVENTORY_CHANGES; at++) {
        if (list->changed[at] == place) {
            updates += 1 + (list->changes - 1 - at) / INVENTORY_CHANGES;
        }
    }
    return updates;
}

/* The number of the first app of a stratum. */
static uint64_t stratum_start(const struct inventory_list *list, uint64_t stratum)
{
    const double part = (double)stratum / (double)list->strata;

    return stratum + (uint64_t)((double)(list->choice - list->strata) * part * part * part);
}

static char *write_listed(const struct inventory_list *list, uint64_t place, char *to)
{
    const uint64_t word = rng_at(list->word, STREAM_LIST, place);
    const uint64_t stratum = place * list->strata / list->count;
    const uint64_t start = stratum_start(list, stratum);
    const uint32_t width = (uint32_t)(stratum_start(list, stratum + 1) - start);
    const uint64_t behind = (word & 7) == 0 ? 2 : (word & 7) < 3 ? 1 : 0;
    struct app app = {.family = list->family,
        .number = start + rng_below(word, width),
        .version = LATEST - behind + updates_at(list, place)};

    app.managed = app.number % 4 == 1 && (word >> 4 & 3) != 0;
    app.installing = app.managed && (word >> 8 & 127) == 0;
    return write_app(list->world->seed, &app, to);
}

const struct inventory_kind inventory_apps = {.list = "applications",
    .long_member = "name",
    .takes_guid = true,
    .average = 430,
    .begin = begin_apps,
    .write = write_listed};
