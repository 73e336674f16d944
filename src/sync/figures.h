/* What `uemsync report` shows of tenants, read from the destination's report views: no server, no
 * secret, no lock, and all of one moment. Counts are of active devices unless they say otherwise.
 *
 * Nothing here tells who somebody is: devices are counted and never named, and of a certificate
 * there is no subject. Texts are as they came, of 200 characters at most, and NULL where the server
 * says nothing. */
#ifndef UEMSYNC_SYNC_FIGURES_H
#define UEMSYNC_SYNC_FIGURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "load/settings.h"
#include "sync/settings.h"

/* The limits of the statements in sql/postgres/report/. */
enum {
    FIGURES_MOST_ENTITIES = 64,
    FIGURES_MOST_STATUSES = 12,
    FIGURES_MOST_DAYS = 90,
    FIGURES_MOST_PARTS = 20,
    FIGURES_MOST_OS = 8,
    FIGURES_MOST_OS_VERSIONS = 8,
    FIGURES_MOST_CERTIFICATES = 20,
    FIGURES_MOST_APPS = 15,
    FIGURES_MOST_APP_VERSIONS = 5,
};

/* When what was loaded is stale: a nightly run, and two hours that it may be late. */
#define FIGURES_FRESH_MS (INT64_C(26) * 60 * 60 * 1000)
#define FIGURES_NEVER INT64_MIN

struct figures_counts {
    int64_t devices; /* the sum of the next three */
    int64_t compliant;
    int64_t not_compliant;
    int64_t unknown;
};

struct figures_number {
    const char *name;
    int64_t devices;
};

struct figures_entity {
    const char *name;
    int64_t loaded_at; /* ms: the start of the run that did; FIGURES_NEVER */
    bool is_offered;   /* by the server, as far as runs know: that it is missing is a fault */
};

/* What of a tenant stands at the head of a page. */
struct figures_summary {
    const char *tenant; /* borrowed of the configuration */
    struct figures_counts counts;
    int64_t compromised;
    int64_t quarantined;
    int64_t blocked;
    struct figures_number statuses[FIGURES_MOST_STATUSES]; /* of all devices */
    size_t status_count;
    struct figures_entity entities[FIGURES_MOST_ENTITIES];
    size_t entity_count;
};

struct figures_part {
    const char *name;
    struct figures_counts counts;
};

/* The parts that are shown, and how many there are. */
struct figures_parts {
    struct figures_part parts[FIGURES_MOST_PARTS];
    size_t count;
    int64_t total;
};

struct figures_day {
    int64_t day;  /* since 1970-01-01 */
    bool has_run; /* else the counts are those of the day before, and the day is over */
    struct figures_counts counts;
};

enum figures_seen {
    FIGURES_SEEN_DAY,
    FIGURES_SEEN_WEEK,
    FIGURES_SEEN_MONTH,
    FIGURES_SEEN_QUARTER,
    FIGURES_SEEN_LONGER,
    FIGURES_SEEN_NEVER,
    FIGURES_SEEN_COUNT
};

enum figures_age { FIGURES_UP_TO_DATE, FIGURES_BEHIND, FIGURES_UNJUDGED };

struct figures_os_version {
    const char *version;
    int64_t devices;
    enum figures_age age;
};

struct figures_os {
    const char *name;
    const char *baseline; /* what its versions are judged by */
    int64_t devices;
    int64_t behind;
    int64_t unjudged;
    int64_t at_baseline; /* how many devices have just that version, listed or not */
    int64_t version_total;
    struct figures_os_version versions[FIGURES_MOST_OS_VERSIONS];
    size_t version_count;
};

enum figures_end { FIGURES_ENDED, FIGURES_END_30, FIGURES_END_60, FIGURES_END_90, FIGURES_ENDS };

/* Certificates that ended, or will within 30 days, 30 to 59 and 60 to 89. One that several devices
 * have is one. */
struct figures_certificate_ends {
    int64_t certificates;
    int64_t identities; /* of them */
    int64_t devices;    /* that have one, each once */
};

struct figures_certificate {
    const char *issuer; /* NULL for is_self_signed too */
    bool is_identity;
    bool is_self_signed; /* an identity whose issuer is its subject, which may be a person */
    const char *thumbprint;
    const char *ends; /* "2027-01-31" */
    int64_t days_left;
    int64_t devices;
};

struct figures_app {
    const char *name;
    const char *identifier;
    const char *os;
    int64_t installations; /* the sum of all versions' devices: one with two of them counts twice */
    int64_t version_total;
    struct figures_number versions[FIGURES_MOST_APP_VERSIONS];
    size_t version_count;
};

/* What stands in a tenant's own chapter. */
struct figures {
    struct figures_day days[FIGURES_MOST_DAYS]; /* the latest is the last */
    size_t day_count;
    struct figures_parts by_os;
    struct figures_parts by_ownership;
    struct figures_parts by_group; /* those with the most devices that do not comply */
    struct figures_number reasons[FIGURES_MOST_PARTS];
    size_t reason_count;
    int64_t reason_total;
    int64_t seen[FIGURES_SEEN_COUNT];
    int64_t never_checked_in; /* those of `seen` that count by their registration */
    struct figures_os os[FIGURES_MOST_OS];
    size_t os_count;
    int64_t os_total;
    struct figures_certificate_ends ends[FIGURES_ENDS];
    struct figures_certificate certificates[FIGURES_MOST_CERTIFICATES];
    size_t certificate_count;
    int64_t certificate_total;
    struct figures_app apps[FIGURES_MOST_APPS];
    size_t app_count;
    int64_t app_total;
};

/* Whether the entity is older than FIGURES_FRESH_MS, or was never loaded though it is offered. */
bool figures_is_stale(const struct figures_entity *entity, int64_t now);

struct figures_reader;

/* *now is the moment, in ms. Errors are those of load_open_report. *reader is the caller's. */
bool figures_open(const struct load_settings *destination, struct figures_reader **reader,
    int64_t *now, struct error *err);

/* What it points to lives as long as the reader. */
bool figures_read_summary(struct figures_reader *reader, const struct sync_tenant *tenant,
    struct figures_summary *summary, struct error *err);

/* What it points to lives until the next call of it. */
bool figures_read(struct figures_reader *reader, const struct sync_tenant *tenant,
    struct figures *figures, struct error *err);

void figures_close(struct figures_reader *reader);

#endif
