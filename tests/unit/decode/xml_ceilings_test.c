/* What is too much: it costs a record where it can, and else the answer; never memory. */
#include "unit/decode/xml_fixture.h"

#include <malloc.h>

/* AddressSanitizer's, where it is linked: then mallinfo2 knows nothing. */
size_t __sanitizer_get_current_allocated_bytes(void) __attribute__((weak));

static const char *const roots[] = {"r", NULL};
static const char *const ways[] = {"d", NULL};
static const struct xml_split_shape shape = {roots, ways};
static const size_t pieces[] = {1000, 16384, RESULT_CEILING};

static void append_many(struct buffer *document, const char *text, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buffer_append_text(document, text);
    }
}

/* The middle one of three records is lost, for a reason that says `reason`. */
static void check_lost(struct buffer *document, const char *reason, uint64_t size)
{
    for (size_t i = 0; i < COUNT(pieces); i++) {
        struct result result;
        struct buffer lost;

        result_init(&result);
        buffer_init(&lost, RESULT_CEILING);
        run(&result, &shape, buffer_view(document), pieces[i]);
        assert_string_equal(result.err.text, "");
        assert_true(result.ok);
        assert_string_equal(buffer_text(&result.records), "{\"a\":\"1\"}\n{\"a\":\"3\"}\n");
        assert_non_null(strstr(buffer_text(&result.lost), reason));
        buffer_printf(&lost, ": %" PRIu64 "\n", size);
        assert_non_null(strstr(buffer_text(&result.lost), buffer_text(&lost)));
        buffer_release(&lost);
        result_release(&result);
    }
    buffer_release(document);
}

static void begin_three(struct buffer *document)
{
    buffer_init(document, RESULT_CEILING);
    buffer_append_text(document, "<r><totalCount>3</totalCount><d><a>1</a></d>");
}

static size_t end_three(struct buffer *document, size_t begin)
{
    size_t size = document->size - begin;

    buffer_append_text(document, "<d><a>3</a></d></r>");
    assert_true(buffer_ok(document));
    return size;
}

/* A record of `size` bytes, of text, of elements, or of an attribute's names. */
static size_t append_sized(struct buffer *document, const char *filler, size_t size)
{
    size_t begin = document->size;

    buffer_append_text(document, "<d>");
    append_many(document, filler, (size - 7) / strlen(filler));
    append_many(document, "x", (size - 7) % strlen(filler));
    buffer_append_text(document, "</d>");
    assert_int_equal(document->size - begin, size);
    return begin;
}

static void a_record_at_its_ceiling_passes_and_one_beyond_is_skipped(void **state)
{
    static const char *const fillers[] = {"x", " ", "<!---->", "<a>1</a>", "<abcdefgh/>", "&#233;"};

    (void)state;
    for (size_t i = 0; i < COUNT(fillers); i++) {
        struct buffer document;
        struct result result;
        size_t begin;

        begin_three(&document);
        begin = append_sized(&document, fillers[i], CEILING_RECORD);
        (void)end_three(&document, begin);
        result_init(&result);
        run(&result, &shape, buffer_view(&document), 16384);
        assert_string_equal(result.err.text, "");
        assert_int_equal(result.count, 3);
        result_release(&result);
        buffer_release(&document);

        begin_three(&document);
        begin = append_sized(&document, fillers[i], CEILING_RECORD + 1);
        (void)end_three(&document, begin);
        check_lost(&document, "it is 1048577 bytes long, more than 1048576", CEILING_RECORD + 1);
    }
}

static void a_record_far_beyond_its_ceiling_is_skipped(void **state)
{
    static const char *const fillers[] = {"\xFF", "<a b='c'>1</a>"};

    (void)state;
    for (size_t i = 0; i < COUNT(fillers); i++) {
        struct buffer document;
        size_t size;
        size_t begin;

        begin_three(&document);
        begin = append_sized(&document, fillers[i], 4 * CEILING_RECORD);
        size = end_three(&document, begin);
        check_lost(&document, "more than 1048576", i == 0 ? 3 * (size - 7) + 7 : size);
    }
}

