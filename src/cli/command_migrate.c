#include "cli/commands.h"
#include "sync/migrate.h"

enum { MIGRATE_TEXT_SIZE = 512 };

int command_migrate(struct cli *cli)
{
    char text[MIGRATE_TEXT_SIZE] = "";
    struct error err = {0};
    struct buffer out;
    int code;

    buffer_init(&out, MIGRATE_TEXT_SIZE + 1);
    if (migrate(&cli->config.destination, &cli->catalogue, text, sizeof text, &err)) {
        buffer_printf(&out, "%s\n", text);
        code = cli_print(cli, &out);
    } else {
        code = cli_fail(cli, &err);
    }
    buffer_release(&out);
    return code;
}
