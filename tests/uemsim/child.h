/* Calls that answer for the devices whose identifiers the body holds: an entry a device, which
 * names it and tells something of it. CPS guide, "Inventory APIs" and their like. */
#ifndef UEMSIM_CHILD_H
#define UEMSIM_CHILD_H

#include "asked.h"
#include "put.h"

/* One device of the answer. */
struct child_entry {
    const struct request *request;
    const struct asked *asked;
    size_t place; /* in the answer */
    struct device device;
};

enum child_names {
    NAMES_CHILD,     /* deviceMdmId, or when asked by GUID as --child-name says */
    NAMES_GUID,      /* deviceGuid */
    NAMES_IDENTIFIER /* identifier */
};

struct child_call {
    enum asked_type type;
    enum child_names names;
    asked_filter *filter;       /* devices that are told of; NULL: all */
    const char *before, *after; /* of the entries */
    bool entry_is_record;       /* `bad-record` spoils an entry, not a record in its list */
    bool empty_body;            /* when there is no entry, there is no body at all */
    size_t entry_average;       /* bytes, about */
    const void *what;           /* for append() */
    /* Appends the members behind the name. */
    void (*append)(const struct child_call *call, const struct child_entry *entry, struct buf *out);
};

/* A list of records within an entry. */
struct child_list {
    const char *name, *long_member;
    uint64_t count;
    const void *what; /* for write() */
    size_t record_max;
    char *(*write)(const struct child_list *list, uint64_t place, char *to);
};

/* Answers a request. */
void child_answer(struct request *request, const struct child_call *call, struct reply *reply);
/* For child_call.append: appends the list as a member, spoilt as the request's faults say. */
void child_append_list(
    const struct child_entry *entry, const struct child_list *list, struct buf *out);
#endif
