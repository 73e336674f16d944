/* What a hostile or odd archive costs, by way of the reader that all of them go through. */
#include "unit/decode/archives.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ceilings.h"

/* The entry is told, and the one beside it read. */
static void assert_strange(const char *name, const char *told)
{
    struct making making = begin_archive();
    struct buffer bytes;
    struct seen seen;

    (void)put_text(&making, name, "1\n");
    (void)put_text(&making, "app/b/1.csv", "1\n");
    end_archive(&making, &bytes);
    seen_init(&seen);
    read_answer(&seen, buffer_view(&bytes), SIZE_MAX);
    assert_true(seen.ok);
    assert_int_equal(seen.records, 1);
    assert_int_equal(seen.unreadable, 1);
    assert_int_equal(seen.size, 2);
    if (strstr(buffer_text(&seen.lines), told) == NULL) {
        fail_msg("\"%s\" says nothing of \"%s\"", buffer_text(&seen.lines), told);
    }
    seen_release(&seen);
    buffer_release(&bytes);
}

static void a_strange_name_costs_its_entry(void **state)
{
    static char name[CEILING_ARCHIVE_NAME + 2];

    (void)state;
    assert_strange("1.csv", "! 1.csv: it does not lie in the folder of a device");
    assert_strange("app/1.csv", "folder of a device");
    assert_strange("app/b/c/1.csv", "folder of a device");
    assert_strange("a/b/c/d/e/f/1.csv", "folder of a device");
    assert_strange("app//1.csv", "folder of a device");
    assert_strange("app/./1.csv", "folder of a device");
    assert_strange("app/b/1.txt", "neither a CSV file nor version.txt");
    assert_strange("app/b/.csv", "neither a CSV file nor version.txt");
    assert_strange("app/b\n/1.csv", "! app/b?/1.csv: its name holds a control character");
    assert_strange("app/b\x7F/1.csv", "control character");
    assert_strange("app/b c/1.csv", "blank");
    memset(name, 'n', CEILING_ARCHIVE_NAME + 1);
    memcpy(name, "a/b/", 4);
    memcpy(name + CEILING_ARCHIVE_NAME - 3, ".csv", 4);
    assert_strange(name, "its name is too long");
}

static void a_nul_in_a_folders_name_is_strange(void **state)
{
    struct making making = begin_archive();
    struct buffer bytes;

    (void)state;
    (void)put_text(&making, "app/bxb/1.csv", "1\n");
    end_archive(&making, &bytes);
    rename_all(&bytes, "app/bxb", "app/b\0b", 7);
    assert_read(&bytes, "! app/b b/1.csv: its folders' names hold a blank\n");
}

static void a_path_that_leads_out_is_an_attack(void **state)
{
    static const char *const names[] = {"../b/1.csv", "app/../1.csv", "app/b/..",
        "a/b/c/../../1.csv", "/app/b/1.csv", "/etc/passwd", "app\\b\\1.csv", "app/b/..\\1.csv",
        "C:/b/1.csv", "../"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct making making = begin_archive();
        struct buffer bytes;

        (void)put_text(&making, "app/b/1.csv", "1\n");
        (void)put_text(&making, names[i], "1\n");
        end_archive(&making, &bytes);
        assert_refused(buffer_view(&bytes), "not safe");
        buffer_release(&bytes);
    }
}

static void a_link_is_no_file(void **state)
{
    struct making making = begin_archive();
    struct buffer bytes;
    zip_uint64_t index;

    (void)state;
    index = put_text(&making, "app/b/1.csv", "/etc/passwd");
    assert_int_equal(zip_file_set_external_attributes(making.zip, index, 0, ZIP_OPSYS_UNIX,
                         (zip_uint32_t)(S_IFLNK | 0777) << 16),
        0);
    index = put_text(&making, "app/b/2.csv", "2");
    assert_int_equal(zip_file_set_external_attributes(making.zip, index, 0, ZIP_OPSYS_UNIX,
                         (zip_uint32_t)(S_IFREG | 0644) << 16),
        0);
    end_archive(&making, &bytes);
    assert_read(&bytes, "! app/b/1.csv: the entry is no file but a link or a device\n"
                        "{\"appId\":\"app\",\"deviceId\":\"b\",\"startedAt\":\"2\"}\n");
}

static void what_is_encrypted_costs_its_entry(void **state)
{
    struct making making = begin_archive();
    struct buffer bytes;
    zip_uint64_t index;

    (void)state;
    index = put_text(&making, "app/b/1.csv", "1");
    assert_int_equal(zip_file_set_encryption(making.zip, index, ZIP_EM_AES_256, "word"), 0);
    (void)put_text(&making, "app/b/2.csv", "2");
    end_archive(&making, &bytes);
    assert_read(&bytes, "! app/b/1.csv: the entry is encrypted\n"
                        "{\"appId\":\"app\",\"deviceId\":\"b\",\"startedAt\":\"2\"}\n");
}

