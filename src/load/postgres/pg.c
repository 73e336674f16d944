#include "load/postgres/pg.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/embedded.h"
#include "base/stop.h"
#include "base/timestamp.h"

enum {
    PG_SQL_CEILING = 1024 * 1024,
    PG_POLL_MS = 100,
    PG_CONNECT_SECONDS = 15,
    PG_LOCK_WAIT_MS = 5 * 60 * 1000,
    PG_PATH_SIZE = 128,
    /* From the signal on: a run has to end within five seconds. */
    PG_STOP_MS = 1000,
    PG_PART_MS = 3000,
};

/* PostgreSQL's manual, "PostgreSQL Error Codes": lock_not_available, insufficient_privilege,
 * dependent_objects_still_exist. */
static const char pg_lock_state[] = "55P03";
static const char pg_rights_state[] = "42501";
static const char pg_dependents_state[] = "2BP01";

/* What helps who lacks a right. */
static const char *const pg_rights_advice[] = {
    [PG_LOADER] = "sync and forget want the loader, who may read and write every table",
    [PG_READER] = "reading wants a member of destination.reader_role; for `report` the right to "
                  "read the views is enough",
    [PG_OWNER] = "only the owner of schema and tables may change them: run `uemsync migrate` as "
                 "that user",
    [PG_CREATOR] = "a new schema wants the CREATE right on the database",
};

static const char *pg_field(const PGresult *result, int field)
{
    const char *text = result != NULL ? PQresultErrorField(result, field) : NULL;

    return text != NULL ? text : "";
}

/* As one line: libpq and the server break and indent their messages. What stood in lines of its own
 * is told apart by "; ", unless the line before ends as a sentence or a heading does. */
static void pg_fold(const char *text, char line[ERROR_TEXT_SIZE])
{
    size_t length = 0;
    bool is_broken = false;

    for (; *text != '\0' && length + 1 < ERROR_TEXT_SIZE; text++) {
        bool is_blank = *text == ' ' || *text == '\n' || *text == '\t';

        is_broken = is_broken || *text == '\n';
        if (!is_blank) {
            if (is_broken && length > 1 && length + 2 < ERROR_TEXT_SIZE &&
                strchr(".:;,!?", line[length - 2]) == NULL) {
                line[length - 1] = ';';
                line[length++] = ' ';
            }
            is_broken = false;
            line[length++] = *text;
        } else if (length > 0 && line[length - 1] != ' ') {
            line[length++] = ' ';
        }
    }
    length -= length > 0 && line[length - 1] == ' ' ? 1 : 0;
    line[length] = '\0';
}

/* The server's message. Of a right that is missing it is told who misses it, and of a view that
 * stands in the way what to do with it: the server's own hint would drop it without a word. */
static bool pg_fail(struct pg *pg, const PGresult *result, const char *what, struct error *err)
{
    const char *state = pg_field(result, PG_DIAG_SQLSTATE);
    const char *text = result != NULL ? PQresultErrorMessage(result) : "";
    char line[ERROR_TEXT_SIZE];
    bool ok;

    pg_fold(*text != '\0' ? text : PQerrorMessage(pg->connection), line);
    pg->lock_missed = strcmp(state, pg_lock_state) == 0;
    if (strcmp(state, pg_rights_state) == 0) {
        ok =
            error_set(err, ERROR_DESTINATION, "PostgreSQL: user %s: %s: %s", PQuser(pg->connection),
                pg_field(result, PG_DIAG_MESSAGE_PRIMARY), pg_rights_advice[pg->role]);
    } else if (strcmp(state, pg_dependents_state) == 0) {
        pg_fold(pg_field(result, PG_DIAG_MESSAGE_DETAIL), line);
        ok = error_set(err, ERROR_DESTINATION,
            "PostgreSQL: %s: %.500s: drop it, run `uemsync migrate`, make it again",
            pg_field(result, PG_DIAG_MESSAGE_PRIMARY), line);
    } else {
        ok = error_set(err, ERROR_DESTINATION, "PostgreSQL: %s: %s%s", what,
            pg->lock_missed ? "another session holds a lock and does not give it back: " : "",
            line);
    }
    return ok;
}

