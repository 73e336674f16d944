/* Scripted faults: "PATTERN:FROM[-TO]:ACTION". The actions stand in one table in fault.c. */
#ifndef UEMSIM_FAULT_H
#define UEMSIM_FAULT_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum fault_kind {
    /* An answer of its own, before anything else is looked at. */
    FAULT_STATUS,
    FAULT_HTML,
    FAULT_CLOSE,
    FAULT_EMPTY,
    FAULT_REDIRECT,
    FAULT_BODY,
    FAULT_ENDLESS,
    /* What happens to a proper answer on its way. */
    FAULT_MALFORMED,
    FAULT_TRUNCATE,
    FAULT_RESET,
    FAULT_STALL,
    /* What lists say. */
    FAULT_HUGE_RECORD,
    FAULT_BAD_RECORD,
    FAULT_DROP,
    FAULT_REPEAT,
    /* What calls with identifiers say. */
    FAULT_CULPRIT,
    FAULT_SHUFFLE,
    FAULT_DOUBLE,
    FAULT_FOREIGN,
    FAULT_MISSING,
    FAULT_EMPTY_LISTS,
    FAULT_NULL_LISTS,
    FAULT_WRONG_LISTS,
    FAULT_APPS,
    FAULT_SAME_APP,
    FAULT_EMPTY_IDENTIFIER,
    FAULT_NAME_LAST,
    /* Before the call. */
    FAULT_SLOW,
    FAULT_REMOVE_BEFORE,
    FAULT_ADD,
    FAULT_KINDS
};

enum fault_retry { RETRY_NONE, RETRY_SECONDS, RETRY_DATE };

struct fault {
    char *pattern; /* owned: "METHOD /path", or "*"; a final "*" stands for any rest */
    uint64_t from, to;
    uint64_t seen; /* calls that the pattern matched so far */
    enum fault_kind kind;
    uint64_t number; /* status, bytes, devices, apps or milliseconds */
    char *text;      /* owned: URL, file, word or identifiers; may be NULL */
    enum fault_retry retry;
    uint64_t retry_after; /* seconds */
};

struct fault_list {
    pthread_mutex_t lock;
    struct fault *faults; /* owned */
    size_t count, cap;
};

/* What hits one call. Of two faults of one kind the later one stands. */
struct fault_hit {
    bool has[FAULT_KINDS];
    uint64_t number[FAULT_KINDS];
    char *text[FAULT_KINDS]; /* owned copies */
    enum fault_retry retry;
    uint64_t retry_after;
    bool any;
};

bool fault_list_init(struct fault_list *list);
void fault_list_release(struct fault_list *list);
/* Reads and adds a fault. false: `why` says what is wrong with it. */
bool fault_add(struct fault_list *list, const char *spec, char *why, size_t why_size);
void fault_clear(struct fault_list *list);
/* Lets the ordinals begin again at 1. */
void fault_restart(struct fault_list *list);
/* Counts the call `METHOD /path` and says what hits it. Release the hit. false: no memory. */
bool fault_match(
    struct fault_list *list, const char *method, const char *path, struct fault_hit *hit);
void fault_hit_release(struct fault_hit *hit);

/* The table of actions as help text. */
const char *fault_help(void);

#endif
