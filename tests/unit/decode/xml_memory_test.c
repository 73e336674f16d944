/* The n-th allocation fails, for every n. */
#include "unit/decode/xml_fixture.h"

#include "unit/base/fail.h"

static const char *const roots[] = {"r", NULL};
static const char *const ways[] = {"list/d", "list/other", NULL};
static const struct xml_split_shape shape = {roots, ways};

static bool count_record(void *context, const cJSON *record, struct str text, struct error *err)
{
    size_t *count = context;

    (void)record;
    (void)text;
    (void)err;
    ++*count;
    return true;
}

static bool count_unreadable(void *context, const char *reason, uint64_t size, struct error *err)
{
    (void)reason;
    (void)size;
    return count_record(context, NULL, (struct str){"", 0}, err);
}

/* Records that take a second block of the arena, a longer text and a longer window. */
static void write_document(struct buffer *document)
{
    buffer_append_text(document, "<r><messages><message>3 returned</message></messages><list>");
    for (int i = 0; i < 3; i++) {
        buffer_printf(document, "<d id='%d' name='x'><a>%070000d</a>", i, i);
        for (int j = 0; j < 2000; j++) {
            buffer_printf(document, "<entry><key>k%d</key><value>v</value></entry><b>%d</b>", j, j);
        }
        buffer_append_text(document, "</d>");
    }
    buffer_append_text(document, "</list></r>");
    assert_true(buffer_ok(document));
}

static bool split_all(struct str document, size_t *count, struct error *err)
{
    struct xml_split_handler handler = {
        .record = count_record, .unreadable = count_unreadable, .context = count};
    struct xml_split *split = NULL;
    bool ok = xml_split_new(&split, &shape, &handler, err);

    /* As libcurl hands it on; and a second document. */
    for (int round = 0; ok && round < 2; round++) {
        for (size_t at = 0; ok && at < document.size; at += 16384) {
            size_t rest = document.size - at;

            ok = xml_split_feed(split, document.data + at, rest < 16384 ? rest : 16384, err);
        }
        ok = ok && xml_split_end(split, err);
        if (ok) {
            xml_split_reset(split);
        }
    }
    xml_split_free(split);
    return ok;
}

static void a_split_without_memory_is_an_error(void **state)
{
    struct buffer document;
    int failures = 0;
    bool came = true;

    (void)state;
    buffer_init(&document, RESULT_CEILING);
    write_document(&document);
    while (came) {
        size_t count = 0;
        struct error err = {0};
        bool ok;

        until_failure = failures;
        ok = split_all(buffer_view(&document), &count, &err);
        came = failure_came();
        assert_int_equal(ok, !came);
        assert_int_equal(err.kind, came ? ERROR_MEMORY : ERROR_NONE);
        assert_int_equal(count == 6, !came);
        failures += came ? 1 : 0;
    }
    assert_true(failures > 30);
    buffer_release(&document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_split_without_memory_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
