#include <float.h>
#include <math.h>

#include "unit/load/csv/fixture.h"

#include "load/csv/csv_text.h"

static void assert_text(const char *text, bool safe, const char *wanted)
{
    struct buffer line;

    buffer_init(&line, 1024);
    csv_append_text(&line, str_of(text), safe);
    assert_string_equal(buffer_text(&line), wanted);
    buffer_release(&line);
}

static void text_is_quoted_only_where_it_must_be(void **state)
{
    static const struct {
        const char *text;
        const char *wanted;
    } cases[] = {
        {"plain", "plain"},
        {"two words", "two words"},
        {"", "\"\""},
        {"a,b", "\"a,b\""},
        {"say \"hi\"", "\"say \"\"hi\"\"\""},
        {"\"", "\"\"\"\""},
        {"two\nlines", "\"two\nlines\""},
        {"a\rb", "\"a\rb\""},
        {" lead", "\" lead\""},
        {"trail ", "\"trail \""},
        {"\ttab", "\"\ttab\""},
        {"mid\ttab", "mid\ttab"},
        {"\\.", "\"\\.\""},
        {"\\.x", "\\.x"},
        {"=1+1", "=1+1"},
        {"gr\xc3\xbc\xc3\x9f", "gr\xc3\xbc\xc3\x9f"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_text(cases[i].text, false, cases[i].wanted);
    }
}

static void csv_safe_guards_what_looks_like_a_formula(void **state)
{
    (void)state;
    assert_text("=1+1", true, "'=1+1");
    assert_text("+49 171", true, "'+49 171");
    assert_text("-x", true, "'-x");
    assert_text("@cmd", true, "'@cmd");
    assert_text("\tx", true, "\"'\tx\"");
    assert_text("\rx", true, "\"'\rx\"");
    assert_text("=a,b", true, "\"'=a,b\"");
    assert_text("a=b", true, "a=b");
    assert_text("'quoted'", true, "'quoted'");
    assert_text("", true, "\"\"");
}

static void the_guard_can_be_taken_away_again(void **state)
{
    static const char *const texts[] = {"=1", "'=1", "''=1", "'x", "x", "'", "''", "\t", "-,\""};
    struct buffer line;
    struct buffer scratch;

    (void)state;
    buffer_init(&line, 1024);
    buffer_init(&scratch, 1024);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        buffer_clear(&line);
        csv_append_text(&line, str_of(texts[i]), true);
        assert_true(str_is(csv_field_text(buffer_view(&line), true, &scratch), texts[i]));
    }
    buffer_release(&scratch);
    buffer_release(&line);
}

/* The row of the cells, encoded; the last column counts. */
static void assert_line(const struct cell *cells, const char *wanted)
{
    struct csv_encoder encoder;
    struct error err = {0};
    struct row row = {&device_relation, cells};

    csv_encoder_init(&encoder, false);
    assert_true(csv_encode_row(&encoder, &row, &err));
    assert_string_equal(buffer_text(&encoder.line), wanted);
    csv_encoder_release(&encoder);
}

