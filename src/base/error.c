#include "base/error.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"

static const struct {
    const char *name;
    int exit_code;
} error_kinds[] = {
    [ERROR_NONE] = {"none", 0},
    [ERROR_USAGE] = {"usage", 2},
    [ERROR_CONFIG] = {"configuration", 2},
    [ERROR_CREDENTIALS] = {"credentials", 3},
    [ERROR_ROLE] = {"role", 3},
    [ERROR_SERVER] = {"server", 4},
    [ERROR_DESTINATION] = {"destination", 5},
    [ERROR_GUARD] = {"removal guard", 6},
    [ERROR_BUSY] = {"busy", 75},
    [ERROR_INTERRUPTED] = {"interrupted", 130},
    [ERROR_RECORD] = {"record", 1},
    [ERROR_MEMORY] = {"memory", 70},
    [ERROR_PIPE] = {"broken pipe", 141},
    [ERROR_PROCESS] = {"process", 70},
};
static_assert(sizeof error_kinds / sizeof *error_kinds == ERROR_KIND_COUNT, "a row a kind");

bool error_set(struct error *err, enum error_kind kind, const char *format, ...)
{
    va_list arguments;

    err->kind = kind;
    va_start(arguments, format);
    (void)vsnprintf(err->text, sizeof err->text, format, arguments);
    va_end(arguments);
    str_make_line(err->text);
    return false;
}

static void error_prepend(struct error *err, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

static void error_prepend(struct error *err, const char *format, va_list arguments)
{
    char before[ERROR_TEXT_SIZE];
    size_t length;

    memcpy(before, err->text, sizeof before);
    (void)vsnprintf(err->text, sizeof err->text, format, arguments);
    length = strlen(err->text);
    (void)snprintf(err->text + length, sizeof err->text - length, ": %s", before);
    str_make_line(err->text);
}

bool error_context(struct error *err, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    error_prepend(err, format, arguments);
    va_end(arguments);
    return false;
}

bool error_context_of_server(struct error *err, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    if (err->kind == ERROR_SERVER || err->kind == ERROR_CREDENTIALS || err->kind == ERROR_ROLE) {
        error_prepend(err, format, arguments);
    }
    va_end(arguments);
    return false;
}

bool error_memory(struct error *err)
{
    return error_set(err, ERROR_MEMORY, "out of memory");
}

void error_clear(struct error *err)
{
    err->kind = ERROR_NONE;
    err->text[0] = '\0';
}

int error_exit_code(enum error_kind kind)
{
    return error_kinds[kind].exit_code;
}

const char *error_kind_name(enum error_kind kind)
{
    return error_kinds[kind].name;
}
