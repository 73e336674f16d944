#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "cli/options.h"
#include "uem/calls.h"

enum { MOST_WORDS = 2 + 2 * OPTIONS_MOST_NAMES + 8 };

/* A command line, split at blanks. */
struct line {
    char text[4096];
    char *words[MOST_WORDS];
    int count;
};

static void line_split(struct line *line, const char *text)
{
    char *rest = line->text;

    assert_true(strlen(text) < sizeof line->text);
    memcpy(line->text, text, strlen(text) + 1);
    line->count = 0;
    while (*rest != '\0') {
        assert_true(line->count < MOST_WORDS - 1);
        line->words[line->count++] = rest;
        rest += strcspn(rest, " ");
        if (*rest == ' ') {
            *rest++ = '\0';
        }
    }
    line->words[line->count] = NULL;
}

static void takes(struct line *line, struct options *options, const char *text)
{
    struct error err = {0};

    line_split(line, text);
    if (!options_parse(options, line->count, line->words, &err)) {
        fail_msg("%s: %s", text, err.text);
    }
}

static void refuses(const char *text, const char *reason)
{
    struct line line;
    struct options options;
    struct error err = {0};

    line_split(&line, text);
    assert_false(options_parse(&options, line.count, line.words, &err));
    assert_int_equal(err.kind, ERROR_USAGE);
    assert_string_equal(err.text, reason);
}

static void a_command_has_defaults(void **state)
{
    struct line line;
    struct options options;

    (void)state;
    takes(&line, &options, "uemsync sync");
    assert_int_equal(options.command, COMMAND_SYNC);
    assert_null(options.config);
    assert_int_equal(options.tenant_count, 0);
    assert_int_equal(options.entity_count, 0);
    assert_false(options.quiet || options.verbose || options.json || options.full ||
                 options.dry_run || options.allow_removal || options.help || options.version);
    assert_int_equal(options.log_format, 0);
    assert_int_equal(options.progress, 0);
    assert_int_equal(options.format, 0);
}

static void every_spelling_of_a_value_is_taken(void **state)
{
    static const char *const lines[] = {"uemsync sync -c f.yaml", "uemsync sync -cf.yaml",
        "uemsync sync --config f.yaml", "uemsync sync --config=f.yaml",
        "uemsync --config=f.yaml sync"};
    struct line line;
    struct options options;

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        takes(&line, &options, lines[i]);
        assert_int_equal(options.command, COMMAND_SYNC);
        assert_string_equal(options.config, "f.yaml");
    }
    takes(&line, &options, "uemsync sync --config=a=b");
    assert_string_equal(options.config, "a=b");
    takes(&line, &options, "uemsync export device -o a.csv");
    assert_string_equal(options.output, "a.csv");
    takes(&line, &options, "uemsync report -oreport.html");
    assert_string_equal(options.output, "report.html");
    refuses("uemsync sync -o a.csv", "this command does not take --output; see its --help");
}

static void names_add_up_and_the_last_of_others_counts(void **state)
{
    struct line line;
    struct options options;

    (void)state;
    takes(&line, &options,
        "uemsync sync -t a --tenant=b -tc -e device --entity x --config 1 --config 2");
    assert_int_equal(options.tenant_count, 3);
    assert_string_equal(options.tenants[0], "a");
    assert_string_equal(options.tenants[1], "b");
    assert_string_equal(options.tenants[2], "c");
    assert_int_equal(options.entity_count, 2);
    assert_string_equal(options.entities[0], "device");
    assert_string_equal(options.entities[1], "x");
    assert_string_equal(options.config, "2");
}

static void commas_part_names(void **state)
{
    struct line line;
    struct options options;

    (void)state;
    takes(&line, &options, "uemsync sync -t a,b -e device,device_app --entity=x,y -ez");
    assert_int_equal(options.tenant_count, 2);
    assert_string_equal(options.tenants[1], "b");
    assert_int_equal(options.entity_count, 5);
    assert_string_equal(options.entities[0], "device");
    assert_string_equal(options.entities[1], "device_app");
    assert_string_equal(options.entities[3], "y");
    assert_string_equal(options.entities[4], "z");
    takes(&line, &options, "uemsync export device --columns a,b");
    assert_string_equal(options.columns, "a,b");
    refuses("uemsync sync -e device,", "--entity: a name is empty");
    refuses("uemsync sync --tenant=", "--tenant: a name is empty");
}