static void every_type_is_written_as_postgresql_reads_it(void **state)
{
    const struct str items[] = {
        {"A", 1}, {"B c", 3}, {"", 0}, {"null", 4}, {"q\"\\", 3}, {"{,}", 3}, {"Nullx", 5}};
    struct cell cells[10] = {text_cell("acme"), text_cell("d-1"), text_cell(""),
        {.is_set = true, .boolean = true}, {.is_set = true, .number = INT64_MIN},
        {.is_set = true, .real = 0.1}, {.is_set = true, .ms = INT64_C(1582796171062)},
        {.is_set = true,
            .uuid = {0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0xfe, 0xdc, 0xba, 0x98, 0x76,
                0x54, 0x32, 0x10}},
        {.is_set = true, .json = {"{\"a\": [1, \"x\"]}", 15}},
        {.is_set = true, .list = {items, 7}}};

    (void)state;
    assert_line(cells, "acme,d-1,\"\",t,-9223372036854775808,0.1,2020-02-27T09:36:11.062Z,"
                       "01234567-89ab-cdef-fedc-ba9876543210,\"{\"\"a\"\": [1, \"\"x\"\"]}\","
                       "\"{A,\"\"B c\"\",\"\"\"\",\"\"null\"\",\"\"q\\\"\"\\\\\"\","
                       "\"\"{,}\"\",Nullx}\"\n");
    cells[3].boolean = false;
    cells[9].list.count = 0;
    cells[9].list.items = NULL;
    assert_line(cells, "acme,d-1,\"\",f,-9223372036854775808,0.1,2020-02-27T09:36:11.062Z,"
                       "01234567-89ab-cdef-fedc-ba9876543210,\"{\"\"a\"\": [1, \"\"x\"\"]}\","
                       "{}\n");
}

static void null_is_nothing(void **state)
{
    struct cell cells[10] = {text_cell("acme"), text_cell("d-1")};

    (void)state;
    assert_line(cells, "acme,d-1,,,,,,,,\n");
}

static void doubles_are_short_and_read_back_the_same(void **state)
{
    static const double numbers[] = {0, -0.0, 100, 1.0 / 3, 52.520008, 1e21, 5e-324, DBL_MAX,
        DBL_MIN, 0.1 + 0.2, 123456789012345678.0, -13.404954, 2.2250738585072011e-308};
    struct cell cells[10] = {text_cell("t"), text_cell("d")};
    struct csv_encoder encoder;
    struct error err = {0};
    struct row row = {&device_relation, cells};

    (void)state;
    csv_encoder_init(&encoder, false);
    cells[5].is_set = true;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        double back = 0;

        cells[5].real = numbers[i];
        assert_true(csv_encode_row(&encoder, &row, &err));
        back = strtod(buffer_text(&encoder.line) + strlen("t,d,,,,"), NULL);
        assert_memory_equal(&back, &numbers[i], sizeof back);
    }
    cells[5].real = 0.1;
    assert_true(csv_encode_row(&encoder, &row, &err));
    assert_string_equal(buffer_text(&encoder.line), "t,d,,,,0.1,,,,\n");
    cells[5].real = 5e-324;
    assert_true(csv_encode_row(&encoder, &row, &err));
    assert_string_equal(buffer_text(&encoder.line), "t,d,,,,5e-324,,,,\n");
    csv_encoder_release(&encoder);
}

static void awkward_values_come_back(void **state)
{
    static const char *const texts[] = {"", "\"", "\"\"", ",", "a\nb", "\r\n", "\\.", "\\", " ",
        "\"a\",\"b\"", "x\"", "\"x", "\xf0\x9f\x98\x80", "NULL", "{}"};
    struct buffer line;
    struct buffer scratch;

    (void)state;
    buffer_init(&line, 1024);
    buffer_init(&scratch, 1024);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct str rest = {0};
        struct str field = {0};

        buffer_clear(&line);
        csv_append_text(&line, str_of(texts[i]), false);
        buffer_append_text(&line, ",,after");
        rest = buffer_view(&line);
        assert_true(csv_next_field(&rest, &field));
        assert_true(str_is(csv_field_text(field, false, &scratch), texts[i]));
        assert_true(csv_next_field(&rest, &field));
        assert_null(csv_field_text(field, false, &scratch).data);
        assert_true(csv_next_field(&rest, &field));
        assert_true(str_is(csv_field_text(field, false, &scratch), "after"));
        assert_null(rest.data);
    }
    buffer_release(&scratch);
    buffer_release(&line);
}

static void broken_quoting_is_noticed(void **state)
{
    static const char *const lines[] = {"\"open", "\"a\"b,c", "a\"b\",c", "a\"", "\"", "\"\"\""};

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct str rest = str_of(lines[i]);
        struct str field = {0};

        assert_false(csv_next_field(&rest, &field));
    }
}

