/* What came of a `sync`, in Prometheus' text format: the exposition format 0.0.4, which the node
 * exporter's collector of text files takes. */
#ifndef UEMSYNC_CLI_METRICS_H
#define UEMSYNC_CLI_METRICS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "sync/report.h"

#define METRICS_NEVER INT64_MIN

/* When an entity was loaded last, ms, by this run or another; METRICS_NEVER. */
struct metrics_loaded {
    const char *entity;
    int64_t at;
};

/* Borrowed. */
struct metrics_tenant {
    const char *name;
    const struct sync_report *report; /* NULL: it had no run */
    bool has_certificate;
    int64_t certificate_ends; /* ms */
    struct metrics_loaded loaded[SYNC_MOST_ENTITIES];
    size_t loaded_count;
};

struct metrics {
    const char *version;
    int exit_code;
    int64_t now; /* ms */
    const struct metrics_tenant *tenants;
    size_t tenant_count;
};

/* Every metric has its HELP and TYPE, and all its samples behind them. */
void metrics_write(struct buffer *out, const struct metrics *metrics);

/* What `text`, written by metrics_write, says of when the entity was loaded, ms; METRICS_NEVER. */
int64_t metrics_find_loaded(struct str text, const char *tenant, const char *entity);

#endif
