/* Whole answers: which records they hold, what they say of their number, and what is refused. */
#include "unit/decode/xml_fixture.h"

static const char *const device_roots[] = {"response", "other", NULL};
static const char *const device_ways[] = {"devices/device", NULL};
static const struct xml_split_shape devices = {device_roots, device_ways};

static const char *const eas_roots[] = {"easWebServiceReponse", "easWebServiceResponse", NULL};
static const char *const eas_ways[] = {"allowed/one", "blocked/two", "three", NULL};
static const struct xml_split_shape eas = {eas_roots, eas_ways};

struct accepted {
    const char *document;
    const char *records;
    const char *texts;
    int64_t told;
};

static void check_accepted(
    const struct xml_split_shape *shape, const struct accepted *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct result result;

        result_init(&result);
        run_all(&result, shape, str_of(cases[i].document));
        assert_string_equal(result.err.text, "");
        assert_true(result.ok);
        assert_string_equal(buffer_text(&result.records), cases[i].records);
        assert_string_equal(buffer_text(&result.texts), cases[i].texts);
        assert_int_equal(result.told, cases[i].told);
        result_release(&result);
    }
}

struct refused {
    const char *document;
    const char *message; /* a part of it */
};

static void check_refused(const struct refused *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct result result;

        result_init(&result);
        run_all(&result, &devices, str_of(cases[i].document));
        assert_false(result.ok);
        assert_int_equal(result.err.kind, ERROR_SERVER);
        if (strstr(result.err.text, cases[i].message) == NULL) {
            fail_msg(
                "%s: \"%s\" lacks \"%s\"", cases[i].document, result.err.text, cases[i].message);
        }
        result_release(&result);
    }
}

static void records_stand_on_their_way(void **state)
{
    static const struct accepted cases[] = {
        {"<response/>", "", "", -1},
        {"<other><devices></devices></other>", "", "", -1},
        {"<response><devices><device/><device id='2'><a>1</a></device ></devices></response>",
            "{}\n{\"@id\":\"2\",\"a\":\"1\"}\n", "<device/>\n<device id='2'><a>1</a></device >\n",
            -1},
        {" \r\n<?xml version='1.0' encoding='ISO-8859-1'?>\n<!-- x -->\n<response>\n <x><device/>"
         "</x><device/>\n"
         "<devices><y><device/></y> <device><device>\xC3\xA9</device></device></devices>"
         "<devices><device/></devices></response>\n<!-- y -->\n",
            "{\"device\":\"\xC3\xA9\"}\n{}\n",
            "<device><device>\xC3\xA9</device></device>\n<device/>\n", -1},
        {"\xEF\xBB\xBF<response><devices><device a=\"1\"/></devices></response>",
            "{\"@a\":\"1\"}\n", "<device a=\"1\"/>\n", -1},
        {"\xEF\xBB\xBF <?xml version='1.1'?><response/>", "", "", -1},
        {"<response><devices><device>\xFF</device></devices></response>",
            "{\"#text\":\"" FFFD "\"}\n", "<device>" FFFD "</device>\n", -1},
    };

    (void)state;
    check_accepted(&devices, cases, COUNT(cases));
}

static void records_of_several_ways_name_their_element(void **state)
{
    static const struct accepted cases[] = {
        {"<easWebServiceReponse><allowed><one id='1'><a>1</a></one><two/></allowed><blocked>"
         "<one/><two>x</two></blocked><three/></easWebServiceReponse>",
            "{\"@element\":\"one\",\"@id\":\"1\",\"a\":\"1\"}\n"
            "{\"@element\":\"two\",\"#text\":\"x\"}\n{\"@element\":\"three\"}\n",
            "<one id='1'><a>1</a></one>\n<two>x</two>\n<three/>\n", -1},
        {"<easWebServiceResponse><allowed/></easWebServiceResponse>", "", "", -1},
    };

    (void)state;
    check_accepted(&eas, cases, COUNT(cases));
}

#define TWO "<devices><device/><device/></devices>"

