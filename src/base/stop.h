/* The one piece of global mutable state: the signal that asked the program to end, or 0. Set by
 * the handler in main.c, read wherever the program waits. */
#ifndef UEMSYNC_BASE_STOP_H
#define UEMSYNC_BASE_STOP_H

#include <signal.h>

extern volatile sig_atomic_t stop_signal;

#endif
