#include "mapping/mapping.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ceilings.h"
#include "mapping/mapping_file.h"
#include "mapping/rules.h"

enum { MAPPING_MOST_PROPERTIES = MAPPING_MOST_COLUMNS * MAPPING_MOST_SOURCES };

/* What compiling one file needs at hand. */
struct mapping_compiler {
    struct mapping *mapping;
    struct mapping_file file;
    struct yaml_places places;
    enum mapping_voice voice;
    struct error *err;
};

static const struct mapping_file_column *mapping_file_column_at(
    const struct mapping_compiler *compiler, size_t place)
{
    return (const struct mapping_file_column *)compiler->file.columns.items + place;
}

/* What the column is read from, in the voice that is compiled. */
static const struct yaml_strings *mapping_sources(
    const struct mapping_compiler *compiler, const struct mapping_file_column *column)
{
    return compiler->voice == MAPPING_V1 ? &column->v1 : &column->cps;
}

static const char *mapping_voice_key(const struct mapping_compiler *compiler)
{
    return compiler->voice == MAPPING_V1 ? "v1" : "cps";
}

static bool mapping_has_own_rule(
    const struct mapping_compiler *compiler, const struct mapping_file_column *column)
{
    return compiler->voice == MAPPING_V1 && column->v1_rule != NULL;
}

static bool mapping_fail_at(
    const struct mapping_compiler *compiler, size_t column, const char *key, const char *problem)
{
    char path[YAML_KEY_PATH_SIZE];

    (void)snprintf(path, sizeof path, "columns[%zu].%s", column, key);
    return yaml_fail(&compiler->places, path, compiler->err, "%s", problem);
}

static bool mapping_is_identifier(const char *name)
{
    bool ok = (name[0] >= 'a' && name[0] <= 'z') || name[0] == '_';

    for (size_t i = 0; ok && name[i] != '\0'; i++) {
        ok = (name[i] >= 'a' && name[i] <= 'z') || str_is_digit(name[i]) || name[i] == '_';
    }
    return ok;
}

/* Names that PostgreSQL, or the stage, has for columns of its own. */
static bool mapping_is_reserved(const char *name)
{
    static const char *const reserved[] = {
        "tableoid", "xmin", "cmin", "xmax", "cmax", "ctid", "stage_order"};
    bool found = false;

    for (size_t i = 0; !found && i < sizeof reserved / sizeof *reserved; i++) {
        found = strcmp(name, reserved[i]) == 0;
    }
    return found;
}

static int mapping_compare_names(const void *left, const void *right)
{
    const char *const *a = left;
    const char *const *b = right;

    return strcmp(*a, *b);
}

/* The properties of all columns, sorted, each once. */
static bool mapping_gather_properties(struct mapping_compiler *compiler)
{
    struct mapping *mapping = compiler->mapping;
    size_t count = 0;
    size_t kept = 0;
    const char **names = arena_alloc(&mapping->arena, MAPPING_MOST_PROPERTIES * sizeof *names);
    bool ok = names != NULL || error_memory(compiler->err);

    for (size_t i = 0; ok && i < compiler->file.columns.count; i++) {
        const struct yaml_strings *sources =
            mapping_sources(compiler, mapping_file_column_at(compiler, i));

        if (sources->count > MAPPING_MOST_SOURCES) {
            ok = mapping_fail_at(
                compiler, i, mapping_voice_key(compiler), "more than six properties");
        }
        for (size_t j = 0; ok && j < sources->count; j++) {
            names[count++] = sources->items[j];
        }
    }
    if (ok) {
        qsort(names, count, sizeof *names, mapping_compare_names);
        for (size_t i = 0; i < count; i++) {
            if (kept == 0 || strcmp(names[kept - 1], names[i]) != 0) {
                names[kept++] = names[i];
            }
        }
        mapping->properties = names;
        mapping->property_count = kept;
    }
    return ok;
}

