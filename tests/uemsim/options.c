#include "options.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device.h"
#include "v1_status.h"

enum kind { KIND_NUMBER, KIND_PERCENT, KIND_TEXT, KIND_FLAG, KIND_CHOICE, KIND_SPECIAL, KIND_HELP };

typedef bool special_fn(struct options *options, const char *value, char *why, size_t why_size);

static special_fn set_user, set_email, set_fault, set_core_version, set_refused;

static const struct option_row {
    const char *name;
    const char *value; /* as the help says it; NULL: takes none */
    const char *help;
    enum kind kind;
    size_t offset;       /* of the field in struct options */
    uint64_t min, max;   /* of a number */
    const char *choices; /* words between blanks, in the order of their enum */
    special_fn *special;
} rows[] = {
    {"port", "N", "listens on 127.0.0.1:N; 0 picks a free port (default 0)", KIND_NUMBER,
        offsetof(struct options, port), 0, 65535, NULL, NULL},
    {"ready-file", "FILE", "gets the port once the server listens", KIND_TEXT,
        offsetof(struct options, ready_file), 0, 0, NULL, NULL},
    {"plain", NULL, "http instead of https", KIND_FLAG, offsetof(struct options, plain), 0, 0, NULL,
        NULL},
    {"cert", "FILE", "the server's certificate chain, PEM", KIND_TEXT,
        offsetof(struct options, cert), 0, 0, NULL, NULL},
    {"key", "FILE", "its key, PEM", KIND_TEXT, offsetof(struct options, key), 0, 0, NULL, NULL},
    {"client-ca", "FILE", "asks for client certificates and verifies them by this CA", KIND_TEXT,
        offsetof(struct options, client_ca), 0, 0, NULL, NULL},
    {"user", "NAME:PASSWORD[:ROLES]", "a user; roles of cps, api, none (default cps)", KIND_SPECIAL,
        0, 0, 0, NULL, set_user},
    {"cert-email", "EMAIL[:ROLES]", "a user known only by certificate", KIND_SPECIAL, 0, 0, 0, NULL,
        set_email},
    {"devices", "N", "devices of the tenant (default 1000)", KIND_NUMBER,
        offsetof(struct options, devices), 0, DEVICE_INDEX_END, NULL, NULL},
    {"seed", "N", "another seed, another tenant (default 1)", KIND_NUMBER,
        offsetof(struct options, seed), 0, UINT64_MAX, NULL, NULL},
    {"revision", "N", "days gone by since the first state (default 0)", KIND_NUMBER,
        offsetof(struct options, revision), 0, 1000, NULL, NULL},
    {"churn", "PERCENT", "devices that change from one revision to the next (default 2)",
        KIND_PERCENT, offsetof(struct options, churn), 0, 0, NULL, NULL},
    {"check-ins", "PERCENT", "devices that check in from one revision to the next (default 95)",
        KIND_PERCENT, offsetof(struct options, check_ins), 0, 0, NULL, NULL},
    {"without-guid", "PERCENT", "devices that have no deviceGuid (default 0)", KIND_PERCENT,
        offsetof(struct options, without_guid), 0, 0, NULL, NULL},
    {"apps", "N", "apps of a device, about (default 20)", KIND_NUMBER,
        offsetof(struct options, apps), 0, 10000, NULL, NULL},
    {"apps-exact", NULL, "exactly that many apps", KIND_FLAG, offsetof(struct options, apps_exact),
        0, 0, NULL, NULL},
    {"catalog", "N", "distinct apps that devices have (default 8000)", KIND_NUMBER,
        offsetof(struct options, catalog), 1, 1000000, NULL, NULL},
    {"profiles", "N", "profiles of an iOS device (default 5)", KIND_NUMBER,
        offsetof(struct options, profiles), 0, 1000, NULL, NULL},
    {"child-name", "mdm|guid|both",
        "the name of a device that was asked for by GUID (default both)", KIND_CHOICE,
        offsetof(struct options, child_name), 0, 0, "mdm guid both", NULL},
    {"groups", "N", "device groups (default 12)", KIND_NUMBER, offsetof(struct options, groups), 0,
        OPTIONS_GROUPS_MAX, NULL, NULL},
    {"users", "N", "users in all (default the owners and a third of the devices more)", KIND_NUMBER,
        offsetof(struct options, user_count), 0, DEVICE_INDEX_END, NULL, NULL},
    {"empty-uid", "list|nothing|refuse", "what an empty uid finds (default list)", KIND_CHOICE,
        offsetof(struct options, empty_uid), 0, 0, "list nothing refuse", NULL},
    {"fields", "quoted|bare|both", "how ldapStandardAttributes is asked for (default both)",
        KIND_CHOICE, offsetof(struct options, fields), 0, 0, "quoted bare both", NULL},
    {"store", "N", "apps of the app catalog (default 200)", KIND_NUMBER,
        offsetof(struct options, store), 0, 1000000, NULL, NULL},
    {"store-unpaged", NULL, "the app catalog knows neither offset nor limit", KIND_FLAG,
        offsetof(struct options, store_unpaged), 0, 0, NULL, NULL},
    {"core", NULL, "answers as Core does; the limits of clusters do not hold", KIND_FLAG,
        offsetof(struct options, core), 0, 0, NULL, NULL},
    {"core-version", "X.Y", "as a Core of this version; before 10.8 some calls are unknown",
        KIND_SPECIAL, 0, 0, 0, NULL, set_core_version},
    {"no-cps", NULL, "CPS calls are forbidden", KIND_FLAG, offsetof(struct options, no_cps), 0, 0,
        NULL, NULL},
    {"no-v1", NULL, "there are no v1 web services, but a web page", KIND_FLAG,
        offsetof(struct options, no_v1), 0, 0, NULL, NULL},
    {"v1-only", "N", "further devices that CPS does not know (default 0)", KIND_NUMBER,
        offsetof(struct options, v1_only), 0, DEVICE_INDEX_END, NULL, NULL},
    {"cps-only", "N", "the first devices, which v1 does not know (default 0)", KIND_NUMBER,
        offsetof(struct options, cps_only), 0, DEVICE_INDEX_END, NULL, NULL},
    {"v1-refuse", "STATUS[,STATUS]", "statuses that v1 does not list (default none)", KIND_SPECIAL,
        0, 0, 0, NULL, set_refused},
    {"eas", "N", "devices of ActiveSync, at most (default 60)", KIND_NUMBER,
        offsetof(struct options, eas), 0, DEVICE_INDEX_END, NULL, NULL},
    {"alerts", "N", "alerts (default 40)", KIND_NUMBER, offsetof(struct options, alerts), 0,
        DEVICE_INDEX_END, NULL, NULL},
    {"policies", "N", "policies (default 12)", KIND_NUMBER, offsetof(struct options, policies), 0,
        1000000, NULL, NULL},
    {"app-settings", "N", "application settings (default 14)", KIND_NUMBER,
        offsetof(struct options, app_settings), 0, 1000000, NULL, NULL},
    {"page-cap", "N", "most records in a page (default 500)", KIND_NUMBER,
        offsetof(struct options, page_cap), 1, 100000, NULL, NULL},
    {"limit-echo", "asked|capped", "the limit that a page repeats (default asked)", KIND_CHOICE,
        offsetof(struct options, limit_echo), 0, 0, "asked capped", NULL},
    {"results", "page|total", "what `results` counts (default page)", KIND_CHOICE,
        offsetof(struct options, results), 0, 0, "page total", NULL},
    {"cluster", "NAME", "none, or na1 na2 na3 eu1 ap1 ap2 for its call limits (default none)",
        KIND_CHOICE, offsetof(struct options, cluster), 0, 0, "none na1 na2 na3 eu1 ap1 ap2", NULL},
    {"core-limit", "N", "calls of all kinds that a Core takes in a minute; 0 is all (default 0)",
        KIND_NUMBER, offsetof(struct options, core_limit), 0, 1000000, NULL, NULL},
    {"shared-limit", "N", "calls of each class that others make in a minute (default 0)",
        KIND_NUMBER, offsetof(struct options, shared_limit), 0, 1000000, NULL, NULL},
    {"retry-after", "none|seconds|date", "form of Retry-After on a 429 (default seconds)",
        KIND_CHOICE, offsetof(struct options, retry_after), 0, 0, "none seconds date", NULL},
    {"gzip", NULL, "compresses for clients that take it", KIND_FLAG, offsetof(struct options, gzip),
        0, 0, NULL, NULL},
    {"prefix", "PATH", "path in front of all others, as hosted Core has", KIND_TEXT,
        offsetof(struct options, prefix), 0, 0, NULL, NULL},
    {"fault", "SPEC", "a scripted fault, see below", KIND_SPECIAL, 0, 0, 0, NULL, set_fault},
    {"control", NULL, "offers /uemsim/calls, /reset, /fault, /tenant and /log", KIND_FLAG,
        offsetof(struct options, control), 0, 0, NULL, NULL},
    {"log", "FILE", "one line a request: time, method, target, status", KIND_TEXT,
        offsetof(struct options, log), 0, 0, NULL, NULL},
    {"threads", "N", "threads that answer (default 2)", KIND_NUMBER,
        offsetof(struct options, threads), 1, 64, NULL, NULL},
    {"help", NULL, "prints this", KIND_HELP, 0, 0, 0, NULL, NULL},
};

