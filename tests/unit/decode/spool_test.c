#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <sys/stat.h>

#include "decode/spool.h"

static void assert_holds(const struct spool *spool, uint64_t offset, const char *wanted)
{
    char bytes[100];

    assert_int_equal(spool_read(spool, offset, bytes, sizeof bytes), strlen(wanted));
    assert_memory_equal(bytes, wanted, strlen(wanted));
}

static void what_was_added_is_read(void **state)
{
    struct spool spool;
    struct error err = {0};

    (void)state;
    spool_init(&spool, 10);
    assert_holds(&spool, 0, "");
    assert_true(spool_add(&spool, "", 0, &err));
    assert_int_equal(spool.fd, -1);
    assert_true(spool_add(&spool, "abc", 3, &err));
    assert_true(spool_add(&spool, "defg", 4, &err));
    assert_holds(&spool, 0, "abcdefg");
    assert_holds(&spool, 5, "fg");
    assert_holds(&spool, 7, "");
    assert_holds(&spool, 70, "");
    spool_release(&spool);
    spool_release(&spool);
}

static void a_ceiling_is_kept_to_the_byte(void **state)
{
    struct spool spool;
    struct error err = {0};

    (void)state;
    spool_init(&spool, 10);
    assert_true(spool_add(&spool, "0123456789", 10, &err));
    assert_false(spool_add(&spool, "x", 1, &err));
    assert_int_equal(err.kind, ERROR_SERVER);
    assert_string_equal(err.text, "the answer is larger than 10 bytes");
    assert_int_equal(spool.size, 10);
    assert_true(spool_clear(&spool, &err));
    assert_holds(&spool, 0, "");
    assert_true(spool_add(&spool, "abc", 3, &err));
    assert_holds(&spool, 0, "abc");
    spool_release(&spool);
}

static void the_file_is_its_users_alone_and_has_no_name(void **state)
{
    struct spool spool;
    struct error err = {0};
    struct stat status;

    (void)state;
    spool_init(&spool, 10);
    assert_true(spool_add(&spool, "abc", 3, &err));
    assert_int_equal(fstat(spool.fd, &status), 0);
    assert_int_equal(status.st_nlink, 0);
    assert_int_equal(status.st_mode, S_IFREG | 0600);
    assert_int_equal(status.st_size, 3);
    assert_true(spool_clear(&spool, &err));
    assert_int_equal(fstat(spool.fd, &status), 0);
    assert_int_equal(status.st_size, 0);
    spool_release(&spool);
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
