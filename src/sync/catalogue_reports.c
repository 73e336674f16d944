#include "sync/catalogue_reports.h"

#include <string.h>

/* Columns that several of them have. */
/* clang-format off */
#define REPORT_TENANT {"tenant", "Tenant, by its name in the configuration.", COLUMN_TEXT}
#define REPORT_OS {"os", "ANDROID, IOS, OSX, WINDOWS or UNKNOWN.", COLUMN_TEXT}
#define REPORT_OWNERSHIP {"ownership", "COMPANY, EMPLOYEE or UNKNOWN.", COLUMN_TEXT}
#define REPORT_DEVICE_ID {"device_id", "The device, as in the relation device.", COLUMN_TEXT}
#define REPORT_MODEL {"model", "Model.", COLUMN_TEXT}
#define REPORT_USER {"user_id", "The device's user, as in user_account.", COLUMN_TEXT}
#define REPORT_DEVICE                                                                              \
    REPORT_DEVICE_ID, REPORT_OS,                                                                   \
    {"os_version", "Version of the operating system.", COLUMN_TEXT},                               \
    REPORT_OWNERSHIP, REPORT_MODEL,                                                                \
    {"serial_number", "Serial number.", COLUMN_TEXT},                                              \
    REPORT_USER,                                                                                   \
    {"last_check_in_at", "When it last checked in.", COLUMN_TIMESTAMPTZ}
#define REPORT_COUNTS                                                                              \
    {"devices", "How many devices.", COLUMN_BIGINT},                                               \
    {"compliant", "Those of them that are compliant.", COLUMN_BIGINT},                             \
    {"not_compliant", "Those that are not.", COLUMN_BIGINT},                                       \
    {"unknown", "Those of which the server does not say.", COLUMN_BIGINT},                         \
    {"compromised", "Those that are compromised (jailbroken, rooted).", COLUMN_BIGINT},            \
    {"quarantined", "Those in quarantine.", COLUMN_BIGINT},                                        \
    {"blocked", "Those that are blocked.", COLUMN_BIGINT}
/* clang-format on */

static const struct column status_columns[] = {REPORT_TENANT, REPORT_OS, REPORT_OWNERSHIP,
    {"status", "The status, such as ACTIVE or RETIRED.", COLUMN_TEXT},
    {"devices", "How many devices.", COLUMN_BIGINT}};

static const struct column compliance_columns[] = {
    REPORT_TENANT, REPORT_OS, REPORT_OWNERSHIP, REPORT_COUNTS};

static const struct column group_columns[] = {REPORT_TENANT,
    {"group_id", "The group, as in device_group.", COLUMN_TEXT},
    {"group_name", "Its name.", COLUMN_TEXT}, REPORT_COUNTS};

static const struct column reason_columns[] = {REPORT_TENANT, REPORT_OS,
    {"reason",
        "Why: the server's reason, else COMPROMISED, QUARANTINED or BLOCKED, else NOT_REPORTED.",
        COLUMN_TEXT},
    {"devices", "How many devices.", COLUMN_BIGINT}};

static const struct column day_columns[] = {REPORT_TENANT,
    {"day", "The day, from 00:00 to 24:00 UTC.", COLUMN_DATE}, REPORT_OS, REPORT_OWNERSHIP,
    {"has_run", "A run began on the day and listed the devices; else it is as on the day before.",
        COLUMN_BOOLEAN},
    REPORT_COUNTS};

static const struct column noncompliant_columns[] = {REPORT_TENANT, REPORT_DEVICE,
    {"reasons", "Why, as in report_compliance_reason.", COLUMN_TEXT_ARRAY}};

static const struct column seen_columns[] = {REPORT_TENANT, REPORT_DEVICE,
    {"registered_at", "When it registered.", COLUMN_TIMESTAMPTZ},
    {"days_unseen",
        "Whole days since it last checked in, or registered where it never did; NULL: neither is "
        "known.",
        COLUMN_BIGINT}};

static const struct column version_columns[] = {REPORT_TENANT, REPORT_OS,
    {"os_version", "Version of the operating system, as devices tell it.", COLUMN_TEXT},
    {"devices", "How many devices.", COLUMN_BIGINT},
    {"share", "Their part of the tenant's devices with that operating system, 0 to 1.",
        COLUMN_DOUBLE},
    {"baseline",
        "The version that is asked for: that of os_baseline, else the newest that at least 1 % "
        "have.",
        COLUMN_TEXT},
    {"is_behind", "It is older than the baseline; NULL where that cannot be told.",
        COLUMN_BOOLEAN}};

static const struct column behind_columns[] = {REPORT_TENANT, REPORT_DEVICE,
    {"baseline", "The version that is asked for, as in report_os_version.", COLUMN_TEXT}};

