/* AppConnect analytics (v1 guide, "Get Analytics for AppConnect Apps"): a ZIP archive of
 * APPID/DEVICEID/FILE.csv, a row of it for each session of the app, and
 * APPID/DEVICEID/version.txt. A ZIP's directory stands at its end, so the answer is kept in a
 * temporary file (see download.h) and read once it is whole.
 *
 * Several folders of a name, and several CSV files in one, are all read; the version counts for the
 * files of its folder wherever in the archive it stands. */
#ifndef UEMSYNC_DECODE_APPCONNECT_H
#define UEMSYNC_DECODE_APPCONNECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "decode/record.h"

struct appconnect;

/* An error of either ends the reading and is handed up. */
struct appconnect_handler {
    /* One session, valid during the call: an object with `appId` and `deviceId` (the folders'
     * names), `startedAt`, `seconds`, `zoneMinutes`, `bytes` (numbers; but for the first absent
     * where the row has none), and `appVersion` (the text of version.txt; absent without one).
     * `text` is the record as JSON, with numbers marked as json_split marks them. */
    bool (*record)(void *context, const cJSON *record, struct str text, struct error *err);
    /* A row, or a file of the archive, that cannot be used, and costs itself alone. `reason` names
     * it. `size` is its length in bytes; that of a file is what the archive says. */
    bool (*unreadable)(void *context, const char *reason, uint64_t size, struct error *err);
    void *context;
};

/* `handler` is borrowed. */
bool appconnect_new(
    struct appconnect **appconnect, const struct appconnect_handler *handler, struct error *err);
void appconnect_free(struct appconnect *appconnect);

/* Makes it ready for an answer from its first byte, forgetting the one before. */
bool appconnect_reset(struct appconnect *appconnect, struct error *err);

/* Takes further bytes. ERROR_DESTINATION names the folder of the temporary file where that cannot
 * be written; ERROR_SERVER for an answer beyond CEILING_ARCHIVE. */
bool appconnect_feed(
    struct appconnect *appconnect, const char *bytes, size_t size, struct error *err);

/* The answer ended here, and is read. ERROR_SERVER when it is no ZIP archive (an HTML page and JSON
 * are named as such), is cut short, breaks a ceiling, unpacks to far more than it is, or has paths
 * that lead out of it; some of its records may have been handed on before. */
bool appconnect_end(struct appconnect *appconnect, struct error *err);

#endif
