/* PostgreSQL as a destination; see load/load.h, whose functions these are. */
#ifndef UEMSYNC_LOAD_POSTGRES_POSTGRES_H
#define UEMSYNC_LOAD_POSTGRES_POSTGRES_H

#include "load/load.h"

bool postgres_open(const struct load_settings *settings, const struct load_schema *schema,
    const struct load_run *run, const struct log *log, struct load **load, struct error *err);
bool postgres_open_reader(const struct load_settings *settings, const struct load_schema *schema,
    const struct load_run *run, const struct log *log, struct load **load, struct error *err);
bool postgres_check(const struct load_settings *settings, const struct load_schema *schema,
    char *text, size_t size, struct error *err);
bool postgres_migrate(const struct load_settings *settings, const struct load_schema *schema,
    char *text, size_t size, struct error *err);
bool postgres_erase(const struct load_settings *settings, const struct load_schema *schema,
    const char *tenant, const char *device, char *text, size_t size, struct error *err);

#endif
