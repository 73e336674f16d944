/* The words that devices and what is on them are made of: names, models, versions, values. */
#ifndef UEMSIM_WORDS_H
#define UEMSIM_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "put.h"

struct word {
    const char *text; /* UTF-8 with what JSON needs escaped already escaped */
    size_t len;       /* bytes */
};

struct model {
    struct word manufacturer;
    struct word model;
    bool cellular; /* has an IMEI */
};

struct word_list {
    const struct word *words;
    unsigned count;
};

static inline char *put_word(char *to, const struct word *word)
{
    return put_bytes(to, word->text, word->len);
}

static inline const struct word *word_at(const struct word_list *list, uint64_t hash)
{
    return &list->words[rng_below(hash, list->count)];
}

struct model_list {
    const struct model *models;
    unsigned count;
};

/* Indexed by enum device_os and enum device_status of device.h, in their order. */
extern const struct word words_os[];
extern const struct word words_status[];
extern const struct model_list words_models[];
extern const struct word_list words_versions[];

extern const struct word_list words_first_names;
extern const struct word_list words_last_names;
extern const struct word_list words_sites;        /* values of the custom attribute `site` */
extern const struct word_list words_ownership;    /* COMPANY and so on */
extern const struct word_list words_mac_makers;   /* `b0:65:bd:`: the first half of an address */
extern const struct word_list words_vendors;      /* `acme`: the middle of an app's identifier */
extern const struct word_list words_products;     /* `Notes`: also in identifiers, so plain */
extern const struct word_list words_oddities;     /* how user ids begin that no device carries */
extern const struct word_list words_display_ends; /* what stands behind a first name */

#endif