static void every_flag_and_word_arrives(void **state)
{
    struct line line;
    struct options options;

    (void)state;
    takes(&line, &options,
        "uemsync sync --full --dry-run --allow-removal --json -v --log-format json "
        "--progress=never --metrics-file m.prom");
    assert_string_equal(options.metrics_file, "m.prom");
    assert_true(options.full && options.dry_run && options.allow_removal && options.json);
    assert_true(options.verbose);
    assert_int_equal(options.log_format, 1);
    assert_int_equal(options.progress, 2);
    takes(&line, &options, "uemsync check -q --progress always");
    assert_int_equal(options.command, COMMAND_CHECK);
    assert_true(options.quiet);
    assert_int_equal(options.progress, 1);
    takes(&line, &options, "uemsync schema --format=markdown");
    assert_int_equal(options.command, COMMAND_SCHEMA);
    assert_int_equal(options.format, 2);
    takes(&line, &options, "uemsync migrate");
    assert_int_equal(options.command, COMMAND_MIGRATE);
    takes(&line, &options, "uemsync status --max-age 26h --json");
    assert_int_equal(options.command, COMMAND_STATUS);
    assert_int_equal(options.max_age_ms, 26 * 3600000);
    assert_true(options.json);
}

static void help_and_version_need_no_command(void **state)
{
    struct line line;
    struct options options;

    (void)state;
    takes(&line, &options, "uemsync --help");
    assert_true(options.help);
    assert_int_equal(options.command, COMMAND_NONE);
    takes(&line, &options, "uemsync --version");
    assert_true(options.version);
    takes(&line, &options, "uemsync check --help");
    assert_int_equal(options.command, COMMAND_CHECK);
}

static void a_wrong_command_is_told(void **state)
{
    (void)state;
    refuses("uemsync", "which command? see `uemsync --help`");
    refuses("uemsync -q", "which command? see `uemsync --help`");
    refuses("uemsync shema", "no such command `shema`; did you mean `schema`?");
    refuses("uemsync frobnicate", "no such command `frobnicate`; see `uemsync --help`");
    refuses("uemsync SYNC", "no such command `SYNC`; see `uemsync --help`");
    refuses("uemsync -", "no such command `-`; see `uemsync --help`");
    refuses("uemsync sync sync", "one word too many: `sync`");
    refuses("uemsync report device", "one word too many: `device`");
    refuses(
        "uemsync report -e device", "report: --entity is not for it: a report is of all entities");
    refuses("uemsync migrate -e device",
        "migrate: --entity is not for it: the schema has one version, and is made as a whole");
    refuses("uemsync export device -e device_app",
        "export: --entity device_app: its entity is the word behind it, here `device`, and one "
        "alone");
    refuses("uemsync export -e device",
        "export: its entity is the word behind it: `uemsync export device`");
    refuses("uemsync snyc", "no such command `snyc`; did you mean `sync`?");
    refuses("uemsync --hlep", "no such option `--hlep`; did you mean `--help`?");
    refuses("uemsync stat", "no such command `stat`; did you mean `status`?");
    refuses("uemsync s", "no such command `s`; see `uemsync --help`");
    refuses("uemsync forget", "forget: which tenant? name it by --tenant");
    refuses("uemsync forget -t a -t b --device d", "forget: --device is of one --tenant");
    refuses("uemsync forget -t a -e device_app",
        "forget: --entity is not for it: a tenant goes with all that is known of it");
    refuses("uemsync forget -t a --device=", "forget: --device is empty");
    refuses("uemsync sync --device d", "this command does not take --device; see its --help");
}

static void a_wrong_option_is_told(void **state)
{
    (void)state;
    refuses("uemsync sync --fulll", "no such option `--fulll`; did you mean `--full`?");
    refuses("uemsync sync --dry", "no such option `--dry`; did you mean `--dry-run`?");
    refuses("uemsync status --maxage 1h", "no such option `--maxage`; did you mean `--max-age`?");
    /* Of what the command takes, where that is near too; else of what another one does. */
    refuses("uemsync export --statu A", "no such option `--statu`; did you mean `--status`?");
    refuses("uemsync check --formatt sql", "no such option `--formatt`; did you mean `--format`?");
    refuses("uemsync sync --nothing=1", "no such option `--nothing`; see `uemsync --help`");
    refuses("uemsync sync -x", "no such option `-x`; see `uemsync --help`");
    refuses("uemsync sync --", "no such option `--`; see `uemsync --help`");
    refuses("uemsync sync --=x", "no such option `--`; see `uemsync --help`");
    refuses("uemsync schema --full", "this command does not take --full; see its --help");
    refuses("uemsync --format sql sync", "this command does not take --format; see its --help");
    refuses("uemsync sync -q -v", "--quiet and --verbose exclude each other");
}

