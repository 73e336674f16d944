/* CPS guide, "Inventory APIs", and what they call metadata of them. */
#include "child.h"
#include "inventory.h"
#include "route.h"

/* Entries beyond this many bytes are not made room for in advance. */
#define ROOM_MAX ((size_t)1 << 20)

static char *write_record(const struct child_list *list, uint64_t place, char *to)
{
    const struct inventory_list *const records = list->what;

    return records->kind->write(records, place, to);
}

static void append_inventory(
    const struct child_call *call, const struct child_entry *entry, struct buf *out)
{
    const struct inventory_kind *const kind = call->what;
    const struct fault_hit *const hit = &entry->request->hit;
    struct inventory_list records;

    inventory_begin(kind, &entry->request->server->tenant.world, &entry->device, &records);
    if (hit->has[FAULT_APPS] && entry->place == 0 && kind == &inventory_apps) {
        inventory_resize_apps(&records, hit->number[FAULT_APPS]);
    }
    const struct child_list list = {.name = kind->list,
        .long_member = kind->long_member,
        .count = records.count,
        .what = &records,
        .record_max = INVENTORY_RECORD_MAX,
        .write = write_record};
    child_append_list(entry, &list, out);
}

static bool is_ios(const struct device_world *world, uint64_t index)
{
    return device_os_of(world, index) == OS_IOS;
}

static void answer(struct request *request, const struct inventory_kind *kind, uint64_t records,
    struct reply *reply)
{
    const size_t room = (size_t)records * kind->average + 256;
    const struct child_call call = {.type = kind->takes_guid ? ASKED_TYPED : ASKED_MDM,
        .filter = kind->ios_only ? is_ios : NULL,
        .before = "[",
        .after = "]",
        .entry_average = room < ROOM_MAX ? room : ROOM_MAX,
        .what = kind,
        .append = append_inventory};

    child_answer(request, &call, reply);
}

void cps_device_applications(struct request *request, struct reply *reply)
{
    answer(request, &inventory_apps, request->server->options->apps, reply);
}

void cps_device_certificates(struct request *request, struct reply *reply)
{
    answer(request, &inventory_certificates, 4, reply);
}

void cps_device_profiles(struct request *request, struct reply *reply)
{
    answer(request, &inventory_profiles, request->server->options->profiles, reply);
}