size_t mapping_property(const struct mapping *mapping, const char *name)
{
    size_t low = 0;
    size_t high = mapping->property_count;
    size_t found = mapping->property_count;

    while (low < high && found == mapping->property_count) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(name, mapping->properties[middle]);

        if (order == 0) {
            found = middle;
        } else if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return found;
}

/* The place of the object's name among the roots, which it is added to. */
static size_t mapping_root(struct mapping *mapping, const char *name)
{
    size_t place = 0;

    while (place < mapping->root_count && strcmp(mapping->roots[place].name, name) != 0) {
        place++;
    }
    if (place == mapping->root_count) {
        mapping->roots[place] = (struct mapping_root){name, mapping_property(mapping, name)};
        mapping->root_count++;
    }
    return place;
}

/* The names between the dots, in place; 0 for a name that is no path: without a dot, with an empty
 * step or too many of them. */
static size_t mapping_split_path(char *name, const char **steps)
{
    size_t count = 0;
    char *dot = name;

    while (dot != NULL && count <= MAPPING_MOST_STEPS && *name != '\0' && *name != '.') {
        dot = strchr(name, '.');
        steps[count++] = name;
        if (dot != NULL) {
            *dot = '\0';
            name = dot + 1;
        }
    }
    return dot == NULL && count > 1 ? count : 0;
}

static bool mapping_add_path(struct mapping *mapping, size_t property)
{
    struct arena *arena = &mapping->arena;
    char *name = arena_copy(arena, str_of(mapping->properties[property]));
    const char **steps = arena_alloc(arena, (MAPPING_MOST_STEPS + 2) * sizeof *steps);
    bool ok = name != NULL && steps != NULL;
    size_t count = ok ? mapping_split_path(name, steps) : 0;

    if (count > 0) {
        steps[count] = NULL;
        mapping->paths[mapping->path_count++] =
            (struct mapping_path){property, mapping_root(mapping, steps[0]), steps + 1};
    }
    return ok;
}

static bool mapping_gather_paths(struct mapping *mapping)
{
    size_t count = mapping->property_count;
    bool ok;

    mapping->paths = arena_alloc(&mapping->arena, count * sizeof *mapping->paths);
    mapping->roots = arena_alloc(&mapping->arena, count * sizeof *mapping->roots);
    ok = mapping->paths != NULL && mapping->roots != NULL;
    for (size_t i = 0; ok && i < count; i++) {
        if (strchr(mapping->properties[i], '.') != NULL) {
            ok = mapping_add_path(mapping, i);
        }
    }
    return ok;
}

static bool mapping_fail_unknown_rule(
    const struct mapping_compiler *compiler, size_t place, const char *key, const char *name)
{
    const char *names[64];
    char problem[256];
    size_t count;
    const struct rule *rules = rule_all(&count);
    const char *nearest;

    for (size_t i = 0; i < count && i < sizeof names / sizeof *names; i++) {
        names[i] = rules[i].name;
    }
    nearest = str_nearest(name, names, count);
    (void)snprintf(problem, sizeof problem, "no such rule `%s`%s%s%s", name,
        nearest != NULL ? "; did you mean `" : "", nearest != NULL ? nearest : "",
        nearest != NULL ? "`?" : "");
    return mapping_fail_at(compiler, place, key, problem);
}

/* How many sources the rule needs; 0: any number. v1 knows no device without a GUID. */
static size_t mapping_source_count(const struct mapping_compiler *compiler, const struct rule *rule)
{
    return rule->scope == RULE_OF_DEVICE_ID && compiler->voice == MAPPING_V1 ? 1
                                                                             : rule->source_count;
}

