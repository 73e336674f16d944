#include "sync/attributes.h"

static bool attributes_take(void *context, const cJSON *record, struct str json, struct error *err)
{
    struct attributes *attributes = context;
    struct str name = record_text(record_member(record, "name"));
    const cJSON *read_only = record_member(record, "readOnly");
    bool is_custom = cJSON_IsFalse(read_only) || str_is(record_text(read_only), "false");

    (void)json;
    return name.size == 0 || !is_custom ||
           mapper_add_custom_attribute(attributes->mapper, name.data, err);
}

static bool attributes_skip(void *context, enum server_unreadable what, const char *reason,
    uint64_t size, struct error *err)
{
    const struct attributes *attributes = context;

    (void)what;
    (void)size;
    (void)err;
    log_event(
        attributes->fetch->log, LOG_WARNING, "%s: an attribute: %s", attributes->call, reason);
    return true;
}

static bool attributes_done(void *context, const struct server_result *result, struct error *err)
{
    struct attributes *attributes = context;

    (void)err;
    attributes->result = *result;
    attributes->is_done = true;
    return true;
}

bool attributes_start(struct attributes *attributes, const struct fetch *fetch, enum uem_call_id id,
    struct mapper *mapper, struct error *err)
{
    const struct uem_arguments none = {0};
    const struct server_reader reader = {.record = attributes_take,
        .unreadable = attributes_skip,
        .done = attributes_done,
        .context = attributes};

    *attributes = (struct attributes){.fetch = fetch, .call = uem_call(id)->name, .mapper = mapper};
    return server_start(fetch->server, id, &none, &reader, err);
}
