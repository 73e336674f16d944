/* The destination of --dry-run: takes everything and keeps nothing. */
#include <stdlib.h>

#include "load/load.h"

static void null_close(struct load *load)
{
    free(load);
}

static const struct load_ops null_ops = {.close = null_close};

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
