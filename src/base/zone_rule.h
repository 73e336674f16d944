/* The rule by which a zone's clocks change in years to come: the TZ string at the end of its file
 * (RFC 8536, section 3.3; POSIX, "TZ"). Part of zone. */
#ifndef UEMSYNC_BASE_ZONE_RULE_H
#define UEMSYNC_BASE_ZONE_RULE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct zone_change {
    int64_t at;     /* seconds since 1970, UTC */
    int32_t offset; /* seconds east of Greenwich from then on */
};

struct zone_day {
    char form; /* 'M': month, week and weekday; 'J': day without February 29; '0': day from 0 */
    int month;
    int week;
    int day;
    int32_t time; /* seconds from midnight, local; may lie outside of the day */
};

struct zone_rule {
    int32_t standard; /* seconds east of Greenwich */
    bool has_summer;
    int32_t summer;
    struct zone_day begin; /* of summer */
    struct zone_day end;
};

/* False when the text is no such rule. */
bool zone_rule_parse(struct str text, struct zone_rule *rule);

/* The two changes of a year, the earlier first. Only for a rule with summer time. */
void zone_rule_changes(const struct zone_rule *rule, int64_t year, struct zone_change changes[2]);

#endif
