#include "sync/runs.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/shared.h"
#include "base/stop.h"
#include "base/timestamp.h"
#include "http/limiter.h"

enum {
    RUNS_MOST = 8, /* at once: each holds a tenant's devices in memory, and its connections */
    RUNS_TICK_MS = 100,
};
static_assert(16 * (int)RUNS_MOST < (int)HTTP_LIMITER_OWNERS, "each is an owner of calls");

struct runs_place {
    pid_t id; /* 0: free */
    struct sync_report *report;
};

/* Processes at work. The n-th is owner n + 1 of the limits' calls. */
struct runs_crew {
    const struct run_settings *settings;
    const struct sync_tenant *tenants;
    size_t count;
    size_t next; /* the first tenant that had no turn yet */
    struct runs *runs;
    struct runs_place places[RUNS_MOST];
    sigset_t mask; /* as it was */
    struct sigaction child_action;
    bool told; /* they were asked to end */
};

static size_t runs_next_wanted(const struct sync_tenant *tenants, size_t count, size_t from)
{
    while (from < count && !tenants[from].is_wanted) {
        from++;
    }
    return from;
}

/* What a run has left in its report stays; that it failed is what counts. */
static void runs_fail(const struct runs_crew *crew, struct sync_report *report)
{
    struct log log = *crew->settings->log;

    log.tenant = report->tenant;
    report->finished_at = timestamp_now();
    sync_report_add_up(report);
    log_event(&log, LOG_ERROR, "run %s failed: %s", report->run_id, report->error.text);
    progress_say(crew->settings->progress, report->tenant, sync_report_outcome(report), true);
}

static void runs_be_child(struct runs_crew *crew, pid_t parent, const struct sync_tenant *tenant,
    struct sync_report *report)
{
    struct run_settings settings = *crew->settings;
    struct progress progress = {0};

    if (settings.progress != NULL) {
        progress = *settings.progress;
        progress.tick = NULL; /* the parent draws */
        settings.progress = &progress;
    }
    stop_with_parent(parent);
    (void)sigaction(SIGCHLD, &crew->child_action, NULL);
    (void)sigprocmask(SIG_SETMASK, &crew->mask, NULL);
    limits_hand_to_child(crew->settings->limits);
    crew->runs->is_child = true;
    run_tenant(&settings, tenant, report);
}

/* The next tenant's process. What is not written yet would be written by both, and a signal that
 * comes before the child is ready for it would be taken as the parent takes it. */
static void runs_start(struct runs_crew *crew, size_t place)
{
    const struct sync_tenant *tenant = &crew->tenants[crew->next];
    struct sync_report *report = &crew->runs->reports[crew->runs->count++];
    pid_t parent = getpid();
    pid_t id;
    sigset_t stops;
    sigset_t before;

    *report = (struct sync_report){.tenant = tenant->name, .started_at = timestamp_now()};
    crew->next = runs_next_wanted(crew->tenants, crew->count, crew->next + 1);
    (void)fflush(stdout);
    (void)fflush(stderr);
    (void)sigemptyset(&stops);
    (void)sigaddset(&stops, SIGINT);
    (void)sigaddset(&stops, SIGTERM);
    (void)sigaddset(&stops, SIGHUP);
    (void)sigprocmask(SIG_BLOCK, &stops, &before);
    id = fork();
    if (id != 0) {
        (void)sigprocmask(SIG_SETMASK, &before, NULL);
    }
    if (id == 0) {
        runs_be_child(crew, parent, tenant, report);
    } else if (id > 0) {
        crew->places[place] = (struct runs_place){id, report};
    } else {
        (void)error_set(
            &report->error, ERROR_PROCESS, "no process for the run: %s", strerror(errno));
        runs_fail(crew, report);
    }
}

static void runs_start_due(struct runs_crew *crew)
{
    for (size_t i = 0;
         i < RUNS_MOST && crew->next < crew->count && !crew->runs->is_child && stop_signal == 0;
         i++) {
        if (crew->places[i].id == 0) {
            runs_start(crew, i);
        }
    }
}

/* The process of the place has ended. One that has filled its report exits with 0, and no other
 * does. */
static void runs_end(struct runs_crew *crew, size_t place, int status)
{
    struct sync_report *report = crew->places[place].report;

    limits_child_ended(crew->settings->limits);
    crew->places[place] = (struct runs_place){0};
    if (WIFSIGNALED(status)) {
        (void)error_set(&report->error, ERROR_PROCESS, "the run's process ended by signal %d (%s)",
            WTERMSIG(status), strsignal(WTERMSIG(status)));
        runs_fail(crew, report);
    } else if (status != 0) {
        (void)error_set(&report->error, ERROR_PROCESS, "the run's process ended with exit code %d",
            WEXITSTATUS(status));
        runs_fail(crew, report);
    }
}

