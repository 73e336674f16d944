#include "base/stop.h"

#include <stddef.h>
#include <sys/prctl.h>
#include <unistd.h>

/* The kernel's word for the parent's death; of no other use here. */
enum { STOP_PARENT_DIED = SIGUSR1 };

volatile sig_atomic_t stop_signal = 0;

static void stop_asked(int signal)
{
    stop_signal = signal;
}

/* A parent that was told twice has died at once. */
static void stop_orphaned(int signal)
{
    (void)signal;
    if (stop_signal != 0) {
        _exit(128 + SIGTERM);
    }
    stop_signal = SIGTERM;
}

void stop_with_parent(pid_t parent)
{
    struct sigaction asked = {.sa_handler = stop_asked};
    struct sigaction orphaned = {.sa_handler = stop_orphaned};
    struct sigaction ignore = {.sa_handler = SIG_IGN};

    (void)sigaction(SIGTERM, &asked, NULL);
    (void)sigaction(SIGINT, &ignore, NULL);
    (void)sigaction(SIGHUP, &ignore, NULL);
    (void)sigaction(STOP_PARENT_DIED, &orphaned, NULL);
    (void)prctl(PR_SET_PDEATHSIG, STOP_PARENT_DIED);
    if (getppid() != parent) {
        stop_signal = SIGTERM;
    }
}