static void an_answer_says_how_many_it_has(void **state)
{
    static const struct accepted cases[] = {
        {"<response><messages><message>2 Device(s) returned</message></messages>" TWO "</response>",
            "{}\n{}\n", "<device/>\n<device/>\n", 2},
        {"<response>" TWO "<messages>\n<message>\n 2 policies\nreturned.</message>"
         "<message>9 others</message></messages></response>",
            "{}\n{}\n", "<device/>\n<device/>\n", 2},
        {"<response><messages><message>7 Device(s)</message></messages>" TWO
         "<totalCount> 2 </totalCount></response>",
            "{}\n{}\n", "<device/>\n<device/>\n", 2},
        {"<response><totalCount/><messages/>" TWO "</response>", "{}\n{}\n",
            "<device/>\n<device/>\n", -1},
        {"<response><totalCount>2x</totalCount>" TWO "</response>", "{}\n{}\n",
            "<device/>\n<device/>\n", -1},
        {"<response><messages><message>Success</message><message>3 x</message></messages>" TWO
         "</response>",
            "{}\n{}\n", "<device/>\n<device/>\n", -1},
        {"<response><messages><message>10.8.0 is old</message></messages>" TWO "</response>",
            "{}\n{}\n", "<device/>\n<device/>\n", -1},
        {"<response><messages><message>99999999999999999999 x</message></messages>" TWO
         "</response>",
            "{}\n{}\n", "<device/>\n<device/>\n", -1},
        {"<response><x><totalCount>5</totalCount></x><message>6 x</message>" TWO "</response>",
            "{}\n{}\n", "<device/>\n<device/>\n", -1},
        {"<response><messages><message>0 Device(s) returned</message></messages></response>", "",
            "", 0},
    };

    (void)state;
    check_accepted(&devices, cases, COUNT(cases));
}

static void another_number_than_said_is_an_error(void **state)
{
    static const struct refused cases[] = {
        {"<response><messages><message>3 Device(s) returned</message></messages>" TWO "</response>",
            "says that it has 3 records, and 2 came"},
        {"<response>" TWO "<totalCount>1</totalCount></response>",
            "says that it has 1 records, and 2 came"},
        {"<response><totalCount>212</totalCount></response>",
            "says that it has 212 records, and 0"},
    };

    (void)state;
    check_refused(cases, COUNT(cases));
}

static void another_document_is_refused(void **state)
{
    static const struct refused cases[] = {
        {"", "empty (0 bytes)"},
        {"\xEF\xBB\xBF \n", "empty (5 bytes)"},
        {"<responses/>", "another document: <responses>, where <response> was expected"},
        {"<html><body/></html>", "a web page (HTML)"},
        {"<HTML>", "a web page (HTML)"},
        {"<!DOCTYPE html><html></html>", "a web page (HTML)"},
        {"\n<!doctype html><meta charset=x>", "a web page (HTML)"},
        {"<!-- x --><!DocType HTML>", "a web page (HTML)"},
        {"<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\" \"http://x/y.dtd\"><p>",
            "a web page (HTML)"},
        {"{\"devices\":{}}", "is JSON, though XML was asked for"},
        {"\xEF\xBB\xBF [1]", "is JSON, though XML was asked for"},
        {"Service Unavailable", "no valid XML: syntax error at byte offset 0"},
    };

    (void)state;
    check_refused(cases, COUNT(cases));
}

static void a_doctype_is_refused(void **state)
{
    static const struct refused cases[] = {
        {"<!DOCTYPE response><response/>", "a DOCTYPE at byte offset"},
        {"<!DOCTYPE response SYSTEM 'file:///etc/passwd'><response/>", "a DOCTYPE"},
        {"<!DOCTYPE response [<!ENTITY a 'b'>]><response>&a;</response>", "a DOCTYPE"},
        {"<!DOCTYPE response [<!ENTITY % a SYSTEM 'http://127.0.0.1/'>%a;]><response/>",
            "a DOCTYPE"},
        {"<response>&a;</response>", "undefined entity at byte offset 10"},
    };

    (void)state;
    check_refused(cases, COUNT(cases));
}

static void what_is_no_xml_is_an_error_that_names_the_offset(void **state)
{
    static const struct refused cases[] = {
        {"<response></other>", "mismatched tag at byte offset 12"},
        {"<response><a></response>", "mismatched tag at byte offset 15"},
        {"<response><a b></a></response>", "not well-formed (invalid token) at byte offset 14"},
        {"<response <!doctype x>", "not well-formed (invalid token) at byte offset 10"},
        {"<response a='1' a='2'/>", "duplicate attribute at byte offset"},
        {"<response>a & b</response>", "invalid token) at byte offset 13"},
        {"<response/><response/>", "junk after document element at byte offset 11"},
        {"<response/>x", "junk after document element at byte offset 11"},
        {"<response>]]></response>", "invalid token"},
        {"  <response><\x01/></response>", "invalid token) at byte offset 13"},
    };

    (void)state;
    check_refused(cases, COUNT(cases));
}

static const char sample[] =
    "<?xml version=\"1.0\"?><response><messages><message>1 Device(s) returned</message></messages>"
    "<devices><device id=\"2\"><a>x&amp;&#233;\xC3\xA9</a><details><entry><key>k</key>"
    "<value><![CDATA[v]]></value></entry></details><b/><!-- c --></device></devices></response>";

