#include "cli/completion.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "cli/options.h"
#include "sync/entities.h"

/* What can stand for the value of an option. */
enum completion_value {
    COMPLETION_NOTHING, /* no value, or one that nobody can foresee */
    COMPLETION_FILE,
    COMPLETION_TENANT,
    COMPLETION_ENTITY,
    COMPLETION_WORD
};

static enum completion_value completion_value_of(const struct option_row *row)
{
    enum completion_value value = COMPLETION_NOTHING;

    if (row->words != NULL) {
        value = COMPLETION_WORD;
    } else if (row->argument != NULL && strcmp(row->argument, "FILE") == 0) {
        value = COMPLETION_FILE;
    } else if (row->type == OPTION_NAMES) {
        value = strcmp(row->name, "entity") == 0 ? COMPLETION_ENTITY : COMPLETION_TENANT;
    }
    return value;
}

static void completion_words(struct buffer *out, const char *const *words)
{
    for (size_t i = 0; words[i] != NULL; i++) {
        buffer_printf(out, "%s%s", i > 0 ? " " : "", words[i]);
    }
}

static void completion_entities(struct buffer *out)
{
    size_t count;
    const struct entity *rows = entity_all(&count);

    for (size_t i = 0; i < count; i++) {
        buffer_printf(out, "%s%s", i > 0 ? " " : "", rows[i].name);
    }
}

/* The names of the tenants: in the file that the words before name, or else the program would find.
 * No other key of a configuration is `name`. */
static const char completion_tenants[] =
    "    local file=${UEMSYNC_CONFIG:-} place\n"
    "    for place in ./uemsync.yaml /etc/uemsync/uemsync.yaml; do\n"
    "        [ -n \"$file\" ] || [ ! -r \"$place\" ] || file=$place\n"
    "    done\n"
    "    [ -z \"${1:-}\" ] || file=$1\n"
    "    [ ! -f \"$file\" ] || sed -nE "
    "'s/^[[:blank:]]*(-[[:blank:]]+)?name:[[:blank:]]*([[:alnum:]._-]+).*/\\2/p' \"$file\" "
    "2>/dev/null\n";

/* ---- bash ---- */

/* "-c|--config" */
static void bash_pattern(struct buffer *out, const struct option_row *row)
{
    if (row->letter != '\0') {
        buffer_printf(out, "-%c|", row->letter);
    }
    buffer_printf(out, "--%s", row->name);
}

/* The options that take a value, as one pattern. */
static void bash_valued(struct buffer *out)
{
    size_t count;
    const struct option_row *rows = options_rows(&count);
    bool is_first = true;

    for (size_t i = 0; i < count; i++) {
        if (rows[i].argument != NULL) {
            buffer_append_text(out, is_first ? "" : "|");
            bash_pattern(out, &rows[i]);
            is_first = false;
        }
    }
}

static void bash_values(struct buffer *out)
{
    size_t count;
    const struct option_row *rows = options_rows(&count);

    buffer_append_text(out, "    case $before in\n");
    for (size_t i = 0; i < count; i++) {
        if (rows[i].argument != NULL) {
            buffer_append_text(out, "    ");
            bash_pattern(out, &rows[i]);
            switch (completion_value_of(&rows[i])) {
            case COMPLETION_FILE:
                buffer_append_text(out, ") files=1 ;;\n");
                break;
            case COMPLETION_TENANT:
                buffer_append_text(out, ") words=$(_uemsync_tenants \"$config\") ;;\n");
                break;
            case COMPLETION_ENTITY:
                buffer_append_text(out, ") words='");
                completion_entities(out);
                buffer_append_text(out, "' ;;\n");
                break;
            case COMPLETION_WORD:
                buffer_append_text(out, ") words='");
                completion_words(out, rows[i].words);
                buffer_append_text(out, "' ;;\n");
                break;
            case COMPLETION_NOTHING:
                buffer_append_text(out, ") ;;\n");
                break;
            }
        }
    }
    buffer_append_text(out, "    *) is_value= ;;\n    esac\n");
}

