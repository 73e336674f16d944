/* Prints the list of endings of docs/mappings.md, from the one that the program itself uses. */
#include "mapping/mask.h"
#include "print.h"

int main(void)
{
    const char *const *endings = mask_endings();

    for (size_t i = 0; endings[i] != NULL; i++) {
        (void)printf("%s`%s`", i > 0 ? ", " : "", endings[i]);
    }
    (void)puts("");
    return print_end();
}
