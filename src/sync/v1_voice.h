/* What Core's v1 web services say of an entity that CPS lists too: devices, and labels, which are
 * the device groups. Its documents are read before CPS is listed, and their rows wait in a file for
 * those of CPS (sync/voices.h): what both say of one thing makes one row. */
#ifndef UEMSYNC_SYNC_V1_VOICE_H
#define UEMSYNC_SYNC_V1_VOICE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "mapping/mapper.h"
#include "sync/fetch.h"
#include "sync/report.h"
#include "sync/voice_names.h"
#include "sync/voices.h"
#include "sync/whole.h"

struct v1_voice_input {
    struct fetch *fetch;
    const struct mapping *mapping;
    enum uem_call_id call; /* UEM_V1_DEVICES is made for each status */
    size_t key;            /* the column by which a row of CPS finds its own */
};

struct v1_voice {
    struct v1_voice_input input;
    struct sync_entity_report *report;
    struct mapper *mapper;
    struct voices *voices;
    struct whole whole;
    size_t document; /* the status that is asked for */
    size_t before;   /* rows of the documents before it */
    bool is_done;
    bool speaks;    /* its rows are there */
    bool is_failed; /* whole.result says why; else, where it does not speak, v1 is not offered */
    struct voice_names *names; /* of devices, since CPS told one without a GUID; else NULL */
    struct arena arena;        /* of the row that was joined last */
    struct row row;
    struct str learnt; /* the device_id that v1 gave to that row; else data is NULL */
};

/* Whether there is a second voice at all: a Core, a password, as v1 knows nothing else (the
 * product's page, "Configuration"), and a mapping that says what v1 fills, which a user's own may
 * not. Where a Core's v1 lacks the password or the mapping, the log and the report say so. */
bool v1_voice_is_there(
    const struct fetch *fetch, const struct mapping *mapping, struct sync_entity_report *report);

/* To be released in any case, which may be done twice. */
bool v1_voice_init(struct v1_voice *voice, const struct v1_voice_input *input,
    struct sync_entity_report *report, struct error *err);
void v1_voice_release(struct v1_voice *voice);

/* Its rows are not wanted any more; its mapper is. */
void v1_voice_forget(struct v1_voice *voice);

/* Moves its documents on, until voice->is_done. A user who may not call v1 (403) leaves it silent,
 * which the log and the report say. Anything else that keeps a document from being read whole is a
 * failure: without it, what v1 alone knows would seem to be gone. */
bool v1_voice_step(struct v1_voice *voice, struct error *err);

/* Of how many things it has told; 0 where it does not speak. */
int64_t v1_voice_count(const struct v1_voice *voice);

/* CPS is listed once more: nobody was found yet. */
void v1_voice_begin_again(struct v1_voice *voice);

/* What CPS and v1 say of the thing that the row of CPS is of; that row itself where v1 says
 * nothing. A device that CPS tells without a GUID finds v1's row by another name (voice_names.h),
 * and both have v1's GUID: it is in voice->learnt. All is valid until the next call. ERROR_RECORD:
 * the row that both make is too large. */
bool v1_voice_join(
    struct v1_voice *voice, const struct row *cps, const struct row **joined, struct error *err);

/* Each row that CPS has nothing of. */
bool v1_voice_each_left(struct v1_voice *voice,
    bool (*each)(void *context, const struct row *row, struct error *err), void *context,
    struct error *err);

#endif