/* Returns how many are at work still. */
static size_t runs_collect(struct runs_crew *crew)
{
    size_t left = 0;

    for (size_t i = 0; i < RUNS_MOST; i++) {
        int status = 0;

        if (crew->places[i].id > 0) {
            if (waitpid(crew->places[i].id, &status, WNOHANG) == crew->places[i].id) {
                runs_end(crew, i, status);
            } else {
                left++;
            }
        }
    }
    return left;
}

/* SIGTERM whatever came here: a child leaves SIGINT and SIGHUP to its parent. */
static void runs_pass_on(struct runs_crew *crew)
{
    for (size_t i = 0; stop_signal != 0 && !crew->told && i < RUNS_MOST; i++) {
        if (crew->places[i].id > 0) {
            (void)kill(crew->places[i].id, SIGTERM);
        }
    }
    crew->told = crew->told || stop_signal != 0;
}

/* Until a process ends, or the stop flag and the progress are to be looked at. */
static void runs_wait(const struct runs_crew *crew)
{
    const struct progress *progress = crew->settings->progress;
    const struct timespec tick = {.tv_nsec = RUNS_TICK_MS * 1000000L};
    sigset_t ended;

    progress_tick(progress);
    (void)sigemptyset(&ended);
    (void)sigaddset(&ended, SIGCHLD);
    (void)sigtimedwait(&ended, NULL, &tick);
}

static void runs_side_by_side(struct runs_crew *crew)
{
    const struct sigaction default_action = {.sa_handler = SIG_DFL};
    size_t left = 1;
    sigset_t ended;

    /* Blocked, so that none is missed between two looks; and not ignored, as the program may have
     * been started: then the kernel keeps no exit code. */
    (void)sigemptyset(&ended);
    (void)sigaddset(&ended, SIGCHLD);
    (void)sigprocmask(SIG_BLOCK, &ended, &crew->mask);
    (void)sigaction(SIGCHLD, &default_action, &crew->child_action);
    while (left > 0 && !crew->runs->is_child) {
        runs_start_due(crew);
        if (!crew->runs->is_child) {
            runs_pass_on(crew);
            runs_wait(crew);
            left = runs_collect(crew);
            left += stop_signal == 0 && crew->next < crew->count;
        }
    }
    if (!crew->runs->is_child) {
        (void)sigaction(SIGCHLD, &crew->child_action, NULL);
        (void)sigprocmask(SIG_SETMASK, &crew->mask, NULL);
    }
}

/* Of the tenants that had no turn: nothing was done for them, and each is told. */
static void runs_pass_over(struct runs_crew *crew)
{
    struct runs *runs = crew->runs;

    runs->cut_short = crew->next < crew->count;
    while (crew->next < crew->count) {
        struct sync_report *report = &runs->reports[runs->count++];
        int64_t now = timestamp_now();

        *report = (struct sync_report){
            .tenant = crew->tenants[crew->next].name, .started_at = now, .finished_at = now};
        (void)error_set(&report->error, ERROR_INTERRUPTED, "not begun");
        crew->next = runs_next_wanted(crew->tenants, crew->count, crew->next + 1);
    }
}

static void runs_alone(struct runs_crew *crew)
{
    if (stop_signal == 0) {
        run_tenant(
            crew->settings, &crew->tenants[crew->next], &crew->runs->reports[crew->runs->count++]);
        crew->next = crew->count;
    }
}

bool runs_make(struct runs *runs, const struct run_settings *settings,
    const struct sync_tenant *tenants, size_t count, struct error *err)
{
    size_t first = runs_next_wanted(tenants, count, 0);
    struct runs_crew crew = {
        .settings = settings, .tenants = tenants, .count = count, .next = first, .runs = runs};

    *runs = (struct runs){.size = (count + 1) * sizeof *runs->reports};
    runs->reports = shared_new(runs->size, err);
    if (runs->reports != NULL && first < count) {
        if (runs_next_wanted(tenants, count, first + 1) == count) {
            runs_alone(&crew);
        } else {
            runs_side_by_side(&crew);
        }
        if (!runs->is_child) {
            runs_pass_over(&crew);
        }
    }
    return runs->reports != NULL;
}

void runs_release(struct runs *runs)
{
    shared_free(runs->reports, runs->size);
    *runs = (struct runs){0};
}
