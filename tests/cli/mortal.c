/* The program as tests kill it: linked with --wrap, so that the calls of its own objects by which a
 * run leaves a trace (in files, in PostgreSQL, on the server) come through here first. Each is a
 * step. UEMSYNC_STEPS=FILE gets a line a step, and with UEMSYNC_DIES_AT=N the program kills itself
 * ahead of the N-th, or of the first whose line has the text N: the last line of FILE says before
 * what. With UEMSYNC_STOPS_AT=N it only stops there, once, until SIGCONT. */
#include <curl/multi.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* The linker's names. */
int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __real_openat(int folder, const char *name, int flags, ...);
int __wrap_openat(int folder, const char *name, int flags, ...);
int __real_flock(int file, int operation);
int __wrap_flock(int file, int operation);
ssize_t __real_write(int file, const void *bytes, size_t size);
ssize_t __wrap_write(int file, const void *bytes, size_t size);
int __real_fsync(int file);
int __wrap_fsync(int file);
int __real_mkdirat(int folder, const char *name, mode_t mode);
int __wrap_mkdirat(int folder, const char *name, mode_t mode);
int __real_linkat(int from, const char *old, int to, const char *name, int flags);
int __wrap_linkat(int from, const char *old, int to, const char *name, int flags);
int __real_symlinkat(const char *target, int folder, const char *name);
int __wrap_symlinkat(const char *target, int folder, const char *name);
int __real_renameat(int from, const char *old, int to, const char *name);
int __wrap_renameat(int from, const char *old, int to, const char *name);
int __real_rename(const char *old, const char *name);
int __wrap_rename(const char *old, const char *name);
int __real_unlinkat(int folder, const char *name, int flags);
int __wrap_unlinkat(int folder, const char *name, int flags);
int __real_PQsendQuery(PGconn *connection, const char *query);
int __wrap_PQsendQuery(PGconn *connection, const char *query);
int __real_PQflush(PGconn *connection);
int __wrap_PQflush(PGconn *connection);
int __real_PQputCopyData(PGconn *connection, const char *bytes, int size);
int __wrap_PQputCopyData(PGconn *connection, const char *bytes, int size);
int __real_PQputCopyEnd(PGconn *connection, const char *message);
int __wrap_PQputCopyEnd(PGconn *connection, const char *message);
void __real_PQfinish(PGconn *connection);
void __wrap_PQfinish(PGconn *connection);
CURLMcode __real_curl_multi_add_handle(CURLM *multi, CURL *easy);
CURLMcode __wrap_curl_multi_add_handle(CURLM *multi, CURL *easy);
CURLMcode __real_curl_multi_remove_handle(CURLM *multi, CURL *easy);
CURLMcode __wrap_curl_multi_remove_handle(CURLM *multi, CURL *easy);

enum { STEP_SIZE = 160 };

/* A statement is cut, and its line ends go. */
static void step_write(char line[STEP_SIZE], const char *call, const char *what)
{
    int size = snprintf(line, STEP_SIZE, "%s %.120s", call, what);

    for (int i = 0; i < size; i++) {
        line[i] = line[i] == '\n' ? ' ' : line[i];
    }
}

static void step_tell(const char *line)
{
    static int file = -1;
    const char *path = getenv("UEMSYNC_STEPS");

    if (file < 0 && path != NULL) {
        file = __real_open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    }
    if (file >= 0 && dprintf(file, "%s\n", line) < 0) {
        abort();
    }
}

/* Whether the environment's `variable` means this step. */
static bool step_is(const char *variable, const char *line, long steps)
{
    const char *wanted = getenv(variable);
    char *end = NULL;
    long at = wanted != NULL ? strtol(wanted, &end, 10) : 0;

    return wanted != NULL && (*end == '\0' ? steps == at : strstr(line, wanted) != NULL);
}

static void step(const char *call, const char *what)
{
    static long steps;
    static bool has_stopped;
    char line[STEP_SIZE];

    step_write(line, call, what);
    step_tell(line);
    steps++;
    if (!has_stopped && step_is("UEMSYNC_STOPS_AT", line, steps)) {
        has_stopped = true;
        (void)raise(SIGSTOP);
    }
    if (step_is("UEMSYNC_DIES_AT", line, steps)) {
        (void)raise(SIGKILL);
    }
}

int __wrap_open(const char *path, int flags, ...)
{
    mode_t mode = 0;

    if ((flags & O_CREAT) != 0) {
        va_list arguments;

        va_start(arguments, flags);
        mode = va_arg(arguments, mode_t);
        va_end(arguments);
        step("open", path);
    }
    return __real_open(path, flags, mode);
}

/* To open what is there leaves no trace. */
int __wrap_openat(int folder, const char *name, int flags, ...)
{
    mode_t mode = 0;

    if ((flags & O_CREAT) != 0) {
        va_list arguments;

        va_start(arguments, flags);
        mode = va_arg(arguments, mode_t);
        va_end(arguments);
        step("openat", name);
    }
    return __real_openat(folder, name, flags, mode);
}

int __wrap_flock(int file, int operation)
{
    step("flock", "");
    return __real_flock(file, operation);
}

ssize_t __wrap_write(int file, const void *bytes, size_t size)
{
    step("write", "");
    return __real_write(file, bytes, size);
}

int __wrap_fsync(int file)
{
    step("fsync", "");
    return __real_fsync(file);
}

int __wrap_mkdirat(int folder, const char *name, mode_t mode)
{
    step("mkdirat", name);
    return __real_mkdirat(folder, name, mode);
}

int __wrap_linkat(int from, const char *old, int to, const char *name, int flags)
{
    step("linkat", name);
    return __real_linkat(from, old, to, name, flags);
}

int __wrap_symlinkat(const char *target, int folder, const char *name)
{
    step("symlinkat", target);
    return __real_symlinkat(target, folder, name);
}

int __wrap_renameat(int from, const char *old, int to, const char *name)
{
    step("renameat", name);
    return __real_renameat(from, old, to, name);
}

int __wrap_rename(const char *old, const char *name)
{
    step("rename", name);
    return __real_rename(old, name);
}

int __wrap_unlinkat(int folder, const char *name, int flags)
{
    step("unlinkat", name);
    return __real_unlinkat(folder, name, flags);
}

int __wrap_PQsendQuery(PGconn *connection, const char *query)
{
    step("PQsendQuery", query);
    return __real_PQsendQuery(connection, query);
}

int __wrap_PQflush(PGconn *connection)
{
    step("PQflush", "");
    return __real_PQflush(connection);
}

int __wrap_PQputCopyData(PGconn *connection, const char *bytes, int size)
{
    step("PQputCopyData", "");
    return __real_PQputCopyData(connection, bytes, size);
}

int __wrap_PQputCopyEnd(PGconn *connection, const char *message)
{
    step("PQputCopyEnd", "");
    return __real_PQputCopyEnd(connection, message);
}

void __wrap_PQfinish(PGconn *connection)
{
    step("PQfinish", "");
    __real_PQfinish(connection);
}

CURLMcode __wrap_curl_multi_add_handle(CURLM *multi, CURL *easy)
{
    step("curl_multi_add_handle", "");
    return __real_curl_multi_add_handle(multi, easy);
}

CURLMcode __wrap_curl_multi_remove_handle(CURLM *multi, CURL *easy)
{
    step("curl_multi_remove_handle", "");
    return __real_curl_multi_remove_handle(multi, easy);
}
