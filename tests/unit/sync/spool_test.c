/* Records in a temporary file. Calls of the system go through functions of this file. */
#include "unit/base/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/stat.h>

#include "base/ceilings.h"
#include "base/hash.h"
#include "sync/spool.h"

enum { MOST_DESCRIPTORS = 64, RECORDS = 300 };

/* The linker's names (see unit/base/fail.h). */
int __real_open(const char *path, int flags, mode_t mode);
int __wrap_open(const char *path, int flags, mode_t mode);
ssize_t __real_pwrite(int fd, const void *bytes, size_t size, off_t offset);
ssize_t __wrap_pwrite(int fd, const void *bytes, size_t size, off_t offset);
ssize_t __real_pread(int fd, void *bytes, size_t size, off_t offset);
ssize_t __wrap_pread(int fd, void *bytes, size_t size, off_t offset);

/* What the system does. */
static struct {
    int open_error;  /* for files without a name; 0: none */
    bool is_full;    /* the disk */
    bool is_broken;  /* the disk */
    bool is_halting; /* every second call is interrupted, and the others do little */
    int calls;
} faults;

int __wrap_open(const char *path, int flags, mode_t mode)
{
    bool fails = faults.open_error != 0 && (flags & O_TMPFILE) == O_TMPFILE;

    errno = fails ? faults.open_error : errno;
    return fails ? -1 : __real_open(path, flags, mode);
}

static bool is_interrupted(void)
{
    bool now = faults.is_halting && faults.calls++ % 2 == 0;

    errno = now ? EINTR : errno;
    return now;
}

static size_t little(size_t size)
{
    return faults.is_halting && size > 100 ? 100 : size;
}

/* A full disk takes a part of it. */
ssize_t __wrap_pwrite(int fd, const void *bytes, size_t size, off_t offset)
{
    ssize_t written = -1;

    if (faults.is_full && size <= 10) {
        errno = ENOSPC;
    } else if (faults.is_full) {
        written = __real_pwrite(fd, bytes, size - 10, offset);
    } else if (!is_interrupted()) {
        written = __real_pwrite(fd, bytes, little(size), offset);
    }
    return written;
}

ssize_t __wrap_pread(int fd, void *bytes, size_t size, off_t offset)
{
    ssize_t got = -1;

    if (faults.is_broken) {
        errno = EIO;
    } else if (!is_interrupted()) {
        got = __real_pread(fd, bytes, little(size), offset);
    }
    return got;
}

struct spooling {
    void *folder;
    struct spool *spool;
    struct arena arena;
    struct spool_place places[RECORDS];
    char large[CEILING_ROW];
};

static const char *folder_of(const struct spooling *spooling)
{
    return ((const struct folder *)spooling->folder)->path;
}

static int setup(void **state)
{
    struct spooling *spooling = test_calloc(1, sizeof *spooling);

    (void)folder_make(&spooling->folder);
    assert_int_equal(setenv("TMPDIR", folder_of(spooling), 1), 0);
    arena_init(&spooling->arena, CEILING_TREE);
    for (size_t i = 0; i < sizeof spooling->large; i++) {
        spooling->large[i] = (char)(i % 251);
    }
    *state = spooling;
    return 0;
}

/* The folder has to be empty by now. */
static int teardown(void **state)
{
    struct spooling *spooling = *state;

    spool_free(spooling->spool);
    spool_free(NULL);
    memset(&faults, 0, sizeof faults);
    arena_release(&spooling->arena);
    (void)folder_remove(&spooling->folder);
    test_free(spooling);
    return 0;
}

static void begin(struct spooling *spooling)
{
    struct error err = {0};

    if (!spool_new(&spooling->spool, &err)) {
        fail_msg("%s", err.text);
    }
}

static struct spool_place put(struct spooling *spooling, struct str bytes)
{
    struct spool_place place = {0};
    struct error err = {0};

    if (!spool_put(spooling->spool, bytes, &place, &err)) {
        fail_msg("%s", err.text);
    }
    assert_int_equal(place.size, bytes.size);
    return place;
}

static void holds(struct spooling *spooling, struct spool_place place, struct str expected)
{
    struct str bytes = {0};
    struct error err = {0};

    arena_reset(&spooling->arena);
    if (!spool_get(spooling->spool, place, &spooling->arena, &bytes, &err)) {
        fail_msg("%s", err.text);
    }
    assert_true(str_equal(bytes, expected));
}

static void fails(struct spooling *spooling, struct spool_place place, const char *reason)
{
    struct str bytes = {0};
    struct error err = {0};
    char expected[200];

    (void)snprintf(
        expected, sizeof expected, "temporary file in %s: %s", folder_of(spooling), reason);
    assert_false(spool_get(spooling->spool, place, &spooling->arena, &bytes, &err));
    assert_int_equal(err.kind, ERROR_DESTINATION);
    assert_string_equal(err.text, expected);
}

/* Records of all sizes about that of a block, and a little one. */
static struct str record_of(const struct spooling *spooling, size_t i)
{
    size_t size = i % 2 == 0 ? i : 65536 - RECORDS / 2 + i;

    return (struct str){spooling->large + i, size};
}

static void put_records(struct spooling *spooling)
{
    for (size_t i = 0; i < RECORDS; i++) {
        spooling->places[i] = put(spooling, record_of(spooling, i));
        holds(spooling, spooling->places[i], record_of(spooling, i));
    }
}

static void have_records(struct spooling *spooling)
{
    for (size_t i = 0; i < RECORDS; i++) {
        holds(spooling, spooling->places[i], record_of(spooling, i));
    }
}