static void a_truncated_document_is_an_error(void **state)
{
    struct result whole;

    (void)state;
    result_init(&whole);
    run_all(&whole, &devices, str_of(sample));
    assert_true(whole.ok);
    assert_string_equal(buffer_text(&whole.records),
        "{\"@id\":\"2\",\"a\":\"x&\xC3\xA9\xC3\xA9\",\"details\":{\"k\":\"v\"}}\n");
    result_release(&whole);
    for (size_t size = 1; size < sizeof sample - 1; size++) {
        static const size_t pieces[] = {1, 7, sizeof sample};

        for (size_t i = 0; i < COUNT(pieces); i++) {
            struct result result;

            result_init(&result);
            run(&result, &devices, (struct str){sample, size}, pieces[i]);
            assert_false(result.ok);
            assert_int_equal(result.err.kind, ERROR_SERVER);
            assert_non_null(strstr(result.err.text, "cut short: it ends at byte offset"));
            result_release(&result);
        }
    }
}

static void broken_characters_cost_themselves(void **state)
{
    static const char document[] =
        "<response><devices><device><a>x\xE2\x82&#xD800;\x02y&#0;</a><a b='&#8;\xFF'/>"
        "</device></devices></response>";
    struct result result;

    (void)state;
    result_init(&result);
    run_all(&result, &devices, str_of(document));
    assert_string_equal(result.err.text, "");
    assert_string_equal(buffer_text(&result.records),
        "{\"a\":[\"x" FFFD FFFD FFFD "y" FFFD "\",{\"@b\":\"" FFFD FFFD "\"}]}\n");
    assert_int_equal(result.replaced, 6);
    result_release(&result);
}

static void a_split_is_ready_again_after_a_reset(void **state)
{
    static const char *const documents[] = {
        "<response><totalCount>4</totalCount><devices><device><a>\xC3", "<html>", "{",
        "<response><devices><device><a>\xFF</a></device></devices></response>"};
    struct result result;
    struct xml_split_handler handler = {
        .record = keep_record, .unreadable = keep_unreadable, .context = &result};
    struct xml_split *split = NULL;

    (void)state;
    result_init(&result);
    assert_true(xml_split_new(&split, &devices, &handler, &result.err));
    for (size_t i = 0; i < 2 * COUNT(documents); i++) {
        const char *document = documents[i % COUNT(documents)];
        bool ok = xml_split_feed(split, document, strlen(document), &result.err) &&
                  xml_split_end(split, &result.err);

        assert_int_equal(ok, i % COUNT(documents) == 3);
        xml_split_reset(split);
        assert_int_equal(xml_split_told(split), -1);
    }
    assert_string_equal(
        buffer_text(&result.records), "{\"a\":\"" FFFD "\"}\n{\"a\":\"" FFFD "\"}\n");
    assert_int_equal(xml_split_replaced(split), 4);
    xml_split_free(split);
    result_release(&result);
}

static void after_an_error_nothing_goes_on(void **state)
{
    struct result result;
    struct xml_split_handler handler = {
        .record = keep_record, .unreadable = keep_unreadable, .context = &result};
    struct xml_split *split = NULL;

    (void)state;
    result_init(&result);
    assert_true(xml_split_new(&split, &devices, &handler, &result.err));
    assert_false(xml_split_feed(split, "<x>", 3, &result.err));
    assert_false(xml_split_feed(split, "<response/>", 11, &result.err));
    assert_non_null(strstr(result.err.text, "given up"));
    assert_int_equal(result.err.kind, ERROR_SERVER);
    assert_false(xml_split_end(split, &result.err));
    xml_split_free(split);
    xml_split_free(NULL);
    result_release(&result);
}

static void a_handlers_error_ends_the_split_and_is_handed_up(void **state)
{
    static const char document[] =
        "<response><devices><device/><device/><device/></devices></response>";

    (void)state;
    for (size_t piece = 1; piece <= sizeof document; piece++) {
        struct result result;

        result_init(&result);
        result.refuse = 2;
        run(&result, &devices, str_of(document), piece);
        assert_false(result.ok);
        assert_int_equal(result.err.kind, ERROR_GUARD);
        assert_string_equal(result.err.text, "refused");
        assert_int_equal(result.count, 2);
        result_release(&result);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_stand_on_their_way),
        cmocka_unit_test(records_of_several_ways_name_their_element),
        cmocka_unit_test(an_answer_says_how_many_it_has),
        cmocka_unit_test(another_number_than_said_is_an_error),
        cmocka_unit_test(another_document_is_refused),
        cmocka_unit_test(a_doctype_is_refused),
        cmocka_unit_test(what_is_no_xml_is_an_error_that_names_the_offset),
        cmocka_unit_test(a_truncated_document_is_an_error),
        cmocka_unit_test(broken_characters_cost_themselves),
        cmocka_unit_test(a_split_is_ready_again_after_a_reset),
        cmocka_unit_test(after_an_error_nothing_goes_on),
        cmocka_unit_test(a_handlers_error_ends_the_split_and_is_handed_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
