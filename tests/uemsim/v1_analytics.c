/* v1 guide, "Get Analytics for AppConnect Apps": a ZIP file with a folder for each device. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "route.h"
#include "v1_device.h"

enum stream { STREAM_SESSION = 771 };

#define ROOT "appsWebServiceResponse"
#define DAY_MS UINT64_C(86400000)
/* Of so many devices one has run an app. */
#define DEVICES_FOR_ONE 10
#define SESSIONS_MAX 12
/* Files have no time of their own. */
#define FILES_AT 1740787200

static const char *const apps[] = {"com.acme.browser", "com.acme.docs", "com.mycompany.myapp"};

/* `start,seconds,zone,bytes`: the guide calls the start seconds and shows milliseconds. */
static void append_sessions(const struct v1_device *device, uint64_t app, struct buf *out)
{
    static const char *const zones[] = {"-420", "60", "0", "330"};
    const uint64_t word = rng_at(device->world->seed + app, STREAM_SESSION, device->device.index);
    const uint64_t count = 1 + (word + device->device.changes) % SESSIONS_MAX;

    for (uint64_t at = 0; at < count; at++) {
        const uint64_t own = rng_next(word + at);
        buf_number(out, device->device.registered + at * DAY_MS + rng_below(own, 80000000));
        buf_text(out, ",");
        buf_number(out, rng_below(rng_next(own), 7200));
        buf_text(out, ",");
        buf_text(out, zones[own & 3]);
        buf_text(out, ",");
        buf_number(out, rng_below(rng_next(~own), 50000000));
        buf_text(out, "\n");
    }
}

/* The file's bytes go over to the archive. */
static bool add_file(zip_t *archive, const char *name, struct buf *content)
{
    zip_source_t *const source =
        content->failed ? NULL : zip_source_buffer(archive, content->data, content->len, 1);
    const zip_int64_t at =
        source == NULL ? -1 : zip_file_add(archive, name, source, ZIP_FL_ENC_UTF_8);

    if (source != NULL) {
        *content = (struct buf){0};
        if (at < 0) {
            zip_source_free(source);
        } else {
            zip_file_set_mtime(archive, (zip_uint64_t)at, FILES_AT, 0);
        }
    }
    buf_release(content);
    return at >= 0;
}

static bool add_device(zip_t *archive, const struct v1_device *device, uint64_t app)
{
    struct buf sessions = {0};
    struct buf version = {0};
    char uuid[DEVICE_NAME_MAX + 1];
    char name[256];

    *device_write_guid(device->world, device->device.index, uuid) = '\0';
    append_sessions(device, app, &sessions);
    snprintf(name, sizeof name, "%s/%s/sessions.csv", apps[app], uuid);
    bool ok = add_file(archive, name, &sessions);
    buf_text(&version, "2.4.");
    buf_number(&version, device->device.changes);
    buf_text(&version, "\n");
    snprintf(name, sizeof name, "%s/%s/version.txt", apps[app], uuid);
    ok = add_file(archive, name, &version) && ok;
    return ok;
}

static bool add_devices(zip_t *archive, const struct v1_space *space, uint64_t app)
{
    const uint64_t count = v1_space_count(space);
    bool ok = true;

    for (uint64_t at = app; at < count && ok; at += DEVICES_FOR_ONE) {
        struct v1_device device;
        v1_device_make(space, v1_space_index(space, at), &device);
        ok = add_device(archive, &device, app);
    }
    return ok;
}

/* Appends the bytes of an archive that was closed. */
static bool read_back(zip_source_t *source, struct buf *out)
{
    zip_stat_t stat;
    bool ok = zip_source_open(source) == 0;

    if (ok) {
        ok = zip_source_stat(source, &stat) == 0;
        char *const to = ok ? buf_reserve(out, stat.size) : NULL;
        ok = to != NULL && zip_source_read(source, to, stat.size) == (zip_int64_t)stat.size;
        out->len += ok ? stat.size : 0;
        zip_source_close(source);
    }
    return ok;
}

static bool write_archive(const struct v1_space *space, uint64_t app, struct buf *out)
{
    zip_source_t *const source = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *const archive = source == NULL ? NULL : zip_open_from_source(source, ZIP_TRUNCATE, NULL);
    bool ok = archive != NULL;

    if (ok) {
        zip_source_keep(source);
        ok = add_devices(archive, space, app) && zip_close(archive) == 0;
        if (!ok) {
            zip_discard(archive);
        }
        ok = ok && read_back(source, out);
    }
    zip_source_free(source);
    return ok;
}

void v1_analytics(struct request *request, struct reply *reply)
{
    const struct v1_list list = v1_list_begin(request, ROOT);
    const char *const name = request_argument(request, "appid");
    const uint64_t count = sizeof apps / sizeof apps[0];
    uint64_t app = 0;

    while (app < count && (name == NULL || strcmp(apps[app], name) != 0)) {
        app++;
    }
    if (app == count || v1_space_count(&list.space) <= app) {
        v1_refuse(request, ROOT, 404, "No data found", reply);
    } else if (!write_archive(&list.space, app, &reply->body)) {
        reply_error(reply, 500, "INTERNAL", "no archive");
    } else {
        reply->content_type = "application/zip";
    }
}