static void a_last_field_that_is_empty_is_a_field(void **state)
{
    struct str rest = str_of("a,");
    struct str field = {0};

    (void)state;
    assert_true(csv_next_field(&rest, &field));
    assert_non_null(rest.data);
    assert_true(csv_next_field(&rest, &field));
    assert_int_equal(field.size, 0);
    assert_null(rest.data);
}

/* NULL, then the columns' bytes, column by column. */
static void keys_are_in_the_order_of_their_columns(void **state)
{
    static const char *const keys[][2] = {{NULL, "z"}, {"", NULL}, {"", "b"}, {"a", "z"},
        {"a\x01", "a"}, {"aa", ""}, {"b", NULL}, {"b", ""}, {"\xc3\xa4", "a"}};
    size_t count = sizeof keys / sizeof *keys;

    (void)state;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < count; j++) {
            struct buffer a;
            struct buffer b;
            int order = 0;

            buffer_init(&a, 64);
            buffer_init(&b, 64);
            for (size_t k = 0; k < 2; k++) {
                assert_true(csv_key_append(&a, text_cell(keys[i][k]).text));
                assert_true(csv_key_append(&b, text_cell(keys[j][k]).text));
            }
            order = str_compare(buffer_view(&a), buffer_view(&b));
            assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
            buffer_release(&a);
            buffer_release(&b);
        }
    }
}

/* Every pair of rows of two columns, by their forms and by their keys. */
static void forms_are_in_the_order_of_their_keys(void **state)
{
    static const struct column columns[] = {
        {"tenant", "", COLUMN_TEXT}, {"a", "", COLUMN_TEXT}, {"b", "", COLUMN_JSONB}};
    static const struct relation relation = {"set", "", columns, 3, 1, RELATION_SET, 0};
    static const char *const texts[] = {NULL, "", "\x01", " ", "!", "\"", "\"\"", "'", "''",
        "'=", "''=", "'a", "+", ",", "-1", "=", "=a", "a", "a ", "a\tb", "a\nb", "a!", "a\"",
        "a\"b", "a'", "a+", "a,", "a,b", "a-", "ab", "b", "\xc3\xa4"};
    enum { COUNT = sizeof texts / sizeof *texts };
    struct buffer forms[COUNT * COUNT];
    struct buffer keys[COUNT * COUNT];
    struct csv_encoder encoder;
    struct error err = {0};

    (void)state;
    for (int safe = 0; safe < 2; safe++) {
        csv_encoder_init(&encoder, safe != 0);
        for (size_t i = 0; i < COUNT * COUNT; i++) {
            struct cell cells[3] = {
                text_cell("t"), text_cell(texts[i / COUNT]), text_cell(texts[i % COUNT])};

            cells[2].json = cells[2].text;
            assert_true(csv_encode_item(&encoder, &(struct row){&relation, cells}, &err));
            buffer_init(&forms[i], 100);
            buffer_append_str(&forms[i], buffer_view(&encoder.form));
            buffer_init(&keys[i], 100);
            for (size_t column = 1; column < 3; column++) {
                struct str text = cells[column].is_set ? cells[column].text : (struct str){NULL, 0};

                assert_true(csv_key_append(&keys[i], text));
            }
        }
        assert_true(csv_encoder_reserve(&encoder, 100));
        for (size_t i = 0; i < COUNT * COUNT; i++) {
            for (size_t j = 0; j < COUNT * COUNT; j++) {
                int order = csv_compare_ends(
                    &encoder, &relation, buffer_view(&forms[i]), buffer_view(&forms[j]));
                int wanted = str_compare(buffer_view(&keys[i]), buffer_view(&keys[j]));

                if ((order > 0) - (order < 0) != (wanted > 0) - (wanted < 0)) {
                    fail_msg("%s%s", buffer_text(&forms[i]), buffer_text(&forms[j]));
                }
            }
        }
        for (size_t i = 0; i < COUNT * COUNT; i++) {
            buffer_release(&keys[i]);
            buffer_release(&forms[i]);
        }
        csv_encoder_release(&encoder);
    }
}

