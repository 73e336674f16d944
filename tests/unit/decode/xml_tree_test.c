/* What elements become. */
#include "unit/decode/xml_fixture.h"

static const char *const roots[] = {"r", NULL};
static const char *const records[] = {"d", NULL};
static const struct xml_split_shape shape = {roots, records};

struct converted {
    const char *inside; /* of a record `<d>` */
    const char *record;
};

static void check_converted(const struct converted *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct result result;
        struct buffer document;

        result_init(&result);
        buffer_init(&document, RESULT_CEILING);
        buffer_printf(&document, "<r><d>%s</d></r>", cases[i].inside);
        run_all(&result, &shape, buffer_view(&document));
        assert_string_equal(result.err.text, "");
        assert_true(result.ok);
        buffer_clear(&document);
        buffer_printf(&document, "%s\n", cases[i].record);
        assert_string_equal(buffer_text(&result.records), buffer_text(&document));
        buffer_release(&document);
        result_release(&result);
    }
}

static void elements_become_members(void **state)
{
    static const struct converted cases[] = {
        {"", "{}"},
        {"<a>1</a><b>x y</b>", "{\"a\":\"1\",\"b\":\"x y\"}"},
        {"\n  <a>1</a>\n  <b>2</b>\n", "{\"a\":\"1\",\"b\":\"2\"}"},
        {"<a><b><c>1</c></b><d>2</d></a>", "{\"a\":{\"b\":{\"c\":\"1\"},\"d\":\"2\"}}"},
        {"<a id='2'><b>1</b></a>", "{\"a\":{\"@id\":\"2\",\"b\":\"1\"}}"},
        {"<a id=\"\" x='&lt;'/>", "{\"a\":{\"@id\":\"\",\"@x\":\"<\"}}"},
        {"<a><!-- x --><?y z?><b>1</b></a>", "{\"a\":{\"b\":\"1\"}}"},
        {"<n:a xmlns:n='u'>1</n:a>", "{\"n:a\":{\"@xmlns:n\":\"u\",\"#text\":\"1\"}}"},
    };

    (void)state;
    check_converted(cases, COUNT(cases));
}

static void nothing_is_absent(void **state)
{
    static const struct converted cases[] = {
        {"<a/>", "{}"},
        {"<a></a><b>1</b>", "{\"b\":\"1\"}"},
        {"<a><b/></a>", "{}"},
        {"<a>\n<b></b>\n<c/></a>", "{}"},
        {"<a><![CDATA[]]></a>", "{}"},
        {"<a><!-- nothing --></a>", "{}"},
    };

    (void)state;
    check_converted(cases, COUNT(cases));
}

static void text_is_kept_as_it_came(void **state)
{
    static const struct converted cases[] = {
        {"<a> x </a>", "{\"a\":\" x \"}"},
        {"<a> </a>", "{\"a\":\" \"}"},
        {"<a>x&amp;&lt;&gt;&quot;&apos;&#233;&#x1F600;</a>",
            "{\"a\":\"x&<>\\\"'\xC3\xA9\xF0\x9F\x98\x80\"}"},
        {"<a>1<![CDATA[<b>&#0;&amp;]]>2</a>", "{\"a\":\"1<b>&#0;&amp;2\"}"},
        {"<a>x<!-- y -->z</a>", "{\"a\":\"xz\"}"},
        {"<a>1\r\n2\r3&#13;</a>", "{\"a\":\"1\\n2\\n3\\r\"}"},
        {"text", "{\"#text\":\"text\"}"},
        {" text <a>1</a> more ", "{\"a\":\"1\",\"#text\":\" text  more \"}"},
        {"<a>x<b>1</b>\n</a>", "{\"a\":{\"b\":\"1\",\"#text\":\"x\\n\"}}"},
        {"<a>x<b/></a>", "{\"a\":{\"#text\":\"x\"}}"},
        {"<a id='1'>x</a>", "{\"a\":{\"@id\":\"1\",\"#text\":\"x\"}}"},
        {"<a id='1'> </a>", "{\"a\":{\"@id\":\"1\"}}"},
    };

    (void)state;
    check_converted(cases, COUNT(cases));
}

