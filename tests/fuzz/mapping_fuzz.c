/* Any bytes, as records of a server, through every mapping that the program carries and one that
 * uses what those do not: each record makes a row or an ERROR_RECORD, the same one every time, and
 * what is in a row is what row.h and mask.h promise. The input is the list of records without its
 * brackets. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/ceilings.h"
#include "base/embedded.h"
#include "decode/json_split.h"
#include "decode/record.h"
#include "mapping/mapper.h"
#include "mapping/mask.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST_MAPPERS = 64 };

static const char every_way[] =
    "entity: thing\nkey: 1\ncolumns:\n"
    "  - {name: tenant, type: text, rule: tenant}\n"
    "  - {name: real, type: double precision, cps: [lastCaptured, 'location']}\n"
    "  - {name: guid, type: uuid, cps: deviceGuid}\n"
    "  - {name: list, type: 'text[]', cps: list}\n"
    "  - {name: inner, type: text, cps: [content.a.b, content.PayloadType, customAttributes.b]}\n"
    "  - {name: middle, type: text, cps: [content.a, location.a.b.c.d]}\n"
    "  - {name: ldap, type: jsonb, cps: content, rule: ldap_attributes}\n"
    "  - {name: custom, type: jsonb, cps: customAttributes, rule: custom_attributes}\n"
    "  - {name: more, type: 'text[]', cps: list, rule: one_or_more}\n"
    "  - {name: turned, type: boolean, cps: enabled, rule: not}\n"
    "  - {name: ascii, type: boolean, cps: isESSearch, rule: ascii_boolean}\n"
    "  - {name: seconds, type: timestamptz, cps: lastCaptured, rule: epoch_seconds}\n"
    "  - {name: word, type: text, cps: status, rule: one_of, words: ['A=B', 'C*=D']}\n"
    "  - {name: extra, type: jsonb, rule: extra}\n"
    "personal:\n"
    "  - {value: imei, form: imei, at: [.b, list]}\n"
    "  - {value: user_name, at: [location., .x]}\n"
    "  - {value: email_address, form: email}\n"
    "texts: [content., .a]\n";

/* Two for each mapping and voice, the second of which hides what is personal; made once. */
static struct mapper *mappers[MOST_MAPPERS];
static size_t mapper_count;

struct fuzz {
    struct arena tree;
    struct arena cells;
    struct buffer text;
    struct hash *hash;
};

static void require(bool holds, const char *what)
{
    if (!holds) {
        (void)fprintf(stderr, "mapping_fuzz: not so: %s\n", what);
        abort();
    }
}

static void add_mapper(const struct mapping *mapping, enum mapping_voice voice, bool hides)
{
    static const struct privacy_choice choices[] = {{"imei", PRIVACY_HASH},
        {"phone_number", PRIVACY_DROP}, {"mac_address", PRIVACY_HASH}, {"ios_udid", PRIVACY_HASH},
        {"user_id", PRIVACY_HASH}, {"email_address", PRIVACY_DROP}, {"user_name", PRIVACY_HASH},
        {"comment", PRIVACY_DROP}, {"serial_number", PRIVACY_DROP}};
    static const struct privacy_settings privacy = {
        choices, sizeof choices / sizeof *choices, {"0123456789abcdef", 16}};
    const struct mapper_options options = {.tenant = "acme",
        .kind = mapper_count % 2 == 0 ? MAPPING_CLOUD : MAPPING_CORE,
        .voice = voice,
        .privacy = hides ? &privacy : NULL};
    struct error err = {ERROR_NONE, ""};

    require(mapper_count < MOST_MAPPERS, "there is room for every mapping");
    require(mapper_new(&mappers[mapper_count], mapping, &options, &err) &&
                mapper_add_custom_attribute(mappers[mapper_count], "site", &err),
        "a mapping has a mapper");
    mapper_set_owner(mappers[mapper_count], str_of("mdm:1"));
    mapper_count++;
}

/* One for each voice that the mapping knows. */
static void add_mapping(struct str text)
{
    struct mapping *mapping = NULL;
    struct error err = {ERROR_NONE, ""};

    require(mapping_new(&mapping, "fuzz.yaml", text, &err), "a mapping compiles");
    add_mapper(mapping, MAPPING_CPS, false);
    add_mapper(mapping, MAPPING_CPS, true);
    if (mapping->v1 != NULL) {
        add_mapper(mapping, MAPPING_V1, false);
        add_mapper(mapping, MAPPING_V1, true);
    }
}

static void make_mappers(void)
{
    for (const struct embedded_file *file = mapping_files; file->name != NULL; file++) {
        add_mapping((struct str){file->text, file->size});
    }
    add_mapping(str_of(every_way));
}

/* No secret anywhere, where masks are due. */
static void require_masked(const cJSON *value)
{
    bool is_marked = record_type(value) == RECORD_OBJECT && mask_is_marked(value);

    for (const cJSON *child = value->child; child != NULL; child = child->next) {
        bool is_secret = record_type(value) == RECORD_OBJECT &&
                         (mask_is_key(str_of(child->string)) ||
                             (is_marked && mask_is_payload(str_of(child->string))));

        require(!is_secret || !mask_tells(child) || str_is(record_text(child), "***"),
            "a secret is masked");
        require_masked(child);
    }
}

