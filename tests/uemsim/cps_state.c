/* CPS guide, "Get device settings - iOS only" and "Get device location details". */
#include <string.h>

#include "child.h"
#include "route.h"

enum stream { STREAM_SETTING = 501, STREAM_LOCATION };

static const char *const settings[] = {"DATA_ROAMING", "PERSONAL_HOTSPOT"};

/* A setting is what it was at the last check-in, and can change with the device. */
static void append_setting(
    const struct child_call *call, const struct child_entry *entry, struct buf *out)
{
    const size_t *const which = call->what;
    const char *const spoilt = reply_spoilt_list(entry->request, "{}");
    const uint64_t word = rng_at(
        entry->request->server->tenant.world.seed + *which, STREAM_SETTING, entry->device.index);

    buf_text(out, "\"settings\":");
    if (spoilt != NULL) {
        buf_text(out, spoilt);
    } else {
        buf_text(out, "{\"type\":\"");
        buf_text(out, settings[*which]);
        buf_text(out, ((word + entry->device.changes) & 1) != 0
                          ? "\",\"value\":{\"enabled\":true}}"
                          : "\",\"value\":{\"enabled\":false}}");
    }
}

static bool is_ios(const struct device_world *world, uint64_t index)
{
    return device_os_of(world, index) == OS_IOS;
}

static bool read_setting(const struct request *request, size_t *which)
{
    cJSON *const body = cJSON_ParseWithLength(request->body.data, request->body.len);
    const char *const word =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(body, "settingsType"));
    const size_t count = sizeof settings / sizeof settings[0];

    *which = 0;
    while (*which < count && (word == NULL || strcmp(settings[*which], word) != 0)) {
        (*which)++;
    }
    cJSON_Delete(body);
    return *which < count;
}

void cps_device_settings(struct request *request, struct reply *reply)
{
    size_t which;
    const struct child_call call = {.type = ASKED_MDM,
        .names = NAMES_IDENTIFIER,
        .filter = is_ios,
        .before = "{\"settings\":[",
        .after = "]}",
        .entry_is_record = true,
        .empty_body = true,
        .entry_average = 200,
        .what = &which,
        .append = append_setting};

    if (!read_setting(request, &which)) {
        reply_error(
            reply, 400, "BAD_REQUEST", "settingsType is neither DATA_ROAMING nor PERSONAL_HOTSPOT");
    } else {
        child_answer(request, &call, reply);
    }
}

/* Degrees with six decimals, `span` of them from -`below` up. */
static void append_degrees(uint64_t word, uint32_t span, uint32_t below, struct buf *out)
{
    const int64_t millionths = (int64_t)rng_below(word, span * 1000000U) - (int64_t)below * 1000000;
    const uint64_t size = (uint64_t)(millionths < 0 ? -millionths : millionths);
    char text[PUT_NUMBER_MAX + 8];

    char *end = put_number(text, size / 1000000);
    *end++ = '.';
    end = put_digits(end, size % 1000000, 6);
    buf_text(out, millionths < 0 ? "\"-" : "\"");
    buf_put(out, text, (size_t)(end - text));
    buf_text(out, "\"");
}

/* Captured when the device checked in last. As in the guide's sample, longitudes go beyond 180. */
static void append_location(
    const struct child_call *call, const struct child_entry *entry, struct buf *out)
{
    const struct device *const device = &entry->device;
    const char *const spoilt = reply_spoilt_list(entry->request, "{}");
    const uint64_t word = rng_at(entry->request->server->tenant.world.seed ^ device->last_check_in,
        STREAM_LOCATION, device->index);

    (void)call;
    buf_text(out, "\"lastCaptured\":");
    buf_number(out, device->last_check_in - rng_below(word, 60000));
    buf_text(out, ",\"location\":");
    if (spoilt != NULL) {
        buf_text(out, spoilt);
    } else {
        buf_text(out, "{\"latitude\":");
        append_degrees(rng_next(word), 180, 90, out);
        buf_text(out, ",\"longitude\":");
        append_degrees(rng_next(~word), 420, 180, out);
        buf_text(out, "}");
    }
}

static bool is_active(const struct device_world *world, uint64_t index)
{
    return device_status_of(world, index) == STATUS_ACTIVE;
}

void cps_device_locations(struct request *request, struct reply *reply)
{
    const struct child_call call = {.type = ASKED_MDM,
        .filter = is_active,
        .before = "[",
        .after = "]",
        .entry_is_record = true,
        .entry_average = 250,
        .append = append_location};

    child_answer(request, &call, reply);
}