void pg_part(struct pg *pg)
{
    pg->is_parting = true;
}

/* Whether a signal came so long ago that nothing is waited for any more. */
static bool pg_is_stopped(struct pg *pg)
{
    int64_t now = timestamp_monotonic();

    if (stop_signal != 0 && pg->stopped_at == 0) {
        pg->stopped_at = now;
    }
    return stop_signal != 0 && now - pg->stopped_at >= (pg->is_parting ? PG_PART_MS : PG_STOP_MS);
}

/* Waits until the socket can be read (or written), 100 ms at most, so that a signal is seen. */
static bool pg_wait(struct pg *pg, short events, struct error *err)
{
    struct pollfd socket = {.fd = PQsocket(pg->connection), .events = events};
    int ready = poll(&socket, 1, PG_POLL_MS);
    bool ok = true;

    load_watch_tick(pg->watch);
    if (pg_is_stopped(pg)) {
        ok = error_set(err, ERROR_INTERRUPTED, "interrupted while waiting for PostgreSQL");
    } else if (ready < 0 && errno != EINTR) {
        ok = error_set(err, ERROR_DESTINATION, "PostgreSQL: poll: %s", strerror(errno));
    }
    return ok;
}

static const char *pg_option(const PQconninfoOption *options, const char *keyword)
{
    const char *value = NULL;

    for (; options->keyword != NULL; options++) {
        if (strcmp(options->keyword, keyword) == 0) {
            value = options->val;
        }
    }
    return value != NULL ? value : "";
}

/* One host of the comma-separated list: this machine's socket or loopback? */
static bool pg_is_local_host(struct str host)
{
    bool is_address = true;

    for (size_t i = 0; i < host.size; i++) {
        is_address = is_address && (str_is_digit(host.data[i]) || host.data[i] == '.');
    }
    return host.size == 0 || host.data[0] == '/' || host.data[0] == '@' ||
           str_is(host, "localhost") || str_is(host, "::1") ||
           (is_address && str_starts(host, "127."));
}

static bool pg_is_local(const char *hosts)
{
    bool local = true;

    while (local && hosts != NULL) {
        const char *comma = strchr(hosts, ',');
        size_t size = comma != NULL ? (size_t)(comma - hosts) : strlen(hosts);

        local = pg_is_local_host((struct str){hosts, size});
        hosts = comma != NULL ? comma + 1 : NULL;
    }
    return local;
}

/* libpq has resolved connection string, service file and environment by now, and sent nothing. */
static bool pg_check_tls(struct pg *pg, const struct load_settings *settings, struct error *err)
{
    PQconninfoOption *options = PQconninfo(pg->connection);
    bool ok = options != NULL || error_memory(err);

    if (ok && !settings->insecure) {
        const char *host = pg_option(options, "host");
        const char *address = pg_option(options, "hostaddr");
        bool local = *address != '\0' ? pg_is_local(address) : pg_is_local(host);

        if (!local && strcmp(pg_option(options, "sslmode"), "verify-full") != 0) {
            ok = error_set(err, ERROR_CONFIG,
                "destination.url: the server %s is beyond this machine and would not be verified: "
                "add sslmode=verify-full (and sslrootcert), or set destination.insecure: true",
                *host != '\0' ? host : address);
        }
    }
    PQconninfoFree(options);
    return ok;
}

/* libpq's notices go nowhere: it would print them to standard error by itself. */
static void pg_ignore_notice(void *context, const PGresult *notice)
{
    (void)context;
    (void)notice;
}

