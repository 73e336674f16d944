#include "unit/config/fixture.h"

#include "base/ceilings.h"

static void a_short_file_has_the_documented_defaults(void **state)
{
    const struct config *config =
        load(*state, "destination: {type: postgres}\ntenants:\n  - {" CLOUD ", " LOG_IN "}\n");
    const struct sync_tenant *tenant = &config->tenants[0];

    assert_int_equal(config->destination.type, LOAD_POSTGRES);
    assert_string_equal(config->destination.url, "");
    assert_string_equal(config->destination.schema, "uem");
    assert_null(config->destination.reader_role);
    assert_true(config->destination.auto_migrate);
    assert_false(config->destination.insecure);
    assert_false(config->destination.csv_safe);
    assert_int_equal(config->destination.keep_snapshots, 2);
    assert_int_equal(config->destination.keep_history_ms, INT64_C(400) * 86400000);
    assert_int_equal(config->destination.keep_runs_ms, INT64_C(90) * 86400000);
    assert_int_equal(config->destination.keep_changes, 14);
    assert_int_equal(config->destination.keep_snapshots, 2);
    assert_null(config->mappings);
    assert_int_equal(config->warning_count, 0);
    assert_int_equal(config->tenant_count, 1);
    assert_string_equal(tenant->name, "a");
    assert_int_equal(tenant->kind, SYNC_CLOUD);
    assert_string_equal(tenant->cluster, "na1");
    assert_null(tenant->url);
    assert_string_equal(tenant->username, "u");
    assert_string_equal(tenant->password.bytes, "s3cret");
    assert_null(tenant->certificate);
    assert_false(secret_is_set(&tenant->certificate_bytes));
    assert_false(secret_is_set(&tenant->certificate_password));
    assert_null(tenant->ca_file);
    assert_string_equal(tenant->timezone, "UTC");
    assert_true(tenant->all_entities);
    assert_null(tenant->entities[0]);
    assert_int_equal(tenant->batch_size, 100);
    assert_int_equal(tenant->page_size, 200);
    assert_true(tenant->rate_share == 1.0);
    assert_int_equal(tenant->max_calls_per_minute, 600);
    assert_int_equal(tenant->connections, 4);
    assert_int_equal(tenant->retries, 5);
    assert_int_equal(tenant->refetch_after_ms, INT64_C(7) * 86400000);
    assert_true(tenant->max_removal == 0.2);
    assert_false(tenant->profile_content);
    assert_int_equal(tenant->line, 3);
}

static void the_csv_destination_has_its_folder(void **state)
{
    const struct config *config = load(*state, TENANT(""));

    assert_int_equal(config->destination.type, LOAD_CSV);
    assert_string_equal(config->destination.directory, "./inventory");
    config = load(*state, "destination: {type: csv, directory: /d, csv_safe: true}\n"
                          "keep: {snapshots: 5}\n"
                          "tenants:\n  - {" CLOUD ", " LOG_IN "}\n");
    assert_string_equal(config->destination.directory, "/d");
    assert_true(config->destination.csv_safe);
    assert_int_equal(config->destination.keep_snapshots, 5);
}

