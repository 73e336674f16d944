#include "unit/decode/archives.h"

#include "base/ceilings.h"

#define APP "com.acme.app"
#define DEVICE "0b9a0c5e-1111-2222-3333-444455556666"
#define FOLDER APP "/" DEVICE "/"
#define START "1381268056367"
#define SESSION(rest) "{\"appId\":\"" APP "\",\"deviceId\":\"" DEVICE "\"," rest "}\n"

static void assert_csv(const char *csv, const char *lines)
{
    struct making making = begin_archive();
    struct buffer bytes;

    (void)put_text(&making, FOLDER "a.csv", csv);
    end_archive(&making, &bytes);
    assert_read(&bytes, lines);
}

/* The archive that most tests start from. */
static void make_plain(struct buffer *bytes)
{
    struct making making = begin_archive();

    (void)put_text(&making, FOLDER "a.csv", START ",35,-420,1024\n" START ",36,0,0\n");
    (void)put_text(&making, FOLDER "version.txt", " 1.2.3\r\n");
    (void)put_text(&making, APP "/other/b.csv", "1381268056,7\n");
    end_archive(&making, bytes);
}

static const char plain_lines[] = SESSION(
    "\"startedAt\":\"" START "\",\"seconds\":\"35\",\"zoneMinutes\":\"-420\","
    "\"bytes\":\"1024\",\"appVersion\":\"1.2.3\"")
    SESSION("\"startedAt\":\"" START "\",\"seconds\":\"36\",\"zoneMinutes\":\"0\","
            "\"bytes\":\"0\",\"appVersion\":\"1.2.3\"") "{\"appId\":\"com.acme.app\",\"deviceId\":"
                                                        "\"other\",\"startedAt\":\"1381268056\","
                                                        "\"seconds\":\"7\"}\n";

static void every_session_is_a_record(void **state)
{
    struct buffer bytes;

    (void)state;
    make_plain(&bytes);
    assert_read(&bytes, plain_lines);
}

static void the_size_of_pieces_does_not_matter(void **state)
{
    struct buffer bytes;

    (void)state;
    make_plain(&bytes);
    for (size_t piece = 1; piece <= bytes.size; piece++) {
        struct seen seen;

        seen_init(&seen);
        read_answer(&seen, buffer_view(&bytes), piece);
        assert_true(seen.ok);
        assert_string_equal(buffer_text(&seen.lines), plain_lines);
        seen_release(&seen);
    }
    buffer_release(&bytes);
}

static bool see_types(void *context, const cJSON *record, struct str text, struct error *err)
{
    int64_t number = 0;

    (void)text;
    (void)err;
    assert_int_equal(record_type(record_member(record, "appId")), RECORD_STRING);
    assert_true(record_int(record_member(record, "startedAt"), &number));
    assert_int_equal(number, INT64_C(1381268056367));
    assert_true(record_int(record_member(record, "zoneMinutes"), &number));
    assert_int_equal(number, -420);
    ++*(int *)context;
    return true;
}

static void numbers_are_numbers(void **state)
{
    int count = 0;
    const struct appconnect_handler handler = {see_types, see_unreadable, &count};
    struct appconnect *appconnect = NULL;
    struct making making = begin_archive();
    struct buffer bytes;
    struct error err = {0};

    (void)state;
    (void)put_text(&making, FOLDER "a.csv", START ",35,-420,1024");
    end_archive(&making, &bytes);
    assert_true(appconnect_new(&appconnect, &handler, &err));
    assert_true(appconnect_feed(appconnect, bytes.data, bytes.size, &err));
    assert_true(appconnect_end(appconnect, &err));
    assert_int_equal(count, 1);
    appconnect_free(appconnect);
    buffer_release(&bytes);
}

static void a_try_begins_anew(void **state)
{
    struct seen seen;
    const struct appconnect_handler handler = {see_record, see_unreadable, &seen};
    struct appconnect *appconnect = NULL;
    struct buffer bytes;

    (void)state;
    make_plain(&bytes);
    seen_init(&seen);
    assert_true(appconnect_new(&appconnect, &handler, &seen.err));
    assert_true(appconnect_reset(appconnect, &seen.err));
    assert_true(appconnect_feed(appconnect, bytes.data, bytes.size - 30, &seen.err));
    assert_false(appconnect_end(appconnect, &seen.err));
    assert_true(appconnect_reset(appconnect, &seen.err));
    assert_true(appconnect_feed(appconnect, bytes.data, bytes.size, &seen.err));
    assert_true(appconnect_end(appconnect, &seen.err));
    assert_true(appconnect_reset(appconnect, &seen.err));
    assert_true(appconnect_feed(appconnect, bytes.data, bytes.size, &seen.err));
    assert_true(appconnect_end(appconnect, &seen.err));
    assert_int_equal(seen.records, 6);
    appconnect_free(appconnect);
    appconnect_free(NULL);
    seen_release(&seen);
    buffer_release(&bytes);
}

