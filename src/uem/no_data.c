#include <string.h>

#include "uem/calls.h"

/* What stands before the outermost element: blanks, a byte order mark, a declaration. */
static struct str no_data_skip_prolog(struct str body)
{
    if (str_starts(body, "\xEF\xBB\xBF")) {
        body = (struct str){body.data + 3, body.size - 3};
    }
    body = str_trim(body);
    if (str_starts(body, "<?xml")) {
        const char *end = memchr(body.data, '>', body.size);
        size_t skipped = end != NULL ? (size_t)(end - body.data) + 1 : body.size;

        body = str_trim((struct str){body.data + skipped, body.size - skipped});
    }
    return body;
}

/* The guide does not name the root of what the call for a ZIP archive answers without one: it is a
 * web service's. */
static bool no_data_is_service(struct str body)
{
    static const char ending[] = "ebServiceResponse";
    size_t size = 1;

    while (size < body.size && strchr("> /\t\r\n", body.data[size]) == NULL) {
        size++;
    }
    return body.size > 0 && body.data[0] == '<' && size < body.size && size >= sizeof ending &&
           memcmp(body.data + size - (sizeof ending - 1), ending, sizeof ending - 1) == 0;
}

static bool no_data_has_root(const struct uem_call *call, struct str body)
{
    bool found = call->form == UEM_ZIP && no_data_is_service(body);

    for (size_t i = 0; !found && call->roots != NULL && call->roots[i] != NULL; i++) {
        size_t size = strlen(call->roots[i]);

        found = body.size > size + 1 && body.data[0] == '<' &&
                memcmp(body.data + 1, call->roots[i], size) == 0 &&
                strchr("> /\t\r\n", body.data[1 + size]) != NULL;
    }
    return found;
}

/* Whether a text of this word is followed by a number other than 0. */
static bool no_data_counts(struct str body, const char *word)
{
    const char *at = memmem(body.data, body.size, word, strlen(word));
    const char *end = body.data + body.size;
    bool counts = false;

    for (at = at != NULL ? at + strlen(word) : end;
         at < end && (str_is_digit(*at) || *at == ' ' || *at == '"'); at++) {
        counts = counts || (str_is_digit(*at) && *at != '0');
    }
    return counts;
}

bool uem_is_no_data(enum uem_call_id id, struct str body)
{
    struct str rest = no_data_skip_prolog(body);
    bool is_json =
        str_starts(rest, "{") && (memmem(rest.data, rest.size, "\"messages\"", 10) != NULL ||
                                     memmem(rest.data, rest.size, "\"totalCount\"", 12) != NULL);
    bool is_own =
        uem_call(id)->form != UEM_JSON && (is_json || no_data_has_root(uem_call(id), rest));

    return is_own && !no_data_counts(rest, "<totalCount>") &&
           !no_data_counts(rest, "\"totalCount\":");
}
