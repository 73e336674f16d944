#include "unit/mapping/fixture.h"

#include "mapping/rules.h"

#define HEAD "entity: thing\nkey: 1\ncolumns:\n"
#define TENANT "  - {name: tenant, type: text, rule: tenant}\n"

static void refuses(const char *text, const char *reason)
{
    struct mapping *mapping = NULL;
    struct error err = {0};

    assert_false(mapping_new(&mapping, "m/thing.yaml", str_of(text), &err));
    assert_null(mapping);
    assert_int_equal(err.kind, ERROR_CONFIG);
    assert_string_equal(err.text, reason);
}

static struct mapping *compiled(const char *text)
{
    struct mapping *mapping = NULL;
    struct error err = {0};

    if (!mapping_new(&mapping, "m/thing.yaml", str_of(text), &err)) {
        fail_msg("%s", err.text);
    }
    return mapping;
}

static void a_file_becomes_a_relation_and_its_sources(void **state)
{
    struct mapping *mapping = compiled(
        "entity: thing\nabout: Things.\nkey: 2\ncolumns:\n" TENANT
        "  - {name: id, type: text, cps: [zz, id], about: Which.}\n"
        "  - {name: kind, type: text, cps: id, rule: one_of, otherwise: X, words: [A, B]}\n"
        "  - {name: at, type: timestamptz, cps: [a, zz, b, c]}\n");
    const struct relation *relation = &mapping->relation;

    (void)state;
    assert_string_equal(relation->name, "thing");
    assert_string_equal(relation->about, "Things.");
    assert_int_equal(relation->column_count, 4);
    assert_int_equal(relation->key_count, 2);
    assert_string_equal(relation->columns[1].about, "Which.");
    assert_string_equal(relation->columns[2].about, "");
    assert_int_equal(relation->columns[3].type, COLUMN_TIMESTAMPTZ);
    assert_int_equal(mapping->property_count, 5);
    assert_string_equal(mapping->properties[0], "a");
    assert_string_equal(mapping->properties[4], "zz");
    assert_int_equal(mapping_property(mapping, "id"), 3);
    assert_int_equal(mapping_property(mapping, "i"), 5);
    assert_int_equal(mapping->columns[1].source_count, 2);
    assert_int_equal(mapping->columns[1].sources[0], 4);
    assert_int_equal(mapping->columns[1].sources[1], 3);
    assert_string_equal(mapping->columns[2].rule->name, "one_of");
    assert_string_equal(mapping->columns[2].otherwise, "X");
    assert_string_equal(mapping->columns[2].words[1], "B");
    assert_null(mapping->columns[2].words[2]);
    mapping_free(mapping);
    mapping_free(NULL);
}

static void every_property_is_found(void **state)
{
    struct mapping *mapping =
        compiled(HEAD TENANT "  - {name: a, type: text, cps: [q, w, e, r]}\n"
                             "  - {name: b, type: text, cps: [t, y, u, i]}\n"
                             "  - {name: c, type: text, cps: [custom attribute, W]}\n");

    (void)state;
    for (size_t i = 0; i < mapping->property_count; i++) {
        assert_int_equal(mapping_property(mapping, mapping->properties[i]), i);
    }
    mapping_free(mapping);
}

static void no_columns_but_the_tenant_is_a_relation(void **state)
{
    struct mapping *mapping = compiled(HEAD TENANT);

    (void)state;
    assert_int_equal(mapping->property_count, 0);
    assert_int_equal(mapping_property(mapping, "a"), 0);
    mapping_free(mapping);
}

