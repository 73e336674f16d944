#include "cli/commands.h"
#include "sync/dictionary.h"

enum { SCHEMA_CEILING = 1024 * 1024 };

int command_schema(struct cli *cli)
{
    static const enum dictionary_format formats[] = {
        DICTIONARY_SQL, DICTIONARY_JSON, DICTIONARY_MARKDOWN};
    const char *name = cli->config.destination.schema;
    const struct load_schema *schema = &cli->catalogue.schema;
    struct dictionary_choice choice;
    struct buffer text;
    int code;

    if (cli->options.entity_count > 0) {
        dictionary_choose(
            &choice, &cli->catalogue, cli->options.entities, cli->options.entity_count);
        schema = &choice.schema;
    }
    buffer_init(&text, SCHEMA_CEILING);
    dictionary_write(&text, schema, name != NULL ? name : "uem", formats[cli->options.format]);
    code = cli_print(cli, &text);
    buffer_release(&text);
    return code;
}
