#include "unit/load/csv/sets.h"

#include "base/buffer.h"
#include "load/csv/csv_text.h"

static void assert_members(struct place *place, const char *rows)
{
    char *wanted = NULL;

    assert_true(asprintf(&wanted, MEMBER_HEADER "%s", rows) > 0);
    assert_file(in(place->path, "acme/device_group_member.csv"), wanted);
    free(wanted);
}

static ino_t inode(const char *path)
{
    struct stat info;

    assert_int_equal(stat(path, &info), 0);
    return info.st_ino;
}

/* A run with two devices' software, in no order, and two devices' groups. */
static struct outcome publish_two(struct place *place, const char *run_id)
{
    struct load *load = open_run(place, run_id);

    list(place, load, &software_relation, "d2", "com.b|2|t com.a|1|");
    list(place, load, &member_relation, "d2", "g2 g1");
    list(place, load, &software_relation, "d1", "com.a|-|t com.a|1|t com.a||");
    list(place, load, &member_relation, "d1", "g1");
    list(place, load, &catalog_relation, NULL, "com.z|1 com.a|2");
    return publish_all(place, load);
}

#define TWO_SOFTWARE                                                                               \
    "acme,d1,com.a,,t\nacme,d1,com.a,\"\",\nacme,d1,com.a,1,t\nacme,d2,com.a,1,\n"                 \
    "acme,d2,com.b,2,t\n"
#define TWO_MEMBERS "acme,g1,d1\nacme,g1,d2\nacme,g2,d2\n"

static void rows_are_sorted_by_all_their_columns(void **state)
{
    struct place *place = *state;
    struct outcome outcome = publish_two(place, "r1");

    assert_true(outcome.changed);
    assert_counts(outcome.counts[ALL_SOFTWARE], 5, 0, 0, 0);
    assert_counts(outcome.counts[ALL_MEMBER], 3, 0, 0, 0);
    assert_counts(outcome.counts[ALL_CATALOG], 2, 0, 0, 0);
    assert_software(place, TWO_SOFTWARE);
    assert_members(place, TWO_MEMBERS);
    assert_file(
        in(place->path, "acme/app_catalog.csv"), CATALOG_HEADER "acme,com.a,2\nacme,com.z,1\n");
}

static void every_relation_but_the_logs_has_a_file(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");

    assert_true(publish_all(place, load).changed);
    assert_file(in(place->path, "acme/software.csv"), SOFTWARE_HEADER);
    assert_file(in(place->path, "acme/device_group_member.csv"), MEMBER_HEADER);
    assert_file(in(place->path, "acme/app_catalog.csv"), CATALOG_HEADER);
    assert_int_equal(count_names(in(place->path, "acme/.")), ALL_COUNT - 1 + 1);
}

static void the_same_lists_again_touch_no_file(void **state)
{
    struct place *place = *state;
    struct outcome outcome;

    (void)publish_two(place, "r1");
    outcome = publish_two(place, "r2");
    assert_false(outcome.changed);
    assert_counts(outcome.counts[ALL_SOFTWARE], 0, 0, 0, 5);
    assert_counts(outcome.counts[ALL_MEMBER], 0, 0, 0, 3);
    assert_counts(outcome.counts[ALL_CATALOG], 0, 0, 0, 2);
    assert_false(is_there(in(place->path, ".uemsync/acme/snapshots/r2")));
}

static void a_list_replaces_its_owners_rows_and_no_others(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;
    struct outcome outcome;

    (void)publish_two(place, "r1");
    load = open_run(place, "r2");
    list(place, load, &software_relation, "d1", "com.0|1| com.a|1|t com.z|1|");
    list(place, load, &member_relation, "d2", "g2 g3");
    list(place, load, &catalog_relation, "ignored", "com.a|2 com.b|1");
    outcome = publish_all(place, load);
    assert_counts(outcome.counts[ALL_SOFTWARE], 2, 0, 2, 1);
    assert_counts(outcome.counts[ALL_MEMBER], 1, 0, 1, 1);
    assert_counts(outcome.counts[ALL_CATALOG], 1, 0, 1, 1);
    assert_software(place,
        "acme,d1,com.0,1,\nacme,d1,com.a,1,t\nacme,d1,com.z,1,\nacme,d2,com.a,1,\n"
        "acme,d2,com.b,2,t\n");
    assert_members(place, "acme,g1,d1\nacme,g2,d2\nacme,g3,d2\n");
    assert_file(
        in(place->path, "acme/app_catalog.csv"), CATALOG_HEADER "acme,com.a,2\nacme,com.b,1\n");
    /* What another list did not touch is linked. */
    assert_true(inode(in(place->path, ".uemsync/acme/snapshots/r1/device.csv")) ==
                inode(in(place->path, "acme/device.csv")));
}

