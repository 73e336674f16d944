#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sync/dictionary.h"

static const struct column columns[] = {
    {"tenant", "Whose.", COLUMN_TEXT},
    {"at", "It's | when.", COLUMN_TIMESTAMPTZ},
    {"why", "", COLUMN_TEXT_ARRAY},
};
static const struct relation thing = {"thing", "A \"thing\".", columns, 3, 2, RELATION_KEYED, 0};
static const struct relation *const relations[] = {&thing};
static const struct load_schema schema = {.relations = relations, .count = 1};

static const struct relation pile = {"pile", "Things.", columns, 2, 1, RELATION_SET, 0};
static const struct relation *const sets[] = {&pile};
static const struct load_schema schema_of_sets = {.relations = sets, .count = 1};

static const struct load_view view = {.relation = {.name = "device_policy",
                                          .about = "It's some.",
                                          .columns = columns,
                                          .column_count = 2,
                                          .kind = RELATION_VIEW},
    .file = "views/device_policy.sql"};
static const struct load_schema schema_of_views = {.views = &view, .view_count = 1};

static void prints(
    const struct load_schema *of, enum dictionary_format format, const char *expected)
{
    struct buffer out;

    buffer_init(&out, 100000);
    dictionary_write(&out, of, "uem", format);
    assert_string_equal(buffer_text(&out), expected);
    buffer_release(&out);
}

static void sql_creates_the_tables(void **state)
{
    (void)state;
    prints(&schema, DICTIONARY_SQL,
        "-- The relations of uemsync, as `uemsync migrate` creates them.\n"
        "CREATE SCHEMA IF NOT EXISTS \"uem\";\n"
        "\n"
        "CREATE TABLE \"uem\".thing (\n"
        "    \"tenant\" text NOT NULL,\n"
        "    \"at\" timestamptz NOT NULL,\n"
        "    \"why\" text[],\n"
        "    PRIMARY KEY (\"tenant\", \"at\")\n"
        ");\n"
        "COMMENT ON TABLE \"uem\".thing IS 'A \"thing\".';\n"
        "COMMENT ON COLUMN \"uem\".thing.\"tenant\" IS 'Whose.';\n"
        "COMMENT ON COLUMN \"uem\".thing.\"at\" IS 'It''s | when.';\n"
        "COMMENT ON COLUMN \"uem\".thing.\"why\" IS '';\n");
}

static void markdown_is_a_table_for_each_relation(void **state)
{
    (void)state;
    prints(&schema, DICTIONARY_MARKDOWN,
        "# Data dictionary\n"
        "\n"
        "## thing\n"
        "\n"
        "A \"thing\".\n"
        "\n"
        "| column | type | key | what it holds |\n"
        "| --- | --- | --- | --- |\n"
        "| tenant | text | yes | Whose. |\n"
        "| at | timestamptz | yes | It's \\| when. |\n"
        "| why | text[] |  |  |\n");
}

static void json_is_one_document(void **state)
{
    static const struct load_schema nothing = {.relations = relations, .count = 0};

    (void)state;
    prints(&schema, DICTIONARY_JSON,
        "{\"relations\": [{\"relation\": \"thing\", \"about\": \"A \\\"thing\\\".\", "
        "\"set\": false, \"columns\": ["
        "{\"name\": \"tenant\", \"type\": \"text\", \"key\": true, \"about\": \"Whose.\"}, "
        "{\"name\": \"at\", \"type\": \"timestamptz\", \"key\": true, \"about\": \"It's | "
        "when.\"}, "
        "{\"name\": \"why\", \"type\": \"text[]\", \"key\": false, \"about\": \"\"}]}]}\n");
    prints(&nothing, DICTIONARY_JSON, "{\"relations\": []}\n");
}

