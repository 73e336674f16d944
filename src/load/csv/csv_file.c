#include "load/csv/csv_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/stop.h"

enum { CSV_FILE_BLOCK = 32 * 1024, CSV_FILE_PERMISSIONS = 0600, CSV_TICK_STEPS = 1024 };

static bool csv_file_error(const struct csv_file *file, const char *what, struct error *err)
{
    const char *reason = strerror(errno);

    return error_set(err, ERROR_DESTINATION, "%s: cannot %s: %s", file->path, what, reason);
}

bool csv_file_create(struct csv_file *file, const struct csv_folder *folder, const char *name,
    enum csv_file_mode mode, struct error *err)
{
    bool ok = true;

    *file = (struct csv_file){
        .fd = -1, .path = csv_folder_path(folder, name), .block = malloc(CSV_FILE_BLOCK)};
    if (file->path == NULL || file->block == NULL) {
        ok = error_memory(err);
    } else if (mode == CSV_FILE_DURABLE) {
        file->hash = hash_new(err);
        ok = file->hash != NULL;
    }
    if (ok) {
        file->fd = openat(folder->fd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
            CSV_FILE_PERMISSIONS);
        /* The umask may have taken bits away that the next run needs. */
        ok = (file->fd >= 0 && fchmod(file->fd, CSV_FILE_PERMISSIONS) == 0) ||
             csv_file_error(file, "create", err);
    }
    if (!ok) {
        csv_file_release(file);
    }
    return ok;
}

static bool csv_file_write_all(struct csv_file *file, struct str bytes, struct error *err)
{
    bool ok = file->hash == NULL || hash_add(file->hash, bytes.data, bytes.size, err);

    while (ok && bytes.size > 0) {
        ssize_t written = write(file->fd, bytes.data, bytes.size);

        if (written >= 0) {
            bytes.data += written;
            bytes.size -= (size_t)written;
        } else if (errno != EINTR) {
            ok = csv_file_error(file, "write", err);
        }
    }
    return ok;
}

bool csv_file_flush(struct csv_file *file, struct error *err)
{
    bool ok = csv_file_write_all(file, (struct str){file->block, file->used}, err);

    file->used = 0;
    return ok;
}

bool csv_file_write(struct csv_file *file, struct str bytes, struct error *err)
{
    bool ok = bytes.size <= CSV_FILE_BLOCK - file->used || csv_file_flush(file, err);

    if (ok && bytes.size > CSV_FILE_BLOCK) {
        ok = csv_file_write_all(file, bytes, err);
    } else if (ok && bytes.size > 0) {
        memcpy(file->block + file->used, bytes.data, bytes.size);
        file->used += bytes.size;
    }
    file->bytes += (int64_t)bytes.size;
    return ok;
}

bool csv_file_finish(struct csv_file *file, char sha256[HASH_HEX_SIZE], struct error *err)
{
    char unused[HASH_HEX_SIZE];
    bool ok = csv_file_flush(file, err);

    if (ok && file->hash != NULL) {
        ok = hash_end_hex(file->hash, sha256 != NULL ? sha256 : unused, err) &&
             (fsync(file->fd) == 0 || csv_file_error(file, "sync", err));
    }
    if (ok) {
        int fd = file->fd;

        file->fd = -1;
        ok = close(fd) == 0 || csv_file_error(file, "close", err);
    }
    csv_file_release(file);
    return ok;
}

void csv_file_release(struct csv_file *file)
{
    if (file->path != NULL && file->fd >= 0) {
        (void)close(file->fd);
    }
    hash_free(file->hash);
    free(file->block);
    free(file->path);
    *file = (struct csv_file){0};
}

static bool csv_input_error(const struct csv_input *input, const char *what, struct error *err)
{
    const char *reason = strerror(errno);

    return error_set(err, ERROR_DESTINATION, "%s: cannot %s: %s", input->path, what, reason);
}

bool csv_input_damaged(const struct csv_input *input, const char *what, struct error *err)
{
    return error_set(err, ERROR_DESTINATION,
        "%s: is damaged (%s); restore it, or remove the link that is the tenant's folder, and sync",
        input->path, what);
}