static bool pg_poll_connect(struct pg *pg, struct error *err)
{
    PostgresPollingStatusType status = PGRES_POLLING_WRITING;
    int waits = PG_CONNECT_SECONDS * 1000 / PG_POLL_MS;
    bool ok = true;

    while (ok && status != PGRES_POLLING_OK && status != PGRES_POLLING_FAILED) {
        short events = status == PGRES_POLLING_READING ? POLLIN : POLLOUT;
        struct pollfd socket = {.fd = PQsocket(pg->connection), .events = events};
        int ready = poll(&socket, 1, PG_POLL_MS);

        if (stop_signal != 0) {
            ok = error_set(err, ERROR_INTERRUPTED, "interrupted while connecting to PostgreSQL");
        } else if (ready > 0) {
            status = PQconnectPoll(pg->connection);
        } else if (waits-- <= 0) {
            ok = error_set(err, ERROR_DESTINATION, "PostgreSQL did not answer within %d seconds",
                PG_CONNECT_SECONDS);
        }
    }
    if (ok && status == PGRES_POLLING_FAILED) {
        ok = pg_fail(pg, NULL, "cannot connect", err);
    }
    return ok;
}

/* libpq's own words about a connection string would quote it, password and all. */
static bool pg_check_url(const char *url, struct error *err)
{
    char *message = NULL;
    PQconninfoOption *options = PQconninfoParse(url, &message);
    bool ok = options != NULL ||
              error_set(err, ERROR_CONFIG, "destination.url is no valid connection string");

    PQfreemem(message);
    PQconninfoFree(options);
    return ok;
}

bool pg_open(struct pg *pg, const struct load_settings *settings, struct error *err)
{
    static const char *const keywords[] = {
        "dbname", "fallback_application_name", "client_encoding", NULL};
    const char *const values[] = {settings->url, "uemsync", "UTF8", NULL};
    char lock_wait[16];
    const struct pg_variable variables[] = {
        {"schema", settings->schema}, {"lock_wait", lock_wait}, {NULL, NULL}};
    bool ok = pg_check_url(settings->url, err);

    (void)snprintf(lock_wait, sizeof lock_wait, "%d",
        settings->lock_wait_ms > 0 ? settings->lock_wait_ms : PG_LOCK_WAIT_MS);
    *pg = (struct pg){.connection = NULL};
    buffer_init(&pg->sql, PG_SQL_CEILING);
    buffer_init(&pg->queued, PG_SQL_CEILING);
    if (ok) {
        pg->connection = PQconnectStartParams(keywords, values, 1);
        ok = pg->connection != NULL ? pg_check_tls(pg, settings, err) : error_memory(err);
    }
    if (ok && PQstatus(pg->connection) == CONNECTION_BAD) {
        ok = pg_fail(pg, NULL, "cannot connect", err);
    }
    if (ok) {
        (void)PQsetNoticeReceiver(pg->connection, pg_ignore_notice, NULL);
        ok = pg_poll_connect(pg, err);
    }
    if (ok && PQsetnonblocking(pg->connection, 1) != 0) {
        ok = pg_fail(pg, NULL, "cannot set up the connection", err);
    }
    return ok && pg_run(pg, "session.sql", variables, NULL, err);
}

void pg_close(struct pg *pg)
{
    PQfinish(pg->connection);
    pg->connection = NULL;
    buffer_release(&pg->sql);
    buffer_release(&pg->queued);
}

static bool pg_is_name(char c)
{
    return (c >= 'a' && c <= 'z') || c == '_' || str_is_digit(c);
}

static const char *pg_value(const struct pg_variable *variables, struct str name)
{
    const char *value = NULL;

    for (; variables != NULL && variables->name != NULL; variables++) {
        if (str_is(name, variables->name)) {
            value = variables->value;
        }
    }
    return value;
}

bool pg_append_literal(struct pg *pg, struct buffer *out, struct str text)
{
    char *quoted = PQescapeLiteral(pg->connection, text.data, text.size);

    buffer_append_text(out, quoted != NULL ? quoted : "");
    PQfreemem(quoted);
    return quoted != NULL;
}