/* The product's own example, without what is not available yet. */
static void the_documented_example_loads(void **state)
{
    struct fixture *fixture = *state;
    const struct config *config;
    const struct sync_tenant *tenant;

    write_text(fixture, "pw", "pw\n");
    write_bytes(fixture, "api.p12", "\0p12\n", 5, 0600);
    write_text(fixture, "ca.pem", "-----");
    config = load(fixture, "destination:\n"
                           "  type: postgres                    # or: csv\n"
                           "  url: postgresql:///inventory      # any libpq connection string\n"
                           "  schema: uem\n"
                           "  auto_migrate: true\n"
                           "  reader_role: bi\n"
                           "  insecure: true\n"
                           "keep: {history: 400d, runs: 90d, changes: 14, snapshots: 2}\n"
                           "mappings: /etc/uemsync/mappings\n"
                           "tenants:\n"
                           "  - name: acme-cloud\n"
                           "    kind: cloud\n"
                           "    cluster: na1\n"
                           "    url: https://cps.acme.example/x/\n"
                           "    username: api@acme.example\n"
                           "    password_file: pw\n"
                           "    certificate: api.p12\n"
                           "    certificate_password_env: CORE_PASSWORD\n"
                           "    ca_file: ca.pem\n"
                           "    timezone: UTC\n"
                           "    entities: all\n"
                           "    appconnect_apps: []\n"
                           "    batch_size: 100\n"
                           "    page_size: 200\n"
                           "    rate_share: 1.0\n"
                           "    max_calls_per_minute: 600\n"
                           "    connections: 4\n"
                           "    retries: 0\n"
                           "    refetch_after: 7d\n"
                           "    max_removal: 20%\n"
                           "    profile_content: false\n"
                           "    privacy: {}\n");
    tenant = &config->tenants[0];
    assert_string_equal(config->destination.reader_role, "bi");
    assert_string_equal(config->mappings, "/etc/uemsync/mappings");
    assert_string_equal(tenant->url, "https://cps.acme.example/x");
    assert_string_equal(tenant->password.bytes, "pw");
    assert_int_equal(tenant->certificate_bytes.size, 5);
    assert_memory_equal(tenant->certificate_bytes.bytes, "\0p12\n", 5);
    assert_string_equal(tenant->certificate_password.bytes, "core");
    assert_message(fixture, tenant->certificate, "%s/api.p12");
    assert_message(fixture, tenant->ca_file, "%s/ca.pem");
    assert_int_equal(tenant->retries, 0);
    assert_int_equal(config->warning_count, 0);
    assert_int_equal(tenant->line, 11);
}

/* What is of the destination alone needs no secret, and what is left of a tenant need not be of one
 * that is there. */
static void what_needs_no_server_needs_no_secret(void **state)
{
    static const char *const other[] = {"gone"};
    struct fixture *fixture = *state;

    assert_false(load_only(
        fixture, CSV "tenants:\n  - {" CLOUD ", username: u, password_env: NOT_SET}\n", NULL));
    error_clear(&fixture->err);
    config_release(&fixture->config);
    assert_true(config_load(&fixture->config, fixture->path, &environment, CONFIG_FOR_DESTINATION,
        NULL, 0, &fixture->err));
    config_release(&fixture->config);
    assert_false(config_load(&fixture->config, fixture->path, &environment, CONFIG_FOR_DESTINATION,
        other, 1, &fixture->err));
    config_release(&fixture->config);
    error_clear(&fixture->err);
    assert_true(config_load(&fixture->config, fixture->path, &environment, CONFIG_FOR_REMAINS,
        other, 1, &fixture->err));
}

static void the_examples_load(void **state)
{
    static const char *const examples[] = {"uemsync.yaml", "uemsync-csv.yaml"};
    const char *source = getenv("UEMSYNC_SOURCE");
    struct fixture *fixture = *state;

    if (source == NULL) {
        skip();
    }
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        char path[4096];

        (void)snprintf(path, sizeof path, "%s/examples/%s", source, examples[i]);
        config_release(&fixture->config);
        if (!config_load(
                &fixture->config, path, &environment, CONFIG_FOR_SERVERS, NULL, 0, &fixture->err)) {
            fail_msg("%s", fixture->err.text);
        }
        assert_int_equal(fixture->config.tenant_count, i + 1);
        assert_string_equal(fixture->config.tenants[0].password.bytes, "s3cret");
    }
}

struct refusal {
    const char *text;
    const char *message;
};

static void assert_all_refused(
    struct fixture *fixture, const struct refusal *refusals, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        assert_refused(fixture, refusals[i].text, refusals[i].message);
    }
}

#define ASSERT_ALL_REFUSED(fixture, refusals)                                                      \
    assert_all_refused(fixture, refusals, sizeof(refusals) / sizeof *(refusals))