static const struct column end_columns[] = {REPORT_TENANT, REPORT_DEVICE_ID, REPORT_OS,
    REPORT_MODEL, REPORT_USER,
    {"subject_cn", "Common name of the subject of the certificate.", COLUMN_TEXT},
    {"issuer_cn", "Common name of its issuer.", COLUMN_TEXT},
    {"thumbprint", "Its thumbprint.", COLUMN_TEXT},
    {"identity", "It is the device's own, and not one of an authority.", COLUMN_BOOLEAN},
    {"not_after", "When it ends.", COLUMN_TIMESTAMPTZ},
    {"days_left", "Whole days until then; below zero, where it has ended.", COLUMN_BIGINT}};

static const struct column app_columns[] = {REPORT_TENANT, REPORT_OS,
    {"identifier", "Identifier of the app; NULL where it has none.", COLUMN_TEXT},
    {"name", "Its name.", COLUMN_TEXT}, {"version", "Its version.", COLUMN_TEXT},
    {"short_version", "The short version.", COLUMN_TEXT},
    {"devices", "On how many devices it is.", COLUMN_BIGINT}};

static const struct column freshness_columns[] = {REPORT_TENANT,
    {"entity", "The entity, such as device_app.", COLUMN_TEXT},
    {"loaded_at", "When the last run began that loaded it; NULL: none did.", COLUMN_TIMESTAMPTZ},
    {"run_id", "That run, as in sync_run.", COLUMN_TEXT},
    {"age_hours", "Hours since then.", COLUMN_DOUBLE}};

/* What views read of a relation. A column that is gone from its mapping file, or has another type
 * there, cannot be read. */
#define REPORT_NEEDS_STATE                                                                         \
    {"status", "", COLUMN_TEXT}, {"os", "", COLUMN_TEXT}, {"ownership", "", COLUMN_TEXT},          \
        {"compliant", "", COLUMN_BOOLEAN}, {"quarantined", "", COLUMN_BOOLEAN},                    \
        {"blocked", "", COLUMN_BOOLEAN},                                                           \
    {                                                                                              \
        "compromised", "", COLUMN_BOOLEAN                                                          \
    }
#define REPORT_NEEDS_DEVICE                                                                        \
    {"status", "", COLUMN_TEXT}, {"os", "", COLUMN_TEXT}, {"os_version", "", COLUMN_TEXT},         \
        {"ownership", "", COLUMN_TEXT}, {"model", "", COLUMN_TEXT},                                \
        {"serial_number", "", COLUMN_TEXT}, {"user_id", "", COLUMN_TEXT},                          \
    {                                                                                              \
        "last_check_in_at", "", COLUMN_TIMESTAMPTZ                                                 \
    }
static const struct column status_needs[] = {
    {"status", "", COLUMN_TEXT}, {"os", "", COLUMN_TEXT}, {"ownership", "", COLUMN_TEXT}};
static const struct column state_needs[] = {REPORT_NEEDS_STATE};
static const struct column reason_needs[] = {REPORT_NEEDS_DEVICE, {"compliant", "", COLUMN_BOOLEAN},
    {"quarantined", "", COLUMN_BOOLEAN}, {"blocked", "", COLUMN_BOOLEAN},
    {"compromised", "", COLUMN_BOOLEAN}, {"compliance_reasons", "", COLUMN_TEXT_ARRAY}};
static const struct column seen_needs[] = {
    REPORT_NEEDS_DEVICE, {"registered_at", "", COLUMN_TIMESTAMPTZ}};
static const struct column version_needs[] = {
    {"status", "", COLUMN_TEXT}, {"os", "", COLUMN_TEXT}, {"os_version", "", COLUMN_TEXT}};
static const struct column behind_needs[] = {REPORT_NEEDS_DEVICE};
static const struct column group_needs[] = {
    {"group_id", "", COLUMN_TEXT}, {"name", "", COLUMN_TEXT}};
static const struct column holder_needs[] = {{"status", "", COLUMN_TEXT}, {"os", "", COLUMN_TEXT},
    {"model", "", COLUMN_TEXT}, {"user_id", "", COLUMN_TEXT}};
static const struct column certificate_needs[] = {{"subject_cn", "", COLUMN_TEXT},
    {"issuer_cn", "", COLUMN_TEXT}, {"thumbprint", "", COLUMN_TEXT},
    {"identity", "", COLUMN_BOOLEAN}, {"not_after", "", COLUMN_TIMESTAMPTZ}};
static const struct column owner_needs[] = {{"status", "", COLUMN_TEXT}, {"os", "", COLUMN_TEXT}};
static const struct column app_needs[] = {{"identifier", "", COLUMN_TEXT},
    {"name", "", COLUMN_TEXT}, {"version", "", COLUMN_TEXT}, {"short_version", "", COLUMN_TEXT}};

