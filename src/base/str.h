/* A borrowed run of bytes, not ended by NUL. Whoever made it says how long it lives. */
#ifndef UEMSYNC_BASE_STR_H
#define UEMSYNC_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
    const char *data;
    size_t size;
};

static inline struct str str_of(const char *text)
{
    return (struct str){text, strlen(text)};
}

bool str_equal(struct str a, struct str b);
bool str_is(struct str a, const char *text);

/* As str_is, and letters of ASCII count in either case. */
bool str_is_caseless(struct str a, const char *text);

bool str_starts(struct str a, const char *prefix);

/* Bytewise order, a prefix before what it begins: the order of rows in a snapshot. */
int str_compare(struct str a, struct str b);

/* Without the blanks, tabs and line ends at both sides. */
struct str str_trim(struct str a);

/* Case of ASCII letters and digits without the locale. */
char str_lower(char c);
char str_upper(char c);
bool str_is_digit(char c);
/* 0 to 15, or -1 when `c` is no hexadecimal digit. */
int str_hex_digit(char c);

/* Whether all of it is UTF-8 (RFC 3629: no surrogates, nothing written longer than it has to be).
 */
bool str_is_utf8(const char *text);

/* The length of the character of UTF-8 that `text` begins with, 0 when there is none; 1 at its
 * end. */
size_t str_character(const char *text);

/* The code point of a character of UTF-8 that is `length` bytes long. */
uint32_t str_code(const char *text, size_t length);

/* Whether a terminal or a log may have the character, which is `length` bytes long (0: it is none):
 * no control character (C1's too, which terminals obey), and none that turns the order of others
 * around, as U+202E does, or that nobody sees. */
bool str_is_shown(const char *text, size_t length);

/* Makes one printable line of a text that may hold a server's bytes: what str_is_shown is against,
 * and bytes that are no UTF-8, such as half a character at a cut, become '?'. */
void str_make_line(char *text);

/* How many columns of a terminal a text takes that str_make_line has seen. */
size_t str_width(const char *text);

/* How many bytes of it fit into so many columns, cut between characters; *taken is what they take.
 */
size_t str_fit(const char *text, size_t columns, size_t *taken);

/* The word of `words` (`count` of them) nearest to a mistyped one, or NULL when none is near:
 * at most two edits and a third of its length away. For "did you mean". */
const char *str_nearest(const char *word, const char *const *words, size_t count);

#endif