static void an_empty_list_empties_its_owner(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;
    struct outcome outcome;

    (void)publish_two(place, "r1");
    load = open_run(place, "r2");
    list(place, load, &software_relation, "d2", "");
    list(place, load, &software_relation, "d", "");
    list(place, load, &software_relation, "d22", "");
    list(place, load, &member_relation, "d2", "");
    list(place, load, &catalog_relation, NULL, "");
    outcome = publish_all(place, load);
    assert_counts(outcome.counts[ALL_SOFTWARE], 0, 0, 2, 0);
    assert_counts(outcome.counts[ALL_MEMBER], 0, 0, 2, 0);
    assert_counts(outcome.counts[ALL_CATALOG], 0, 0, 2, 0);
    assert_software(place, "acme,d1,com.a,,t\nacme,d1,com.a,\"\",\nacme,d1,com.a,1,t\n");
    assert_members(place, "acme,g1,d1\n");
    assert_file(in(place->path, "acme/app_catalog.csv"), CATALOG_HEADER);
}

static void a_replaced_owner_has_no_rows(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;
    struct outcome outcome;

    (void)publish_two(place, "r1");
    load = open_run(place, "r2");
    list(place, load, &software_relation, "d1", "com.new|1|");
    list(place, load, &software_relation, "d3", "com.new|1|");
    replace(place, load, &software_relation, "d1");
    replace(place, load, &software_relation, "d9");
    replace(place, load, &member_relation, "d2");
    outcome = publish_all(place, load);
    assert_counts(outcome.counts[ALL_SOFTWARE], 1, 0, 3, 0);
    assert_counts(outcome.counts[ALL_MEMBER], 0, 0, 2, 0);
    assert_software(place, "acme,d2,com.a,1,\nacme,d2,com.b,2,t\nacme,d3,com.new,1,\n");
    assert_members(place, "acme,g1,d1\n");
}

/* Owners without a list go; those with one keep it, whether it came before or after. */
static void a_replaced_relation_keeps_its_lists_alone(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;
    struct outcome outcome;

    (void)publish_two(place, "r1");
    load = open_run(place, "r2");
    list(place, load, &software_relation, "d0", "com.new|1|");
    replace(place, load, &software_relation, NULL);
    list(place, load, &software_relation, "d2", "com.a|1|");
    replace(place, load, &member_relation, NULL);
    replace(place, load, &catalog_relation, NULL);
    outcome = publish_all(place, load);
    assert_counts(outcome.counts[ALL_SOFTWARE], 1, 0, 4, 1);
    assert_counts(outcome.counts[ALL_MEMBER], 0, 0, 3, 0);
    assert_counts(outcome.counts[ALL_CATALOG], 0, 0, 2, 0);
    assert_software(place, "acme,d0,com.new,1,\nacme,d2,com.a,1,\n");
    assert_members(place, "");
    assert_file(in(place->path, "acme/app_catalog.csv"), CATALOG_HEADER);
}

static void of_two_lists_of_an_owner_the_last_one_counts(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;
    struct outcome outcome;

    (void)publish_two(place, "r1");
    load = open_run(place, "r2");
    list(place, load, &software_relation, "d1", "com.a|1|t com.b|1| com.c|1|");
    list(place, load, &software_relation, "d1", "com.d|1| com.b|1|");
    list(place, load, &member_relation, "d2", "g1 g5");
    list(place, load, &member_relation, "d2", "g2 g6");
    list(place, load, &catalog_relation, NULL, "com.x|1");
    list(place, load, &catalog_relation, NULL, "com.z|1 com.a|2");
    outcome = publish_all(place, load);
    assert_counts(outcome.counts[ALL_SOFTWARE], 2, 0, 3, 0);
    assert_counts(outcome.counts[ALL_MEMBER], 1, 0, 1, 1);
    assert_counts(outcome.counts[ALL_CATALOG], 0, 0, 0, 2);
    assert_software(
        place, "acme,d1,com.b,1,\nacme,d1,com.d,1,\nacme,d2,com.a,1,\nacme,d2,com.b,2,t\n");
    assert_members(place, "acme,g1,d1\nacme,g2,d2\nacme,g6,d2\n");
}

