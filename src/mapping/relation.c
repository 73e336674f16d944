#include "mapping/relation.h"

#include <string.h>

static const char *const column_type_names[COLUMN_TYPE_COUNT + 1] = {
    [COLUMN_TEXT] = "text",
    [COLUMN_BOOLEAN] = "boolean",
    [COLUMN_BIGINT] = "bigint",
    [COLUMN_DOUBLE] = "double precision",
    [COLUMN_TIMESTAMPTZ] = "timestamptz",
    [COLUMN_UUID] = "uuid",
    [COLUMN_JSONB] = "jsonb",
    [COLUMN_TEXT_ARRAY] = "text[]",
    [COLUMN_DATE] = "date",
};

const char *column_type_name(enum column_type type)
{
    return column_type_names[type];
}

enum column_type column_type_of(const char *name)
{
    enum column_type type = 0;

    while (type < COLUMN_TYPE_COUNT && strcmp(column_type_names[type], name) != 0) {
        type++;
    }
    return type;
}

size_t relation_find_column(const struct relation *relation, const char *name)
{
    size_t place = 0;

    while (place < relation->column_count && strcmp(relation->columns[place].name, name) != 0) {
        place++;
    }
    return place;
}

size_t relation_find_typed(const struct relation *relation, const char *name, enum column_type type)
{
    size_t place = relation_find_column(relation, name);

    return place < relation->column_count && relation->columns[place].type == type
               ? place
               : relation->column_count;
}