/* A path that is none would be taken for a property of that name, which no record has. */
static bool mapping_check_paths(const struct mapping_compiler *compiler, size_t place)
{
    const struct yaml_strings *sources =
        mapping_sources(compiler, mapping_file_column_at(compiler, place));
    bool ok = true;

    for (size_t i = 0; ok && i < sources->count; i++) {
        const char *path = sources->items[i];
        size_t size = strlen(path);
        size_t dots = 0;

        for (size_t j = 0; j < size; j++) {
            dots += path[j] == '.' ? 1 : 0;
        }
        if (dots > MAPPING_MOST_STEPS) {
            ok = mapping_fail_at(
                compiler, place, mapping_voice_key(compiler), "a path has nine names at most");
        } else if (dots > 0 &&
                   (path[0] == '.' || path[size - 1] == '.' || strstr(path, "..") != NULL)) {
            ok = mapping_fail_at(compiler, place, mapping_voice_key(compiler),
                "a path has no name between two dots, or in front or behind");
        }
    }
    return ok;
}

_Static_assert(MAPPING_MOST_STEPS == 8, "behind the first name: the message says it");

/* A column that only the other voice fills needs nothing. */
static bool mapping_check_sources(
    const struct mapping_compiler *compiler, size_t place, const struct rule *rule)
{
    static const char *const problems[] = {"", "the rule needs one property",
        "the rule needs two properties", "the rule needs three properties"};
    const struct mapping_file_column *column = mapping_file_column_at(compiler, place);
    size_t count = mapping_sources(compiler, column)->count;
    size_t needed = mapping_source_count(compiler, rule);
    bool is_others = count == 0 && column->cps.count + column->v1.count > 0;

    return needed == 0 || count == needed || is_others ||
           mapping_fail_at(compiler, place, mapping_voice_key(compiler), problems[needed]);
}

/* Both rules of a column have the same words. A rule that is unknown is told elsewhere. */
static bool mapping_takes_words(const char *name, enum column_type type)
{
    const struct rule *rule = rule_find(name, type);

    return rule == NULL || rule->wants_words || rule->takes_words;
}

/* What a rule needs of its column. */
static bool mapping_check_rule(const struct mapping_compiler *compiler, size_t place,
    const struct rule *rule, enum column_type type)
{
    const struct mapping_file_column *column = mapping_file_column_at(compiler, place);
    const char *key = mapping_has_own_rule(compiler, column) ? "v1_rule" : "rule";
    bool ok;

    if (rule->type != type) {
        ok = mapping_fail_at(compiler, place, key, "the rule gives another type");
    } else if (rule->wants_words && column->words.count == 0) {
        ok = mapping_fail_at(compiler, place, "words", "the rule needs a list of words");
    } else if (column->words.count > 0 && !mapping_takes_words(column->rule, type) &&
               (column->v1_rule == NULL || !mapping_takes_words(column->v1_rule, type))) {
        ok = mapping_fail_at(
            compiler, place, "words", "the rule takes no words, nor does `v1_rule`");
    } else {
        ok = mapping_check_sources(compiler, place, rule);
    }
    return ok;
}

/* What both voices say becomes one by its type. */
static bool mapping_check_merge(
    const struct mapping_compiler *compiler, size_t place, enum column_type type)
{
    enum mapping_merge merge = mapping_file_column_at(compiler, place)->merge;
    bool ok = true;

    if ((merge == MERGE_EITHER || merge == MERGE_BOTH) && type != COLUMN_BOOLEAN) {
        ok = mapping_fail_at(compiler, place, "merge", "only a boolean column is so merged");
    } else if (merge == MERGE_STATUS && type != COLUMN_TEXT) {
        ok = mapping_fail_at(compiler, place, "merge", "only a text column is so merged");
    }
    return ok;
}

static bool mapping_find_rule(const struct mapping_compiler *compiler, size_t place,
    enum column_type type, const struct rule **rule)
{
    const struct mapping_file_column *column = mapping_file_column_at(compiler, place);
    bool has_own = mapping_has_own_rule(compiler, column);
    const char *name = has_own ? column->v1_rule : column->rule;

    *rule = rule_find(name, type);
    return *rule != NULL
               ? mapping_check_rule(compiler, place, *rule, type)
               : mapping_fail_unknown_rule(compiler, place, has_own ? "v1_rule" : "rule", name);
}