static void repeated_items_are_one_row(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");
    struct outcome outcome;

    list(place, load, &software_relation, "d1", "com.a|1| com.b|1| com.a|1| com.a|1|");
    list(place, load, &member_relation, "d1", "g1 g1");
    outcome = publish_all(place, load);
    assert_counts(outcome.counts[ALL_SOFTWARE], 2, 0, 0, 0);
    assert_counts(outcome.counts[ALL_MEMBER], 1, 0, 0, 0);
    assert_software(place, "acme,d1,com.a,1,\nacme,d1,com.b,1,\n");
}

static void an_item_may_be_in_many_lists(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");
    struct items items;

    assert_true(take_items(place, load, &software_relation, "com.a|1| com.unused|1|", &items));
    assert_true(
        load->ops->list(load, &software_relation, str_of("d2"), items.items, 1, &place->err));
    assert_true(
        load->ops->list(load, &software_relation, str_of("d1"), items.items, 1, &place->err));
    (void)publish_all(place, load);
    assert_software(place, "acme,d1,com.a,1,\nacme,d2,com.a,1,\n");
    drop_items(&items);
}

static void an_owner_may_be_null_or_empty(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");
    struct str none = {NULL, 0};

    list(place, load, &software_relation, NULL, "com.a|1| com.b|1|");
    list(place, load, &software_relation, "", "com.a|2|");
    list(place, load, &software_relation, "\x01", "com.a|3|");
    list(place, load, &member_relation, NULL, "g1 -");
    list(place, load, &member_relation, "", "-");
    (void)publish_all(place, load);
    assert_software(
        place, "acme,,com.a,1,\nacme,,com.b,1,\nacme,\"\",com.a,2,\nacme,\x01,com.a,3,\n");
    assert_members(place, "acme,,\nacme,,\"\"\nacme,g1,\n");

    load = open_run(place, "r2");
    list(place, load, &software_relation, NULL, "com.b|1|");
    assert_true(load->ops->replace(load, &member_relation, &none, &place->err));
    assert_counts(publish_all(place, load).counts[ALL_SOFTWARE], 0, 0, 1, 1);
    assert_software(place, "acme,,com.b,1,\nacme,\"\",com.a,2,\nacme,\x01,com.a,3,\n");
    assert_members(place, "acme,,\"\"\n");
}

static void an_owner_that_no_key_can_hold_is_refused(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");
    char *large = malloc(CEILING_KEY + 2);

    assert_non_null(large);
    memset(large, 'x', CEILING_KEY + 1);
    large[CEILING_KEY + 1] = '\0';
    assert_false(try_list(place, load, &software_relation, large, "com.a|1|"));
    assert_int_equal(place->err.kind, ERROR_RECORD);
    assert_false(load->ops->list(load, &software_relation,
        (struct str){"d\0"
                     "1",
            3},
        NULL, 0, &place->err));
    assert_int_equal(place->err.kind, ERROR_RECORD);
    free(large);
    assert_counts(publish_all(place, load).counts[ALL_SOFTWARE], 0, 0, 0, 0);
    assert_software(place, "");
}

static void a_relation_with_keys_takes_no_list(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");

    assert_false(load->ops->list(load, &app_relation, str_of("d1"), NULL, 0, &place->err));
    assert_int_equal(place->err.kind, ERROR_DESTINATION);
    close_run(load);
}