#define ROW_COUNT (sizeof rows / sizeof rows[0])

void options_print_help(void)
{
    printf("usage: uemsim [OPTION]...\nServes a made-up UEM tenant on the loopback interface.\n\n");
    for (size_t at = 0; at < ROW_COUNT; at++) {
        char name[64];
        snprintf(name, sizeof name, "--%s%s%s", rows[at].name, rows[at].value == NULL ? "" : " ",
            rows[at].value == NULL ? "" : rows[at].value);
        printf("  %-31s %s\n", name, rows[at].help);
    }
    printf("\n%s", fault_help());
}

static bool set_user(struct options *options, const char *value, char *why, size_t why_size)
{
    const bool ok = auth_add_user(&options->users, value);

    if (!ok) {
        snprintf(
            why, why_size, "--user wants NAME:PASSWORD[:ROLE,ROLE] with roles of cps, api, none");
    }
    return ok;
}

static bool set_email(struct options *options, const char *value, char *why, size_t why_size)
{
    const bool ok = auth_add_email(&options->users, value);

    if (!ok) {
        snprintf(
            why, why_size, "--cert-email wants EMAIL[:ROLE,ROLE] with roles of cps, api, none");
    }
    return ok;
}

static bool set_fault(struct options *options, const char *value, char *why, size_t why_size)
{
    return fault_add(&options->faults, value, why, why_size);
}

