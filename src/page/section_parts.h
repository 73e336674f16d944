/* What the cards of a chapter are made of. Headings and words are ours, and HTML as they are; what
 * is not ours goes through page/html. */
#ifndef UEMSYNC_PAGE_SECTION_PARTS_H
#define UEMSYNC_PAGE_SECTION_PARTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "sync/figures.h"

/* A card, and its heading. */
void section_begin(struct buffer *out, const char *class, const char *heading);
void section_end(struct buffer *out);

void section_note(struct buffer *out, const char *text);

/* "and 12 more groups", where there are more than are shown. */
void section_more(
    struct buffer *out, size_t shown, int64_t total, const char *one, const char *many);

/* A table of a column of names and those of numbers, whose headings a NULL ends. */
void section_table_head(struct buffer *out, const char *name, const char *const *numbers);
void section_table_end(struct buffer *out);

void section_number_cell(struct buffer *out, int64_t number);
void section_share_cell(struct buffer *out, int64_t part, int64_t whole);

/* The four cells of compliance: devices, compliant, not compliant, unknown. */
void section_compliance_cells(struct buffer *out, const struct figures_counts *counts);

/* "5 h", "2 d": how long ago. */
void section_age(struct buffer *out, int64_t ms, int64_t now);

/* What the three colours of compliance mean. */
void section_legend(struct buffer *out);

#endif