static void bash_options_of(struct buffer *out, unsigned commands, bool common)
{
    size_t count;
    const struct option_row *rows = options_rows(&count);

    for (size_t i = 0; i < count; i++) {
        if ((rows[i].commands & commands) != 0 && (!common || rows[i].commands == COMMAND_ALL)) {
            buffer_printf(out, " --%s", rows[i].name);
            if (rows[i].letter != '\0') {
                buffer_printf(out, " -%c", rows[i].letter);
            }
        }
    }
}

/* What stands in place of an option or a command; behind `help` a command does, too. */
static void bash_commands(struct buffer *out)
{
    size_t count;
    const struct command_row *rows = options_commands(&count);

    buffer_append_text(out, "    case $command in\n    '' | help)\n        options='");
    bash_options_of(out, COMMAND_ALL, true);
    buffer_append_text(out, "'\n        words='");
    for (size_t i = 0; i < count; i++) {
        buffer_printf(out, "%s%s", i > 0 ? " " : "", rows[i].name);
    }
    buffer_append_text(out, "'\n        ;;\n");
    for (size_t i = 0; i < count; i++) {
        buffer_printf(out, "    %s)\n        options='", rows[i].name);
        bash_options_of(out, rows[i].command, false);
        buffer_append_text(out, "'\n        words='");
        if (rows[i].operand != NULL) {
            completion_entities(out);
        }
        buffer_append_text(out, "'\n        ;;\n");
    }
    buffer_append_text(out, "    esac\n    case $word in -*) words=$options ;; esac\n");
}

void completion_write_bash(struct buffer *out)
{
    buffer_append_text(out,
        "# bash completion for uemsync, made from the program's own table of options.\n\n"
        "# _uemsync_tenants [CONFIGURATION]: the names of its tenants\n"
        "_uemsync_tenants() {\n");
    buffer_append_text(out, completion_tenants);
    buffer_append_text(out,
        "}\n\n_uemsync() {\n"
        "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
        "    local command='' config='' words='' options='' files='' is_value=1 i at\n"
        "    COMPREPLY=()\n"
        "    # `--option=value` comes as three words.\n"
        "    if [ \"$word\" = = ]; then\n"
        "        word=''\n"
        "    elif [ \"$before\" = = ]; then\n"
        "        before=${COMP_WORDS[COMP_CWORD-2]}\n"
        "    fi\n"
        "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
        "        case ${COMP_WORDS[i]} in\n"
        "        ");
    bash_valued(out);
    buffer_append_text(out,
        ")\n"
        "            at=${COMP_WORDS[i]}\n"
        "            i=$((i + 1))\n"
        "            [ \"${COMP_WORDS[i]-}\" != = ] || i=$((i + 1))\n"
        "            case $at in -c|--config) config=${COMP_WORDS[i]-} ;; esac\n"
        "            ;;\n"
        "        -*) ;;\n"
        "        *) command=${command:-${COMP_WORDS[i]}} ;;\n"
        "        esac\n"
        "    done\n");
    bash_values(out);
    buffer_append_text(out, "    if [ -z \"$is_value\" ]; then\n");
    bash_commands(out);
    buffer_append_text(out, "    fi\n"
                            "    if [ -n \"$files\" ]; then\n"
                            "        compopt -o filenames 2>/dev/null || true\n"
                            "        mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
                            "    else\n"
                            "        mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
                            "    fi\n"
                            "}\n\ncomplete -F _uemsync uemsync\n");
}

/* ---- zsh ---- */

/* Text within single quotes, of a specification: what would end a part of it is escaped. */
static void zsh_text(struct buffer *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '\'') {
            buffer_append_text(out, "'\\''");
        } else {
            buffer_append_text(out, strchr("[]:\\", *text) != NULL ? "\\" : "");
            buffer_append_char(out, *text);
        }
    }
}