/* Objects in objects; with `twice`, each of them in a list. */
static size_t append_nested(struct buffer *document, size_t levels, bool twice)
{
    size_t begin = document->size;

    buffer_append_text(document, "<d>");
    append_many(document, twice ? "<e><f>1</f></e><e>" : "<e>", levels - 1);
    buffer_append_text(document, "<f>1</f>");
    append_many(document, "</e>", levels - 1);
    buffer_append_text(document, "</d>");
    return begin;
}

static void a_record_too_deep_is_skipped(void **state)
{
    static const struct {
        size_t levels;
        bool twice;
    } cases[] = {{CEILING_DEPTH + 1, false}, {2 * CEILING_DEPTH, false}, {4000, false},
        {CEILING_DEPTH / 2 + 2, true}, {500, true}};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buffer document;
        size_t begin;
        size_t size;

        begin_three(&document);
        begin = append_nested(&document, cases[i].levels, cases[i].twice);
        size = end_three(&document, begin);
        check_lost(&document, "it is nested deeper than 64 levels", size);
    }
}

static void a_record_as_deep_as_may_be_passes(void **state)
{
    (void)state;
    for (size_t twice = 0; twice < 2; twice++) {
        struct buffer document;
        struct result result;
        size_t begin;

        begin_three(&document);
        begin =
            append_nested(&document, twice != 0 ? CEILING_DEPTH / 2 : CEILING_DEPTH, twice != 0);
        (void)end_three(&document, begin);
        result_init(&result);
        run(&result, &shape, buffer_view(&document), 16384);
        assert_string_equal(result.err.text, "");
        assert_string_equal(buffer_text(&result.lost), "");
        assert_int_equal(result.count, 3);
        result_release(&result);
        buffer_release(&document);
    }
}

static void a_record_of_too_many_parts_is_skipped(void **state)
{
    struct buffer document;
    size_t begin;
    size_t size;

    (void)state;
    begin_three(&document);
    begin = document.size;
    buffer_append_text(&document, "<d>");
    append_many(&document, "<a b=''>1</a>", 80000);
    buffer_append_text(&document, "</d>");
    size = end_three(&document, begin);
    check_lost(&document, "it is made of too many parts", size);
}

static void check_refused(struct buffer *document, const char *message)
{
    for (size_t i = 0; i < COUNT(pieces); i++) {
        struct result result;

        result_init(&result);
        run(&result, &shape, buffer_view(document), pieces[i]);
        assert_false(result.ok);
        assert_int_equal(result.err.kind, ERROR_SERVER);
        if (strstr(result.err.text, message) == NULL) {
            fail_msg("\"%s\" lacks \"%s\"", result.err.text, message);
        }
        result_release(&result);
    }
    buffer_release(document);
}

static void a_tag_too_long_ends_the_answer(void **state)
{
    static const struct {
        const char *before;
        const char *after;
    } cases[] = {{"<r><!--", "--></r>"}, {"<r><?x ", "?></r>"}, {"<r><d a='", "'/></r>"},
        {"<r><d></d ", "></r>"}, {"<r><d ", ""}};
    static const size_t sizes[] = {CEILING_TAG + 1, CEILING_TAG + 30000, 10 * CEILING_TAG};

    (void)state;
    for (size_t i = 0; i < COUNT(cases) * COUNT(sizes); i++) {
        struct buffer document;

        buffer_init(&document, RESULT_CEILING);
        buffer_append_text(&document, cases[i / COUNT(sizes)].before);
        append_many(&document, " ", sizes[i % COUNT(sizes)]);
        buffer_append_text(&document, cases[i / COUNT(sizes)].after);
        check_refused(&document, "a tag of more than 65536 bytes at byte offset ");
    }
}