static void an_item_that_no_line_can_hold_is_refused(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");
    char *large = calloc(1, CEILING_ROW + 1);
    struct cell cells[5] = {text_cell("acme"), text_cell("d1")};
    struct row row = {&software_relation, cells};
    struct load_item item = {0};

    assert_non_null(large);
    memset(large, '"', CEILING_ROW);
    cells[2] = (struct cell){.is_set = true, .text = {large, CEILING_ROW}};
    assert_false(load->ops->item(load, &row, &item, &place->err));
    assert_int_equal(place->err.kind, ERROR_RECORD);
    cells[2].text.size = CSV_FORM_CEILING;
    assert_false(load->ops->item(load, &row, &item, &place->err));
    assert_int_equal(place->err.kind, ERROR_RECORD);
    cells[2].text = (struct str){"a\0b", 3};
    assert_false(load->ops->item(load, &row, &item, &place->err));
    assert_int_equal(place->err.kind, ERROR_RECORD);
    /* The largest that is taken can be written, and read again. */
    cells[2].text = (struct str){large, (CSV_FORM_CEILING - 6) / 2};
    assert_true(load->ops->item(load, &row, &item, &place->err));
    assert_true(load->ops->list(load, &software_relation, str_of("d1"), &item, 1, &place->err));
    (void)publish_all(place, load);
    load = open_run(place, "r2");
    list(place, load, &software_relation, "d1", "com.a|1|");
    assert_counts(publish_all(place, load).counts[ALL_SOFTWARE], 1, 0, 1, 0);
    free(large);
}

/* A keyed relation: published rows of the owner stay where they are staged too, ahead of the call
 * or behind it. */
static void a_scope_of_keyed_rows_keeps_what_is_staged(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");
    struct outcome outcome;

    stage_device(place, load, "d1", "Eins");
    stage_device(place, load, "d2", "Zwei");
    stage_app(place, load, "d1", "com.a", "1");
    stage_app(place, load, "d1", "com.b", "1");
    stage_app(place, load, "d1", "com.c", "1");
    stage_app(place, load, "d2", "com.a", "1");
    (void)publish_all(place, load);

    load = open_run(place, "r2");
    stage_app(place, load, "d1", "com.b", "2");
    replace(place, load, &app_relation, "d1");
    stage_app(place, load, "d1", "com.c", "1");
    stage_app(place, load, "d1", "com.d", "1");
    remove_app(place, load, "d1", "com.a");
    replace(place, load, &app_relation, "d3");
    replace(place, load, &device_relation, "d1");
    stage_device(place, load, "d2", "Zwei");
    replace(place, load, &device_relation, "d2");
    stage_device(place, load, "d3", "Drei");
    replace(place, load, &device_relation, "d3");
    stage_device(place, load, "d3", "Drei");
    outcome = publish_all(place, load);
    assert_counts(outcome.counts[ALL_APP], 1, 0, 2, 1);
    assert_counts(outcome.counts[ALL_DEVICE], 1, 0, 2, 0);
    assert_file(in(place->path, "acme/device_app.csv"),
        APP_HEADER "acme,d1,com.c,1\nacme,d1,com.d,1\nacme,d2,com.a,1\n");

    load = open_run(place, "r3");
    stage_app(place, load, "d1", "com.c", "1");
    replace(place, load, &app_relation, NULL);
    stage_app(place, load, "d5", "com.a", "1");
    outcome = publish_all(place, load);
    assert_counts(outcome.counts[ALL_APP], 1, 0, 2, 1);
    assert_file(
        in(place->path, "acme/device_app.csv"), APP_HEADER "acme,d1,com.c,1\nacme,d5,com.a,1\n");
}

static void a_scope_ahead_of_the_mark_is_forgotten_too(void **state)
{
    struct place *place = *state;
    struct load *load = open_run(place, "r1");

    stage_app(place, load, "d1", "com.a", "1");
    stage_app(place, load, "d2", "com.a", "1");
    (void)publish_all(place, load);
    load = open_run(place, "r2");
    replace(place, load, &app_relation, "d1");
    replace(place, load, &app_relation, NULL);
    assert_true(load->ops->mark(load, &app_relation, &place->err));
    replace(place, load, &app_relation, "d2");
    assert_true(load->ops->forget(load, &app_relation, &place->err));
    assert_counts(publish_all(place, load).counts[ALL_APP], 0, 0, 1, 0);
    assert_file(in(place->path, "acme/device_app.csv"), APP_HEADER "acme,d1,com.a,1\n");

    load = open_run(place, "r3");
    assert_true(load->ops->mark(load, &app_relation, &place->err));
    replace(place, load, &app_relation, NULL);
    assert_true(load->ops->forget(load, &app_relation, &place->err));
    assert_counts(publish_all(place, load).counts[ALL_APP], 0, 0, 1, 0);
    assert_file(in(place->path, "acme/device_app.csv"), APP_HEADER);
}