static void a_key_comes_apart_as_it_was_made(void **state)
{
    struct buffer key;
    struct str rest = {0};
    struct str text = {0};

    (void)state;
    buffer_init(&key, 64);
    assert_true(csv_key_append(&key, str_of("one")));
    assert_true(csv_key_append(&key, (struct str){0}));
    assert_true(csv_key_append(&key, str_of("")));
    rest = buffer_view(&key);
    assert_true(str_is(csv_key_next(&rest), "one"));
    assert_null(csv_key_next(&rest).data);
    text = csv_key_next(&rest);
    assert_non_null(text.data);
    assert_int_equal(text.size, 0);
    assert_int_equal(rest.size, 0);
    buffer_release(&key);
}

static void a_nul_in_a_key_costs_the_row(void **state)
{
    struct cell cells[4] = {text_cell("t"), text_cell("d"), text_cell("i"), text_cell("v")};
    struct csv_encoder encoder;
    struct error err = {0};
    struct row row = {&app_relation, cells};

    (void)state;
    csv_encoder_init(&encoder, false);
    cells[2].text = (struct str){"a\0b", 3};
    assert_false(csv_encode_row(&encoder, &row, &err));
    assert_int_equal(err.kind, ERROR_RECORD);
    csv_encoder_release(&encoder);
}

static void a_row_above_the_ceiling_costs_the_row(void **state)
{
    struct cell cells[4] = {text_cell("t"), text_cell("d"), text_cell("i")};
    struct csv_encoder encoder;
    struct error err = {0};
    struct row row = {&app_relation, cells};
    size_t size = CSV_LINE_CEILING - 4;
    char *large = malloc(size);

    (void)state;
    assert_non_null(large);
    memset(large, 'x', size);
    csv_encoder_init(&encoder, false);
    cells[3] = (struct cell){.is_set = true, .text = {large, size}};
    assert_false(csv_encode_row(&encoder, &row, &err));
    assert_int_equal(err.kind, ERROR_RECORD);
    assert_non_null(strstr(err.text, "device_app"));

    /* And the next row is none the worse for it. */
    cells[3] = text_cell("v");
    buffer_clear(&encoder.key);
    assert_true(csv_encode_row(&encoder, &row, &err));
    assert_string_equal(buffer_text(&encoder.line), "t,d,i,v\n");
    csv_encoder_release(&encoder);
    free(large);
}

static void the_header_names_the_columns(void **state)
{
    struct buffer line;

    (void)state;
    buffer_init(&line, 1024);
    csv_append_header(&line, &app_relation);
    assert_string_equal(buffer_text(&line), "tenant,device_id,identifier,version\n");
    buffer_release(&line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_quoted_only_where_it_must_be),
        cmocka_unit_test(csv_safe_guards_what_looks_like_a_formula),
        cmocka_unit_test(the_guard_can_be_taken_away_again),
        cmocka_unit_test(every_type_is_written_as_postgresql_reads_it),
        cmocka_unit_test(null_is_nothing),
        cmocka_unit_test(doubles_are_short_and_read_back_the_same),
        cmocka_unit_test(awkward_values_come_back),
        cmocka_unit_test(broken_quoting_is_noticed),
        cmocka_unit_test(a_last_field_that_is_empty_is_a_field),
        cmocka_unit_test(keys_are_in_the_order_of_their_columns),
        cmocka_unit_test(forms_are_in_the_order_of_their_keys),
        cmocka_unit_test(a_key_comes_apart_as_it_was_made),
        cmocka_unit_test(a_nul_in_a_key_costs_the_row),
        cmocka_unit_test(a_row_above_the_ceiling_costs_the_row),
        cmocka_unit_test(the_header_names_the_columns),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
