#include "sync/v1_voice.h"

#include <string.h>

#include "base/ceilings.h"
#include "mapping/merge.h"

enum { V1_VOICE_BAD_REQUEST = 400 };

bool v1_voice_is_there(
    const struct fetch *fetch, const struct mapping *mapping, struct sync_entity_report *report)
{
    bool is_core = fetch->tenant->kind == SYNC_CORE;
    bool is_there = is_core && mapping->v1 != NULL && secret_is_set(&fetch->tenant->password);

    if (is_core && mapping->v1 == NULL) {
        report->note = "its mapping file names no property of v1: what it alone tells is missing";
        log_event(fetch->log, LOG_WARNING,
            "%s: its mapping file has no `v1` keys: the v1 web services are not asked, and CPS "
            "speaks alone",
            report->entity);
    } else if (is_core && !is_there) {
        report->note = "v1 is not offered without a password: what it alone tells is missing";
        log_event(fetch->log, LOG_WARNING,
            "%s: the v1 web services know passwords alone, and CPS speaks alone", report->entity);
    }
    return is_there;
}

static bool v1_voice_take(
    void *context, const struct row *row, const cJSON *record, struct error *err)
{
    struct v1_voice *voice = context;
    bool is_new = false;

    (void)record;
    return voices_add(voice->voices, row, &is_new, err);
}

/* A document begins, and may have begun before: what came of it then is void. */
static void v1_voice_void(void *context)
{
    struct v1_voice *voice = context;

    voices_rewind(voice->voices, voice->before);
}

bool v1_voice_init(struct v1_voice *voice, const struct v1_voice_input *input,
    struct sync_entity_report *report, struct error *err)
{
    const struct mapping *mapping = input->mapping;
    bool ok;

    *voice = (struct v1_voice){.input = *input, .report = report};
    arena_init(&voice->arena, CEILING_TREE);
    ok = fetch_new_mapper(input->fetch, mapping, MAPPING_V1, &voice->mapper, err) &&
         voices_new(&voice->voices, &mapping->relation, input->key, err);
    const struct whole_input whole = {.fetch = input->fetch,
        .call = input->call,
        .mapper = voice->mapper,
        .begin = v1_voice_void,
        .take = v1_voice_take,
        .context = voice};
    whole_init(&voice->whole, &whole, report);
    return ok;
}

void v1_voice_forget(struct v1_voice *voice)
{
    voice_names_free(voice->names);
    voice->names = NULL;
    voices_free(voice->voices);
    voice->voices = NULL;
    voice->speaks = false;
}

void v1_voice_release(struct v1_voice *voice)
{
    v1_voice_forget(voice);
    whole_release(&voice->whole);
    mapper_free(voice->mapper);
    voice->mapper = NULL;
    arena_release(&voice->arena);
}

static size_t v1_voice_documents(const struct v1_voice *voice)
{
    size_t count = 1;

    if (voice->input.call == UEM_V1_DEVICES) {
        (void)uem_v1_statuses(&count);
    }
    return count;
}

static const struct uem_v1_status *v1_voice_status(const struct v1_voice *voice)
{
    static const struct uem_v1_status none = {NULL, false};
    size_t count;

    return voice->input.call == UEM_V1_DEVICES ? &uem_v1_statuses(&count)[voice->document] : &none;
}

/* Nothing of what it said before counts: half a voice would be none to rely on. */
static void v1_voice_fall_silent(struct v1_voice *voice)
{
    const struct error *error = &voice->whole.result.error;

    voice->is_done = true;
    voice->speaks = false;
    voice->report->note = "v1 is not offered to this user: what it alone tells is missing";
    log_event(voice->input.fetch->log, LOG_WARNING,
        "%s: the v1 web services are not offered to this user, and CPS speaks alone: %s",
        voice->report->entity, error->text);
}

/* A status that a server may not know was refused: there are no devices of it. */
static bool v1_voice_is_refused(const struct v1_voice *voice, const struct uem_v1_status *status)
{
    const struct server_result *result = &voice->whole.result;
    bool is_refused =
        !result->ok && status->may_be_refused && result->status == V1_VOICE_BAD_REQUEST;

    if (is_refused) {
        log_event(voice->input.fetch->log, LOG_WARNING,
            "%s: the server does not know the status %s: %s", voice->report->entity, status->name,
            result->error.text);
    }
    return is_refused;
}

