#include "stats.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Longest target that is logged; hostile ones are cut. */
#define TARGET_MAX 2000

bool stats_init(struct stats *stats, FILE *file)
{
    *stats = (struct stats){.file = file};
    stats->lines = calloc(STATS_LOG_MAX, sizeof *stats->lines);
    return stats->lines != NULL && pthread_mutex_init(&stats->lock, NULL) == 0;
}

static void lines_release(struct stats *stats)
{
    for (size_t at = 0; stats->lines != NULL && at < STATS_LOG_MAX; at++) {
        free(stats->lines[at]);
        stats->lines[at] = NULL;
    }
    stats->logged = 0;
}

void stats_release(struct stats *stats)
{
    lines_release(stats);
    free(stats->lines);
    pthread_mutex_destroy(&stats->lock);
}

void stats_reset(struct stats *stats)
{
    pthread_mutex_lock(&stats->lock);
    memset(stats->calls, 0, sizeof stats->calls);
    stats->writes = stats->unknown_paths = stats->failed_logins = 0;
    stats->limited = stats->faulted = stats->bytes_sent = 0;
    stats->clients_seen = stats->clients_most = stats->clients_open;
    lines_release(stats);
    pthread_mutex_unlock(&stats->lock);
}

void stats_call(struct stats *stats, size_t route)
{
    pthread_mutex_lock(&stats->lock);
    stats->calls[route]++;
    pthread_mutex_unlock(&stats->lock);
}

void stats_count(struct stats *stats, enum stats_counter counter)
{
    pthread_mutex_lock(&stats->lock);
    uint64_t *const counters[] = {&stats->writes, &stats->unknown_paths, &stats->failed_logins,
        &stats->limited, &stats->faulted};
    (*counters[counter])++;
    pthread_mutex_unlock(&stats->lock);
}

void stats_bytes(struct stats *stats, uint64_t bytes)
{
    pthread_mutex_lock(&stats->lock);
    stats->bytes_sent += bytes;
    pthread_mutex_unlock(&stats->lock);
}

void stats_client(struct stats *stats, int change)
{
    pthread_mutex_lock(&stats->lock);
    if (change > 0) {
        stats->clients_seen++;
        stats->clients_open++;
    } else if (stats->clients_open > 0) {
        stats->clients_open--;
    }
    if (stats->clients_open > stats->clients_most) {
        stats->clients_most = stats->clients_open;
    }
    pthread_mutex_unlock(&stats->lock);
}

/* One line must stay one line, whatever the client sent. */
static void make_line(char *to, size_t cap, const char *method, const char *target, unsigned status)
{
    snprintf(to, cap, "%.16s %.*s %u", method, TARGET_MAX, target, status);
    for (char *at = to; *at != '\0'; at++) {
        if ((unsigned char)*at < ' ' || *at == 0x7f) {
            *at = '?';
        }
    }
}

static void write_file(FILE *file, const char *line)
{
    struct timespec now;
    struct tm parts;
    char stamp[32] = "";

    clock_gettime(CLOCK_REALTIME, &now);
    if (gmtime_r(&now.tv_sec, &parts) != NULL) {
        strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S", &parts);
    }
    fprintf(file, "%s.%03dZ %s\n", stamp, (int)(now.tv_nsec / 1000000), line);
    fflush(file);
}

void stats_log(struct stats *stats, const char *method, const char *target, unsigned status)
{
    char line[TARGET_MAX + 64];

    make_line(line, sizeof line, method, target, status);
    char *const copy = strdup(line);
    pthread_mutex_lock(&stats->lock);
    char **const place = &stats->lines[stats->logged % STATS_LOG_MAX];
    free(*place);
    *place = copy;
    stats->logged++;
    if (stats->file != NULL) {
        write_file(stats->file, line);
    }
    pthread_mutex_unlock(&stats->lock);
}

void stats_write_log(struct stats *stats, struct buf *out)
{
    pthread_mutex_lock(&stats->lock);
    const uint64_t from = stats->logged > STATS_LOG_MAX ? stats->logged - STATS_LOG_MAX : 0;
    for (uint64_t at = from; at < stats->logged; at++) {
        const char *const line = stats->lines[at % STATS_LOG_MAX];
        buf_text(out, line == NULL ? "?" : line);
        buf_put(out, "\n", 1);
    }
    pthread_mutex_unlock(&stats->lock);
}

struct stats stats_now(struct stats *stats)
{
    pthread_mutex_lock(&stats->lock);
    const struct stats now = *stats;
    pthread_mutex_unlock(&stats->lock);
    return now;
}
