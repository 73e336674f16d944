#include "decode/appconnect.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ceilings.h"
#include "base/json.h"
#include "decode/appconnect_csv.h"
#include "decode/appconnect_name.h"
#include "decode/archive.h"
#include "decode/download.h"
#include "decode/json_split.h"

/* A file that is read. There may be CEILING_ARCHIVE_ENTRIES of them: so its name's parts are told
 * by their lengths. */
struct file {
    const char *path; /* borrowed from the archive */
    uint32_t index;
    uint16_t app_size;
    uint16_t device_size;
    bool is_version;
};
static_assert(CEILING_ARCHIVE_NAME <= UINT16_MAX, "a part's length fits");
static_assert(CEILING_ARCHIVE_ENTRIES <= UINT32_MAX, "an entry's number fits");

struct appconnect {
    const struct appconnect_handler *handler;
    struct download download;
    struct archive *archive;
    struct file *files; /* in the order in which they are read */
    size_t count;
    const struct file *file;           /* the one under way */
    char version[CEILING_VERSION + 1]; /* of its folder, or "" */
    struct buffer text;
    struct arena tree;
};

bool appconnect_new(
    struct appconnect **out, const struct appconnect_handler *handler, struct error *err)
{
    struct appconnect *appconnect = calloc(1, sizeof *appconnect);
    bool ok = appconnect != NULL || error_memory(err);

    if (ok) {
        appconnect->handler = handler;
        download_init(&appconnect->download, CEILING_ARCHIVE);
        buffer_init(&appconnect->text, CEILING_RECORD);
        arena_init(&appconnect->tree, CEILING_TREE);
    }
    *out = appconnect;
    return ok;
}

/* What is held of an archive while it is read. */
static void appconnect_close(struct appconnect *appconnect)
{
    free(appconnect->files);
    appconnect->files = NULL;
    appconnect->count = 0;
    appconnect->file = NULL;
    archive_close(appconnect->archive);
    appconnect->archive = NULL;
}

void appconnect_free(struct appconnect *appconnect)
{
    if (appconnect != NULL) {
        appconnect_close(appconnect);
        arena_release(&appconnect->tree);
        buffer_release(&appconnect->text);
        download_release(&appconnect->download);
        free(appconnect);
    }
}

bool appconnect_reset(struct appconnect *appconnect, struct error *err)
{
    return download_clear(&appconnect->download, err);
}

bool appconnect_feed(
    struct appconnect *appconnect, const char *bytes, size_t size, struct error *err)
{
    return download_add(&appconnect->download, bytes, size, err);
}

/* A name may be long and hold anything. */
static bool appconnect_unreadable(const struct appconnect *appconnect, const char *path,
    const char *reason, uint64_t size, struct error *err)
{
    char text[ERROR_TEXT_SIZE];

    (void)snprintf(text, sizeof text, "%.*s: %.500s", CEILING_ARCHIVE_NAME, path, reason);
    str_make_line(text);
    return appconnect->handler->unreadable(appconnect->handler->context, text, size, err);
}

/* Notes the entry where it is to be read. */
static bool appconnect_see_entry(struct appconnect *appconnect, uint32_t index, struct error *err)
{
    const char *path = archive_name(appconnect->archive, index);
    bool ok = path != NULL || error_memory(err);

    if (ok) {
        struct appconnect_name name = appconnect_name_read(path);

        if (name.file == APPCONNECT_ATTACK) {
            ok = error_set(err, ERROR_SERVER, "the ZIP archive is not safe to read: of \"%.*s\" %s",
                CEILING_ARCHIVE_NAME, path, name.reason);
        } else if (name.file == APPCONNECT_STRANGE) {
            ok = appconnect_unreadable(
                appconnect, path, name.reason, archive_size(appconnect->archive, index), err);
        } else if (name.file != APPCONNECT_FOLDER) {
            appconnect->files[appconnect->count++] = (struct file){.path = path,
                .index = index,
                .app_size = (uint16_t)name.app_id.size,
                .device_size = (uint16_t)name.device_id.size,
                .is_version = name.file == APPCONNECT_VERSION};
        }
    }
    return ok;
}

static struct str file_app(const struct file *file)
{
    return (struct str){file->path, file->app_size};
}

static struct str file_device(const struct file *file)
{
    return (struct str){file->path + file->app_size + 1, file->device_size};
}

static int file_compare_folder(const struct file *a, const struct file *b)
{
    int order = str_compare(file_app(a), file_app(b));

    return order != 0 ? order : str_compare(file_device(a), file_device(b));
}

/* Folder by folder, its version before its CSV files, else as they come. */
static int file_compare(const void *a, const void *b)
{
    const struct file *first = a;
    const struct file *second = b;
    int order = file_compare_folder(first, second);

    if (order == 0) {
        order = second->is_version - first->is_version;
    }
    if (order == 0) {
        order = (first->index > second->index) - (first->index < second->index);
    }
    return order;
}