/* Appends a variable's value in the way that its mark asks for: ' literal, " identifier. */
static bool pg_append_value(struct pg *pg, struct buffer *sql, const char *value, char mark)
{
    char *quoted = NULL;

    if (mark == '\'') {
        quoted = PQescapeLiteral(pg->connection, value, strlen(value));
    } else if (mark == '"') {
        quoted = PQescapeIdentifier(pg->connection, value, strlen(value));
    }
    buffer_append_text(sql, quoted != NULL ? quoted : value);
    PQfreemem(quoted);
    return mark == '\0' || quoted != NULL;
}

/* Appends the statement with the variables put in as psql does. `::` is a cast and stays. */
static bool pg_expand(struct pg *pg, struct buffer *sql, const char *text,
    const struct pg_variable *variables, struct error *err)
{
    bool ok = true;

    while (ok && *text != '\0') {
        char mark = text[0] == ':' && (text[1] == '\'' || text[1] == '"') ? text[1] : '\0';
        const char *name = text + (mark != '\0' ? 2 : 1);
        size_t size = 0;

        while (text[0] == ':' && pg_is_name(name[size])) {
            size++;
        }
        if (text[0] == ':' && text[1] == ':') {
            buffer_append(sql, text, 2);
            text += 2;
        } else if (size > 0) {
            const char *value = pg_value(variables, (struct str){name, size});

            ok = value != NULL && pg_append_value(pg, sql, value, mark);
            text = name + size + (mark != '\0' ? 1 : 0);
        } else {
            buffer_append_char(sql, *text++);
        }
    }
    if (!ok || !buffer_ok(sql)) {
        ok = error_set(err, ERROR_MEMORY, "a statement cannot be put together");
    }
    return ok;
}

/* Sends what is queued; the server may want to be read meanwhile. */
static bool pg_flush(struct pg *pg, struct error *err)
{
    bool ok = true;
    int left = PQflush(pg->connection);

    while (ok && left > 0) {
        ok = pg_wait(pg, POLLIN | POLLOUT, err);
        if (ok && PQconsumeInput(pg->connection) != 1) {
            ok = pg_fail(pg, NULL, "the connection broke", err);
        }
        left = ok ? PQflush(pg->connection) : 0;
    }
    return ok && left < 0 ? pg_fail(pg, NULL, "the connection broke", err) : ok;
}

/* The next result, NULL at the end of the statement. */
static bool pg_next_result(struct pg *pg, PGresult **result, struct error *err)
{
    bool ok = true;

    *result = NULL;
    while (ok && PQisBusy(pg->connection) == 1) {
        ok = pg_wait(pg, POLLIN, err);
        if (ok && PQconsumeInput(pg->connection) != 1) {
            ok = pg_fail(pg, NULL, "the connection broke", err);
        }
    }
    if (ok) {
        *result = PQgetResult(pg->connection);
    }
    return ok;
}

/* Asks the server to end what it is doing: it would go on without us, lock and all. libpq waits for
 * the server then, however long that takes, so that a process of its own does it. Returns its id,
 * or -1. */
static pid_t pg_cancel(struct pg *pg)
{
    char message[256];
    PGcancel *cancel = PQgetCancel(pg->connection);
    pid_t child = cancel != NULL ? fork() : -1;

    if (child == 0) {
        (void)PQcancel(cancel, message, sizeof message);
        _exit(0);
    }
    PQfreeCancel(cancel);
    return child;
}

/* A statement that was not waited for to its end: the server ends it, and what it says of that is
 * read, so that the connection takes a last statement yet. */
static void pg_abandon(struct pg *pg)
{
    PGresult *result = NULL;
    struct error ignored;
    bool more = true;
    pid_t child = pg_cancel(pg);

    pg_part(pg);
    while (more) {
        more = pg_next_result(pg, &result, &ignored) && result != NULL &&
               PQresultStatus(result) != PGRES_COPY_IN;
        PQclear(result);
        result = NULL;
    }
    if (child > 0) {
        (void)kill(child, SIGKILL);
        (void)waitpid(child, NULL, 0);
    }
}

