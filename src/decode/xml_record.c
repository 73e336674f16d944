/* The parser's events become records, and what the answer says of their number. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "decode/xml_parts.h"

enum { REASON_SIZE = 96 };

/* The error is set; the parser is to stop. It may still have an event or two to tell. */
static void stop(struct xml_split *split)
{
    split->failed = true;
    (void)XML_StopParser(split->parser, XML_FALSE);
}

/* Of start tags it is looked at here; the parser has held it by then, but no longer one than
 * a slice made it. */
static bool check_tag(struct xml_split *split)
{
    bool ok = XML_GetCurrentByteCount(split->parser) <= CEILING_TAG;

    if (!ok) {
        (void)xml_tag_is_too_long(xml_offset(split), split->err);
        stop(split);
    }
    return ok;
}

static char *keep_name(struct xml_split *split, struct str name)
{
    char *kept = xml_names_keep(&split->names, name);

    if (kept == NULL) {
        if (split->names.arena.no_memory) {
            (void)error_memory(split->err);
        } else {
            (void)error_set(split->err, ERROR_SERVER,
                "the answer has a name of more than %d bytes, or more than %d different names of "
                "elements and attributes, at byte offset %" PRIu64,
                CEILING_NAME, CEILING_NAMES, xml_offset(split));
        }
        stop(split);
    }
    return kept;
}

static void web_page(struct xml_split *split)
{
    (void)error_set(split->err, ERROR_SERVER,
        "the answer is a web page (HTML), not XML of the API (a login page, a proxy, or a wrong "
        "address?)");
    stop(split);
}

static void check_root(struct xml_split *split, const char *name)
{
    const char *const *root = split->shape->roots;

    while (*root != NULL && strcmp(*root, name) != 0) {
        root++;
    }
    split->has_root = true;
    if (*root == NULL && str_is_caseless(str_of(name), "html")) {
        web_page(split);
    } else if (*root == NULL) {
        (void)error_set(split->err, ERROR_SERVER,
            "the answer is another document: <%.100s>, where <%s> was expected", name,
            split->shape->roots[0]);
        stop(split);
    }
}

/* Whether `name` is the next step of a way of which `gone` bytes are behind it. */
static bool is_next_step(const char *way, size_t gone, const char *name)
{
    size_t size = strlen(name);

    return strncmp(way + gone, name, size) == 0 &&
           (way[gone + size] == '/' || way[gone + size] == '\0');
}

static size_t count_steps(const char *way, size_t gone)
{
    size_t steps = 0;

    for (size_t i = 0; i < gone; i++) {
        steps += way[i] == '/' ? 1 : 0;
    }
    return steps;
}

/* An element below the outermost one: whether it is a record. A way that was gone as far as the
 * element around it may go a step on. */
static bool step_ways(struct xml_split *split, const char *name)
{
    bool is_record = false;

    for (size_t i = 0; split->shape->records[i] != NULL; i++) {
        const char *way = split->shape->records[i];
        size_t gone = split->matched[i];

        if (count_steps(way, gone) == split->level - 2 && is_next_step(way, gone, name)) {
            gone += strlen(name);
            is_record = is_record || way[gone] == '\0';
            split->matched[i] = gone + (way[gone] == '/' ? 1 : 0);
        }
    }
    return is_record;
}

/* The element at `level` ended: ways go back to what is around it. */
static void step_ways_back(struct xml_split *split)
{
    for (size_t i = 0; split->shape->records[i] != NULL; i++) {
        const char *way = split->shape->records[i];
        size_t gone = 0;

        for (size_t steps = 0; gone < split->matched[i] && steps < split->level - 2; gone++) {
            steps += way[gone] == '/' ? 1 : 0;
        }
        split->matched[i] = gone;
    }
}

static void begin_told(struct xml_split *split, bool is_total)
{
    split->told_level = split->level;
    split->is_total = is_total;
    split->told_size = 0;
}

