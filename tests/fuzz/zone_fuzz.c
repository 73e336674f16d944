/* Any bytes, as the file of a time zone: whatever is taken for one gives, for any local time, one
 * that is not much more than a day away. */
#include <stdio.h>
#include <stdlib.h>

#include "base/timestamp.h"
#include "base/zone.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MOST_AWAY (INT64_C(27) * 3600 * 1000)
#define STEP (INT64_C(3000) * 86400 * 1000 + 12345678)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct zone *zone = NULL;
    struct error err = {0};

    if (zone_read(&zone, "fuzz", (struct str){(const char *)data, size}, &err)) {
        for (int64_t local = TIMESTAMP_MIN; local <= TIMESTAMP_MAX; local += STEP) {
            int64_t away = zone_to_utc(zone, local) - local;

            if (away > MOST_AWAY || away < -MOST_AWAY) {
                (void)fprintf(
                    stderr, "zone_fuzz: %lld is %lld away\n", (long long)local, (long long)away);
                abort();
            }
        }
    } else if (err.kind != ERROR_CONFIG) {
        (void)fprintf(stderr, "zone_fuzz: %s\n", err.text);
        abort();
    }
    zone_free(zone);
    return 0;
}
