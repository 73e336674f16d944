/* What came of a run: for the exit code, the summary and `--json`. */
#ifndef UEMSYNC_SYNC_REPORT_H
#define UEMSYNC_SYNC_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"

enum sync_completeness { SYNC_UNPROVEN, SYNC_PROVEN, SYNC_NOT_OFFERED };

struct sync_entity_report {
    const char *entity;
    int64_t calls;
    int64_t retries; /* those of them that were not the first of their call */
    int64_t bytes;   /* of answers, as they came over the wire */
    int64_t fetched; /* distinct records that the server listed; rows, of a device's inventory */
    int64_t inserted;
    int64_t updated;
    int64_t deleted;
    int64_t unchanged;
    int64_t rejected;   /* records that could not be used */
    int64_t missing;    /* records that the server counts and did not list */
    int64_t kept;       /* rows whose device was not listed, and whose look-up failed */
    int64_t asked;      /* devices whose inventory was asked for */
    int64_t unanswered; /* those of them that the answers lacked */
    int64_t failed;     /* those of them that could not be asked for */
    int64_t lost;       /* rows by which devices' lists are shorter than those published */
    double seconds;     /* from the run's start to the entity's end */
    enum sync_completeness completeness;
    struct error error; /* the entity was given up, and the rest of the run was not */
    const char *note;   /* what is not there though nothing failed, in a phrase; static, or NULL */
};

enum { SYNC_RUN_ID_SIZE = 32, SYNC_MOST_ENTITIES = 24, SYNC_MESSAGE_SIZE = 4096 };

struct sync_report {
    const char *tenant;
    char run_id[SYNC_RUN_ID_SIZE];
    int64_t started_at;
    int64_t finished_at;
    int64_t calls;
    int64_t retries;
    int64_t bytes; /* of answers, as they came over the wire */
    int64_t kept;  /* answers of devices that are for the next run, as this one failed */
    bool published;
    bool changed; /* anything was written to the destination */
    struct sync_entity_report entities[SYNC_MOST_ENTITIES];
    size_t entity_count;
    struct error error; /* ERROR_NONE when the run went to its end */
};

/* Whether the run loaded less than the server has: exit code 1. */
bool sync_report_is_partial(const struct sync_report *report);

/* What a run cannot tell itself any more, as its process has died: its calls, retries and bytes are
 * those of its entities, as far as they were told. One that has told its own keeps them. */
void sync_report_add_up(struct sync_report *report);

/* "complete", "partial", "refused", "interrupted" or "failed", as sync_run.outcome has it. */
const char *sync_report_outcome(const struct sync_report *report);

/* "failed: REASON" of a run that failed; the reason alone where that begins with the same word, as
 * that of an interrupted one does. "interrupted: publishing device" of one whose reason has the
 * word at its end. Returns `text`. */
const char *sync_report_failure(const struct sync_report *report, char text[SYNC_MESSAGE_SIZE]);

/* Whether the run asked the server for anything of the entity: more than the one call that a run
 * fails by. True of every entity of a run that did not fail. */
bool sync_entity_was_asked(
    const struct sync_report *report, const struct sync_entity_report *entity);

/* Why it ended as it did, in one line: the error, or what is missing. Returns
 * `text`, or NULL where there is nothing to say. */
const char *sync_report_message(const struct sync_report *report, char text[SYNC_MESSAGE_SIZE]);

/* Whether such a message, as sync_run.message has it, says something of the entity: that less of it
 * was loaded than the server has, or that something is missing. True of one that was cut. */
bool sync_message_names(struct str message, const char *entity);

/* Whether of that entity less was loaded than the server has. */
bool sync_entity_is_partial(const struct sync_entity_report *report);

/* "proven", "unproven" or "not offered", as sync_run_entity.completeness has it. */
const char *sync_completeness_name(const struct sync_entity_report *report);

/* The exit code of one tenant's run. */
int sync_report_exit_code(const struct sync_report *report);

/* That of several: one outcome for all is that code; some loaded and some not is 1; otherwise the
 * first failing tenant's. */
int sync_reports_exit_code(const struct sync_report *reports, int count);

#endif
