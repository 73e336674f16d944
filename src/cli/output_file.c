#include "cli/output_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Whether there is something that a rename would destroy. */
static bool output_is_special(const char *path, mode_t *mode)
{
    struct stat what;
    bool is_there = stat(path, &what) == 0;

    *mode = is_there ? what.st_mode & 07777 : S_IRUSR | S_IWUSR;
    return is_there && !S_ISREG(what.st_mode);
}

static int output_make(struct output_file *file)
{
    int made = -1;

    file->target = realpath(file->path, NULL);
    if (file->target == NULL && errno == ENOENT) {
        file->target = strdup(file->path);
    }
    if (file->target != NULL &&
        snprintf(file->made, sizeof file->made, "%s.part", file->target) < CLI_PATH_SIZE) {
        made = open(
            file->made, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    }
    if (made >= 0 && fchmod(made, file->mode) != 0) {
        (void)close(made);
        made = -1;
    }
    return made;
}

/* Named is what the user did, unless it is what stands beside it that is in the way. */
static bool output_fail_open(const struct output_file *file, struct error *err)
{
    const char *reason = strerror(errno);
    struct stat what;
    bool is_in_the_way = file->target != NULL && lstat(file->made, &what) == 0;

    return error_set(
        err, ERROR_DESTINATION, "%s: %s", is_in_the_way ? file->made : file->path, reason);
}

bool output_open(struct output_file *file, const char *path, struct error *err)
{
    bool ok = true;

    *file = (struct output_file){.path = path, .out = stdout};
    if (path != NULL) {
        int made = output_is_special(path, &file->mode) ? open(path, O_WRONLY | O_CLOEXEC)
                                                        : output_make(file);

        file->out = made >= 0 ? fdopen(made, "w") : NULL;
        ok = file->out != NULL || output_fail_open(file, err);
    }
    return ok;
}

bool output_fail(const struct output_file *file, struct error *err)
{
    bool is_pipe = file->path == NULL && errno == EPIPE;

    return error_set(err, is_pipe ? ERROR_PIPE : ERROR_DESTINATION, "%s: %s",
        file->path != NULL ? file->path : "standard output", strerror(errno));
}

bool output_close(struct output_file *file, bool whole, struct error *err)
{
    bool ok = true;

    if (file->path != NULL && file->out != NULL) {
        bool is_plain = file->target != NULL;

        ok = fflush(file->out) == 0 && (!whole || !is_plain || fsync(fileno(file->out)) == 0);
        ok = fclose(file->out) == 0 && ok;
        if (ok && whole && is_plain) {
            ok = rename(file->made, file->target) == 0;
        }
        if (!ok && whole) {
            (void)error_set(err, ERROR_DESTINATION, "%s: %s", file->path, strerror(errno));
        }
        if (is_plain && (!ok || !whole)) {
            (void)unlink(file->made);
        }
    }
    free(file->target);
    return ok;
}