static void a_set_has_no_key_of_its_own(void **state)
{
    (void)state;
    prints(&schema_of_sets, DICTIONARY_SQL,
        "-- The relations of uemsync, as `uemsync migrate` creates them.\n"
        "CREATE SCHEMA IF NOT EXISTS \"uem\";\n"
        "\n"
        "-- A set: a row is identified by all its columns.\n"
        "CREATE TABLE \"uem\".pile (\n"
        "    \"tenant\" text NOT NULL,\n"
        "    \"at\" timestamptz\n"
        ");\n"
        "COMMENT ON TABLE \"uem\".pile IS 'Things.';\n"
        "COMMENT ON COLUMN \"uem\".pile.\"tenant\" IS 'Whose.';\n"
        "COMMENT ON COLUMN \"uem\".pile.\"at\" IS 'It''s | when.';\n");
    prints(&schema_of_sets, DICTIONARY_MARKDOWN,
        "# Data dictionary\n"
        "\n"
        "## pile\n"
        "\n"
        "Things.\n"
        "\n"
        "A set of rows: a row is identified by all its columns. Rows are looked up by the key, "
        "which may repeat.\n"
        "\n"
        "| column | type | key | what it holds |\n"
        "| --- | --- | --- | --- |\n"
        "| tenant | text | yes | Whose. |\n"
        "| at | timestamptz |  | It's \\| when. |\n");
    prints(&schema_of_sets, DICTIONARY_JSON,
        "{\"relations\": [{\"relation\": \"pile\", \"about\": \"Things.\", \"set\": true, "
        "\"columns\": ["
        "{\"name\": \"tenant\", \"type\": \"text\", \"key\": true, \"about\": \"Whose.\"}, "
        "{\"name\": \"at\", \"type\": \"timestamptz\", \"key\": false, \"about\": \"It's | "
        "when.\"}]}]}\n");
}

/* The user's own is there with its key; what only views read is not; and a view that needs it
 * cannot be made elsewhere. */
static void what_is_kept_is_no_relation_but_the_users_own_is(void **state)
{
    static const struct load_kept kept[] = {
        {.relation = {"mine", "My own.", columns, 2, 1, RELATION_OWN, 0}},
        {.relation = {"inner", "Kept.", columns, 2, 1, RELATION_KEPT, 0}},
    };
    const struct load_view inner = {.relation = view.relation, .is_inner = true};
    const struct load_schema of = {.kept = kept, .kept_count = 2, .views = &inner, .view_count = 1};

    (void)state;
    prints(&of, DICTIONARY_SQL,
        "-- The relations of uemsync, as `uemsync migrate` creates them.\n"
        "CREATE SCHEMA IF NOT EXISTS \"uem\";\n"
        "\n"
        "CREATE TABLE \"uem\".mine (\n"
        "    \"tenant\" text NOT NULL,\n"
        "    \"at\" timestamptz,\n"
        "    PRIMARY KEY (\"tenant\")\n"
        ");\n"
        "COMMENT ON TABLE \"uem\".mine IS 'My own.';\n"
        "COMMENT ON COLUMN \"uem\".mine.\"tenant\" IS 'Whose.';\n"
        "COMMENT ON COLUMN \"uem\".mine.\"at\" IS 'It''s | when.';\n"
        "\n"
        "-- device_policy is made by `uemsync migrate` alone, as it reads what runs keep up for "
        "it.\n");
    prints(&of, DICTIONARY_MARKDOWN,
        "# Data dictionary\n"
        "\n"
        "## mine\n"
        "\n"
        "My own.\n"
        "\n"
        "A table, in PostgreSQL alone.\n"
        "\n"
        "| column | type | key | what it holds |\n"
        "| --- | --- | --- | --- |\n"
        "| tenant | text | yes | Whose. |\n"
        "| at | timestamptz |  | It's \\| when. |\n"
        "\n"
        "## device_policy\n"
        "\n"
        "It's some.\n"
        "\n"
        "A view, in PostgreSQL alone.\n"
        "\n"
        "| column | type | key | what it holds |\n"
        "| --- | --- | --- | --- |\n"
        "| tenant | text |  | Whose. |\n"
        "| at | timestamptz |  | It's \\| when. |\n");
    prints(&of, DICTIONARY_JSON,
        "{\"relations\": [{\"relation\": \"mine\", \"about\": \"My own.\", \"set\": false, "
        "\"columns\": ["
        "{\"name\": \"tenant\", \"type\": \"text\", \"key\": true, \"about\": \"Whose.\"}, "
        "{\"name\": \"at\", \"type\": \"timestamptz\", \"key\": false, \"about\": \"It's | "
        "when.\"}]}, "
        "{\"relation\": \"device_policy\", \"about\": \"It's some.\", \"set\": false, "
        "\"view\": true, \"columns\": ["
        "{\"name\": \"tenant\", \"type\": \"text\", \"key\": false, \"about\": \"Whose.\"}, "
        "{\"name\": \"at\", \"type\": \"timestamptz\", \"key\": false, \"about\": \"It's | "
        "when.\"}]}]}\n");
}

