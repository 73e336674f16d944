/* The one piece of global mutable state: the signal that asked the program to end, or 0. Set by
 * the handler in main.c, or those of a child process, read wherever the program waits. */
#ifndef UEMSYNC_BASE_STOP_H
#define UEMSYNC_BASE_STOP_H

#include <signal.h>
#include <sys/types.h>

extern volatile sig_atomic_t stop_signal;

/* For a child process that works for `parent`, to be called once, first of all. SIGTERM asks it to
 * end in order, however often it comes: a service manager sends it to each process, and so does the
 * parent. SIGINT and SIGHUP are left to the parent, as a terminal sends them to both. When the
 * parent dies the child ends in order too; at once, if it was asked to end before. */
void stop_with_parent(pid_t parent);

#endif