static void what_is_packed_otherwise_costs_its_entry(void **state)
{
    struct making making = begin_archive();
    struct buffer bytes;
    char *at;

    (void)state;
    (void)put_text(&making, "app/b/1.csv", "1");
    (void)put_text(&making, "app/b/2.csv", "2");
    end_archive(&making, &bytes);
    at = memmem(bytes.data, bytes.size, "PK\x01\x02", 4);
    assert_non_null(at);
    at[10] = ZIP_CM_LZMA;
    assert_read(&bytes, "! app/b/1.csv: the entry is packed in a way that is not read\n"
                        "{\"appId\":\"app\",\"deviceId\":\"b\",\"startedAt\":\"2\"}\n");
}

/* `size` bytes of `c`, packed; then the answer's end says so. */
static void a_bomb(size_t size, const char *words)
{
    struct making making = begin_archive();
    char *content = calloc(1, size);
    struct buffer bytes;

    assert_non_null(content);
    (void)put_entry(&making, "app/b/1.csv", content, size);
    end_archive(&making, &bytes);
    assert_refused(buffer_view(&bytes), words);
    buffer_release(&bytes);
    free(content);
}

static void a_bomb_is_refused(void **state)
{
    (void)state;
    a_bomb(CEILING_RATIO_FREE * 4, "app/b/1.csv: an entry unpacks to more than 100 times");
    a_bomb(CEILING_UNPACKED_ENTRY * 2, "unpacks to more than");
}

/* Noise of digits, which does not pack well: the entry's size alone counts. */
static void an_entry_may_not_be_too_large(void **state)
{
    struct making making = begin_archive();
    size_t size = CEILING_UNPACKED_ENTRY + 1;
    char *content = malloc(size);
    uint32_t seed = 1;
    struct buffer bytes;
    zip_uint64_t index;

    (void)state;
    assert_non_null(content);
    for (size_t i = 0; i < size; i++) {
        seed = seed * 1664525u + 1013904223u;
        content[i] = (char)('0' + (seed >> 24) % 10);
    }
    index = put_entry(&making, "app/b/1.csv", content, size);
    assert_int_equal(zip_set_file_compression(making.zip, index, ZIP_CM_STORE, 0), 0);
    end_archive(&making, &bytes);
    assert_refused(buffer_view(&bytes), "an entry unpacks to more than 16777216 bytes");
    buffer_release(&bytes);
    free(content);
}

/* All entries of the directory are the first one: a little archive that unpacks to much. */
static void entries_that_share_bytes_are_counted_each(void **state)
{
    enum { ENTRIES = 80 };
    struct making making = begin_archive();
    size_t size = CEILING_UNPACKED_ENTRY - 1;
    char *content = malloc(size);
    char name[32];
    struct buffer bytes;
    zip_uint64_t index;
    char *at;

    (void)state;
    assert_non_null(content);
    memset(content, '\n', size);
    index = put_entry(&making, "app/b/00.csv", content, size);
    assert_int_equal(zip_set_file_compression(making.zip, index, ZIP_CM_STORE, 0), 0);
    for (int i = 1; i < ENTRIES; i++) {
        (void)snprintf(name, sizeof name, "app/b/%02d.csv", i);
        (void)put_text(&making, name, "1");
    }
    end_archive(&making, &bytes);
    at = memmem(bytes.data + size, bytes.size - size, "PK\x01\x02", 4);
    for (char *next = at; next != NULL;
         next = memmem(next + 1, bytes.size - (size_t)(next + 1 - bytes.data), "PK\x01\x02", 4)) {
        memcpy(next + 10, at + 10, 2);  /* method */
        memcpy(next + 16, at + 16, 12); /* checksum and sizes */
        memcpy(next + 42, at + 42, 4);  /* place */
    }
    assert_refused(buffer_view(&bytes), "the entries unpack to more than 1073741824 bytes");
    buffer_release(&bytes);
    free(content);
}

/* A directory that says little of itself, and goes on. */
static void an_archive_may_not_have_too_many_entries(void **state)
{
    static const char entry[46 + 1] = "PK\x01\x02";
    struct buffer bytes;

    (void)state;
    buffer_init(&bytes, SEEN_CEILING);
    for (uint32_t i = 0; i <= CEILING_ARCHIVE_ENTRIES; i++) {
        buffer_append(&bytes, entry, sizeof entry);
        bytes.data[bytes.size - sizeof entry + 28] = 1; /* the name's length */
        bytes.data[bytes.size - 1] = 'n';
    }
    {
        uint32_t size = (uint32_t)bytes.size;
        uint16_t count = (uint16_t)(CEILING_ARCHIVE_ENTRIES + 1);
        char end[22] = "PK\x05\x06";

        memcpy(end + 8, &count, 2);
        memcpy(end + 10, &count, 2);
        memcpy(end + 12, &size, 4);
        buffer_append(&bytes, end, sizeof end);
    }
    assert_refused(buffer_view(&bytes), "more than 100000 entries");
    buffer_release(&bytes);
}