static bool mapping_compile_column(
    struct mapping_compiler *compiler, size_t place, struct column *relation_column)
{
    const struct mapping_file_column *column = mapping_file_column_at(compiler, place);
    const struct yaml_strings *sources = mapping_sources(compiler, column);
    struct mapping_column *compiled = &compiler->mapping->columns[place];
    enum column_type type = column_type_of(column->type);
    const struct rule *rule = NULL;
    bool ok = true;

    if (!mapping_is_identifier(column->name)) {
        ok = mapping_fail_at(
            compiler, place, "name", "only lower-case letters, digits and underscores");
    } else if (mapping_is_reserved(column->name)) {
        ok = mapping_fail_at(compiler, place, "name", "the database has a column of that name");
    } else if (type == COLUMN_TYPE_COUNT) {
        ok = mapping_fail_at(compiler, place, "type",
            "not one of text, boolean, bigint, double precision, timestamptz, uuid, jsonb, text[]");
    } else if (column->v1_rule != NULL && column->v1.count == 0) {
        ok = mapping_fail_at(compiler, place, "v1_rule", "is given without `v1`");
    } else {
        ok = mapping_check_paths(compiler, place) &&
             mapping_find_rule(compiler, place, type, &rule) &&
             mapping_check_merge(compiler, place, type);
    }
    if (ok) {
        *relation_column = (struct column){column->name, column->about, type};
        *compiled = (struct mapping_column){.rule = rule,
            .source_count = sources->count,
            .kind = compiler->voice == MAPPING_V1 ? MAPPING_ANY : column->kind,
            .is_state = column->history,
            .merge = column->merge,
            .otherwise = column->otherwise,
            .words = column->words.items};
        for (size_t i = 0; i < sources->count; i++) {
            compiled->sources[i] = mapping_property(compiler->mapping, sources->items[i]);
        }
    }
    return ok;
}

static bool mapping_check_unique(
    const struct mapping_compiler *compiler, const struct column *columns, size_t place)
{
    bool ok = true;

    for (size_t i = 0; ok && i < place; i++) {
        if (strcmp(columns[i].name, columns[place].name) == 0) {
            ok = mapping_fail_at(compiler, place, "name", "the column is there already");
        }
    }
    return ok;
}

/* What identifies a row, and whose list the rows of a set are in. */
static bool mapping_compile_key(struct mapping_compiler *compiler, struct relation *relation)
{
    const struct mapping_file *file = &compiler->file;
    bool ok = true;

    relation->kind = file->set ? RELATION_SET : RELATION_KEYED;
    for (size_t i = 1; file->owner != NULL && i < relation->key_count; i++) {
        if (strcmp(relation->columns[i].name, file->owner) == 0 &&
            compiler->mapping->columns[i].rule->scope == RULE_OF_OWNER) {
            relation->owner = i;
        }
    }
    if (compiler->mapping->columns[0].rule->scope != RULE_OF_TENANT) {
        ok = mapping_fail_at(compiler, 0, "rule", "the first column is the tenant's");
    } else if (file->owner != NULL && !file->set) {
        ok = yaml_fail(&compiler->places, "owner", compiler->err, "only a set has an owner");
    } else if (file->owner != NULL && relation->owner == 0) {
        ok = yaml_fail(&compiler->places, "owner", compiler->err,
            "no column of the key has this name and the rule owner");
    }
    return ok;
}

static bool mapping_compile_columns(struct mapping_compiler *compiler, struct column *columns)
{
    struct mapping *mapping = compiler->mapping;
    size_t count = compiler->file.columns.count;
    bool ok = mapping_gather_properties(compiler) &&
              (mapping_gather_paths(mapping) || error_memory(compiler->err));

    for (size_t i = 0; ok && i < count; i++) {
        ok = mapping_compile_column(compiler, i, &columns[i]) &&
             mapping_check_unique(compiler, columns, i);
    }
    return ok;
}

static bool mapping_fail_place(
    const struct mapping_compiler *compiler, const char *key, const char *place)
{
    return yaml_fail(&compiler->places, key, compiler->err,
        "`%s` is no place: names with dots between them, and one more in front or behind", place);
}

