/* A destination in memory: what is staged can be looked at, and is what a later run over it finds
 * published. */
#ifndef UEMSYNC_TESTS_UNIT_SYNC_FAKE_LOAD_H
#define UEMSYNC_TESTS_UNIT_SYNC_FAKE_LOAD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/ceilings.h"
#include "base/timestamp.h"
#include "load/load.h"

enum { FAKE_MOST_COLUMNS = 64 };

struct fake_row {
    const struct relation *relation;
    char *texts[FAKE_MOST_COLUMNS]; /* in the form of CSV before any quoting; NULL for NULL */
    bool is_left;                   /* staged by an earlier run, and not published */
};

struct fake_list {
    const struct relation *relation;
    char *owner;
    char *forms; /* of its items, each behind the one before and a blank */
    int times;   /* it was staged */
};

struct fake_load {
    struct load load; /* the first, as of every destination */
    struct fake_row *rows;
    size_t row_count;
    struct fake_list *lists;
    size_t list_count;
    int replaced;       /* relations that were replaced whole */
    struct buffer form; /* of the latest item */
    int items;          /* taken so far */
    bool is_full;       /* it takes nothing more */
    bool is_earlier;    /* what is staged now was left by an earlier run */
    int saves;
    char replaced_owners[256]; /* each with a blank behind */
};

static inline char *fake_copy(struct str text)
{
    char *copy = malloc(text.size + 1);

    assert_non_null(copy);
    memcpy(copy, text.data, text.size);
    copy[text.size] = '\0';
    return copy;
}

static inline char *fake_show(enum column_type type, const struct cell *cell)
{
    char text[TIMESTAMP_TEXT_SIZE] = "?";
    struct str shown = {text, 1};

    if (type == COLUMN_TEXT || type == COLUMN_JSONB) {
        shown = cell->text;
    } else if (type == COLUMN_BOOLEAN) {
        shown = str_of(cell->boolean ? "true" : "false");
    } else if (type == COLUMN_BIGINT) {
        shown.size = (size_t)snprintf(text, sizeof text, "%lld", (long long)cell->number);
    } else if (type == COLUMN_DOUBLE) {
        shown.size = (size_t)snprintf(text, sizeof text, "%.6g", cell->real);
    } else if (type == COLUMN_TIMESTAMPTZ) {
        shown.size = timestamp_format(cell->ms, text);
    }
    return fake_copy(shown);
}

static inline bool fake_is_same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* The row of the same key; NULL: none, as in a ledger. */
static inline struct fake_row *fake_find_same(
    const struct fake_load *fake, const struct fake_row *row)
{
    struct fake_row *found = NULL;

    for (size_t i = 0; row->relation->kind == RELATION_KEYED && i < fake->row_count; i++) {
        bool same =
            fake->rows[i].relation == row->relation && fake->rows[i].is_left == row->is_left;

        for (size_t j = 1; same && j < row->relation->key_count; j++) {
            same = fake_is_same(fake->rows[i].texts[j], row->texts[j]);
        }
        found = same ? &fake->rows[i] : found;
    }
    return found;
}

static inline void fake_free_row(struct fake_row *row)
{
    for (size_t i = 0; i < FAKE_MOST_COLUMNS; i++) {
        free(row->texts[i]);
    }
}

static inline bool fake_stage(struct load *load, const struct row *row, struct error *err)
{
    struct fake_load *fake = (struct fake_load *)load;
    struct fake_row made = {.relation = row->relation, .is_left = fake->is_earlier};
    struct fake_row *same;
    bool ok = !fake->is_full || error_set(err, ERROR_DESTINATION, "the destination is full");

    assert_true(row->relation->column_count <= FAKE_MOST_COLUMNS);
    for (size_t i = 0; i < row->relation->column_count; i++) {
        if (row->cells[i].is_set) {
            made.texts[i] = fake_show(row->relation->columns[i].type, &row->cells[i]);
        }
    }
    same = ok ? fake_find_same(fake, &made) : NULL;
    if (same != NULL) {
        fake_free_row(same);
        *same = made;
    } else if (!ok) {
        fake_free_row(&made);
    } else {
        fake->rows = realloc(fake->rows, (fake->row_count + 1) * sizeof *fake->rows);
        assert_non_null(fake->rows);
        fake->rows[fake->row_count++] = made;
    }
    return ok;
}

/* The form: all texts but the tenant's and the owner's, between bars. */
static inline bool fake_item(
    struct load *load, const struct row *row, struct load_item *item, struct error *err)
{
    struct fake_load *fake = (struct fake_load *)load;

    (void)err;
    fake->items++;
    buffer_clear(&fake->form);
    for (size_t i = 1; i < row->relation->column_count; i++) {
        if (i != row->relation->owner && row->cells[i].is_set) {
            char *text = fake_show(row->relation->columns[i].type, &row->cells[i]);

            buffer_append_text(&fake->form, fake->form.size > 0 ? "|" : "");
            buffer_append_text(&fake->form, text);
            free(text);
        }
    }
    item->form = buffer_view(&fake->form);
    return true;
}

static inline struct fake_list *fake_find_list(
    const struct fake_load *fake, const char *relation, const char *owner)
{
    struct fake_list *found = NULL;

    for (size_t i = 0; i < fake->list_count; i++) {
        if (strcmp(fake->lists[i].relation->name, relation) == 0 &&
            strcmp(fake->lists[i].owner, owner) == 0) {
            found = &fake->lists[i];
        }
    }
    return found;
}

