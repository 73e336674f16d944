/* uemsim: a demonstration server that speaks as a UEM server does, about devices that it makes up.
 */
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "server.h"

/* Writes the port beside the file and renames, so that who waits for the file finds it whole. */
static bool write_ready_file(const char *name, uint16_t port)
{
    char temporary[4096];
    bool ok = snprintf(temporary, sizeof temporary, "%s.new", name) < (int)sizeof temporary;
    FILE *const file = ok ? fopen(temporary, "w") : NULL;

    if (file != NULL) {
        const bool written = fprintf(file, "%u\n", (unsigned)port) > 0;
        ok = fclose(file) == 0 && written && rename(temporary, name) == 0;
    } else {
        ok = false;
    }
    return ok;
}

static int serve(struct options *options, const sigset_t *signals)
{
    struct server server;
    char why[512] = "";
    int signal_number = 0;
    int code = 0;

    if (!server_start(&server, options, why, sizeof why)) {
        fprintf(stderr, "uemsim: %s\n", why);
        code = 1;
    } else if (options->ready_file != NULL && !write_ready_file(options->ready_file, server.port)) {
        fprintf(stderr, "uemsim: cannot write %s\n", options->ready_file);
        code = 1;
    } else {
        fprintf(stderr, "uemsim: %s://127.0.0.1:%u\n", options->plain ? "http" : "https",
            (unsigned)server.port);
        sigwait(signals, &signal_number);
    }
    server_stop(&server);
    return code;
}

int main(int argc, char **argv)
{
    struct options options;
    sigset_t signals;
    char why[512] = "";
    int code = 0;

    /* All threads inherit this: signals are waited for in serve(), and a client that leaves is no
     * reason to die. */
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
    /* A page is a large block, asked for again at once: keep it instead of mapping it anew. */
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);

    const enum options_result result = options_parse(&options, argc, argv, why, sizeof why);
    if (result == OPTIONS_HELP) {
        options_print_help();
    } else if (result == OPTIONS_WRONG) {
        fprintf(stderr, "uemsim: %s\nTry --help.\n", why);
        code = 2;
    } else {
        code = serve(&options, &signals);
    }
    options_release(&options);
    return code;
}
