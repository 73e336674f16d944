/* Start of the program: signals and file modes. */
#include <signal.h>
#include <stddef.h>
#include <sys/stat.h>

#include "base/stop.h"
#include "cli/cli.h"

/* The first signal asks for an orderly end, a second one ends the program at once. */
static void main_stop(int signal)
{
    stop_signal = signal;
}

static void main_set_signals(void)
{
    struct sigaction action = {.sa_handler = main_stop, .sa_flags = (int)SA_RESETHAND};
    struct sigaction ignore = {.sa_handler = SIG_IGN};

    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
    (void)sigaction(SIGPIPE, &ignore, NULL);
    (void)sigaction(SIGXFSZ, &ignore, NULL);
}

int main(int argc, char **argv)
{
    (void)umask(S_IRWXG | S_IRWXO);
    main_set_signals();
    return cli_main(argc, argv);
}
