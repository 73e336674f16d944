/* Answers of the v1 web services: a message and records, written while they are sent, so that any
 * number of them needs the memory of a piece. What an answer shows is copied when it begins: one
 * answer is one state of the tenant, however long it takes to send. */
#ifndef UEMSIM_V1_LIST_H
#define UEMSIM_V1_LIST_H

#include "doc.h"
#include "reply.h"

#define V1_DEVICES_ROOT "deviceManagementWebServiceResponse"
#define V1_SECTIONS_MAX 5

/* The devices that v1 knows: those that CPS has too, but for the first few, and some of its own,
 * whose indices lie behind all of CPS. */
struct v1_space {
    struct device_world world; /* in which every device has a GUID */
    uint64_t first, end;       /* indices that CPS knows as well */
    uint64_t only;             /* devices from DEVICE_INDEX_END up */
    uint64_t refused;          /* a bit for each enum v1_status that is no answer */
};

/* Records of one name; without a wrapper they stand in the root. */
struct v1_section {
    const char *wrapper, *item;
    uint64_t count;
};

struct v1_list {
    const char *root;
    char message[64];    /* empty: none */
    const char *nothing; /* the message without a record */
    bool counted;        /* JSON has a totalCount */
    struct v1_section sections[V1_SECTIONS_MAX];
    size_t section_count;
    size_t record_max; /* most bytes of a record */
    struct v1_space space;
    const struct options *options;
    uint64_t filter; /* for find() and write() */
    /* The number of the section's first record from `number` on; NULL: each number is a record. */
    uint64_t (*find)(const struct v1_list *list, size_t section, uint64_t number);
    /* Writes a record; `nameless` is one without what identifies it. */
    void (*write)(const struct v1_list *list, size_t section, uint64_t number, bool nameless,
        struct doc *doc);
};

/* A list with nothing but its root, the options and the devices of now. */
struct v1_list v1_list_begin(struct request *request, const char *root);
/* Records of the section among the numbers before `end`: `most` of them, or fewer. */
uint64_t v1_list_count(const struct v1_list *list, size_t section, uint64_t end, uint64_t most);
/* Lets the reply stream the list, or be a 404 of the API's own when there is no record. */
void v1_list_answer(struct request *request, const struct v1_list *list, struct reply *reply);
/* An answer that is a message alone. */
void v1_refuse(struct request *request, const char *root, unsigned status, const char *message,
    struct reply *reply);
/* Whether the client asks for JSON; else it gets XML. */
bool v1_wants_json(const struct request *request);

/* How many devices v1 knows, and the index of one by its number, 0 .. count-1. */
uint64_t v1_space_count(const struct v1_space *space);
uint64_t v1_space_index(const struct v1_space *space, uint64_t number);
/* The index of the device with that uuid; false: there is none. */
bool v1_space_find(const struct v1_space *space, const char *uuid, uint64_t *index);

#endif
