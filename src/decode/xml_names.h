/* The names of elements and attributes in one XML answer, each kept once: a document of 200,000
 * devices has a hundred of them. So a tree's names take no memory of their own, and two are the
 * same where their addresses are. They are counted too, as the parser remembers each of them to the
 * end of its document. */
#ifndef UEMSYNC_DECODE_XML_NAMES_H
#define UEMSYNC_DECODE_XML_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/ceilings.h"
#include "base/error.h"
#include "base/str.h"

enum { XML_NAMES_SLOTS = 2 * CEILING_NAMES };

struct xml_names {
    struct arena arena;
    uint64_t seed; /* of chance, so that no server can make names collide */
    size_t count;
    struct {
        uint64_t hash;
        char *text;
    } slots[XML_NAMES_SLOTS];
};

/* ERROR_MEMORY without chance to be had; to be released even so. */
bool xml_names_init(struct xml_names *names, struct error *err);
void xml_names_release(struct xml_names *names);

/* Forgets all names. */
void xml_names_clear(struct xml_names *names);

/* The name as it is kept, until they are cleared. NULL beyond CEILING_NAME or CEILING_NAMES, and
 * without memory, which names->arena.no_memory tells apart. */
char *xml_names_keep(struct xml_names *names, struct str name);

#endif