/* An element around the records begins: is it one that says their number? */
static void look_for_told(struct xml_split *split, const char *name)
{
    if (split->level == 2) {
        split->in_messages = strcmp(name, "messages") == 0;
        if (strcmp(name, "totalCount") == 0) {
            begin_told(split, true);
        }
    } else if (split->level == 3 && split->in_messages && !split->has_message &&
               strcmp(name, "message") == 0) {
        split->has_message = true;
        begin_told(split, false);
    }
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void add_told(struct xml_split *split, struct str text)
{
    for (size_t i = 0; i < text.size && split->told_size < XML_TOLD_SIZE; i++) {
        if (split->told_size > 0 || !is_blank(text.data[i])) {
            split->told[split->told_size++] = text.data[i];
        }
    }
}

/* The whole number that the text begins with, white space behind it; `alone`: and nothing more. */
static int64_t read_number(struct str text, bool alone)
{
    int64_t number = 0;
    size_t i = 0;
    bool ok = text.size > 0 && str_is_digit(text.data[0]);

    for (; ok && i < text.size && str_is_digit(text.data[i]); i++) {
        ok = !__builtin_mul_overflow(number, 10, &number) &&
             !__builtin_add_overflow(number, text.data[i] - '0', &number);
    }
    if (i < text.size) {
        ok = ok && is_blank(text.data[i]) && !(alone && i < str_trim(text).size);
    }
    return ok ? number : -1;
}

static void end_told(struct xml_split *split)
{
    struct str text = {split->told, split->told_size};

    if (split->is_total) {
        split->told_total = read_number(text, true);
    } else {
        split->told_message = read_number(text, false);
    }
    split->told_level = 0;
}

static void begin_record(struct xml_split *split, char *name)
{
    split->record_level = split->level;
    split->record_offset = xml_offset(split);
    split->is_oversized = false;
    xml_tree_begin(&split->tree);
    xml_tree_open(&split->tree, name);
    if (split->shape->records[1] != NULL) {
        xml_tree_attribute(&split->tree, split->tree.words.element, str_of(name));
    }
}

static void hand_on_unreadable(struct xml_split *split, uint64_t size)
{
    char reason[REASON_SIZE];

    if (size > CEILING_RECORD) {
        (void)snprintf(reason, sizeof reason, "it is %" PRIu64 " bytes long, more than %d", size,
            CEILING_RECORD);
    } else if (split->tree.state == XML_TREE_TOO_DEEP) {
        (void)snprintf(reason, sizeof reason, "it is nested deeper than %d levels", CEILING_DEPTH);
    } else {
        (void)snprintf(reason, sizeof reason,
            "it is made of too many parts, which take more than %d bytes", CEILING_TREE);
    }
    if (!split->handler->unreadable(split->handler->context, reason, size, split->err)) {
        stop(split);
    }
}

/* The record's element ended short of `end`. */
static void end_record(struct xml_split *split, uint64_t end)
{
    uint64_t size = end - split->record_offset;

    split->record_level = 0;
    split->came++;
    if (split->tree.state == XML_TREE_NO_MEMORY) {
        (void)error_memory(split->err);
        stop(split);
    } else if (size > CEILING_RECORD || split->tree.state != XML_TREE_WHOLE) {
        hand_on_unreadable(split, size);
    } else {
        struct str text = {
            split->window.data + (split->record_offset - split->window_offset), size};

        if (!split->handler->record(split->handler->context, split->tree.root, text, split->err)) {
            stop(split);
        }
    }
}

static void open_element(struct xml_split *split, char *name)
{
    if (split->record_level > 0) {
        xml_tree_open(&split->tree, name);
    } else if (split->level == 1) {
        check_root(split, name);
    } else if (step_ways(split, name)) {
        begin_record(split, name);
    } else {
        look_for_told(split, name);
    }
}

/* The parser remembers names of attributes as well, wherever they stand. */
static void add_attributes(struct xml_split *split, const XML_Char **attributes)
{
    char name[CEILING_NAME + 2]; /* one that is cut is still too long */

    for (; !split->failed && attributes[0] != NULL; attributes += 2) {
        char *kept;

        (void)snprintf(name, sizeof name, "@%s", attributes[0]);
        kept = keep_name(split, str_of(name));

        if (kept != NULL && split->record_level > 0) {
            xml_tree_attribute(&split->tree, kept, str_of(attributes[1]));
        }
    }
}

static void XMLCALL on_start(void *user, const XML_Char *name, const XML_Char **attributes)
{
    struct xml_split *split = user;
    char *kept = NULL;

    if (!split->failed && check_tag(split)) {
        kept = keep_name(split, str_of(name));
    }
    if (kept != NULL && split->level == CEILING_OPEN) {
        (void)error_set(split->err, ERROR_SERVER,
            "the answer is nested deeper than %d levels at byte offset %" PRIu64, CEILING_OPEN,
            xml_offset(split));
        stop(split);
    } else if (kept != NULL) {
        split->level++;
        open_element(split, kept);
        add_attributes(split, attributes);
    }
}

static void XMLCALL on_end(void *user, const XML_Char *name)
{
    struct xml_split *split = user;

    (void)name;
    if (!split->failed && check_tag(split)) {
        if (split->record_level > 0) {
            xml_tree_close(&split->tree);
        } else if (split->level == split->told_level) {
            end_told(split);
        }
        if (split->level == split->record_level) {
            end_record(split, xml_offset(split) + (uint64_t)XML_GetCurrentByteCount(split->parser));
        }
        if (split->record_level == 0 && split->level > 1) {
            step_ways_back(split);
        }
        split->level--;
    }
}

static void XMLCALL on_text(void *user, const XML_Char *text, int size)
{
    struct xml_split *split = user;
    struct str view = {text, (size_t)size};

    if (!split->failed && split->record_level > 0) {
        xml_tree_text(&split->tree, view);
    } else if (!split->failed && split->told_level > 0) {
        add_told(split, view);
    }
}

static void XMLCALL on_comment(void *user, const XML_Char *text)
{
    struct xml_split *split = user;

    (void)text;
    if (!split->failed) {
        (void)check_tag(split);
    }
}

static void XMLCALL on_instruction(void *user, const XML_Char *target, const XML_Char *data)
{
    (void)target;
    on_comment(user, data);
}

static void XMLCALL on_declaration(
    void *user, const XML_Char *version, const XML_Char *encoding, int standalone)
{
    (void)encoding;
    (void)standalone;
    on_comment(user, version);
}

static void XMLCALL on_doctype(void *user, const XML_Char *name, const XML_Char *system_id,
    const XML_Char *public_id, int has_internal_subset)
{
    struct xml_split *split = user;

    (void)system_id;
    (void)public_id;
    (void)has_internal_subset;
    if (str_is_caseless(str_of(name), "html")) {
        web_page(split);
    } else {
        (void)error_set(split->err, ERROR_SERVER,
            "the answer has a DOCTYPE at byte offset %" PRIu64
            ", which no answer of the API has, and which is refused (it can define entities)",
            xml_offset(split));
        stop(split);
    }
}

void xml_record_listen(struct xml_split *split)
{
    XML_SetUserData(split->parser, split);
    XML_SetElementHandler(split->parser, on_start, on_end);
    XML_SetCharacterDataHandler(split->parser, on_text);
    XML_SetCommentHandler(split->parser, on_comment);
    XML_SetProcessingInstructionHandler(split->parser, on_instruction);
    XML_SetXmlDeclHandler(split->parser, on_declaration);
    XML_SetStartDoctypeDeclHandler(split->parser, on_doctype);
}
