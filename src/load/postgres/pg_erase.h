/* Forgetting a tenant, or one of its devices: see load_erase. */
#ifndef UEMSYNC_LOAD_POSTGRES_PG_ERASE_H
#define UEMSYNC_LOAD_POSTGRES_PG_ERASE_H

#include <stdbool.h>
#include <stdint.h>

#include "load/load.h"
#include "load/postgres/pg_catalogue.h"
#include "load/postgres/pg_stage.h"

/* Where it is done. All borrowed. */
struct pg_erase {
    struct pg_staging *staging; /* of the tenant */
    /* Which relations say by what a device is known, and which runs there were. */
    const struct load_schema *schema;
    const struct pg_catalogue *catalogue; /* of every table that is gone through */
    int64_t rows;                         /* how many went: rows of relations, as readers count */
};

/* In a transaction of its own. The caller has the tenant's lock. */
bool pg_erase_tenant(struct pg_erase *erase, struct error *err);

/* As pg_erase_tenant, of one device; all that the tenant has staged goes too, uncounted. */
bool pg_erase_device(struct pg_erase *erase, const char *device, struct error *err);

#endif
