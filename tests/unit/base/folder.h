/* A temporary folder with one file in it. */
#ifndef UEMSYNC_TESTS_UNIT_BASE_FOLDER_H
#define UEMSYNC_TESTS_UNIT_BASE_FOLDER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct folder {
    char path[64];
    char file[80];
};

static inline int folder_make(void **state)
{
    struct folder *folder = test_calloc(1, sizeof *folder);

    (void)snprintf(folder->path, sizeof folder->path, "/tmp/uemsync-unit.XXXXXX");
    assert_non_null(mkdtemp(folder->path));
    (void)snprintf(folder->file, sizeof folder->file, "%s/file", folder->path);
    *state = folder;
    return 0;
}

static inline int folder_remove(void **state)
{
    struct folder *folder = *state;

    (void)unlink(folder->file);
    assert_int_equal(rmdir(folder->path), 0);
    test_free(folder);
    return 0;
}

static inline void folder_write(const struct folder *folder, const char *bytes, size_t size)
{
    FILE *file = fopen(folder->file, "w");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

#endif
