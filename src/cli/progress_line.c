#include "cli/progress_line.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/timestamp.h"

enum { PROGRESS_INTERVAL_MS = 100 };

static void progress_line_show(
    void *context, const char *tenant, const char *entity, int64_t done, int64_t total)
{
    struct progress_line *line = context;
    int64_t now = timestamp_monotonic();

    if (line->from == 0) {
        line->from = now;
        line->at_from = done;
    }
    if (now - line->shown >= PROGRESS_INTERVAL_MS) {
        double seconds = (double)(now - line->from) / 1000.0;
        double rate = seconds > 0 ? (double)(done - line->at_from) / seconds : 0;

        line->shown = now;
        *line->open = true;
        (void)fprintf(stderr, "\r\033[K%s: %s %" PRId64, tenant, entity, done);
        if (total > 0) {
            (void)fprintf(
                stderr, " of %" PRId64 " (%.0f %%)", total, 100.0 * (double)done / (double)total);
        }
        if (rate > 0) {
            (void)fprintf(stderr, ", %.0f/s", rate);
        }
        if (rate > 0 && total > done) {
            (void)fprintf(stderr, ", %.0f s to go", (double)(total - done) / rate);
        }
        (void)fflush(stderr);
    }
}

struct progress progress_line_init(struct progress_line *line, bool *open)
{
    *line = (struct progress_line){.open = open};
    return (struct progress){progress_line_show, line};
}

void progress_line_end(struct progress_line *line)
{
    if (*line->open) {
        (void)fputs("\r\033[K", stderr);
        (void)fflush(stderr);
        *line->open = false;
    }
}
