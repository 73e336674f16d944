/* Prints each JSON value of standard input, one a line, as a jsonb column would get it. See
 * jsonb_text_test, which compares that with what PostgreSQL prints. */
#include <stdio.h>
#include <stdlib.h>

#include "base/ceilings.h"
#include "decode/json_split.h"
#include "decode/record.h"
#include "mapping/jsonb.h"

static bool print_value(void *context, struct str json, struct error *err)
{
    struct arena *arena = context;
    struct buffer out;
    const cJSON *value = NULL;
    bool ok = record_parse(arena, json, &value, err);

    buffer_init(&out, CEILING_ROW);
    if (ok) {
        ok = jsonb_write(&out, arena, JSONB_PLAIN, value) || error_memory(err);
        (void)puts(buffer_text(&out));
    }
    buffer_release(&out);
    arena_reset(arena);
    return ok;
}

static bool print_line(struct arena *arena, const char *line, size_t size, struct error *err)
{
    const struct json_split_handler handler = {.record = print_value, .context = arena};
    struct json_split *split = NULL;
    bool ok = json_split_new(&split, NULL, &handler, err) && json_split_feed(split, "[", 1, err) &&
              json_split_feed(split, line, size, err) && json_split_feed(split, "]", 1, err) &&
              json_split_end(split, false, err);

    json_split_free(split);
    return ok;
}

int main(void)
{
    struct arena arena;
    struct error err = {0};
    char *line = NULL;
    size_t capacity = 0;
    ssize_t size;
    bool ok = true;

    arena_init(&arena, CEILING_TREE);
    while (ok && (size = getline(&line, &capacity, stdin)) > 0) {
        ok = print_line(&arena, line, (size_t)size, &err);
    }
    if (!ok) {
        (void)fprintf(stderr, "jsonb_print: %s\n", err.text);
    }
    free(line);
    arena_release(&arena);
    return ok ? 0 : 1;
}
