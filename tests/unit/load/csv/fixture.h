/* A temporary folder, files read and written whole, and two relations to load. */
#ifndef UEMSYNC_TESTS_UNIT_LOAD_CSV_FIXTURE_H
#define UEMSYNC_TESTS_UNIT_LOAD_CSV_FIXTURE_H

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "load/csv/csv.h"
#include "load/csv/csv_folder.h"

static const struct column device_columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"device_id", "", COLUMN_TEXT},
    {"name", "", COLUMN_TEXT},
    {"compliant", "", COLUMN_BOOLEAN},
    {"code", "", COLUMN_BIGINT},
    {"latitude", "", COLUMN_DOUBLE},
    {"seen_at", "", COLUMN_TIMESTAMPTZ},
    {"guid", "", COLUMN_UUID},
    {"details", "", COLUMN_JSONB},
    {"reasons", "", COLUMN_TEXT_ARRAY},
};
static const struct relation device_relation = {
    "device", "", device_columns, 10, 2, RELATION_KEYED, 0};

static const struct column app_columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"device_id", "", COLUMN_TEXT},
    {"identifier", "", COLUMN_TEXT},
    {"version", "", COLUMN_TEXT},
};
static const struct relation app_relation = {
    "device_app", "", app_columns, 4, 3, RELATION_KEYED, 0};

static const struct relation *const both_relations[] = {&device_relation, &app_relation};
static const struct load_schema both_schema = {.relations = both_relations, .count = 2};

static inline struct cell text_cell(const char *text)
{
    struct cell cell = {.is_set = text != NULL};

    if (text != NULL) {
        cell.text = str_of(text);
    }
    return cell;
}

/* A new folder; its path is the caller's to free, by drop_folder. */
static inline char *new_folder(void)
{
    const char *base = getenv("TMPDIR");
    char *path = NULL;

    assert_true(asprintf(&path, "%s/uemsync-csv-XXXXXX", base != NULL ? base : "/tmp") > 0);
    assert_non_null(mkdtemp(path));
    return path;
}

static inline void drop_folder(char *path)
{
    struct error err = {0};
    struct csv_folder root = {0};

    assert_true(csv_folder_open_root(&root, "/", &err));
    assert_true(csv_folder_remove(&root, path + 1, &err));
    csv_folder_release(&root);
    free(path);
}

/* "FOLDER/NAME" in one of a few buffers that take turns. */
static inline const char *in(const char *folder, const char *name)
{
    static char paths[8][1024];
    static size_t turn;
    char *path = paths[turn++ % 8];

    (void)snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

/* The whole file as a string, the caller's to free; NULL when it cannot be opened. */
static inline char *read_whole(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;

    if (file != NULL) {
        struct stat info;
        size_t size = 0;

        assert_int_equal(fstat(fileno(file), &info), 0);
        size = (size_t)info.st_size;
        assert_non_null(text = calloc(1, size + 1));
        assert_int_equal(fread(text, 1, size, file), size);
        (void)fclose(file);
    }
    return text;
}

static inline void assert_file(const char *path, const char *wanted)
{
    char *text = read_whole(path);

    assert_non_null(text);
    assert_string_equal(text, wanted);
    free(text);
}

static inline void write_whole(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

static inline bool is_there(const char *path)
{
    struct stat info;

    return lstat(path, &info) == 0;
}

static inline unsigned permissions(const char *path)
{
    struct stat info;

    assert_int_equal(stat(path, &info), 0);
    return info.st_mode & 07777;
}

static inline size_t count_names(const char *path)
{
    DIR *folder = opendir(path);
    size_t count = 0;

    assert_non_null(folder);
    while (readdir(folder) != NULL) {
        count++;
    }
    (void)closedir(folder);
    return count - 2;
}

/* From here on no file grows beyond `bytes`: a full disk, as far as write() can tell. */
static inline void limit_files(rlim_t bytes)
{
    struct rlimit limit;

    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes < limit.rlim_max ? bytes : limit.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

#endif