/* The version of the schema that has them. */
enum { REPORT_SINCE = 2 };

#define REPORT_COLUMNS(columns) columns, sizeof(columns) / sizeof *(columns)

struct catalogue_need {
    const char *relation;
    const struct column *columns;
    size_t count;
};

static const struct catalogue_need of_status[] = {{"device", REPORT_COLUMNS(status_needs)}, {0}};
static const struct catalogue_need of_state[] = {{"device", REPORT_COLUMNS(state_needs)}, {0}};
static const struct catalogue_need of_reasons[] = {{"device", REPORT_COLUMNS(reason_needs)}, {0}};
static const struct catalogue_need of_seen[] = {{"device", REPORT_COLUMNS(seen_needs)}, {0}};
static const struct catalogue_need of_versions[] = {{"device", REPORT_COLUMNS(version_needs)}, {0}};
static const struct catalogue_need of_behind[] = {{"device", REPORT_COLUMNS(behind_needs)}, {0}};
static const struct catalogue_need of_days[] = {
    {"device", REPORT_COLUMNS(state_needs)}, {"device_history", REPORT_COLUMNS(state_needs)}, {0}};
static const struct catalogue_need of_groups[] = {{"device", REPORT_COLUMNS(state_needs)},
    {"device_group", REPORT_COLUMNS(group_needs)}, {"device_group_member", NULL, 0}, {0}};
static const struct catalogue_need of_certificates[] = {{"device", REPORT_COLUMNS(holder_needs)},
    {"device_certificate", REPORT_COLUMNS(certificate_needs)}, {0}};
static const struct catalogue_need of_apps[] = {
    {"device", REPORT_COLUMNS(owner_needs)}, {"device_app", REPORT_COLUMNS(app_needs)}, {0}};
static const struct catalogue_need of_nothing[] = {{0}};

struct catalogue_report {
    const struct catalogue_need *needs; /* up to one without a relation */
    struct load_view view;
};

#define REPORT_QUERY(name, about, columns, is_inner)                                               \
    {                                                                                              \
        {name, about, REPORT_COLUMNS(columns), 0, RELATION_VIEW, 0}, "views/" name ".sql",         \
            is_inner, REPORT_SINCE                                                                 \
    }
#define REPORT_VIEW(name, about, columns) REPORT_QUERY(name, about, columns, false)
#define REPORT_INNER_VIEW(name, about, columns) REPORT_QUERY(name, about, columns, true)

/* Each behind those that it is made of. */
static const struct catalogue_report reports[] = {
    {of_status, REPORT_VIEW("report_status",
                    "How many devices there are of each status, not the "
                    "ACTIVE ones alone.",
                    status_columns)},
    {of_state, REPORT_VIEW("report_compliance",
                   "Compliance of ACTIVE devices now, by operating system and ownership.",
                   compliance_columns)},
    {of_groups, REPORT_INNER_VIEW("report_compliance_group",
                    "Compliance of ACTIVE devices now, by group: a device counts in each that it "
                    "is in.",
                    group_columns)},
    {of_days, REPORT_INNER_VIEW("report_compliance_day",
                  "Compliance of ACTIVE devices day by day: the last state before 24:00 UTC.",
                  day_columns)},
    {of_reasons, REPORT_VIEW("report_noncompliant_device",
                     "ACTIVE devices that are not compliant, and why.", noncompliant_columns)},
    {of_reasons, REPORT_VIEW("report_compliance_reason",
                     "Why ACTIVE devices are not compliant: one with two reasons counts in both.",
                     reason_columns)},
    {of_seen, REPORT_VIEW("report_last_seen",
                  "When ACTIVE devices were last seen. Not seen for 30 days: "
                  "`days_unseen >= 30`.",
                  seen_columns)},
    {of_versions,
        REPORT_VIEW("report_os_version",
            "Versions of operating systems that ACTIVE devices have, compared as versions, "
            "and which of them are behind.",
            version_columns)},
    {of_behind, REPORT_VIEW("report_os_behind", "ACTIVE devices whose operating system is behind.",
                    behind_columns)},
    {of_certificates, REPORT_INNER_VIEW("report_certificate_end",
                          "When the certificates of ACTIVE devices end. Within 30 days: "
                          "`days_left < 30`.",
                          end_columns)},
    {of_apps, REPORT_INNER_VIEW("report_app_version",
                  "On how many ACTIVE devices each version of each app is.", app_columns)},
    {of_nothing, REPORT_VIEW("report_freshness",
                     "How old the data of each entity is, by the last run that loaded it.",
                     freshness_columns)},
};
enum { REPORT_COUNT = sizeof reports / sizeof *reports };