static void names_without_end_end_the_answer(void **state)
{
    struct buffer document;

    (void)state;
    for (int attributes = 0; attributes < 2; attributes++) {
        buffer_init(&document, RESULT_CEILING);
        buffer_append_text(&document, "<r><d>");
        for (int i = 0; i < CEILING_NAMES; i++) {
            buffer_printf(&document, attributes ? "<a a%d=''/>" : "<a%d/>", i);
        }
        check_refused(&document, "a name of more than 1024 bytes, or more than 2048 different");
        buffer_init(&document, RESULT_CEILING);
        buffer_append_text(&document, attributes ? "<r><a " : "<r><a");
        append_many(&document, "a", CEILING_NAME + 1);
        buffer_append_text(&document, "='1'/></r>" + (attributes ? 0 : 4));
        check_refused(&document, "a name of more than 1024 bytes");
    }
}

static void nesting_without_end_ends_the_answer(void **state)
{
    static const char *const begins[] = {"<r>", "<r><d>", "<r><x>"};

    (void)state;
    for (size_t i = 0; i < COUNT(begins); i++) {
        struct buffer document;

        buffer_init(&document, RESULT_CEILING);
        buffer_append_text(&document, begins[i]);
        append_many(&document, "<a>", 1000000);
        check_refused(&document, "nested deeper than 4096 levels at byte offset ");
    }
}

/* A tag in small pieces is looked at some few times, and not for each of them. */
static void a_long_tag_in_small_pieces_is_cheap(void **state)
{
    struct buffer document;
    struct result result;

    (void)state;
    buffer_init(&document, RESULT_CEILING);
    for (int i = 0; i < 100; i++) {
        buffer_append_text(&document, i == 0 ? "<r><d a='" : "<d a='");
        append_many(&document, "x", CEILING_TAG - 100);
        buffer_append_text(&document, "'/>");
    }
    buffer_append_text(&document, "</r>");
    result_init(&result);
    run(&result, &shape, buffer_view(&document), 3);
    assert_string_equal(result.err.text, "");
    assert_int_equal(result.count, 100);
    result_release(&result);
    buffer_release(&document);
}

static bool count_record(void *context, const cJSON *record, struct str text, struct error *err)
{
    size_t *count = context;

    (void)record;
    (void)text;
    (void)err;
    ++*count;
    return true;
}

/* Bytes that are allocated now, of this program and of the parser. */
static size_t allocated(void)
{
    return __sanitizer_get_current_allocated_bytes != NULL
               ? __sanitizer_get_current_allocated_bytes()
               : mallinfo2().uordblks + mallinfo2().hblkhd;
}

static void memory_does_not_grow_with_the_answer(void **state)
{
    static const char device[] = "<d id='1'><a>text</a><b>more</b></d>";
    size_t count = 0;
    struct xml_split_handler handler = {
        .record = count_record, .unreadable = keep_unreadable, .context = &count};
    struct xml_split *split = NULL;
    struct error err = {0};
    size_t before = 0;

    (void)state;
    assert_true(xml_split_new(&split, &shape, &handler, &err));
    assert_true(xml_split_feed(split, "<r>", 3, &err));
    for (int i = 0; i < 200000; i++) {
        assert_true(xml_split_feed(split, device, strlen(device), &err));
        if (i == 1000) {
            before = allocated();
        }
    }
    assert_true(before > 0);
    assert_int_equal(allocated(), before);
    assert_true(xml_split_feed(split, "</r>", 4, &err));
    assert_true(xml_split_end(split, &err));
    assert_int_equal(count, 200000);
    xml_split_free(split);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_at_its_ceiling_passes_and_one_beyond_is_skipped),
        cmocka_unit_test(a_record_far_beyond_its_ceiling_is_skipped),
        cmocka_unit_test(a_record_too_deep_is_skipped),
        cmocka_unit_test(a_record_as_deep_as_may_be_passes),
        cmocka_unit_test(a_record_of_too_many_parts_is_skipped),
        cmocka_unit_test(a_tag_too_long_ends_the_answer),
        cmocka_unit_test(names_without_end_end_the_answer),
        cmocka_unit_test(nesting_without_end_ends_the_answer),
        cmocka_unit_test(a_long_tag_in_small_pieces_is_cheap),
        cmocka_unit_test(memory_does_not_grow_with_the_answer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
