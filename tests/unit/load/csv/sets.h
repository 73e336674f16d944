/* Sets of rows whose owner is in each place, a relation with keys, and a log. */
#ifndef UEMSYNC_TESTS_UNIT_LOAD_CSV_SETS_H
#define UEMSYNC_TESTS_UNIT_LOAD_CSV_SETS_H

#include "unit/load/csv/loads.h"

static const struct column software_columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"device_id", "", COLUMN_TEXT},
    {"identifier", "", COLUMN_TEXT},
    {"version", "", COLUMN_TEXT},
    {"managed", "", COLUMN_BOOLEAN},
};
static const struct relation software_relation = {
    "software", "", software_columns, 5, 2, RELATION_SET, 1};

static const struct column member_columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"group_id", "", COLUMN_TEXT},
    {"device_id", "", COLUMN_TEXT},
};
static const struct relation member_relation = {
    "device_group_member", "", member_columns, 3, 3, RELATION_SET, 2};

static const struct column catalog_columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"identifier", "", COLUMN_TEXT},
    {"version", "", COLUMN_TEXT},
};
static const struct relation catalog_relation = {
    "app_catalog", "", catalog_columns, 3, 1, RELATION_SET, 0};

static const struct column reject_columns[] = {
    {"run_id", "", COLUMN_TEXT},
    {"ordinal", "", COLUMN_BIGINT},
    {"tenant", "", COLUMN_TEXT},
    {"reason", "", COLUMN_TEXT},
};
static const struct relation reject_relation = {
    "rejected_record", "", reject_columns, 4, 2, RELATION_LOG, 0};

enum { ALL_DEVICE, ALL_APP, ALL_SOFTWARE, ALL_REJECT, ALL_MEMBER, ALL_CATALOG, ALL_COUNT };
static const struct relation *const all_relations[ALL_COUNT] = {&device_relation, &app_relation,
    &software_relation, &reject_relation, &member_relation, &catalog_relation};

static inline int set_up_all(void **state)
{
    int result = set_up(state);
    struct place *place = *state;

    place->schema = (struct load_schema){.relations = all_relations, .count = ALL_COUNT};
    return result;
}

/* What a publish did to each of them. */
struct outcome {
    struct load_counts counts[ALL_COUNT];
    bool changed;
};

static inline bool try_publish_all(struct place *place, struct load *load, struct outcome *outcome)
{
    for (size_t i = 0; i < ALL_COUNT; i++) {
        outcome->counts[i] = (struct load_counts){.relation = all_relations[i]};
    }
    return load->ops->publish(
        load, outcome->counts, ALL_COUNT, NULL, &outcome->changed, &place->err);
}

/* Publishes and closes. */
static inline struct outcome publish_all(struct place *place, struct load *load)
{
    struct outcome outcome = {0};

    if (!try_publish_all(place, load, &outcome)) {
        fail_msg("%s", place->err.text);
    }
    close_run(load);
    return outcome;
}

/* Cuts the next word off `rest`, at `end`. */
static inline char *next_word(char **rest, char end)
{
    char *word = *rest;
    char *stop = strchr(word, end);

    if (stop != NULL) {
        *stop = '\0';
    }
    *rest = stop != NULL ? stop + 1 : word + strlen(word);
    return word;
}

/* "-" is NULL, and in a boolean so is "". The word lives on in the cell. */
static inline struct cell word_cell(const char *word, enum column_type type)
{
    struct cell cell = text_cell(strcmp(word, "-") != 0 ? word : NULL);

    if (type == COLUMN_BOOLEAN) {
        cell = (struct cell){.is_set = word[0] == 't', .boolean = true};
    }
    return cell;
}

/* Items from "a|1 b|2": rows of the columns that are neither the tenant nor the owner, of which
 * only the last can be a boolean. Forms are copied, as they live no longer than a call. Digests are
 * in the order of the words. */
struct items {
    struct load_item items[64];
    size_t count;
    char *text;
};

static inline bool take_items(struct place *place, struct load *load,
    const struct relation *relation, const char *text, struct items *items)
{
    char *rest = strdup(text);
    bool ok = true;

    *items = (struct items){.text = rest};
    assert_non_null(rest);
    while (ok && *rest != '\0') {
        struct cell cells[8] = {text_cell("acme")};
        struct load_item *item = &items->items[items->count];
        char *row = next_word(&rest, ' ');

        for (size_t i = 1; i < relation->column_count; i++) {
            if (i != relation->owner) {
                cells[i] = word_cell(next_word(&row, '|'), relation->columns[i].type);
            }
        }
        ok = load->ops->item(load, &(struct row){relation, cells}, item, &place->err);
        if (ok) {
            char *form = malloc(item->form.size + 1);

            assert_non_null(form);
            if (item->form.size > 0) {
                memcpy(form, item->form.data, item->form.size);
            }
            item->form.data = form;
            item->digest[0] = (uint8_t)++items->count;
        }
    }
    return ok;
}

static inline void drop_items(struct items *items)
{
    for (size_t i = 0; i < items->count; i++) {
        char *form = NULL;

        memcpy(&form, &items->items[i].form.data, sizeof form);
        free(form);
    }
    free(items->text);
}

static inline struct str owner_of(const char *owner)
{
    return owner != NULL ? str_of(owner) : (struct str){NULL, 0};
}

static inline bool try_list(struct place *place, struct load *load, const struct relation *relation,
    const char *owner, const char *text)
{
    struct items items;
    bool ok =
        take_items(place, load, relation, text, &items) &&
        load->ops->list(load, relation, owner_of(owner), items.items, items.count, &place->err);

    drop_items(&items);
    return ok;
}

static inline void list(struct place *place, struct load *load, const struct relation *relation,
    const char *owner, const char *text)
{
    if (!try_list(place, load, relation, owner, text)) {
        fail_msg("%s", place->err.text);
    }
}

/* `owner` NULL: the whole relation. */
static inline void replace(
    struct place *place, struct load *load, const struct relation *relation, const char *owner)
{
    struct str name = owner_of(owner);

    assert_true(load->ops->replace(load, relation, owner != NULL ? &name : NULL, &place->err));
}

static inline bool try_log(
    struct place *place, struct load *load, int64_t ordinal, const char *tenant, const char *reason)
{
    struct cell cells[4] = {
        text_cell("r"), {.is_set = true, .number = ordinal}, text_cell(tenant), text_cell(reason)};

    return load->ops->stage(load, &(struct row){&reject_relation, cells}, &place->err);
}

#define SOFTWARE_HEADER "tenant,device_id,identifier,version,managed\n"
#define MEMBER_HEADER "tenant,group_id,device_id\n"
#define CATALOG_HEADER "tenant,identifier,version\n"
#define REJECT_HEADER "run_id,ordinal,tenant,reason\n"

static inline void assert_software(struct place *place, const char *rows)
{
    char *wanted = NULL;

    assert_true(asprintf(&wanted, SOFTWARE_HEADER "%s", rows) > 0);
    assert_file(in(place->path, "acme/software.csv"), wanted);
    free(wanted);
}

#endif
