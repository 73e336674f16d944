/* The program's log: one line an event on standard error, as text or as JSON, never with control
 * characters in it, and by one write. A log is a value that is passed down; nothing is global. */
#ifndef UEMSYNC_BASE_LOG_H
#define UEMSYNC_BASE_LOG_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/buffer.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERROR };

enum { LOG_BLOCK_SIZE = 64 * 1024 };

/* What a progress display has written to the same terminal: lines that a line of the log takes the
 * place of, and that it writes again below itself, so that the log stands above them. The memory is
 * shared by all processes that write there. */
struct log_block {
    pthread_mutex_t lock; /* see base/shared.h; held while anything is written to the terminal */
    size_t rows;          /* that it takes; the cursor stands below the last */
    size_t size;
    char text[LOG_BLOCK_SIZE];
};

/* Adds what puts the cursor where the block begins, and wipes it. */
void log_add_wipe(struct buffer *out, const struct log_block *block);

struct log {
    FILE *out;           /* borrowed */
    enum log_level from; /* events below are dropped */
    bool json;
    const char *tenant;      /* whose event it is, or NULL; borrowed */
    bool colour;             /* the level is coloured: `out` is a terminal */
    struct log_block *block; /* of a progress display that writes to `out` too; or NULL */
};

void log_event(const struct log *log, enum log_level level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
