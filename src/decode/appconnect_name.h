/* Names in an archive of AppConnect analytics (v1 guide, "Get Analytics for AppConnect Apps"):
 * APPID/DEVICEID/FILE.csv and APPID/DEVICEID/version.txt. Pure. */
#ifndef UEMSYNC_DECODE_APPCONNECT_NAME_H
#define UEMSYNC_DECODE_APPCONNECT_NAME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

enum appconnect_file {
    APPCONNECT_SESSIONS, /* a CSV file */
    APPCONNECT_VERSION,
    APPCONNECT_FOLDER,  /* an entry of its own for a folder: holds nothing */
    APPCONNECT_STRANGE, /* costs itself alone */
    APPCONNECT_ATTACK,  /* a path that leads out of where it is unpacked: no server makes these */
};

struct appconnect_name {
    enum appconnect_file file;
    const char *reason;   /* why it is strange or an attack; else NULL */
    struct str app_id;    /* the first two levels; of a name that is neither */
    struct str device_id; /* strange nor an attack, nor a folder */
};

/* `name` is borrowed, and parts of it are returned. */
struct appconnect_name appconnect_name_read(const char *name);

#endif
