#include "mapping/rules_parts.h"

enum { RULE_PLATFORM_SIZE = 32 };

enum rule_result rule_hexadecimal(const struct mapping_column *column, const cJSON *value,
    const struct rule_call *call, struct cell *cell)
{
    struct str text = str_trim(record_text(value));
    char *digits = arena_alloc(call->arena, text.size + 1);
    size_t count = 0;
    enum rule_result result = rule_is_scalar_text(value) ? RULE_TOOK : RULE_MISFIT;

    (void)column;
    for (size_t i = 0; digits != NULL && result == RULE_TOOK && i < text.size; i++) {
        char c = text.data[i];

        if (str_hex_digit(c) >= 0) {
            digits[count++] = str_lower(c);
        } else if (c != ' ' && c != ':') {
            result = RULE_MISFIT;
        }
    }
    if (digits == NULL) {
        result = RULE_NO_MEMORY;
    } else if (result == RULE_TOOK && count > 0) {
        result = rule_set_text(cell, (struct str){digits, count});
    } else if (text.size > 0) {
        result = RULE_MISFIT;
    }
    return result;
}

/* A platform's spellings, in lower case and without what stands between their letters. The letters
 * alone are codes of v1 ("Register a Device"). */
struct rule_spelling {
    const char *letters;
    const char *platform;
};

static const struct rule_spelling spellings[] = {
    {"a", "ANDROID"},
    {"android", "ANDROID"},
    {"androidenterprise", "ANDROID"},
    {"androidforwork", "ANDROID"},
    {"i", "IOS"},
    {"ios", "IOS"},
    {"ipados", "IOS"},
    {"ipad", "IOS"},
    {"iphone", "IOS"},
    {"iphoneos", "IOS"},
    {"ipod", "IOS"},
    {"ipodtouch", "IOS"},
    {"l", "OSX"},
    {"macosx", "OSX"},
    {"macos", "OSX"},
    {"osx", "OSX"},
    {"mac", "OSX"},
    {"macintosh", "OSX"},
    {"e", "WINDOWS"},
    {"m", "WINDOWS"},
    {"windows", "WINDOWS"},
    {"windowsphone", "WINDOWS"},
    {"windowsmobile", "WINDOWS"},
    {"windowsdesktop", "WINDOWS"},
    {"windowspc", "WINDOWS"},
    {"win", "WINDOWS"},
    {"webapps", "WEBAPPS"},
    {"webapp", "WEBAPPS"},
    {"webapplication", "WEBAPPS"},
    {"webapplications", "WEBAPPS"},
    {"web", "WEBAPPS"},
    {"webclip", "WEBAPPS"},
    {"webclips", "WEBAPPS"},
};

/* The letters up to what looks like a version, in lower case, into `letters`; *rest is where that
 * begins. Blanks, hyphens and underscores between them do not count. */
static struct str rule_platform_letters(
    struct str text, char letters[RULE_PLATFORM_SIZE], size_t *rest)
{
    size_t count = 0;
    size_t at = 0;
    bool ends = false;

    while (!ends && at < text.size) {
        char c = str_lower(text.data[at]);
        bool is_letter = c >= 'a' && c <= 'z';

        ends = str_is_digit(c) || c == '(' || (is_letter && count == RULE_PLATFORM_SIZE) ||
               (!is_letter && c != ' ' && c != '-' && c != '_');
        if (!ends && is_letter) {
            letters[count++] = c;
        }
        at += ends ? 0 : 1;
    }
    *rest = at;
    return (struct str){letters, count};
}

/* The platform of these letters, if it is one that the column allows; NULL for none. */
static const char *rule_find_platform(const struct mapping_column *column, struct str letters)
{
    const char *platform = NULL;
    bool has_words = column->words != NULL && column->words[0] != NULL;

    for (size_t i = 0; platform == NULL && i < sizeof spellings / sizeof *spellings; i++) {
        platform = str_is(letters, spellings[i].letters) ? spellings[i].platform : NULL;
    }
    if (platform != NULL && has_words && !rule_has_word(column, str_of(platform))) {
        platform = NULL;
    }
    return platform;
}

/* `iPad mini` and `iPhone SE` are models, written where a platform belongs. */
static bool rule_is_ios_model(struct str letters)
{
    return str_starts(letters, "ipad") || str_starts(letters, "iphone") ||
           str_starts(letters, "ipod");
}

/* An unknown one leaves the cell to the next source. */
enum rule_result rule_platform(const struct mapping_column *column, const cJSON *value,
    const struct rule_call *call, struct cell *cell)
{
    struct str text = str_trim(record_text(value));
    char letters[RULE_PLATFORM_SIZE];
    size_t rest;
    struct str found = rule_platform_letters(text, letters, &rest);
    bool is_version = rest == text.size || str_is_digit(text.data[rest]) || text.data[rest] == '(';
    const char *platform = is_version ? rule_find_platform(column, found) : NULL;
    bool is_whole = platform != NULL && rest == text.size;

    (void)call;
    if (platform == NULL && rule_is_ios_model(found)) {
        platform = rule_find_platform(column, str_of("ios"));
    }
    if (platform != NULL) {
        (void)rule_set_text(cell, str_of(platform));
    }
    return is_whole ? RULE_TOOK : RULE_MISFIT;
}

static bool rule_is_alnum(char c)
{
    return str_is_digit(c) || (str_lower(c) >= 'a' && str_lower(c) <= 'z');
}

/* How many bytes of a version (digits, and dots between them) begin here; 0 for none, as where it
 * is within a word: `iPhone3,1`, `8J3`. */
static size_t rule_version_size(struct str text, size_t at)
{
    size_t end = at;
    bool starts = at == 0 || (!rule_is_alnum(text.data[at - 1]) && text.data[at - 1] != '.');

    while (starts && end < text.size &&
           (str_is_digit(text.data[end]) ||
               (end > at && text.data[end] == '.' && end + 1 < text.size &&
                   str_is_digit(text.data[end + 1])))) {
        end++;
    }
    return end < text.size && rule_is_alnum(text.data[end]) ? 0 : end - at;
}

/* The first version in the text: 4.4 of `Android 4.4`. */
enum rule_result rule_version_in(const struct mapping_column *column, const cJSON *value,
    const struct rule_call *call, struct cell *cell)
{
    struct str text = str_trim(record_text(value));
    size_t at = 0;
    size_t size = 0;

    (void)column;
    (void)call;
    while (size == 0 && at < text.size) {
        size = rule_version_size(text, at);
        at += size == 0 ? 1 : 0;
    }
    if (size > 0) {
        (void)rule_set_text(cell, (struct str){text.data + at, size});
    }
    return cell->is_set && size < text.size ? RULE_MISFIT : rule_set_or_empty(cell, value);
}
