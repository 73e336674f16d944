#include "unit/base/folder.h"

#include <sys/stat.h>
#include <time.h>

#include "base/buffer.h"
#include "base/ceilings.h"
#include "base/timestamp.h"
#include "base/zone.h"

static int64_t utc_of(const char *name, const char *local)
{
    struct zone *zone = NULL;
    struct error err = {0};
    int64_t ms = 0;
    int64_t utc;

    if (!zone_new(&zone, name, &err)) {
        fail_msg("%s", err.text);
    }
    assert_true(timestamp_parse_iso(str_of(local), &ms));
    utc = zone_to_utc(zone, ms);
    zone_free(zone);
    return utc;
}

static void a_local_time_has_one_time_of_utc(void **state)
{
    static const struct {
        const char *zone;
        const char *local;
        const char *utc;
    } cases[] = {
        {"UTC", "2020-02-27T09:36:11.062", "2020-02-27T09:36:11.062Z"},
        {"UTC", "0001-01-01", "0001-01-01T00:00:00.000Z"},
        {"Europe/Berlin", "2020-01-01T12:00:00.001", "2020-01-01T11:00:00.001Z"},
        {"Europe/Berlin", "2020-07-01T12:00", "2020-07-01T10:00:00.000Z"},
        /* The hour that is skipped, and what is around it. */
        {"Europe/Berlin", "2020-03-29T01:59:59.999", "2020-03-29T00:59:59.999Z"},
        {"Europe/Berlin", "2020-03-29T02:00", "2020-03-29T01:00:00.000Z"},
        {"Europe/Berlin", "2020-03-29T02:59:59.999", "2020-03-29T01:59:59.999Z"},
        {"Europe/Berlin", "2020-03-29T03:00", "2020-03-29T01:00:00.000Z"},
        /* The hour that comes twice. */
        {"Europe/Berlin", "2020-10-25T01:59:59.999", "2020-10-24T23:59:59.999Z"},
        {"Europe/Berlin", "2020-10-25T02:00", "2020-10-25T00:00:00.000Z"},
        {"Europe/Berlin", "2020-10-25T02:59:59.999", "2020-10-25T00:59:59.999Z"},
        {"Europe/Berlin", "2020-10-25T03:00", "2020-10-25T02:00:00.000Z"},
        /* By the rule of years to come. */
        {"Europe/Berlin", "2050-01-01T12:00", "2050-01-01T11:00:00.000Z"},
        {"Europe/Berlin", "2050-03-27T02:30", "2050-03-27T01:30:00.000Z"},
        {"Europe/Berlin", "2050-07-01T12:00", "2050-07-01T10:00:00.000Z"},
        {"Europe/Berlin", "2050-10-30T02:30", "2050-10-30T00:30:00.000Z"},
        {"Europe/Berlin", "9999-12-31T23:59", "9999-12-31T22:59:00.000Z"},
        /* Before the first change, and in odd years. */
        {"Europe/Berlin", "1850-01-01T00:53:28", "1850-01-01T00:00:00.000Z"},
        {"Europe/Berlin", "1945-06-15T12:00", "1945-06-15T09:00:00.000Z"},
        {"America/New_York", "1965-07-04T12:00", "1965-07-04T16:00:00.000Z"},
        {"America/New_York", "2100-07-04T12:00", "2100-07-04T16:00:00.000Z"},
        {"Australia/Sydney", "2020-01-01T12:00", "2020-01-01T01:00:00.000Z"},
        {"Australia/Sydney", "2060-01-01T12:00", "2060-01-01T01:00:00.000Z"},
        {"Australia/Sydney", "2060-07-01T12:00", "2060-07-01T02:00:00.000Z"},
        {"Australia/Lord_Howe", "2060-01-01T12:00", "2060-01-01T01:00:00.000Z"},
        {"Australia/Lord_Howe", "2060-07-01T12:00", "2060-07-01T01:30:00.000Z"},
        {"Asia/Kolkata", "2020-01-01T12:00", "2020-01-01T06:30:00.000Z"},
        {"Asia/Kathmandu", "2100-01-01T12:00", "2100-01-01T06:15:00.000Z"},
        {"America/St_Johns", "1930-07-01T12:00", "1930-07-01T14:30:52.000Z"},
        /* December 30 was left out there. */
        {"Pacific/Apia", "2011-12-30T12:00", "2011-12-30T22:00:00.000Z"},
        {"Etc/GMT+5", "2020-01-01T12:00", "2020-01-01T17:00:00.000Z"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[TIMESTAMP_TEXT_SIZE];

        (void)timestamp_format(utc_of(cases[i].zone, cases[i].local), text);
        if (strcmp(text, cases[i].utc) != 0) {
            fail_msg("%s %s: %s", cases[i].zone, cases[i].local, text);
        }
    }
}

/* Seconds east of Greenwich, as C's library has it, which may be asked for one zone at a time. */
static int64_t offset_of(int64_t seconds)
{
    time_t when = (time_t)seconds;
    struct tm parts;

    assert_non_null(localtime_r(&when, &parts));
    return parts.tm_gmtoff;
}

/* Every other day of four centuries, at ever other hours: the clock of that time leads back to it,
 * or to the first time at which clocks show the same. */
static void compare_with_c(const char *name)
{
    const int64_t step = 41 * 3600 + 1234;
    struct zone *zone = NULL;
    struct error err = {0};

    if (!zone_new(&zone, name, &err)) {
        fail_msg("%s", err.text);
    }
    assert_int_equal(setenv("TZ", name, 1), 0);
    tzset();
    for (int64_t at = INT64_C(-3786912000); at < INT64_C(8836000000); at += step) {
        int64_t local = at + offset_of(at);
        int64_t utc = zone_to_utc(zone, local * 1000) / 1000;

        if (utc > at || utc + offset_of(utc) != local) {
            fail_msg("%s: %lld is taken for %lld", name, (long long)at, (long long)utc);
        }
    }
    zone_free(zone);
}

static void zones_are_those_of_c(void **state)
{
    static const char *const names[] = {"Europe/Berlin", "Europe/Dublin", "Europe/London",
        "America/New_York", "America/St_Johns", "America/Sao_Paulo", "America/Godthab",
        "Africa/Casablanca", "Asia/Kolkata", "Asia/Gaza", "Asia/Jerusalem", "Asia/Tehran",
        "Australia/Lord_Howe", "Australia/Sydney", "Antarctica/Troll", "Pacific/Chatham",
        "Pacific/Apia", "Etc/GMT-14"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        compare_with_c(names[i]);
    }
    assert_int_equal(unsetenv("TZ"), 0);
    tzset();
}

static void assert_no_zone(const char *name, const char *words)
{
    struct zone *zone = NULL;
    struct error err = {0};

    assert_false(zone_new(&zone, name, &err));
    assert_null(zone);
    assert_int_equal(err.kind, ERROR_CONFIG);
    if (strstr(err.text, words) == NULL) {
        fail_msg("\"%s\" says nothing of \"%s\"", err.text, words);
    }
}

static void a_wrong_name_is_named(void **state)
{
    static char name[200];

    (void)state;
    memset(name, 'a', sizeof name - 1);
    assert_no_zone("", "no name of a time zone");
    assert_no_zone("/etc/passwd", "no name of a time zone");
    assert_no_zone("../../../etc/passwd", "no name of a time zone");
    assert_no_zone("Europe/..", "no name of a time zone");
    assert_no_zone("Europe Berlin", "no name of a time zone");
    assert_no_zone(name, "no name of a time zone");
    assert_no_zone("Europe/Berln", "\"Europe/Berln\" in /usr/share/zoneinfo (package tzdata)");
    assert_no_zone("Europe", "Is a directory");
}

static void the_folder_may_be_another(void **state)
{
    struct folder *folder = *state;
    struct zone *zone = NULL;
    struct error err = {0};

    assert_int_equal(setenv("TZDIR", folder->path, 1), 0);
    assert_no_zone("Europe/Berlin", folder->path);
    folder_write(folder, "what", 4);
    assert_no_zone("file", "none of version 2");
    assert_true(zone_new(&zone, "UTC", &err));
    zone_free(zone);
    assert_int_equal(setenv("TZDIR", "/nonexistent", 1), 0);
    assert_no_zone("Europe/Berlin", "install the package tzdata");
    assert_int_equal(unsetenv("TZDIR"), 0);
}

/* A file of two types and two changes. */
struct made {
    unsigned char version;
    int32_t offsets[2];
    int64_t at[2];
    unsigned char types[2];
    uint32_t leaps;
    const char *footer;
};

static const struct made plain = {'2', {3600, 7200}, {0, 86400 * 100}, {1, 0}, 0, "\nCET-1\n"};

static void put_number(struct buffer *bytes, uint64_t number, int size)
{
    for (int i = size - 1; i >= 0; i--) {
        buffer_append_char(bytes, (char)(number >> (8 * i)));
    }
}

static void put_header(struct buffer *bytes, const struct made *made, const uint32_t counts[6])
{
    buffer_append_text(bytes, "TZif");
    buffer_append_char(bytes, (char)made->version);
    buffer_append(bytes, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 15);
    for (int i = 0; i < 6; i++) {
        put_number(bytes, counts[i], 4);
    }
}

/* The first block, which is passed over, has something of everything. */
static void make_file(struct buffer *bytes, const struct made *made)
{
    static const uint32_t first[6] = {1, 1, 1, 1, 1, 1};
    const uint32_t second[6] = {0, 0, made->leaps, 2, 2, 4};

    buffer_init(bytes, CEILING_ZONE);
    put_header(bytes, made, first);
    buffer_append(bytes, "atttTooooooCllllLLLLsu", 4 + 1 + 6 + 1 + 8 + 1 + 1);
    put_header(bytes, made, second);
    for (int i = 0; i < 2; i++) {
        put_number(bytes, (uint64_t)made->at[i], 8);
    }
    buffer_append(bytes, made->types, 2);
    for (int i = 0; i < 2; i++) {
        put_number(bytes, (uint32_t)made->offsets[i], 4);
        put_number(bytes, 0, 2);
    }
    buffer_append(bytes, "CET", 4);
    for (uint32_t i = 0; i < made->leaps * 12; i++) {
        buffer_append_char(bytes, 0);
    }
    buffer_append_text(bytes, made->footer);
    assert_true(buffer_ok(bytes));
}

static bool read_made(const struct made *made, struct zone **zone)
{
    struct error err = {0};
    struct buffer bytes;
    bool ok;

    make_file(&bytes, made);
    ok = zone_read(zone, "made", buffer_view(&bytes), &err);
    assert_true(ok || err.kind == ERROR_CONFIG);
    assert_int_equal(*zone != NULL, ok);
    buffer_release(&bytes);
    return ok;
}

static bool is_read(const struct made *made)
{
    struct zone *zone = NULL;
    bool ok = read_made(made, &zone);

    zone_free(zone);
    return ok;
}

static void a_wrong_file_is_refused(void **state)
{
    struct made made = plain;

    (void)state;
    assert_true(is_read(&made));
    made.version = '\0';
    assert_false(is_read(&made));
    made = plain;
    made.leaps = 1;
    assert_false(is_read(&made));
    made = plain;
    made.types[1] = 2;
    assert_false(is_read(&made));
    made = plain;
    made.at[1] = made.at[0];
    assert_false(is_read(&made));
    made.at[1] = INT64_MAX;
    assert_false(is_read(&made));
    made = plain;
    made.at[0] = INT64_MIN;
    assert_false(is_read(&made));
    made = plain;
    made.offsets[0] = INT32_MIN;
    assert_false(is_read(&made));
}

static void a_cut_file_is_refused_wherever_it_is_cut(void **state)
{
    struct buffer bytes;

    (void)state;
    make_file(&bytes, &plain);
    for (size_t size = 0; size < bytes.size; size++) {
        char *copy = test_malloc(size + 1);
        struct zone *zone = NULL;
        struct error err = {0};

        memcpy(copy, bytes.data, size);
        assert_false(zone_read(&zone, "made", (struct str){copy, size}, &err));
        test_free(copy);
    }
    buffer_release(&bytes);
}

static void what_is_no_rule_is_refused(void **state)
{
    static const char *const footers[] = {"", "\n", "CET-1", "\nCET\n", "\nC-1\n", "\n<+01-1\n",
        "\nCET-25\n", "\nCET-1:60\n", "\nCET-1x\n", "\nCET-1CEST\n", "\nCET-1CEST,M3.5.0\n",
        "\nCET-1CEST,M13.5.0,M10.5.0\n", "\nCET-1CEST,M0.5.0,M10.5.0\n",
        "\nCET-1CEST,M3.6.0,M10.5.0\n", "\nCET-1CEST,M3.5.7,M10.5.0\n",
        "\nCET-1CEST,M3.5.0,M10.5.0/168\n", "\nCET-1CEST,J0,J1\n", "\nCET-1CEST,366,1\n",
        "\nCET-1CEST,M3.5.0,M10.5.0,\n", "\nCET-1CEST,99999,1\n"};
    struct made made = plain;

    (void)state;
    for (size_t i = 0; i < sizeof footers / sizeof *footers; i++) {
        made.footer = footers[i];
        if (is_read(&made)) {
            fail_msg("%s is taken for a rule", footers[i]);
        }
    }
    made.footer = "\n\n";
    assert_true(is_read(&made));
}

static void every_form_of_a_rule_is_read(void **state)
{
    static const struct {
        const char *footer;
        const char *local;
        const char *utc;
    } cases[] = {
        /* Julian days know no leap day: 60 is March 1; days from 0 count it: 59 is February 29. */
        {"\nAAA0BBB,J60,J300\n", "2048-03-01T01:59", "2048-03-01T01:59:00.000Z"},
        {"\nAAA0BBB,J60,J300\n", "2048-03-01T03:00", "2048-03-01T02:00:00.000Z"},
        {"\nAAA0BBB,59,300\n", "2048-02-29T03:00", "2048-02-29T02:00:00.000Z"},
        {"\nAAA0BBB,59,300\n", "2047-03-01T01:00", "2047-03-01T01:00:00.000Z"},
        {"\nAAA0BBB,59,300\n", "2047-03-01T03:00", "2047-03-01T02:00:00.000Z"},
        {"\n<-03>3<-0130>1:30,M10.1.6/-26,M3.1.0/25\n", "2050-01-01T12:00",
            "2050-01-01T13:30:00.000Z"},
        {"\n<-03>3<-0130>1:30,M10.1.6/-26,M3.1.0/25\n", "2050-07-01T12:00",
            "2050-07-01T15:00:00.000Z"},
        /* Saturday, October 1, 2050, less 26 hours. */
        {"\n<-03>3<-0130>1:30,M10.1.6/-26,M3.1.0/25\n", "2050-09-29T21:59",
            "2050-09-30T00:59:00.000Z"},
        {"\n<-03>3<-0130>1:30,M10.1.6/-26,M3.1.0/25\n", "2050-09-29T23:30",
            "2050-09-30T01:00:00.000Z"},
        /* Summer all through. */
        {"\nXXX3EDT4,0/0,J365/23\n", "2050-01-01T12:00", "2050-01-01T16:00:00.000Z"},
        {"\nXXX3EDT4,0/0,J365/23\n", "2050-12-31T12:00", "2050-12-31T16:00:00.000Z"},
        {"\nXXX3EDT4,0/0,J365/23\n", "2050-12-31T23:30", "2051-01-01T03:30:00.000Z"},
        {"\nCET-1\n", "2050-12-31T12:00", "2050-12-31T11:00:00.000Z"},
        {"\n\n", "2050-12-31T12:00", "2050-12-31T11:00:00.000Z"},
    };
    struct made made = plain;

    (void)state;
    made.version = '3';
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct zone *zone = NULL;
        char text[TIMESTAMP_TEXT_SIZE];
        int64_t ms = 0;

        made.footer = cases[i].footer;
        if (!read_made(&made, &zone)) {
            fail_msg("%s is not read", made.footer);
        }
        assert_true(timestamp_parse_iso(str_of(cases[i].local), &ms));
        (void)timestamp_format(zone_to_utc(zone, ms), text);
        if (strcmp(text, cases[i].utc) != 0) {
            fail_msg("%s %s: %s", cases[i].footer, cases[i].local, text);
        }
        zone_free(zone);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_local_time_has_one_time_of_utc),
        cmocka_unit_test(zones_are_those_of_c),
        cmocka_unit_test(a_wrong_name_is_named),
        cmocka_unit_test_setup_teardown(the_folder_may_be_another, folder_make, folder_remove),
        cmocka_unit_test(a_wrong_file_is_refused),
        cmocka_unit_test(a_cut_file_is_refused_wherever_it_is_cut),
        cmocka_unit_test(what_is_no_rule_is_refused),
        cmocka_unit_test(every_form_of_a_rule_is_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