static bool set_core_version(struct options *options, const char *value, char *why, size_t why_size)
{
    char *dot = NULL;
    char *end = NULL;
    const uint64_t major = strtoull(value, &dot, 10);
    bool ok = *value >= '0' && *value <= '9' && *dot == '.' && dot[1] >= '0' && dot[1] <= '9';
    const uint64_t minor = ok ? strtoull(dot + 1, &end, 10) : 0;

    ok = ok && *end == '\0' && major < 1000 && minor < 1000;
    options->core = true;
    options->core_version = OPTIONS_CORE(major, minor);
    if (!ok) {
        snprintf(why, why_size, "--core-version wants X.Y, such as 10.7");
    }
    return ok;
}

static bool set_refused(struct options *options, const char *value, char *why, size_t why_size)
{
    bool ok = true;

    while (ok && *value != '\0') {
        const size_t len = strcspn(value, ",");
        enum v1_status status;
        ok = v1_status_parse(value, len, &status);
        options->v1_refused |= ok ? UINT64_C(1) << status : 0;
        value += len + (value[len] == ',' ? 1 : 0);
    }
    if (!ok) {
        snprintf(why, why_size, "--v1-refuse wants statuses such as BLOCKED,RETIRE_PENDING");
    }
    return ok;
}

static bool set_number(const struct option_row *row, uint64_t *field, const char *value)
{
    char *end = NULL;

    errno = 0;
    *field = strtoull(value, &end, 10);
    return *value >= '0' && *value <= '9' && *end == '\0' && errno == 0 && *field >= row->min &&
           *field <= row->max;
}

static bool set_percent(double *field, const char *value)
{
    char *end = NULL;

    *field = strtod(value, &end);
    return end != value && *end == '\0' && *field >= 0 && *field <= 100;
}

static bool set_choice(const struct option_row *row, int *field, const char *value)
{
    const size_t len = strlen(value);
    const char *word = row->choices;
    bool found = false;

    for (int number = 0; !found && *word != '\0'; number++) {
        const size_t word_len = strcspn(word, " ");
        if (len == word_len && strncmp(word, value, len) == 0) {
            *field = number;
            found = true;
        }
        word += word_len + (word[word_len] == ' ' ? 1 : 0);
    }
    return found;
}

