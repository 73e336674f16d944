/* CPS guide, "App Catalog APIs": the apps that the tenant offers. They are managed ones of the
 * inventories, and now and then an older version of one. */
#include <string.h>

#include "inventory.h"
#include "listing.h"
#include "put.h"
#include "route.h"
#include "words.h"

enum stream { STREAM_STORE = 701 };

/* Most bytes of an app, of an identifier and of a name. */
#define STORE_JSON_MAX 1024
#define TEXT_MAX 128
/* 2024-10-01T00:00:00Z, before which the apps of three years were added. */
#define LAST_ADDED_MS UINT64_C(1727740800000)
#define ADDED_SPAN_S 94608000

static const struct {
    const char *asked;    /* as platformType asks */
    struct word answered; /* and as it is answered (guide, the samples) */
    enum app_family family;
} platforms[] = {
    {"IOS", {PUT_LIT("iOS")}, APP_IOS},
    {"ANDROID", {PUT_LIT("Android")}, APP_ANDROID},
    {"OSX", {PUT_LIT("Mac OS X")}, APP_OSX},
    {"WINDOWS", {PUT_LIT("Windows")}, APP_WINDOWS},
    {"WEBAPPS", {PUT_LIT("Web Applications")}, APP_ANDROID},
};
enum { PLATFORM_WEB = 4 };

struct search {
    uint64_t seed;
    bool core; /* has web applications */
    const char *identifier, *name, *platform;
};

struct store_app {
    uint64_t place; /* in the store */
    size_t platform;
    uint64_t number, hash, version;
    bool has_identifier;
};

static void make_app(const struct search *search, uint64_t place, struct store_app *app)
{
    static const size_t order[] = {0, 1, 0, 1, 2, 1, 0, 3};
    /* Each tenth one is the one before it once more, in an older version. */
    const bool older = place % 10 == 9;
    const uint64_t own = older ? place - 1 : place;

    *app =
        (struct store_app){.place = place, .platform = order[own % 8], .number = own / 2 * 4 + 1};
    if (search->core && own % 16 == 13) {
        app->platform = PLATFORM_WEB;
    }
    app->hash = app_hash(search->seed, platforms[app->platform].family, app->number);
    app->version = older ? 1 : 2;
    app->has_identifier = app->platform != PLATFORM_WEB && own % 25 != 22;
}

static bool same_text(const char *text, const char *from, const char *end, bool whole)
{
    const size_t len = strlen(text);

    return (whole ? len == (size_t)(end - from) : len <= (size_t)(end - from)) &&
           memcmp(text, from, len) == 0;
}

/* Identifiers are matched as a whole, names by what they begin with; case matters. */
static bool matches(const struct listing *listing, uint64_t place)
{
    const struct search *const search = listing->query;
    char text[TEXT_MAX];
    struct store_app app;
    bool ok = true;

    make_app(search, place, &app);
    if (search->platform != NULL) {
        ok = strcmp(search->platform, platforms[app.platform].asked) == 0;
    }
    if (ok && search->identifier != NULL) {
        const char *const end =
            app_write_identifier(platforms[app.platform].family, app.number, app.hash, text);
        ok = app.has_identifier && same_text(search->identifier, text, end, true);
    }
    if (ok && search->name != NULL) {
        ok = same_text(search->name, text, app_write_name(app.number, app.hash, text), false);
    }
    return ok;
}

static char *put_text(char *to, const char *key, size_t key_len, const char *text, const char *end)
{
    to = put_bytes(to, key, key_len);
    to = put_bytes(to, text, (size_t)(end - text));
    *to++ = '"';
    return to;
}

static char *write_app(
    const struct search *search, const struct store_app *app, bool nameless, char *to)
{
    const uint64_t word = rng_at(search->seed, STREAM_STORE, app->place);
    char text[TEXT_MAX];

    to = put_text(to, PUT_LIT("{\"name\":\""), text, app_write_name(app->number, app->hash, text));
    to = put_bytes(to, PUT_LIT(",\"platformType\":\""));
    to = put_word(to, &platforms[app->platform].answered);
    *to++ = '"';
    if (app->platform != PLATFORM_WEB && app->platform != 3) {
        to = put_text(
            to, PUT_LIT(",\"version\":\""), text, app_write_version(app->hash, app->version, text));
    }
    if (app->has_identifier && !nameless) {
        to = put_text(to, PUT_LIT(",\"identifier\":\""), text,
            app_write_identifier(platforms[app->platform].family, app->number, app->hash, text));
    }
    if ((app->hash & 15) == 1) {
        to = put_text(to, PUT_LIT(",\"buildNumber\":\""), text,
            app_write_version(app->hash, app->version + 10, text));
    }
    to = put_bytes(to, PUT_LIT(",\"createdAt\":"));
    to = put_number(to, LAST_ADDED_MS - (uint64_t)rng_below(word, ADDED_SPAN_S) * 1000);
    *to++ = '}';
    return to;
}

static void append_app(
    const struct listing *listing, uint64_t place, bool nameless, struct buf *out)
{
    char *const to = buf_reserve(out, STORE_JSON_MAX);
    struct store_app app;

    make_app(listing->query, place, &app);
    if (to != NULL) {
        buf_written_to(out, write_app(listing->query, &app, nameless, to));
    }
}

void cps_store_list(struct request *request, struct reply *reply)
{
    const struct options *const options = request->server->options;
    const struct search search = {.seed = request->server->tenant.world.seed,
        .core = options->core,
        .identifier = request_argument(request, "identifier"),
        .name = request_argument(request, "name"),
        .platform = request_argument(request, "platformType")};
    struct listing listing = {.request = request,
        .query = &search,
        .end = options->store,
        .long_member = "name",
        .matches = matches,
        .write = append_app};
    struct page page;

    if (listing_read_page(request, &page, reply)) {
        if (options->store_unpaged) {
            page.offset = 0;
            page.limit = options->store;
        }
        listing_count(&listing, &page);
        listing_answer(&listing, &page, &reply->body);
    }
}
