#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/ceilings.h"
#include "base/stop.h"
#include "base/str.h"
#include "cli/commands.h"
#include "cli/help.h"
#include "sync/entities.h"
#include "sync/personal.h"

/* The commands that call a server. */
enum { CLI_OF_SERVERS = COMMAND_CHECK | COMMAND_EXPORT | COMMAND_PLAN | COMMAND_SYNC };

/* Those that look at the destination alone, and need no secret of a tenant. */
enum { CLI_OF_DESTINATION = COMMAND_MIGRATE | COMMAND_REPORT | COMMAND_SCHEMA | COMMAND_STATUS };

/* Who reads a pipe (`| head`, `| less`) mostly writes to the terminal what comes through it. */
static bool cli_may_show_output(void)
{
    struct stat what;

    return isatty(STDOUT_FILENO) == 1 ||
           (fstat(STDOUT_FILENO, &what) == 0 && (S_ISFIFO(what.st_mode) || S_ISSOCK(what.st_mode)));
}

/* A block is for a terminal that nobody else writes to. */
struct board *cli_open_board(const struct cli *cli, bool is_shared)
{
    bool is_block = cli->err.is_terminal && !cli->log.json && !(is_shared && cli_may_show_output());
    bool is_wanted = cli->options.progress == 1 ||
                     (cli->options.progress == 0 && is_block && !cli->options.quiet);
    const struct board_settings settings = {.tenants = cli->config.tenants,
        .count = cli->config.tenant_count,
        .limits = cli->limits,
        .log = &cli->log,
        .style = &cli->err,
        .is_block = is_block};

    return is_wanted ? board_new(&settings) : NULL;
}

bool cli_wants_tenant(const struct cli *cli, const char *name)
{
    bool wanted = cli->options.tenant_count == 0;

    for (size_t i = 0; !wanted && i < cli->options.tenant_count; i++) {
        wanted = strcmp(cli->options.tenants[i], name) == 0;
    }
    return wanted;
}

int cli_signal_code(int code, bool cut_short)
{
    bool interrupted = stop_signal != 0 && (code != 0 || cut_short);

    return interrupted ? 128 + stop_signal : code;
}

/* For who sits at a terminal: no event of a log, and no line of it broken amid a word. */
static void cli_complain(const struct cli *cli, const char *message)
{
    char line[ERROR_TEXT_SIZE + sizeof "uemsync: "];
    struct buffer text;

    (void)snprintf(line, sizeof line, "uemsync: %s", message);
    str_make_line(line);
    buffer_init(&text, 16 * sizeof line);
    style_add_wrapped(&text, line, 2, cli->err.columns);
    (void)fputs(buffer_ok(&text) ? buffer_text(&text) : line, stderr);
    buffer_release(&text);
}

int cli_fail(const struct cli *cli, const struct error *err)
{
    if (err->kind != ERROR_PIPE && cli->err.columns > 0 && !cli->log.json) {
        cli_complain(cli, err->text);
    } else if (err->kind != ERROR_PIPE) {
        log_event(&cli->log, LOG_ERROR, "%s", err->text);
    }
    return error_exit_code(err->kind);
}

size_t cli_told_ceiling(const struct cli *cli)
{
    return (cli->config.tenant_count + 1) * CEILING_TOLD;
}

int cli_print(const struct cli *cli, const struct buffer *text)
{
    struct error err = {0};
    int code = 0;

    if (!buffer_ok(text) && !text->no_memory) {
        (void)error_set(&err, ERROR_MEMORY, "there is more to tell than %zu bytes", text->ceiling);
        code = cli_fail(cli, &err);
    } else if (!buffer_ok(text)) {
        (void)error_memory(&err);
        code = cli_fail(cli, &err);
    } else if (fwrite(buffer_text(text), 1, text->size, stdout) != text->size ||
               fflush(stdout) != 0) {
        (void)error_set(&err, errno == EPIPE ? ERROR_PIPE : ERROR_DESTINATION,
            "standard output cannot be written");
        code = cli_fail(cli, &err);
    }
    return code;
}

bool cli_check_entity(const struct cli *cli, const char *what, const char *name, struct error *err)
{
    bool is_own = entity_find(name) == NULL && catalogue_has_relation(&cli->catalogue, name);

    return is_own ? error_set(err, ERROR_USAGE,
                        "%s %s: this relation is not on the server: `sync` makes it, in the "
                        "destination",
                        what, name)
                  : entity_check(what, name, err);
}

/* Entities by name: known ones alone, before anything is called. The dictionary has whatever is in
 * the destination. */
static bool cli_check_entities(const struct cli *cli, struct error *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < cli->options.entity_count; i++) {
        const char *name = cli->options.entities[i];

        ok = (cli->options.command == COMMAND_SCHEMA &&
                 catalogue_has_relation(&cli->catalogue, name)) ||
             cli_check_entity(cli, "--entity", name, err);
    }
    return ok;
}

/* And those that the tenants can have. */
static bool cli_check_tenants(const struct cli *cli, struct error *err)
{
    const struct config *config = &cli->config;
    bool ok = true;

    for (size_t i = 0; ok && i < config->tenant_count; i++) {
        ok = !cli_wants_tenant(cli, config->tenants[i].name) ||
             entity_check_tenant("--entity", &config->tenants[i], cli->options.entities,
                 cli->options.entity_count, err);
    }
    return ok;
}

