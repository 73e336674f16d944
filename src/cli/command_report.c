#include <stdlib.h>
#include <string.h>

#include "base/ceilings.h"
#include "cli/commands.h"
#include "cli/output_file.h"
#include "page/page.h"
#include "sync/figures.h"

/* The page under way. */
struct report {
    struct figures_reader *reader;
    const struct sync_tenant **tenants; /* those asked for; owned, not what they point to */
    struct figures_summary *summaries;  /* one each; owned */
    size_t count;
    struct page page;
    struct buffer text; /* a piece of it */
    struct output_file file;
};

static bool report_choose(struct report *report, const struct cli *cli, struct error *err)
{
    size_t most = cli->config.tenant_count + 1;

    report->tenants = calloc(most, sizeof(const struct sync_tenant *));
    report->summaries = calloc(most, sizeof *report->summaries);
    if (report->tenants != NULL && report->summaries != NULL) {
        for (size_t i = 0; i < cli->config.tenant_count; i++) {
            if (cli->config.tenants[i].is_wanted) {
                report->tenants[report->count++] = &cli->config.tenants[i];
            }
        }
    }
    return (report->tenants != NULL && report->summaries != NULL) || error_memory(err);
}

/* Writes what is in the buffer, and empties it. */
static bool report_flush(struct report *report, struct error *err)
{
    bool ok = buffer_ok(&report->text) || error_memory(err);

    if (ok && fwrite(buffer_text(&report->text), 1, report->text.size, report->file.out) !=
                  report->text.size) {
        ok = output_fail(&report->file, err);
    }
    buffer_clear(&report->text);
    return ok;
}

/* The heads of all tenants first, as the page's own head has them beside each other. */
static bool report_begin(struct report *report, struct error *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < report->count; i++) {
        ok = figures_read_summary(report->reader, report->tenants[i], &report->summaries[i], err) ||
             error_context(err, "tenant %s", report->tenants[i]->name);
    }
    report->page.tenants = report->summaries;
    report->page.tenant_count = report->count;
    report->page.version = UEMSYNC_VERSION;
    return ok && page_begin(&report->text, &report->page, err) && report_flush(report, err);
}

static bool report_write(struct report *report, struct error *err)
{
    struct figures *figures = malloc(sizeof *figures);
    bool ok = (figures != NULL || error_memory(err)) && report_begin(report, err);

    for (size_t i = 0; ok && i < report->count; i++) {
        ok = figures_read(report->reader, report->tenants[i], figures, err) ||
             error_context(err, "tenant %s", report->tenants[i]->name);
        if (ok) {
            page_tenant(&report->text, &report->page, i, figures);
            ok = report_flush(report, err);
        }
    }
    if (ok) {
        page_end(&report->text, &report->page);
        ok = report_flush(report, err);
    }
    if (ok && fflush(report->file.out) != 0) {
        ok = output_fail(&report->file, err);
    }
    free(figures);
    return ok;
}

int command_report(struct cli *cli)
{
    struct report report = {.count = 0};
    struct error err = {0};
    bool ok;

    buffer_init(&report.text, CEILING_PAGE);
    ok = report_choose(&report, cli, &err) &&
         figures_open(&cli->config.destination, &report.reader, &report.page.now, &err) &&
         output_open(&report.file, cli->options.output, &err) && report_write(&report, &err);
    ok = output_close(&report.file, ok, &err) && ok;
    if (ok && cli->options.output != NULL) {
        log_event(&cli->log, LOG_INFO, "report of %zu tenant%s: %s", report.count,
            report.count == 1 ? "" : "s", cli->options.output);
    }
    figures_close(report.reader);
    buffer_release(&report.text);
    free(report.summaries);
    free(report.tenants);
    return ok ? 0 : cli_fail(cli, &err);
}