/* A name at least, and none that is empty. */
static bool mapping_is_place(const char *place)
{
    struct str rest = str_of(place);

    rest.data += str_starts(rest, ".") ? 1 : 0;
    rest.size -= rest.data > place ? 1 : 0;
    rest.size -= rest.size > 1 && rest.data[rest.size - 1] == '.' ? 1 : 0;
    return rest.size > 0 && rest.data[0] != '.' && rest.data[rest.size - 1] != '.' &&
           strstr(place, "..") == NULL;
}

static bool mapping_check_places(
    const struct mapping_compiler *compiler, const char *key, const struct yaml_strings *places)
{
    bool ok = true;

    for (size_t i = 0; ok && i < places->count; i++) {
        ok = mapping_is_place(places->items[i]) ||
             mapping_fail_place(compiler, key, places->items[i]);
    }
    return ok;
}

/* What is personal is so whoever speaks. */
static bool mapping_compile_personal(struct mapping_compiler *compiler)
{
    struct mapping *mapping = compiler->mapping;
    const struct yaml_list *list = &compiler->file.personal;
    bool ok = mapping_check_places(compiler, "texts", &compiler->file.texts);

    mapping->texts = compiler->file.texts.items;
    mapping->personal = arena_alloc(&mapping->arena, list->count * sizeof *mapping->personal);
    ok = ok && (mapping->personal != NULL || error_memory(compiler->err));
    for (size_t i = 0; ok && i < list->count; i++) {
        const struct mapping_file_personal *from =
            (const struct mapping_file_personal *)list->items + i;
        char key[YAML_KEY_PATH_SIZE];

        (void)snprintf(key, sizeof key, "personal[%zu].value", i);
        ok = mapping_is_identifier(from->value) ||
             yaml_fail(&compiler->places, key, compiler->err,
                 "only lower-case letters, digits and underscores");
        (void)snprintf(key, sizeof key, "personal[%zu].at", i);
        ok = ok && mapping_check_places(compiler, key, &from->at);
        mapping->personal[i] =
            (struct mapping_personal){from->value, from->form, from->search, from->at.items};
        mapping->personal_count = i + 1;
    }
    return ok;
}

static bool mapping_compile(struct mapping_compiler *compiler)
{
    struct mapping *mapping = compiler->mapping;
    const struct mapping_file *file = &compiler->file;
    size_t count = file->columns.count;
    struct column *columns = arena_alloc(&mapping->arena, count * sizeof *columns);
    bool ok;

    mapping->columns = arena_alloc(&mapping->arena, count * sizeof *mapping->columns);
    mapping->relation = (struct relation){.name = file->entity,
        .about = file->about,
        .columns = columns,
        .column_count = count,
        .key_count = (size_t)file->key};
    mapping->dropped = file->dropped.items;
    ok = (columns != NULL && mapping->columns != NULL) || error_memory(compiler->err);
    if (ok && !mapping_is_identifier(file->entity)) {
        ok = yaml_fail(&compiler->places, "entity", compiler->err,
            "only lower-case letters, digits and underscores");
    } else if (ok && count < mapping->relation.key_count) {
        ok = yaml_fail(&compiler->places, "key", compiler->err, "there are fewer columns");
    }
    return ok && mapping_compile_columns(compiler, columns) &&
           mapping_compile_key(compiler, &mapping->relation) && mapping_compile_personal(compiler);
}

static struct mapping *mapping_alloc(void)
{
    struct mapping *mapping = calloc(1, sizeof *mapping);

    if (mapping != NULL) {
        arena_init(&mapping->arena, 4 * CEILING_FILE);
    }
    return mapping;
}

/* Columns that v1 fills make a second mapping. The texts of the file are in the first one's arena.
 */
