/* What the configuration says of the destination. */
#ifndef UEMSYNC_LOAD_SETTINGS_H
#define UEMSYNC_LOAD_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

enum load_type { LOAD_POSTGRES, LOAD_CSV };

/* Strings are borrowed. */
struct load_settings {
    enum load_type type;
    const char *url;         /* postgres: a libpq connection string; never NULL, may be "" */
    const char *schema;      /* postgres */
    const char *reader_role; /* postgres: or NULL */
    bool auto_migrate;       /* postgres: load_open brings the schema up to date itself */
    bool insecure;           /* postgres: TLS without verify-full is allowed */
    const char *directory;   /* csv */
    bool csv_safe;           /* csv: a leading = + - @ TAB or CR gets a ' before it */
    int keep_snapshots;      /* csv: at least 1 */
    int keep_changes;        /* csv: of so many runs; 0: none are written */
    int lock_wait_ms;        /* postgres: how long for a lock of another; 0: five minutes */
    int64_t keep_history_ms; /* states that ended longer ago than this go; 0: all stay */
    int64_t keep_runs_ms;    /* what is told of runs that began longer ago goes; 0: all stays */
};

#endif
