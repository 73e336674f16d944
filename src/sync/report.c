#include "sync/report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

bool sync_entity_is_partial(const struct sync_entity_report *report)
{
    return report->rejected > 0 || report->missing > 0 || report->kept > 0 || report->failed > 0 ||
           report->error.kind != ERROR_NONE;
}

bool sync_report_is_partial(const struct sync_report *report)
{
    bool is_partial = false;

    for (size_t i = 0; !is_partial && i < report->entity_count; i++) {
        is_partial = sync_entity_is_partial(&report->entities[i]);
    }
    return is_partial;
}

void sync_report_add_up(struct sync_report *report)
{
    bool is_told = report->calls > 0;

    for (size_t i = 0; !is_told && i < report->entity_count; i++) {
        report->calls += report->entities[i].calls;
        report->retries += report->entities[i].retries;
        report->bytes += report->entities[i].bytes;
    }
}

/* One part of what an entity lacks, such as " 3 rejected". */
static void report_add_count(char *text, int64_t count, const char *what)
{
    size_t size = strlen(text);

    if (count > 0) {
        (void)snprintf(text + size, SYNC_MESSAGE_SIZE - size, "%s%" PRId64 " %s",
            text[size - 1] == ':' ? " " : ", ", count, what);
    }
}

static void report_add_phrase(char *text, const char *phrase)
{
    size_t size = strlen(text);

    if (phrase != NULL) {
        (void)snprintf(text + size, SYNC_MESSAGE_SIZE - size, "%s%s",
            text[size - 1] == ':' ? " " : ", ", phrase);
    }
}

static void report_add_entity(char *text, const struct sync_entity_report *entity)
{
    size_t size = strlen(text);

    (void)snprintf(
        text + size, SYNC_MESSAGE_SIZE - size, "%s%s:", size > 0 ? "; " : "", entity->entity);
    report_add_count(text, entity->rejected, "rejected");
    report_add_count(text, entity->missing, "missing");
    report_add_count(text, entity->kept, "kept without a look-up");
    report_add_count(text, entity->failed, "devices failed");
    report_add_phrase(text, entity->error.kind != ERROR_NONE ? entity->error.text : NULL);
    report_add_phrase(text, entity->note);
}

const char *sync_report_message(const struct sync_report *report, char text[SYNC_MESSAGE_SIZE])
{
    text[0] = '\0';
    if (report->error.kind != ERROR_NONE) {
        (void)snprintf(text, SYNC_MESSAGE_SIZE, "%s", report->error.text);
    }
    for (size_t i = 0; report->error.kind == ERROR_NONE && i < report->entity_count; i++) {
        if (sync_entity_is_partial(&report->entities[i]) || report->entities[i].note != NULL) {
            report_add_entity(text, &report->entities[i]);
        }
    }
    return text[0] != '\0' ? text : NULL;
}

bool sync_message_names(struct str message, const char *entity)
{
    size_t size = strlen(entity);
    bool names = message.size >= SYNC_MESSAGE_SIZE - 1;

    for (size_t at = 0; !names && at + size < message.size; at++) {
        bool begins = at == 0 || (at >= 2 && memcmp(message.data + at - 2, "; ", 2) == 0);

        names = begins && memcmp(message.data + at, entity, size) == 0 &&
                message.data[at + size] == ':';
    }
    return names;
}

const char *sync_report_outcome(const struct sync_report *report)
{
    const char *outcome = "failed";

    if (report->error.kind == ERROR_NONE) {
        outcome = sync_report_is_partial(report) ? "partial" : "complete";
    } else if (report->error.kind == ERROR_GUARD || report->error.kind == ERROR_BUSY) {
        outcome = "refused";
    } else if (report->error.kind == ERROR_INTERRUPTED) {
        outcome = "interrupted";
    }
    return outcome;
}

const char *sync_report_failure(const struct sync_report *report, char text[SYNC_MESSAGE_SIZE])
{
    const char *outcome = sync_report_outcome(report);
    const char *reason = report->error.text;
    bool says_so = str_starts(str_of(reason), outcome);
    const char *later = report->error.kind == ERROR_INTERRUPTED && !says_so
                            ? strstr(reason, ": interrupted")
                            : NULL;

    if (later != NULL) {
        (void)snprintf(
            text, SYNC_MESSAGE_SIZE, "%s: %.*s", later + 2, (int)(later - reason), reason);
    } else {
        (void)snprintf(
            text, SYNC_MESSAGE_SIZE, "%s%s%s", says_so ? "" : outcome, says_so ? "" : ": ", reason);
    }
    return text;
}

bool sync_entity_was_asked(
    const struct sync_report *report, const struct sync_entity_report *entity)
{
    return report->error.kind == ERROR_NONE || entity->error.kind != ERROR_NONE ||
           entity->fetched > 0 || entity->calls - entity->retries > 1;
}

const char *sync_completeness_name(const struct sync_entity_report *report)
{
    static const char *const names[] = {
        [SYNC_UNPROVEN] = "unproven", [SYNC_PROVEN] = "proven", [SYNC_NOT_OFFERED] = "not offered"};

    return names[report->completeness];
}

int sync_report_exit_code(const struct sync_report *report)
{
    int code = error_exit_code(report->error.kind);

    return code == 0 && sync_report_is_partial(report) ? 1 : code;
}

int sync_reports_exit_code(const struct sync_report *reports, int count)
{
    int first_failure = 0;
    bool same = true;
    bool some_loaded = false;

    for (int i = 0; i < count; i++) {
        int code = sync_report_exit_code(&reports[i]);

        same = same && code == sync_report_exit_code(&reports[0]);
        some_loaded = some_loaded || code <= 1;
        if (first_failure == 0) {
            first_failure = code;
        }
    }
    return !same && some_loaded ? 1 : first_failure;
}