static void the_keys_of_the_file_are_checked(void **state)
{
    (void)state;
    refuses("key: 1\ncolumns:\n" TENANT, "m/thing.yaml:1: key `entity`: is missing");
    refuses("entity: thing\ncolumns:\n" TENANT, "m/thing.yaml:1: key `key`: is missing");
    refuses("entity: thing\nkey: 1\n", "m/thing.yaml:1: key `columns`: is missing");
    refuses("entity: Thing\nkey: 1\ncolumns:\n" TENANT,
        "m/thing.yaml:1: key `entity`: only lower-case letters, digits and underscores");
    refuses("entity: thing\nkey: 2\ncolumns:\n" TENANT,
        "m/thing.yaml:2: key `key`: there are fewer columns");
    refuses("entity: thing\nkey: 0\ncolumns:\n" TENANT,
        "m/thing.yaml:2: key `key`: expected a whole number from 1 to 8, not `0`");
    refuses("entity: thing\nkey: 1\ncolumns: []\n",
        "m/thing.yaml:2: key `key`: there are fewer columns");
    refuses("entity: thing\nkeys: 1\ncolumns:\n" TENANT,
        "m/thing.yaml:2: key `keys`: unknown key; did you mean `key`?");
    refuses("", "m/thing.yaml:1: the file is empty");
}

static void the_names_of_columns_are_checked(void **state)
{
    (void)state;
    refuses(HEAD TENANT "  - {name: Model, type: text}\n",
        "m/thing.yaml:5: key `columns[1].name`: only lower-case letters, digits and underscores");
    refuses(HEAD TENANT "  - {name: 1st, type: text}\n",
        "m/thing.yaml:5: key `columns[1].name`: only lower-case letters, digits and underscores");
    refuses(HEAD TENANT "  - {name: 'a\"b', type: text}\n",
        "m/thing.yaml:5: key `columns[1].name`: only lower-case letters, digits and underscores");
    refuses(HEAD TENANT "  - {name: a, type: text}\n  - type: text\n    name: a\n",
        "m/thing.yaml:7: key `columns[2].name`: the column is there already");
    refuses(HEAD TENANT "  - {name: ctid, type: text}\n",
        "m/thing.yaml:5: key `columns[1].name`: the database has a column of that name");
    refuses(HEAD TENANT "  - {type: text}\n", "m/thing.yaml:5: key `columns[1].name`: is missing");
}

static void a_column_needs_a_type_and_a_rule_that_fits(void **state)
{
    (void)state;
    refuses(HEAD TENANT "  - {name: a, type: int}\n",
        "m/thing.yaml:5: key `columns[1].type`: not one of text, boolean, bigint, double "
        "precision, timestamptz, uuid, jsonb, text[]");
    refuses(HEAD TENANT "  - {name: a, type: text, rule: digit}\n",
        "m/thing.yaml:5: key `columns[1].rule`: no such rule `digit`; did you mean `digits`?");
    refuses(HEAD TENANT "  - {name: a, type: text, rule: nothing_near}\n",
        "m/thing.yaml:5: key `columns[1].rule`: no such rule `nothing_near`");
    refuses(HEAD TENANT "  - {name: a, type: bigint, rule: digits}\n",
        "m/thing.yaml:5: key `columns[1].rule`: the rule gives another type");
    refuses(HEAD TENANT "  - {name: a, type: text, cps: x, rule: one_of}\n",
        "m/thing.yaml:5: key `columns[1].words`: the rule needs a list of words");
}

static void the_sources_of_a_rule_are_counted(void **state)
{
    (void)state;
    refuses(HEAD TENANT "  - {name: a, type: text, cps: [b, c, d, e, f, g, h]}\n",
        "m/thing.yaml:5: key `columns[1].cps`: more than six properties");
    refuses(HEAD TENANT "  - {name: a, type: text, v1: [b, c, d, e, f, g, h]}\n",
        "m/thing.yaml:5: key `columns[1].v1`: more than six properties");
    refuses(HEAD TENANT "  - {name: a, type: text, rule: device_id, cps: b}\n",
        "m/thing.yaml:5: key `columns[1].cps`: the rule needs two properties");
    refuses(HEAD TENANT "  - {name: a, type: text, rule: device_id, v1: [b, c]}\n",
        "m/thing.yaml:5: key `columns[1].v1`: the rule needs one property");
    refuses(HEAD TENANT "  - {name: a, type: jsonb, rule: custom_attributes}\n",
        "m/thing.yaml:5: key `columns[1].cps`: the rule needs one property");
    refuses(HEAD TENANT "  - {name: a, type: boolean, rule: compromised, v1: [b, c]}\n",
        "m/thing.yaml:5: key `columns[1].v1`: the rule needs three properties");
    refuses(HEAD TENANT "  - {name: a, type: boolean, cps: a, v1: b, v1_rule: encrypted}\n",
        "m/thing.yaml:5: key `columns[1].v1`: the rule needs two properties");
}

