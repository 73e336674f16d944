#include "sync/export.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/timestamp.h"
#include "load/load.h"
#include "sync/entities.h"
#include "sync/flows.h"
#include "sync/server.h"

/* The next name of a list between commas; false at its end. */
static bool export_next_name(const char **list, struct str *name)
{
    bool more = *list != NULL;

    if (more) {
        const char *comma = strchr(*list, ',');

        *name =
            str_trim((struct str){*list, comma != NULL ? (size_t)(comma - *list) : strlen(*list)});
        *list = comma != NULL ? comma + 1 : NULL;
    }
    return more;
}

static bool export_fail_column(const struct relation *relation, struct str name, struct error *err)
{
    const char *names[MAPPING_MOST_COLUMNS];
    char text[64] = "";
    const char *nearest;

    (void)strncat(text, name.data, name.size < 63 ? name.size : 63);
    for (size_t i = 0; i < relation->column_count; i++) {
        names[i] = relation->columns[i].name;
    }
    nearest = str_nearest(text, names, relation->column_count);
    return error_set(err, ERROR_USAGE, "--columns: %s has no column `%s`%s%s%s", relation->name,
        text, nearest != NULL ? "; did you mean `" : "", nearest != NULL ? nearest : "",
        nearest != NULL ? "`?" : "");
}

static bool export_choose(
    const struct export_settings *settings, size_t *columns, size_t *count, struct error *err)
{
    const struct relation *relation = &settings->mapping->relation;
    const char *list = settings->columns;
    struct str name;
    bool ok = true;

    *count = 0;
    while (ok && export_next_name(&list, &name)) {
        size_t place = 0;

        while (place < relation->column_count && !str_is(name, relation->columns[place].name)) {
            place++;
        }
        if (place == relation->column_count) {
            ok = export_fail_column(relation, name, err);
        } else if (*count == MAPPING_MOST_COLUMNS) {
            ok = error_set(err, ERROR_USAGE, "--columns: more than %d", MAPPING_MOST_COLUMNS);
        } else {
            columns[(*count)++] = place;
        }
    }
    for (size_t i = 0; ok && settings->columns == NULL && i < relation->column_count; i++) {
        columns[(*count)++] = i;
    }
    return ok;
}

/* Statuses are those of devices. */
static bool export_check_status(const struct export_settings *settings, struct error *err)
{
    enum entity_way way = entity_find(settings->mapping->relation.name)->way;

    return settings->status == NULL || way == ENTITY_OF_DEVICES || way == ENTITY_OF_INVENTORY ||
           error_set(err, ERROR_USAGE, "--status: %s is nothing of devices",
               settings->mapping->relation.name);
}

static bool export_has_status(const char *const *statuses, size_t count, const char *status)
{
    bool found = false;

    for (size_t i = 0; !found && i < count; i++) {
        found = statuses[i] == status;
    }
    return found;
}

/* A server would answer another word with an error, or with all devices. */
static bool export_choose_status(const struct export_settings *settings,
    const char *statuses[EXPORT_MOST_STATUS], size_t *count, struct error *err)
{
    const char *list = settings->status;
    struct str name;
    bool ok = true;

    *count = 0;
    while (ok && export_next_name(&list, &name)) {
        const char *status = uem_device_status(name);

        if (status == NULL && settings->tenant->kind == SYNC_CORE) {
            status = uem_core_status(name);
        }
        if (status == NULL) {
            ok = error_set(err, ERROR_USAGE, "--status: `%.*s` is none of %s",
                (int)(name.size < 40 ? name.size : 40), name.data, uem_device_statuses());
        } else if (*count == EXPORT_MOST_STATUS) {
            ok = error_set(err, ERROR_USAGE, "--status: more than %d", EXPORT_MOST_STATUS);
        } else if (!export_has_status(statuses, *count, status)) {
            statuses[(*count)++] = status;
        }
    }
    if (ok && settings->status == NULL) {
        statuses[(*count)++] = NULL;
    }
    return ok;
}

