#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "config/parts.h"

enum { CONFIG_NAME_MAX = 63 };

struct config_tenant_text *config_tenant_text(const struct config_reader *reader, size_t index)
{
    struct config_tenant_text *tenants = reader->text.tenants.items;

    return &tenants[index];
}

bool config_tenant_fail(
    const struct config_reader *reader, size_t index, const char *key, const char *format, ...)
{
    char path[YAML_KEY_PATH_SIZE];
    char message[ERROR_TEXT_SIZE];
    va_list arguments;

    (void)snprintf(path, sizeof path, "tenants[%zu]%s%s", index, key[0] != '\0' ? "." : "", key);
    va_start(arguments, format);
    (void)vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    return yaml_fail(&reader->places, path, reader->err, "%s", message);
}

bool config_is_word(const char *text, const char *more, size_t max)
{
    size_t size = strlen(text);
    bool ok = size > 0 && size <= max;

    for (size_t i = 0; ok && i < size; i++) {
        char c = str_lower(text[i]);

        ok = (c >= 'a' && c <= 'z') || str_is_digit(c) || (i > 0 && strchr(more, c) != NULL);
    }
    return ok;
}

static bool is_lower(const char *text)
{
    bool ok = true;

    for (; *text != '\0' && ok; text++) {
        ok = str_lower(*text) == *text;
    }
    return ok;
}

/* [a-z_][a-z0-9_]{0,62}, which needs no quotes in SQL. */
static bool is_identifier(const char *text)
{
    const char *rest = text[0] == '_' ? text + 1 : text;
    bool ok = is_lower(text) && strlen(text) <= CONFIG_NAME_MAX && text[0] != '\0' &&
              !str_is_digit(text[0]);

    for (; *rest != '\0' && ok; rest++) {
        ok = *rest == '_' || config_is_word((const char[]){*rest, '\0'}, "", 1);
    }
    return ok;
}

/* The keys that one type of destination has and the other has not. */
static const struct {
    const char *key;
    enum load_type type;
} destination_keys[] = {
    {"destination.url", LOAD_POSTGRES},
    {"destination.schema", LOAD_POSTGRES},
    {"destination.auto_migrate", LOAD_POSTGRES},
    {"destination.reader_role", LOAD_POSTGRES},
    {"destination.insecure", LOAD_POSTGRES},
    {"destination.directory", LOAD_CSV},
    {"destination.csv_safe", LOAD_CSV},
};

static const char *const destination_names[] = {[LOAD_POSTGRES] = "postgres", [LOAD_CSV] = "csv"};

static bool check_destination(const struct config_reader *reader)
{
    const struct load_settings *destination = &reader->text.destination;
    const struct yaml_places *places = &reader->places;
    bool ok = true;

    for (size_t i = 0; ok && i < sizeof destination_keys / sizeof *destination_keys; i++) {
        if (destination_keys[i].type != destination->type &&
            yaml_line(places, destination_keys[i].key) != 0) {
            ok = yaml_fail(places, destination_keys[i].key, reader->err,
                "is for `type: %s`, and this destination is `type: %s`",
                destination_names[destination_keys[i].type], destination_names[destination->type]);
        }
    }
    if (ok && !is_identifier(destination->schema)) {
        ok = yaml_fail(places, "destination.schema", reader->err,
            "must be lower-case letters, digits and _, not begin with a digit, 63 at most");
    }
    if (ok && str_starts(str_of(destination->schema), "pg_")) {
        ok = yaml_fail(places, "destination.schema", reader->err,
            "must not begin with pg_, which PostgreSQL keeps for itself");
    }
    return ok;
}

static bool check_name(const struct config_reader *reader, size_t index)
{
    const char *name = config_tenant_text(reader, index)->tenant.name;
    bool ok = true;

    if (!config_is_word(name, "._-", CONFIG_NAME_MAX)) {
        ok = config_tenant_fail(reader, index, "name",
            "must be letters, digits and ._- behind a letter or digit, 63 at most");
    } else if (strcmp(name, "changes") == 0) {
        ok = config_tenant_fail(
            reader, index, "name", "must not be `changes`, a folder of the csv destination");
    }
    for (size_t i = 0; ok && i < index; i++) {
        if (strcmp(config_tenant_text(reader, i)->tenant.name, name) == 0) {
            ok = config_tenant_fail(
                reader, index, "name", "`%s` is the name of tenants[%zu] already", name, i);
        }
    }
    return ok;
}

