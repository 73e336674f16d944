/* What the files of this folder share. */
#ifndef UEMSYNC_YAML_YAML_PARTS_H
#define UEMSYNC_YAML_YAML_PARTS_H

#include <stdarg.h>
#include <yaml.h>

#include "yaml/yaml_bind.h"

/* Sets a parser to read the text as UTF-8. False without memory. The caller deletes it. */
bool yaml_open(yaml_parser_t *parser, struct str text, struct error *err);

/* Sets the error that the parser met. Returns false. */
bool yaml_syntax(const yaml_parser_t *parser, const char *path, struct str text, struct error *err);

/* Reads the text once, event by event, and refuses what the document must not hold, before a tree
 * is made of it. `*is_empty`: it holds no value at all. */
bool yaml_scan(const char *path, struct str text, bool *is_empty, struct error *err);

/* One scalar as a field's value, stored at `value`. What is wrong goes into `why` as a phrase
 * ("expected a whole number, not `x`"); `why` is empty for a lack of memory. */
enum { YAML_WHY_SIZE = 512 };

bool yaml_scalar(struct arena *arena, const struct yaml_field *field, struct str text,
    bool is_quoted, void *value, char why[YAML_WHY_SIZE]);

/* The word's index, or -1 with the reason in `why`. */
int yaml_word(const struct yaml_field *field, const char *word, char why[YAML_WHY_SIZE]);

/* Remembers where a key stands. `last` is the end of the places' chain. */
bool yaml_place_add(struct arena *arena, struct yaml_place **last, struct yaml_places *places,
    const char *key, int line);

/* Sets ERROR_CONFIG with place and key (left out while empty) before the message. */
bool yaml_fail_at(const char *path, int line, const char *key, struct error *err,
    const char *format, va_list arguments) __attribute__((format(printf, 5, 0)));

/* The key that an unknown one was meant to be, or NULL. */
const char *yaml_meant(const struct yaml_table *table, const char *key);

#endif
