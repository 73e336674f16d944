/* What the printing programs share: cells of a Markdown table, and the end of the program. */
#ifndef UEMSYNC_TESTS_DOCS_PRINT_H
#define UEMSYNC_TESTS_DOCS_PRINT_H

#include <stdio.h>
#include <stdlib.h>

/* Text within a cell: '|' would end it. */
static inline void print_cell(const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '|') {
            (void)putchar('\\');
        }
        (void)putchar(*text);
    }
}

/* The exit code: a section that was not written whole must not pass for one. */
static inline int print_end(void)
{
    return fflush(stdout) == 0 && ferror(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