static void export_add(struct sync_entity_report *sum, const struct sync_entity_report *part)
{
    sum->calls += part->calls;
    sum->fetched += part->fetched;
    sum->rejected += part->rejected;
    sum->missing += part->missing;
    sum->failed += part->failed;
    sum->unanswered += part->unanswered;
    sum->note = part->note != NULL ? part->note : sum->note;
    sum->error = part->error.kind != ERROR_NONE ? part->error : sum->error;
    sum->completeness =
        part->completeness < sum->completeness ? part->completeness : sum->completeness;
}

/* The devices of one status, or of all, or what hangs on them. */
static bool export_status(
    struct fetch *fetch, struct sync_entity_report *reports, size_t count, struct error *err)
{
    struct sync_entity_report parts[SYNC_MOST_ENTITIES];
    bool ok;

    for (size_t i = 0; i < count; i++) {
        parts[i] = (struct sync_entity_report){.entity = reports[i].entity};
    }
    ok = flows_fetch(fetch, parts, count, err);
    for (size_t i = 0; i < count; i++) {
        export_add(&reports[i], &parts[i]);
    }
    return ok;
}

static bool export_rows(const struct export_settings *settings, const char *const *statuses,
    size_t status_count, struct load *load, struct sync_entity_report *reports, size_t count,
    struct error *err)
{
    const struct load_run run = {.run_id = "export",
        .tenant = settings->tenant->name,
        .started_at = timestamp_now(),
        .version = settings->version};
    const char *const name = settings->mapping->relation.name;
    struct server server = {0};
    bool ok = server_open(&server, settings->tenant,
        limits_find(settings->limits, settings->tenant), settings->version, settings->log, err);

    for (size_t i = 0; ok && i < status_count; i++) {
        struct fetch fetch = {
            .server = &server,
            .load = load,
            .catalogue = settings->catalogue,
            .tenant = settings->tenant,
            .run = &run,
            .log = settings->log,
            .progress = settings->progress,
            .status = statuses[i],
            .names = &name,
            .name_count = 1,
            .full = true,
            .once = true,
        };

        ok = export_status(&fetch, reports, count, err);
    }
    server_close(&server);
    return ok;
}

static size_t export_choose_entities(
    const struct export_settings *settings, struct sync_entity_report *reports)
{
    const char *const name = settings->mapping->relation.name;
    const struct entity *chosen[SYNC_MOST_ENTITIES];
    size_t count = entity_choose(settings->tenant, &name, 1, chosen);

    for (size_t i = 0; i < count; i++) {
        reports[i] = (struct sync_entity_report){
            .entity = chosen[i]->name, .completeness = SYNC_NOT_OFFERED};
    }
    return count;
}

bool export_entity(const struct export_settings *settings,
    struct sync_entity_report reports[SYNC_MOST_ENTITIES], size_t *count, int64_t *written,
    struct error *err)
{
    size_t columns[MAPPING_MOST_COLUMNS];
    const char *statuses[EXPORT_MOST_STATUS];
    size_t status_count = 0;
    struct load_stream_settings stream = {.relation = &settings->mapping->relation,
        .columns = columns,
        .safe = settings->safe,
        .shown = settings->shown,
        .out = settings->out,
        .written = written};
    struct load *load = NULL;
    bool changed = false;
    bool is_whole = true;
    bool ok = export_check_status(settings, err) &&
              export_choose(settings, columns, &stream.column_count, err) &&
              export_choose_status(settings, statuses, &status_count, err) &&
              load_open_stream(&stream, &load, err);

    *written = 0;
    *count = export_choose_entities(settings, reports);
    ok = ok && export_rows(settings, statuses, status_count, load, reports, *count, err);
    for (size_t i = 0; i < *count; i++) {
        is_whole = is_whole && reports[i].error.kind == ERROR_NONE;
    }
    if (ok && is_whole) {
        ok = load_publish(load, NULL, 0, NULL, &changed, err);
    } else if (ok) {
        ok = fflush(settings->out) == 0 ||
             error_set(err, ERROR_DESTINATION, "the rows cannot be written: %s", strerror(errno));
    }
    load_close(load);
    return ok;
}