struct seen {
    struct fuzz *fuzz;
    bool masked;
    int count;
};

static bool take_cell(void *context, struct str json, struct error *err)
{
    struct seen *seen = context;
    const cJSON *value = NULL;

    arena_reset(&seen->fuzz->cells);
    require(record_parse(&seen->fuzz->cells, json, &value, err), "jsonb parses");
    if (seen->masked) {
        require_masked(value);
    }
    seen->count++;
    return true;
}

static void require_json(struct fuzz *fuzz, struct str json, bool masked)
{
    struct seen seen = {.fuzz = fuzz, .masked = masked};
    struct json_split_handler handler = {.record = take_cell, .context = &seen};
    struct json_split *split = NULL;
    struct error err = {ERROR_NONE, ""};
    /* An expanded exponent may make more of a record than the splitter takes. */
    bool fits = json.size < CEILING_RECORD;

    if (fits) {
        require(json_split_new(&split, NULL, &handler, &err) &&
                    json_split_feed(split, "[", 1, &err) &&
                    json_split_feed(split, json.data, json.size, &err) &&
                    json_split_feed(split, "]", 1, &err) && json_split_end(split, false, &err),
            "jsonb is JSON");
        require(seen.count == 1, "and one value");
        require(json_split_replaced(split) == 0, "and clean");
    }
    json_split_free(split);
}

static void require_text(struct fuzz *fuzz, struct str text)
{
    require(text.size <= CEILING_TEXT, "a text has its ceiling");
    require(text.size == 0 || memchr(text.data, '\0', text.size) == NULL, "a text has no NUL");
    buffer_clear(&fuzz->text);
    buffer_append_str(&fuzz->text, text);
    require(buffer_ok(&fuzz->text) && str_is_utf8(buffer_text(&fuzz->text)), "a text is UTF-8");
}

static void require_row(struct fuzz *fuzz, const struct row *row)
{
    for (size_t i = 0; i < row->relation->column_count; i++) {
        const struct column *column = &row->relation->columns[i];
        const struct cell *cell = &row->cells[i];

        require(cell->is_set || i >= row->relation->key_count, "a key is set");
        if (cell->is_set && column->type == COLUMN_TEXT) {
            require_text(fuzz, cell->text);
        } else if (cell->is_set && column->type == COLUMN_JSONB) {
            require_json(fuzz, cell->json,
                strcmp(column->name, "extra") == 0 || strcmp(column->name, "content") == 0 ||
                    strcmp(column->name, "details") == 0);
        }
    }
}

/* Whether the record made a row, and its digest. */
static bool apply(
    struct fuzz *fuzz, struct mapper *mapper, const cJSON *record, uint8_t digest[ROW_DIGEST_SIZE])
{
    struct error err = {ERROR_NONE, ""};
    struct row row;
    bool ok = mapper_apply(mapper, record, &row, &err);

    if (ok) {
        require_row(fuzz, &row);
        require(row_digest(fuzz->hash, &row, digest, &err), "a row has a digest");
    } else {
        require(err.kind == ERROR_RECORD && err.text[0] != '\0', "a record is refused as one");
    }
    return ok;
}

static bool take_record(void *context, struct str json, struct error *err)
{
    struct fuzz *fuzz = context;
    const cJSON *record = NULL;
    bool ok = true;

    for (size_t i = 0; ok && i < mapper_count; i++) {
        uint8_t digests[2][ROW_DIGEST_SIZE] = {{0}, {0}};
        bool outcomes[2] = {false, false};

        /* One that hides changes the record, so each begins with its own. */
        for (size_t turn = 0; ok && turn < 2; turn++) {
            arena_reset(&fuzz->tree);
            ok = record_parse(&fuzz->tree, json, &record, err);
            outcomes[turn] = ok && apply(fuzz, mappers[i], record, digests[turn]);
        }
        require(outcomes[0] == outcomes[1], "a record has one outcome");
        require(memcmp(digests[0], digests[1], sizeof digests[0]) == 0, "a record has one row");
    }
    return ok;
}

static bool skip(void *context, uint64_t size, struct error *err)
{
    (void)context;
    (void)size;
    (void)err;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz fuzz = {.hash = NULL};
    const struct json_split_handler handler = {
        .record = take_record, .oversized = skip, .too_deep = skip, .context = &fuzz};
    struct json_split *split = NULL;
    struct error err = {ERROR_NONE, ""};

    if (mapper_count == 0) {
        make_mappers();
    }
    arena_init(&fuzz.tree, CEILING_TREE);
    arena_init(&fuzz.cells, CEILING_TREE);
    buffer_init(&fuzz.text, CEILING_TEXT);
    fuzz.hash = hash_new(&err);
    require(fuzz.hash != NULL && json_split_new(&split, NULL, &handler, &err), "there is memory");
    (void)(json_split_feed(split, "[", 1, &err) &&
           json_split_feed(split, (const char *)data, size, &err) &&
           json_split_feed(split, "]", 1, &err));
    json_split_free(split);
    hash_free(fuzz.hash);
    buffer_release(&fuzz.text);
    arena_release(&fuzz.cells);
    arena_release(&fuzz.tree);
    return 0;
}
