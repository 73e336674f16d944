#include "decode/appconnect_name.h"

#include "base/ceilings.h"

enum { NAME_LEVELS = 3 };

/* The parts of a name between slashes; one more than wanted tells that there are too many. */
struct levels {
    struct str at[NAME_LEVELS + 1];
    size_t count;
    bool has_dots; /* a part is `..` */
    bool has_void; /* a part is empty or `.`, other than nothing behind the last slash */
};

static void levels_add(struct levels *levels, struct str part, bool is_last)
{
    levels->has_dots = levels->has_dots || str_is(part, "..");
    levels->has_void = levels->has_void || str_is(part, ".") || (part.size == 0 && !is_last);
    if (levels->count <= NAME_LEVELS) {
        levels->at[levels->count++] = part;
    }
}

static struct levels levels_of(struct str name)
{
    struct levels levels = {.count = 0};
    size_t start = 0;

    for (size_t i = 0; i <= name.size; i++) {
        if (i == name.size || name.data[i] == '/') {
            levels_add(&levels, (struct str){name.data + start, i - start}, i == name.size);
            start = i + 1;
        }
    }
    return levels;
}

static bool name_has(struct str name, char first, char last)
{
    bool found = false;

    for (size_t i = 0; i < name.size; i++) {
        found = found || (name.data[i] >= first && name.data[i] <= last);
    }
    return found;
}

static bool name_is_csv(struct str file)
{
    return file.size > 4 && str_is_caseless((struct str){file.data + file.size - 4, 4}, ".csv");
}

/* A drive (`C:`), or a slash at the beginning. */
static bool name_is_absolute(struct str name)
{
    return str_starts(name, "/") ||
           (name.size > 1 && name.data[1] == ':' && str_lower(name.data[0]) >= 'a' &&
               str_lower(name.data[0]) <= 'z');
}

/* Blanks: what was a NUL has become one, and no id has any. */
static const char *name_strange(const char *text, const struct levels *levels)
{
    struct str name = str_of(text);
    const char *reason = NULL;

    if (name.size > CEILING_ARCHIVE_NAME) {
        reason = "its name is too long";
    } else if (!str_is_utf8(text)) {
        reason = "its name is no UTF-8";
    } else if (name_has(name, 1, 0x1F) || name_has(name, 0x7F, 0x7F)) {
        reason = "its name holds a control character";
    } else if (levels->count != NAME_LEVELS || levels->has_void) {
        reason = "it does not lie in the folder of a device";
    } else if (name_has(levels->at[0], ' ', ' ') || name_has(levels->at[1], ' ', ' ')) {
        reason = "its folders' names hold a blank";
    } else if (!name_is_csv(levels->at[2]) && !str_is_caseless(levels->at[2], "version.txt")) {
        reason = "it is neither a CSV file nor version.txt";
    }
    return reason;
}

struct appconnect_name appconnect_name_read(const char *text)
{
    struct str whole = str_of(text);
    struct levels levels = levels_of(whole);
    struct appconnect_name name = {.file = APPCONNECT_STRANGE};

    if (name_is_absolute(whole)) {
        name = (struct appconnect_name){APPCONNECT_ATTACK, "its path is absolute", {0}, {0}};
    } else if (levels.has_dots || name_has(whole, '\\', '\\')) {
        name = (struct appconnect_name){
            APPCONNECT_ATTACK, "its path holds \"..\" or a backslash", {0}, {0}};
    } else if (whole.size > 0 && whole.data[whole.size - 1] == '/') {
        name.file = APPCONNECT_FOLDER;
    } else {
        name.reason = name_strange(text, &levels);
    }
    if (name.file == APPCONNECT_STRANGE && name.reason == NULL) {
        name.file = name_is_csv(levels.at[2]) ? APPCONNECT_SESSIONS : APPCONNECT_VERSION;
        name.app_id = levels.at[0];
        name.device_id = levels.at[1];
    }
    return name;
}