static void the_first_column_is_the_tenants(void **state)
{
    (void)state;
    refuses(HEAD "  - {name: a, type: text, cps: b}\n",
        "m/thing.yaml:4: key `columns[0].rule`: the first column is the tenant's");
}

static void too_many_columns_are_refused(void **state)
{
    struct buffer text;
    struct mapping *mapping = NULL;
    struct error err = {0};

    (void)state;
    buffer_init(&text, CEILING_FILE);
    buffer_append_text(&text, HEAD TENANT);
    for (int i = 1; i < MAPPING_MOST_COLUMNS; i++) {
        buffer_printf(
            &text, "  - {name: c%d, type: text, cps: [a%d, b%d, c%d, d%d]}\n", i, i, i, i, i);
    }
    mapping = compiled(buffer_text(&text));
    assert_int_equal(mapping->property_count, 4 * (MAPPING_MOST_COLUMNS - 1));
    mapping_free(mapping);
    buffer_append_text(&text, "  - {name: more, type: text}\n");
    assert_false(mapping_new(&mapping, "m", buffer_view(&text), &err));
    assert_int_equal(err.kind, ERROR_CONFIG);
    assert_non_null(strstr(err.text, "key `columns`"));
    buffer_release(&text);
}

static void a_set_may_have_an_owner(void **state)
{
    struct mapping *mapping =
        compiled("entity: thing\nkey: 3\nset: true\nowner: who\ncolumns:\n" TENANT
                 "  - {name: id, type: text, cps: id}\n"
                 "  - {name: who, type: text, rule: owner}\n");

    (void)state;
    assert_int_equal(mapping->relation.kind, RELATION_SET);
    assert_int_equal(mapping->relation.owner, 2);
    assert_int_equal(mapping->relation.key_count, 3);
    mapping_free(mapping);
    mapping = compiled("entity: thing\nkey: 1\nset: true\ncolumns:\n" TENANT);
    assert_int_equal(mapping->relation.kind, RELATION_SET);
    assert_int_equal(mapping->relation.owner, 0);
    mapping_free(mapping);
    mapping = compiled(HEAD TENANT);
    assert_int_equal(mapping->relation.kind, RELATION_KEYED);
    assert_int_equal(mapping->relation.owner, 0);
    mapping_free(mapping);
}

static void an_owner_is_a_column_of_a_sets_key(void **state)
{
    static const char wrong[] = "m/thing.yaml:4: key `owner`: no column of the key has this name "
                                "and the rule owner";

    (void)state;
    refuses("entity: thing\nkey: 2\nowner: who\ncolumns:\n" TENANT
            "  - {name: who, type: text, rule: owner}\n",
        "m/thing.yaml:3: key `owner`: only a set has an owner");
    refuses("entity: thing\nkey: 1\nset: true\nowner: who\ncolumns:\n" TENANT
            "  - {name: who, type: text, rule: owner}\n",
        wrong);
    refuses("entity: thing\nkey: 2\nset: true\nowner: who\ncolumns:\n" TENANT
            "  - {name: who, type: text, cps: who}\n",
        wrong);
    refuses("entity: thing\nkey: 1\nset: true\nowner: tenant\ncolumns:\n" TENANT, wrong);
    refuses("entity: thing\nkey: 1\nset: maybe\ncolumns:\n" TENANT,
        "m/thing.yaml:3: key `set`: expected true or false, not `maybe`");
}

