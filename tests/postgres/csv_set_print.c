/* Publishes a set of rows whose values are hard on CSV: csv_set_print FOLDER */
#include <stdio.h>

#include "load/load.h"

static const struct column columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"device_id", "", COLUMN_TEXT},
    {"name", "", COLUMN_TEXT},
    {"managed", "", COLUMN_BOOLEAN},
    {"size", "", COLUMN_BIGINT},
    {"extra", "", COLUMN_JSONB},
};
static const struct relation relation = {"device_app", "", columns, 6, 2, RELATION_SET, 1};
static const struct relation *const relations[] = {&relation};
static const struct load_schema schema = {.relations = relations, .count = 1};

static const char *const owners[] = {"d2", "", "d\"1", "D,3"};
static const char *const names[] = {NULL, "", "plain", "a,b", "\"", "line\nend", "\r", "\\N",
    "NULL", "=1+1", "\xc3\xa4\xf0\x9f\x98\x80", "'", "\x01", "\x7f", "a\tb", "\\"};
static const char *const extras[] = {
    NULL, "{}", "{\"a\": \"x, \\\"y\\\"\", \"b\": null}", "\"\\n\""};

static struct cell text_cell(const char *text)
{
    return text != NULL ? (struct cell){.is_set = true, .text = str_of(text)} : (struct cell){0};
}

/* One row an owner and name, in no order. */
static bool list_all(struct load *load, struct str owner, struct error *err)
{
    static char forms[sizeof names / sizeof *names][256];
    struct load_item items[sizeof names / sizeof *names] = {0};
    size_t count = sizeof names / sizeof *names;
    bool ok = true;

    for (size_t i = 0; ok && i < count; i++) {
        const char *extra = extras[i % 4];
        struct cell cells[] = {text_cell("acme"), {0}, text_cell(names[i * 7 % count]),
            {.is_set = i % 3 > 0, .boolean = i % 3 > 1},
            {.is_set = i % 5 > 0, .number = (int64_t)i * 1234567890123 - 5},
            {.is_set = extra != NULL, .json = str_of(extra != NULL ? extra : "")}};
        const struct row row = {&relation, cells};

        ok = load_item(load, &row, &items[i], err) && items[i].form.size <= sizeof forms[i];
        if (ok) {
            memcpy(forms[i], items[i].form.data, items[i].form.size);
            items[i].form.data = forms[i];
            items[i].digest[0] = (uint8_t)i;
        }
    }
    return ok && load_list(load, &relation, owner, items, count, err);
}

int main(int argc, char **argv)
{
    const struct load_settings settings = {
        .type = LOAD_CSV, .directory = argc > 1 ? argv[1] : ".", .keep_snapshots = 1};
    const struct load_run run = {.run_id = "r1", .tenant = "acme", .version = "test"};
    const struct log log = {.out = stderr};
    struct load_counts counts = {.relation = &relation};
    struct load *load = NULL;
    struct error err = {0};
    bool changed = false;
    bool ok = load_open(&settings, &schema, &run, &log, &load, &err);

    for (size_t i = 0; ok && i < sizeof owners / sizeof *owners; i++) {
        ok = list_all(load, str_of(owners[i]), &err);
    }
    ok = ok && load_publish(load, &counts, 1, NULL, &changed, &err);
    load_close(load);
    if (!ok) {
        (void)fprintf(stderr, "csv_set_print: %s\n", err.text);
    }
    return ok ? 0 : 1;
}
