/* The views of PostgreSQL: what each is made of, and what its columns are. Their statements are in
 * sql/postgres/views/. Part of catalogue. */
#ifndef UEMSYNC_SYNC_CATALOGUE_VIEWS_H
#define UEMSYNC_SYNC_CATALOGUE_VIEWS_H

#include <stdbool.h>

#include "sync/catalogue.h"

/* Fills catalogue->views and those of its schema, once its relations are there. One whose relation
 * has no mapping is left out. */
bool catalogue_views_make(struct catalogue *catalogue, struct error *err);

/* The relation of which the view shows a part; NULL for a report view, and for what is none. */
const char *catalogue_views_of(const char *view);

/* May be called again. */
void catalogue_views_release(struct catalogue *catalogue);

#endif