/* Which tenants the command is for. What is personal is known by the mapping files. */
static bool cli_check_personal(struct cli *cli, struct error *err)
{
    for (size_t i = 0; i < cli->config.tenant_count; i++) {
        cli->config.tenants[i].is_wanted = cli_wants_tenant(cli, cli->config.tenants[i].name);
    }
    return (cli->options.command & CLI_OF_SERVERS) == 0 ||
           personal_check(&cli->catalogue, cli->config.tenants, cli->config.tenant_count, err);
}

static const char *cli_environment(const char *name)
{
    return getenv(name);
}

/* What the configuration is read for. A tenant that is to be forgotten may stand in it no more. */
static enum config_use cli_config_use(const struct cli *cli)
{
    enum config_use use = CONFIG_FOR_SERVERS;

    if (cli->options.command == COMMAND_FORGET) {
        use = CONFIG_FOR_REMAINS;
    } else if ((cli->options.command & CLI_OF_DESTINATION) != 0) {
        use = CONFIG_FOR_DESTINATION;
    }
    return use;
}

/* `schema` needs neither a configuration nor its secrets: the mappings that the program carries
 * serve where there is none. */
static bool cli_load_config(struct cli *cli, struct error *err)
{
    static const struct config_environment environment = {cli_environment};
    char path[CLI_PATH_SIZE];
    bool ok = config_find(cli->options.config, &environment, path, sizeof path, err);

    if (ok) {
        ok = config_load(&cli->config, path, &environment, cli_config_use(cli),
            cli->options.tenants, cli->options.tenant_count, err);
    } else if (cli->options.command == COMMAND_SCHEMA && cli->options.config == NULL) {
        error_clear(err);
        ok = true;
    }
    for (size_t i = 0; ok && i < cli->config.warning_count; i++) {
        log_event(&cli->log, LOG_WARNING, "%s", cli->config.warnings[i]);
    }
    return ok && catalogue_load(&cli->catalogue, cli->config.mappings, err) &&
           cli_check_entities(cli, err) && cli_check_personal(cli, err);
}

/* Where programs keep what they know from run to run: systemd's StateDirectory=, else as the XDG
 * Base Directory Specification has it. */
static const char *cli_state_folder(char path[CLI_PATH_SIZE])
{
    const char *folder = getenv("STATE_DIRECTORY");
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    int size = -1;

    if (folder != NULL && *folder == '/') {
        size = snprintf(path, CLI_PATH_SIZE, "%.*s", (int)strcspn(folder, ":"), folder);
    } else if (state != NULL && *state == '/') {
        size = snprintf(path, CLI_PATH_SIZE, "%s/uemsync", state);
    } else if (home != NULL && *home == '/') {
        size = snprintf(path, CLI_PATH_SIZE, "%s/.local/state/uemsync", home);
    }
    return size > 0 && size < CLI_PATH_SIZE ? path : NULL;
}

/* For the commands that call a server: what is asked for is there to be asked, and the limiters of
 * all tenants. */
static bool cli_open_limits(struct cli *cli, struct error *err)
{
    bool calls = (cli->options.command & CLI_OF_SERVERS) != 0;

    return !calls || (cli_check_tenants(cli, err) &&
                         limits_open(&cli->limits, cli->config.tenants, cli->config.tenant_count,
                             cli_state_folder(cli->state_folder), &cli->log, err));
}

static int cli_run(struct cli *cli)
{
    int code = 0;

    switch (cli->options.command) {
    case COMMAND_CHECK:
        code = command_check(cli);
        break;
    case COMMAND_EXPORT:
        code = command_export(cli);
        break;
    case COMMAND_PLAN:
        code = command_plan(cli);
        break;
    case COMMAND_REPORT:
        code = command_report(cli);
        break;
    case COMMAND_STATUS:
        code = command_status(cli);
        break;
    case COMMAND_SYNC:
        code = command_sync(cli);
        break;
    case COMMAND_SCHEMA:
        code = command_schema(cli);
        break;
    case COMMAND_FORGET:
        code = command_forget(cli);
        break;
    case COMMAND_MIGRATE:
        code = command_migrate(cli);
        break;
    case COMMAND_NONE:
    case COMMAND_ALL:
        break;
    }
    return code;
}

static void cli_open_log(struct cli *cli)
{
    cli->log = (struct log){
        .out = stderr,
        .from = cli->options.verbose ? LOG_DEBUG : LOG_INFO,
        .json = cli->options.log_format == 1,
        .colour = cli->err.colour,
    };
    if (cli->options.quiet) {
        cli->log.from = LOG_WARNING;
    }
}

int cli_main(int argc, char **argv)
{
    struct cli cli = {0};
    struct error err = {0};
    struct buffer text;
    bool parsed = options_parse(&cli.options, argc, argv, &err);
    int code;

    buffer_init(&text, 64 * 1024);
    cli.out = style_of(stdout);
    cli.err = style_of(stderr);
    cli_open_log(&cli);
    if (!parsed) {
        cli_complain(&cli, err.text);
        code = error_exit_code(err.kind);
    } else if (cli.options.help) {
        help_write(&text, cli.options.command);
        code = cli_print(&cli, &text);
    } else if (cli.options.version) {
        buffer_printf(&text, "uemsync %s\n", UEMSYNC_VERSION);
        code = cli_print(&cli, &text);
    } else if (!cli_load_config(&cli, &err) || !cli_open_limits(&cli, &err)) {
        code = cli_fail(&cli, &err);
    } else {
        code = cli_run(&cli);
    }
    buffer_release(&text);
    limits_close(cli.limits);
    catalogue_release(&cli.catalogue);
    config_release(&cli.config);
    return cli_signal_code(code, false);
}
