#include "page/scale.h"

enum { SCALE_ALL = 1000, SCALE_PERCENTS = 100, SCALE_LEAST_RANGE = 20, SCALE_WIDE_RANGE = 50 };

int scale_permille(int64_t part, int64_t whole)
{
    int permille = 0;

    if (whole > 0 && part >= whole) {
        permille = SCALE_ALL;
    } else if (whole > 0 && part > 0) {
        permille = (int)((double)part / (double)whole * SCALE_ALL + 0.5);
        permille = permille < 1 ? 1 : permille;
        permille = permille > SCALE_ALL - 1 ? SCALE_ALL - 1 : permille;
    }
    return permille;
}

int64_t scale_step(int64_t most, int parts)
{
    static const int next[] = {2, 5, 10};
    int64_t power = 1;
    int64_t step = 1;

    for (int i = 0; step < INT64_MAX / 100 && step < (most + parts - 1) / parts; i++) {
        step = power * next[i % 3];
        power = i % 3 == 2 ? power * 10 : power;
    }
    return step;
}

int64_t scale_top(int64_t most, int64_t step)
{
    int64_t steps = most > 0 ? (most + step - 1) / step : 1;

    return steps * step;
}

struct scale_axis scale_share_axis(int least, int most)
{
    int range = (most - least) / (SCALE_ALL / SCALE_PERCENTS);
    int step = range > SCALE_WIDE_RANGE ? 20 : range > SCALE_LEAST_RANGE ? 10 : 5;
    int in_permille = step * (SCALE_ALL / SCALE_PERCENTS);
    struct scale_axis axis = {.low = least / in_permille * step,
        .high = (most + in_permille - 1) / in_permille * step,
        .step = step};

    /* Room below first, as what is good stands at the top. */
    while (axis.high - axis.low < SCALE_LEAST_RANGE && axis.low > 0) {
        axis.low -= step;
    }
    while (axis.high - axis.low < SCALE_LEAST_RANGE) {
        axis.high += step;
    }
    return axis;
}

int scale_place(int64_t value, int64_t low, int64_t high, int size)
{
    int64_t within = value < low ? low : value;

    within = within > high ? high : within;
    return high > low ? (int)((double)(high - within) / (double)(high - low) * size + 0.5) : size;
}