/* A document ended: on to the next, or to the end. */
static void v1_voice_judge(struct v1_voice *voice)
{
    const struct server_result *result = &voice->whole.result;

    if (result->ok || v1_voice_is_refused(voice, v1_voice_status(voice))) {
        voice->document++;
        voice->before = voices_count(voice->voices);
        voice->is_done = voice->document == v1_voice_documents(voice);
        voice->speaks = voice->is_done;
        whole_begin(&voice->whole);
    } else if (result->error.kind == ERROR_ROLE) {
        v1_voice_fall_silent(voice);
    } else {
        voice->is_done = true;
        voice->is_failed = true;
    }
}

bool v1_voice_step(struct v1_voice *voice, struct error *err)
{
    bool ok = true;

    if (!voice->is_done) {
        voice->whole.arguments.status = v1_voice_status(voice)->name;
        ok = whole_step(&voice->whole, err);
    }
    if (ok && !voice->is_done && voice->whole.is_ended) {
        v1_voice_judge(voice);
    }
    return ok;
}

int64_t v1_voice_count(const struct v1_voice *voice)
{
    return voice->speaks ? (int64_t)voices_count(voice->voices) : 0;
}

void v1_voice_begin_again(struct v1_voice *voice)
{
    if (voice->voices != NULL) {
        voices_begin_again(voice->voices);
    }
}

/* The row that a device without a GUID means. What it is looked up in is made for the first of
 * them: a Core that tells GUIDs pays nothing. */
static bool v1_voice_find_nameless(
    struct v1_voice *voice, const struct row *cps, const struct row **v1, struct error *err)
{
    size_t place = 0;
    bool ok = voice->names != NULL ||
              voice_names_new(&voice->names, voice->voices, &voice->input.mapping->relation, err);

    ok = ok && voice_names_find(voice->names, cps, &place, err);
    if (ok && place < voices_count(voice->voices)) {
        ok = voices_at(voice->voices, place, &voice->arena, v1, err);
        voices_note_found(voice->voices, place);
    }
    if (ok && *v1 != NULL) {
        voice->learnt = (*v1)->cells[voice->input.key].text;
    }
    return ok;
}

static bool v1_voice_find(
    struct v1_voice *voice, const struct row *cps, const struct row **v1, struct error *err)
{
    struct str key = cps->cells[voice->input.key].text;
    bool is_nameless = voice->input.call == UEM_V1_DEVICES && str_starts(key, "mdm:");

    return is_nameless ? v1_voice_find_nameless(voice, cps, v1, err)
                       : voices_find(voice->voices, key, &voice->arena, v1, err);
}

/* The row of CPS, under the key that v1 gave it. */
static bool v1_voice_rename(struct v1_voice *voice, struct row *cps, struct error *err)
{
    size_t count = cps->relation->column_count;
    struct cell *cells = arena_alloc(&voice->arena, count * sizeof *cells);
    bool ok = cells != NULL || error_memory(err);

    if (ok) {
        memcpy(cells, cps->cells, count * sizeof *cells);
        cells[voice->input.key].text = voice->learnt;
        cps->cells = cells;
    }
    return ok;
}

bool v1_voice_join(
    struct v1_voice *voice, const struct row *cps, const struct row **joined, struct error *err)
{
    struct row ours = *cps;
    const struct row *v1 = NULL;
    bool ok = true;

    *joined = cps;
    voice->learnt = (struct str){NULL, 0};
    if (voice->speaks && cps->cells[voice->input.key].is_set) {
        arena_reset(&voice->arena);
        ok = v1_voice_find(voice, cps, &v1, err);
    }
    if (ok && v1 != NULL) {
        ok = (voice->learnt.data == NULL || v1_voice_rename(voice, &ours, err)) &&
             merge_rows(voice->input.mapping, &ours, v1, &voice->arena, &voice->row, err);
        *joined = &voice->row;
    }
    return ok;
}

bool v1_voice_each_left(struct v1_voice *voice,
    bool (*each)(void *context, const struct row *row, struct error *err), void *context,
    struct error *err)
{
    return !voice->speaks || voices_each_left(voice->voices, each, context, err);
}