static void errors_of_grammar_name_file_line_and_key(void **state)
{
    static const struct refusal refusals[] = {
        {"", "%s/c.yaml:1: the file is empty"},
        {CSV, "%s/c.yaml:1: key `tenants`: is missing"},
        {CSV "tenants: []\n", "%s/c.yaml:2: key `tenants`: holds 0 items; at least 1 is wanted"},
        {"tenants: []\n", "%s/c.yaml:1: key `tenants`: holds 0 items; at least 1 is wanted"},
        {"tenants:\n  - {" CLOUD ", " LOG_IN "}\n", "%s/c.yaml:1: key `destination`: is missing"},
        {"destination: {url: x}\n", "%s/c.yaml:1: key `destination.type`: is missing"},
        {"destination: {type: mysql}\n",
            "%s/c.yaml:1: key `destination.type`: expected postgres or csv, not `mysql`"},
        {CSV "tenants:\n  - kind: cloud\n", "%s/c.yaml:3: key `tenants[0].name`: is missing"},
        {CSV "tenants:\n  - name: a\n", "%s/c.yaml:3: key `tenants[0].kind`: is missing"},
        {CSV "tenants:\n  - name: a\n    kind: clod\n",
            "%s/c.yaml:4: key `tenants[0].kind`: expected cloud or core, not `clod`; did you mean "
            "`cloud`?"},
        {CSV "tenants:\n  - name: a\n    pasword: hunter2\n",
            "%s/c.yaml:4: key `tenants[0].pasword`: unknown key; did you mean `password_env`?"},
        {CSV "tenants:\n  - name: a\n    password: hunter2\n",
            "%s/c.yaml:4: key `tenants[0].password`: unknown key; did you mean `password_env`?"},
        {CSV "keep: {runs: 12h}\n", "%s/c.yaml:2: key `keep.runs`: expected a duration from 1d to "
                                    "36500d (a whole number and d, h, m or s), not `12h`"},
        {CSV "keep: {snapshots: 0}\n",
            "%s/c.yaml:2: key `keep.snapshots`: expected a whole number from 1 to 1000, not `0`"},
        {TENANT(", batch_size: 201"), "%s/c.yaml:3: key `tenants[0].batch_size`: expected a whole "
                                      "number from 1 to 200, not `201`"},
        {TENANT(", page_size: 1001"), "%s/c.yaml:3: key `tenants[0].page_size`: expected a whole "
                                      "number from 1 to 1000, not `1001`"},
        {TENANT(", retries: 11"), "%s/c.yaml:3: key `tenants[0].retries`: expected a whole number "
                                  "from 0 to 10, not `11`"},
        {TENANT(", connections: 17"), "%s/c.yaml:3: key `tenants[0].connections`: expected a whole "
                                      "number from 1 to 16, not `17`"},
        {TENANT(", rate_share: 0"), "%s/c.yaml:3: key `tenants[0].rate_share`: expected a number "
                                    "from 0.001 to 1000, not `0`"},
        {TENANT(", max_removal: 0.2"), "%s/c.yaml:3: key `tenants[0].max_removal`: expected a "
                                       "percentage from 0% to 100%, not `0.2`"},
        {TENANT(", refetch_after: 7"),
            "%s/c.yaml:3: key `tenants[0].refetch_after`: expected a duration from 1h to 365d (a "
            "whole number and d, h, m or s), not `7`"},
        {TENANT(", privacy: {imei: mask}"),
            "%s/c.yaml:3: key `tenants[0].privacy.imei`: expected drop or hash, not `mask`"},
        {TENANT(", privacy: {phone_number: drop,\n imei: hash}"),
            "%s/c.yaml:4: key `tenants[0].privacy.imei`: `hash` needs `privacy_key_file`"},
    };

    ASSERT_ALL_REFUSED(*state, refusals);
}

