#include "park.h"

#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

/* How often the watching thread looks. */
#define ROUND_NS 5000000

uint64_t park_clock(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * UINT64_C(1000000000) + (uint64_t)now.tv_nsec;
}

static bool client_left(int socket)
{
    struct pollfd watched = {.fd = socket, .events = POLLRDHUP};

    return poll(&watched, 1, 0) > 0;
}

static void release_due(struct park *park)
{
    const uint64_t now = park_clock();
    size_t kept = 0;

    for (size_t at = 0; at < park->count; at++) {
        const struct park_place place = park->places[at];
        if (park->stopping || place.due <= now || client_left(place.socket)) {
            MHD_resume_connection(place.connection);
        } else {
            park->places[kept++] = place;
        }
    }
    park->count = kept;
}

static void *watch(void *cls)
{
    struct park *const park = cls;
    const struct timespec pause = {.tv_nsec = ROUND_NS};
    bool stopping = false;

    while (!stopping) {
        pthread_mutex_lock(&park->lock);
        release_due(park);
        stopping = park->stopping;
        pthread_mutex_unlock(&park->lock);
        nanosleep(&pause, NULL);
    }
    return NULL;
}

bool park_init(struct park *park)
{
    bool ok;

    *park = (struct park){0};
    ok = pthread_mutex_init(&park->lock, NULL) == 0;
    if (ok && pthread_create(&park->thread, NULL, watch, park) != 0) {
        pthread_mutex_destroy(&park->lock);
        ok = false;
    }
    return ok;
}

void park_stop(struct park *park)
{
    pthread_mutex_lock(&park->lock);
    park->stopping = true;
    pthread_mutex_unlock(&park->lock);
    pthread_join(park->thread, NULL);
}

void park_release(struct park *park)
{
    free(park->places);
    pthread_mutex_destroy(&park->lock);
}

void park_let_go(struct park *park)
{
    pthread_mutex_lock(&park->lock);
    for (size_t at = 0; at < park->count; at++) {
        struct park_place *const place = &park->places[at];
        if (place->due == UINT64_MAX) {
            (void)shutdown(place->socket, SHUT_RDWR);
        }
        place->due = 0;
    }
    release_due(park);
    pthread_mutex_unlock(&park->lock);
}

size_t park_waiting(struct park *park)
{
    size_t waiting;

    pthread_mutex_lock(&park->lock);
    waiting = park->count;
    pthread_mutex_unlock(&park->lock);
    return waiting;
}

static bool places_grow(struct park *park)
{
    bool ok = true;

    if (park->count == park->cap) {
        const size_t cap = park->cap == 0 ? 16 : park->cap * 2;
        struct park_place *const places = realloc(park->places, cap * sizeof *places);
        ok = places != NULL;
        park->places = ok ? places : park->places;
        park->cap = ok ? cap : park->cap;
    }
    return ok;
}

bool park_connection(
    struct park *park, struct MHD_Connection *connection, int socket, uint64_t wait_ms)
{
    bool ok;

    pthread_mutex_lock(&park->lock);
    ok = !park->stopping && places_grow(park);
    if (ok) {
        const uint64_t due =
            wait_ms == PARK_FOREVER ? UINT64_MAX : park_clock() + wait_ms * UINT64_C(1000000);
        MHD_suspend_connection(connection);
        park->places[park->count++] =
            (struct park_place){.connection = connection, .socket = socket, .due = due};
    }
    pthread_mutex_unlock(&park->lock);
    return ok;
}