static void repeated_names_become_a_list(void **state)
{
    static const struct converted cases[] = {
        {"<a>1</a><a>2</a>", "{\"a\":[\"1\",\"2\"]}"},
        {"<a>1</a><b>x</b><a>2</a><a><c>3</c></a>",
            "{\"a\":[\"1\",\"2\",{\"c\":\"3\"}],\"b\":\"x\"}"},
        {"<a>1</a><a/><a>2</a>", "{\"a\":[\"1\",\"2\"]}"},
        {"<a/><a>2</a>", "{\"a\":\"2\"}"},
        {"<a><b>1</b></a><a><b>2</b><b>3</b></a>", "{\"a\":[{\"b\":\"1\"},{\"b\":[\"2\",\"3\"]}]}"},
        {"<a id='1'/><a id='2'/>", "{\"a\":[{\"@id\":\"1\"},{\"@id\":\"2\"}]}"},
        {"<id>1</id><a id='2'/><id>3</id>", "{\"id\":[\"1\",\"3\"],\"a\":{\"@id\":\"2\"}}"},
    };

    (void)state;
    check_converted(cases, COUNT(cases));
}

#define PAIR(k, v) "<entry><key>" k "</key><value>" v "</value></entry>"

static void entries_become_pairs(void **state)
{
    static const struct converted cases[] = {
        {"<a>" PAIR("k", "v") "</a>", "{\"a\":{\"k\":\"v\"}}"},
        {"<a>\n <entry>\n  <key>k</key>\n  <value>v</value>\n </entry>\n</a>",
            "{\"a\":{\"k\":\"v\"}}"},
        {"<a>" PAIR("z", "1") PAIR("b c", "2") PAIR("z", "3") "</a>",
            "{\"a\":{\"z\":\"1\",\"b c\":\"2\",\"z\":\"3\"}}"},
        {"<a><entry><value>v</value><key>k</key></entry></a>", "{\"a\":{\"k\":\"v\"}}"},
        {"<a><entry><key>k</key></entry>" PAIR("l", "") PAIR("", "x") "</a>",
            "{\"a\":{\"k\":\"\",\"l\":\"\",\"\":\"x\"}}"},
        {"<a id='1'>" PAIR("@k", "v") "</a>", "{\"a\":{\"@id\":\"1\",\"@k\":\"v\"}}"},
        {"<a>" PAIR("entry", "v") PAIR("key", "w") "</a>",
            "{\"a\":{\"entry\":\"v\",\"key\":\"w\"}}"},
        {PAIR("k", "v"), "{\"k\":\"v\"}"},
        {"<a>" PAIR("k", "1") "</a><a>" PAIR("l", "2") "</a>",
            "{\"a\":[{\"k\":\"1\"},{\"l\":\"2\"}]}"},
    };

    (void)state;
    check_converted(cases, COUNT(cases));
}

