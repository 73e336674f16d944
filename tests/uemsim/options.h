/* What the command line says. */
#ifndef UEMSIM_OPTIONS_H
#define UEMSIM_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "auth.h"
#include "fault.h"
#include "limits.h"

enum options_result { OPTIONS_RUN, OPTIONS_HELP, OPTIONS_WRONG };

struct options {
    uint64_t port, devices, seed, revision, page_cap, threads;
    double churn, check_ins, without_guid; /* percent */
    /* Texts are borrowed from the arguments. */
    const char *ready_file, *cert, *key, *client_ca, *prefix, *log;
    bool plain, gzip, control;
    int limit_echo;  /* 0: as asked, 1: as capped */
    int results;     /* 0: of the page, 1: in total */
    int cluster;     /* enum limit_cluster */
    int retry_after; /* enum fault_retry */
    struct auth_users users;
    struct fault_list faults;
};

/* Reads the arguments; `why` gets what is wrong with them. Release the options in any case. */
enum options_result options_parse(
    struct options *options, int argc, char **argv, char *why, size_t why_size);
void options_release(struct options *options);
void options_print_help(void);

#endif
