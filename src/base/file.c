#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
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
