/* A connection to PostgreSQL, and statements from sql/postgres/ over it. The only user of libpq is
 * this folder. A signal ends a wait, but not at once: what the server does within a second is done,
 * as a COPY that is broken off loses what it took. Errors are ERROR_DESTINATION with the server's
 * own message, ERROR_CONFIG for a connection string that must not be used, ERROR_INTERRUPTED, or
 * ERROR_MEMORY. */
#ifndef UEMSYNC_LOAD_POSTGRES_PG_H
#define UEMSYNC_LOAD_POSTGRES_PG_H

#include <libpq-fe.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "load/settings.h"
#include "load/watch.h"

/* What the session is for: an error about rights says who has them. */
enum pg_role {
    PG_LOADER,  /* to read and write rows */
    PG_READER,  /* to read what is published */
    PG_OWNER,   /* to change tables */
    PG_CREATOR, /* to make the schema */
};

struct pg {
    PGconn *connection;
    int64_t
        stopped_at;    /* when a wait first saw the stop flag, by timestamp_monotonic; 0: not yet */
    bool is_parting;   /* see pg_part */
    struct buffer sql; /* the statement under way */
    struct buffer queued; /* statements that wait for pg_run_queued */
    enum pg_role role;    /* PG_LOADER until somebody says otherwise */
    bool lock_missed;     /* the last error was a lock that another session did not give back */
    const struct load_watch *watch; /* who is told of each wait; NULL after pg_open; borrowed */
};

/* A psql variable of a statement file. In the file, :'name' stands for the value as a literal,
 * :"name" for it as an identifier, :name for it as it is. */
struct pg_variable {
    const char *name;
    const char *value;
};

/* Connects and sets the session up. A server beyond this machine must be verified by TLS
 * (sslmode=verify-full) unless settings->insecure; that is decided before a byte is sent. */
bool pg_open(struct pg *pg, const struct load_settings *settings, struct error *err);
void pg_close(struct pg *pg);

/* From here on the session only reads what is published. */
bool pg_be_reader(struct pg *pg, struct error *err);

/* The run ends: after a signal there are two seconds more to save what was staged. */
void pg_part(struct pg *pg);

/* Runs the file `name` of sql/postgres/ ("lock.sql") with these variables, ended by a NULL name.
 * *result, when wanted, is the caller's (PQclear). */
bool pg_run(struct pg *pg, const char *name, const struct pg_variable *variables, PGresult **result,
    struct error *err);

/* Many statements in one round trip: each pg_queue adds one, pg_run_queued runs them all, in a
 * transaction of their own where none is under way. `what` is what the error says of them. */
bool pg_queue(
    struct pg *pg, const char *name, const struct pg_variable *variables, struct error *err);
bool pg_run_queued(struct pg *pg, const char *what, struct error *err);

/* As pg_run; `rows` gets how many rows the statement wrote. */
bool pg_run_count(struct pg *pg, const char *name, const struct pg_variable *variables,
    int64_t *rows, struct error *err);

/* As pg_run; `each` is called for every row as it arrives, so that no result is held whole. It must
 * not use the connection. */
typedef bool pg_row_fn(void *context, const PGresult *row, struct error *err);
bool pg_run_each(struct pg *pg, const char *name, const struct pg_variable *variables,
    pg_row_fn *each, void *context, struct error *err);

/* Appends a literal of SQL. False without memory for it; the buffer is asked in the end as well. */
bool pg_append_literal(struct pg *pg, struct buffer *out, struct str text);

/* BEGIN, COMMIT and ROLLBACK. */
bool pg_begin(struct pg *pg, struct error *err);
bool pg_commit(struct pg *pg, struct error *err);
void pg_rollback(struct pg *pg);

/* A place within the transaction, and back to it after an error. A later one takes its place. */
bool pg_savepoint(struct pg *pg, struct error *err);
bool pg_savepoint_back(struct pg *pg, struct error *err);

/* COPY ... FROM STDIN: begin by pg_copy_begin, then bytes, then the end. `failed` ends it with an
 * error, so that nothing of it stays. The last result is always read. */
bool pg_copy_begin(
    struct pg *pg, const char *name, const struct pg_variable *variables, struct error *err);
bool pg_copy_bytes(struct pg *pg, const char *bytes, size_t size, struct error *err);
bool pg_copy_end(struct pg *pg, bool failed, struct error *err);

#endif
