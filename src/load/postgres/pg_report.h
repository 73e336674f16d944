/* Reading what the report views tell; see load_open_report. */
#ifndef UEMSYNC_LOAD_POSTGRES_PG_REPORT_H
#define UEMSYNC_LOAD_POSTGRES_PG_REPORT_H

#include "load/load.h"

/* Connects, begins the one transaction and looks whether every view is there. */
bool pg_report_open(const struct load_settings *settings, struct load **load, struct error *err);

#endif