static void entries_among_others_are_elements(void **state)
{
    static const struct converted cases[] = {
        {"<a>" PAIR("k", "v") "<b>1</b></a>",
            "{\"a\":{\"entry\":{\"key\":\"k\",\"value\":\"v\"},\"b\":\"1\"}}"},
        {"<a>" PAIR("k", "v") PAIR("", "w") "<b/></a>",
            "{\"a\":{\"entry\":[{\"key\":\"k\",\"value\":\"v\"},{\"value\":\"w\"}]}}"},
        {"<a id='1'><b>1</b>" PAIR("k", "v") "</a>",
            "{\"a\":{\"@id\":\"1\",\"b\":\"1\",\"entry\":{\"key\":\"k\",\"value\":\"v\"}}}"},
        {"<a id='1'>" PAIR("@k", "v") "<b>1</b></a>",
            "{\"a\":{\"@id\":\"1\",\"entry\":{\"key\":\"@k\",\"value\":\"v\"},\"b\":\"1\"}}"},
        {"<a><entry><value>v</value></entry></a>", "{\"a\":{\"entry\":{\"value\":\"v\"}}}"},
        {"<a><entry/></a>", "{}"},
        {"<a><entry>x</entry></a>", "{\"a\":{\"entry\":\"x\"}}"},
        {"<a><entry id='1'><key>k</key></entry></a>",
            "{\"a\":{\"entry\":{\"@id\":\"1\",\"key\":\"k\"}}}"},
        {"<a><entry><key>k</key><key>l</key></entry></a>",
            "{\"a\":{\"entry\":{\"key\":[\"k\",\"l\"]}}}"},
        {"<a><entry><key>k</key><value><b>1</b></value></entry></a>",
            "{\"a\":{\"entry\":{\"key\":\"k\",\"value\":{\"b\":\"1\"}}}}"},
        {"<a><entry><key>k</key><other>1</other></entry></a>",
            "{\"a\":{\"entry\":{\"key\":\"k\",\"other\":\"1\"}}}"},
        {"<a><entry>x<key>k</key></entry></a>",
            "{\"a\":{\"entry\":{\"key\":\"k\",\"#text\":\"x\"}}}"},
        {"<entry><key>k</key><entry><key>l</key></entry></entry>",
            "{\"entry\":{\"key\":\"k\",\"entry\":{\"key\":\"l\"}}}"},
        {"<key>k</key><value>v</value>", "{\"key\":\"k\",\"value\":\"v\"}"},
    };

    (void)state;
    check_converted(cases, COUNT(cases));
}

/* A tree is read as those of JSON are. */
static bool look(void *context, const cJSON *record, struct str text, struct error *err)
{
    bool *seen = context;
    int64_t number;

    (void)err;
    (void)text;
    assert_int_equal(record_type(record_member(record, "a")), RECORD_STRING);
    assert_false(record_int(record_member(record, "a"), &number));
    assert_int_equal(record_type(record_member(record, "@id")), RECORD_STRING);
    assert_true(str_is(record_text(record_member(record, "@id")), "7"));
    assert_int_equal(record_type(record_member(record, "b")), RECORD_LIST);
    assert_int_equal(cJSON_GetArraySize(record_member(record, "b")), 2);
    assert_int_equal(record_type(record_member(record, "c")), RECORD_OBJECT);
    assert_true(str_is(record_text(record_member(record_member(record, "c"), "k")), "2"));
    assert_int_equal(record_type(record_member(record, "e")), RECORD_NULL);
    *seen = true;
    return true;
}

static void a_tree_is_read_like_one_of_json(void **state)
{
    static const char document[] =
        "<r><d id='7'><a>1</a><b>x</b><b>y</b><c>" PAIR("k", "1") PAIR("k", "2") "</c><e/></d></r>";
    bool seen = false;
    struct xml_split_handler handler = {
        .record = look, .unreadable = keep_unreadable, .context = &seen};
    struct xml_split *split = NULL;
    struct error err = {0};

    (void)state;
    assert_true(xml_split_new(&split, &shape, &handler, &err));
    assert_true(xml_split_feed(split, document, strlen(document), &err));
    assert_true(xml_split_end(split, &err));
    assert_true(seen);
    xml_split_free(split);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_become_members),
        cmocka_unit_test(nothing_is_absent),
        cmocka_unit_test(text_is_kept_as_it_came),
        cmocka_unit_test(repeated_names_become_a_list),
        cmocka_unit_test(entries_become_pairs),
        cmocka_unit_test(entries_among_others_are_elements),
        cmocka_unit_test(a_tree_is_read_like_one_of_json),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
