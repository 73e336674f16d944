#include "base/log.h"

#include <stdarg.h>

#include "base/json.h"
#include "base/shared.h"
#include "base/str.h"
#include "base/timestamp.h"

enum { LOG_TEXT_SIZE = 2048 };

static const char *const log_words[] = {
    [LOG_DEBUG] = "debug",
    [LOG_INFO] = "info",
    [LOG_WARNING] = "warning",
    [LOG_ERROR] = "error",
};

static const char *const log_colours[] = {
    [LOG_DEBUG] = "\033[2m",
    [LOG_INFO] = "",
    [LOG_WARNING] = "\033[33m",
    [LOG_ERROR] = "\033[31m",
};

static void log_add_json(struct buffer *line, const struct log *log, enum log_level level,
    const char *now, const char *text)
{
    struct json_writer json;

    json_init_shown(&json, line);
    json_object_begin(&json);
    json_member_text(&json, "time", now);
    json_member_text(&json, "level", log_words[level]);
    if (log->tenant != NULL) {
        json_member_text(&json, "tenant", log->tenant);
    }
    json_member_text(&json, "message", text);
    json_object_end(&json);
    buffer_append_char(line, '\n');
}

static void log_add_text(struct buffer *line, const struct log *log, enum log_level level,
    const char *now, const char *text)
{
    const char *tenant = log->tenant != NULL ? log->tenant : "";

    bool is_coloured = log->colour && *log_colours[level] != '\0';

    buffer_printf(line, "%s %s%-7s%s %s%s%s\n", now, is_coloured ? log_colours[level] : "",
        log_words[level], is_coloured ? "\033[0m" : "", tenant, log->tenant != NULL ? ": " : "",
        text);
}

void log_add_wipe(struct buffer *out, const struct log_block *block)
{
    if (block->rows > 0) {
        buffer_printf(out, "\033[%zuA\r\033[J", block->rows);
    }
}

/* A line is written at once: other processes may write to the same file. */
static void log_write(const struct log *log, enum log_level level, const char *text)
{
    char now[TIMESTAMP_TEXT_SIZE];
    struct buffer line;

    buffer_init(&line, 16 * LOG_TEXT_SIZE + LOG_BLOCK_SIZE);
    (void)timestamp_format(timestamp_now(), now);
    if (log->block != NULL) {
        shared_lock_take(&log->block->lock);
        log_add_wipe(&line, log->block);
    }
    if (log->json) {
        log_add_json(&line, log, level, now, text);
    } else {
        log_add_text(&line, log, level, now, text);
    }
    if (log->block != NULL) {
        buffer_append(&line, log->block->text, log->block->size);
    }
    if (buffer_ok(&line)) {
        (void)fwrite(buffer_text(&line), 1, line.size, log->out);
    } else {
        (void)fprintf(log->out, "%s %s\n", log_words[level], text); /* there is no memory */
    }
    (void)fflush(log->out);
    if (log->block != NULL) {
        shared_lock_leave(&log->block->lock);
    }
    buffer_release(&line);
}

void log_event(const struct log *log, enum log_level level, const char *format, ...)
{
    char text[LOG_TEXT_SIZE];
    va_list arguments;

    if (level >= log->from) {
        va_start(arguments, format);
        (void)vsnprintf(text, sizeof text, format, arguments);
        va_end(arguments);
        str_make_line(text);
        log_write(log, level, text);
    }
}
