/* The charts of days: which share of the devices complied, as a line, and the devices by
 * compliance, as stairs. Days without a run are marked. */
#ifndef UEMSYNC_PAGE_CHART_DAYS_H
#define UEMSYNC_PAGE_CHART_DAYS_H

#include <stddef.h>

#include "base/buffer.h"
#include "sync/figures.h"

/* There is one day at least. The axis of the share may begin above 0, which is said below it. */
void chart_share_of_days(struct buffer *out, const struct figures_day *days, size_t count);
void chart_devices_of_days(struct buffer *out, const struct figures_day *days, size_t count);

#endif
