#include "cli/pace.h"

enum { PACE_MARK_MS = 60 * 1000, PACE_LEAST_MS = 1000 };

static void pace_begin(struct pace *pace, int64_t done, int64_t now)
{
    *pace = (struct pace){.is_begun = true,
        .at = now,
        .done = done,
        .first = done,
        .mark_at = {now, now},
        .mark_done = {done, done}};
}

void pace_note(struct pace *pace, int64_t done, bool is_held, int64_t now)
{
    if (!pace->is_begun || done < pace->first) {
        pace_begin(pace, done, now);
    }
    pace->busy += is_held ? 0 : now - pace->at;
    pace->at = now;
    pace->done = done;
    if (now - pace->mark_at[1] >= PACE_MARK_MS) {
        pace->mark_at[0] = pace->mark_at[1];
        pace->mark_done[0] = pace->mark_done[1];
        pace->mark_at[1] = now;
        pace->mark_done[1] = done;
    }
}

double pace_rate(const struct pace *pace)
{
    int64_t span = pace->at - pace->mark_at[0];
    int64_t more = pace->done - pace->mark_done[0];

    return span >= PACE_LEAST_MS && more >= 0 ? (double)more * 1000 / (double)span : -1;
}

int64_t pace_to_go(const struct pace *pace, int64_t more, int64_t limits)
{
    int64_t made = pace->done - pace->first;
    int64_t to_go = limits > 0 ? limits : -1;

    if (more == 0) {
        to_go = limits;
    } else if (more > 0 && made > 0 && pace->busy >= PACE_LEAST_MS) {
        int64_t work = (int64_t)((double)more * (double)pace->busy / (double)made);

        to_go = work > limits ? work : limits;
    }
    return more >= 0 ? to_go : -1;
}
