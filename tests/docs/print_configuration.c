/* Prints the reference of docs/configuration.md, from the grammar that the program itself uses: one
 * table a mapping, in the order of the grammar, the outermost first. */
#include <inttypes.h>
#include <stdint.h>
#include <string.h>

#include "config/grammar.h"
#include "print.h"

#define SECOND_MS INT64_C(1000)

static const struct {
    int64_t ms;
    const char *letter;
} print_units[] = {
    {86400 * SECOND_MS, "d"},
    {3600 * SECOND_MS, "h"},
    {60 * SECOND_MS, "m"},
    {SECOND_MS, "s"},
};

/* In the largest unit that gives a whole number. */
static void print_duration(double ms)
{
    int64_t rest = (int64_t)ms;
    size_t unit = 0;

    while (rest % print_units[unit].ms != 0) {
        unit++;
    }
    (void)printf("`%" PRId64 "%s`", rest / print_units[unit].ms, print_units[unit].letter);
}

static void print_range(const char *before, const struct yaml_field *field, const char *behind)
{
    (void)printf("%s%.10g to %.10g%s", before, field->min, field->max, behind);
}

static void print_length(const char *what, const struct yaml_field *field)
{
    (void)fputs(what, stdout);
    if (field->max > 0) {
        print_range(", ", field, " bytes");
    } else if (field->min > 0) {
        (void)fputs(", not empty", stdout);
    }
}

static void print_words(const char *const *words)
{
    for (size_t i = 0; words[i] != NULL; i++) {
        const char *before = i == 0 ? "" : words[i + 1] != NULL ? ", " : " or ";

        (void)printf("%s`%s`", before, words[i]);
    }
}

static void print_type(const struct yaml_field *field)
{
    switch (field->type) {
    case YAML_STRING:
        print_length("text", field);
        break;
    case YAML_BOOLEAN:
        (void)fputs("`true` or `false`", stdout);
        break;
    case YAML_INTEGER:
        print_range("whole number, ", field, "");
        break;
    case YAML_NUMBER:
        print_range("number, ", field, "");
        break;
    case YAML_DURATION:
        (void)fputs("duration, ", stdout);
        print_duration(field->min);
        (void)fputs(" to ", stdout);
        print_duration(field->max);
        break;
    case YAML_PERCENT:
        (void)printf("share, `%.10g%%` to `%.10g%%`", field->min * 100, field->max * 100);
        break;
    case YAML_WORD:
        print_words(field->words);
        break;
    case YAML_STRINGS:
        print_length("text, or a list of texts", field);
        break;
    case YAML_PAIRS:
        (void)fputs("mapping of names to ", stdout);
        print_words(field->words);
        break;
    case YAML_MAPPING:
        (void)fputs("mapping, see below", stdout);
        break;
    case YAML_LIST:
        print_range("list of mappings, see below; ", field, " items");
        break;
    }
}

static void print_default(const struct yaml_field *field)
{
    if (field->required) {
        (void)fputs("required", stdout);
    } else if (field->preset != NULL && field->preset[0] != '\0') {
        (void)printf("`%s`", field->preset);
    } else {
        (void)fputs("none", stdout);
    }
}

static void print_table(const struct yaml_table *table)
{
    (void)puts("| key | type | default | meaning |\n| --- | --- | --- | --- |");
    for (size_t i = 0; i < table->count; i++) {
        const struct yaml_field *field = &table->fields[i];

        (void)printf("| `%s` | ", field->key);
        print_type(field);
        (void)fputs(" | ", stdout);
        print_default(field);
        (void)fputs(" | ", stdout);
        print_cell(field->about);
        (void)puts(" |");
    }
}

/* The grammar is two levels deep, and is asked to stay so: deeper tables would not be printed. */
static bool print_inner_tables(const struct yaml_table *table)
{
    bool ok = true;

    for (size_t i = 0; i < table->count; i++) {
        const struct yaml_field *field = &table->fields[i];

        if (field->table != NULL) {
            (void)printf(
                "\n### %s%s\n\n", field->key, field->type == YAML_LIST ? ", each item" : "");
            print_table(field->table);
        }
        for (size_t j = 0; field->table != NULL && j < field->table->count; j++) {
            ok = ok && field->table->fields[j].table == NULL;
        }
    }
    return ok;
}

int main(void)
{
    bool ok;

    (void)puts("### The file\n");
    print_table(&config_grammar);
    ok = print_inner_tables(&config_grammar);
    if (!ok) {
        (void)fputs("print_configuration: a mapping within a mapping is not printed\n", stderr);
    }
    return ok ? print_end() : EXIT_FAILURE;
}