static inline bool fake_list(struct load *load, const struct relation *relation, struct str owner,
    const struct load_item *items, size_t count, struct error *err)
{
    struct fake_load *fake = (struct fake_load *)load;
    char *name = fake_copy(owner);
    struct fake_list *list = fake_find_list(fake, relation->name, name);
    struct buffer forms;

    (void)err;
    buffer_init(&forms, CEILING_LIST_BYTES);
    for (size_t i = 0; i < count; i++) {
        assert_true(i == 0 || memcmp(items[i - 1].digest, items[i].digest, ROW_DIGEST_SIZE) < 0);
        buffer_append_text(&forms, i > 0 ? " " : "");
        buffer_append_str(&forms, items[i].form);
    }
    if (list == NULL) {
        fake->lists = realloc(fake->lists, (fake->list_count + 1) * sizeof *fake->lists);
        assert_non_null(fake->lists);
        list = &fake->lists[fake->list_count++];
        *list = (struct fake_list){relation, name, NULL, 0};
    } else {
        free(name);
    }
    free(list->forms);
    list->forms = fake_copy((struct str){buffer_text(&forms), forms.size});
    list->times++;
    buffer_release(&forms);
    return true;
}

static inline bool fake_replace(
    struct load *load, const struct relation *relation, const struct str *owner, struct error *err)
{
    struct fake_load *fake = (struct fake_load *)load;
    size_t size = strlen(fake->replaced_owners);

    (void)relation;
    (void)err;
    fake->replaced += owner == NULL ? 1 : 0;
    if (owner != NULL) {
        (void)snprintf(fake->replaced_owners + size, sizeof fake->replaced_owners - size, "%.*s ",
            (int)owner->size, owner->data);
    }
    return true;
}

static inline bool fake_save(struct load *load, struct error *err)
{
    (void)err;
    ((struct fake_load *)load)->saves++;
    return true;
}

static inline bool fake_read(const struct fake_load *fake, bool is_left,
    const struct relation *relation, const size_t *columns, size_t count, load_row_fn *each,
    void *context, struct error *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < fake->row_count; i++) {
        struct str texts[FAKE_MOST_COLUMNS];

        for (size_t j = 0; j < count; j++) {
            const char *text = fake->rows[i].texts[columns[j]];

            texts[j] = text != NULL ? str_of(text) : (struct str){NULL, 0};
        }
        ok = fake->rows[i].relation != relation || fake->rows[i].is_left != is_left ||
             each(context, texts, err);
    }
    return ok;
}

static inline bool fake_published(struct load *load, const struct relation *relation,
    const size_t *columns, size_t count, load_row_fn *each, void *context, struct error *err)
{
    return fake_read((struct fake_load *)load, false, relation, columns, count, each, context, err);
}

/* Of device_fetch, which is the first relation that was left. */
static inline bool fake_staged(struct load *load, const size_t *columns, size_t count,
    load_row_fn *each, void *context, struct error *err)
{
    const struct fake_load *fake = (struct fake_load *)load;
    const struct relation *relation = NULL;

    for (size_t i = 0; relation == NULL && i < fake->row_count; i++) {
        relation = fake->rows[i].is_left ? fake->rows[i].relation : NULL;
    }
    return fake_read(fake, true, relation, columns, count, each, context, err);
}

static inline void fake_close(struct load *load)
{
    struct fake_load *fake = (struct fake_load *)load;

    for (size_t i = 0; i < fake->row_count; i++) {
        fake_free_row(&fake->rows[i]);
    }
    for (size_t i = 0; i < fake->list_count; i++) {
        free(fake->lists[i].owner);
        free(fake->lists[i].forms);
    }
    free(fake->rows);
    free(fake->lists);
    buffer_release(&fake->form);
    *fake = (struct fake_load){.row_count = 0};
}

static inline void fake_open(struct fake_load *fake)
{
    static const struct load_ops ops = {.published = fake_published,
        .staged = fake_staged,
        .save = fake_save,
        .stage = fake_stage,
        .item = fake_item,
        .list = fake_list,
        .replace = fake_replace,
        .close = fake_close};

    *fake = (struct fake_load){.load = {&ops}};
    buffer_init(&fake->form, CEILING_ROW);
}

/* A text of the n-th row of a relation; NULL for NULL. Fails where there is no such row. */
static inline const char *fake_text(
    const struct fake_load *fake, const char *relation, size_t n, const char *column)
{
    const char *text = NULL;
    size_t seen = 0;

    for (size_t i = 0; i < fake->row_count; i++) {
        const struct relation *of = fake->rows[i].relation;

        if (strcmp(of->name, relation) == 0 && seen++ == n) {
            text = fake->rows[i].texts[relation_find_column(of, column)];
        }
    }
    assert_true(seen > n);
    return text;
}

static inline size_t fake_count(const struct fake_load *fake, const char *relation)
{
    size_t count = 0;

    for (size_t i = 0; i < fake->row_count; i++) {
        count += strcmp(fake->rows[i].relation->name, relation) == 0 ? 1 : 0;
    }
    return count;
}

#endif
