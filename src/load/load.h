/* Where rows go: one small interface that both destinations (and `null`, for --dry-run) fill.
 *
 * One `struct load` is one run's hold on one tenant in one destination, exclusive to it from
 * load_open to load_close: a second one is ERROR_BUSY. Rows are staged as they come and seen by
 * nobody; load_publish makes them, and the removals, the tenant's state in one step; a load that
 * is closed without it leaves what was published untouched.
 *
 * What was staged and not published is for the tenant's next run, however this one ended: as far as
 * a row of load_schema.fetched says of it that it is whole. See load_staged.
 *
 * Of what is staged of one row or one list, be it that it goes, the last word counts. */
#ifndef UEMSYNC_LOAD_LOAD_H
#define UEMSYNC_LOAD_LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/error.h"
#include "base/log.h"
#include "base/str.h"
#include "load/settings.h"
#include "load/watch.h"
#include "mapping/relation.h"
#include "mapping/row.h"

/* What PostgreSQL makes of other relations, as a view; CSV has these relations alone. Borrowed. */
struct load_view {
    struct relation relation; /* RELATION_VIEW: the columns as the query gives them */
    /* The statement that makes it, or makes it anew, below sql/postgres/. Its psql variables:
     * schema, relation, and columns, which are those of `relation`. Where another text gives the
     * same columns, PG_SCHEMA_VERSION has to be another one too, so that it is run. */
    const char *file;
    bool is_inner; /* made of tables that are no relations, so that it cannot be made elsewhere */
    int since;     /* the version of the schema that it came with: 0 for the first */
};

/* A table that PostgreSQL has beside the relations: what views need and no record brings. Its rows
 * are made of what is published, or they are the user's own. Borrowed. */
struct load_kept {
    struct relation relation; /* RELATION_KEPT or RELATION_OWN; the table may have more columns */
    const char *create;       /* the statement that makes it, below sql/postgres/ */
    /* Run once it is made, for all tenants, with the psql variable known_from: since when the
     * history is whole. Or NULL. */
    const char *fill;
    /* Once it is made, `keep` is run for each tenant that has rows in that relation, be it that a
     * run of the tenant publishes meanwhile; or NULL. */
    const char *tenants_of;
    /* What brings it up to date, in this order, within the transaction that publishes: for one
     * tenant, with the psql variables tenant and started_at (of the run); or NULL. */
    const char *keep[2];
    const char *of;      /* only when the run has loaded that relation; NULL: always */
    bool goes_with_rows; /* it is brought up to date, too, when rows are erased */
    int since;           /* as load_view.since */
    bool tells_past;     /* what it has once is not otherwise later */
    /* A mapping file lacks what the statements read: a RELATION_KEPT is emptied then, as what is
     * not kept up would tell what is not so any more; unless it tells_past. */
    bool is_starved;
};

/* Every relation there is, in the order of the data dictionary. Borrowed. */
struct load_schema {
    const struct relation *const *relations;
    size_t count;
    /* RELATION_KEYED by tenant, owner and the name of a relation: a row that is staged says that
     * what was staged of that owner in that relation before is whole. NULL: there is none. */
    const struct relation *fetched;
    /* RELATION_HISTORY, and whose rows' states it has; a column has the name that it has there.
     * NULL: there is none. */
    const struct relation *history;
    const struct relation *history_of;
    const struct load_kept *kept; /* behind the relations, and ahead of the views */
    size_t kept_count;
    const struct load_view *views; /* each behind those that it is made of */
    size_t view_count;
};

/* Who loads, and when. Strings are borrowed for the life of the load. */
struct load_run {
    const char *run_id;
    const char *tenant;
    int64_t started_at; /* ms */
    const char *version;
    /* Of all that decides what a record becomes. What an earlier run staged under another one is
     * dropped. NULL: nothing that was staged earlier is taken. */
    const char *fingerprint;
    /* Names of the relations of which it may be taken over; where an earlier run left any other one
     * staged, nothing is, as this run could not judge it. NULL: of all. */
    const char *const *takes;
    size_t take_count;
    const struct load_watch *watch; /* NULL: nobody is told how it gets on */
};