/* O_NONBLOCK: a fifo in a file's place must not hold us. */
static bool csv_input_open_file(struct csv_input *input, const struct csv_folder *folder,
    const char *name, bool *found, struct error *err)
{
    struct stat info;
    bool ok = true;

    input->fd = openat(folder->fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (input->fd < 0 && errno == ENOENT && found != NULL) {
        *found = false;
    } else if (input->fd < 0) {
        ok = csv_input_error(input, "open", err);
    } else if (fstat(input->fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        ok = error_set(err, ERROR_DESTINATION, "%s: is no plain file", input->path);
    }
    return ok;
}

bool csv_input_open(struct csv_input *input, const struct csv_folder *folder, const char *name,
    size_t ceiling, bool *found, struct error *err)
{
    bool ok = true;

    *input = (struct csv_input){.fd = -1,
        .path = csv_folder_path(folder, name),
        .block = malloc(CSV_FILE_BLOCK),
        .capacity = CSV_FILE_BLOCK,
        .ceiling = ceiling};
    if (found != NULL) {
        *found = true;
    }
    if (input->path == NULL || input->block == NULL) {
        ok = error_memory(err);
    } else {
        ok = csv_input_open_file(input, folder, name, found, err);
    }
    if (!ok || input->fd < 0) {
        csv_input_release(input);
    }
    return ok;
}

void csv_input_release(struct csv_input *input)
{
    if (input->path != NULL && input->fd >= 0) {
        (void)close(input->fd);
    }
    free(input->block);
    free(input->path);
    *input = (struct csv_input){0};
}

/* Room for at least one byte more behind `end`: what was handed out goes, then the block grows. */
static bool csv_input_make_room(struct csv_input *input, struct error *err)
{
    bool ok = true;

    if (input->begin > 0) {
        memmove(input->block, input->block + input->begin, input->end - input->begin);
        input->end -= input->begin;
        input->begin = 0;
    }
    if (input->end == input->capacity) {
        size_t capacity = input->capacity * 2;
        char *block = NULL;

        if (input->capacity >= input->ceiling) {
            ok = csv_input_damaged(input, "a record is too long", err);
        } else if ((block = realloc(input->block, capacity)) == NULL) {
            ok = error_memory(err);
        } else {
            input->block = block;
            input->capacity = capacity;
        }
    }
    return ok;
}

/* Reads some more, or finds the end. */
static bool csv_input_fill(struct csv_input *input, struct error *err)
{
    ssize_t got = -1;
    bool ok = csv_input_make_room(input, err);

    while (ok && got < 0) {
        got = read(input->fd, input->block + input->end, input->capacity - input->end);
        if (got > 0) {
            input->end += (size_t)got;
        } else if (got == 0) {
            input->ended = true;
        } else if (errno != EINTR) {
            ok = csv_input_error(input, "read", err);
        }
    }
    return ok;
}

/* The state of the search for a record's end: bytes looked at, and whether a quote is open. */
struct csv_scan {
    size_t size;
    bool quoted;
    size_t newline; /* the \n that was found last, or where there was none */
    size_t looked;  /* bytes that were looked at for it */
};

/* The first \n from scan->size on; `size` without one. No byte is looked at twice, however often
 * quotes open and close ahead of it. */
static size_t csv_scan_newline(struct csv_scan *scan, const char *bytes, size_t size)
{
    if (scan->newline < scan->size || scan->newline == scan->looked) {
        size_t from = scan->size > scan->looked ? scan->size : scan->looked;
        const char *stop = memchr(bytes + from, '\n', size - from);

        scan->newline = stop != NULL ? (size_t)(stop - bytes) : size;
        scan->looked = stop != NULL ? scan->newline + 1 : size;
    }
    return scan->newline;
}

/* A line end counts only outside of quotes. True when the record is whole: `size` bytes. */
static bool csv_scan_record(struct csv_scan *scan, const char *bytes, size_t size)
{
    bool whole = false;

    while (!whole && scan->size < size) {
        size_t stop = scan->quoted ? size : csv_scan_newline(scan, bytes, size);
        const char *quote = memchr(bytes + scan->size, '"', stop - scan->size);

        if (quote != NULL) {
            scan->quoted = !scan->quoted;
            scan->size = (size_t)(quote - bytes) + 1;
        } else {
            whole = stop < size;
            scan->size = whole ? stop + 1 : size;
        }
    }
    return whole;
}

bool csv_input_record(struct csv_input *input, struct str *record, bool *more, struct error *err)
{
    struct csv_scan scan = {0};
    bool ok = true;

    *more = false;
    while (ok && !*more &&
           !csv_scan_record(&scan, input->block + input->begin, input->end - input->begin) &&
           !input->ended) {
        ok = csv_input_fill(input, err);
    }
    if (ok && scan.size > 0) {
        *record = (struct str){input->block + input->begin, scan.size};
        input->begin += scan.size;
        *more = !scan.quoted && record->data[scan.size - 1] == '\n';
        ok = *more || csv_input_damaged(input, "its last record is cut off", err);
    }
    return ok;
}

bool csv_input_bytes(
    struct csv_input *input, size_t size, struct str *bytes, bool *more, struct error *err)
{
    bool ok = true;

    while (ok && input->end - input->begin < size && !input->ended) {
        ok = csv_input_fill(input, err);
    }
    *more = ok && input->end - input->begin >= size;
    if (*more) {
        *bytes = (struct str){input->block + input->begin, size};
        input->begin += size;
    } else if (ok && input->begin < input->end) {
        ok = csv_input_damaged(input, "it ends too early", err);
    }
    return ok;
}

bool csv_input_copy(
    const struct csv_input *input, int64_t size, struct csv_file *file, struct error *err)
{
    char *block = malloc(CSV_FILE_BLOCK);
    int64_t done = 0;
    bool ok = block != NULL || error_memory(err);

    while (ok && done < size) {
        size_t wanted = size - done < CSV_FILE_BLOCK ? (size_t)(size - done) : CSV_FILE_BLOCK;
        ssize_t got = pread(input->fd, block, wanted, (off_t)done);

        if (!csv_go_on(err)) {
            ok = false;
        } else if (got > 0) {
            done += got;
            ok = csv_file_write(file, (struct str){block, (size_t)got}, err);
        } else if (got == 0) {
            ok = csv_input_damaged(input, "it became shorter", err);
        } else if (errno != EINTR) {
            ok = csv_input_error(input, "read", err);
        }
    }
    free(block);
    return ok;
}

bool csv_go_on(struct error *err)
{
    return stop_signal == 0 || error_set(err, ERROR_INTERRUPTED, "interrupted");
}

void csv_tick(const struct load_watch *watch, unsigned *steps)
{
    *steps += 1;
    if (*steps % CSV_TICK_STEPS == 0) {
        load_watch_tick(watch);
    }
}
