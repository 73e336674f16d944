/* Prints the table of rules of docs/mappings.md, from the table that the program itself uses. */
#include "mapping/rules.h"
#include "print.h"

int main(void)
{
    size_t count;
    const struct rule *rules = rule_all(&count);

    (void)puts(
        "| rule | column's type | `words` | what the column gets | where the guides have it |\n"
        "| --- | --- | --- | --- | --- |");
    for (size_t i = 0; i < count; i++) {
        (void)printf("| `%s` | `%s` | %s | ", rules[i].name, column_type_name(rules[i].type),
            rules[i].wants_words   ? "required"
            : rules[i].takes_words ? "optional"
                                   : "");
        print_cell(rules[i].about);
        (void)printf(" | ");
        print_cell(rules[i].source);
        (void)puts(" |");
    }
    return print_end();
}
