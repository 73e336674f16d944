#include "base/json.h"

#include <inttypes.h>

void json_init(struct json_writer *json, struct buffer *out)
{
    *json = (struct json_writer){.out = out};
}

void json_init_shown(struct json_writer *json, struct buffer *out)
{
    *json = (struct json_writer){.out = out, .is_shown = true};
}

static void json_begin_value(struct json_writer *json)
{
    if (json->comma) {
        buffer_append_text(json->out, ", ");
    }
    json->comma = true;
}

static void json_open(struct json_writer *json, char bracket)
{
    json_begin_value(json);
    buffer_append_char(json->out, bracket);
    json->comma = false;
}

static void json_close(struct json_writer *json, char bracket)
{
    buffer_append_char(json->out, bracket);
    json->comma = true;
}

void json_object_begin(struct json_writer *json)
{
    json_open(json, '{');
}

void json_object_end(struct json_writer *json)
{
    json_close(json, '}');
}

void json_array_begin(struct json_writer *json)
{
    json_open(json, '[');
}

void json_array_end(struct json_writer *json)
{
    json_close(json, ']');
}

void json_name(struct json_writer *json, const char *name)
{
    json_text(json, name);
    buffer_append_text(json->out, ": ");
    json->comma = false;
}

void json_string(struct json_writer *json, struct str text)
{
    json_begin_value(json);
    json_quote(json->out, text);
}

void json_text(struct json_writer *json, const char *text)
{
    if (text == NULL) {
        json_null(json);
    } else if (json->is_shown) {
        json_begin_value(json);
        json_quote_shown(json->out, text);
    } else {
        json_string(json, str_of(text));
    }
}

void json_int(struct json_writer *json, int64_t number)
{
    json_begin_value(json);
    buffer_append_int(json->out, number);
}

void json_number(struct json_writer *json, double number)
{
    json_begin_value(json);
    buffer_printf(json->out, "%.3f", number);
}

void json_bool(struct json_writer *json, bool value)
{
    json_begin_value(json);
    buffer_append_text(json->out, value ? "true" : "false");
}

void json_null(struct json_writer *json)
{
    json_begin_value(json);
    buffer_append_text(json->out, "null");
}

void json_member_text(struct json_writer *json, const char *name, const char *text)
{
    json_name(json, name);
    json_text(json, text);
}

void json_member_int(struct json_writer *json, const char *name, int64_t number)
{
    json_name(json, name);
    json_int(json, number);
}

void json_member_bool(struct json_writer *json, const char *name, bool value)
{
    json_name(json, name);
    json_bool(json, value);
}

static void json_escape(struct buffer *out, unsigned char c)
{
    static const char letters[] = {
        ['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't'};
    char letter = c < sizeof letters ? letters[c] : '\0';

    if (c == '"' || c == '\\') {
        letter = (char)c;
    }
    if (letter != '\0') {
        char pair[2] = {'\\', letter};

        buffer_append(out, pair, sizeof pair);
    } else {
        buffer_printf(out, "\\u%04x", c);
    }
}

void json_quote(struct buffer *out, struct str text)
{
    size_t start = 0;

    buffer_append_char(out, '"');
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];

        if (c < 0x20 || c == '"' || c == '\\') {
            buffer_append(out, text.data + start, i - start);
            json_escape(out, c);
            start = i + 1;
        }
    }
    buffer_append(out, text.data + start, text.size - start);
    buffer_append_char(out, '"');
}

static void json_escape_code(struct buffer *out, uint32_t code)
{
    if (code >= 0x10000) {
        buffer_printf(
            out, "\\u%04" PRIx32 "\\u%04" PRIx32, 0xD7C0 + (code >> 10), 0xDC00 + (code & 0x3FF));
    } else {
        buffer_printf(out, "\\u%04" PRIx32, code);
    }
}

void json_quote_shown(struct buffer *out, const char *text)
{
    buffer_append_char(out, '"');
    while (*text != '\0') {
        size_t length = str_character(text);

        if (length == 0) {
            buffer_append_text(out, "\\ufffd");
            length = 1;
        } else if (length == 1 && (*text < 0x20 || *text == '"' || *text == '\\')) {
            json_escape(out, (unsigned char)*text);
        } else if (!str_is_shown(text, length)) {
            json_escape_code(out, str_code(text, length));
        } else {
            buffer_append(out, text, length);
        }
        text += length;
    }
    buffer_append_char(out, '"');
}