/* ---- what is kept up for them ---- */

static const struct column baseline_columns[] = {
    {"tenant", "The tenant that it is for; `*`: every one that has none of its own.", COLUMN_TEXT},
    {"os", "ANDROID, IOS, OSX or WINDOWS.", COLUMN_TEXT},
    {"os_version", "Devices with an older version are behind.", COLUMN_TEXT}};

static const struct column kept_columns[] = {REPORT_TENANT,
    {"day", "The day on which a run began, by its beginning: 00:00 UTC.", COLUMN_TIMESTAMPTZ},
    REPORT_OS, REPORT_OWNERSHIP, REPORT_COUNTS};

static const struct column counted_columns[] = {REPORT_TENANT, REPORT_DEVICE_ID, REPORT_OS,
    {"items_digest", "Of its list of apps.", COLUMN_BIGINT}};

static const struct column app_version_columns[] = {REPORT_TENANT, REPORT_OS,
    {"identifier", "Identifier of the app; an empty one is none.", COLUMN_TEXT},
    {"name", "Its name.", COLUMN_TEXT}, {"version", "Its version.", COLUMN_TEXT},
    {"short_version", "The short version.", COLUMN_TEXT},
    {"devices", "On how many devices it is.", COLUMN_BIGINT}};

struct catalogue_kept {
    const struct catalogue_need *needs;
    struct load_kept kept;
};

static const struct catalogue_kept kept_tables[] = {
    {of_nothing, {.relation = {"os_baseline",
                      "Versions of operating systems that you ask for: the rows are yours. See "
                      "report_os_version.",
                      REPORT_COLUMNS(baseline_columns), 2, RELATION_OWN, 0},
                     .create = "kept/os_baseline_create.sql"}},
    {of_days, {.relation = {"compliance_kept",
                   "What report_compliance_day shows, of days on which there was a run.",
                   REPORT_COLUMNS(kept_columns), 4, RELATION_KEPT, 0},
                  .create = "relation_create.sql",
                  .fill = "kept/compliance_fill.sql",
                  .keep = {"kept/compliance_day.sql"},
                  .of = "device",
                  .tells_past = true}},
    {of_apps, {.relation = {"app_version", "What report_app_version shows.",
                   REPORT_COLUMNS(app_version_columns), 7, RELATION_KEPT, 0},
                  .create = "kept/app_version_create.sql"}},
    {of_apps, {.relation = {"app_counted", "Which devices are counted in app_version.",
                   REPORT_COLUMNS(counted_columns), 2, RELATION_KEPT, 0},
                  .create = "kept/app_counted_create.sql",
                  .tenants_of = "device",
                  .keep = {"kept/app_version_add.sql", "kept/app_version_count.sql"},
                  .goes_with_rows = true}},
};
enum { KEPT_COUNT = sizeof kept_tables / sizeof *kept_tables };

_Static_assert((int)KEPT_COUNT <= (int)CATALOGUE_MOST_KEPT, "there is room for each");
_Static_assert(
    (int)REPORT_COUNT + CATALOGUE_PARTS <= (int)CATALOGUE_MOST_VIEWS, "there is room for each");

static bool catalogue_has(const struct catalogue *catalogue, const struct catalogue_need *need)
{
    const struct relation *relation = NULL;
    bool has;

    for (size_t i = 0; relation == NULL && i < catalogue->schema.count; i++) {
        if (strcmp(catalogue->relations[i]->name, need->relation) == 0) {
            relation = catalogue->relations[i];
        }
    }
    has = relation != NULL;
    for (size_t i = 0; has && i < need->count; i++) {
        const struct column *column = &need->columns[i];

        has = relation_find_typed(relation, column->name, column->type) < relation->column_count;
    }
    return has;
}

static bool catalogue_has_all(const struct catalogue *catalogue, const struct catalogue_need *needs)
{
    bool has = true;

    for (; has && needs->relation != NULL; needs++) {
        has = catalogue_has(catalogue, needs);
    }
    return has;
}

void catalogue_reports_make(struct catalogue *catalogue)
{
    struct load_schema *schema = &catalogue->schema;

    schema->kept = catalogue->kept;
    for (size_t i = 0; i < KEPT_COUNT; i++) {
        struct load_kept *kept = &catalogue->kept[schema->kept_count++];

        *kept = kept_tables[i].kept;
        kept->since = REPORT_SINCE;
        kept->is_starved = !catalogue_has_all(catalogue, kept_tables[i].needs);
    }
    for (size_t i = 0; i < REPORT_COUNT; i++) {
        if (catalogue_has_all(catalogue, reports[i].needs)) {
            catalogue->views[schema->view_count++] = reports[i].view;
        }
    }
}