static void a_wrong_value_is_told(void **state)
{
    (void)state;
    refuses("uemsync sync --config", "--config wants FILE");
    refuses("uemsync sync -t", "--tenant wants NAME");
    refuses("uemsync sync --full=yes", "--full takes no value");
    refuses("uemsync sync -qx", "--quiet takes no value");
    refuses(
        "uemsync schema --format yaml", "--format yaml: it takes sql (default), json or markdown");
    refuses("uemsync status --max-age 26",
        "--max-age 26: it takes a whole number above 0 and d, h, m or s, such as 26h");
    refuses("uemsync status --max-age 0h",
        "--max-age 0h: it takes a whole number above 0 and d, h, m or s, such as 26h");
    refuses("uemsync status --max-age", "--max-age wants AGE");
    refuses("uemsync sync --max-age 26h", "this command does not take --max-age; see its --help");
    refuses("uemsync sync --log-format=", "--log-format : it takes text (default) or json");
}

static void a_long_option_name_is_cut_in_the_message(void **state)
{
    char text[300] = "uemsync sync --";
    struct line line;
    struct options options;
    struct error err = {0};

    (void)state;
    memset(text + strlen(text), 'x', 200);
    line_split(&line, text);
    assert_false(options_parse(&options, line.count, line.words, &err));
    assert_int_equal(err.kind, ERROR_USAGE);
    assert_true(strlen(err.text) < 120);
}

static void names_have_a_ceiling(void **state)
{
    char text[4096] = "uemsync sync";
    struct line line;
    struct options options;

    (void)state;
    for (int i = 0; i < OPTIONS_MOST_NAMES; i++) {
        (void)strncat(text, " -t n", sizeof text - strlen(text) - 1);
    }
    takes(&line, &options, text);
    assert_int_equal(options.tenant_count, OPTIONS_MOST_NAMES);
    (void)strncat(text, " -t n", sizeof text - strlen(text) - 1);
    refuses(text, "--tenant: more than 64");
}

/* The set of used options is a word of bits, and a letter or name stands once. */
static void the_table_of_options_is_sound(void **state)
{
    size_t count;
    const struct option_row *rows = options_rows(&count);

    (void)state;
    assert_true(count <= 32);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(rows[i].type == OPTION_FLAG, rows[i].argument == NULL);
        assert_true(rows[i].type != OPTION_WORD || rows[i].words != NULL);
        assert_true(rows[i].commands != 0);
        assert_true(rows[i].about[0] != '\0');
        for (size_t j = 0; j < i; j++) {
            assert_string_not_equal(rows[i].name, rows[j].name);
            assert_true(rows[i].letter == '\0' || rows[i].letter != rows[j].letter);
        }
    }
}

static void the_statuses_that_are_offered_are_taken(void **state)
{
    size_t count;
    const struct option_row *rows = options_rows(&count);
    size_t offered = 0;

    (void)state;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; strcmp(rows[i].name, "status") == 0 && rows[i].words[j] != NULL; j++) {
            struct str word = str_of(rows[i].words[j]);

            assert_true(uem_device_status(word) != NULL || uem_core_status(word) != NULL);
            offered++;
        }
    }
    assert_int_equal(offered, 10);
}

/* They are what people copy. */
static void every_example_is_a_command_line(void **state)
{
    size_t count;
    const struct command_row *rows = options_commands(&count);

    (void)state;
    for (size_t i = 0; i < count; i++) {
        const struct command_example *each = rows[i].examples;

        assert_non_null(each->line);
        for (; each->line != NULL; each++) {
            struct line line;
            struct options options;

            assert_true(each < rows[i].examples + OPTIONS_MOST_EXAMPLES - 1);
            takes(&line, &options, each->line);
            assert_int_equal(options.command, rows[i].command);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_command_has_defaults),
        cmocka_unit_test(every_spelling_of_a_value_is_taken),
        cmocka_unit_test(names_add_up_and_the_last_of_others_counts),
        cmocka_unit_test(commas_part_names),
        cmocka_unit_test(every_flag_and_word_arrives),
        cmocka_unit_test(help_and_version_need_no_command),
        cmocka_unit_test(a_wrong_command_is_told),
        cmocka_unit_test(a_wrong_option_is_told),
        cmocka_unit_test(a_wrong_value_is_told),
        cmocka_unit_test(a_long_option_name_is_cut_in_the_message),
        cmocka_unit_test(names_have_a_ceiling),
        cmocka_unit_test(the_table_of_options_is_sound),
        cmocka_unit_test(the_statuses_that_are_offered_are_taken),
        cmocka_unit_test(every_example_is_a_command_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
