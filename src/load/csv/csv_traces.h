/* What a device is known by, to be looked for in texts: its device_id, and what its published rows,
 * and those of its history, have in certain columns. A device that left has a history alone. */
#ifndef UEMSYNC_LOAD_CSV_CSV_TRACES_H
#define UEMSYNC_LOAD_CSV_CSV_TRACES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "load/csv/csv_store.h"
#include "load/load.h"

struct csv_traces {
    struct str device;   /* borrowed */
    struct arena arena;  /* of the words' bytes */
    struct buffer words; /* each a struct str */
};

void csv_traces_init(struct csv_traces *traces);
void csv_traces_release(struct csv_traces *traces);

/* To be called once. `safe`: see csv_read. */
bool csv_traces_find(struct csv_traces *traces, const struct csv_store *store, bool safe,
    const struct load_schema *schema, struct str device, struct error *err);

/* All that were found, in lower case and each once, the device_id first, with a NUL behind each;
 * valid until the release. */
const struct str *csv_traces_list(const struct csv_traces *traces, size_t *count);

#endif
