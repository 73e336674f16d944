#include "base/log.h"

#include <stdarg.h>

#include "base/json.h"
#include "base/str.h"
#include "base/timestamp.h"

enum { LOG_TEXT_SIZE = 2048 };

static const char *const log_words[] = {
    [LOG_DEBUG] = "debug",
    [LOG_INFO] = "info",
    [LOG_WARNING] = "warning",
    [LOG_ERROR] = "error",
};

/* How a progress display's line is wiped. */
static const char log_wipe[] = "\r\033[K";

static void log_add_json(struct buffer *line, const struct log *log, enum log_level level,
    const char *now, const char *text)
{
    struct json_writer json;

    json_init(&json, line);
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

    buffer_printf(line, "%s %-7s %s%s%s\n", now, log_words[level], tenant,
        log->tenant != NULL ? ": " : "", text);
}

/* A line is written at once: other processes may write to the same file. */
static void log_write(const struct log *log, enum log_level level, const char *text)
{
    char now[TIMESTAMP_TEXT_SIZE];
    struct buffer line;

    buffer_init(&line, 16 * LOG_TEXT_SIZE);
    (void)timestamp_format(timestamp_now(), now);
    if (log->line_open != NULL && *log->line_open) {
        buffer_append_text(&line, log_wipe);
        *log->line_open = false;
    }
    if (log->json) {
        log_add_json(&line, log, level, now, text);
    } else {
        log_add_text(&line, log, level, now, text);
    }
    if (buffer_ok(&line)) {
        (void)fwrite(buffer_text(&line), 1, line.size, log->out);
    } else {
        (void)fprintf(log->out, "%s %s\n", log_words[level], text); /* there is no memory */
    }
    (void)fflush(log->out);
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
