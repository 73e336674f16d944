#include <string.h>

#include "base/ceilings.h"
#include "yaml/yaml_parts.h"

bool yaml_open(yaml_parser_t *parser, struct str text, struct error *err)
{
    bool ok = yaml_parser_initialize(parser) == 1;

    if (ok) {
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(parser, (const unsigned char *)text.data, text.size);
    } else {
        memset(parser, 0, sizeof *parser);
        (void)error_memory(err);
    }
    return ok;
}

/* The reader runs ahead of the scanner and knows an offset alone. */
static size_t yaml_line_of_offset(struct str text, size_t offset)
{
    size_t line = 1;

    for (size_t i = 0; i < text.size && i < offset; i++) {
        line += text.data[i] == '\n';
    }
    return line;
}

/* Whether a tab stands in what the line (the first is 0) is indented by. */
static bool yaml_is_tabbed(struct str text, size_t line)
{
    size_t at = 0;

    for (; at < text.size && line > 0; at++) {
        line -= text.data[at] == '\n';
    }
    while (at < text.size && text.data[at] == ' ') {
        at++;
    }
    return at < text.size && text.data[at] == '\t';
}

bool yaml_syntax(const yaml_parser_t *parser, const char *path, struct str text, struct error *err)
{
    const char *problem = parser->problem != NULL ? parser->problem : "cannot be read";

    if (parser->error == YAML_MEMORY_ERROR) {
        (void)error_memory(err);
    } else if (parser->error == YAML_READER_ERROR) {
        (void)error_set(err, ERROR_CONFIG, "%s:%zu: bad YAML: %s", path,
            yaml_line_of_offset(text, parser->problem_offset), problem);
    } else if (yaml_is_tabbed(text, parser->problem_mark.line)) {
        (void)error_set(err, ERROR_CONFIG,
            "%s:%zu: bad YAML: the line is indented by a tab, and YAML takes spaces alone", path,
            parser->problem_mark.line + 1);
    } else if (parser->context != NULL) {
        (void)error_set(err, ERROR_CONFIG, "%s:%zu: bad YAML: %s (%s that begins on line %zu)",
            path, parser->problem_mark.line + 1, problem, parser->context,
            parser->context_mark.line + 1);
    } else {
        (void)error_set(err, ERROR_CONFIG, "%s:%zu: bad YAML: %s", path,
            parser->problem_mark.line + 1, problem);
    }
    return false;
}

struct yaml_scan_state {
    size_t depth;
    size_t nodes;
    size_t documents;
};

/* What all kinds of nodes can carry. */
struct yaml_node_head {
    bool is_node;
    bool has_anchor;
    bool has_tag;
};

static struct yaml_node_head yaml_node_head(const yaml_event_t *event)
{
    struct yaml_node_head head = {false, false, false};

    switch (event->type) {
    case YAML_SCALAR_EVENT:
        head = (struct yaml_node_head){
            true, event->data.scalar.anchor != NULL, event->data.scalar.tag != NULL};
        break;
    case YAML_SEQUENCE_START_EVENT:
        head = (struct yaml_node_head){true, event->data.sequence_start.anchor != NULL,
            event->data.sequence_start.tag != NULL};
        break;
    case YAML_MAPPING_START_EVENT:
        head = (struct yaml_node_head){
            true, event->data.mapping_start.anchor != NULL, event->data.mapping_start.tag != NULL};
        break;
    default:
        break;
    }
    return head;
}

static void yaml_scan_count(struct yaml_scan_state *state, const yaml_event_t *event, bool is_node)
{
    state->nodes += is_node;
    state->documents += event->type == YAML_DOCUMENT_START_EVENT;
    if (event->type == YAML_SEQUENCE_START_EVENT || event->type == YAML_MAPPING_START_EVENT) {
        state->depth++;
    } else if (event->type == YAML_SEQUENCE_END_EVENT || event->type == YAML_MAPPING_END_EVENT) {
        state->depth--;
    }
}

static bool yaml_scan_event(
    struct yaml_scan_state *state, const char *path, const yaml_event_t *event, struct error *err)
{
    struct yaml_node_head head = yaml_node_head(event);
    const char *refused = NULL;
    bool ok = true;

    yaml_scan_count(state, event, head.is_node);
    if (event->type == YAML_ALIAS_EVENT || head.has_anchor) {
        refused = "anchors and aliases (&name, *name) are not supported; a value that begins with "
                  "& or * wants quotes";
    } else if (head.has_tag) {
        refused = "tags (!name) are not supported; a value that begins with ! wants quotes";
    } else if (state->documents > 1) {
        refused = "a second document begins here; the file may hold one alone";
    }
    if (refused != NULL) {
        ok = error_set(err, ERROR_CONFIG, "%s:%zu: %s", path, event->start_mark.line + 1, refused);
    } else if (state->depth > YAML_DEPTH) {
        ok = error_set(err, ERROR_CONFIG, "%s:%zu: nested deeper than %d levels", path,
            event->start_mark.line + 1, YAML_DEPTH);
    } else if (state->nodes > YAML_NODES) {
        ok = error_set(err, ERROR_CONFIG, "%s:%zu: more than %d keys and values", path,
            event->start_mark.line + 1, YAML_NODES);
    }
    return ok;
}

static bool yaml_is_nothing(const yaml_event_t *event)
{
    return event->type == YAML_SCALAR_EVENT &&
           event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && event->data.scalar.length == 0;
}

static bool yaml_scan_events(
    yaml_parser_t *parser, const char *path, struct str text, bool *is_empty, struct error *err)
{
    struct yaml_scan_state state = {0, 0, 0};
    bool ok = true;
    bool is_end = false;
    bool is_nothing = false;

    while (ok && !is_end) {
        yaml_event_t event;

        if (yaml_parser_parse(parser, &event) != 1) {
            ok = yaml_syntax(parser, path, text, err);
        } else {
            ok = yaml_scan_event(&state, path, &event, err);
            is_nothing = is_nothing || yaml_is_nothing(&event);
            is_end = event.type == YAML_STREAM_END_EVENT;
            yaml_event_delete(&event);
        }
    }
    *is_empty = state.nodes == 0 || (state.nodes == 1 && is_nothing);
    return ok;
}

bool yaml_scan(const char *path, struct str text, bool *is_empty, struct error *err)
{
    yaml_parser_t parser;
    bool ok;

    *is_empty = true;
    if (text.size > CEILING_FILE) {
        ok = error_set(
            err, ERROR_CONFIG, "%s:1: the file is larger than %d bytes", path, CEILING_FILE);
    } else {
        ok = yaml_open(&parser, text, err);
        ok = ok && yaml_scan_events(&parser, path, text, is_empty, err);
        yaml_parser_delete(&parser);
    }
    return ok;
}
