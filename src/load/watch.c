#include "load/watch.h"

#include <stddef.h>

void load_watch_at(const struct load_watch *watch, const char *relation)
{
    if (watch != NULL && watch->at != NULL) {
        watch->at(watch->context, relation);
    }
}

void load_watch_tick(const struct load_watch *watch)
{
    if (watch != NULL && watch->tick != NULL) {
        watch->tick(watch->context);
    }
}