static void words_are_for_rules_that_take_them(void **state)
{
    static const char wrong[] =
        "m/thing.yaml:5: key `columns[1].words`: the rule takes no words, nor does `v1_rule`";

    (void)state;
    refuses(HEAD TENANT "  - {name: a, type: text, cps: a, words: [x]}\n", wrong);
    refuses(HEAD TENANT "  - {name: a, type: boolean, cps: a, words: [x]}\n", wrong);
    refuses(HEAD TENANT "  - {name: a, type: text, cps: a, rule: hexadecimal, v1: b,\n"
                        "     v1_rule: common_name, words: [x]}\n",
        "m/thing.yaml:6: key `columns[1].words`: the rule takes no words, nor does `v1_rule`");
    mapping_free(
        compiled(HEAD TENANT "  - {name: a, type: text, cps: a, rule: digits, words: [x]}\n"));
    mapping_free(
        compiled(HEAD TENANT "  - {name: a, type: text, cps: a, v1: b, v1_rule: not_a_word,\n"
                             "     words: [x]}\n"));
    mapping_free(compiled(HEAD TENANT "  - {name: a, type: text, cps: a, rule: one_of, v1: b,\n"
                                      "     v1_rule: hexadecimal, words: [x]}\n"));
}

static void a_path_has_names_between_its_dots(void **state)
{
    static const char *const wrong[] = {".a", "a.", "a..b", ".", "..", "a.b."};

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char text[160];

        (void)snprintf(text, sizeof text,
            HEAD TENANT "  - {name: a, type: text, cps: [b, \"%s\"]}\n", wrong[i]);
        refuses(text, "m/thing.yaml:5: key `columns[1].cps`: a path has no name between two dots, "
                      "or in front or behind");
        (void)snprintf(text, sizeof text,
            HEAD TENANT "  - {name: a, type: text, cps: b, v1: \"%s\"}\n", wrong[i]);
        refuses(text, "m/thing.yaml:5: key `columns[1].v1`: a path has no name between two dots, "
                      "or in front or behind");
    }
    refuses(HEAD TENANT "  - {name: a, type: text, cps: a.b.c.d.e.f.g.h.i.j}\n",
        "m/thing.yaml:5: key `columns[1].cps`: a path has nine names at most");
}

static void a_column_may_be_of_one_kind_of_server(void **state)
{
    struct mapping *mapping =
        compiled(HEAD TENANT "  - {name: a, type: text, cps: a, kind: core}\n"
                             "  - {name: b, type: text, cps: b, kind: cloud}\n");

    (void)state;
    assert_int_equal(mapping->columns[0].kind, MAPPING_ANY);
    assert_int_equal(mapping->columns[1].kind, MAPPING_CORE);
    assert_int_equal(mapping->columns[2].kind, MAPPING_CLOUD);
    mapping_free(mapping);
}

static void two_voices_fill_one_relation(void **state)
{
    struct mapping *mapping = compiled(
        HEAD TENANT "  - {name: a, type: text, cps: [x, y], v1: z, v1_rule: digits}\n"
                    "  - {name: b, type: boolean, cps: b, v1: [b, details.b], merge: either}\n"
                    "  - {name: c, type: text, cps: c, rule: mac_address}\n");

    (void)state;
    assert_int_equal(mapping->property_count, 4);
    assert_string_equal(mapping->columns[1].rule->name, "text");
    assert_int_equal(mapping->columns[1].merge, MERGE_CPS);
    assert_int_equal(mapping->columns[2].merge, MERGE_EITHER);
    assert_non_null(mapping->v1);
    assert_null(mapping->v1->v1);
    assert_int_equal(mapping->v1->relation.column_count, 4);
    assert_int_equal(mapping->v1->property_count, 3);
    assert_int_equal(mapping->v1->path_count, 1);
    assert_string_equal(mapping->v1->columns[1].rule->name, "digits");
    assert_int_equal(mapping->v1->columns[3].source_count, 0);
    mapping_free(mapping);
    mapping = compiled(HEAD TENANT "  - {name: a, type: text, cps: x}\n");
    assert_null(mapping->v1);
    mapping_free(mapping);
    refuses(HEAD TENANT "  - {name: a, type: text, cps: x, v1_rule: digits}\n",
        "m/thing.yaml:5: key `columns[1].v1_rule`: is given without `v1`");
    refuses(HEAD TENANT "  - {name: a, type: text, v1: x, v1_rule: digit}\n",
        "m/thing.yaml:5: key `columns[1].v1_rule`: no such rule `digit`; did you mean `digits`?");
    refuses(HEAD TENANT "  - {name: a, type: text, v1: x, v1_rule: bigint}\n",
        "m/thing.yaml:5: key `columns[1].v1_rule`: the rule gives another type");
    refuses(HEAD TENANT "  - {name: a, type: text, v1: x, merge: max}\n",
        "m/thing.yaml:5: key `columns[1].merge`: expected cps, v1, either, both or status, not "
        "`max`");
}

