#include "mapping/privacy_form.h"

static const char *const privacy_placeholders[] = {
    "", "na", "n/a", "(null)", "null", "none", "unknown", "-"};
static const char *const privacy_prefixes[] = {"imei:", "imsi:", "meid:", "iccid:", "udid:"};

bool privacy_is_code(enum personal_form form)
{
    return form == PERSONAL_CODE || form == PERSONAL_IMEI || form == PERSONAL_MAC ||
           form == PERSONAL_UDID;
}

bool privacy_is_word_char(char c)
{
    return str_is_digit(c) || (str_lower(c) >= 'a' && str_lower(c) <= 'z') ||
           (unsigned char)c >= 0x80;
}

static bool privacy_begins(struct str text, const char *word)
{
    size_t size = strlen(word);

    return text.size >= size && str_is_caseless((struct str){text.data, size}, word);
}

size_t privacy_prefix(struct str text)
{
    size_t size = 0;

    for (size_t i = 0; size == 0 && i < sizeof privacy_prefixes / sizeof *privacy_prefixes; i++) {
        size = privacy_begins(text, privacy_prefixes[i]) ? strlen(privacy_prefixes[i]) : 0;
    }
    return size;
}

/* `PDA 2` is the second device without a telephone. */
bool privacy_is_placeholder(struct str text)
{
    bool found = privacy_begins(text, "pda") && (text.size == 3 || text.data[3] == ' ');
    size_t asterisks = 0;

    for (size_t i = 0; !found && i < sizeof privacy_placeholders / sizeof *privacy_placeholders;
         i++) {
        found = str_is_caseless(text, privacy_placeholders[i]);
    }
    while (asterisks < text.size && text.data[asterisks] == '*') {
        asterisks++;
    }
    return found || asterisks == text.size;
}

/* What counts of a character; '\0': nothing. */
static char privacy_counts(enum personal_form form, char c)
{
    bool counts = form == PERSONAL_PHONE ? str_is_digit(c) : privacy_is_word_char(c);

    return counts ? str_lower(c) : '\0';
}

static struct str privacy_squeeze(enum personal_form form, struct str text, char *out)
{
    size_t size = 0;

    for (size_t i = 0; i < text.size; i++) {
        char c = privacy_counts(form, text.data[i]);

        if (c != '\0') {
            out[size++] = c;
        }
    }
    /* 00 is written for the + of a number with its country. */
    if (form == PERSONAL_PHONE && size > 2 && out[0] == '0' && out[1] == '0') {
        out += 2;
        size -= 2;
    }
    return (struct str){out, size};
}

struct str privacy_normalise(enum personal_form form, struct str text, struct arena *arena)
{
    struct str trimmed = str_trim(text);
    bool is_code = privacy_is_code(form);
    size_t prefix = is_code ? privacy_prefix(trimmed) : 0;
    char *copy = arena_copy(arena, (struct str){trimmed.data + prefix, trimmed.size - prefix});
    struct str normal = {copy, trimmed.size - prefix};

    if (copy != NULL && form == PERSONAL_EMAIL) {
        for (char *c = copy; *c != '\0'; c++) {
            *c = str_lower(*c);
        }
    } else if (copy != NULL && (is_code || form == PERSONAL_PHONE)) {
        struct str squeezed = privacy_squeeze(form, normal, copy);

        normal = squeezed;
        if (squeezed.size == 0) {
            normal = (struct str){arena_copy(arena, trimmed), trimmed.size};
        }
    }
    return normal;
}