/* What has a key: rows, what runs say of themselves, states; a ledger has none. */
static void keys_are_those_of_the_tables(void **state)
{
    static const enum relation_kind kinds[] = {
        RELATION_KEYED, RELATION_RUN, RELATION_HISTORY, RELATION_LOG};

    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const struct relation relation = {"thing", "", columns, 3, 2, kinds[i], 0};
        const struct relation *const one = &relation;
        const struct load_schema of = {.relations = &one, .count = 1};
        struct buffer out;

        buffer_init(&out, 100000);
        dictionary_write(&out, &of, "uem", DICTIONARY_SQL);
        assert_int_equal(strstr(buffer_text(&out), "PRIMARY KEY (\"tenant\", \"at\")") != NULL,
            kinds[i] != RELATION_LOG);
        buffer_release(&out);
    }
}

static void a_view_is_told_by_its_statement(void **state)
{
    (void)state;
    prints(&schema_of_views, DICTIONARY_SQL,
        "-- The relations of uemsync, as `uemsync migrate` creates them.\n"
        "CREATE SCHEMA IF NOT EXISTS \"uem\";\n"
        "\n"
        "-- The policies of devices: device_configuration has them among its rows.\n"
        "CREATE OR REPLACE VIEW \"uem\".device_policy AS\n"
        "SELECT \"tenant\", \"at\"\n"
        "FROM \"uem\".device_configuration\n"
        "WHERE profile_type = 'POLICY';\n"
        "COMMENT ON VIEW \"uem\".device_policy IS 'It''s some.';\n"
        "COMMENT ON COLUMN \"uem\".device_policy.\"tenant\" IS 'Whose.';\n"
        "COMMENT ON COLUMN \"uem\".device_policy.\"at\" IS 'It''s | when.';\n");
    prints(&schema_of_views, DICTIONARY_MARKDOWN,
        "# Data dictionary\n"
        "\n"
        "## device_policy\n"
        "\n"
        "It's some.\n"
        "\n"
        "A view, in PostgreSQL alone.\n"
        "\n"
        "| column | type | key | what it holds |\n"
        "| --- | --- | --- | --- |\n"
        "| tenant | text |  | Whose. |\n"
        "| at | timestamptz |  | It's \\| when. |\n");
    prints(&schema_of_views, DICTIONARY_JSON,
        "{\"relations\": [{\"relation\": \"device_policy\", \"about\": \"It's some.\", "
        "\"set\": false, \"view\": true, \"columns\": ["
        "{\"name\": \"tenant\", \"type\": \"text\", \"key\": false, \"about\": \"Whose.\"}, "
        "{\"name\": \"at\", \"type\": \"timestamptz\", \"key\": false, \"about\": \"It's | "
        "when.\"}]}]}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sql_creates_the_tables),
        cmocka_unit_test(markdown_is_a_table_for_each_relation),
        cmocka_unit_test(json_is_one_document),
        cmocka_unit_test(a_set_has_no_key_of_its_own),
        cmocka_unit_test(a_view_is_told_by_its_statement),
        cmocka_unit_test(keys_are_those_of_the_tables),
        cmocka_unit_test(what_is_kept_is_no_relation_but_the_users_own_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