static void a_directory_may_not_be_too_large(void **state)
{
    static const char end[22] = "PK\x05\x06";
    uint32_t size = CEILING_ARCHIVE_DIRECTORY + 1024;
    struct buffer bytes;

    (void)state;
    buffer_init(&bytes, SEEN_CEILING);
    assert_true(buffer_reserve(&bytes, size + sizeof end));
    memset(bytes.data, 0, size);
    for (uint32_t at = 0; at + 46 + UINT16_MAX <= size; at += 46 + UINT16_MAX) {
        memcpy(bytes.data + at, "PK\x01\x02", 4);
        memset(bytes.data + at + 28, 0xFF, 2);
        bytes.size = at + 46 + UINT16_MAX;
    }
    size = (uint32_t)bytes.size;
    buffer_append(&bytes, end, sizeof end);
    memset(bytes.data + size + 8, 2, 4);
    memcpy(bytes.data + size + 12, &size, 4);
    assert_refused(buffer_view(&bytes), "directory is larger");
    buffer_release(&bytes);
}

static void the_temporary_file_has_no_name(void **state)
{
    struct seen seen;
    const struct appconnect_handler handler = {see_record, see_unreadable, &seen};
    struct appconnect *appconnect = NULL;
    char folder[] = "/tmp/uemsync-unit.XXXXXX";

    (void)state;
    seen_init(&seen);
    assert_non_null(mkdtemp(folder));
    assert_int_equal(setenv("TMPDIR", folder, 1), 0);
    assert_true(appconnect_new(&appconnect, &handler, &seen.err));
    assert_true(appconnect_feed(appconnect, "PK", 2, &seen.err));
    assert_int_equal(rmdir(folder), 0); /* it would not go with a file in it */
    assert_true(appconnect_feed(appconnect, "PK", 2, &seen.err));
    appconnect_free(appconnect);
    /* The folder is gone: there is no place for a further file. */
    assert_true(appconnect_new(&appconnect, &handler, &seen.err));
    assert_false(appconnect_feed(appconnect, "PK", 2, &seen.err));
    assert_int_equal(seen.err.kind, ERROR_DESTINATION);
    assert_non_null(strstr(seen.err.text, folder));
    appconnect_free(appconnect);
    assert_int_equal(unsetenv("TMPDIR"), 0);
    seen_release(&seen);
}

/* A limit of the size of files stands for a disk that is full. */
static void a_full_disk_is_the_destinations(void **state)
{
    struct seen seen;
    const struct appconnect_handler handler = {see_record, see_unreadable, &seen};
    struct appconnect *appconnect = NULL;
    struct rlimit before;
    struct rlimit little;
    void (*was)(int) = signal(SIGXFSZ, SIG_IGN);

    (void)state;
    seen_init(&seen);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    little = (struct rlimit){.rlim_cur = 4, .rlim_max = before.rlim_max};
    assert_true(appconnect_new(&appconnect, &handler, &seen.err));
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
    seen.ok = appconnect_feed(appconnect, "PK-PK-PK", 8, &seen.err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_true(signal(SIGXFSZ, was) == SIG_IGN);
    assert_false(seen.ok);
    assert_int_equal(seen.err.kind, ERROR_DESTINATION);
    assert_non_null(strstr(seen.err.text, "in /tmp: "));
    appconnect_free(appconnect);
    seen_release(&seen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_strange_name_costs_its_entry),
        cmocka_unit_test(a_nul_in_a_folders_name_is_strange),
        cmocka_unit_test(a_path_that_leads_out_is_an_attack),
        cmocka_unit_test(a_link_is_no_file),
        cmocka_unit_test(what_is_encrypted_costs_its_entry),
        cmocka_unit_test(what_is_packed_otherwise_costs_its_entry),
        cmocka_unit_test(a_bomb_is_refused),
        cmocka_unit_test(an_entry_may_not_be_too_large),
        cmocka_unit_test(entries_that_share_bytes_are_counted_each),
        cmocka_unit_test(an_archive_may_not_have_too_many_entries),
        cmocka_unit_test(a_directory_may_not_be_too_large),
        cmocka_unit_test(the_temporary_file_has_no_name),
        cmocka_unit_test(a_full_disk_is_the_destinations),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
