#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config/parts.h"

enum { CONFIG_LEAST_KEY = 16 };

/* One secret of a tenant: the keys it can come from, and where it goes. */
struct secret_source {
    const char *env_key;
    const char *env; /* a variable's name, or NULL */
    const char *file_key;
    const char *file; /* a path as given, or NULL */
    bool is_text;
    bool warns; /* of others who may read the file */
    struct secret *secret;
    const char **path; /* gets the path that was read; or NULL */
    const char **from; /* gets where it came from, in words; or NULL */
};

/* For who is told that the secret is wrong. `name` is the variable's, or the path. */
static bool note_source(const struct config_reader *reader, const struct secret_source *source,
    const char *key, const char *name)
{
    char text[2 * CONFIG_PATH_SIZE];
    bool ok = true;

    if (source->from != NULL) {
        (void)snprintf(text, sizeof text, "%s %s", key, name);
        *source->from = arena_copy(&reader->config->arena, str_of(text));
        ok = *source->from != NULL || error_memory(reader->err);
    }
    return ok;
}

static bool is_variable_name(const char *name)
{
    bool ok = !str_is_digit(name[0]);

    for (; *name != '\0' && ok; name++) {
        char c = str_lower(*name);

        ok = (c >= 'a' && c <= 'z') || str_is_digit(c) || c == '_';
    }
    return ok;
}

static bool read_variable(
    const struct config_reader *reader, size_t index, const struct secret_source *source)
{
    bool is_name = is_variable_name(source->env);
    const char *value = is_name ? reader->environment->get(source->env) : NULL;
    bool ok;

    if (!is_name) {
        /* Without the text: it may be the password itself. */
        ok = config_tenant_fail(reader, index, source->env_key,
            "must be the name of an environment variable: letters, digits and _");
    } else if (value == NULL) {
        ok = config_tenant_fail(
            reader, index, source->env_key, "the environment variable %s is not set", source->env);
    } else if (value[0] == '\0') {
        ok = config_tenant_fail(
            reader, index, source->env_key, "the environment variable %s is empty", source->env);
    } else {
        ok = secret_init(source->secret, str_of(value), reader->err) &&
             note_source(reader, source, source->env_key, source->env);
    }
    return ok;
}

const char *config_path(const struct config_reader *reader, const char *path)
{
    const char *slash = strrchr(reader->config->path, '/');
    const char *result = path;

    if (path[0] != '/' && slash != NULL) {
        char joined[2 * CONFIG_PATH_SIZE];

        (void)snprintf(joined, sizeof joined, "%.*s%s", (int)(slash + 1 - reader->config->path),
            reader->config->path, path);
        result = arena_copy(&reader->config->arena, str_of(joined));
    }
    return result;
}

/* Where a secret's file is: a bare name may be one of systemd's credentials. `*is_credential`
 * tells; NULL without memory. */
static const char *secret_path(
    const struct config_reader *reader, const char *file, bool *is_credential)
{
    const char *folder = reader->environment->get("CREDENTIALS_DIRECTORY");
    const char *path = NULL;

    *is_credential = false;
    if (strchr(file, '/') == NULL && folder != NULL && folder[0] != '\0') {
        char joined[2 * CONFIG_PATH_SIZE];
        int size = snprintf(joined, sizeof joined, "%s/%s", folder, file);

        *is_credential = size > 0 && (size_t)size < sizeof joined && access(joined, F_OK) == 0;
        path = *is_credential ? arena_copy(&reader->config->arena, str_of(joined)) : NULL;
    }
    return *is_credential ? path : config_path(reader, file);
}