/* Whether what was staged earlier of the relation may be taken over. */
bool load_run_takes(const struct load_run *run, struct str relation);

/* What publishing did to one relation. */
struct load_counts {
    const struct relation *relation;
    int64_t inserted;
    int64_t updated;
    int64_t deleted;
    int64_t unchanged;
};

struct load;

/* Called with the text of a published row's columns that were asked for, in the form that they have
 * in CSV before any quoting; data is NULL for NULL. */
typedef bool load_row_fn(void *context, const struct str *texts, struct error *err);

/* What is told of a run at its end. `tell` is called once the counts of a publish are filled, and
 * before anything of it is seen; it calls load_tell, and fails the publish by returning false. */
struct load_end {
    bool (*tell)(void *context, struct error *err);
    void *context;
};

/* A row of a RELATION_SET, without its owner: what a destination needs to have it in any list. */
struct load_item {
    uint8_t digest[ROW_DIGEST_SIZE]; /* of the row's columns but the owner's: what identifies it */
    struct str form;                 /* the destination's own writing of the row; may be empty */
};

/* What a destination does; see the functions below, which have the same names. NULL: nothing, and
 * that is all there is to do. Every destination has `close`. */
struct load_ops {
    bool (*published)(struct load *load, const struct relation *relation, const size_t *columns,
        size_t count, load_row_fn *each, void *context, struct error *err);
    bool (*count)(
        struct load *load, const struct relation *relation, int64_t *rows, struct error *err);
    bool (*report)(struct load *load, const char *name, const char *tenant, size_t count,
        load_row_fn *each, void *context, struct error *err);
    bool (*staged)(struct load *load, const size_t *columns, size_t count, load_row_fn *each,
        void *context, struct error *err);
    bool (*save)(struct load *load, struct error *err);
    void (*drop)(struct load *load);
    bool (*lacks)(struct load *load, const struct relation *relation, size_t column);
    bool (*tell)(struct load *load, const struct row *rows, size_t count, struct error *err);
    bool (*rename)(struct load *load, struct str from, struct str to, struct error *err);
    bool (*stage)(struct load *load, const struct row *row, struct error *err);
    bool (*item)(
        struct load *load, const struct row *row, struct load_item *item, struct error *err);
    bool (*list)(struct load *load, const struct relation *relation, struct str owner,
        const struct load_item *items, size_t count, struct error *err);
    bool (*replace)(struct load *load, const struct relation *relation, const struct str *owner,
        struct error *err);
    bool (*remove)(struct load *load, const struct relation *relation, const struct str *key,
        struct error *err);
    bool (*mark)(struct load *load, const struct relation *relation, struct error *err);
    bool (*forget)(struct load *load, const struct relation *relation, struct error *err);
    bool (*publish)(struct load *load, struct load_counts *counts, size_t count,
        const struct load_end *end, bool *changed, struct error *err);
    void (*close)(struct load *load);
};

/* The first member of every destination's own struct. */
struct load {
    const struct load_ops *ops;
};

/* Opens the destination for one run of one tenant and takes the tenant's lock. With
 * auto_migrate the schema is created or extended; without, a missing or older one is
 * ERROR_DESTINATION, and so is a newer one in either case. *load is the caller's. */
bool load_open(const struct load_settings *settings, const struct load_schema *schema,
    const struct load_run *run, const struct log *log, struct load **load, struct error *err);

/* As load_open, to read what is published and nothing else: no lock is taken and nothing is made or
 * changed, so that it goes beside a run. Where nothing was ever published, there are no rows. Only
 * load_published, load_count and load_close may follow. `run` names the tenant alone. */