static void what_is_not_published_stays(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;
    struct load_counts counts = {.relation = &member_relation};
    bool changed = false;

    (void)publish_two(place, "r1");
    load = open_run(place, "r2");
    list(place, load, &software_relation, "d1", "");
    replace(place, load, &software_relation, NULL);
    list(place, load, &member_relation, "d1", "");
    replace(place, load, &catalog_relation, NULL);
    assert_true(load->ops->publish(load, &counts, 1, NULL, &changed, &place->err));
    close_run(load);
    assert_counts(counts, 0, 0, 1, 0);
    assert_software(place, TWO_SOFTWARE);
    assert_members(place, "acme,g1,d2\nacme,g2,d2\n");
}

static void a_set_can_be_guarded_and_unguarded(void **state)
{
    struct place *place = *state;
    struct load *load = NULL;

    place->settings.csv_safe = true;
    load = open_run(place, "r1");
    list(place, load, &software_relation, "=d", "'=x|+4,9| =x|1|t");
    (void)publish_all(place, load);
    assert_software(place, "acme,'=d,''=x,\"'+4,9\",\nacme,'=d,'=x,1,t\n");
    load = open_run(place, "r2");
    list(place, load, &software_relation, "=d", "'=x|+4,9| =x|1|t");
    assert_counts(publish_all(place, load).counts[ALL_SOFTWARE], 0, 0, 0, 2);

    place->settings.csv_safe = false;
    load = open_run(place, "r3");
    list(place, load, &software_relation, "=d", "'=x|+4,9| =y|1|t");
    assert_counts(publish_all(place, load).counts[ALL_SOFTWARE], 1, 0, 1, 1);
    assert_software(place, "acme,=d,'=x,\"+4,9\",\nacme,=d,=y,1,t\n");
}

/* The set with a column more, with one less, and with two in another order. */
static const struct column other_columns[3][6] = {
    {{"tenant", "", COLUMN_TEXT}, {"device_id", "", COLUMN_TEXT}, {"identifier", "", COLUMN_TEXT},
        {"name", "", COLUMN_TEXT}, {"version", "", COLUMN_TEXT}, {"managed", "", COLUMN_BOOLEAN}},
    {{"tenant", "", COLUMN_TEXT}, {"device_id", "", COLUMN_TEXT}, {"version", "", COLUMN_TEXT},
        {"managed", "", COLUMN_BOOLEAN}},
    {{"tenant", "", COLUMN_TEXT}, {"device_id", "", COLUMN_TEXT}, {"version", "", COLUMN_TEXT},
        {"identifier", "", COLUMN_TEXT}, {"managed", "", COLUMN_BOOLEAN}},
};
static const struct relation other_relations[3] = {
    {"software", "", other_columns[0], 6, 2, RELATION_SET, 1},
    {"software", "", other_columns[1], 4, 2, RELATION_SET, 1},
    {"software", "", other_columns[2], 5, 2, RELATION_SET, 1},
};

static struct load *open_other(
    struct place *place, const char *run_id, size_t other, const struct relation *relations[1])
{
    relations[0] = &other_relations[other];
    place->schema = (struct load_schema){.relations = relations, .count = 1};
    return open_run(place, run_id);
}

static void publish_other(struct place *place, struct load *load, size_t other, int64_t inserted,
    int64_t deleted, int64_t unchanged)
{
    struct load_counts counts = {.relation = &other_relations[other]};
    bool changed = false;

    assert_true(load->ops->publish(load, &counts, 1, NULL, &changed, &place->err));
    close_run(load);
    assert_true(changed);
    assert_counts(counts, inserted, 0, deleted, unchanged);
}

static void a_new_column_lays_rows_out_anew(void **state)
{
    struct place *place = *state;
    const struct relation *relations[1];
    struct load *load = NULL;

    (void)publish_two(place, "r1");
    load = open_other(place, "r2", 0, relations);
    list(place, load, &other_relations[0], "d2", "com.a|-|1| com.b|Name|2|t");
    publish_other(place, load, 0, 1, 1, 1);
    assert_file(in(place->path, "acme/software.csv"),
        "tenant,device_id,identifier,name,version,managed\n"
        "acme,d1,com.a,,,t\nacme,d1,com.a,,\"\",\nacme,d1,com.a,,1,t\nacme,d2,com.a,,1,\n"
        "acme,d2,com.b,Name,2,t\n");
}

