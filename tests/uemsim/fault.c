#include "fault.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A script longer than this is a mistake. */
#define FAULTS_MAX 1000

enum value { VALUE_NONE, VALUE_NUMBER, VALUE_TEXT, VALUE_STATUS, VALUE_WORD };

static const struct action {
    const char *name;
    enum fault_kind kind;
    enum value value;
    uint64_t min, max; /* of a number */
} actions[] = {
    {"status", FAULT_STATUS, VALUE_STATUS, 200, 599},
    {"html", FAULT_HTML, VALUE_NONE, 0, 0},
    {"close", FAULT_CLOSE, VALUE_NONE, 0, 0},
    {"empty", FAULT_EMPTY, VALUE_NONE, 0, 0},
    {"redirect", FAULT_REDIRECT, VALUE_TEXT, 0, 0},
    {"body", FAULT_BODY, VALUE_TEXT, 0, 0},
    {"endless", FAULT_ENDLESS, VALUE_NONE, 0, 0},
    {"malformed", FAULT_MALFORMED, VALUE_NONE, 0, 0},
    {"truncate", FAULT_TRUNCATE, VALUE_NONE, 0, 0},
    {"reset", FAULT_RESET, VALUE_NONE, 0, 0},
    {"stall", FAULT_STALL, VALUE_NONE, 0, 0},
    {"huge-record", FAULT_HUGE_RECORD, VALUE_NUMBER, 1, UINT64_C(512) << 20},
    {"bad-record", FAULT_BAD_RECORD, VALUE_WORD, 0, 0},
    {"drop", FAULT_DROP, VALUE_NUMBER, 0, 1000000},
    {"repeat", FAULT_REPEAT, VALUE_NONE, 0, 0},
    {"culprit", FAULT_CULPRIT, VALUE_TEXT, 0, 0},
    {"shuffle", FAULT_SHUFFLE, VALUE_NONE, 0, 0},
    {"double", FAULT_DOUBLE, VALUE_NONE, 0, 0},
    {"foreign", FAULT_FOREIGN, VALUE_NONE, 0, 0},
    {"missing", FAULT_MISSING, VALUE_NUMBER, 0, 1000},
    {"empty-lists", FAULT_EMPTY_LISTS, VALUE_NONE, 0, 0},
    {"null-lists", FAULT_NULL_LISTS, VALUE_NONE, 0, 0},
    {"wrong-lists", FAULT_WRONG_LISTS, VALUE_NONE, 0, 0},
    {"apps", FAULT_APPS, VALUE_NUMBER, 0, 1000000},
    {"same-app", FAULT_SAME_APP, VALUE_NONE, 0, 0},
    {"empty-identifier", FAULT_EMPTY_IDENTIFIER, VALUE_NONE, 0, 0},
    {"name-last", FAULT_NAME_LAST, VALUE_NONE, 0, 0},
    {"slow", FAULT_SLOW, VALUE_NUMBER, 0, 3600000},
    {"remove-before", FAULT_REMOVE_BEFORE, VALUE_NUMBER, 0, 50000000},
    {"add", FAULT_ADD, VALUE_NUMBER, 0, 50000000},
};

const char *fault_help(void)
{
    return "A fault is PATTERN:FROM[-TO]:ACTION. PATTERN is `METHOD /path` without the query, a "
           "final\n"
           "* stands for any rest. FROM and TO count the calls of that pattern from 1; * is all "
           "calls.\n"
           "  status=CODE[,retry-after=SECONDS|date]  that status and a JSON error\n"
           "  html            a login page with status 200\n"
           "  close           no answer at all\n"
           "  empty           status 200 without a body\n"
           "  redirect=URL    302 to URL\n"
           "  body=FILE       status 200 and the bytes of FILE as JSON\n"
           "  endless         a body of records that never ends\n"
           "  malformed       the JSON is broken in the middle\n"
           "  truncate        closes after half of the promised length\n"
           "  reset           a TCP reset in the middle of the body\n"
           "  stall           half of the body, then nothing until the client leaves\n"
           "  huge-record=N   the answer's first record has a string of N bytes\n"
           "  bad-record[=no-id]  a record in the middle is a string, or has no identifier\n"
           "  drop=N          N records are left out of the page, never those at its end\n"
           "  repeat          the offset is ignored\n"
           "  culprit=ID[,ID]  status 500 when the body names one of these identifiers\n"
           "  shuffle         the devices are answered in another order\n"
           "  double          the first device is answered twice\n"
           "  foreign         a device is answered that was not asked for\n"
           "  missing=N       N devices are not answered\n"
           "  empty-lists     every device's list is empty\n"
           "  null-lists      it is null\n"
           "  wrong-lists     it is a string\n"
           "  apps=N          the first device of the answer has N apps\n"
           "  same-app        each device has its first app twice\n"
           "  empty-identifier  each device's first app has the identifier \"\"\n"
           "  name-last       a device's names stand behind its list\n"
           "  slow=MS         answers after MS milliseconds\n"
           "  remove-before=N  N devices at the head leave the tenant before the call\n"
           "  add=N           N devices join the tenant before the call\n";
}

