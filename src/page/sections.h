/* The parts of a tenant's chapter: a card each, with its heading, its chart and its numbers. One of
 * which nothing is known says so. */
#ifndef UEMSYNC_PAGE_SECTIONS_H
#define UEMSYNC_PAGE_SECTIONS_H

#include "base/buffer.h"
#include "sync/figures.h"

/* In section_days.c. */
void section_days(struct buffer *out, const struct figures *figures);

/* In sections.c. */
/* `nothing` is said where there are no parts. */
void section_compliance(struct buffer *out, const char *heading, const char *column,
    const struct figures_parts *parts, const char *nothing);
void section_reasons(
    struct buffer *out, const struct figures *figures, const struct figures_counts *counts);
void section_freshness(struct buffer *out, const struct figures_summary *summary, int64_t now);

/* In section_devices.c. */
void section_seen(struct buffer *out, const struct figures *figures);
void section_os(struct buffer *out, const struct figures *figures);

/* In section_inventory.c. */
void section_certificates(struct buffer *out, const struct figures *figures);
void section_apps(struct buffer *out, const struct figures *figures);

#endif
