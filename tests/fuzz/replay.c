/* Runs files, or all files of folders, through a fuzz target: so that a corpus is an ordinary
 * test, with any compiler. Exits 1 when there is none to run. */
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buffer.h"

enum { REPLAY_CEILING = 64 * 1024 * 1024, REPLAY_BLOCK = 64 * 1024 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool replay_fail(const char *path)
{
    (void)fprintf(stderr, "replay: %s: %s\n", path, strerror(errno));
    return false;
}

static bool replay_read(FILE *file, struct buffer *content)
{
    size_t got = 1;

    while (got > 0 && buffer_reserve(content, REPLAY_BLOCK)) {
        got = fread(content->data + content->size, 1, REPLAY_BLOCK, file);
        content->size += got;
    }
    return buffer_ok(content) && !ferror(file);
}

static bool replay_file(const char *path, size_t *count)
{
    struct buffer content;
    FILE *file = fopen(path, "rb");
    bool ok = file != NULL;

    buffer_init(&content, REPLAY_CEILING);
    if (!ok || !replay_read(file, &content)) {
        ok = replay_fail(path);
    } else {
        (void)LLVMFuzzerTestOneInput((const uint8_t *)content.data, content.size);
        ++*count;
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    buffer_release(&content);
    return ok;
}

static bool replay_folder(const char *path, size_t *count)
{
    DIR *folder = opendir(path);
    bool ok = folder != NULL || replay_fail(path);
    const struct dirent *entry = NULL;

    while (ok && (entry = readdir(folder)) != NULL) {
        struct buffer name;

        buffer_init(&name, REPLAY_BLOCK);
        buffer_printf(&name, "%s/%s", path, entry->d_name);
        if (entry->d_name[0] != '.') {
            ok = buffer_ok(&name) && replay_file(buffer_text(&name), count);
        }
        buffer_release(&name);
    }
    if (folder != NULL) {
        (void)closedir(folder);
    }
    return ok;
}

static bool replay(const char *path, size_t *count)
{
    struct stat status;
    bool ok = stat(path, &status) == 0 || replay_fail(path);

    if (ok) {
        ok = S_ISDIR(status.st_mode) ? replay_folder(path, count) : replay_file(path, count);
    }
    return ok;
}

int main(int argument_count, char **arguments)
{
    size_t count = 0;
    bool ok = true;

    for (int i = 1; i < argument_count; i++) {
        ok = replay(arguments[i], &count) && ok;
    }
    (void)printf("%zu inputs\n", count);
    return ok && count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