static void destinations_are_checked(void **state)
{
    static const struct refusal refusals[] = {
        {"destination:\n  type: csv\n  url: x\ntenants: [{" CLOUD ", " LOG_IN "}]\n",
            "%s/c.yaml:3: key `destination.url`: is for `type: postgres`, and this destination is "
            "`type: csv`"},
        {"destination:\n  csv_safe: false\n  type: postgres\ntenants: [{" CLOUD ", " LOG_IN "}]\n",
            "%s/c.yaml:2: key `destination.csv_safe`: is for `type: csv`, and this destination is "
            "`type: postgres`"},
        {"destination:\n  type: postgres\n  schema: Uem\ntenants: [{" CLOUD ", " LOG_IN "}]\n",
            "%s/c.yaml:3: key `destination.schema`: must be lower-case letters, digits and _, not "
            "begin with a digit, 63 at most"},
        {"destination:\n  type: postgres\n  schema: 1a\ntenants: [{" CLOUD ", " LOG_IN "}]\n",
            "%s/c.yaml:3: key `destination.schema`: must be lower-case letters, digits and _, not "
            "begin with a digit, 63 at most"},
        {"destination:\n  type: postgres\n  schema: a-b\ntenants: [{" CLOUD ", " LOG_IN "}]\n",
            "%s/c.yaml:3: key `destination.schema`: must be lower-case letters, digits and _, not "
            "begin with a digit, 63 at most"},
        {"destination:\n  type: postgres\n  schema: pg_uem\ntenants: [{" CLOUD ", " LOG_IN "}]\n",
            "%s/c.yaml:3: key `destination.schema`: must not begin with pg_, which PostgreSQL "
            "keeps for itself"},
        {"destination:\n  type: postgres\n  reader_role: ''\ntenants: [{" CLOUD ", " LOG_IN "}]\n",
            "%s/c.yaml:3: key `destination.reader_role`: is empty"},
    };

    ASSERT_ALL_REFUSED(*state, refusals);
    (void)load(*state,
        "destination: {type: postgres, schema: _u1_}\ntenants: [{" CLOUD ", " LOG_IN "}]\n");
}

static void tenants_are_checked(void **state)
{
    static const struct refusal refusals[] = {
        {CSV "tenants:\n  - {name: .a, kind: cloud, cluster: na1, " LOG_IN "}\n",
            "%s/c.yaml:3: key `tenants[0].name`: must be letters, digits and ._- behind a letter "
            "or digit, 63 at most"},
        {CSV "tenants:\n  - {name: a/b, kind: cloud, cluster: na1, " LOG_IN "}\n",
            "%s/c.yaml:3: key `tenants[0].name`: must be letters, digits and ._- behind a letter "
            "or digit, 63 at most"},
        {CSV "tenants:\n  - {name: changes, kind: cloud, cluster: na1, " LOG_IN "}\n",
            "%s/c.yaml:3: key `tenants[0].name`: must not be `changes`, a folder of the csv "
            "destination"},
        {CSV "tenants:\n  - {" CLOUD ", " LOG_IN "}\n  - {" CLOUD ", " LOG_IN "}\n",
            "%s/c.yaml:4: key `tenants[1].name`: `a` is the name of tenants[0] already"},
        {CSV "tenants:\n  - {name: a, kind: cloud, " LOG_IN "}\n",
            "%s/c.yaml:3: key `tenants[0].cluster`: is missing; `kind: cloud` needs `cluster` or "
            "`url`"},
        {CSV "tenants:\n  - {name: a, kind: cloud, cluster: NA1, " LOG_IN "}\n",
            "%s/c.yaml:3: key `tenants[0].cluster`: must be lower-case letters, digits and "
            "hyphens, such as na1"},
        {CSV "tenants:\n  - {name: a, kind: cloud, cluster: na1.evil, " LOG_IN "}\n",
            "%s/c.yaml:3: key `tenants[0].cluster`: must be lower-case letters, digits and "
            "hyphens, such as na1"},
        {CSV "tenants:\n  - {name: a, kind: core, " LOG_IN "}\n",
            "%s/c.yaml:3: key `tenants[0].url`: is missing; `kind: core` needs the server's "
            "address"},
        {CSV "tenants:\n  - {name: a, kind: core, cluster: na1, " LOG_IN "}\n",
            "%s/c.yaml:3: key `tenants[0].cluster`: is for `kind: cloud` alone"},
        {CSV "tenants:\n  - name: a\n    kind: cloud\n    url: 'https://u:hunter2@h'\n"
             "    username: u\n    password_env: ACME_PASSWORD\n",
            "%s/c.yaml:5: key `tenants[0].url`: must not hold a user or password; see `username` "
            "and `password_file`"},
        {CSV "tenants:\n  - {" CLOUD ", username: u}\n",
            "%s/c.yaml:3: key `tenants[0]`: tenant `a` has no means to log in: `password_file`, "
            "`password_env` or `certificate` is wanted"},
        {CSV "tenants:\n  - {" CLOUD ", password_env: ACME_PASSWORD}\n",
            "%s/c.yaml:3: key `tenants[0].username`: is missing; a password wants one"},
        {CSV "tenants:\n  - {" CLOUD ", username: 'a:b', password_env: ACME_PASSWORD}\n",
            "%s/c.yaml:3: key `tenants[0].username`: must not hold a colon"},
        {CSV "tenants:\n  - name: a\n    kind: cloud\n    cluster: na1\n    username: u\n"
             "    password_env: A\n    password_file: b\n",
            "%s/c.yaml:8: key `tenants[0].password_file`: is given beside `password_env`; one is "
            "enough"},
        {CSV "tenants:\n  - name: a\n    kind: cloud\n    cluster: na1\n    username: u\n"
             "    password_file: b\n    password_env: A\n",
            "%s/c.yaml:8: key `tenants[0].password_env`: is given beside `password_file`; one is "
            "enough"},
        {TENANT(", certificate_password_env: A"),
            "%s/c.yaml:3: key `tenants[0].certificate_password_env`: is given without "
            "`certificate`"},
        {TENANT(", certificate_password_file: a"),
            "%s/c.yaml:3: key `tenants[0].certificate_password_file`: is given without "
            "`certificate`"},
        {TENANT(", certificate: c, certificate_password_env: A, certificate_password_file: a"),
            "%s/c.yaml:3: key `tenants[0].certificate_password_file`: is given beside "
            "`certificate_password_env`; one is enough"},
    };

    ASSERT_ALL_REFUSED(*state, refusals);
}

