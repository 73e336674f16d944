#include <stdio.h>
#include <string.h>

#include "yaml/yaml_parts.h"

struct yaml_place {
    struct yaml_place *next;
    int line;
    char key[];
};

bool yaml_place_add(struct arena *arena, struct yaml_place **last, struct yaml_places *places,
    const char *key, int line)
{
    size_t size = strlen(key) + 1;
    struct yaml_place *place = arena_alloc(arena, sizeof *place + size);

    if (place != NULL) {
        *place = (struct yaml_place){NULL, line};
        memcpy(place->key, key, size);
        if (*last != NULL) {
            (*last)->next = place;
        } else {
            places->first = place;
        }
        *last = place;
    }
    return place != NULL;
}

static int yaml_line_of(const struct yaml_places *places, const char *key, size_t size)
{
    int line = 0;

    for (const struct yaml_place *place = places->first; place != NULL && line == 0;
         place = place->next) {
        if (strncmp(place->key, key, size) == 0 && place->key[size] == '\0') {
            line = place->line;
        }
    }
    return line;
}

int yaml_line(const struct yaml_places *places, const char *key)
{
    return yaml_line_of(places, key, strlen(key));
}

/* The size of the path without its last step: of "a[1].b" that of "a[1]", of "a[1]" that of "a". */
static size_t yaml_parent_size(const char *key, size_t size)
{
    do {
        size--;
    } while (size > 0 && key[size] != '.' && key[size] != '[');
    return size;
}

bool yaml_fail_at(const char *path, int line, const char *key, struct error *err,
    const char *format, va_list arguments)
{
    char message[ERROR_TEXT_SIZE];

    (void)vsnprintf(message, sizeof message, format, arguments);
    if (key[0] != '\0') {
        (void)error_set(err, ERROR_CONFIG, "%s:%d: key `%s`: %s", path, line, key, message);
    } else {
        (void)error_set(err, ERROR_CONFIG, "%s:%d: %s", path, line, message);
    }
    return false;
}

bool yaml_fail(
    const struct yaml_places *places, const char *key, struct error *err, const char *format, ...)
{
    va_list arguments;
    size_t size = strlen(key);
    int line = yaml_line_of(places, key, size);

    while (line == 0 && size > 0) {
        size = yaml_parent_size(key, size);
        line = size > 0 ? yaml_line_of(places, key, size) : 1;
    }
    va_start(arguments, format);
    (void)yaml_fail_at(places->path, line, key, err, format, arguments);
    va_end(arguments);
    return false;
}
