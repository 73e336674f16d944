/* Runs over scripted servers: a tenant, what goes before its inventory, a destination in memory,
 * and what a run came to. */
#ifndef UEMSYNC_TESTS_WIRE_BENCH_H
#define UEMSYNC_TESTS_WIRE_BENCH_H

#include "unit/sync/fake_load.h"

#include "sync/flows.h"
#include "wire/fixture.h"

enum { BENCH_TEXTS = 400 };

#define DEVICE_LIST "GET /msa/v1/cps/device?"

/* The GUID of the n-th device, n being a digit. */
#define GUID(n) "00000000-0000-4000-8000-00000000000" #n

/* One tenant, over one or several runs. */
struct bench {
    struct sync_tenant tenant;
    struct catalogue catalogue;
    struct fake_load fake;
    struct log log;
    char *said;
    size_t said_size;
    struct load *load; /* of the test, instead of the fake one; borrowed */
    const char *run_id;
    bool full;
    bool once;
    const char *const *names; /* of the command line */
    size_t name_count;

    /* Of the latest run. */
    struct script_reply replies[SCRIPT_REPLIES + 1];
    size_t reply_count;
    char *texts[BENCH_TEXTS]; /* owned */
    size_t text_count;
    struct script_server server;
    struct sync_entity_report reports[2];
    struct error err;
};

#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_setup, bench_teardown)

/* For cmocka; the state is a struct bench. */
int bench_setup(void **state);
int bench_teardown(void **state);

/* The next run has a script of its own, which is empty so far. */
void bench_forget(struct bench *bench);

/* The bytes of a buffer, which is released, as a text that lives as long as the script. */
const char *bench_keep(struct bench *bench, struct buffer *buffer);

/* The next reply of the script: to a request that holds `on`, and no other. */
void bench_answer(struct bench *bench, const char *on, int status, const char *body);

/* The reply that was added last is sent only once so many requests have come. */
void bench_await(struct bench *bench, int requests);

/* The GUID of the n-th device. */
const char *bench_guid(struct bench *bench, int n);

/* Answers to what goes before the inventory: the devices are these records. */
void bench_answer_devices(struct bench *bench, int count, const char *records);

/* Devices 1 to `count`, with GUIDs and identifiers, that checked in at `check_in`. */
void bench_answer_numbered(struct bench *bench, int count, int64_t check_in);

/* One run over the script, of devices and the entity. The server is stopped afterwards. */
bool bench_run_ends(struct bench *bench, const char *entity);

/* As bench_run_ends; a run that fails fails the test. */
void bench_run(struct bench *bench, const char *entity);

/* What the latest run says of the entity. */
const struct sync_entity_report *bench_report(const struct bench *bench);

/* How many requests of the latest run held this; and the n-th of them, from 0. */
int bench_requests(const struct bench *bench, const char *part);
const char *bench_request(const struct bench *bench, const char *part, int n);

/* The list that is staged of the device, items between blanks; NULL: none is. */
void bench_list_is(const struct bench *bench, const char *device, const char *forms);

/* What device_fetch says of the device and the entity; NULL: nothing. */
const char *bench_known(const struct bench *bench, const char *device, const char *column);
void bench_outcome_is(const struct bench *bench, const char *device, const char *outcome);

/* Devices of the latest run, in the report. */
void bench_counts_are(const struct bench *bench, int asked, int unanswered, int failed);

#endif