/* Without the column the rows are in another order, and some become one. */
static void a_column_that_goes_sorts_rows_anew(void **state)
{
    struct place *place = *state;
    const struct relation *relations[1];
    struct load *load = open_run(place, "r1");

    list(place, load, &software_relation, "d1", "com.a|3| com.b|2| com.c|3| com.d|1|t");
    list(place, load, &software_relation, "d2", "com.a|3| com.b|2|");
    (void)publish_all(place, load);
    load = open_other(place, "r2", 1, relations);
    list(place, load, &other_relations[1], "d2", "2| 4|");
    publish_other(place, load, 1, 1, 1, 1);
    assert_file(in(place->path, "acme/software.csv"),
        "tenant,device_id,version,managed\n"
        "acme,d1,1,t\nacme,d1,2,\nacme,d1,3,\nacme,d2,2,\nacme,d2,4,\n");
    assert_int_equal(count_names(in(place->path, ".uemsync/acme")), 3);
}

static void a_column_that_moves_sorts_rows_anew(void **state)
{
    struct place *place = *state;
    const struct relation *relations[1];
    struct load *load = open_run(place, "r1");

    list(place, load, &software_relation, "d1", "com.a|3| com.b|2|t");
    list(place, load, &software_relation, "d2", "com.a|3| com.b|2|");
    (void)publish_all(place, load);
    load = open_other(place, "r2", 2, relations);
    publish_other(place, load, 2, 0, 0, 0);
    assert_file(in(place->path, "acme/software.csv"),
        "tenant,device_id,version,identifier,managed\n"
        "acme,d1,2,com.b,t\nacme,d1,3,com.a,\nacme,d2,2,com.b,\nacme,d2,3,com.a,\n");
}

static void a_damaged_set_is_an_error_and_stays(void **state)
{
    static const char *const damaged[] = {
        "acme,d2,com.a,1,\nacme,d1,com.a,1,\n",
        "acme,d1,com.a,1,\nacme,d1,com.a,1,\n",
        "acme,d1,com.b,1,\nacme,d1,com.a,1,\n",
        "other,d1,com.a,1,\n",
        "acme,d1,com.a\n",
        "acme,d1,\"com.a,1,\n",
    };
    struct place *place = *state;

    (void)publish_two(place, "r1");
    for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
        struct load *load = NULL;
        struct outcome outcome;
        char *text = NULL;

        assert_true(asprintf(&text, SOFTWARE_HEADER "%s", damaged[i]) > 0);
        write_whole(in(place->path, "acme/software.csv"), text);
        load = open_run(place, "r2");
        list(place, load, &software_relation, "d1", "com.0|1| com.c|1|");
        assert_false(try_publish_all(place, load, &outcome));
        close_run(load);
        assert_int_equal(place->err.kind, ERROR_DESTINATION);
        assert_non_null(strstr(place->err.text, "software.csv: is damaged"));
        assert_file(in(place->path, "acme/software.csv"), text);
        free(text);
    }
}

/* Random lists, replaced owners and whole relations, of owners in both places at once, against a
 * plain model. */
enum { MODEL_OWNERS = 40, MODEL_ITEMS = 30, MODEL_ROUNDS = 12 };
struct model {
    bool rows[MODEL_OWNERS][MODEL_ITEMS];
    bool listed[MODEL_OWNERS];
};

static void list_random(struct place *place, struct load *load, const struct relation *relation,
    int owner, uint32_t random, struct model *model)
{
    struct buffer text;
    char name[16];

    buffer_init(&text, 4096);
    memset(model->rows[owner], 0, sizeof model->rows[owner]);
    for (int i = 0; i < 8; i++) {
        int item = (int)((random >> (3 * i)) % MODEL_ITEMS);

        buffer_printf(&text, "%s%02d", i > 0 ? " " : "", item);
        model->rows[owner][item] = true;
    }
    model->listed[owner] = true;
    (void)snprintf(name, sizeof name, "%02d", owner);
    list(place, load, relation, name, buffer_text(&text));
    buffer_release(&text);
}

