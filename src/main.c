/* Start of the program: signals, file modes, and how memory goes back to the system. */
#include <malloc.h>
#include <signal.h>
#include <stddef.h>
#include <sys/stat.h>

#include "base/stop.h"
#include "cli/cli.h"

enum { MAIN_OWN_BLOCK = 256 * 1024 };

/* The first signal asks for an orderly end, a second one ends the program at once. But for SIGHUP:
 * of a terminal that goes, the system sends one and the shell another. */
static void main_stop(int signal)
{
    stop_signal = signal;
}

static void main_set_signals(void)
{
    struct sigaction action = {.sa_handler = main_stop, .sa_flags = (int)SA_RESETHAND};
    struct sigaction hang_up = {.sa_handler = main_stop};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct sigaction before;

    /* nohup has it ignored, so that the program outlives its terminal. */
    if (sigaction(SIGHUP, NULL, &before) == 0 && before.sa_handler != SIG_IGN) {
        (void)sigaction(SIGHUP, &hang_up, NULL);
    }
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
    (void)sigaction(SIGPIPE, &ignore, NULL);
    (void)sigaction(SIGXFSZ, &ignore, NULL);
}

/* glibc raises the size from which on a block is the system's own with each such block that is
 * freed. Then what a stage of a run has freed stays with the program, in pieces, and adds to what
 * the next one takes. A size that is set stays. */
static void main_set_memory(void)
{
    (void)mallopt(M_MMAP_THRESHOLD, MAIN_OWN_BLOCK);
    (void)mallopt(M_TRIM_THRESHOLD, MAIN_OWN_BLOCK);
}

int main(int argc, char **argv)
{
    (void)umask(S_IRWXG | S_IRWXO);
    main_set_signals();
    main_set_memory();
    return cli_main(argc, argv);
}