static void names_may_have_63_bytes(void **state)
{
    char text[512];
    const char *const letters = "Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa9";

    assert_int_equal(strlen(letters), 64);
    (void)snprintf(text, sizeof text,
        CSV "tenants:\n  - {name: %.*s, kind: cloud, cluster: na1, " LOG_IN "}\n", 63, letters);
    (void)load(*state, text);
    (void)snprintf(text, sizeof text,
        CSV "tenants:\n  - {name: %.*s, kind: cloud, cluster: na1, " LOG_IN "}\n", 64, letters);
    assert_false(load_only(*state, text, NULL));
}

static void what_core_alone_has_is_refused_of_cloud(void **state)
{
    static const struct refusal refusals[] = {
        {TENANT(", appconnect_apps: [x]"),
            "%s/c.yaml:3: key `tenants[0].appconnect_apps`: is for `kind: core` alone"},
        {TENANT(",\n entities: [device,\n alert]"),
            "%s/c.yaml:5: key `tenants[0].entities[1]`: `alert` is of `kind: core` alone, and this "
            "tenant is `kind: cloud`"},
        {TENANT(",\n entities: policy"),
            "%s/c.yaml:4: key `tenants[0].entities`: `policy` is of `kind: core` alone, and this "
            "tenant is `kind: cloud`"},
        {CSV "tenants:\n  - {name: t, kind: core, url: 'https://h.example', " LOG_IN
             ",\n entities: appconnect_session}\n",
            "%s/c.yaml:4: key `tenants[0].entities`: `appconnect_session` needs the ids of apps in "
            "`appconnect_apps`"},
    };

    ASSERT_ALL_REFUSED(*state, refusals);
}

static void a_timezone_is_one_of_the_system(void **state)
{
    static const struct refusal refusals[] = {
        {TENANT(", timezone: Europe/Berlim"),
            "%s/c.yaml:3: key `tenants[0].timezone`: there is no time zone \"Europe/Berlim\" in "
            "/usr/share/zoneinfo (package tzdata)"},
        {TENANT(",\n timezone: ../../etc/passwd"),
            "%s/c.yaml:4: key `tenants[0].timezone`: \"../../etc/passwd\" is no name of a time "
            "zone"},
    };
    struct fixture *fixture = *state;
    const struct config *config = load(fixture, TENANT(", timezone: Europe/Berlin"));

    /* 2020-07-01T12:00 there. */
    assert_int_equal(
        zone_to_utc(config->tenants[0].zone, INT64_C(1593604800000)), INT64_C(1593597600000));
    ASSERT_ALL_REFUSED(*state, refusals);
}

