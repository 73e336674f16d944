#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/stop.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/style.h"
#include "sync/check.h"

enum {
    CHECK_LINE_SIZE = 4096,
    CHECK_WORD_WIDTH = 7, /* of columns on a terminal */
    CHECK_TEST_WIDTH = 18,
    CHECK_LEAST_TEXT = 30,
};

/* What has been told so far. The code is that of the first failure, or 1 where one tenant is fine
 * and another is not. */
struct check_output {
    struct cli *cli;
    struct buffer text;
    struct json_writer json;
    int code;
    int failures;
    bool is_closed;  /* standard output takes nothing more */
    bool is_useless; /* the configuration is wrong: nothing is to be called */
};

static const char *const check_words[] = {
    [CHECK_PASSED] = "ok",
    [CHECK_FAILED] = "FAILED",
    [CHECK_SKIPPED] = "skipped",
    [CHECK_WARNED] = "warning",
};

/* In lines as scripts know them. */
static void check_write_line(
    struct check_output *output, const struct check_result *result, const char *text)
{
    buffer_printf(&output->text, "%-8s %-18s %-20s %s\n", check_words[result->outcome],
        result->tenant != NULL ? result->tenant : "-", result->test, text);
}

/* The longest name of those that are checked. */
static size_t check_tenant_width(const struct config *config)
{
    size_t width = 1;

    for (size_t i = 0; i < config->tenant_count; i++) {
        size_t size = config->tenants[i].is_wanted ? str_width(config->tenants[i].name) : 0;

        width = size > width ? size : width;
    }
    return width;
}

/* On a terminal a long text goes on below itself, or on a line of its own where there is little
 * room beside the names. */
static void check_write_styled(
    struct check_output *output, const struct check_result *result, const char *text)
{
    static const enum style_tone tones[] = {[CHECK_PASSED] = STYLE_GOOD,
        [CHECK_FAILED] = STYLE_BAD,
        [CHECK_SKIPPED] = STYLE_FAINT,
        [CHECK_WARNED] = STYLE_WARNING};
    const struct style *style = &output->cli->out;
    size_t width = check_tenant_width(&output->cli->config);
    size_t indent = CHECK_WORD_WIDTH + 2 + width + 2 + CHECK_TEST_WIDTH + 2;
    struct buffer *out = &output->text;

    style_add_cell(
        out, style, tones[result->outcome], check_words[result->outcome], CHECK_WORD_WIDTH, false);
    buffer_append_text(out, "  ");
    style_add_cell(
        out, style, STYLE_PLAIN, result->tenant != NULL ? result->tenant : "-", width, false);
    buffer_append_text(out, "  ");
    if (indent + CHECK_LEAST_TEXT <= (size_t)style->columns) {
        style_add_cell(out, style, STYLE_PLAIN, result->test, CHECK_TEST_WIDTH, false);
        buffer_append_text(out, "  ");
        style_add_wrapped(out, text, indent, style->columns);
    } else {
        buffer_printf(out, "%s\n    ", result->test);
        style_add_wrapped(out, text, 4, style->columns);
    }
}

static void check_print_line(struct check_output *output, const struct check_result *result)
{
    char text[CHECK_LINE_SIZE];

    (void)snprintf(text, sizeof text, "%s", result->text);
    str_make_line(text);
    buffer_clear(&output->text);
    if (output->cli->out.columns > 0) {
        check_write_styled(output, result, text);
    } else {
        check_write_line(output, result, text);
    }
    if (!output->is_closed) {
        int printed = cli_print(output->cli, &output->text);

        output->is_closed = printed != 0;
        output->code = output->code != 0 ? output->code : printed;
    }
}

static void check_take(void *context, const struct check_result *result)
{
    struct check_output *output = context;

    if (result->outcome == CHECK_FAILED) {
        output->code = output->code != 0 ? output->code : error_exit_code(result->kind);
        output->is_useless = result->tenant == NULL && result->kind == ERROR_CONFIG;
        output->failures++;
    }
    if (output->cli->options.json) {
        json_object_begin(&output->json);
        json_member_text(&output->json, "tenant", result->tenant);
        json_member_text(&output->json, "test", result->test);
        json_member_text(&output->json, "outcome", check_words[result->outcome]);
        json_member_text(&output->json, "text", result->text);
        json_object_end(&output->json);
    } else {
        check_print_line(output, result);
    }
}

static void check_all(struct check_output *output)
{
    struct cli *cli = output->cli;
    bool cut_short = false;
    bool before;  /* something that is no tenant's failed */
    int fine = 0; /* tenants */
    int bad = 0;
    const struct check_result configuration = {
        NULL, "configuration", CHECK_PASSED, ERROR_NONE, cli->config.path};

    check_take(output, &configuration);
    check_destination(&cli->config.destination, &cli->catalogue, check_take, output);
    before = output->failures > 0;
    for (size_t i = 0; i < cli->config.tenant_count && !output->is_useless; i++) {
        const struct sync_tenant *tenant = &cli->config.tenants[i];
        int failures = output->failures;
        struct log log = cli->log;

        log.tenant = tenant->name;
        cut_short = cut_short || (tenant->is_wanted && stop_signal != 0);
        if (tenant->is_wanted && stop_signal == 0) {
            check_tenant(tenant, before ? NULL : &cli->config.destination, cli->limits,
                UEMSYNC_VERSION, &log, check_take, output);
            fine += output->failures == failures ? 1 : 0;
            bad += output->failures > failures ? 1 : 0;
        }
    }
    if (fine > 0 && bad > 0 && !before) {
        output->code = 1;
    }
    output->code = cli_signal_code(output->code, cut_short);
}

int command_check(struct cli *cli)
{
    struct check_output output = {.cli = cli};

    buffer_init(&output.text, cli_told_ceiling(cli));
    json_init_shown(&output.json, &output.text);
    if (cli->options.json) {
        json_object_begin(&output.json);
        json_name(&output.json, "checks");
        json_array_begin(&output.json);
    }
    check_all(&output);
    if (cli->options.json) {
        int printed;

        json_array_end(&output.json);
        json_member_int(&output.json, "exit_code", output.code);
        json_object_end(&output.json);
        buffer_append_char(&output.text, '\n');
        printed = cli_print(cli, &output.text);
        output.code = output.code != 0 ? output.code : printed;
    }
    buffer_release(&output.text);
    return output.code;
}
