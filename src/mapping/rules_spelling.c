#include "mapping/rules_parts.h"

enum { RULE_PLATFORM_SIZE = 32 };

enum rule_result rule_hexadecimal(
    const struct mapping_column *column, const cJSON *value, struct arena *arena, struct cell *cell)
{
    struct str text = str_trim(record_text(value));
    char *digits = arena_alloc(arena, text.size + 1);
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

/* A platform's spellings, in lower case and without what stands between their letters. */
struct rule_spelling {
    const char *letters;
    const char *platform;
};

static const struct rule_spelling spellings[] = {
    {"android", "ANDROID"},
    {"androidenterprise", "ANDROID"},
    {"androidforwork", "ANDROID"},
    {"ios", "IOS"},
    {"ipados", "IOS"},
    {"ipad", "IOS"},
    {"iphone", "IOS"},
    {"iphoneos", "IOS"},
    {"macosx", "OSX"},
    {"macos", "OSX"},
    {"osx", "OSX"},
    {"mac", "OSX"},
    {"macintosh", "OSX"},
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

enum rule_result rule_platform(
    const struct mapping_column *column, const cJSON *value, struct arena *arena, struct cell *cell)
{
    struct str text = str_trim(record_text(value));
    char letters[RULE_PLATFORM_SIZE];
    size_t rest;
    struct str found = rule_platform_letters(text, letters, &rest);
    bool is_version = rest == text.size || str_is_digit(text.data[rest]) || text.data[rest] == '(';
    enum rule_result result = RULE_MISFIT;

    (void)column;
    (void)arena;
    for (size_t i = 0; is_version && !cell->is_set && i < sizeof spellings / sizeof *spellings;
         i++) {
        if (str_is(found, spellings[i].letters)) {
            result = rule_set_text(cell, str_of(spellings[i].platform));
        }
    }
    if (!cell->is_set) {
        (void)rule_set_text(cell, str_of("UNKNOWN"));
    }
    if (rest < text.size || text.size == 0) {
        result = RULE_MISFIT;
    }
    return result;
}
