/* The words that devices are made of: names, models, versions, custom values. */
#ifndef UEMSIM_WORDS_H
#define UEMSIM_WORDS_H

#include <stdbool.h>
#include <stddef.h>

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
extern const struct word_list words_sites;      /* values of the custom attribute `site` */
extern const struct word_list words_ownership;  /* COMPANY and so on */
extern const struct word_list words_mac_makers; /* `b0:65:bd:`: the first half of an address */

#endif