static void entities_are_checked(void **state)
{
    static const struct refusal refusals[] = {
        {TENANT(", entities: [devics]"), "%s/c.yaml:3: key `tenants[0].entities[0]`: unknown "
                                         "entity `devics`; did you mean `device`?"},
        {TENANT(", entities: everything"),
            "%s/c.yaml:3: key `tenants[0].entities`: unknown entity `everything`"},
        {TENANT(", entities: [device, all]"),
            "%s/c.yaml:3: key `tenants[0].entities[1]`: unknown entity `all`"},
        {TENANT(", entities: []"), "%s/c.yaml:3: key `tenants[0].entities`: the list is empty"},
        {TENANT(", entities: [device, device]"),
            "%s/c.yaml:3: key `tenants[0].entities`: `device` is named twice"},
    };
    const struct config *config;

    ASSERT_ALL_REFUSED(*state, refusals);
    config = load(*state, TENANT(", entities: [device]"));
    assert_false(config->tenants[0].all_entities);
    assert_string_equal(config->tenants[0].entities[0], "device");
    assert_null(config->tenants[0].entities[1]);
}

#define WITH(more) CSV "tenants:\n  - {" CLOUD ", username: u, " more "}\n"

static void missing_secrets_name_their_key_and_source(void **state)
{
    static const struct refusal refusals[] = {
        {WITH("password_env: NOT_SET"), "%s/c.yaml:3: key `tenants[0].password_env`: the "
                                        "environment variable NOT_SET is not set"},
        {WITH("password_env: EMPTY"), "%s/c.yaml:3: key `tenants[0].password_env`: the "
                                      "environment variable EMPTY is empty"},
        {WITH("password_env: hunter2!"),
            "%s/c.yaml:3: key `tenants[0].password_env`: must be the name of an environment "
            "variable: letters, digits and _"},
        {WITH("password_file: none"), "%s/c.yaml:3: key `tenants[0].password_file`: cannot read "
                                      "%s/none: No such file or directory"},
        {WITH("password_file: /nowhere/x"), "%s/c.yaml:3: key `tenants[0].password_file`: cannot "
                                            "read /nowhere/x: No such file or directory"},
        {WITH("password_file: empty"), "%s/c.yaml:3: key `tenants[0].password_file`: %s/empty is "
                                       "empty"},
        {WITH("password_file: ./"), "%s/c.yaml:3: key `tenants[0].password_file`: cannot read "
                                    "%s/./: Is a directory"},
        {WITH("certificate: none.p12"), "%s/c.yaml:3: key `tenants[0].certificate`: cannot read "
                                        "%s/none.p12: No such file or directory"},
        {WITH("certificate: pw, certificate_password_env: NOT_SET"),
            "%s/c.yaml:3: key `tenants[0].certificate_password_env`: the environment variable "
            "NOT_SET is not set"},
        {WITH("certificate: pw, certificate_password_file: none"),
            "%s/c.yaml:3: key `tenants[0].certificate_password_file`: cannot read %s/none: No "
            "such file or directory"},
        {TENANT(", ca_file: none.pem"), "%s/c.yaml:3: key `tenants[0].ca_file`: cannot read "
                                        "%s/none.pem: No such file or directory"},
        {TENANT(", ca_file: ."),
            "%s/c.yaml:3: key `tenants[0].ca_file`: cannot read %s/.: Is a directory"},
    };

    write_text(*state, "pw", "pw\n");
    write_text(*state, "empty", "\n");
    ASSERT_ALL_REFUSED(*state, refusals);
}

static void a_certificate_alone_is_enough(void **state)
{
    struct fixture *fixture = *state;
    const struct config *config;

    write_text(fixture, "api.p12", "p12");
    config = load(fixture, CSV "tenants:\n  - {" CLOUD ", certificate: api.p12}\n");
    assert_null(config->tenants[0].username);
    assert_false(secret_is_set(&config->tenants[0].password));
    assert_string_equal(config->tenants[0].certificate_bytes.bytes, "p12");
}

