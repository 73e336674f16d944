#include "config/config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/ceilings.h"
#include "config/parts.h"

/* Reads at most CEILING_FILE bytes and one more, by which a larger file shows. */
static bool config_read_file(const char *path, char *bytes, size_t *size, struct error *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = file < 0 ? -1 : 1;
    bool ok = true;

    *size = 0;
    while (got > 0 && *size <= CEILING_FILE) {
        got = read(file, bytes + *size, CEILING_FILE + 1 - *size);
        if (got > 0) {
            *size += (size_t)got;
        } else if (got < 0 && errno == EINTR) {
            got = 1;
        }
    }
    if (got < 0) {
        ok = error_set(
            err, ERROR_CONFIG, "cannot read the configuration file %s: %s", path, strerror(errno));
    }
    if (file >= 0) {
        (void)close(file);
    }
    return ok;
}

bool config_warn(const struct config_reader *reader, const char *key, const char *format, ...)
{
    struct config *config = reader->config;
    char text[ERROR_TEXT_SIZE];
    struct error warning;
    va_list arguments;
    const char *copy;

    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    (void)yaml_fail(&reader->places, key, &warning, "%s", text);
    copy = arena_copy(&config->arena, str_of(warning.text));
    reader->warnings[config->warning_count] = copy;
    config->warnings = reader->warnings;
    config->warning_count += copy != NULL;
    return copy != NULL || error_memory(reader->err);
}

static bool config_take_privacy(const struct config_reader *reader, size_t index)
{
    struct config_tenant_text *text = config_tenant_text(reader, index);
    struct arena *arena = &reader->config->arena;
    size_t count = text->privacy.count;
    struct sync_privacy *taken = arena_alloc(arena, count * sizeof *taken);
    bool ok = taken != NULL;

    for (size_t i = 0; ok && i < count; i++) {
        const struct yaml_pair *pair = &text->privacy.items[i];
        char key[YAML_KEY_PATH_SIZE];
        char place[ERROR_TEXT_SIZE];
        int line;

        (void)snprintf(key, sizeof key, "tenants[%zu].privacy.%s", index, pair->key);
        line = yaml_line(&reader->places, key);
        (void)snprintf(place, sizeof place, "%s:%d: key `%s`", reader->config->path, line, key);
        taken[i] = (struct sync_privacy){.kind = pair->key,
            .is_hashed = pair->word == CONFIG_PRIVACY_HASH,
            .place = arena_copy(arena, str_of(place))};
        ok = taken[i].place != NULL;
    }
    text->tenant.privacy = taken;
    text->tenant.privacy_count = ok ? count : 0;
    return ok;
}

/* What the text says becomes the configuration; secrets come later. */
static bool config_take(struct config_reader *reader)
{
    struct config *config = reader->config;
    size_t count = reader->text.tenants.count;
    bool ok = true;

    config->destination = reader->text.destination;
    config->destination.keep_snapshots = reader->text.keep.snapshots;
    config->destination.keep_changes = reader->text.keep.changes;
    config->destination.keep_history_ms = reader->text.keep.history_ms;
    config->destination.keep_runs_ms = reader->text.keep.runs_ms;
    if (reader->text.mappings != NULL) {
        config->mappings = config_path(reader, reader->text.mappings);
        ok = config->mappings != NULL;
    }
    config->tenants = arena_alloc(&config->arena, count * sizeof *config->tenants);
    reader->warnings = arena_alloc(&config->arena,
        (CONFIG_FILE_WARNINGS + CONFIG_TENANT_WARNINGS * count) * sizeof *reader->warnings);
    ok = ok && config->tenants != NULL && reader->warnings != NULL;
    for (size_t i = 0; ok && i < count; i++) {
        struct sync_tenant *tenant = &config_tenant_text(reader, i)->tenant;
        char key[YAML_KEY_PATH_SIZE];

        (void)snprintf(key, sizeof key, "tenants[%zu]", i);
        tenant->line = yaml_line(&reader->places, key);
        tenant->privacy_key = &config->privacy_key;
        ok = config_take_privacy(reader, i);
    }
    return ok || error_memory(reader->err);
}