bool load_open_reader(const struct load_settings *settings, const struct load_schema *schema,
    const struct load_run *run, const struct log *log, struct load **load, struct error *err);

/* As load_open_reader, for what the destination's report views tell of any tenant, all of it of one
 * moment. ERROR_CONFIG for a destination that has no views (CSV), ERROR_DESTINATION where one is
 * missing, as the schema is older. Only load_report and load_close may follow. */
bool load_open_report(const struct load_settings *settings, struct load **load, struct error *err);

/* What `export` writes, and where. All borrowed. */
struct load_stream_settings {
    const struct relation *relation;
    const size_t *columns; /* the chosen ones, as places in the relation */
    size_t column_count;
    bool safe;  /* as load_settings.csv_safe */
    bool shown; /* `out` is a terminal: what str_is_shown is against becomes '?', but for tabs and
                   line ends */
    FILE *out;
    int64_t *written; /* counts the rows as they go out, the header apart; NULL: nobody asks */
};

/* As load_open, for CSV that goes out row by row as it is staged: the header ahead of the first
 * one, one relation alone. Nothing can be forgotten, as what is out is out; load_publish flushes,
 * and has the header written where no row was. ERROR_PIPE when nobody reads any more. */
bool load_open_stream(
    const struct load_stream_settings *settings, struct load **load, struct error *err);

/* As load_open, for a destination that takes everything and keeps nothing. Never fails but for
 * memory; load_published finds nothing. */
bool load_open_null(struct load **load, struct error *err);

/* Calls `each` for every row that the tenant has in the published relation, in no order, with the
 * columns at these places (`count` of them). A reader may ask for those of a RELATION_RUN too: all
 * that the tenant's runs say of themselves, also of one that is under way. */
bool load_published(struct load *load, const struct relation *relation, const size_t *columns,
    size_t count, load_row_fn *each, void *context, struct error *err);

/* For a reader: how many rows the tenant has published in the relation, which tells whose they are.
 */
bool load_count(
    struct load *load, const struct relation *relation, int64_t *rows, struct error *err);

/* Calls `each` for every row of the statement NAME.sql in sql/postgres/report/ of the tenant, in
 * the order that it says; it gives `count` columns, in the form of load_row_fn. */
bool load_report(struct load *load, const char *name, const char *tenant, size_t count,
    load_row_fn *each, void *context, struct error *err);

/* Calls `each` for every row of load_schema.fetched that an earlier run of the tenant left staged,
 * as load_published does. To be called before anything is staged. */
bool load_staged(struct load *load, const size_t *columns, size_t count, load_row_fn *each,
    void *context, struct error *err);

/* Whether the destination does not have the column yet, as others hold its table: what is staged of
 * it in this run is left out. */
bool load_lacks(struct load *load, const struct relation *relation, size_t column);

/* What is staged until now outlives this process. Costs some round trips, or a file. */
bool load_save(struct load *load, struct error *err);

/* What is staged is not for the next run: it goes when the load is closed. */
void load_drop(struct load *load);

/* Writes what a run says of itself: these are all rows (one at least) that it has in the
 * RELATION_RUN, in the place of those before. They are seen at once; from within load_end.tell,
 * with what is published. */
bool load_tell(struct load *load, const struct row *rows, size_t count, struct error *err);

/* The owner (device_id) `from` is called `to` from now on: its history goes over to the new name,
 * with what is published next, unless that has one of its own. Rows elsewhere stay as they are. */
bool load_rename(struct load *load, struct str from, struct str to, struct error *err);

/* Stages one row of a RELATION_KEYED or a RELATION_LOG. The row's bytes are copied. Its tenant is
 * the run's. Of a RELATION_KEYED it takes the place of what was staged of its key before, a removal
 * too; what is published of the key it changes. Of a RELATION_LOG every row is a further one. */
bool load_stage(struct load *load, const struct row *row, struct error *err);

