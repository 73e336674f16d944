/* Lines of words with one blank between them: the form of the small files that are uemsync's own.
 */
#ifndef UEMSYNC_LOAD_CSV_CSV_WORDS_H
#define UEMSYNC_LOAD_CSV_CSV_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* With the NUL; no digest, name or number of ours is longer. */
enum { CSV_WORDS_MAX = 5, CSV_WORD_SIZE = 80 };

struct csv_words {
    char words[CSV_WORDS_MAX][CSV_WORD_SIZE];
    size_t count;
};

/* False when there are too many, or one is too long. */
bool csv_words_split(struct csv_words *words, struct str line);

/* The word as a number of digits alone. */
bool csv_word_number(const char *word, int64_t *number);

#endif
