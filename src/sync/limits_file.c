#include "sync/limits_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* The bytes that are locked. */
enum {
    LIMITS_GATE, /* by who opens or leaves the file */
    LIMITS_USE,  /* by who uses it, for reading; who gets it for writing is alone */
};

/* A lock of the open file, not of the process: children have it, too. */
static bool limits_file_lock(const struct limits_file *file, off_t byte, short type, int how)
{
    int result;

    do {
        struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};

        result = fcntl(file->file, how, &lock);
    } while (result != 0 && errno == EINTR);
    return result == 0;
}

bool limits_file_open(struct limits_file *file, const char *path, bool *is_first, struct error *err)
{
    bool ok;

    file->file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    ok = file->file >= 0 && limits_file_lock(file, LIMITS_GATE, F_WRLCK, F_OFD_SETLKW);
    *is_first = ok && limits_file_lock(file, LIMITS_USE, F_WRLCK, F_OFD_SETLK);
    ok = ok && (*is_first || errno == EAGAIN || errno == EACCES);
    if (!ok) {
        (void)error_set(err, ERROR_PROCESS, "%s: %s", path, strerror(errno));
        limits_file_close(file);
    }
    return ok;
}

bool limits_file_opened(const struct limits_file *file, struct error *err)
{
    bool ok = limits_file_lock(file, LIMITS_USE, F_RDLCK, F_OFD_SETLK) &&
              limits_file_lock(file, LIMITS_GATE, F_UNLCK, F_OFD_SETLK);

    return ok || error_set(err, ERROR_PROCESS, "%s", strerror(errno));
}

bool limits_file_is_last(const struct limits_file *file)
{
    return file->file < 0 || (limits_file_lock(file, LIMITS_GATE, F_WRLCK, F_OFD_SETLKW) &&
                                 limits_file_lock(file, LIMITS_USE, F_WRLCK, F_OFD_SETLK));
}

void limits_file_close(struct limits_file *file)
{
    if (file->file >= 0) {
        (void)close(file->file);
        file->file = -1;
    }
}
