/* v1 guide, "Get All Alerts". Texts name users and their phone numbers. */
#include <stdio.h>

#include "route.h"
#include "v1_device.h"

enum stream { STREAM_ALERT = 741 };

#define ROOT "alertWebServiceResponse"

enum filter { FILTER_NONE, FILTER_READ, FILTER_UNREAD };

#define WORD(text)                                                                                 \
    {                                                                                              \
        (text), sizeof(text) - 1                                                                   \
    }
#define CHOICE(name, ...)                                                                          \
    static const struct word name##_words[] = {__VA_ARGS__};                                       \
    static const struct word_list name = {name##_words, sizeof name##_words / sizeof(struct word)}

CHOICE(types, WORD("INTERNATIONAL_ROAMING_ALERT"), WORD("THRESHOLD_REACHED_ALERT"),
    WORD("SIM_CHANGED_ALERT"), WORD("MEMORY_SIZE_EXCEEDED_ALERT"), WORD("SYSTEM_ALERT"),
    WORD("POLICY_VIOLATIONS_ALERT"));
CHOICE(severities, WORD("INFORMATION"), WORD("WARNING"), WORD("CRITICAL"));
CHOICE(transports, WORD("EMAIL"), WORD("SMS"), WORD("APNS"));
CHOICE(statuses, WORD("CREATED"), WORD("PROCESSED"), WORD("DISPATCH_PENDING"), WORD("DISPATCHING"),
    WORD("DISPATCHED"), WORD("DISPATCHED"), WORD("DISPATCH_FAILED"));
CHOICE(subscriptions, WORD("m1"), WORD("Roaming & SIM"), WORD("violations"));

static uint64_t word_of(const struct v1_list *list, uint64_t number)
{
    return rng_at(list->space.world.seed, STREAM_ALERT, number);
}

/* Most alerts are read at last. */
static bool is_read(const struct v1_list *list, uint64_t number)
{
    return (word_of(list, number) >> 8) % 16 <= 9 + list->space.world.revision;
}

static uint64_t find_alert(const struct v1_list *list, size_t section, uint64_t number)
{
    (void)section;
    while (number < list->options->alerts && list->filter != FILTER_NONE &&
           is_read(list, number) != (list->filter == FILTER_READ)) {
        number++;
    }
    return number;
}

static void write_uuid(
    const struct v1_device *device, const char *key, size_t key_len, struct doc *doc)
{
    doc_value(doc, key, key_len);
    doc->at = device_write_guid(device->world, device->device.index, doc->at);
    doc_value_end(doc, key, key_len);
}

static void write_text(const struct v1_device *device, const struct word *severity, struct doc *doc)
{
    char text[512];
    char *to =
        put_bytes(put_word(text, severity), PUT_LIT("::Memory size exceeded 1% for Phone #: "));

    to = put_bytes(v1_device_put_phone(device, to), PUT_LIT(" ("));
    to = user_write_id(device->world->seed, device->device.user, to);
    to = put_bytes(to, PUT_LIT("), Total Memory Size: 154.86MB, Free < 133.59MB & \"falling\""));
    doc_long_text(doc, PUT_LIT("alertText"), text, (size_t)(to - text));
}

static void write_users(const struct v1_device *device, struct doc *doc)
{
    doc_value(doc, PUT_LIT("userUuid"));
    doc->at = user_write_uuid(device->world->seed, device->device.user, doc->at);
    doc_value_end(doc, PUT_LIT("userUuid"));
    doc_value(doc, PUT_LIT("userName"));
    doc->at = user_write_id(device->world->seed, device->device.user, doc->at);
    doc_value_end(doc, PUT_LIT("userName"));
}

static void write_dispatch(
    const struct v1_device *device, bool read, uint64_t word, struct doc *doc)
{
    const uint64_t date = device->device.registered + rng_below(rng_next(word), 864000000);
    const struct word *const severity = word_at(&severities, rng_next(word ^ 1));

    doc_number(doc, PUT_LIT("labelId"), -1 - (int64_t)(word >> 16 & 3));
    doc_word(doc, PUT_LIT("eventSubscriptionName"), word_at(&subscriptions, rng_next(word ^ 2)));
    doc_time(doc, PUT_LIT("alertDate"), date);
    write_text(device, severity, doc);
    doc_bool(doc, PUT_LIT("isActive"), !read);
    doc_number(doc, PUT_LIT("retries"), (int64_t)(word >> 24 & 3));
    doc_text(doc, PUT_LIT("updateBy"), "alertprocessor", 14);
    doc_time(doc, PUT_LIT("updatedAt"), date + 120000);
    doc_word(doc, PUT_LIT("alertDefnname"), word_at(&types, word));
    doc_word(doc, PUT_LIT("severity"), severity);
    doc_word(doc, PUT_LIT("transport"), word_at(&transports, rng_next(word ^ 3)));
    doc_word(doc, PUT_LIT("status"), word_at(&statuses, rng_next(word ^ 4)));
    /* Guide: not used, isActive says it. */
    doc_bool(doc, PUT_LIT("isAlertRead"), true);
}

static void write_alert(
    const struct v1_list *list, size_t section, uint64_t number, bool nameless, struct doc *doc)
{
    const uint64_t word = word_of(list, number);
    struct v1_device device;

    (void)section;
    v1_device_make(
        &list->space, v1_space_index(&list->space, word % v1_space_count(&list->space)), &device);
    if (nameless) {
        doc_item(doc, "alert");
    } else {
        doc_item_id(doc, "alert", 5 + (int64_t)number);
    }
    write_uuid(&device, PUT_LIT("deviceUuid"), doc);
    write_uuid(&device, PUT_LIT("dispatchDeviceUuid"), doc);
    write_users(&device, doc);
    write_dispatch(&device, is_read(list, number), word, doc);
    doc_item_end(doc, "alert");
}

void v1_alerts(struct request *request, struct reply *reply)
{
    const char *const read = request_argument(request, "isRead");
    struct v1_list list = v1_list_begin(request, ROOT);
    const uint64_t end = v1_space_count(&list.space) == 0 ? 0 : list.options->alerts;

    list.filter = read == NULL ? FILTER_NONE : read[0] == 't' ? FILTER_READ : FILTER_UNREAD;
    list.find = find_alert;
    const uint64_t count = v1_list_count(&list, 0, end, end);
    list.sections[0] = (struct v1_section){"alerts", "alert", count};
    list.section_count = 1;
    list.record_max = 4096;
    list.write = write_alert;
    list.nothing = "No alerts found";
    snprintf(
        list.message, sizeof list.message, "%llu alert(s) returned", (unsigned long long)count);
    v1_list_answer(request, &list, reply);
}
