#include "sync/report.h"

bool sync_report_is_partial(const struct sync_report *report)
{
    return report->device.rejected > 0 || report->device.missing > 0 || report->device.kept > 0;
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
    return report->completeness == SYNC_PROVEN ? "proven" : "unproven";
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