static void a_bare_name_is_a_credential_first(void **state)
{
    struct fixture *fixture = *state;

    assert_int_equal(mkdir(path_of(fixture, "cred"), 0700), 0);
    (void)snprintf(credentials, sizeof credentials, "%s", path_of(fixture, "cred"));
    write_text(fixture, "pw", "beside");
    assert_string_equal(
        load(fixture, WITH("password_file: pw"))->tenants[0].password.bytes, "beside");
    write_bytes(fixture, "cred/pw", "credential", 10, 0444);
    assert_string_equal(
        load(fixture, WITH("password_file: pw"))->tenants[0].password.bytes, "credential");
    assert_int_equal(fixture->config.warning_count, 0);
    assert_string_equal(
        load(fixture, WITH("password_file: ./pw"))->tenants[0].password.bytes, "beside");
}

static void files_that_others_can_read_are_warned_of(void **state)
{
    struct fixture *fixture = *state;
    const struct config *config;

    write_bytes(fixture, "pw", "pw", 2, 0640);
    write_bytes(fixture, "api.p12", "p12", 3, 0644);
    config = load(fixture, WITH("password_file: pw, certificate: api.p12"));
    assert_int_equal(config->warning_count, 2);
    assert_message(fixture, config->warnings[0],
        "%s/c.yaml:3: key `tenants[0].password_file`: others than its owner can use %s/pw (mode "
        "0640); `chmod 600` keeps it secret");
    assert_message(fixture, config->warnings[1],
        "%s/c.yaml:3: key `tenants[0].certificate`: others than its owner can use %s/api.p12 "
        "(mode 0644); `chmod 600` keeps it secret");
    config = load(fixture, WITH("password_env: ACME_PASSWORD, certificate: api.p12, "
                                "certificate_password_env: ACME_PASSWORD"));
    assert_int_equal(config->warning_count, 0);
}

static void only_the_named_tenants_need_their_secrets(void **state)
{
    static const char *const text =
        CSV "tenants:\n"
            "  - {name: one, kind: cloud, cluster: na1, username: u, password_env: NOT_SET}\n"
            "  - {name: two, kind: cloud, cluster: na1, username: u, password_env: "
            "ACME_PASSWORD}\n";
    struct fixture *fixture = *state;

    assert_true(load_only(fixture, text, "two"));
    assert_int_equal(fixture->config.tenant_count, 2);
    assert_false(secret_is_set(&fixture->config.tenants[0].password));
    assert_string_equal(fixture->config.tenants[1].password.bytes, "s3cret");
    assert_false(load_only(fixture, text, "one"));
    assert_message(fixture, fixture->err.text,
        "%s/c.yaml:3: key `tenants[0].password_env`: the environment variable NOT_SET is not set");
    assert_false(load_only(fixture, text, "tow"));
    assert_message(
        fixture, fixture->err.text, "%s/c.yaml has no tenant `tow`; did you mean `two`?");
    assert_false(load_only(fixture, text, "twoo"));
    assert_message(
        fixture, fixture->err.text, "%s/c.yaml has no tenant `twoo`; did you mean `two`?");
}

/* The first tenant's secret was read by then; the leak check sees whether it is released. */
static void a_late_failure_releases_what_was_read(void **state)
{
    assert_refused(*state,
        CSV "tenants:\n"
            "  - {name: a, kind: cloud, cluster: na1, username: u, password_env: ACME_PASSWORD}\n"
            "  - {name: b, kind: cloud, cluster: na1, username: u, password_env: NOT_SET}\n",
        "%s/c.yaml:4: key `tenants[1].password_env`: the environment variable NOT_SET is not set");
}

static void an_unreadable_file_is_an_error(void **state)
{
    struct fixture *fixture = *state;
    char expected[256];

    assert_false(config_load(
        &fixture->config, fixture->path, &environment, CONFIG_FOR_SERVERS, NULL, 0, &fixture->err));
    (void)snprintf(expected, sizeof expected,
        "cannot read the configuration file %s: No such file or directory", fixture->path);
    assert_string_equal(fixture->err.text, expected);
    assert_false(config_load(&fixture->config, fixture->folder, &environment, CONFIG_FOR_SERVERS,
        NULL, 0, &fixture->err));
    (void)snprintf(expected, sizeof expected,
        "cannot read the configuration file %s: Is a directory", fixture->folder);
    assert_string_equal(fixture->err.text, expected);
}

