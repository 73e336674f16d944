/* v1 guide, "Get all Labels". A Core's labels are the device groups of its CPS, under ids of their
 * own: negative for the default ones. */
#include <stdio.h>

#include "route.h"
#include "v1_device.h"

static uint64_t count_devices(const struct v1_space *space, uint64_t group)
{
    const uint64_t end = v1_space_count(space);
    uint64_t count = 0;

    for (uint64_t at = 0; at < end; at++) {
        count += group_has(&space->world, group, v1_space_index(space, at)) ? 1 : 0;
    }
    return count;
}

int64_t v1_label_id(uint64_t group)
{
    struct group_words words;

    group_describe(group, &words);
    return words.is_known ? -1 - (int64_t)group : 100 + 3 * (int64_t)group;
}

static void write_query(uint64_t group, const struct group_words *words, struct doc *doc)
{
    char text[160] = "";

    if (!words->is_static && words->is_known) {
        snprintf(text, sizeof text, "\"common.platform\"=\"%.*s\" AND \"common.retired\"=false",
            (int)strcspn(words->name, " "), words->name);
    } else if (!words->is_static) {
        snprintf(text, sizeof text, "\"custom.device.team\"=\"%llu\"", (unsigned long long)group);
    }
    doc_text(doc, PUT_LIT("query"), text, strlen(text));
}

static void write_label(
    const struct v1_list *list, size_t section, uint64_t number, bool nameless, struct doc *doc)
{
    struct group_words words;

    (void)section;
    group_describe(number, &words);
    if (nameless) {
        doc_item(doc, "label");
    } else {
        doc_item_id(doc, "label", v1_label_id(number));
    }
    doc_long_text(doc, PUT_LIT("name"), words.name, strlen(words.name));
    doc_word(doc, PUT_LIT("description"), words.description);
    doc_bool(doc, PUT_LIT("staticLabel"), words.is_static);
    write_query(number, &words, doc);
    doc_number(doc, PUT_LIT("deviceCount"), (int64_t)count_devices(&list->space, number));
    doc_number(doc, PUT_LIT("isESSearch"), words.is_static ? 'f' : 't');
    doc_item_end(doc, "label");
}

void v1_labels(struct request *request, struct reply *reply)
{
    struct v1_list list = v1_list_begin(request, V1_DEVICES_ROOT);

    list.sections[0] = (struct v1_section){"labels", "label", list.options->groups};
    list.section_count = 1;
    list.record_max = 2048;
    list.write = write_label;
    snprintf(list.message, sizeof list.message, "%llu Label (s) returned",
        (unsigned long long)list.options->groups);
    v1_list_answer(request, &list, reply);
}