bool fault_list_init(struct fault_list *list)
{
    *list = (struct fault_list){0};
    return pthread_mutex_init(&list->lock, NULL) == 0;
}

static void fault_release(struct fault *fault)
{
    free(fault->pattern);
    free(fault->text);
}

void fault_list_release(struct fault_list *list)
{
    fault_clear(list);
    free(list->faults);
    pthread_mutex_destroy(&list->lock);
}

void fault_clear(struct fault_list *list)
{
    pthread_mutex_lock(&list->lock);
    for (size_t at = 0; at < list->count; at++) {
        fault_release(&list->faults[at]);
    }
    list->count = 0;
    pthread_mutex_unlock(&list->lock);
}

void fault_restart(struct fault_list *list)
{
    pthread_mutex_lock(&list->lock);
    for (size_t at = 0; at < list->count; at++) {
        list->faults[at].seen = 0;
    }
    pthread_mutex_unlock(&list->lock);
}

/* Reads digits up to `*end`; false when there are none or too many. */
static bool read_number(const char *text, const char **end, uint64_t *number)
{
    char *stop = NULL;
    const bool digit = *text >= '0' && *text <= '9';

    errno = 0;
    *number = digit ? strtoull(text, &stop, 10) : 0;
    *end = digit ? stop : text;
    return digit && errno == 0;
}

/* FROM, FROM-TO, or an asterisk; ends at the colon. */
static bool read_range(const char *text, struct fault *fault, const char **end)
{
    bool ok;

    fault->from = 1;
    fault->to = UINT64_MAX;
    if (*text == '*') {
        *end = text + 1;
        ok = true;
    } else {
        ok = read_number(text, end, &fault->from);
        fault->to = fault->from;
        if (ok && **end == '-') {
            ok = read_number(*end + 1, end, &fault->to);
        }
    }
    return ok && **end == ':' && fault->from >= 1 && fault->to >= fault->from;
}

static bool read_retry(const char *text, struct fault *fault)
{
    static const char key[] = ",retry-after=";
    bool ok = *text == '\0';

    if (strncmp(text, key, sizeof key - 1) == 0) {
        const char *const value = text + sizeof key - 1;
        const char *end;
        if (strcmp(value, "date") == 0) {
            /* A date has whole seconds: with two, at least one is left when it arrives. */
            fault->retry = RETRY_DATE;
            fault->retry_after = 2;
            ok = true;
        } else {
            fault->retry = RETRY_SECONDS;
            ok = read_number(value, &end, &fault->retry_after) && *end == '\0';
        }
    }
    return ok;
}

static bool read_value(const struct action *action, const char *value, struct fault *fault)
{
    const char *end = "";
    bool ok = true;

    if (action->value == VALUE_NONE) {
        ok = value == NULL;
    } else if (action->value == VALUE_TEXT) {
        ok = value != NULL && *value != '\0';
        fault->text = ok ? strdup(value) : NULL;
        ok = fault->text != NULL;
    } else if (action->value == VALUE_WORD) {
        /* The only word there is: bad-record=no-id. */
        ok = value == NULL || strcmp(value, "no-id") == 0;
        fault->number = value != NULL;
    } else {
        ok = value != NULL && read_number(value, &end, &fault->number) &&
             fault->number >= action->min && fault->number <= action->max;
        ok = ok && (action->value == VALUE_STATUS ? read_retry(end, fault) : *end == '\0');
    }
    return ok;
}

