#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/ceilings.h"
#include "sync/row_list.h"

static const struct column columns[] = {
    {"name", "", COLUMN_TEXT},
    {"more", "", COLUMN_JSONB},
    {"all", "", COLUMN_TEXT_ARRAY},
    {"count", "", COLUMN_BIGINT},
};
static const struct relation thing = {"thing", "", columns, 4, 1, RELATION_KEYED, 0};

/* A row is the list's own: what it was made of may go. */
static void a_row_is_copied_whole(void **state)
{
    char name[] = "name";
    char json[] = "{}";
    char item[] = "item";
    struct str items[] = {{item, 4}, {"", 0}};
    struct cell cells[] = {
        {.is_set = true, .text = {name, 4}},
        {.is_set = true, .json = {json, 2}},
        {.is_set = true, .list = {items, 2}},
        {.is_set = true, .number = 7},
    };
    const struct cell nothing[4] = {{.is_set = false}};
    const struct row row = {&thing, cells};
    const struct row empty = {&thing, nothing};
    struct row_list list;
    struct error err = {0};

    (void)state;
    row_list_init(&list);
    assert_true(row_list_add(&list, &row, &err));
    assert_true(row_list_add(&list, &empty, &err));
    memset(name, 'x', sizeof name);
    memset(json, 'x', sizeof json);
    memset(item, 'x', sizeof item);
    memset(items, 0, sizeof items);
    memset(cells, 0, sizeof cells);
    assert_int_equal(list.count, 2);
    assert_false(list.is_too_long);
    assert_ptr_equal(list.rows[0].relation, &thing);
    assert_memory_equal(list.rows[0].cells[0].text.data, "name", 4);
    assert_memory_equal(list.rows[0].cells[1].json.data, "{}", 2);
    assert_int_equal(list.rows[0].cells[2].list.count, 2);
    assert_memory_equal(list.rows[0].cells[2].list.items[0].data, "item", 4);
    assert_int_equal(list.rows[0].cells[2].list.items[1].size, 0);
    assert_int_equal(list.rows[0].cells[3].number, 7);
    assert_false(list.rows[1].cells[2].is_set);
    row_list_clear(&list);
    assert_int_equal(list.count, 0);
    row_list_release(&list);
}

/* A list beyond the ceiling says so, and is no error; cleared, it takes rows again. */
static void a_list_that_is_too_long_says_so(void **state)
{
    static char text[CEILING_TEXT];
    struct cell cells[4] = {{.is_set = true, .text = {text, sizeof text}}};
    const struct row row = {&thing, cells};
    struct row_list list;
    struct error err = {0};

    (void)state;
    row_list_init(&list);
    for (size_t i = 0; i <= CEILING_LIST_BYTES / CEILING_TEXT; i++) {
        assert_true(row_list_add(&list, &row, &err));
    }
    assert_true(list.is_too_long);
    assert_true(list.count > 1 && list.count <= CEILING_LIST_BYTES / CEILING_TEXT);
    row_list_clear(&list);
    assert_false(list.is_too_long);
    assert_true(row_list_add(&list, &row, &err));
    assert_int_equal(list.count, 1);
    row_list_release(&list);
    row_list_release(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_is_copied_whole),
        cmocka_unit_test(a_list_that_is_too_long_says_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
