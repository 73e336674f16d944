#include <string.h>

#include "yaml/yaml_parts.h"

enum { YAML_WORD_SIZE = 64 };

/* The key whose first part ("password" of "password_env") the word is, or nearly is. */
static const char *yaml_meant_part(const struct yaml_table *table, const char *key)
{
    const char *meant = NULL;

    for (size_t i = 0; i < table->count && meant == NULL; i++) {
        char part[YAML_WORD_SIZE];
        size_t size = strcspn(table->fields[i].key, "_");

        if (table->fields[i].key[size] == '_' && size < sizeof part) {
            const char *const words[] = {part};

            memcpy(part, table->fields[i].key, size);
            part[size] = '\0';
            meant = str_nearest(key, words, 1) != NULL ? table->fields[i].key : NULL;
        }
    }
    return meant;
}

const char *yaml_meant(const struct yaml_table *table, const char *key)
{
    const char *keys[YAML_FIELDS];
    const char *meant;

    for (size_t i = 0; i < table->count; i++) {
        keys[i] = table->fields[i].key;
    }
    meant = str_nearest(key, keys, table->count);
    return meant != NULL ? meant : yaml_meant_part(table, key);
}