/* Takes a row of a RELATION_SET, whose owner's columns do not matter, so that lists can name it.
 * item->form lives until the next call for the load. item->digest is the caller's to set before
 * (see row_digest). The same row may be taken often; one that no list names is never published. */
bool load_item(struct load *load, const struct row *row, struct load_item *item, struct error *err);

/* Stages a list: these are all rows that the owner has in the RELATION_SET. `owner` is what the
 * relation's `owner` column holds; ignored where the set is the tenant's own. Items are as
 * load_item made them in this load, in ascending order of their digests' bytes, none twice: the
 * caller sees to that, and nobody looks. It takes the place of what was staged of the owner before,
 * a list or its removal (load_replace). */
bool load_list(struct load *load, const struct relation *relation, struct str owner,
    const struct load_item *items, size_t count, struct error *err);

/* With an owner: nothing of it stays, neither what is published nor what was staged before; what is
 * staged of it after this call counts. `*owner` is the first key column behind the tenant of a
 * RELATION_KEYED that has one, and the owner of a list of a RELATION_SET.
 *
 * Without (NULL): of all that the tenant has published, only those rows stay that are staged too,
 * before or after this call, and only the lists of owners that have one staged. */
bool load_replace(
    struct load *load, const struct relation *relation, const struct str *owner, struct error *err);

/* Stages the removal of the row of a RELATION_KEYED with this key (all key columns but the tenant,
 * as text): neither what is published nor what was staged of the key before stays; a row of it that
 * is staged after this call does. */
bool load_remove(
    struct load *load, const struct relation *relation, const struct str *key, struct error *err);

/* The relation is fetched anew from here on: what is staged after this counts before what was
 * staged ahead of it. A second mark of a relation takes the first one's place. */
bool load_mark(struct load *load, const struct relation *relation, struct error *err);

/* Drops what was staged of the relation ahead of its mark, rows and removals. */
bool load_forget(struct load *load, const struct relation *relation, struct error *err);

/* Publishes what was staged, for the relations in `counts` (counts[i].relation is set by the
 * caller, the rest is filled), all in one step that readers see whole or not at all. Published
 * rows that were neither staged nor removed stay. `changed` says whether anything was written
 * beside what the run says of itself: where nothing differs, nothing is. `end` may be NULL. The
 * states of load_schema.history are kept with it, and what is older than the settings keep goes.
 * After it the load takes no more rows. */
bool load_publish(struct load *load, struct load_counts *counts, size_t count,
    const struct load_end *end, bool *changed, struct error *err);

/* Gives back the lock. What is staged is kept for the next run, unless it was published or dropped.
 * NULL is allowed. */
void load_close(struct load *load);

/* For `check`: can the destination be reached and written? Writes nothing. `text` gets one
 * phrase about what is there, such as "PostgreSQL 15.18, schema uem is up to date". */
bool load_check(const struct load_settings *settings, const struct load_schema *schema, char *text,
    size_t size, struct error *err);

/* The same for the place that one tenant has in it: ERROR_DESTINATION for what load_open would
 * refuse. Writes nothing. */
bool load_check_tenant(const struct load_settings *settings, const char *tenant, struct error *err);

/* For `forget`: leaves no trace of the tenant (`device` is NULL) or of one of its devices, by its
 * device_id, in any relation, in what is staged, in files of changes and in snapshots that are
 * kept. Takes the tenant's lock: ERROR_BUSY. `text` gets one phrase about what was removed; where
 * there was nothing, it says so. */
bool load_erase(const struct load_settings *settings, const struct load_schema *schema,
    const char *tenant, const char *device, char *text, size_t size, struct error *err);

/* For `migrate`: creates or extends the schema. `text` gets one phrase about what was done. */
bool load_migrate(const struct load_settings *settings, const struct load_schema *schema,
    char *text, size_t size, struct error *err);

#endif