static bool set(struct options *options, const struct option_row *row, const char *value, char *why,
    size_t why_size)
{
    void *const field = (char *)options + row->offset;
    bool ok = true;

    snprintf(why, why_size, "--%s takes %s, not \"%.100s\"", row->name,
        row->value == NULL ? "no value" : row->value, value == NULL ? "" : value);
    if (row->kind == KIND_NUMBER) {
        ok = set_number(row, field, value);
    } else if (row->kind == KIND_PERCENT) {
        ok = set_percent(field, value);
    } else if (row->kind == KIND_TEXT) {
        *(const char **)field = value;
    } else if (row->kind == KIND_CHOICE) {
        ok = set_choice(row, field, value);
    } else if (row->kind == KIND_FLAG) {
        *(bool *)field = true;
    } else if (row->kind == KIND_SPECIAL) {
        ok = row->special(options, value, why, why_size);
    }
    return ok;
}

static const struct option_row *find_row(const char *argument)
{
    const size_t len = strcspn(argument + 2, "=");
    const struct option_row *found = NULL;

    for (size_t at = 0; at < ROW_COUNT; at++) {
        if (strlen(rows[at].name) == len && strncmp(rows[at].name, argument + 2, len) == 0) {
            found = &rows[at];
        }
    }
    return found;
}

/* Reads argv[*at] and its value, which may be the next argument. */
static enum options_result read_one(
    struct options *options, char **argv, int *at, char *why, size_t why_size)
{
    const char *const argument = argv[*at];
    const bool dashes = strncmp(argument, "--", 2) == 0;
    const struct option_row *const row = dashes ? find_row(argument) : NULL;
    const char *const equals = dashes ? strchr(argument, '=') : NULL;
    const char *value = equals == NULL ? NULL : equals + 1;
    enum options_result result = OPTIONS_WRONG;

    if (row != NULL && row->value != NULL && value == NULL) {
        value = argv[*at + 1];
        *at += value == NULL ? 0 : 1;
    }
    if (row == NULL) {
        snprintf(why, why_size, "there is no option \"%.100s\"", argument);
    } else if (row->kind == KIND_HELP) {
        result = OPTIONS_HELP;
    } else if ((row->value != NULL) != (value != NULL)) {
        snprintf(why, why_size, "--%s takes %s", row->name,
            row->value == NULL ? "no value" : row->value);
    } else if (set(options, row, value, why, why_size)) {
        result = OPTIONS_RUN;
    }
    return result;
}

static enum options_result check_together(struct options *options, char *why, size_t why_size)
{
    const char *wrong = NULL;

    if (!options->plain && (options->cert == NULL || options->key == NULL)) {
        wrong = "https wants --cert and --key; or say --plain";
    } else if (options->plain && options->client_ca != NULL) {
        wrong = "--client-ca wants https, not --plain";
    } else if (options->prefix != NULL &&
               (options->prefix[0] != '/' || options->prefix[strlen(options->prefix) - 1] == '/')) {
        wrong = "--prefix wants a path that begins with / and does not end with it";
    }
    if (wrong != NULL) {
        snprintf(why, why_size, "%s", wrong);
    }
    return wrong == NULL ? OPTIONS_RUN : OPTIONS_WRONG;
}

enum options_result options_parse(
    struct options *options, int argc, char **argv, char *why, size_t why_size)
{
    enum options_result result = OPTIONS_RUN;

    *options = (struct options){.devices = 1000,
        .seed = 1,
        .page_cap = 500,
        .threads = 2,
        .churn = 2,
        .check_ins = 95,
        .apps = 20,
        .catalog = 8000,
        .profiles = 5,
        .groups = 12,
        .user_count = OPTIONS_USERS_DEFAULT,
        .store = 200,
        .eas = 60,
        .alerts = 40,
        .policies = 12,
        .app_settings = 14,
        .core_version = UINT64_MAX,
        .child_name = CHILD_NAME_BOTH,
        .fields = FIELDS_BOTH,
        .retry_after = RETRY_SECONDS};
    if (!fault_list_init(&options->faults)) {
        snprintf(why, why_size, "no memory");
        result = OPTIONS_WRONG;
    }
    for (int at = 1; at < argc && result == OPTIONS_RUN; at++) {
        result = read_one(options, argv, &at, why, why_size);
    }
    return result == OPTIONS_RUN ? check_together(options, why, why_size) : result;
}

void options_release(struct options *options)
{
    auth_release(&options->users);
    fault_list_release(&options->faults);
}