static void assert_model(
    struct place *place, const char *file, const struct model *model, bool owner_first)
{
    int first_count = owner_first ? MODEL_OWNERS : MODEL_ITEMS;
    int second_count = owner_first ? MODEL_ITEMS : MODEL_OWNERS;
    struct buffer wanted;

    buffer_init(&wanted, 1024 * 1024);
    buffer_append_text(&wanted, owner_first ? "tenant,owner,item\n" : MEMBER_HEADER);
    for (int first = 0; first < first_count; first++) {
        for (int second = 0; second < second_count; second++) {
            if (owner_first ? model->rows[first][second] : model->rows[second][first]) {
                buffer_printf(&wanted, "acme,%02d,%02d\n", first, second);
            }
        }
    }
    assert_file(in(place->path, file), buffer_text(&wanted));
    buffer_release(&wanted);
}

static void lists_in_any_order_are_what_a_model_says(void **state)
{
    static const struct column columns[] = {
        {"tenant", "", COLUMN_TEXT}, {"owner", "", COLUMN_TEXT}, {"item", "", COLUMN_TEXT}};
    static const struct relation first_relation = {"first", "", columns, 3, 2, RELATION_SET, 1};
    static const struct relation *const relations[] = {&first_relation, &member_relation};
    struct place *place = *state;
    struct model *models = calloc(2, sizeof *models);
    uint32_t random = 7;

    assert_non_null(models);
    place->schema = (struct load_schema){.relations = relations, .count = 2};
    for (int round = 0; round < MODEL_ROUNDS; round++) {
        struct load_counts counts[2] = {
            {.relation = &first_relation}, {.relation = &member_relation}};
        struct load *load = NULL;
        bool changed = false;
        char run_id[16];

        (void)snprintf(run_id, sizeof run_id, "r%d", round);
        load = open_run(place, run_id);
        memset(models[0].listed, 0, sizeof models[0].listed);
        memset(models[1].listed, 0, sizeof models[1].listed);
        for (int i = 0; i < 60; i++) {
            struct model *model = &models[random >> 31];
            const struct relation *relation = relations[random >> 31];
            int owner = (int)((random >> 4) % MODEL_OWNERS);
            char name[16];

            random = random * 1664525u + 1013904223u;
            if (random >> 27 == 0) {
                (void)snprintf(name, sizeof name, "%02d", owner);
                replace(place, load, relation, name);
                memset(model->rows[owner], 0, sizeof model->rows[owner]);
                model->listed[owner] = true;
            } else if (random >> 24 == 255) {
                replace(place, load, relation, NULL);
                for (int other = 0; other < MODEL_OWNERS; other++) {
                    if (!model->listed[other]) {
                        memset(model->rows[other], 0, sizeof model->rows[other]);
                    }
                }
            } else {
                list_random(place, load, relation, owner, random, model);
            }
        }
        assert_true(load->ops->publish(load, counts, 2, NULL, &changed, &place->err));
        close_run(load);
        assert_model(place, "acme/first.csv", &models[0], true);
        assert_model(place, "acme/device_group_member.csv", &models[1], false);
    }
    free(models);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            rows_are_sorted_by_all_their_columns, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(
            every_relation_but_the_logs_has_a_file, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(the_same_lists_again_touch_no_file, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(
            a_list_replaces_its_owners_rows_and_no_others, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(an_empty_list_empties_its_owner, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(a_replaced_owner_has_no_rows, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(
            a_replaced_relation_keeps_its_lists_alone, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(
            of_two_lists_of_an_owner_the_last_one_counts, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(repeated_items_are_one_row, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(an_item_may_be_in_many_lists, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(an_owner_may_be_null_or_empty, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(
            an_owner_that_no_key_can_hold_is_refused, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(a_relation_with_keys_takes_no_list, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(
            an_item_that_no_line_can_hold_is_refused, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(
            a_scope_of_keyed_rows_keeps_what_is_staged, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(
            a_scope_ahead_of_the_mark_is_forgotten_too, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_published_stays, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(a_set_can_be_guarded_and_unguarded, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(a_new_column_lays_rows_out_anew, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(a_column_that_goes_sorts_rows_anew, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(a_column_that_moves_sorts_rows_anew, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(a_damaged_set_is_an_error_and_stays, set_up_all, tear_down),
        cmocka_unit_test_setup_teardown(
            lists_in_any_order_are_what_a_model_says, set_up_all, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
