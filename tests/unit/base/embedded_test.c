#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/embedded.h"
#include "base/file.h"

static void a_file_is_found_by_its_name(void **state)
{
    static const struct embedded_file table[] = {{"a", "x", 1}, {"b/c", "y", 1}, {NULL, NULL, 0}};

    (void)state;
    assert_ptr_equal(embedded_find(table, "a"), &table[0]);
    assert_ptr_equal(embedded_find(table, "b/c"), &table[1]);
    assert_null(embedded_find(table, "c"));
    assert_null(embedded_find(table, ""));
}

/* Every file of `table` is that of the source tree. */
static void is_as_in_the_tree(const struct embedded_file *table, const char *folder)
{
    const char *root = getenv("UEMSYNC_SOURCE");
    struct buffer bytes;
    struct error err = {0};

    if (root == NULL) {
        skip();
    }
    buffer_init(&bytes, 1024 * 1024);
    assert_non_null(table->name);
    for (; table->name != NULL; table++) {
        char path[4096];

        (void)snprintf(path, sizeof path, "%s/%s/%s", root, folder, table->name);
        buffer_clear(&bytes);
        if (!file_read(path, &bytes, &err)) {
            fail_msg("%s", err.text);
        }
        assert_int_equal(table->size, bytes.size);
        assert_memory_equal(table->text, buffer_text(&bytes), bytes.size + 1);
    }
    buffer_release(&bytes);
}

static void the_program_carries_its_files_byte_for_byte(void **state)
{
    (void)state;
    is_as_in_the_tree(sql_files, "sql");
    is_as_in_the_tree(mapping_files, "mappings");
    is_as_in_the_tree(style_files, "src/page");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_found_by_its_name),
        cmocka_unit_test(the_program_carries_its_files_byte_for_byte),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
