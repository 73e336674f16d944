#include "sync/report.h"

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
