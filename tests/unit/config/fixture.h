/* A configuration that is read from a folder of the test's own. */
#ifndef UEMSYNC_TESTS_UNIT_CONFIG_FIXTURE_H
#define UEMSYNC_TESTS_UNIT_CONFIG_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "config/config.h"

/* Most tests write c.yaml into a folder of their own; messages are compared without it. */
struct fixture {
    char folder[64];
    char path[128];
    struct config config;
    struct error err;
};

/* The environment of the tests. Its credentials are in the folder of the test that sets it. */
static char credentials[128];

static inline const char *variable(const char *name)
{
    static const struct {
        const char *name;
        const char *value;
    } variables[] = {
        {"ACME_PASSWORD", "s3cret"},
        {"ACME_EUROPE_PASSWORD", "other"},
        {"CORE_PASSWORD", "core"},
        {"EMPTY", ""},
    };
    const char *value = NULL;

    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        if (strcmp(variables[i].name, name) == 0) {
            value = variables[i].value;
        }
    }
    if (strcmp(name, "CREDENTIALS_DIRECTORY") == 0 && credentials[0] != '\0') {
        value = credentials;
    }
    return value;
}

static const struct config_environment environment = {variable};

static inline int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);

    assert_non_null(fixture);
    (void)snprintf(fixture->folder, sizeof fixture->folder, "/tmp/config_test.XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    (void)snprintf(fixture->path, sizeof fixture->path, "%s/c.yaml", fixture->folder);
    *state = fixture;
    return 0;
}

static const char *const files[] = {"c.yaml", "pw", "empty", "api.p12", "ca.pem", "key", "cred/pw"};

static inline const char *path_of(const struct fixture *fixture, const char *name)
{
    static char path[256];

    (void)snprintf(path, sizeof path, "%s/%s", fixture->folder, name);
    return path;
}

static inline int tear_down(void **state)
{
    struct fixture *fixture = *state;

    config_release(&fixture->config);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        (void)unlink(path_of(fixture, files[i]));
    }
    (void)rmdir(path_of(fixture, "cred"));
    assert_int_equal(rmdir(fixture->folder), 0);
    credentials[0] = '\0';
    free(fixture);
    return 0;
}

static inline void write_bytes(
    const struct fixture *fixture, const char *name, const char *bytes, size_t size, mode_t mode)
{
    FILE *file = fopen(path_of(fixture, name), "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path_of(fixture, name), mode), 0);
}

static inline void write_text(const struct fixture *fixture, const char *name, const char *text)
{
    write_bytes(fixture, name, text, strlen(text), 0600);
}

static inline bool load_only(struct fixture *fixture, const char *text, const char *only)
{
    const char *const names[] = {only};

    write_text(fixture, "c.yaml", text);
    config_release(&fixture->config);
    error_clear(&fixture->err);
    return config_load(&fixture->config, fixture->path, &environment, CONFIG_FOR_SERVERS, names,
        only != NULL, &fixture->err);
}

static inline const struct config *load(struct fixture *fixture, const char *text)
{
    if (!load_only(fixture, text, NULL)) {
        fail_msg("%s", fixture->err.text);
    }
    return &fixture->config;
}

/* `message` has %s for the test's folder, in every place. */
static inline void assert_message(
    const struct fixture *fixture, const char *text, const char *message)
{
    char expected[2 * ERROR_TEXT_SIZE];
    size_t used = 0;

    for (; *message != '\0'; message++) {
        if (message[0] == '%' && message[1] == 's') {
            used +=
                (size_t)snprintf(expected + used, sizeof expected - used, "%s", fixture->folder);
            message++;
        } else {
            expected[used++] = *message;
        }
    }
    expected[used] = '\0';
    assert_string_equal(text, expected);
}

static inline void assert_refused(struct fixture *fixture, const char *text, const char *message)
{
    if (load_only(fixture, text, NULL)) {
        fail_msg("accepted: %s", text);
    }
    assert_message(fixture, fixture->err.text, message);
    assert_int_equal(fixture->err.kind, ERROR_CONFIG);
}

#define CSV "destination: {type: csv}\n"
#define CLOUD "name: a, kind: cloud, cluster: na1"
#define LOG_IN "username: u, password_env: ACME_PASSWORD"
#define TENANT(more) CSV "tenants:\n  - {" CLOUD ", " LOG_IN more "}\n"

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