/* Appends the statement of the file. */
static bool pg_append_file(struct pg *pg, struct buffer *sql, const char *name,
    const struct pg_variable *variables, struct error *err)
{
    char path[PG_PATH_SIZE];
    const struct embedded_file *file;

    (void)snprintf(path, sizeof path, "postgres/%s", name);
    file = embedded_find(sql_files, path);
    return (file != NULL || error_set(err, ERROR_MEMORY, "no statement file %s", path)) &&
           pg_expand(pg, sql, file->text, variables, err);
}

static bool pg_send_text(struct pg *pg, const char *text, const char *name, struct error *err)
{
    return (PQsendQuery(pg->connection, text) == 1 || pg_fail(pg, NULL, name, err)) &&
           pg_flush(pg, err);
}

static bool pg_send(
    struct pg *pg, const char *name, const struct pg_variable *variables, struct error *err)
{
    buffer_clear(&pg->sql);
    return pg_append_file(pg, &pg->sql, name, variables, err) &&
           pg_send_text(pg, buffer_text(&pg->sql), name, err);
}

static bool pg_result_is_good(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);

    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ||
           status == PGRES_SINGLE_TUPLE || status == PGRES_COPY_IN;
}

/* Reads the statement's results to their end, whatever they are, and keeps the first. */
static bool pg_take_result(struct pg *pg, const char *name, PGresult **kept, struct error *err)
{
    PGresult *result = NULL;
    bool ok = pg_next_result(pg, &result, err);

    *kept = NULL;
    while (result != NULL) {
        if (ok && !pg_result_is_good(result)) {
            ok = pg_fail(pg, result, name, err);
        }
        if (*kept == NULL) {
            *kept = result;
        } else {
            PQclear(result);
        }
        result = NULL;
        if (PQresultStatus(*kept) != PGRES_COPY_IN) {
            struct error later;

            (void)pg_next_result(pg, &result, ok ? err : &later);
        }
    }
    if (!ok && err->kind == ERROR_INTERRUPTED) {
        pg_abandon(pg);
    }
    return ok;
}

bool pg_run(struct pg *pg, const char *name, const struct pg_variable *variables, PGresult **result,
    struct error *err)
{
    PGresult *taken = NULL;
    bool ok = pg_send(pg, name, variables, err) && pg_take_result(pg, name, &taken, err);

    if (ok && result != NULL) {
        *result = taken;
    } else {
        PQclear(taken);
    }
    return ok;
}

bool pg_run_count(struct pg *pg, const char *name, const struct pg_variable *variables,
    int64_t *rows, struct error *err)
{
    PGresult *result = NULL;
    bool ok = pg_run(pg, name, variables, &result, err);

    if (ok) {
        *rows = strtoll(PQcmdTuples(result), NULL, 10);
    }
    PQclear(result);
    return ok;
}

bool pg_run_each(struct pg *pg, const char *name, const struct pg_variable *variables,
    pg_row_fn *each, void *context, struct error *err)
{
    PGresult *result = NULL;
    bool ok = pg_send(pg, name, variables, err);
    bool more = ok;

    if (ok && PQsetSingleRowMode(pg->connection) != 1) {
        ok = pg_fail(pg, NULL, name, err);
    }
    while (more) {
        struct error later;

        more = pg_next_result(pg, &result, ok ? err : &later);
        ok = ok && more;
        more = more && result != NULL;
        if (ok && more && !pg_result_is_good(result)) {
            ok = pg_fail(pg, result, name, err);
        } else if (ok && more && PQresultStatus(result) == PGRES_SINGLE_TUPLE) {
            ok = each(context, result, err);
        }
        PQclear(result);
        result = NULL;
    }
    if (!ok && err->kind == ERROR_INTERRUPTED) {
        pg_abandon(pg);
    }
    return ok;
}

static bool pg_execute(struct pg *pg, const char *text, const char *name, struct error *err)
{
    PGresult *result = NULL;
    bool ok = pg_send_text(pg, text, name, err) && pg_take_result(pg, name, &result, err);

    PQclear(result);
    return ok;
}

