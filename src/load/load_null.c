/* The destination of --dry-run: takes everything and keeps nothing. */
#include <stdlib.h>

#include "load/load.h"

static bool null_published_keys(struct load *load, const struct relation *relation,
    load_key_fn *each, void *context, struct error *err)
{
    (void)load;
    (void)relation;
    (void)each;
    (void)context;
    (void)err;
    return true;
}

static bool null_stage(struct load *load, const struct row *row, struct error *err)
{
    (void)load;
    (void)row;
    (void)err;
    return true;
}

static bool null_remove(
    struct load *load, const struct relation *relation, const struct str *key, struct error *err)
{
    (void)load;
    (void)relation;
    (void)key;
    (void)err;
    return true;
}

static bool null_mark(struct load *load, const struct relation *relation, struct error *err)
{
    (void)load;
    (void)relation;
    (void)err;
    return true;
}

static bool null_forget(struct load *load, const struct relation *relation, struct error *err)
{
    (void)load;
    (void)relation;
    (void)err;
    return true;
}

static bool null_publish(
    struct load *load, struct load_counts *counts, size_t count, bool *changed, struct error *err)
{
    (void)load;
    (void)counts;
    (void)count;
    (void)err;
    *changed = false;
    return true;
}

static void null_close(struct load *load)
{
    free(load);
}

static const struct load_ops null_ops = {
    .published_keys = null_published_keys,
    .stage = null_stage,
    .remove = null_remove,
    .mark = null_mark,
    .forget = null_forget,
    .publish = null_publish,
    .close = null_close,
};

bool load_open_null(struct load **load, struct error *err)
{
    struct load *made = malloc(sizeof *made);

    if (made != NULL) {
        made->ops = &null_ops;
    } else {
        (void)error_memory(err);
    }
    *load = made;
    return made != NULL;
}
