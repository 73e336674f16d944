#include "mapping/privacy_text.h"

#include "mapping/privacy_form.h"

enum {
    PRIVACY_LEAST_IN_RECORD = 4, /* a shorter value is a part of too much */
    PRIVACY_LEAST_IN_TEXTS = 2,
    PRIVACY_LEAST_INNER = 8,   /* from here on it need not be a word of its own */
    PRIVACY_MOST_SOUGHT = 256, /* a longer value is no part of anything */
    PRIVACY_MOST_SEPARATORS = 3,
    PRIVACY_LEAST_PHONE = 7,
    PRIVACY_MOST_PHONE = 15,
    PRIVACY_ENOUGH_DIGITS = 20, /* behind so many, a separator ends the number */
    PRIVACY_LEAST_IMEI = 14,
    PRIVACY_MOST_IMEI = 16,
    PRIVACY_UDID = 40,
    PRIVACY_UDID_CHIP = 8,
    PRIVACY_UDID_UNIT = 16,
    PRIVACY_MAC_PAIRS = 6
};

static bool privacy_is_separator(char c)
{
    return c != '\0' && strchr(" -.:()/+", c) != NULL;
}

static bool privacy_at_word(struct str text, size_t from, size_t to)
{
    return (from == 0 || !privacy_is_word_char(text.data[from - 1])) &&
           (to == text.size || !privacy_is_word_char(text.data[to]));
}

/* A long value with digits is itself wherever it stands, as in `Appl87025CNUA4S`. */
static bool privacy_may_be_inner(struct str normal)
{
    bool found = false;

    for (size_t i = 0; !found && i < normal.size; i++) {
        found = str_is_digit(normal.data[i]);
    }
    return found && normal.size >= PRIVACY_LEAST_INNER;
}

/* Where a value ends that begins at `from`, letter by letter; 0: it does not. */
static size_t privacy_match_exact(struct str text, size_t from, struct str normal)
{
    bool same = normal.size <= text.size - from;

    for (size_t i = 0; same && i < normal.size; i++) {
        same = str_lower(text.data[from + i]) == str_lower(normal.data[i]);
    }
    return same ? from + normal.size : 0;
}

/* The same by letters and digits alone. */
static size_t privacy_match_squeezed(struct str text, size_t from, struct str normal)
{
    size_t at = from;
    size_t done = 0;
    size_t separators = 0;
    bool same = true;

    while (same && done < normal.size && at < text.size) {
        char c = text.data[at];

        if (str_lower(c) == normal.data[done]) {
            done++;
            separators = 0;
        } else {
            same = done > 0 && privacy_is_separator(c) && ++separators <= PRIVACY_MOST_SEPARATORS;
        }
        at++;
    }
    return same && done == normal.size ? at : 0;
}

static size_t privacy_match(
    struct str text, size_t from, bool is_text, const struct privacy_found *found)
{
    size_t least = is_text ? PRIVACY_LEAST_IN_TEXTS : PRIVACY_LEAST_IN_RECORD;
    bool is_sought =
        found->normal.size >= least && found->normal.size <= PRIVACY_MOST_SOUGHT &&
        (found->search == PERSONAL_IN_RECORD || (is_text && found->search == PERSONAL_IN_TEXTS));
    bool is_exact = found->form == PERSONAL_TEXT || found->form == PERSONAL_EMAIL;
    size_t to = 0;

    is_sought = is_sought && str_lower(text.data[from]) == str_lower(found->normal.data[0]);
    if (is_sought) {
        to = is_exact ? privacy_match_exact(text, from, found->normal)
                      : privacy_match_squeezed(text, from, found->normal);
    }
    return to > 0 && (privacy_may_be_inner(found->normal) || privacy_at_word(text, from, to)) ? to
                                                                                              : 0;
}

static size_t privacy_hex_run(struct str text, size_t from)
{
    size_t at = from;

    while (at < text.size && str_hex_digit(text.data[at]) >= 0) {
        at++;
    }
    return at - from;
}

/* Functions that look at a text ask first whether something can begin there at all: a text without
 * end would be read again from each of its bytes otherwise. */
static bool privacy_begins_word(struct str text, size_t from)
{
    return from == 0 || !privacy_is_word_char(text.data[from - 1]);
}

static size_t privacy_look_udid(struct str text, size_t from)
{
    size_t run = privacy_hex_run(text, from);
    size_t to = run == PRIVACY_UDID ? from + run : 0;

    if (run == PRIVACY_UDID_CHIP && from + run < text.size && text.data[from + run] == '-' &&
        privacy_hex_run(text, from + run + 1) == PRIVACY_UDID_UNIT) {
        to = from + run + 1 + PRIVACY_UDID_UNIT;
    }
    return to > 0 && privacy_at_word(text, from, to) ? to : 0;
}

static size_t privacy_look_mac(struct str text, size_t from)
{
    size_t at = from;
    bool ok = true;

    for (size_t pair = 0; ok && pair < PRIVACY_MAC_PAIRS; pair++) {
        ok = at + 2 <= text.size && str_hex_digit(text.data[at]) >= 0 &&
             str_hex_digit(text.data[at + 1]) >= 0;
        at += 2;
        if (ok && pair + 1 < PRIVACY_MAC_PAIRS) {
            ok = at < text.size && (text.data[at] == ':' || text.data[at] == '-');
            at++;
        }
    }
    /* A thumbprint goes on. */
    ok = ok && (at == text.size || text.data[at] != ':') &&
         (from == 0 || text.data[from - 1] != ':' || from < 3 ||
             str_hex_digit(text.data[from - 2]) < 0);
    return ok && privacy_at_word(text, from, at) ? at : 0;
}