bool pg_be_reader(struct pg *pg, struct error *err)
{
    pg->role = PG_READER;
    return pg_run(pg, "session_reader.sql", NULL, NULL, err);
}

bool pg_queue(
    struct pg *pg, const char *name, const struct pg_variable *variables, struct error *err)
{
    return pg_append_file(pg, &pg->queued, name, variables, err);
}

bool pg_run_queued(struct pg *pg, const char *what, struct error *err)
{
    bool ok = pg->queued.size == 0 || pg_execute(pg, buffer_text(&pg->queued), what, err);

    buffer_clear(&pg->queued);
    return ok;
}

bool pg_begin(struct pg *pg, struct error *err)
{
    return pg_execute(pg, "BEGIN", "BEGIN", err);
}

/* Whether it was done is known from its answer alone: a signal does not cut that short. */
bool pg_commit(struct pg *pg, struct error *err)
{
    bool is_parting = pg->is_parting;
    bool ok;

    pg_part(pg);
    ok = pg_execute(pg, "COMMIT", "COMMIT", err);
    pg->is_parting = is_parting;
    return ok;
}

bool pg_savepoint(struct pg *pg, struct error *err)
{
    pg->lock_missed = false;
    return pg_execute(pg, "SAVEPOINT place", "SAVEPOINT", err);
}

bool pg_savepoint_back(struct pg *pg, struct error *err)
{
    return pg_execute(pg, "ROLLBACK TO SAVEPOINT place", "ROLLBACK", err);
}

/* A rollback that fails leaves nothing to do: closing the connection rolls back as well. */
void pg_rollback(struct pg *pg)
{
    struct error ignored;

    if (PQtransactionStatus(pg->connection) == PQTRANS_INTRANS ||
        PQtransactionStatus(pg->connection) == PQTRANS_INERROR) {
        (void)pg_execute(pg, "ROLLBACK", "ROLLBACK", &ignored);
    }
}

bool pg_copy_begin(
    struct pg *pg, const char *name, const struct pg_variable *variables, struct error *err)
{
    return pg_run(pg, name, variables, NULL, err);
}

/* What was handed over before is sent first, and what is handed over now as far as the server takes
 * it at once: it works on these bytes while the next ones are made. So libpq holds one piece at
 * most. */
bool pg_copy_bytes(struct pg *pg, const char *bytes, size_t size, struct error *err)
{
    bool ok = pg_flush(pg, err);
    int put = ok ? PQputCopyData(pg->connection, bytes, (int)size) : 0;

    while (ok && put == 0) {
        ok = pg_wait(pg, POLLIN | POLLOUT, err);
        if (ok && PQconsumeInput(pg->connection) != 1) {
            ok = pg_fail(pg, NULL, "the connection broke", err);
        }
        put = ok ? PQputCopyData(pg->connection, bytes, (int)size) : 0;
    }
    if (ok && put < 0) {
        ok = pg_fail(pg, NULL, "COPY", err);
    }
    if (ok && PQflush(pg->connection) < 0) {
        ok = pg_fail(pg, NULL, "COPY", err);
    }
    return ok;
}

bool pg_copy_end(struct pg *pg, bool failed, struct error *err)
{
    const char *message = failed ? "uemsync gave the rows up" : NULL;
    int put = PQputCopyEnd(pg->connection, message);
    PGresult *result = NULL;
    struct error expected;
    bool ok = true;

    while (ok && put == 0) {
        ok = pg_wait(pg, POLLOUT, err);
        put = ok ? PQputCopyEnd(pg->connection, message) : 0;
    }
    if (ok && put < 0) {
        ok = pg_fail(pg, NULL, "COPY", err);
    }
    ok = ok && pg_flush(pg, err) && pg_take_result(pg, "COPY", &result, failed ? &expected : err);
    PQclear(result);
    return ok || failed;
}