static bool mapping_compile_v1(struct mapping_compiler *compiler)
{
    struct mapping *mapping = compiler->mapping;
    bool is_spoken = false;
    bool ok = true;

    for (size_t i = 0; i < compiler->file.columns.count; i++) {
        is_spoken = is_spoken || mapping_file_column_at(compiler, i)->v1.count > 0;
    }
    if (is_spoken) {
        mapping->v1 = mapping_alloc();
        compiler->mapping = mapping->v1;
        compiler->voice = MAPPING_V1;
        ok = mapping->v1 != NULL ? mapping_compile(compiler) : error_memory(compiler->err);
        compiler->mapping = mapping;
    }
    return ok;
}

/* They are kept for errors of meaning that come later. */
static bool mapping_keep_places(struct mapping_compiler *compiler)
{
    struct yaml_places *places = arena_alloc(&compiler->mapping->arena, sizeof *places);
    bool ok = places != NULL || error_memory(compiler->err);

    if (ok) {
        *places = compiler->places;
        compiler->mapping->places = places;
    }
    return ok;
}

bool mapping_new(struct mapping **mapping, const char *path, struct str text, struct error *err)
{
    struct mapping_compiler compiler = {.mapping = mapping_alloc(), .err = err};
    bool ok = compiler.mapping != NULL || error_memory(err);

    if (ok) {
        ok = yaml_bind(&compiler.mapping->arena, path, text, &mapping_file_table, &compiler.file,
                 &compiler.places, err) &&
             mapping_keep_places(&compiler) && mapping_compile(&compiler) &&
             mapping_compile_v1(&compiler);
    }
    if (!ok) {
        mapping_free(compiler.mapping);
        compiler.mapping = NULL;
    }
    *mapping = compiler.mapping;
    return ok;
}

void mapping_free(struct mapping *mapping)
{
    if (mapping != NULL) {
        mapping_free(mapping->v1);
        arena_release(&mapping->arena);
    }
    free(mapping);
}

bool mapping_fail(
    const struct mapping *mapping, const char *key, struct error *err, const char *format, ...)
{
    char problem[256];
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(problem, sizeof problem, format, arguments);
    va_end(arguments);
    return yaml_fail(mapping->places, key, err, "%s", problem);
}

static size_t mapping_count_places(const char *const *places)
{
    size_t count = 0;

    while (places[count] != NULL) {
        count++;
    }
    return count;
}

/* The places of both, in the arena; NULL without memory. */
static const char *const *mapping_join_places(
    struct arena *arena, const char *const *own, const char *const *others)
{
    size_t own_count = mapping_count_places(own);
    size_t count = own_count + mapping_count_places(others);
    const char **places = arena_alloc(arena, (count + 1) * sizeof *places);
    bool ok = places != NULL;

    for (size_t i = 0; ok && i < count; i++) {
        places[i] = i < own_count ? own[i] : arena_copy(arena, str_of(others[i - own_count]));
        ok = places[i] != NULL;
    }
    if (ok) {
        places[count] = NULL;
    }
    return ok ? places : NULL;
}

bool mapping_add_personal(struct mapping *mapping, const struct mapping *from, struct error *err)
{
    static const char *const none[] = {NULL};
    struct arena *arena = &mapping->arena;
    size_t count = mapping->personal_count + from->personal_count;
    struct mapping_personal *personal = arena_alloc(arena, count * sizeof *personal);
    bool ok = personal != NULL;

    for (size_t i = 0; ok && i < count; i++) {
        bool is_own = i < mapping->personal_count;

        personal[i] = is_own ? mapping->personal[i] : from->personal[i - mapping->personal_count];
        if (!is_own) {
            personal[i].kind = arena_copy(arena, str_of(personal[i].kind));
            personal[i].places = mapping_join_places(arena, none, personal[i].places);
            ok = personal[i].kind != NULL && personal[i].places != NULL;
        }
    }
    if (ok) {
        mapping->personal = personal;
        mapping->personal_count = count;
        mapping->texts = mapping_join_places(arena, mapping->texts, from->texts);
        ok = mapping->texts != NULL;
    }
    if (ok && mapping->v1 != NULL) {
        mapping->v1->personal = personal;
        mapping->v1->personal_count = count;
        mapping->v1->texts = mapping->texts;
    }
    return ok || error_memory(err);
}
