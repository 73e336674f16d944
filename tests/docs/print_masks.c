/* Prints the lists of docs/mappings.md: the endings of keys, and the words that tell nothing, from
 * those that the program itself uses. */
#include "mapping/mask.h"
#include "print.h"

static void print_list(const char *title, const char *word(size_t place))
{
    (void)printf("%s: ", title);
    for (size_t i = 0; word(i) != NULL; i++) {
        (void)printf("%s`%s`", i > 0 ? ", " : "", word(i));
    }
    (void)puts("");
}

int main(void)
{
    print_list("Keys end with", mask_ending);
    (void)puts("");
    print_list("Values that stay, beside empty ones", mask_nothing);
    return print_end();
}
