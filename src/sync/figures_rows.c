#include "sync/figures_rows.h"

#include "base/timestamp.h"

bool figures_ask(struct load *load, const struct figures_question *questions, size_t count,
    const char *tenant, struct figures_filling *filling, struct error *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < count; i++) {
        ok = load_report(
            load, questions[i].name, tenant, questions[i].columns, questions[i].each, filling, err);
    }
    return ok;
}

int64_t figures_int(struct str text)
{
    int64_t number = 0;
    bool is_negative = text.size > 0 && text.data[0] == '-';

    for (size_t i = is_negative ? 1 : 0; i < text.size && i < 18; i++) {
        number = str_is_digit(text.data[i]) ? number * 10 + (text.data[i] - '0') : number;
    }
    return is_negative ? -number : number;
}

bool figures_bool(struct str text)
{
    return str_is(text, "t");
}

int64_t figures_time(struct str text)
{
    int64_t ms = FIGURES_NEVER;

    return text.data != NULL && timestamp_parse_iso(text, &ms) ? ms : FIGURES_NEVER;
}

bool figures_text(
    struct figures_filling *filling, struct str text, const char **copy, struct error *err)
{
    *copy = text.data != NULL ? arena_copy(filling->arena, text) : NULL;
    return text.data == NULL || *copy != NULL || error_memory(err);
}

struct figures_counts figures_counts_of(const struct str *texts)
{
    return (struct figures_counts){
        figures_int(texts[0]), figures_int(texts[1]), figures_int(texts[2]), figures_int(texts[3])};
}