/* What follows the option: ":NAME:what to do". */
static void zsh_value(struct buffer *out, const struct option_row *row)
{
    buffer_printf(out, ":%s:", row->argument);
    switch (completion_value_of(row)) {
    case COMPLETION_FILE:
        buffer_append_text(out, "_files");
        break;
    case COMPLETION_TENANT:
        buffer_append_text(out, "_uemsync_tenant");
        break;
    case COMPLETION_ENTITY:
        buffer_append_text(out, "(");
        completion_entities(out);
        buffer_append_text(out, ")");
        break;
    case COMPLETION_WORD:
        buffer_append_text(out, "(");
        completion_words(out, row->words);
        buffer_append_text(out, ")");
        break;
    case COMPLETION_NOTHING:
        buffer_append_text(out, " ");
        break;
    }
}

/* One that may be repeated begins with a star; another one excludes itself. */
static void zsh_option(struct buffer *out, const struct option_row *row)
{
    bool repeats = row->type == OPTION_NAMES;

    buffer_append_text(out, " \\\n        ");
    if (row->letter != '\0' && repeats) {
        buffer_printf(out, "'*'{-%c,--%s}", row->letter, row->name);
    } else if (row->letter != '\0') {
        buffer_printf(
            out, "'(-%c --%s)'{-%c,--%s}", row->letter, row->name, row->letter, row->name);
    } else {
        buffer_printf(out, "--%s", row->name);
    }
    buffer_append_text(out, row->argument != NULL && row->letter == '\0' ? "=" : "");
    buffer_append_text(out, "'[");
    zsh_text(out, row->about);
    buffer_append_text(out, "]");
    if (row->argument != NULL) {
        zsh_value(out, row);
    }
    buffer_append_char(out, '\'');
}

static void zsh_options(struct buffer *out, unsigned commands, bool common)
{
    size_t count;
    const struct option_row *rows = options_rows(&count);

    for (size_t i = 0; i < count; i++) {
        if ((rows[i].commands & commands) != 0 && (!common || rows[i].commands == COMMAND_ALL)) {
            zsh_option(out, &rows[i]);
        }
    }
}

void completion_write_zsh(struct buffer *out)
{
    size_t count;
    const struct command_row *rows = options_commands(&count);

    buffer_append_text(out,
        "#compdef uemsync\n"
        "# zsh completion for uemsync, made from the program's own table of options.\n\n"
        "_uemsync_tenants() {\n");
    buffer_append_text(out, completion_tenants);
    buffer_append_text(out,
        "}\n\n_uemsync_tenant() {\n"
        "    local -a names\n"
        "    names=(${(f)\"$(_uemsync_tenants \"${opt_args[-c]:-${opt_args[--config]:-}}\")\"})\n"
        "    compadd -a names\n"
        "}\n\n_uemsync() {\n"
        "    local curcontext=$curcontext state line\n"
        "    local -a commands\n"
        "    typeset -A opt_args\n"
        "    commands=(\n");
    for (size_t i = 0; i < count; i++) {
        buffer_printf(out, "        '%s:", rows[i].name);
        zsh_text(out, rows[i].about);
        buffer_append_text(out, "'\n");
    }
    buffer_append_text(out, "    )\n    _arguments -C");
    zsh_options(out, COMMAND_ALL, true);
    buffer_append_text(out, " \\\n        '1:command:->command' '*::argument:->argument'\n"
                            "    case $state in\n"
                            "    command) _describe command commands ;;\n"
                            "    argument)\n"
                            "        case $line[1] in\n");
    for (size_t i = 0; i < count; i++) {
        buffer_printf(out, "        %s) _arguments", rows[i].name);
        zsh_options(out, rows[i].command, false);
        if (rows[i].operand != NULL) {
            buffer_printf(out, " \\\n        '1:%s:(", rows[i].operand);
            completion_entities(out);
            buffer_append_text(out, ")'");
        }
        buffer_append_text(out, " ;;\n");
    }
    buffer_append_text(out, "        help) _describe command commands ;;\n"
                            "        esac\n        ;;\n    esac\n}\n\n_uemsync \"$@\"\n");
}
