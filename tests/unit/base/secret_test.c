#include "unit/base/folder.h"

#include "base/ceilings.h"
#include "base/secret.h"

static void reads(const struct folder *folder, struct str bytes, bool is_text, struct str expected)
{
    struct secret secret;
    struct error err = {0};

    folder_write(folder, bytes.data, bytes.size);
    assert_true(secret_init_file(&secret, folder->file, is_text, &err));
    assert_true(str_equal((struct str){secret.bytes, secret.size}, expected));
    assert_int_equal(secret.bytes[secret.size], '\0');
    secret_release(&secret);
}

static void a_secret_is_a_copy_and_can_be_released_twice(void **state)
{
    struct secret secret;
    struct error err = {0};
    char text[] = "pass";

    (void)state;
    assert_true(secret_init(&secret, str_of(text), &err));
    text[0] = 'x';
    assert_true(secret_is_set(&secret));
    assert_string_equal(secret.bytes, "pass");
    assert_int_equal(secret.size, 4);
    secret_release(&secret);
    assert_false(secret_is_set(&secret));
    secret_release(&secret);
    assert_true(secret_init(&secret, (struct str){NULL, 0}, &err));
    assert_true(secret_is_set(&secret));
    secret_release(&secret);
}

static void one_line_end_of_a_text_is_dropped(void **state)
{
    const struct folder *folder = *state;

    reads(folder, str_of("pass"), true, str_of("pass"));
    reads(folder, str_of("pass\n"), true, str_of("pass"));
    reads(folder, str_of("pass\r\n"), true, str_of("pass"));
    reads(folder, str_of("pass\n\n"), true, str_of("pass\n"));
    reads(folder, str_of(" pass \n"), true, str_of(" pass "));
    reads(folder, str_of("\n"), true, str_of(""));
    reads(folder, str_of(""), true, str_of(""));
}

static void a_key_is_kept_byte_by_byte(void **state)
{
    const struct folder *folder = *state;

    reads(folder, (struct str){"a\0b\r\n", 5}, false, (struct str){"a\0b\r\n", 5});
}

static void an_unusable_file_is_named_and_not_shown(void **state)
{
    const struct folder *folder = *state;
    struct secret secret;
    struct error err = {0};
    char expected[200];
    char *large = test_malloc(CEILING_SECRET + 1);

    memset(large, 's', CEILING_SECRET + 1);
    assert_false(secret_init_file(&secret, folder->file, true, &err));
    assert_false(secret_is_set(&secret));
    assert_int_equal(err.kind, ERROR_CONFIG);
    (void)snprintf(
        expected, sizeof expected, "cannot read %s: No such file or directory", folder->file);
    assert_string_equal(err.text, expected);
    assert_false(secret_init_file(&secret, folder->path, true, &err));
    (void)snprintf(expected, sizeof expected, "cannot read %s: Is a directory", folder->path);
    assert_string_equal(err.text, expected);
    folder_write(folder, "a\0b", 3);
    assert_false(secret_init_file(&secret, folder->file, true, &err));
    (void)snprintf(expected, sizeof expected, "%s holds a NUL byte", folder->file);
    assert_string_equal(err.text, expected);
    folder_write(folder, large, CEILING_SECRET + 1);
    assert_false(secret_init_file(&secret, folder->file, false, &err));
    (void)snprintf(expected, sizeof expected, "%s is larger than 65536 bytes", folder->file);
    assert_string_equal(err.text, expected);
    reads(folder, (struct str){large, CEILING_SECRET}, true, (struct str){large, CEILING_SECRET});
    test_free(large);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_secret_is_a_copy_and_can_be_released_twice),
        cmocka_unit_test_setup_teardown(
            one_line_end_of_a_text_is_dropped, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(a_key_is_kept_byte_by_byte, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(
            an_unusable_file_is_named_and_not_shown, folder_make, folder_remove),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
