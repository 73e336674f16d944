/* Lists of rows whose owner's stand together in the file: how long they are, and in what order. */
#include "unit/load/csv/sets.h"

#include "base/buffer.h"

/* The first list is several blocks, of which the second has the first one alone. */
static void a_short_list_takes_the_place_of_a_long_one(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");
    struct buffer text;

    buffer_init(&text, 1024 * 1024);
    for (int i = 0; i < 60; i++) {
        buffer_printf(&text, "%scom.%d.%01000d|1|", i > 0 ? " " : "", i, 0);
    }
    list(place, load, &software_relation, "d1", buffer_text(&text));
    list(place, load, &software_relation, "d1", "com.a|1| com.x|1|");
    list(place, load, &software_relation, "d2", "com.a|1|");
    buffer_release(&text);
    assert_counts(publish_all(place, load).counts[ALL_SOFTWARE], 3, 0, 0, 0);
    assert_software(place, "acme,d1,com.a,1,\nacme,d1,com.x,1,\nacme,d2,com.a,1,\n");
}

/* Lines are in another order than what they say. */
static void a_list_is_compared_by_its_columns(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");
    struct outcome outcome;

    list(place, load, &software_relation, "d1", "a,b|1| a\"b|1| a!|1| a|2| |1| a|-| -|1| a||t");
    (void)publish_all(place, load);
    assert_software(place, "acme,d1,,1,\nacme,d1,\"\",1,\nacme,d1,a,,\nacme,d1,a,\"\",t\n"
                           "acme,d1,a,2,\nacme,d1,a!,1,\nacme,d1,\"a\"\"b\",1,\n"
                           "acme,d1,\"a,b\",1,\n");
    load = open_run(place, "r2");
    list(place, load, &software_relation, "d1", "a,b|1| a#|1| a!|1| a\"|1| |1| a|-| -|1| a||t");
    outcome = publish_all(place, load);
    assert_counts(outcome.counts[ALL_SOFTWARE], 2, 0, 2, 6);
    assert_software(place, "acme,d1,,1,\nacme,d1,\"\",1,\nacme,d1,a,,\nacme,d1,a,\"\",t\n"
                           "acme,d1,a!,1,\nacme,d1,\"a\"\"\",1,\nacme,d1,a#,1,\n"
                           "acme,d1,\"a,b\",1,\n");
}

/* One list of 100,000 rows, longer than what is sorted in memory, among others. */
static void a_list_may_be_longer_than_memory(void **state)
{
    enum { COUNT = 100000 };
    struct place *place = *state;
    struct load *load = open_run(place, "r1");
    struct load_item *items = calloc(COUNT, sizeof *items);
    char *forms = malloc((size_t)COUNT * 200);
    struct outcome outcome;
    size_t used = 0;
    struct stat info;

    assert_non_null(items);
    assert_non_null(forms);
    for (size_t i = 0; i < COUNT; i++) {
        char identifier[128];
        struct cell cells[5] = {text_cell("acme"), text_cell(NULL)};
        struct load_item item = {0};

        (void)snprintf(
            identifier, sizeof identifier, "com.example.%06zu.%090d", (i * 7919) % COUNT, 0);
        cells[2] = text_cell(identifier);
        assert_true(
            load->ops->item(load, &(struct row){&software_relation, cells}, &item, &place->err));
        memcpy(forms + used, item.form.data, item.form.size);
        items[i].form = (struct str){forms + used, item.form.size};
        used += item.form.size;
    }
    list(place, load, &software_relation, "d0", "com.a|1|");
    for (int turn = 0; turn < 2; turn++) {
        assert_true(load->ops->list(load, &software_relation, str_of("d1"), items + turn,
            (size_t)(COUNT - turn), &place->err));
    }
    list(place, load, &software_relation, "d2", "com.a|1|");
    assert_true(is_there(in(place->path, ".uemsync/acme/work")));
    outcome = publish_all(place, load);
    assert_counts(outcome.counts[ALL_SOFTWARE], COUNT - 1 + 2, 0, 0, 0);
    assert_int_equal(stat(in(place->path, "acme/software.csv"), &info), 0);
    assert_int_equal(
        info.st_size, strlen(SOFTWARE_HEADER) + 2 * strlen("acme,d0,com.a,1,\n") +
                          (COUNT - 1) * (strlen("acme,d1,com.example.000000.,,\n") + 90));
    assert_false(is_there(in(place->path, ".uemsync/acme/work")));
    free(forms);
    free(items);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_short_list_takes_the_place_of_a_long_one, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(a_list_is_compared_by_its_columns, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(a_list_may_be_longer_than_memory, set_up_all, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