static bool read_action(const char *text, struct fault *fault)
{
    const char *const equals = strchr(text, '=');
    const size_t len = equals == NULL ? strlen(text) : (size_t)(equals - text);
    bool ok = false;

    for (size_t at = 0; at < sizeof actions / sizeof actions[0]; at++) {
        if (strlen(actions[at].name) == len && strncmp(actions[at].name, text, len) == 0) {
            fault->kind = actions[at].kind;
            ok = read_value(&actions[at], equals == NULL ? NULL : equals + 1, fault);
        }
    }
    return ok;
}

static bool fault_parse(const char *spec, struct fault *fault, char *why, size_t why_size)
{
    const char *const colon = strchr(spec, ':');
    const char *end = NULL;
    const char *wrong = NULL;

    *fault = (struct fault){0};
    if (colon == NULL || colon == spec) {
        wrong = "wants PATTERN:FROM[-TO]:ACTION";
    } else if (!read_range(colon + 1, fault, &end)) {
        wrong = "has no proper FROM-TO";
    } else if (!read_action(end + 1, fault)) {
        wrong = "has no proper ACTION";
    } else {
        fault->pattern = strndup(spec, (size_t)(colon - spec));
        wrong = fault->pattern == NULL ? "found no memory" : NULL;
    }
    if (wrong != NULL) {
        snprintf(why, why_size, "the fault \"%.200s\" %s", spec, wrong);
        fault_release(fault);
    }
    return wrong == NULL;
}

static bool list_append(struct fault_list *list, const struct fault *fault)
{
    bool ok = list->count < FAULTS_MAX;

    if (ok && list->count == list->cap) {
        const size_t cap = list->cap == 0 ? 8 : list->cap * 2;
        struct fault *const faults = realloc(list->faults, cap * sizeof *faults);
        ok = faults != NULL;
        list->faults = ok ? faults : list->faults;
        list->cap = ok ? cap : list->cap;
    }
    if (ok) {
        list->faults[list->count++] = *fault;
    }
    return ok;
}

bool fault_add(struct fault_list *list, const char *spec, char *why, size_t why_size)
{
    struct fault fault;
    bool ok = fault_parse(spec, &fault, why, why_size);

    if (ok) {
        pthread_mutex_lock(&list->lock);
        ok = list_append(list, &fault);
        pthread_mutex_unlock(&list->lock);
        if (!ok) {
            fault_release(&fault);
            snprintf(why, why_size, "more than %d faults, or no memory", FAULTS_MAX);
        }
    }
    return ok;
}

static bool pattern_matches(const char *pattern, const char *method, const char *path)
{
    char call[512];
    const size_t len = strlen(pattern);

    snprintf(call, sizeof call, "%s %s", method, path);
    return pattern[len - 1] == '*' ? strncmp(pattern, call, len - 1) == 0
                                   : strcmp(pattern, call) == 0;
}

static bool hit_add(struct fault_hit *hit, const struct fault *fault)
{
    char *const text = fault->text == NULL ? NULL : strdup(fault->text);
    const bool ok = fault->text == NULL || text != NULL;

    if (ok) {
        free(hit->text[fault->kind]);
        hit->text[fault->kind] = text;
        hit->has[fault->kind] = true;
        hit->number[fault->kind] = fault->number;
        hit->any = true;
        if (fault->kind == FAULT_STATUS) {
            hit->retry = fault->retry;
            hit->retry_after = fault->retry_after;
        }
    }
    return ok;
}

bool fault_match(
    struct fault_list *list, const char *method, const char *path, struct fault_hit *hit)
{
    bool ok = true;

    *hit = (struct fault_hit){0};
    pthread_mutex_lock(&list->lock);
    for (size_t at = 0; at < list->count && ok; at++) {
        struct fault *const fault = &list->faults[at];
        if (pattern_matches(fault->pattern, method, path)) {
            fault->seen++;
            if (fault->seen >= fault->from && fault->seen <= fault->to) {
                ok = hit_add(hit, fault);
            }
        }
    }
    pthread_mutex_unlock(&list->lock);
    return ok;
}

void fault_hit_release(struct fault_hit *hit)
{
    for (int kind = 0; kind < FAULT_KINDS; kind++) {
        free(hit->text[kind]);
        hit->text[kind] = NULL;
    }
}
