#include "load/csv/csv_words.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool csv_words_split(struct csv_words *words, struct str line)
{
    bool ok = true;

    words->count = 0;
    line = str_trim(line);
    while (ok && line.size > 0) {
        const char *blank = memchr(line.data, ' ', line.size);
        size_t size = blank != NULL ? (size_t)(blank - line.data) : line.size;

        ok = words->count < CSV_WORDS_MAX && size < CSV_WORD_SIZE;
        if (ok) {
            memcpy(words->words[words->count], line.data, size);
            words->words[words->count++][size] = '\0';
            size += blank != NULL ? 1 : 0;
            line.data += size;
            line.size -= size;
        }
    }
    return ok;
}

bool csv_word_number(const char *word, int64_t *number)
{
    char *end = NULL;

    errno = 0;
    *number = strtoll(word, &end, 10);
    return str_is_digit(word[0]) && *end == '\0' && errno == 0;
}
