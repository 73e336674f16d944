/* The countries and operators of v1, which devices name too. */
#ifndef UEMSIM_V1_COUNTRY_H
#define UEMSIM_V1_COUNTRY_H

#include "words.h"

struct v1_country {
    struct word name, iso;
    unsigned code, id;
    bool enabled;
    bool misspelt; /* `isoAplha2Code`, as one of the guide's samples has it */
};

struct v1_operator {
    struct word name, domain; /* plain text */
    unsigned id, country;     /* the country's place in its list */
    bool fixed, enabled;
};

extern const struct v1_country v1_country_list[];
extern const unsigned v1_country_count;
extern const struct v1_operator v1_operator_list[];
extern const unsigned v1_operator_count;

#endif
