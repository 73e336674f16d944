#include "base/zone_rule.h"

#include "base/timestamp.h"

enum { HOUR = 3600, DAY = 86400, DAYS_OF_WEEK = 7, MOST_HOURS = 167 };

/* The text's rest, from the front. */
static bool rule_char(struct str *text, char wanted)
{
    bool found = text->size > 0 && text->data[0] == wanted;

    if (found) {
        text->data++;
        text->size--;
    }
    return found;
}

/* Digits, of a number from `least` to `most`. */
static bool rule_number(struct str *text, int least, int most, int *value)
{
    size_t digits = 0;

    *value = 0;
    while (digits < 4 && text->size > 0 && str_is_digit(text->data[0])) {
        *value = *value * 10 + (text->data[0] - '0');
        (void)rule_char(text, text->data[0]);
        digits++;
    }
    return digits > 0 && *value >= least && *value <= most;
}

/* "CET" or "<+0530>": what the zone is called is of no use here. */
static bool rule_name(struct str *text)
{
    bool quoted = rule_char(text, '<');
    size_t size = 0;

    while (text->size > 0 &&
           (quoted ? text->data[0] != '>'
                   : str_lower(text->data[0]) >= 'a' && str_lower(text->data[0]) <= 'z')) {
        (void)rule_char(text, text->data[0]);
        size++;
    }
    return size >= 3 && (!quoted || rule_char(text, '>'));
}

/* "2", "-5:30", "+12:45:30": seconds. */
static bool rule_time(struct str *text, int most_hours, int32_t *seconds)
{
    int sign = rule_char(text, '-') ? -1 : 1;
    int hour = 0;
    int minute = 0;
    int second = 0;
    bool ok;

    (void)(sign > 0 && rule_char(text, '+'));
    ok = rule_number(text, 0, most_hours, &hour) &&
         (!rule_char(text, ':') || rule_number(text, 0, 59, &minute)) &&
         (!rule_char(text, ':') || rule_number(text, 0, 59, &second));
    *seconds = sign * (hour * HOUR + minute * 60 + second);
    return ok;
}

/* "M3.5.0", "J60", "59", each perhaps with "/2". */
static bool rule_day(struct str *text, struct zone_day *day)
{
    bool ok = rule_char(text, ',');

    day->time = 2 * HOUR;
    if (rule_char(text, 'M')) {
        day->form = 'M';
        ok = ok && rule_number(text, 1, 12, &day->month) && rule_char(text, '.') &&
             rule_number(text, 1, 5, &day->week) && rule_char(text, '.') &&
             rule_number(text, 0, DAYS_OF_WEEK - 1, &day->day);
    } else {
        day->form = rule_char(text, 'J') ? 'J' : '0';
        ok = ok && rule_number(text, day->form == 'J' ? 1 : 0, 365, &day->day);
    }
    return ok && (!rule_char(text, '/') || rule_time(text, MOST_HOURS, &day->time));
}

/* A text's offsets are west of Greenwich. */
bool zone_rule_parse(struct str text, struct zone_rule *rule)
{
    int32_t west = 0;
    bool ok = rule_name(&text) && rule_time(&text, 24, &west);

    *rule = (struct zone_rule){.standard = -west, .summer = HOUR - west};
    if (ok && text.size > 0) {
        rule->has_summer = true;
        ok = rule_name(&text);
        if (ok && text.size > 0 && text.data[0] != ',') {
            ok = rule_time(&text, 24, &west);
            rule->summer = -west;
        }
        ok = ok && rule_day(&text, &rule->begin) && rule_day(&text, &rule->end);
    }
    return ok && text.size == 0;
}

/* Days since 1970; the fifth week of a month is its last. */
static int64_t day_of_month(const struct zone_day *day, int64_t year)
{
    int64_t first = timestamp_days(year, day->month, 1);
    int64_t next = timestamp_days(year + day->month / 12, day->month % 12 + 1, 1);
    /* 1970-01-01 was a Thursday, the fourth from Sunday. */
    int64_t weekday = ((first + 4) % DAYS_OF_WEEK + DAYS_OF_WEEK) % DAYS_OF_WEEK;
    int64_t found =
        first + (day->day - weekday + DAYS_OF_WEEK) % DAYS_OF_WEEK + (day->week - 1) * DAYS_OF_WEEK;

    return found < next ? found : found - DAYS_OF_WEEK;
}

/* Seconds since 1970 of the local clock. */
static int64_t day_seconds(const struct zone_day *day, int64_t year)
{
    int64_t first = timestamp_days(year, 1, 1);
    bool leap = timestamp_days(year + 1, 1, 1) - first == 366;
    int64_t days = first + day->day;

    if (day->form == 'M') {
        days = day_of_month(day, year);
    } else if (day->form == 'J') {
        days += leap && day->day >= 60 ? 0 : -1;
    }
    return days * DAY + day->time;
}

void zone_rule_changes(const struct zone_rule *rule, int64_t year, struct zone_change changes[2])
{
    struct zone_change begin = {day_seconds(&rule->begin, year) - rule->standard, rule->summer};
    struct zone_change end = {day_seconds(&rule->end, year) - rule->summer, rule->standard};
    bool in_north = begin.at <= end.at;

    changes[0] = in_north ? begin : end;
    changes[1] = in_north ? end : begin;
}