/* Every name is looked at before anything is unpacked. */
static bool appconnect_list(struct appconnect *appconnect, struct error *err)
{
    uint64_t count = archive_count(appconnect->archive);
    bool ok = true;

    appconnect->files = calloc(count + 1, sizeof *appconnect->files);
    ok = appconnect->files != NULL || error_memory(err);
    for (uint32_t i = 0; ok && i < count; i++) {
        ok = appconnect_see_entry(appconnect, i, err);
    }
    if (ok) {
        qsort(appconnect->files, appconnect->count, sizeof *appconnect->files, file_compare);
    }
    return ok;
}

/* The JSON of a session; numbers are marked as json_split marks them. */
static void appconnect_write(struct appconnect *appconnect, const struct appconnect_row *row)
{
    static const char *const names[APPCONNECT_FIELD_COUNT] = {
        "startedAt", "seconds", "zoneMinutes", "bytes"};
    struct json_writer json;

    buffer_clear(&appconnect->text);
    json_init(&json, &appconnect->text);
    json_object_begin(&json);
    json_name(&json, "appId");
    json_string(&json, file_app(appconnect->file));
    json_name(&json, "deviceId");
    json_string(&json, file_device(appconnect->file));
    for (size_t i = 0; i < APPCONNECT_FIELD_COUNT; i++) {
        if (row->fields[i][0] != '\0') {
            char marked[APPCONNECT_FIELD_SIZE + 1];

            (void)snprintf(marked, sizeof marked, "%c%s", JSON_NUMBER_MARK, row->fields[i]);
            json_member_text(&json, names[i], marked);
        }
    }
    if (appconnect->version[0] != '\0') {
        json_member_text(&json, "appVersion", appconnect->version);
    }
    json_object_end(&json);
}

static bool appconnect_take_row(void *context, const struct appconnect_row *row, struct error *err)
{
    struct appconnect *appconnect = context;
    const struct appconnect_handler *handler = appconnect->handler;
    const cJSON *record = NULL;
    char reason[100];
    bool ok = true;

    if (row->reason != NULL) {
        (void)snprintf(reason, sizeof reason, "row %ju: %s", (uintmax_t)row->number, row->reason);
        ok = appconnect_unreadable(appconnect, appconnect->file->path, reason, row->size, err);
    } else {
        appconnect_write(appconnect, row);
        arena_reset(&appconnect->tree);
        ok = (buffer_ok(&appconnect->text) || error_memory(err)) &&
             record_parse(&appconnect->tree, buffer_view(&appconnect->text), &record, err) &&
             handler->record(handler->context, record, buffer_view(&appconnect->text), err);
    }
    return ok;
}

/* The text of version.txt, trimmed; what is no line of text is not taken. */
static bool appconnect_take_version(
    struct appconnect *appconnect, struct str bytes, struct error *err)
{
    char *version = appconnect->version;
    char line[sizeof appconnect->version];
    struct str text = bytes;
    bool ok = true;

    if (str_starts(text, "\xEF\xBB\xBF")) {
        text = (struct str){text.data + 3, text.size - 3};
    }
    text = str_trim(text);
    version[0] = '\0';
    if (text.size <= CEILING_VERSION) {
        memcpy(version, text.data, text.size);
        version[text.size] = '\0';
    }
    memcpy(line, version, sizeof line);
    str_make_line(line);
    if (strlen(version) != text.size || strcmp(line, version) != 0) {
        version[0] = '\0';
        ok = appconnect_unreadable(
            appconnect, appconnect->file->path, "it is no version", bytes.size, err);
    }
    return ok;
}

static bool appconnect_read_file(struct appconnect *appconnect, struct error *err)
{
    const struct file *file = appconnect->file;
    struct str bytes;
    bool ok = archive_read(appconnect->archive, file->index, &bytes, err);

    if (!ok && err->kind == ERROR_RECORD) {
        char reason[ERROR_TEXT_SIZE];

        (void)snprintf(reason, sizeof reason, "%s", err->text);
        error_clear(err);
        ok = appconnect_unreadable(
            appconnect, file->path, reason, archive_size(appconnect->archive, file->index), err);
    } else if (!ok) {
        ok = error_context_of_server(err, "%.*s", CEILING_ARCHIVE_NAME, file->path);
    } else if (file->is_version) {
        ok = appconnect_take_version(appconnect, bytes, err);
    } else {
        ok = appconnect_csv_read(bytes, appconnect_take_row, appconnect, err);
    }
    return ok;
}

bool appconnect_end(struct appconnect *appconnect, struct error *err)
{
    bool ok = archive_open(&appconnect->archive, &appconnect->download, err) &&
              appconnect_list(appconnect, err);

    for (size_t i = 0; ok && i < appconnect->count; i++) {
        appconnect->file = &appconnect->files[i];
        if (i == 0 || file_compare_folder(appconnect->file - 1, appconnect->file) != 0) {
            appconnect->version[0] = '\0';
        }
        ok = appconnect_read_file(appconnect, err);
    }
    appconnect_close(appconnect);
    return ok;
}