static bool check_address(const struct config_reader *reader, size_t index)
{
    struct sync_tenant *tenant = &config_tenant_text(reader, index)->tenant;
    bool is_core = tenant->kind == SYNC_CORE;
    const char *why = NULL;
    bool ok = true;

    if (is_core && tenant->cluster != NULL) {
        ok = config_tenant_fail(reader, index, "cluster", "is for `kind: cloud` alone");
    } else if (is_core && tenant->url == NULL) {
        ok = config_tenant_fail(
            reader, index, "url", "is missing; `kind: core` needs the server's address");
    } else if (tenant->cluster == NULL && tenant->url == NULL) {
        ok = config_tenant_fail(
            reader, index, "cluster", "is missing; `kind: cloud` needs `cluster` or `url`");
    } else if (tenant->cluster != NULL &&
               (!is_lower(tenant->cluster) ||
                   !config_is_word(tenant->cluster, "-", CONFIG_NAME_MAX))) {
        ok = config_tenant_fail(reader, index, "cluster",
            "must be lower-case letters, digits and hyphens, such as na1");
    }
    if (ok && tenant->url != NULL) {
        char *url = arena_copy(&reader->config->arena, str_of(tenant->url));

        if (url == NULL) {
            ok = error_memory(reader->err);
        } else if (!config_check_url(url, &why)) {
            ok = config_tenant_fail(reader, index, "url", "%s", why);
        }
        tenant->url = url;
    }
    if (ok && tenant->rate_share > 1 &&
        (tenant->url == NULL || !config_url_is_loopback(tenant->url))) {
        ok = config_tenant_fail(reader, index, "rate_share",
            "must be 1 at most; more is for a server on this machine alone");
    }
    return ok;
}

/* Of two keys one at most; the second in the file is blamed. */
static bool check_either(const struct config_reader *reader, size_t index, const char *a,
    const char *b, const char *const values[2])
{
    char path_a[YAML_KEY_PATH_SIZE];
    char path_b[YAML_KEY_PATH_SIZE];
    bool ok = values[0] == NULL || values[1] == NULL;

    if (!ok) {
        (void)snprintf(path_a, sizeof path_a, "tenants[%zu].%s", index, a);
        (void)snprintf(path_b, sizeof path_b, "tenants[%zu].%s", index, b);
        if (yaml_line(&reader->places, path_a) > yaml_line(&reader->places, path_b)) {
            (void)config_tenant_fail(reader, index, a, "is given beside `%s`; one is enough", b);
        } else {
            (void)config_tenant_fail(reader, index, b, "is given beside `%s`; one is enough", a);
        }
    }
    return ok;
}

static bool check_certificate_password(const struct config_reader *reader, size_t index)
{
    const struct config_tenant_text *text = config_tenant_text(reader, index);
    bool ok = true;

    if (text->tenant.certificate == NULL && text->certificate_password_env != NULL) {
        ok = config_tenant_fail(
            reader, index, "certificate_password_env", "is given without `certificate`");
    } else if (text->tenant.certificate == NULL && text->certificate_password_file != NULL) {
        ok = config_tenant_fail(
            reader, index, "certificate_password_file", "is given without `certificate`");
    }
    return ok &&
           check_either(reader, index, "certificate_password_env", "certificate_password_file",
               (const char *const[]){
                   text->certificate_password_env, text->certificate_password_file});
}

static bool check_log_in(const struct config_reader *reader, size_t index)
{
    const struct config_tenant_text *text = config_tenant_text(reader, index);
    const char *username = text->tenant.username;
    bool has_password = text->password_env != NULL || text->password_file != NULL;
    bool ok = check_either(reader, index, "password_env", "password_file",
        (const char *const[]){text->password_env, text->password_file});

    if (ok && !has_password && text->tenant.certificate == NULL) {
        ok = config_tenant_fail(reader, index, "",
            "tenant `%s` has no means to log in: `password_file`, `password_env` or `certificate` "
            "is wanted",
            text->tenant.name);
    } else if (ok && has_password && username == NULL) {
        ok = config_tenant_fail(reader, index, "username", "is missing; a password wants one");
    } else if (ok && username != NULL && strchr(username, ':') != NULL) {
        /* RFC 7617, section 2: basic authentication ends the user at the first colon. */
        ok = config_tenant_fail(reader, index, "username", "must not hold a colon");
    }
    return ok && check_certificate_password(reader, index);
}

/* A hash without a key could be tried out: there are not many telephone numbers. */
static bool check_privacy(const struct config_reader *reader, size_t index)
{
    const struct yaml_pairs *privacy = &config_tenant_text(reader, index)->privacy;
    bool ok = true;

    for (size_t i = 0; ok && reader->text.privacy_key_file == NULL && i < privacy->count; i++) {
        char key[YAML_KEY_PATH_SIZE];

        (void)snprintf(key, sizeof key, "privacy.%s", privacy->items[i].key);
        ok = privacy->items[i].word != CONFIG_PRIVACY_HASH ||
             config_tenant_fail(reader, index, key, "`hash` needs `privacy_key_file`");
    }
    return ok;
}

bool config_check(const struct config_reader *reader)
{
    bool ok = check_destination(reader);

    for (size_t i = 0; ok && i < reader->text.tenants.count; i++) {
        ok = check_name(reader, i) && check_address(reader, i) && check_log_in(reader, i) &&
             check_privacy(reader, i) && config_check_entities(reader, i);
    }
    return ok;
}
