#include "unit/load/csv/sets.h"

/* A stream into a file of `place`. */
static struct load *open_stream(struct place *place, const struct relation *relation,
    const size_t *columns, size_t count, FILE **out)
{
    struct load_stream_settings settings = {.relation = relation,
        .columns = columns,
        .column_count = count,
        .safe = place->settings.csv_safe,
        .out = fopen(in(place->path, "out.csv"), "wb")};
    struct load *load = NULL;

    assert_non_null(settings.out);
    assert_true(csv_open_stream(&settings, &load, &place->err));
    *out = settings.out;
    return load;
}

static void end_stream(struct place *place, struct load *load, FILE *out)
{
    bool changed = false;

    assert_true(load->ops->publish(load, NULL, 0, NULL, &changed, &place->err));
    close_run(load);
    assert_int_equal(fclose(out), 0);
}

static void rows_of_one_relation_go_out_as_they_come(void **state)
{
    static const size_t columns[] = {3, 1};
    struct place *place = *state;
    FILE *out = NULL;
    struct load *load = open_stream(place, &app_relation, columns, 2, &out);

    stage_app(place, load, "d2", "com.b", "2");
    stage_device(place, load, "d1", "of another relation");
    stage_app(place, load, "d1", "com.a", NULL);
    assert_false(load->ops->forget(load, &app_relation, &place->err));
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    assert_true(load->ops->forget(load, &device_relation, &place->err));
    end_stream(place, load, out);
    assert_file(in(place->path, "out.csv"), "version,device_id\n2,d2\n,d1\n");
}

static void lists_go_out_with_their_owner(void **state)
{
    static const size_t columns[] = {1, 3, 0, 2, 1};
    struct place *place = *state;
    FILE *out = NULL;
    struct load *load = open_stream(place, &software_relation, columns, 5, &out);
    struct items items;

    assert_true(
        take_items(place, load, &software_relation, "com.b|2|t com.a|-|t com.c|1,|t", &items));
    assert_true(
        load->ops->list(load, &software_relation, str_of("d,\"2"), items.items, 3, &place->err));
    assert_true(load->ops->list(
        load, &software_relation, (struct str){NULL, 0}, items.items + 2, 1, &place->err));
    assert_true(load->ops->list(load, &software_relation, str_of("d3"), NULL, 0, &place->err));
    drop_items(&items);
    end_stream(place, load, out);
    assert_file(in(place->path, "out.csv"),
        "device_id,version,tenant,identifier,device_id\n"
        "\"d,\"\"2\",2,acme,com.b,\"d,\"\"2\"\n\"d,\"\"2\",,acme,com.a,\"d,\"\"2\"\n"
        "\"d,\"\"2\",\"1,\",acme,com.c,\"d,\"\"2\"\n,\"1,\",acme,com.c,\n");
}

/* As they are different rows, though nobody sees it. */
static void rows_that_look_the_same_in_the_chosen_columns_all_go_out(void **state)
{
    static const size_t columns[] = {2};
    struct place *place = *state;
    FILE *out = NULL;
    struct load *load = open_stream(place, &software_relation, columns, 1, &out);

    list(place, load, &software_relation, "d1", "com.a|1| com.a|2| com.b|3|");
    list(place, load, &software_relation, "d2", "com.a|1|");
    end_stream(place, load, out);
    assert_file(in(place->path, "out.csv"), "identifier\ncom.a\ncom.a\ncom.b\ncom.a\n");
}

static void an_owner_may_be_left_out_or_stand_in_any_place(void **state)
{
    static const size_t columns[] = {2, 1};
    static const size_t catalog[] = {2, 0};
    struct place *place = *state;
    FILE *out = NULL;
    struct load *load = open_stream(place, &member_relation, columns, 2, &out);

    list(place, load, &member_relation, "d1", "g1");
    list(place, load, &software_relation, "d1", "of|another|");
    list(place, load, &member_relation, "d2", "g,1");
    end_stream(place, load, out);
    assert_file(in(place->path, "out.csv"), "device_id,group_id\nd1,g1\nd2,\"g,1\"\n");

    load = open_stream(place, &catalog_relation, catalog, 2, &out);
    list(place, load, &catalog_relation, "ignored", "com.a|7");
    end_stream(place, load, out);
    assert_file(in(place->path, "out.csv"), "version,tenant\n7,acme\n");
}

static void formulas_are_guarded(void **state)
{
    static const size_t columns[] = {1, 2};
    struct place *place = *state;
    FILE *out = NULL;
    struct load *load = NULL;

    place->settings.csv_safe = true;
    load = open_stream(place, &software_relation, columns, 2, &out);
    list(place, load, &software_relation, "=d1", "@x|1|");
    end_stream(place, load, out);
    assert_file(in(place->path, "out.csv"), "device_id,identifier\n'=d1,'@x\n");
}

/* A pipe or a file gets what came, and a terminal nothing that it would obey. */
static void a_terminal_is_shown_nothing_that_it_would_obey(void **state)
{
    static const size_t columns[] = {1, 2};
    struct place *place = *state;

    for (int shown = 0; shown <= 1; shown++) {
        FILE *out = fopen(in(place->path, "out.csv"), "wb");
        const struct load_stream_settings settings = {.relation = &device_relation,
            .columns = columns,
            .column_count = 2,
            .shown = shown == 1,
            .out = out};
        struct load *load = NULL;

        assert_non_null(out);
        assert_true(csv_open_stream(&settings, &load, &place->err));
        stage_device(place, load, "d\x1b[31m", "\t\xC3\xA4\r\n\xC2\x9B\xE2\x80\xAE,\x7F");
        end_stream(place, load, out);
        assert_file(in(place->path, "out.csv"),
            shown == 1 ? "device_id,name\nd?[31m,\"\t\xC3\xA4?\n??,?\"\n"
                       : "device_id,name\nd\x1b[31m,\"\t\xC3\xA4\r\n\xC2\x9B\xE2\x80\xAE,"
                         "\x7F\"\n");
    }
}

static void a_stream_that_cannot_be_written_is_an_error(void **state)
{
    static const size_t columns[] = {2};
    struct place *place = *state;
    struct load_stream_settings settings = {
        .relation = &software_relation, .columns = columns, .column_count = 1};
    struct load *load = NULL;
    bool changed = false;
    bool ok = true;

    settings.out = fopen("/dev/full", "wb");
    assert_non_null(settings.out);
    assert_true(csv_open_stream(&settings, &load, &place->err));
    for (int i = 0; ok && i < 1000; i++) {
        ok = try_list(place, load, &software_relation, "d1", "com.a|1|");
    }
    ok = ok && load->ops->publish(load, NULL, 0, NULL, &changed, &place->err);
    assert_false(ok);
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    close_run(load);
    (void)fclose(settings.out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            rows_of_one_relation_go_out_as_they_come, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(lists_go_out_with_their_owner, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(
            rows_that_look_the_same_in_the_chosen_columns_all_go_out, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(
            an_owner_may_be_left_out_or_stand_in_any_place, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(
            a_terminal_is_shown_nothing_that_it_would_obey, set_up, tear_down),
        cmocka_unit_test_setup_teardown(formulas_are_guarded, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(
            a_stream_that_cannot_be_written_is_an_error, set_up_all, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
