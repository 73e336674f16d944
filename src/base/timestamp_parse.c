#include "base/timestamp.h"

#include <string.h>

#include "base/zone.h"

#define MS_PER_SECOND INT64_C(1000)
#define MS_PER_MINUTE INT64_C(60000)
#define MS_PER_HOUR INT64_C(3600000)
#define MS_PER_DAY INT64_C(86400000)

/* What a text says; without a zone, it is a time of wherever its writer was. */
struct moment {
    int year;
    int month;
    int day;
    int64_t time_of_day; /* ms */
    bool has_zone;
    int zone; /* minutes east of Greenwich */
};

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

static bool moment_ms(const struct moment *moment, const struct zone *zone, int64_t *ms)
{
    int64_t local =
        timestamp_days(moment->year, moment->month, moment->day) * MS_PER_DAY + moment->time_of_day;

    if (moment->has_zone) {
        *ms = local - moment->zone * MS_PER_MINUTE;
    } else {
        *ms = zone != NULL ? zone_to_utc(zone, local) : local;
    }
    return *ms >= TIMESTAMP_MIN && *ms <= TIMESTAMP_MAX;
}

/* "2010-03-10", "2010-03-10T15:04:06+00:00" and their like. */
static bool moment_iso(struct str text, struct moment *moment)
{
    size_t position = 0;
    bool ok = timestamp_digits(text, &position, 4, &moment->year) &&
              timestamp_char(text, &position, '-') &&
              timestamp_digits(text, &position, 2, &moment->month) &&
              timestamp_char(text, &position, '-') &&
              timestamp_digits(text, &position, 2, &moment->day) &&
              timestamp_is_date(moment->year, moment->month, moment->day);

    if (ok && position < text.size) {
        ok = (timestamp_char(text, &position, 'T') || timestamp_char(text, &position, ' ')) &&
             timestamp_time_of_day(text, &position, &moment->time_of_day);
        moment->has_zone = position < text.size;
        ok = ok && timestamp_zone(text, &position, &moment->zone);
    }
    return ok;
}

bool timestamp_parse_iso(struct str text, int64_t *ms)
{
    struct moment moment = {.year = 0};

    return moment_iso(text, &moment) && moment_ms(&moment, NULL, ms);
}

/* "20140407185418.0Z", as LDAP writes times (generalised time). Its zone tells it from a bare
 * number. */
static bool moment_ldap(struct str text, struct moment *moment)
{
    size_t position = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int fraction = 0;
    bool ok = timestamp_digits(text, &position, 4, &moment->year) &&
              timestamp_digits(text, &position, 2, &moment->month) &&
              timestamp_digits(text, &position, 2, &moment->day) &&
              timestamp_digits(text, &position, 2, &hour) &&
              timestamp_digits(text, &position, 2, &minute) &&
              timestamp_digits(text, &position, 2, &second) &&
              timestamp_fraction(text, &position, &fraction);

    moment->has_zone = position < text.size;
    moment->time_of_day =
        hour * MS_PER_HOUR + minute * MS_PER_MINUTE + second * MS_PER_SECOND + fraction;
    return ok && moment->has_zone && timestamp_zone(text, &position, &moment->zone) && hour <= 23 &&
           minute <= 59 && second <= 59 &&
           timestamp_is_date(moment->year, moment->month, moment->day);
}

/* One or two digits. */
static bool timestamp_short(struct str text, size_t *position, int *value)
{
    size_t second = *position + 1;
    bool two = second < text.size && str_is_digit(text.data[second]);

    return timestamp_digits(text, position, two ? 2 : 1, value);
}

/* Blanks, of which there may be none; true when there were some. */
static bool timestamp_blanks(struct str text, size_t *position)
{
    size_t start = *position;

    while (timestamp_char(text, position, ' ')) {
    }
    return *position > start;
}

/* The letters at *position, which moves on. */
static struct str timestamp_word(struct str text, size_t *position)
{
    size_t start = *position;

    while (*position < text.size && str_lower(text.data[*position]) >= 'a' &&
           str_lower(text.data[*position]) <= 'z') {
        ++*position;
    }
    return (struct str){text.data + start, *position - start};
}

/* "7/6/2010", "03-12-2010": the month comes first. */
static bool moment_numbers(struct str text, size_t *position, struct moment *moment)
{
    bool ok = timestamp_short(text, position, &moment->month);
    char between = ok && *position < text.size ? text.data[*position] : '\0';

    return ok && (between == '/' || between == '-') && timestamp_char(text, position, between) &&
           timestamp_short(text, position, &moment->day) &&
           timestamp_char(text, position, between) &&
           timestamp_digits(text, position, 4, &moment->year);
}

