/* The program's log: one line an event on standard error, as text or as JSON, never with control
 * characters in it, and by one write. A log is a value that is passed down; nothing is global. */
#ifndef UEMSYNC_BASE_LOG_H
#define UEMSYNC_BASE_LOG_H

#include <stdbool.h>
#include <stdio.h>

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERROR };

struct log {
    FILE *out;           /* borrowed */
    enum log_level from; /* events below are dropped */
    bool json;
    const char *tenant; /* whose event it is, or NULL; borrowed */
    bool *line_open;    /* set by a progress display whose line must be wiped first; or NULL */
};

void log_event(const struct log *log, enum log_level level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
