/* A mapping file as it is written, and the table that reads it. Part of mapping. */
#ifndef UEMSYNC_MAPPING_MAPPING_FILE_H
#define UEMSYNC_MAPPING_MAPPING_FILE_H

#include "mapping/mapping.h"
#include "yaml/yaml_bind.h"

struct mapping_file_column {
    const char *name;
    const char *about;
    const char *type;
    const char *rule;
    const char *otherwise;
    const char *v1_rule;
    enum mapping_kind kind;
    enum mapping_merge merge;
    bool history;
    struct yaml_strings cps;
    struct yaml_strings v1;
    struct yaml_strings words;
};

struct mapping_file_personal {
    const char *value;
    enum personal_form form;
    enum personal_search search;
    struct yaml_strings at;
};

struct mapping_file {
    const char *entity;
    const char *about;
    int key;
    bool set;
    const char *owner; /* a column's name, or NULL */
    struct yaml_strings dropped;
    struct yaml_list columns;  /* of struct mapping_file_column */
    struct yaml_list personal; /* of struct mapping_file_personal */
    struct yaml_strings texts;
};

extern const struct yaml_table mapping_file_table;

#endif