/* The one open file that has no name. */
static int nameless(void)
{
    int found = -1;

    for (int fd = 3; fd < MOST_DESCRIPTORS; fd++) {
        struct stat status;

        if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_nlink == 0) {
            assert_int_equal(found, -1);
            assert_int_equal(status.st_mode & 0777, 0600);
            assert_int_equal(fcntl(fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
            found = fd;
        }
    }
    assert_int_not_equal(found, -1);
    return found;
}

static void what_was_put_is_got(void **state)
{
    begin(*state);
    put_records(*state);
    have_records(*state);
}

static void the_largest_and_the_smallest_are_got(void **state)
{
    struct spooling *spooling = *state;
    const struct str largest = {spooling->large, sizeof spooling->large};
    struct spool_place places[3];

    begin(spooling);
    places[0] = put(spooling, str_of(""));
    places[1] = put(spooling, largest);
    places[2] = put(spooling, (struct str){NULL, 0});
    holds(spooling, places[0], str_of(""));
    holds(spooling, places[1], largest);
    holds(spooling, places[2], str_of(""));
}

static void the_file_has_no_name(void **state)
{
    struct spooling *spooling = *state;

    begin(spooling);
    put_records(spooling);
    (void)nameless();
    assert_int_equal(rmdir(folder_of(spooling)), 0);
    assert_int_equal(mkdir(folder_of(spooling), 0700), 0);
}

static void a_file_system_without_nameless_files_will_do(void **state)
{
    static const int errors[] = {EOPNOTSUPP, EISDIR, EINVAL};

    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        struct spooling *spooling = *state;

        faults.open_error = errors[i];
        the_file_has_no_name(state);
        have_records(spooling);
        spool_free(spooling->spool);
        spooling->spool = NULL;
    }
}

static void a_folder_that_is_not_there_is_named(void **state)
{
    struct spooling *spooling = *state;
    struct error err = {0};

    assert_int_equal(setenv("TMPDIR", "/nonexistent/a", 1), 0);
    assert_false(spool_new(&spooling->spool, &err));
    assert_null(spooling->spool);
    assert_int_equal(err.kind, ERROR_DESTINATION);
    assert_string_equal(err.text, "temporary file in /nonexistent/a: No such file or directory");
    faults.open_error = EOPNOTSUPP;
    assert_false(spool_new(&spooling->spool, &err));
    assert_string_equal(err.text, "temporary file in /nonexistent/a: No such file or directory");
}

static void without_a_folder_it_is_tmp(void **state)
{
    struct spooling *spooling = *state;
    struct error err = {0};

    faults.open_error = EACCES;
    assert_int_equal(setenv("TMPDIR", "", 1), 0);
    assert_false(spool_new(&spooling->spool, &err));
    assert_string_equal(err.text, "temporary file in /tmp: Permission denied");
    assert_int_equal(unsetenv("TMPDIR"), 0);
    assert_false(spool_new(&spooling->spool, &err));
    assert_string_equal(err.text, "temporary file in /tmp: Permission denied");
}

/* And what was put before stays; with room again it goes on. */
static void a_full_disk_is_told(void **state)
{
    struct spooling *spooling = *state;
    const struct str large = {spooling->large, 70000};
    struct spool_place place;
    struct error err = {0};
    uint64_t end = 0;
    char expected[200];

    (void)snprintf(expected, sizeof expected, "temporary file in %s: No space left on device",
        folder_of(spooling));
    begin(spooling);
    put_records(spooling);
    for (int turn = 0; turn < 2; turn++) {
        faults.is_full = true;
        assert_false(spool_put(spooling->spool, large, &place, &err));
        assert_int_equal(err.kind, ERROR_DESTINATION);
        assert_string_equal(err.text, expected);
        faults.is_full = false;
        have_records(spooling);
        place = put(spooling, large);
        holds(spooling, place, large);
        assert_true(turn == 0 || place.offset == end + HASH_FAST_SIZE);
        end = place.offset + place.size;
    }
    have_records(spooling);
}

static void calls_that_do_a_part_are_made_again(void **state)
{
    struct spooling *spooling = *state;

    faults.is_halting = true;
    begin(spooling);
    for (size_t i = 0; i < RECORDS / 10; i++) {
        spooling->places[i] = put(spooling, record_of(spooling, i));
    }
    for (size_t i = 0; i < RECORDS / 10; i++) {
        holds(spooling, spooling->places[i], record_of(spooling, i));
    }
    assert_true(faults.calls > 1000);
}

static void a_file_that_is_not_as_it_was_written_is_told(void **state)
{
    struct spooling *spooling = *state;
    struct spool_place other;

    begin(spooling);
    put_records(spooling);
    faults.is_broken = true;
    fails(spooling, spooling->places[10], "Input/output error");
    faults.is_broken = false;
    other = spooling->places[10];
    other.size++;
    fails(spooling, other, "it was changed");
    other = spooling->places[10];
    other.offset++;
    fails(spooling, other, "it was changed");
    assert_int_equal(__real_pwrite(nameless(), "?", 1,
                         (off_t)(spooling->places[10].offset + spooling->places[10].size)),
        1);
    fails(spooling, spooling->places[10], "it was changed");
    assert_int_equal(ftruncate(nameless(), (off_t)spooling->places[11].offset), 0);
    fails(spooling, spooling->places[11], "it was cut short");
    holds(spooling, spooling->places[9], record_of(spooling, 9));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_was_put_is_got),
        TEST(the_largest_and_the_smallest_are_got),
        TEST(the_file_has_no_name),
        TEST(a_file_system_without_nameless_files_will_do),
        TEST(a_folder_that_is_not_there_is_named),
        TEST(without_a_folder_it_is_tmp),
        TEST(a_full_disk_is_told),
        TEST(calls_that_do_a_part_are_made_again),
        TEST(a_file_that_is_not_as_it_was_written_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
