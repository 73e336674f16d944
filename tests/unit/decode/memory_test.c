/* The n-th allocation fails, for every n. */
#include "unit/decode/archives.h"

#include "unit/base/fail.h"

/* Several files, and a version; one file is larger than a buffer's first room, and one has a field
 * that is too long. */
static void make_archive(struct buffer *bytes, struct buffer *csv)
{
    struct making making = begin_archive();

    buffer_init(csv, SEEN_CEILING);
    for (int i = 0; i < 5000; i++) {
        buffer_printf(csv, "%d,35,-420,1024\n", i);
    }
    buffer_printf(csv, "%05000d\n", 1);
    (void)put_entry(&making, "app/b/1.csv", csv->data, csv->size);
    (void)put_text(&making, "app/b/version.txt", "1.2.3");
    (void)put_text(&making, "app/c/1.csv", "1");
    (void)put_text(&making, "c/1.csv", "1");
    end_archive(&making, bytes);
}

static bool count_record(void *context, const cJSON *record, struct str text, struct error *err)
{
    (void)record;
    (void)text;
    (void)err;
    ++*(int *)context;
    return true;
}

static bool count_unreadable(void *context, const char *reason, uint64_t size, struct error *err)
{
    (void)context;
    (void)reason;
    (void)size;
    (void)err;
    return true;
}

/* libcsv asks for half as much where it is refused: so a failure may cost nothing. */
static void an_archive_without_memory_is_an_error(void **state)
{
    struct buffer bytes;
    struct buffer csv;
    int failures = 0;
    int errors = 0;
    bool came = true;

    (void)state;
    make_archive(&bytes, &csv);
    while (came) {
        int count = 0;
        const struct appconnect_handler handler = {count_record, count_unreadable, &count};
        struct appconnect *appconnect = NULL;
        struct error err = {0};
        bool ok;

        until_failure = failures;
        ok = appconnect_new(&appconnect, &handler, &err) &&
             appconnect_feed(appconnect, bytes.data, bytes.size, &err) &&
             appconnect_end(appconnect, &err);
        came = failure_came();
        assert_true(ok || came);
        assert_int_equal(err.kind, ok ? ERROR_NONE : ERROR_MEMORY);
        assert_true(!ok || count == 5001);
        appconnect_free(appconnect);
        failures += came ? 1 : 0;
        errors += ok ? 0 : 1;
    }
    assert_true(errors >= 5);
    buffer_release(&csv);
    buffer_release(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_archive_without_memory_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