/* The first three letters, or all, in either case. */
static bool timestamp_is_month(struct str word, const char *name)
{
    bool same = word.size == 3 || word.size == strlen(name);

    for (size_t i = 0; same && i < word.size; i++) {
        same = str_lower(word.data[i]) == str_lower(name[i]);
    }
    return same;
}

/* 1 to 12, or 0 when the word is no month. */
static int timestamp_month(struct str word)
{
    static const char *const names[] = {"January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December"};
    int month = 0;

    for (int i = 0; i < 12; i++) {
        if (timestamp_is_month(word, names[i])) {
            month = i + 1;
        }
    }
    return month;
}

/* "Jan 1 2010", "January 1, 2010", "Apr  8 2011" as compilers write it. */
static bool moment_names(struct str text, size_t *position, struct moment *moment)
{
    bool ok;
    bool comma;

    moment->month = timestamp_month(timestamp_word(text, position));
    ok = moment->month > 0 && timestamp_blanks(text, position) &&
         timestamp_short(text, position, &moment->day);
    comma = timestamp_char(text, position, ',');
    return (timestamp_blanks(text, position) || comma) && ok &&
           timestamp_digits(text, position, 4, &moment->year);
}

/* " AM" or " PM" behind `hour`, which becomes that of 24; nothing is as good. */
static bool timestamp_half(struct str text, size_t *position, int *hour)
{
    size_t after = *position;
    struct str word;
    bool ok = *hour <= 23;

    (void)timestamp_blanks(text, &after);
    word = timestamp_word(text, &after);
    if (str_is_caseless(word, "AM") || str_is_caseless(word, "PM")) {
        ok = *hour >= 1 && *hour <= 12;
        *hour = *hour % 12 + (str_lower(word.data[0]) == 'p' ? 12 : 0);
        *position = after;
    }
    return ok;
}

/* "11:29:33 AM", "13:23:12", "9:30 PM UTC", "00:00:00 +01:00", up to the end. */
static bool moment_clock(struct str text, size_t *position, struct moment *moment)
{
    int hour = 0;
    int minute = 0;
    int second = 0;
    int fraction = 0;
    bool ok = timestamp_short(text, position, &hour) && timestamp_char(text, position, ':') &&
              timestamp_digits(text, position, 2, &minute);

    if (ok && timestamp_char(text, position, ':')) {
        ok = timestamp_digits(text, position, 2, &second) &&
             timestamp_fraction(text, position, &fraction);
    }
    ok = ok && timestamp_half(text, position, &hour) && minute <= 59 && second <= 59;
    moment->time_of_day =
        hour * MS_PER_HOUR + minute * MS_PER_MINUTE + second * MS_PER_SECOND + fraction;
    (void)timestamp_blanks(text, position);
    moment->has_zone = *position < text.size;
    if (ok && moment->has_zone) {
        struct str rest = {text.data + *position, text.size - *position};

        ok = str_is(rest, "UTC") || str_is(rest, "GMT") ||
             timestamp_zone(text, position, &moment->zone);
    }
    return ok;
}

/* A date in the ways of people, and perhaps a time behind it. */
static bool moment_told(struct str text, struct moment *moment)
{
    size_t position = 0;
    bool ok = text.size > 0 && (str_is_digit(text.data[0]) ? moment_numbers(text, &position, moment)
                                                           : moment_names(text, &position, moment));

    ok = ok && timestamp_is_date(moment->year, moment->month, moment->day);
    if (ok && position < text.size) {
        (void)timestamp_char(text, &position, ',');
        ok = timestamp_blanks(text, &position) && moment_clock(text, &position, moment);
    }
    return ok;
}

bool timestamp_parse(struct str text, const struct zone *zone, int64_t *ms)
{
    static bool (*const readers[])(struct str text, struct moment * moment) = {
        moment_iso, moment_ldap, moment_told};
    struct str trimmed = str_trim(text);
    struct moment moment;
    bool ok = false;

    for (size_t i = 0; !ok && i < sizeof readers / sizeof *readers; i++) {
        moment = (struct moment){.year = 0};
        ok = readers[i](trimmed, &moment);
    }
    return ok && moment_ms(&moment, zone, ms);
}
