#include "base/str.h"
#include "cli/commands.h"
#include "sync/forget.h"

enum { FORGET_TEXT_SIZE = 512 };

/* One tenant, or a device of it; returns the exit code. */
static int forget_one(struct cli *cli, const char *tenant)
{
    char text[FORGET_TEXT_SIZE] = "";
    struct error err = {0};
    struct buffer out;
    int code;

    buffer_init(&out, 2 * FORGET_TEXT_SIZE);
    if (forget(&cli->config.destination, &cli->catalogue, tenant, cli->options.device, text,
            sizeof text, &err)) {
        str_make_line(text); /* a device's name is as it was typed */
        style_add_wrapped(&out, text, 2, cli->out.columns);
        code = cli->options.quiet ? 0 : cli_print(cli, &out);
    } else {
        code = cli_fail(cli, &err);
    }
    buffer_release(&out);
    return code;
}

/* One that cannot be forgotten keeps no other: the first one's code is the program's. */
int command_forget(struct cli *cli)
{
    int code = 0;

    for (size_t i = 0; i < cli->options.tenant_count; i++) {
        int one = forget_one(cli, cli->options.tenants[i]);

        code = code != 0 ? code : one;
    }
    return code;
}