static bool config_is_wanted(const char *name, const char *const *only, size_t only_count)
{
    bool found = only_count == 0;

    for (size_t i = 0; i < only_count && !found; i++) {
        found = strcmp(only[i], name) == 0;
    }
    return found;
}

static bool config_check_only(
    const struct config_reader *reader, const char *const *only, size_t only_count)
{
    size_t count = reader->text.tenants.count;
    const char **names = arena_alloc(&reader->config->arena, count * sizeof *names);
    bool ok = names != NULL || error_memory(reader->err);

    for (size_t i = 0; ok && i < count; i++) {
        names[i] = config_tenant_text(reader, i)->tenant.name;
    }
    for (size_t i = 0; ok && i < only_count; i++) {
        if (!config_is_wanted(only[i], names, count)) {
            const char *nearest = str_nearest(only[i], names, count);

            ok = error_set(reader->err, ERROR_CONFIG, "%s has no tenant `%s`%s%s%s",
                reader->config->path, only[i], nearest != NULL ? "; did you mean `" : "",
                nearest != NULL ? nearest : "", nearest != NULL ? "`?" : "");
        }
    }
    return ok;
}

static bool config_read_zone(const struct config_reader *reader, size_t index)
{
    struct sync_tenant *tenant = &config_tenant_text(reader, index)->tenant;
    struct error why = {0};

    return zone_new(&tenant->zone, tenant->timezone, &why) ||
           config_tenant_fail(reader, index, "timezone", "%s", why.text);
}

/* The tenants are handed over one by one, so that a failure half-way leaves nothing unreleased. */
static bool config_take_tenants(const struct config_reader *reader, enum config_use use,
    const char *const *only, size_t only_count)
{
    struct config *config = reader->config;
    bool wants_key = false;
    bool ok = true;

    for (size_t i = 0; ok && i < reader->text.tenants.count; i++) {
        struct config_tenant_text *text = config_tenant_text(reader, i);

        if (use == CONFIG_FOR_SERVERS && config_is_wanted(text->tenant.name, only, only_count)) {
            ok = config_read_secrets(reader, i) && config_read_zone(reader, i);
            wants_key = wants_key || text->privacy.count > 0;
        }
        config->tenants[i] = text->tenant;
        config->tenant_count = i + 1;
    }
    return ok &&
           (!wants_key || reader->text.privacy_key_file == NULL || config_read_privacy_key(reader));
}

bool config_load_text(struct config *config, const char *path, struct str text,
    const struct config_environment *environment, enum config_use use, const char *const *only,
    size_t only_count, struct error *err)
{
    struct config_reader reader = {.config = config, .environment = environment, .err = err};
    bool ok = strlen(path) < CONFIG_PATH_SIZE;

    *config = (struct config){.path = NULL};
    arena_init(&config->arena, CEILING_TREE);
    if (!ok) {
        (void)error_set(err, ERROR_CONFIG, "the path of the configuration file is too long");
    }
    ok = ok &&
         yaml_bind(&config->arena, path, text, &config_grammar, &reader.text, &reader.places, err);
    if (ok) {
        config->path = reader.places.path;
        ok = config_check(&reader) && config_take(&reader) &&
             (use == CONFIG_FOR_REMAINS || config_check_only(&reader, only, only_count)) &&
             config_take_tenants(&reader, use, only, only_count);
    }
    return ok;
}

bool config_load(struct config *config, const char *path,
    const struct config_environment *environment, enum config_use use, const char *const *only,
    size_t only_count, struct error *err)
{
    char *bytes = malloc(CEILING_FILE + 1);
    size_t size = 0;
    bool ok = bytes != NULL || error_memory(err);

    *config = (struct config){.path = NULL};
    ok = ok && config_read_file(path, bytes, &size, err) &&
         config_load_text(
             config, path, (struct str){bytes, size}, environment, use, only, only_count, err);
    free(bytes);
    return ok;
}

void config_release(struct config *config)
{
    for (size_t i = 0; i < config->tenant_count; i++) {
        secret_release(&config->tenants[i].certificate_password);
        secret_release(&config->tenants[i].certificate_bytes);
        secret_release(&config->tenants[i].password);
        zone_free(config->tenants[i].zone);
    }
    secret_release(&config->privacy_key);
    arena_release(&config->arena);
    *config = (struct config){.path = NULL};
}
