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
