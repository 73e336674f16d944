/* The views for reports, and the tables that PostgreSQL keeps up for them. Their statements are in
 * sql/postgres/views/ and sql/postgres/kept/. Part of catalogue. */
#ifndef UEMSYNC_SYNC_CATALOGUE_REPORTS_H
#define UEMSYNC_SYNC_CATALOGUE_REPORTS_H

#include "sync/catalogue.h"

/* Adds them to the catalogue's views and kept tables, once its relations are there. A view that
 * reads a column which no mapping file has, as a user's took it out, is left out; a table is
 * starved. */
void catalogue_reports_make(struct catalogue *catalogue);

#endif
