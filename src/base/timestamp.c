#include "base/timestamp.h"

#include <stdio.h>
#include <time.h>

#define MS_PER_SECOND INT64_C(1000)
#define MS_PER_DAY INT64_C(86400000)

/* Days from civil, after the well-known era arithmetic: years begin in March, so that the leap
 * day is the last of the year. */
int64_t timestamp_days(int64_t year, int month, int day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * 146097 + day_of_era - 719468;
}

size_t timestamp_format(int64_t ms, char text[TIMESTAMP_TEXT_SIZE])
{
    int64_t seconds = ms / MS_PER_SECOND;
    int64_t rest = ms % MS_PER_SECOND;
    struct tm parts;
    time_t when;
    int length;

    if (rest < 0) {
        rest += MS_PER_SECOND;
        seconds--;
    }
    when = (time_t)seconds;
    (void)gmtime_r(&when, &parts);
    length = snprintf(text, TIMESTAMP_TEXT_SIZE, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ",
        (parts.tm_year + 1900) % 10000, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour,
        parts.tm_min, parts.tm_sec, (int)rest);
    return (size_t)length;
}

void timestamp_format_compact(int64_t ms, char text[TIMESTAMP_TEXT_SIZE])
{
    char whole[TIMESTAMP_TEXT_SIZE];
    size_t length = 0;

    (void)timestamp_format(ms, whole);
    for (size_t i = 0; whole[i] != '.' && whole[i] != '\0'; i++) {
        if (whole[i] != '-' && whole[i] != ':') {
            text[length++] = whole[i];
        }
    }
    text[length++] = 'Z';
    text[length] = '\0';
}

/* Exactly `count` digits at *position, which moves on. */
static bool timestamp_digits(struct str text, size_t *position, int count, int *value)
{
    *value = 0;
    for (int i = 0; i < count; i++, ++*position) {
        if (*position >= text.size || !str_is_digit(text.data[*position])) {
            return false;
        }
        *value = *value * 10 + (text.data[*position] - '0');
    }
    return true;
}

static bool timestamp_char(struct str text, size_t *position, char wanted)
{
    bool found = *position < text.size && text.data[*position] == wanted;

    if (found) {
        ++*position;
    }
    return found;
}

/* ".5", ".062", ".0621234": milliseconds, what is finer is cut. */
static bool timestamp_fraction(struct str text, size_t *position, int *ms)
{
    int digits = 0;

    *ms = 0;
    if (timestamp_char(text, position, '.')) {
        for (; *position < text.size && str_is_digit(text.data[*position]); ++*position, digits++) {
            if (digits < 3) {
                *ms = *ms * 10 + (text.data[*position] - '0');
            }
        }
        for (int i = digits; i < 3; i++) {
            *ms *= 10;
        }
        return digits > 0;
    }
    return true;
}

/* "", "Z", "+00:00", "-0730", "+02": the offset in minutes. */
static bool timestamp_zone(struct str text, size_t *position, int *minutes)
{
    bool ok = true;

    *minutes = 0;
    if (*position < text.size && !timestamp_char(text, position, 'Z')) {
        int sign = timestamp_char(text, position, '-') ? -1 : 1;
        int hour = 0;
        int minute = 0;

        ok = (sign < 0 || timestamp_char(text, position, '+')) &&
             timestamp_digits(text, position, 2, &hour);
        if (ok && *position < text.size) {
            (void)timestamp_char(text, position, ':');
            ok = timestamp_digits(text, position, 2, &minute);
        }
        ok = ok && hour <= 15 && minute <= 59;
        *minutes = sign * (hour * 60 + minute);
    }
    return ok && *position == text.size;
}

static bool timestamp_is_date(int year, int month, int day)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    return year >= 1 && month >= 1 && month <= 12 && day >= 1 &&
           day <= lengths[month - 1] + (month == 2 && leap ? 1 : 0);
}

/* "09:36", "09:36:11", "09:36:11.062": milliseconds of the day. */
static bool timestamp_time_of_day(struct str text, size_t *position, int64_t *ms)
{
    int hour = 0;
    int minute = 0;
    int second = 0;
    int fraction = 0;
    bool ok = timestamp_digits(text, position, 2, &hour) && timestamp_char(text, position, ':') &&
              timestamp_digits(text, position, 2, &minute);

    if (ok && timestamp_char(text, position, ':')) {
        ok = timestamp_digits(text, position, 2, &second) &&
             timestamp_fraction(text, position, &fraction);
    }
    *ms = ((hour * INT64_C(60) + minute) * 60 + second) * MS_PER_SECOND + fraction;
    return ok && hour <= 23 && minute <= 59 && second <= 59;
}

bool timestamp_parse_iso(struct str text, int64_t *ms)
{
    size_t position = 0;
    int year = 0;
    int month = 0;
    int day = 0;
    int zone = 0;
    int64_t time_of_day = 0;
    bool ok = timestamp_digits(text, &position, 4, &year) && timestamp_char(text, &position, '-') &&
              timestamp_digits(text, &position, 2, &month) &&
              timestamp_char(text, &position, '-') && timestamp_digits(text, &position, 2, &day) &&
              timestamp_is_date(year, month, day);

    if (ok && position < text.size) {
        ok = (timestamp_char(text, &position, 'T') || timestamp_char(text, &position, ' ')) &&
             timestamp_time_of_day(text, &position, &time_of_day) &&
             timestamp_zone(text, &position, &zone);
    }
    if (ok) {
        *ms = timestamp_days(year, month, day) * MS_PER_DAY + time_of_day -
              zone * INT64_C(60) * MS_PER_SECOND;
        ok = *ms >= TIMESTAMP_MIN && *ms <= TIMESTAMP_MAX;
    }
    return ok;
}

static int64_t timestamp_clock(clockid_t clock)
{
    struct timespec now;

    (void)clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * MS_PER_SECOND + now.tv_nsec / 1000000;
}

int64_t timestamp_now(void)
{
    return timestamp_clock(CLOCK_REALTIME);
}

int64_t timestamp_monotonic(void)
{
    return timestamp_clock(CLOCK_MONOTONIC);
}