static bool privacy_begins_digits(struct str text, size_t from)
{
    return str_is_digit(text.data[from]) && (from == 0 || !str_is_digit(text.data[from - 1]));
}

static size_t privacy_look_imei(struct str text, size_t from)
{
    size_t at = from;

    while (at < text.size && str_is_digit(text.data[at])) {
        at++;
    }
    return at - from >= PRIVACY_LEAST_IMEI && at - from <= PRIVACY_MOST_IMEI ? at : 0;
}

/* Digits with the usual separators. More than fifteen of them in one piece are none (the E.164
 * numbering plan); in several pieces they may be a version and a number. */
static size_t privacy_look_phone(struct str text, size_t from)
{
    size_t digits = 0;
    size_t separators = 0;
    size_t longest = 0;
    size_t piece = 0;
    size_t to = from;
    bool more = true;

    for (size_t at = from; more && at < text.size; at++) {
        if (str_is_digit(text.data[at])) {
            digits++;
            piece++;
            longest = piece > longest ? piece : longest;
            separators = 0;
            to = at + 1;
        } else {
            piece = 0;
            separators++;
            more = text.data[at] != ':' && privacy_is_separator(text.data[at]) &&
                   separators <= PRIVACY_MOST_SEPARATORS && digits < PRIVACY_ENOUGH_DIGITS;
        }
    }
    return digits >= PRIVACY_LEAST_PHONE && longest <= PRIVACY_MOST_PHONE ? to : 0;
}

static bool privacy_is_address_char(char c)
{
    return privacy_is_word_char(c) || (c != '\0' && strchr("._%+-'", c) != NULL);
}

static bool privacy_begins_address(struct str text, size_t from)
{
    return privacy_is_address_char(text.data[from]) &&
           (from == 0 || !privacy_is_address_char(text.data[from - 1]));
}

static size_t privacy_look_email(struct str text, size_t from)
{
    size_t at = from;
    size_t to;

    while (at < text.size && privacy_is_address_char(text.data[at])) {
        at++;
    }
    to = at + 1;
    while (to < text.size &&
           (privacy_is_word_char(text.data[to]) || text.data[to] == '.' || text.data[to] == '-')) {
        to++;
    }
    return at < text.size && text.data[at] == '@' && to > at + 1 ? to : 0;
}

/* In the order in which they are tried. */
static const struct {
    enum personal_form form;
    bool (*begins)(struct str text, size_t from);
    size_t (*look)(struct str text, size_t from);
} privacy_looks[] = {
    {PERSONAL_UDID, privacy_begins_word, privacy_look_udid},
    {PERSONAL_MAC, privacy_begins_word, privacy_look_mac},
    {PERSONAL_EMAIL, privacy_begins_address, privacy_look_email},
    {PERSONAL_IMEI, privacy_begins_digits, privacy_look_imei},
    {PERSONAL_PHONE, privacy_begins_digits, privacy_look_phone},
};

/* What looks like a telephone number may be a known one with its country: then it is that. */
static const struct privacy_found *privacy_find_end(
    struct str text, size_t from, size_t to, const struct privacy_found *found)
{
    const struct privacy_found *known = NULL;

    for (; known == NULL && found != NULL; found = found->next) {
        for (size_t at = from; known == NULL && found->form == PERSONAL_PHONE && at < to; at++) {
            known = privacy_match_squeezed(text, at, found->normal) == to ? found : NULL;
        }
    }
    return known;
}

static bool privacy_look(struct str text, size_t from, unsigned forms,
    const struct privacy_found *found, struct privacy_part *part)
{
    size_t to = 0;

    for (size_t i = 0; to == 0 && i < sizeof privacy_looks / sizeof *privacy_looks; i++) {
        if ((forms & 1U << privacy_looks[i].form) != 0 && privacy_looks[i].begins(text, from)) {
            to = privacy_looks[i].look(text, from);
            *part = (struct privacy_part){
                .from = from, .to = to, .found = NULL, .form = privacy_looks[i].form};
        }
    }
    if (to > 0 && part->form == PERSONAL_PHONE) {
        part->found = privacy_find_end(text, from, to, found);
    }
    return to > 0;
}

bool privacy_next_part(struct str text, size_t from, bool is_text, unsigned forms,
    const struct privacy_found *found, struct privacy_part *part)
{
    *part = (struct privacy_part){0};
    for (; part->to == 0 && from < text.size; from++) {
        for (const struct privacy_found *each = found; each != NULL; each = each->next) {
            size_t to = privacy_match(text, from, is_text, each);

            if (to > part->to) {
                *part = (struct privacy_part){from, to, each, each->form};
            }
        }
        if (forms != 0) {
            struct privacy_part looks;

            if (privacy_look(text, from, forms, found, &looks) && looks.to > part->to) {
                *part = looks;
            }
        }
    }
    return part->to > 0;
}

bool privacy_is_whole(struct str text, const struct privacy_part *part)
{
    size_t from = 0;
    size_t to = text.size;

    while (
        from < part->from && (privacy_is_separator(text.data[from]) || text.data[from] == '\n')) {
        from++;
    }
    from += privacy_prefix((struct str){text.data + from, text.size - from});
    while (
        to > part->to && (privacy_is_separator(text.data[to - 1]) || text.data[to - 1] == '\n')) {
        to--;
    }
    return from >= part->from && to == part->to;
}
