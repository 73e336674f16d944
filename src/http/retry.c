#include "http/retry.h"

#include <stddef.h>

#include "base/timestamp.h"

#define MS_PER_SECOND INT64_C(1000)
#define MS_PER_DAY INT64_C(86400000)
#define MS_PER_YEAR INT64_C(31556952000)

/* Statuses that another try may change; all others stay as they are. */
static const struct {
    long status;
    bool obeys_retry_after;
} retry_statuses[] = {
    {408, false},
    {429, true},
    {500, false},
    {502, false},
    {503, true},
    {504, false},
};

/* SplitMix64: jitter needs spread, not secrecy. */
static uint64_t retry_random(uint64_t *state)
{
    uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static int64_t retry_backoff(struct http_retry *retry, int tried)
{
    int64_t wait = retry->base_ms < HTTP_RETRY_MOST_MS ? retry->base_ms : HTTP_RETRY_MOST_MS;
    int64_t half;

    for (int i = 1; i < tried && wait < HTTP_RETRY_MOST_MS; i++) {
        wait = wait < HTTP_RETRY_MOST_MS / 2 ? wait * 2 : HTTP_RETRY_MOST_MS;
    }
    half = wait / 2;
    return wait - half + (int64_t)(retry_random(&retry->random) % ((uint64_t)half + 1));
}

static int64_t retry_answered(
    struct http_retry *retry, long status, int64_t retry_after_ms, int tried)
{
    int64_t wait = -1;

    for (size_t i = 0; i < sizeof retry_statuses / sizeof *retry_statuses; i++) {
        if (retry_statuses[i].status == status) {
            if (retry_statuses[i].obeys_retry_after && retry_after_ms >= 0) {
                wait = retry_after_ms < HTTP_RETRY_AFTER_MOST_MS ? retry_after_ms
                                                                 : HTTP_RETRY_AFTER_MOST_MS;
            } else {
                wait = retry_backoff(retry, tried);
            }
        }
    }
    return wait;
}

/* Whether what is wrong lies, it seems, in what was asked for, and has come often enough. */
static bool retry_is_enough(struct http_retry *retry, enum http_outcome outcome, long status)
{
    bool is_malformed = outcome == HTTP_MALFORMED;
    bool is_failed = is_malformed || (outcome == HTTP_ANSWERED && status == 500);
    bool is_enough = is_malformed && retry->malformed > 0;

    retry->malformed += is_malformed;
    retry->failed += is_failed;
    if (retry->tries_of_failed > 0) {
        is_enough = is_failed && retry->failed >= retry->tries_of_failed;
    }
    return is_enough;
}

int64_t http_retry_wait(struct http_retry *retry, enum http_outcome outcome, long status,
    int64_t retry_after_ms, int tried)
{
    int64_t wait = -1;

    if (!retry_is_enough(retry, outcome, status) && tried <= retry->limit) {
        switch (outcome) {
        case HTTP_ANSWERED:
            wait = retry_answered(retry, status, retry_after_ms, tried);
            break;
        case HTTP_UNREACHABLE:
        case HTTP_BROKEN:
        case HTTP_MALFORMED:
            wait = retry_backoff(retry, tried);
            break;
        case HTTP_FINAL:
            break;
        }
    }
    return wait;
}

/* What a date's text says, before it is known to be a date. */
struct date {
    int year;
    bool year_is_short; /* two digits: the century is to be guessed */
    int month;
    int day;
    int hour;
    int minute;
    int second;
};

static const char *const date_days[] = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", NULL};
static const char *const date_months[] = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", NULL};

/* The text without the digits (`count` of them) at its beginning. */
static bool date_number(struct str *text, size_t count, int *number)
{
    bool ok = text->size >= count;

    *number = 0;
    for (size_t i = 0; ok && i < count; i++) {
        ok = str_is_digit(text->data[i]);
        *number = ok ? *number * 10 + (text->data[i] - '0') : 0;
    }
    if (ok) {
        *text = (struct str){text->data + count, text->size - count};
    }
    return ok;
}

/* Which of `words` the text begins with, from 1; the first `length` letters of a word count, or
 * all of them where `length` is 0. */
static bool date_word(struct str *text, const char *const *words, size_t length, int *number)
{
    bool ok = false;

    for (int i = 0; !ok && words[i] != NULL; i++) {
        struct str word = str_of(words[i]);

        word.size = length > 0 ? length : word.size;
        ok = text->size >= word.size && str_equal((struct str){text->data, word.size}, word);
        if (ok) {
            *number = i + 1;
            *text = (struct str){text->data + word.size, text->size - word.size};
        }
    }
    return ok;
}

/* One character of a pattern: a letter of the table below, or itself. */
static bool date_part(struct str *text, char part, struct date *date)
{
    bool ok;
    int ignored = 0;

    switch (part) {
    case 'a':
        ok = date_word(text, date_days, 3, &ignored);
        break;
    case 'A':
        ok = date_word(text, date_days, 0, &ignored);
        break;
    case 'b':
        ok = date_word(text, date_months, 3, &date->month);
        break;
    case 'd':
        ok = date_number(text, 2, &date->day);
        break;
    case 'e': /* padded with a blank */
        if (text->size > 0 && text->data[0] == ' ') {
            *text = (struct str){text->data + 1, text->size - 1};
            ok = date_number(text, 1, &date->day);
        } else {
            ok = date_number(text, 2, &date->day);
        }
        break;
    case 'Y':
        ok = date_number(text, 4, &date->year);
        break;
    case 'y':
        ok = date_number(text, 2, &date->year);
        date->year_is_short = true;
        break;
    case 'h':
        ok = date_number(text, 2, &date->hour);
        break;
    case 'm':
        ok = date_number(text, 2, &date->minute);
        break;
    case 's':
        ok = date_number(text, 2, &date->second);
        break;
    default:
        ok = text->size > 0 && text->data[0] == part;
        if (ok) {
            *text = (struct str){text->data + 1, text->size - 1};
        }
        break;
    }
    return ok;
}

static bool date_matches(struct str text, const char *pattern, struct date *date)
{
    bool ok = true;

    *date = (struct date){.year = 0};
    for (; ok && *pattern != '\0'; pattern++) {
        ok = date_part(&text, *pattern, date);
    }
    return ok && text.size == 0;
}

/* The last day is the one before the first of the next month. */
static bool date_is_possible(const struct date *date)
{
    bool december = date->month == 12;
    int64_t first = timestamp_days(date->year, date->month, 1);
    int64_t next = timestamp_days(date->year + december, december ? 1 : date->month + 1, 1);

    return date->year >= 1 && date->day >= 1 && date->day <= next - first && date->hour <= 23 &&
           date->minute <= 59 && date->second <= 60;
}

static int64_t date_ms(const struct date *date)
{
    int64_t seconds = (date->hour * INT64_C(60) + date->minute) * 60 + date->second;

    return timestamp_days(date->year, date->month, date->day) * MS_PER_DAY +
           seconds * MS_PER_SECOND;
}

/* RFC 9110, 5.6.7: two digits that seem to be more than 50 years ahead are a year of the past. */
static void date_guess_century(struct date *date, int64_t now)
{
    int64_t year = 1970 + now / MS_PER_YEAR;

    date->year += (int)(year / 100 + 1) * 100;
    while (date_ms(date) > now + 50 * MS_PER_YEAR) {
        date->year -= 100;
    }
}

/* The three forms of RFC 9110, 5.6.7: IMF-fixdate, RFC 850, asctime. */
static bool date_read(struct str text, int64_t now, int64_t *ms)
{
    static const char *const patterns[] = {
        "a, d b Y h:m:s GMT", "A, d-b-y h:m:s GMT", "a b e h:m:s Y"};
    bool ok = false;

    for (size_t i = 0; !ok && i < sizeof patterns / sizeof *patterns; i++) {
        struct date date;

        ok = date_matches(text, patterns[i], &date);
        if (ok && date.year_is_short) {
            date_guess_century(&date, now);
        }
        ok = ok && date_is_possible(&date);
        *ms = ok ? date_ms(&date) : 0;
    }
    return ok;
}

/* Digits alone; what is beyond any date stays there, at the largest time. */
static bool seconds_read(struct str text, int64_t *ms)
{
    int64_t seconds = 0;
    bool ok = text.size > 0;

    for (size_t i = 0; ok && i < text.size; i++) {
        ok = str_is_digit(text.data[i]);
        if (ok && seconds < TIMESTAMP_MAX / MS_PER_SECOND) {
            seconds = seconds * 10 + (text.data[i] - '0');
        }
    }
    *ms = seconds < TIMESTAMP_MAX / MS_PER_SECOND ? seconds * MS_PER_SECOND : TIMESTAMP_MAX;
    return ok;
}

int64_t http_retry_after(struct str value, int64_t now)
{
    struct str text = str_trim(value);
    int64_t wait = -1;
    int64_t when = 0;

    if (seconds_read(text, &when)) {
        wait = when;
    } else if (date_read(text, now, &when)) {
        wait = when > now ? when - now : 0;
    }
    return wait;
}
