#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "mapping/relation.h"

static void each_type_is_found_by_its_name(void **state)
{
    (void)state;
    for (enum column_type type = 0; type < COLUMN_TYPE_COUNT; type++) {
        assert_int_equal(column_type_of(column_type_name(type)), type);
    }
    assert_string_equal(column_type_name(COLUMN_DOUBLE), "double precision");
    assert_string_equal(column_type_name(COLUMN_TEXT_ARRAY), "text[]");
}

static void another_name_is_no_type(void **state)
{
    (void)state;
    assert_string_equal(column_type_name(COLUMN_DATE), "date");
    assert_int_equal(column_type_of("date"), COLUMN_TYPE_COUNT); /* no mapping file may say so */
    assert_int_equal(column_type_of(""), COLUMN_TYPE_COUNT);
    assert_int_equal(column_type_of("Text"), COLUMN_TYPE_COUNT);
    assert_int_equal(column_type_of("text "), COLUMN_TYPE_COUNT);
    assert_int_equal(column_type_of("int"), COLUMN_TYPE_COUNT);
}

static void a_column_is_found_by_name_and_by_type(void **state)
{
    static const struct column columns[] = {
        {"tenant", "", COLUMN_TEXT}, {"rows", "", COLUMN_BIGINT}};
    static const struct relation relation = {"r", "", columns, 2, 1, RELATION_KEYED, 0};

    (void)state;
    assert_int_equal(relation_find_column(&relation, "rows"), 1);
    assert_int_equal(relation_find_column(&relation, "row"), 2);
    assert_int_equal(relation_find_typed(&relation, "rows", COLUMN_BIGINT), 1);
    assert_int_equal(relation_find_typed(&relation, "rows", COLUMN_TEXT), 2);
    assert_int_equal(relation_find_typed(&relation, "row", COLUMN_TEXT), 2);
    assert_int_equal(relation_find_typed(&relation, "tenant", COLUMN_TEXT), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_type_is_found_by_its_name),
        cmocka_unit_test(another_name_is_no_type),
        cmocka_unit_test(a_column_is_found_by_name_and_by_type),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
