/* The picture of a moment of a progress display: what the runs are at, and how far. All borrowed.
 */
#ifndef UEMSYNC_CLI_BOARD_PICTURE_H
#define UEMSYNC_CLI_BOARD_PICTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum board_state { BOARD_RUNNING, BOARD_DONE, BOARD_NOT_OFFERED, BOARD_GIVEN_UP };

struct board_picture_entity {
    const char *name;
    enum board_state state;
    int64_t done;
    int64_t total; /* -1: not known */
    double rate;   /* a second; -1: not known */
    int64_t left;  /* calls that its limit allows now; -1: it has none */
    int most;      /* of so many a minute */
    int64_t to_go; /* ms; -1: not known */
};

struct board_picture_tenant {
    const char *name;
    const char *word; /* what the run is at, or NULL */
    const char *at;   /* and which relation of it, or NULL */
    int64_t since;    /* ms that it is at it; -1: not told */
    bool is_over;     /* the word is how the run ended */
    const struct board_picture_entity *entities;
    size_t count;
};

#endif
