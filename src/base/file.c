#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_PIECE = 16 * 1024 };

bool file_read(const char *path, struct buffer *bytes, struct error *err)
{
    char piece[FILE_PIECE];
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = file >= 0 ? 1 : -1;
    bool ok = true;

    while (got > 0 && buffer_ok(bytes)) {
        got = read(file, piece, sizeof piece);
        if (got > 0) {
            buffer_append(bytes, piece, (size_t)got);
        } else if (got < 0 && errno == EINTR) {
            got = 1;
        }
    }
    if (got < 0) {
        ok = error_set(err, ERROR_CONFIG, "cannot read %s: %s", path, strerror(errno));
    } else if (!buffer_ok(bytes)) {
        ok = error_set(err, ERROR_CONFIG, "%s is larger than %zu bytes", path, bytes->ceiling);
    }
    if (file >= 0) {
        (void)close(file);
    }
    return ok;
}

/* Takes "./" from the front, and "/." or "/" from the end. */
static struct str file_plain(const char *path)
{
    struct str plain;

    while (path[0] == '.' && path[1] == '/') {
        path += 2;
        path += strspn(path, "/");
    }
    plain = str_of(path);
    if (str_is(plain, ".")) {
        plain.size = 0;
    }
    while (plain.size > 0 && (plain.data[plain.size - 1] == '/' ||
                                 (plain.size > 1 && plain.data[plain.size - 1] == '.' &&
                                     plain.data[plain.size - 2] == '/'))) {
        plain.size--;
    }
    return plain;
}

char *file_absolute(const char *path)
{
    char *folder = path[0] != '/' ? getcwd(NULL, 0) : NULL;
    struct str plain = file_plain(path);
    bool is_root = folder != NULL && strcmp(folder, "/") == 0;
    char *absolute = NULL;

    if (folder == NULL) {
        absolute = strdup(path);
    } else if (asprintf(&absolute, "%s%s%.*s", is_root ? "" : folder,
                   is_root || plain.size > 0 ? "/" : "", (int)plain.size, plain.data) < 0) {
        absolute = NULL;
    }
    free(folder);
    return absolute;
}

static bool file_fail(const char *path, const char *what, struct error *err)
{
    return error_set(err, ERROR_CONFIG, "cannot %s %s: %s", what, path, strerror(errno));
}

bool file_is_there(const char *path, bool *there, struct error *err)
{
    struct stat info;
    bool ok = true;

    *there = stat(path, &info) == 0;
    if (*there && !S_ISREG(info.st_mode)) {
        ok = error_set(err, ERROR_CONFIG, "%s is no plain file", path);
    } else if (!*there && errno != ENOENT) {
        ok = file_fail(path, "look at", err);
    }
    return ok;
}

static bool file_put(int file, struct str bytes)
{
    size_t done = 0;
    bool ok = true;

    while (ok && done < bytes.size) {
        ssize_t put = write(file, bytes.data + done, bytes.size - done);

        done += put > 0 ? (size_t)put : 0;
        ok = put > 0 || (put < 0 && errno == EINTR);
    }
    return ok;
}

bool file_replace(const char *path, struct str bytes, mode_t mode, struct error *err)
{
    static const char mark[] = ".XXXXXX";
    char *made = malloc(strlen(path) + sizeof mark);
    bool there = false;
    bool ok = (made != NULL || error_memory(err)) && file_is_there(path, &there, err);
    int file = -1;

    if (ok) {
        (void)snprintf(made, strlen(path) + sizeof mark, "%s%s", path, mark);
        file = mkstemp(made);
        ok = file >= 0 || file_fail(path, "make a file beside", err);
    }
    if (file >= 0) {
        ok = file_put(file, bytes) && fchmod(file, mode) == 0;
        ok = close(file) == 0 && ok;
        ok = ok && rename(made, path) == 0;
        if (!ok) {
            (void)file_fail(path, "write", err);
            (void)unlink(made);
        }
    }
    free(made);
    return ok;
}
