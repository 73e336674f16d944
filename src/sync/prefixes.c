#include "sync/prefixes.h"

static const char prefixes_first[] =
    "abcdefghijklmnopqrstuvwxyz0123456789 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
static const char prefixes_upper[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

void prefixes_begin(struct prefixes *prefixes)
{
    *prefixes = (struct prefixes){.place = 0};
}

bool prefixes_cover(struct str id)
{
    return id.size > 0 && id.data[0] >= ' ' && id.data[0] <= '~';
}

char prefixes_current(const struct prefixes *prefixes)
{
    char current = prefixes_first[0];

    if (prefixes->is_probing) {
        current = str_upper(prefixes->letter);
    } else if (prefixes->is_cased) {
        current = prefixes_upper[prefixes->place];
    } else {
        current = prefixes_first[prefixes->place];
    }
    return current;
}

bool prefixes_is_probe(const struct prefixes *prefixes)
{
    return prefixes->is_probing;
}

/* All in lower case were seen: does the case count? Where no letter has users, it may. */
static void prefixes_end_first(struct prefixes *prefixes)
{
    prefixes->place = 0;
    prefixes->is_probing = prefixes->letter != '\0';
    prefixes->is_cased = prefixes->letter == '\0';
}

void prefixes_next(struct prefixes *prefixes, int64_t count)
{
    if (prefixes->is_probing) {
        prefixes->is_probing = false;
        prefixes->is_cased = count != prefixes->count;
        prefixes->is_over = !prefixes->is_cased;
    } else if (prefixes->is_cased) {
        prefixes->place++;
        prefixes->is_over = prefixes_upper[prefixes->place] == '\0';
    } else {
        char letter = prefixes_first[prefixes->place];

        if (prefixes->letter == '\0' && count > 0 && str_upper(letter) != letter) {
            prefixes->letter = letter;
            prefixes->count = count;
        }
        prefixes->place++;
        if (prefixes_first[prefixes->place] == '\0') {
            prefixes_end_first(prefixes);
        }
    }
}