static void what_is_no_archive_is_named(void **state)
{
    static const struct {
        const char *answer;
        const char *words;
    } cases[] = {
        {"", "empty"},
        {"<html><body>Log in</body></html>", "HTML or XML"},
        {" \r\n<!DOCTYPE html>", "HTML or XML"},
        {"\xEF\xBB\xBF<xml/>", "HTML or XML"},
        {"{\"errors\":[]}", "JSON"},
        {"[1]", "JSON"},
        {"PK\x03\x04 and no more", "cut short"},
        {"what", "no ZIP archive"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_refused(str_of(cases[i].answer), cases[i].words);
    }
}

static void an_empty_archive_has_no_sessions(void **state)
{
    static const char empty[22] = "PK\x05\x06";
    struct seen seen;

    (void)state;
    seen_init(&seen);
    read_answer(&seen, (struct str){empty, sizeof empty}, SIZE_MAX);
    if (!seen.ok) {
        fail_msg("%s", seen.err.text);
    }
    assert_int_equal(seen.records + seen.unreadable, 0);
    seen_release(&seen);
}

static void a_cut_archive_is_refused_wherever_it_is_cut(void **state)
{
    struct buffer bytes;

    (void)state;
    make_plain(&bytes);
    for (size_t size = 1; size < bytes.size; size++) {
        assert_refused((struct str){bytes.data, size}, size < 2 ? "no ZIP archive" : "cut short");
    }
    buffer_release(&bytes);
}

/* Whatever bit flips: no crash, and no record that the archive did not hold. A flip in the
 * directory may lose a file or rename it, and what is renamed has another folder or name. */
static void a_flipped_bit_makes_no_wrong_session(void **state)
{
    struct buffer bytes;
    struct seen seen;
    size_t complaints = 0;

    (void)state;
    make_plain(&bytes);
    for (size_t bit = 0; bit < bytes.size * 8; bit++) {
        seen_init(&seen);
        bytes.data[bit / 8] = (char)(bytes.data[bit / 8] ^ (1 << bit % 8));
        read_answer(&seen, buffer_view(&bytes), SIZE_MAX);
        bytes.data[bit / 8] = (char)(bytes.data[bit / 8] ^ (1 << bit % 8));
        assert_true(seen.ok || seen.err.kind == ERROR_SERVER);
        assert_true(seen.records <= 3);
        complaints += seen.unreadable > 0 || !seen.ok ? 1 : 0;
        for (const char *at = strstr(buffer_text(&seen.lines), "startedAt"); at != NULL;
             at = strstr(at + 1, "startedAt")) {
            assert_true(strstr(at, "startedAt\":\"" START "\"") == at ||
                        strstr(at, "startedAt\":\"1381268056\"") == at);
        }
        seen_release(&seen);
    }
    assert_true(complaints > 1000);
    buffer_release(&bytes);
}

/* The packed bytes of a.csv, and no other ones: that file is told, the others are read. */
static void a_wrong_checksum_costs_its_file_alone(void **state)
{
    struct making making = begin_archive();
    struct buffer bytes;
    zip_uint64_t index;
    char *found;

    (void)state;
    index = put_text(&making, FOLDER "a.csv", START ",35,-420,1024\n");
    assert_int_equal(zip_set_file_compression(making.zip, index, ZIP_CM_STORE, 0), 0);
    (void)put_text(&making, APP "/other/b.csv", "1381268056,7\n");
    end_archive(&making, &bytes);
    found = memmem(bytes.data, bytes.size, START ",35", strlen(START ",35"));
    assert_non_null(found);
    found[0] = '2';
    assert_read(&bytes, "! " FOLDER "a.csv: the entry does not match its checksum\n"
                        "{\"appId\":\"com.acme.app\",\"deviceId\":\"other\",\"startedAt\":"
                        "\"1381268056\",\"seconds\":\"7\"}\n");
}

static void odd_csv_is_read(void **state)
{
    const char *one = SESSION("\"startedAt\":\"" START "\",\"seconds\":\"35\"");

    (void)state;
    assert_csv("", "");
    assert_csv("\n\r\n", "");
    assert_csv(START ",35", one);
    assert_csv(START ",35,,\r\n", one);
    assert_csv("\r\n\r\n" START ",35\r\n\r\n", one);
    assert_csv("\"" START "\",\"35\"\n", one);
    assert_csv(" " START " , 35 \n", one);
    assert_csv("\xEF\xBB\xBF" START ",35\n", one);
    assert_csv("start,duration,zone,bytes\n" START ",35\n", one);
    assert_csv("\"start, of it\"\r\n" START ",35\r\n", one);
    assert_csv(START ",35,,,what,more\n", one);
    assert_csv(START "\n", SESSION("\"startedAt\":\"" START "\""));
    assert_csv(START ",,-420\n", SESSION("\"startedAt\":\"" START "\",\"zoneMinutes\":\"-420\""));
    assert_csv(START ",35.5\n", SESSION("\"startedAt\":\"" START "\",\"seconds\":\"35.5\""));
}

static void a_row_that_is_none_costs_itself(void **state)
{
    const char *one = SESSION("\"startedAt\":\"" START "\",\"seconds\":\"35\"");
    char lines[1000];
    static const struct {
        const char *row;
        const char *reason;
    } cases[] = {
        {"x,35", "its start is no number"},
        {",35", "its start is no number"},
        {"1e5,35", "its start is no number"},
        {"-,35", "its start is no number"},
        {"1.,35", "its start is no number"},
        {"1.2.3,35", "its start is no number"},
        {"12345678901234567890123456789012", "its start is no number"},
        {START ",x", "its duration is no number"},
        {START ",,PDT", "its time zone is no number"},
        {START ",,,1 KB", "its number of bytes is none"},
        {"start,duration", "its start is no number"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char csv[200];

        (void)snprintf(csv, sizeof csv, START ",35\n%s\n" START ",35\n", cases[i].row);
        (void)snprintf(
            lines, sizeof lines, "%s! " FOLDER "a.csv: row 2: %s\n%s", one, cases[i].reason, one);
        assert_csv(csv, lines);
    }
    assert_csv("x,35\n" START ",35\n", "! " FOLDER "a.csv: row 1: its start is no number\n" SESSION(
                                           "\"startedAt\":\"" START "\",\"seconds\":\"35\""));
}

/* A row with a long field, then a good one; `quote` may leave it open. */
static void a_long_field(size_t size, const char *quote, size_t records)
{
    struct making making = begin_archive();
    struct buffer csv;
    struct buffer bytes;
    struct seen seen;

    buffer_init(&csv, SEEN_CEILING);
    buffer_append_text(&csv, START ",35\n");
    buffer_append_text(&csv, quote);
    for (size_t i = 0; i < size; i++) {
        buffer_append_char(&csv, (char)('a' + i % 23));
    }
    buffer_append_text(&csv, "\n" START ",36\n");
    (void)put_entry(&making, FOLDER "a.csv", csv.data, csv.size);
    end_archive(&making, &bytes);
    seen_init(&seen);
    read_answer(&seen, buffer_view(&bytes), SIZE_MAX);
    assert_true(seen.ok);
    assert_int_equal(seen.records, records);
    assert_int_equal(seen.unreadable, 1);
    assert_true(seen.size >= size);
    seen_release(&seen);
    buffer_release(&bytes);
    buffer_release(&csv);
}

static void a_huge_field_costs_its_row(void **state)
{
    (void)state;
    a_long_field(CEILING_FIELD - 100, "", 2);
    for (size_t size = CEILING_FIELD - 2; size < CEILING_FIELD + 3; size++) {
        a_long_field(size, "", 2);
    }
    a_long_field(100 * 1000, "", 2);
    a_long_field(100 * 1000, "\"", 2);
    /* The quote is never closed, and what comes behind is within it. */
    a_long_field(100, "\"", 1);
}

static void a_version_counts_for_its_folder(void **state)
{
    struct making making = begin_archive();
    struct buffer bytes;

    (void)state;
    (void)put_text(&making, "app/", "");
    (void)put_text(&making, "app/b/", "");
    (void)put_text(&making, "app/b/2.csv", "2\n");
    (void)put_text(&making, "app/a/1.CSV", "1\n");
    (void)put_text(&making, "app/b/Version.TXT",
        "\xEF\xBB\xBF"
        "2.0 \n");
    (void)put_text(&making, "app/b/3.csv", "3\n");
    (void)put_text(&making, "bpp/b/4.csv", "4\n");
    (void)put_text(&making, "bpp/c/version.txt", "\xFF");
    (void)put_text(&making, "bpp/c/5.csv", "5\n");
    (void)put_text(&making, "bpp/d/version.txt", "1\n2");
    (void)put_text(&making, "bpp/d/6.csv", "6\n");
    (void)put_text(&making, "bpp/e/version.txt", "");
    (void)put_text(&making, "bpp/e/7.csv", "7\n");
    end_archive(&making, &bytes);
    assert_read(&bytes,
        "{\"appId\":\"app\",\"deviceId\":\"a\",\"startedAt\":\"1\"}\n"
        "{\"appId\":\"app\",\"deviceId\":\"b\",\"startedAt\":\"2\",\"appVersion\":\"2.0\"}\n"
        "{\"appId\":\"app\",\"deviceId\":\"b\",\"startedAt\":\"3\",\"appVersion\":\"2.0\"}\n"
        "{\"appId\":\"bpp\",\"deviceId\":\"b\",\"startedAt\":\"4\"}\n"
        "! bpp/c/version.txt: it is no version\n"
        "{\"appId\":\"bpp\",\"deviceId\":\"c\",\"startedAt\":\"5\"}\n"
        "! bpp/d/version.txt: it is no version\n"
        "{\"appId\":\"bpp\",\"deviceId\":\"d\",\"startedAt\":\"6\"}\n"
        "{\"appId\":\"bpp\",\"deviceId\":\"e\",\"startedAt\":\"7\"}\n");
}

static void a_long_version_is_none(void **state)
{
    static char version[CEILING_VERSION + 2];
    struct making making = begin_archive();
    struct buffer bytes;

    (void)state;
    memset(version, '1', CEILING_VERSION + 1);
    (void)put_text(&making, "app/b/version.txt", version);
    (void)put_text(&making, "app/b/2.csv", "2\n");
    end_archive(&making, &bytes);
    assert_read(&bytes, "! app/b/version.txt: it is no version\n"
                        "{\"appId\":\"app\",\"deviceId\":\"b\",\"startedAt\":\"2\"}\n");
}

static void folders_and_files_may_repeat(void **state)
{
    struct making making = begin_archive();
    struct buffer bytes;

    (void)state;
    (void)put_text(&making, "app/b/1.csv", "1\n");
    (void)put_text(&making, "app/c/1.csv", "2\n");
    end_archive(&making, &bytes);
    rename_all(&bytes, "app/c/", "app/b/", 6);
    assert_read(&bytes, "{\"appId\":\"app\",\"deviceId\":\"b\",\"startedAt\":\"1\"}\n"
                        "{\"appId\":\"app\",\"deviceId\":\"b\",\"startedAt\":\"2\"}\n");
}

static bool refuse_record(void *context, const cJSON *record, struct str text, struct error *err)
{
    (void)context;
    (void)record;
    (void)text;
    return error_set(err, ERROR_DESTINATION, "no more");
}

static bool refuse_unreadable(void *context, const char *reason, uint64_t size, struct error *err)
{
    (void)context;
    (void)reason;
    (void)size;
    return error_set(err, ERROR_DESTINATION, "no more of these");
}

/* A file of `csv` ends with the handler's own error, and the next one is as good as any. */
static void ends_with(const char *name, const char *csv, const char *words)
{
    const struct appconnect_handler handler = {refuse_record, refuse_unreadable, NULL};
    struct appconnect *appconnect = NULL;
    struct making making = begin_archive();
    struct error err = {0};
    struct buffer bytes;

    (void)put_text(&making, name, csv);
    end_archive(&making, &bytes);
    assert_true(appconnect_new(&appconnect, &handler, &err));
    assert_true(appconnect_feed(appconnect, bytes.data, bytes.size, &err));
    assert_false(appconnect_end(appconnect, &err));
    assert_int_equal(err.kind, ERROR_DESTINATION);
    assert_string_equal(err.text, words);
    appconnect_free(appconnect);
    buffer_release(&bytes);
}

static void an_error_of_the_handler_ends_it(void **state)
{
    (void)state;
    ends_with("app/b/1.csv", "1\n2\n3\n", "no more");
    ends_with("app/b/1.csv", "1,x\n2\n3\n", "no more of these");
    ends_with("app/b/1.csv", "1,x", "no more of these");
    ends_with("app/1.csv", "1\n", "no more of these");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_session_is_a_record),
        cmocka_unit_test(the_size_of_pieces_does_not_matter),
        cmocka_unit_test(numbers_are_numbers),
        cmocka_unit_test(a_try_begins_anew),
        cmocka_unit_test(what_is_no_archive_is_named),
        cmocka_unit_test(an_empty_archive_has_no_sessions),
        cmocka_unit_test(a_cut_archive_is_refused_wherever_it_is_cut),
        cmocka_unit_test(a_flipped_bit_makes_no_wrong_session),
        cmocka_unit_test(a_wrong_checksum_costs_its_file_alone),
        cmocka_unit_test(odd_csv_is_read),
        cmocka_unit_test(a_row_that_is_none_costs_itself),
        cmocka_unit_test(a_huge_field_costs_its_row),
        cmocka_unit_test(a_version_counts_for_its_folder),
        cmocka_unit_test(a_long_version_is_none),
        cmocka_unit_test(folders_and_files_may_repeat),
        cmocka_unit_test(an_error_of_the_handler_ends_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
