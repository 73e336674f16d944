#include "load/postgres/pg_list.h"

#include <string.h>

bool pg_list_numbers(
    const struct load_item *items, size_t count, int32_t last, int32_t *numbers, struct error *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < count; i++) {
        ok = items[i].form.size == sizeof *numbers;
        if (ok) {
            memcpy(&numbers[i], items[i].form.data, sizeof *numbers);
            ok = numbers[i] > 0 && numbers[i] <= last;
        }
    }
    return ok || error_set(err, ERROR_MEMORY, "an item of a list was not made by this load");
}
