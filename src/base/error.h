/* Errors as values: a caller-supplied struct that names what went wrong and gathers context on
 * its way up ("reading page 14 of device: ..."). Only the command layer prints one.
 *
 * A function that can fail returns true when it did its work; on false `err` is set. */
#ifndef UEMSYNC_BASE_ERROR_H
#define UEMSYNC_BASE_ERROR_H

#include <stdbool.h>

enum error_kind {
    ERROR_NONE,
    ERROR_USAGE,       /* the command line is wrong; nothing was called */
    ERROR_CONFIG,      /* the configuration or a mapping file is wrong; nothing was called */
    ERROR_CREDENTIALS, /* the server refused the user, the password or the certificate (401) */
    ERROR_ROLE,        /* the server knows the user and refuses the call (403) */
    ERROR_SERVER,      /* the server was not reached or did not answer properly */
    ERROR_DESTINATION, /* the destination was not reached, or not to be written */
    ERROR_GUARD,       /* more would go than `max_removal` allows */
    ERROR_BUSY,        /* another run of this tenant is under way */
    ERROR_INTERRUPTED, /* SIGINT, SIGTERM or SIGHUP asked for an end */
    ERROR_RECORD,      /* one record is unusable; costs that record and never ends a run */
    ERROR_MEMORY,      /* no memory, or an internal ceiling reached */
    ERROR_PIPE,        /* who read standard output has gone, as `head` does: nothing to tell of */
    ERROR_PROCESS,     /* the process of a run died, or could not be made */
    ERROR_KIND_COUNT
};

enum { ERROR_TEXT_SIZE = 1024 };

struct error {
    enum error_kind kind;
    char text[ERROR_TEXT_SIZE]; /* one line, cut at the end when it grows too long */
};

/* Sets the error; what it held before is gone. Returns false, for `ok = error_set(...)`.
 * Parts of it may come from a server: the result goes through str_make_line. */
bool error_set(struct error *err, enum error_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Puts "CONTEXT: " before the text, keeping the kind. Returns false. */
bool error_context(struct error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* As error_context, for an error that the server or the way to it made; any other is left as it is,
 * as the call that was under way has no part in it. Returns false. */
bool error_context_of_server(struct error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Sets ERROR_MEMORY. Returns false. */
bool error_memory(struct error *err);

void error_clear(struct error *err);

/* The exit code of the program for a kind (the product's table; 70, "internal", for memory
 * and processes).
 * ERROR_INTERRUPTED gives 130; the command layer knows the signal and corrects it. */
int error_exit_code(enum error_kind kind);

/* A stable word for logs and JSON, such as "credentials". */
const char *error_kind_name(enum error_kind kind);

#endif