static void both_voices_become_one_by_the_columns_type(void **state)
{
    static const char *const booleans[] = {"either", "both"};
    char text[200];

    (void)state;
    for (size_t i = 0; i < FIXTURE_COUNT(booleans); i++) {
        (void)snprintf(text, sizeof text,
            HEAD TENANT "  - {name: a, type: text, v1: x, merge: %s}\n", booleans[i]);
        refuses(text, "m/thing.yaml:5: key `columns[1].merge`: only a boolean column is so merged");
    }
    refuses(HEAD TENANT "  - {name: a, type: bigint, v1: x, merge: status}\n",
        "m/thing.yaml:5: key `columns[1].merge`: only a text column is so merged");
}

/* Only a Core has v1. */
static void the_kind_is_that_of_cps(void **state)
{
    struct mapping *mapping =
        compiled(HEAD TENANT "  - {name: a, type: text, cps: a, v1: b, kind: cloud}\n");

    (void)state;
    assert_int_equal(mapping->columns[1].kind, MAPPING_CLOUD);
    assert_int_equal(mapping->v1->columns[1].kind, MAPPING_ANY);
    mapping_free(mapping);
}

static void names_with_dots_are_paths(void **state)
{
    struct mapping *mapping =
        compiled(HEAD TENANT "  - {name: a, type: text, cps: [b.x, plain, b, b.x.y]}\n"
                             "  - {name: b, type: text, cps: [z.x]}\n"
                             "  - {name: c, type: text, cps: [1.2.3.4.5.6.7.8.9]}\n");

    (void)state;
    assert_int_equal(mapping->path_count, 4);
    assert_int_equal(mapping->root_count, 3);
    for (size_t i = 0; i < mapping->path_count; i++) {
        const struct mapping_path *path = &mapping->paths[i];
        const char *name = mapping->properties[path->property];
        const struct mapping_root *root = &mapping->roots[path->root];

        assert_int_equal(root->name[0], name[0]);
        assert_int_equal(root->property, mapping_property(mapping, root->name));
        assert_int_equal(root->property == mapping->property_count, name[0] != 'b');
        assert_string_equal(path->steps[0], name[0] == '1' ? "2" : "x");
    }
    mapping_free(mapping);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_becomes_a_relation_and_its_sources),
        cmocka_unit_test(every_property_is_found),
        cmocka_unit_test(no_columns_but_the_tenant_is_a_relation),
        cmocka_unit_test(the_keys_of_the_file_are_checked),
        cmocka_unit_test(the_names_of_columns_are_checked),
        cmocka_unit_test(a_column_needs_a_type_and_a_rule_that_fits),
        cmocka_unit_test(the_sources_of_a_rule_are_counted),
        cmocka_unit_test(the_first_column_is_the_tenants),
        cmocka_unit_test(too_many_columns_are_refused),
        cmocka_unit_test(words_are_for_rules_that_take_them),
        cmocka_unit_test(a_path_has_names_between_its_dots),
        cmocka_unit_test(a_set_may_have_an_owner),
        cmocka_unit_test(an_owner_is_a_column_of_a_sets_key),
        cmocka_unit_test(a_column_may_be_of_one_kind_of_server),
        cmocka_unit_test(two_voices_fill_one_relation),
        cmocka_unit_test(both_voices_become_one_by_the_columns_type),
        cmocka_unit_test(the_kind_is_that_of_cps),
        cmocka_unit_test(names_with_dots_are_paths),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