static bool warn_of_mode(const struct config_reader *reader, const char *at, const char *path)
{
    struct stat about;
    bool ok = true;

    if (stat(path, &about) == 0 && (about.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        ok = config_warn(reader, at,
            "others than its owner can use %s (mode %04o); `chmod 600` keeps it secret", path,
            (unsigned)about.st_mode & 07777u);
    }
    return ok;
}

static bool read_file(
    const struct config_reader *reader, size_t index, const struct secret_source *source)
{
    bool is_credential = false;
    const char *path = secret_path(reader, source->file, &is_credential);
    char at[YAML_KEY_PATH_SIZE];
    bool ok = true;

    (void)snprintf(at, sizeof at, "tenants[%zu].%s", index, source->file_key);
    if (path == NULL) {
        ok = error_memory(reader->err);
    } else if (!secret_init_file(source->secret, path, source->is_text, reader->err)) {
        struct error reason = *reader->err;

        ok = reason.kind == ERROR_CONFIG
                 ? config_tenant_fail(reader, index, source->file_key, "%s", reason.text)
                 : false;
    } else if (source->secret->size == 0) {
        ok = config_tenant_fail(reader, index, source->file_key, "%s is empty", path);
    } else if (source->warns && !is_credential) {
        ok = warn_of_mode(reader, at, path);
    }
    ok = ok && note_source(reader, source, source->file_key, path);
    if (source->path != NULL) {
        *source->path = path;
    }
    return ok;
}

/* The key may be any bytes, such as those of `openssl rand`; the end of a line that an editor
 * leaves is none of them. */
static void drop_line_end(struct secret *secret)
{
    while (secret->size > 0 &&
           (secret->bytes[secret->size - 1] == '\n' || secret->bytes[secret->size - 1] == '\r')) {
        secret->bytes[--secret->size] = '\0';
    }
}

bool config_read_privacy_key(const struct config_reader *reader)
{
    struct secret *secret = &reader->config->privacy_key;
    const char *key = "privacy_key_file";
    bool is_credential = false;
    const char *path = secret_path(reader, reader->text.privacy_key_file, &is_credential);
    bool ok = true;

    if (path == NULL) {
        ok = error_memory(reader->err);
    } else if (!secret_init_file(secret, path, false, reader->err)) {
        struct error reason = *reader->err;

        ok = reason.kind == ERROR_CONFIG
                 ? yaml_fail(&reader->places, key, reader->err, "%s", reason.text)
                 : false;
    } else {
        drop_line_end(secret);
        ok =
            secret->size >= CONFIG_LEAST_KEY || yaml_fail(&reader->places, key, reader->err,
                                                    "%s holds %zu bytes, and a key has %d at least",
                                                    path, secret->size, CONFIG_LEAST_KEY);
    }
    return ok && (is_credential || warn_of_mode(reader, key, path));
}

static bool check_ca_file(const struct config_reader *reader, size_t index)
{
    struct sync_tenant *tenant = &config_tenant_text(reader, index)->tenant;
    const char *path = config_path(reader, tenant->ca_file);
    struct stat about;
    int file = path != NULL ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    bool ok = true;

    if (path == NULL) {
        ok = error_memory(reader->err);
    } else if (file < 0 || fstat(file, &about) != 0) {
        ok = config_tenant_fail(
            reader, index, "ca_file", "cannot read %s: %s", path, strerror(errno));
    } else if (S_ISDIR(about.st_mode)) {
        ok = config_tenant_fail(
            reader, index, "ca_file", "cannot read %s: %s", path, strerror(EISDIR));
    }
    if (file >= 0) {
        (void)close(file);
    }
    tenant->ca_file = path;
    return ok;
}

bool config_read_secrets(const struct config_reader *reader, size_t index)
{
    struct config_tenant_text *text = config_tenant_text(reader, index);
    struct sync_tenant *tenant = &text->tenant;
    bool is_open =
        text->certificate_password_env == NULL && text->certificate_password_file == NULL;
    const struct secret_source sources[] = {
        {"password_env", text->password_env, "password_file", text->password_file, true, true,
            &tenant->password, NULL, &tenant->password_from},
        {"", NULL, "certificate", tenant->certificate, false, is_open, &tenant->certificate_bytes,
            &tenant->certificate, NULL},
        {"certificate_password_env", text->certificate_password_env, "certificate_password_file",
            text->certificate_password_file, true, true, &tenant->certificate_password, NULL, NULL},
    };
    bool ok = true;

    for (size_t i = 0; ok && i < sizeof sources / sizeof *sources; i++) {
        if (sources[i].env != NULL) {
            ok = read_variable(reader, index, &sources[i]);
        } else if (sources[i].file != NULL) {
            ok = read_file(reader, index, &sources[i]);
        }
    }
    if (ok && tenant->ca_file != NULL) {
        ok = check_ca_file(reader, index);
    }
    return ok;
}
