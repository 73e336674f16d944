/* What the cleaner changes, and that it changes nothing else. */
#include "unit/decode/xml_fixture.h"

#include "decode/xml_clean.h"

static void clean(struct buffer *out, struct str bytes, size_t piece, uint64_t *replaced)
{
    struct xml_clean cleaner = {.replaced = 0};

    xml_clean_begin(&cleaner);
    for (size_t at = 0; at < bytes.size; at += piece) {
        size_t size = bytes.size - at < piece ? bytes.size - at : piece;
        char *copy = malloc(size);

        assert_non_null(copy);
        memcpy(copy, bytes.data + at, size);
        assert_true(buffer_reserve(out, XML_CLEAN_GROWTH * size + XML_CLEAN_SLACK));
        xml_clean_feed(&cleaner, copy, size, out);
        free(copy);
    }
    assert_true(buffer_reserve(out, XML_CLEAN_SLACK));
    xml_clean_end(&cleaner, out);
    *replaced = cleaner.replaced;
}

struct cleaned {
    const char *bytes;
    const char *text;
    uint64_t replaced;
};

/* In pieces of every size, and behind as many letters as move it over the borders of words. */
static void check_bytes(struct str bytes, struct str text, uint64_t wanted)
{
    for (size_t piece = 1; piece <= bytes.size; piece++) {
        for (size_t before = 0; before < 9; before++) {
            struct buffer in;
            struct buffer out;
            uint64_t replaced;

            buffer_init(&in, RESULT_CEILING);
            buffer_init(&out, RESULT_CEILING);
            buffer_append(&in, "abcdefghi", before);
            buffer_append_str(&in, bytes);
            clean(&out, buffer_view(&in), piece, &replaced);
            assert_int_equal(out.size, before + text.size);
            assert_memory_equal(out.data + before, text.data, text.size);
            assert_int_equal(replaced, wanted);
            buffer_release(&out);
            buffer_release(&in);
        }
    }
}

static void check_cleaned(const struct cleaned *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        check_bytes(str_of(cases[i].bytes), str_of(cases[i].text), cases[i].replaced);
    }
}

static void what_is_well_formed_passes(void **state)
{
    static const char *const texts[] = {
        "<a b='c'>d &amp; e\t\n\r\x7F</a><!-- [ --><![CDATA[ [] ]] > &#0; ]]>",
        "\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBD\xF0\x90\x80\x80"
        "\xF0\x9F\xBF\xBF\xF4\x8F\xBF\xBF",
        "&#9;&#10;&#13;&#32;&#65;&#xd7ff;&#xE000;&#xFFFD;&#x10000;&#x10FFFF;&#1114111;",
        "&#000065;&#x0000000000000000000000000041;",
        "& &; &# &#; &#x; &#xg; &#1a; &#12 &x41; &amp;#0; &#X0; &&#65;",
        "<a>&",
        "<a>&#x1",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        check_bytes(str_of(texts[i]), str_of(texts[i]), 0);
    }
}

static void bytes_that_are_no_utf8_are_replaced(void **state)
{
    static const struct cleaned cases[] = {
        {"a\x80z", "a" FFFD "z", 1},
        {"\xC0\xAF", FFFD FFFD, 2},
        {"\xC1\x81", FFFD FFFD, 2},
        {"\xE0\x9F\xBF", FFFD FFFD FFFD, 3},
        {"\xF0\x8F\xBF\xBF", FFFD FFFD FFFD FFFD, 4},
        {"\xED\xA0\x80", FFFD FFFD FFFD, 3},
        {"\xF4\x90\x80\x80", FFFD FFFD FFFD FFFD, 4},
        {"\xF5\x80\xFE\xFF", FFFD FFFD FFFD FFFD, 4},
        {"\xE2\x82", FFFD, 1},
        {"\xF0\x9F\x98x", FFFD "x", 1},
        {"\xE2\x82\xE2\x82\xAC", FFFD "\xE2\x82\xAC", 1},
        {"\xC3&#0;", FFFD FFFD, 2},
        {"\xC3<", FFFD "<", 1},
        /* The sample of the Unicode standard, table 3-11. */
        {"\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41", FFFD FFFD FFFD FFFD "A", 4},
    };

    (void)state;
    check_cleaned(cases, COUNT(cases));
}

static void characters_that_xml_forbids_are_replaced(void **state)
{
    static const struct cleaned cases[] = {
        {"a\x01\x08\x0B\x0C\x0E\x1F"
         "b",
            "a" FFFD FFFD FFFD FFFD FFFD FFFD "b", 6},
        {"\xEF\xBF\xBE\xEF\xBF\xBF", FFFD FFFD, 2},
    };

    (void)state;
    check_cleaned(cases, COUNT(cases));
    check_bytes((struct str){"a\0b", 3}, str_of("a" FFFD "b"), 1);
}

static void references_to_no_character_are_replaced(void **state)
{
    static const struct cleaned cases[] = {
        {"&#0;", FFFD, 1},
        {"&#x0;&#00;", FFFD FFFD, 2},
        {"a&#8;b", "a" FFFD "b", 1},
        {"&#xD800;&#xdfff;", FFFD FFFD, 2},
        {"&#xFFFE;&#65535;", FFFD FFFD, 2},
        {"&#x110000;", FFFD, 1},
        {"&#99999999999999999999999999999999999999999999;", FFFD, 1},
        {"&#x000000000000000000000000000000000000000008;", FFFD, 1},
        /* Too long to be held as it came. */
        {"&#x000000000000000000000000000000000000000041;", "&#x41;", 0},
        {"<![CDATA[&#0;]]>&#0;", "<![CDATA[&#0;]]>" FFFD, 1},
        {"<![CDATA[a]>]]&#0;]]>&#0;", "<![CDATA[a]>]]&#0;]]>" FFFD, 1},
        {"<![CDATA[\x01]]>", "<![CDATA[" FFFD "]]>", 1},
        {"<![CDATA[]]\x01>]]\xC3\xA4>&#0;]]>&#0;", "<![CDATA[]]" FFFD ">]]\xC3\xA4>&#0;]]>" FFFD,
            2},
        /* Neither a comment nor an instruction begins anything else. */
        {"<!-- <![CDATA[ &#0; -->&#0;", "<!-- <![CDATA[ &#0; -->" FFFD, 1},
        {"<!-- a->b-- <!-- ]]> -->&#0;", "<!-- a->b-- <!-- ]]> -->" FFFD, 1},
        {"<!----->&#0;", "<!----->" FFFD, 1},
        {"<!-->&#0;-->&#0;", "<!-->&#0;-->" FFFD, 1},
        {"<?a <![CDATA[ <!-- &#0; ? >?>&#0;", "<?a <![CDATA[ <!-- &#0; ? >?>" FFFD, 1},
        {"<![CDATA[<!-- <? ]]>&#0;", "<![CDATA[<!-- <? ]]>" FFFD, 1},
        {"<!DOCTYPE a>&#0;<![CDATX[&#0;", "<!DOCTYPE a>" FFFD "<![CDATX[" FFFD, 2},
        {"<!-x>&#0;! ? a!-- &#0;", "<!-x>" FFFD "! ? a!-- " FFFD, 2},
    };

    (void)state;
    check_cleaned(cases, COUNT(cases));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_well_formed_passes),
        cmocka_unit_test(bytes_that_are_no_utf8_are_replaced),
        cmocka_unit_test(characters_that_xml_forbids_are_replaced),
        cmocka_unit_test(references_to_no_character_are_replaced),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
