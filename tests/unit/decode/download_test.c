#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <sys/stat.h>

#include "decode/download.h"

static void assert_holds(const struct download *download, uint64_t offset, const char *wanted)
{
    char bytes[100];

    assert_int_equal(download_read(download, offset, bytes, sizeof bytes), strlen(wanted));
    assert_memory_equal(bytes, wanted, strlen(wanted));
}

static void what_was_added_is_read(void **state)
{
    struct download download;
    struct error err = {0};

    (void)state;
    download_init(&download, 10);
    assert_holds(&download, 0, "");
    assert_true(download_add(&download, "", 0, &err));
    assert_int_equal(download.file.fd, -1);
    assert_true(download_add(&download, "abc", 3, &err));
    assert_true(download_add(&download, "defg", 4, &err));
    assert_holds(&download, 0, "abcdefg");
    assert_holds(&download, 5, "fg");
    assert_holds(&download, 7, "");
    assert_holds(&download, 70, "");
    download_release(&download);
    download_release(&download);
}

static void a_ceiling_is_kept_to_the_byte(void **state)
{
    struct download download;
    struct error err = {0};

    (void)state;
    download_init(&download, 10);
    assert_true(download_add(&download, "0123456789", 10, &err));
    assert_false(download_add(&download, "x", 1, &err));
    assert_int_equal(err.kind, ERROR_SERVER);
    assert_string_equal(err.text, "the answer is larger than 10 bytes");
    assert_int_equal(download.size, 10);
    assert_true(download_clear(&download, &err));
    assert_holds(&download, 0, "");
    assert_true(download_add(&download, "abc", 3, &err));
    assert_holds(&download, 0, "abc");
    download_release(&download);
}

static void the_file_is_its_users_alone_and_has_no_name(void **state)
{
    struct download download;
    struct error err = {0};
    struct stat status;

    (void)state;
    download_init(&download, 10);
    assert_true(download_add(&download, "abc", 3, &err));
    assert_int_equal(fstat(download.file.fd, &status), 0);
    assert_int_equal(status.st_nlink, 0);
    assert_int_equal(status.st_mode, S_IFREG | 0600);
    assert_int_equal(status.st_size, 3);
    assert_true(download_clear(&download, &err));
    assert_int_equal(fstat(download.file.fd, &status), 0);
    assert_int_equal(status.st_size, 0);
    download_release(&download);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_added_is_read),
        cmocka_unit_test(a_ceiling_is_kept_to_the_byte),
        cmocka_unit_test(the_file_is_its_users_alone_and_has_no_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
