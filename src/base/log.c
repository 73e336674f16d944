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

static void log_write_json(
    const struct log *log, enum log_level level, const char *now, const char *text)
{
    struct buffer line;
    struct json_writer json;

    buffer_init(&line, 16 * LOG_TEXT_SIZE);
    json_init(&json, &line);
    json_object_begin(&json);
    json_member_text(&json, "time", now);
    json_member_text(&json, "level", log_words[level]);
    if (log->tenant != NULL) {
        json_member_text(&json, "tenant", log->tenant);
    }
    json_member_text(&json, "message", text);
    json_object_end(&json);
    (void)fprintf(log->out, "%s\n", buffer_text(&line));
    buffer_release(&line);
}

static void log_write_text(
    const struct log *log, enum log_level level, const char *now, const char *text)
{
    const char *tenant = log->tenant != NULL ? log->tenant : "";

    (void)fprintf(log->out, "%s %-7s %s%s%s\n", now, log_words[level], tenant,
        log->tenant != NULL ? ": " : "", text);
}

void log_event(const struct log *log, enum log_level level, const char *format, ...)
{
    char text[LOG_TEXT_SIZE];
    char now[TIMESTAMP_TEXT_SIZE];
    va_list arguments;

    if (level >= log->from) {
        va_start(arguments, format);
        (void)vsnprintf(text, sizeof text, format, arguments);
        va_end(arguments);
        str_make_line(text);
        (void)timestamp_format(timestamp_now(), now);
        if (log->line_open != NULL && *log->line_open) {
            (void)fputs("\r\033[K", log->out);
            *log->line_open = false;
        }
        if (log->json) {
            log_write_json(log, level, now, text);
        } else {
            log_write_text(log, level, now, text);
        }
        (void)fflush(log->out);
    }
}