static void a_file_beyond_the_ceiling_is_refused(void **state)
{
    struct fixture *fixture = *state;
    char *text = malloc(CEILING_FILE + 1);

    assert_non_null(text);
    memset(text, '#', CEILING_FILE + 1);
    write_bytes(fixture, "c.yaml", text, CEILING_FILE + 1, 0600);
    free(text);
    assert_false(config_load(
        &fixture->config, fixture->path, &environment, CONFIG_FOR_SERVERS, NULL, 0, &fixture->err));
    assert_message(
        fixture, fixture->err.text, "%s/c.yaml:1: the file is larger than 1048576 bytes");
}

static const char *no_variable(const char *name)
{
    (void)name;
    return NULL;
}

static const char *config_variable(const char *name)
{
    return strcmp(name, "UEMSYNC_CONFIG") == 0 ? "/v.yaml" : NULL;
}

static void the_file_is_found_in_the_documented_order(void **state)
{
    const struct config_environment none = {no_variable};
    const struct config_environment named = {config_variable};
    struct fixture *fixture = *state;
    char before[CONFIG_PATH_SIZE];
    char path[CONFIG_PATH_SIZE];
    struct error err = {.kind = ERROR_NONE};
    bool has_system_file = access("/etc/uemsync/uemsync.yaml", F_OK) == 0;

    assert_true(config_find("given.yaml", &named, path, sizeof path, &err));
    assert_string_equal(path, "given.yaml");
    assert_true(config_find(NULL, &named, path, sizeof path, &err));
    assert_string_equal(path, "/v.yaml");
    assert_false(config_find("given.yaml", &named, path, 10, &err));
    assert_string_equal(err.text, "the path of the configuration file is longer than 9 bytes");
    assert_true(config_find("given.yaml", &named, path, 11, &err));

    assert_non_null(getcwd(before, sizeof before));
    assert_int_equal(chdir(fixture->folder), 0);
    if (!has_system_file) {
        assert_false(config_find(NULL, &none, path, sizeof path, &err));
        assert_string_equal(err.text,
            "no configuration file: --config and $UEMSYNC_CONFIG name none, and neither "
            "./uemsync.yaml nor /etc/uemsync/uemsync.yaml exists");
        assert_int_equal(err.kind, ERROR_CONFIG);
    }
    write_text(fixture, "uemsync.yaml", "x");
    assert_true(config_find(NULL, &none, path, sizeof path, &err));
    assert_string_equal(path, "./uemsync.yaml");
    (void)unlink("uemsync.yaml");
    assert_int_equal(chdir(before), 0);
}

static void releasing_nothing_is_allowed(void **state)
{
    struct config config = {.path = NULL};

    (void)state;
    config_release(&config);
    config_release(&config);
    assert_null(config.tenants);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_short_file_has_the_documented_defaults),
        TEST(the_csv_destination_has_its_folder),
        TEST(the_documented_example_loads),
        TEST(what_needs_no_server_needs_no_secret),
        TEST(the_examples_load),
        TEST(errors_of_grammar_name_file_line_and_key),
        TEST(destinations_are_checked),
        TEST(tenants_are_checked),
        TEST(names_may_have_63_bytes),
        TEST(what_core_alone_has_is_refused_of_cloud),
        TEST(a_timezone_is_one_of_the_system),
        TEST(entities_are_checked),
        TEST(missing_secrets_name_their_key_and_source),
        TEST(a_certificate_alone_is_enough),
        TEST(a_bare_name_is_a_credential_first),
        TEST(files_that_others_can_read_are_warned_of),
        TEST(only_the_named_tenants_need_their_secrets),
        TEST(a_late_failure_releases_what_was_read),
        TEST(an_unreadable_file_is_an_error),
        TEST(a_file_beyond_the_ceiling_is_refused),
        TEST(the_file_is_found_in_the_documented_order),
        cmocka_unit_test(releasing_nothing_is_allowed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
