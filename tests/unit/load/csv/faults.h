/* The n-th call to the file system fails, or the program dies before or after it. For one test
 * program alone: it stands before the system's own functions. */
#ifndef UEMSYNC_TESTS_UNIT_LOAD_CSV_FAULTS_H
#define UEMSYNC_TESTS_UNIT_LOAD_CSV_FAULTS_H

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* FAULT_DIE_SWITCHED: behind the rename that lets the link lead to the new snapshot. */
enum fault_mode {
    FAULT_NONE,
    FAULT_FAIL,
    FAULT_DIE_BEFORE,
    FAULT_DIE_AFTER,
    FAULT_DIE_SWITCHED,
};

/* Set by the tests, read by the calls below, which stand before the system's. */
static enum fault_mode fault_mode;
static int fault_left;

static bool fault_begin(void)
{
    bool fails = false;

    if (fault_mode != FAULT_NONE && fault_mode != FAULT_DIE_SWITCHED && --fault_left == 0) {
        if (fault_mode == FAULT_DIE_BEFORE) {
            _exit(9);
        }
        fails = fault_mode == FAULT_FAIL;
        errno = EIO;
    }
    return fails;
}

static long fault_end(long result)
{
    if (fault_mode == FAULT_DIE_AFTER && fault_left == 0) {
        _exit(9);
    }
    return result;
}

/* The system's own function, as the type of a function pointer. */
static void fault_find(const char *name, void *function, size_t size)
{
    void *found = dlsym(RTLD_NEXT, name);

    assert_non_null(found);
    memcpy(function, &found, size);
}

/* Only the program dies here, and never the machine: without the waiting. */
int fsync(int fd)
{
    (void)fd;
    return fault_begin() ? -1 : (int)fault_end(0);
}

int renameat(int from, const char *a, int to, const char *b)
{
    int (*next)(int, const char *, int, const char *) = NULL;

    fault_find("renameat", &next, sizeof next);
    if (fault_mode == FAULT_DIE_SWITCHED && strcmp(a, "link") == 0) {
        _exit(next(from, a, to, b) == 0 ? 9 : 1);
    }
    return fault_begin() ? -1 : (int)fault_end(next(from, a, to, b));
}

int symlinkat(const char *target, int fd, const char *name)
{
    int (*next)(const char *, int, const char *) = NULL;

    fault_find("symlinkat", &next, sizeof next);
    return fault_begin() ? -1 : (int)fault_end(next(target, fd, name));
}

int linkat(int from, const char *a, int to, const char *b, int flags)
{
    int (*next)(int, const char *, int, const char *, int) = NULL;

    fault_find("linkat", &next, sizeof next);
    return fault_begin() ? -1 : (int)fault_end(next(from, a, to, b, flags));
}

int mkdirat(int fd, const char *name, mode_t mode)
{
    int (*next)(int, const char *, mode_t) = NULL;

    fault_find("mkdirat", &next, sizeof next);
    return fault_begin() ? -1 : (int)fault_end(next(fd, name, mode));
}

int unlinkat(int fd, const char *name, int flags)
{
    int (*next)(int, const char *, int) = NULL;

    fault_find("unlinkat", &next, sizeof next);
    return fault_begin() ? -1 : (int)fault_end(next(fd, name, flags));
}

int openat(int fd, const char *name, int flags, ...)
{
    int (*next)(int, const char *, int, ...) = NULL;
    mode_t mode = 0;

    if ((flags & O_CREAT) != 0) {
        va_list arguments;

        va_start(arguments, flags);
        mode = va_arg(arguments, mode_t);
        va_end(arguments);
    }
    fault_find("openat", &next, sizeof next);
    return fault_begin() ? -1 : (int)fault_end(next(fd, name, flags, mode));
}

int fchmod(int fd, mode_t mode)
{
    int (*next)(int, mode_t) = NULL;

    fault_find("fchmod", &next, sizeof next);
    return fault_begin() ? -1 : (int)fault_end(next(fd, mode));
}

ssize_t write(int fd, const void *bytes, size_t size)
{
    ssize_t (*next)(int, const void *, size_t) = NULL;

    fault_find("write", &next, sizeof next);
    return fault_begin() ? -1 : fault_end(next(fd, bytes, size));
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at)
{
    ssize_t (*next)(int, const void *, size_t, off_t) = NULL;

    fault_find("pwrite", &next, sizeof next);
    return fault_begin() ? -1 : fault_end(next(fd, bytes, size, at));
}

int ftruncate(int fd, off_t size)
{
    int (*next)(int, off_t) = NULL;

    fault_find("ftruncate", &next, sizeof next);
    return fault_begin() ? -1 : (int)fault_end(next(fd, size));
}

#endif
