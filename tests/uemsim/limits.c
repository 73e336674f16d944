#include "limits.h"

#include <stdlib.h>

#define MINUTE_NS UINT64_C(60000000000)
/* Most calls of one class that are remembered; beyond, `busiest` stays at this. */
#define SEEN_MAX ((size_t)1 << 20)

static const struct {
    const char *name;
    unsigned per_minute[7]; /* indexed by enum limit_cluster */
} classes[LIMIT_CLASSES] = {
    [LIMIT_APPLICATION] = {"device/application", {0, 300, 400, 300, 300, 300, 100}},
    [LIMIT_MAC] = {"device/mac", {0, 100, 200, 100, 100, 100, 100}},
    [LIMIT_DEVICE_LIST] = {"device", {0, 200, 200, 200, 200, 200, 100}},
    [LIMIT_USER] = {"user", {0, 100, 100, 100, 100, 100, 100}},
    [LIMIT_FORCE_CHECK_IN] = {"device/forceCheckin", {0, 100, 100, 100, 200, 100, 100}},
    [LIMIT_NOTIFICATION] = {"device/notification", {0, 200, 200, 100, 200, 200, 200}},
    [LIMIT_EMAIL] = {"device/email", {0, 200, 400, 200, 400, 200, 200}},
    [LIMIT_REMAINING] = {"remaining", {0, 400, 600, 600, 600, 200, 200}},
    [LIMIT_NONE] = {"none", {0}},
    [LIMIT_ALL] = {"all", {0}},
};

bool limits_init(
    struct limits *limits, enum limit_cluster cluster, unsigned core_limit, unsigned shared)
{
    *limits = (struct limits){.shared = shared};
    for (int class = 0; class < LIMIT_CLASSES; class ++) {
        limits->per_minute[class] = classes[class].per_minute[cluster];
    }
    limits->per_minute[LIMIT_ALL] = core_limit;
    return pthread_mutex_init(&limits->lock, NULL) == 0;
}

static void windows_release(struct limits *limits)
{
    for (int class = 0; class < LIMIT_CLASSES; class ++) {
        free(limits->seen[class].times);
        free(limits->admitted[class].times);
        limits->seen[class] = (struct limit_window){0};
        limits->admitted[class] = (struct limit_window){0};
        limits->busiest[class] = 0;
    }
}

void limits_release(struct limits *limits)
{
    windows_release(limits);
    pthread_mutex_destroy(&limits->lock);
}

void limits_reset(struct limits *limits)
{
    pthread_mutex_lock(&limits->lock);
    windows_release(limits);
    pthread_mutex_unlock(&limits->lock);
}

static void window_expire(struct limit_window *window, uint64_t now)
{
    while (window->len > 0 && window->times[window->head] + MINUTE_NS <= now) {
        window->head = (window->head + 1) % window->cap;
        window->len--;
    }
}

static bool window_grow(struct limit_window *window)
{
    const size_t cap = window->cap == 0 ? 64 : window->cap * 2;
    uint64_t *const times = cap <= SEEN_MAX ? malloc(cap * sizeof *times) : NULL;

    if (times != NULL) {
        for (size_t at = 0; at < window->len; at++) {
            times[at] = window->times[(window->head + at) % window->cap];
        }
        free(window->times);
        window->times = times;
        window->cap = cap;
        window->head = 0;
    }
    return times != NULL;
}

static void window_push(struct limit_window *window, uint64_t now)
{
    if (window->len < window->cap || window_grow(window)) {
        window->times[(window->head + window->len) % window->cap] = now;
        window->len++;
    }
}

static void see(struct limits *limits, enum limit_class class, uint64_t now)
{
    struct limit_window *const window = &limits->seen[class];

    window_expire(window, now);
    window_push(window, now);
    if (window->len > limits->busiest[class]) {
        limits->busiest[class] = window->len;
    }
}

void limits_see(struct limits *limits, enum limit_class class, uint64_t now)
{
    pthread_mutex_lock(&limits->lock);
    see(limits, class, now);
    see(limits, LIMIT_ALL, now);
    pthread_mutex_unlock(&limits->lock);
}

/* Nanoseconds until the class takes a call; 0: now. */
static uint64_t wait_of(struct limits *limits, enum limit_class class, uint64_t now)
{
    struct limit_window *const window = &limits->admitted[class];
    const unsigned limit = limits->per_minute[class];
    uint64_t wait_ns = 0;

    window_expire(window, now);
    if (limit > 0 && window->len + limits->shared >= limit) {
        wait_ns = window->len == 0 ? MINUTE_NS : window->times[window->head] + MINUTE_NS - now;
    }
    return wait_ns;
}

bool limits_admit(struct limits *limits, enum limit_class class, uint64_t now, uint64_t *wait_ns)
{
    pthread_mutex_lock(&limits->lock);
    const uint64_t own = wait_of(limits, class, now);
    const uint64_t all = wait_of(limits, LIMIT_ALL, now);
    *wait_ns = own > all ? own : all;
    if (*wait_ns == 0 && limits->per_minute[class] > 0) {
        window_push(&limits->admitted[class], now);
    }
    if (*wait_ns == 0 && limits->per_minute[LIMIT_ALL] > 0) {
        window_push(&limits->admitted[LIMIT_ALL], now);
    }
    pthread_mutex_unlock(&limits->lock);
    return *wait_ns == 0;
}

const char *limits_class_name(enum limit_class class)
{
    return classes[class].name;
}

uint64_t limits_busiest(struct limits *limits, enum limit_class class)
{
    pthread_mutex_lock(&limits->lock);
    const uint64_t busiest = limits->busiest[class];
    pthread_mutex_unlock(&limits->lock);
    return busiest;
}
