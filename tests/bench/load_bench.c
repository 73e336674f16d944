/* What a set of rows costs in PostgreSQL: publishing it first, again, and after a change of two
 * lists in a hundred; bytes of WAL, bytes on disk, and memory here. Runs beside a cluster:
 *   WITH_CLUSTER_DURABLE=1 tests/postgres/with_cluster build/release/tests/bench/load_bench \
 *       [OWNERS [ROWS_OF_EACH [DISTINCT_ROWS]]] */
#include <inttypes.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/hash.h"
#include "base/timestamp.h"
#include "load/load.h"

static const struct column app_columns[] = {
    {"tenant", "", COLUMN_TEXT},
    {"device_id", "", COLUMN_TEXT},
    {"identifier", "", COLUMN_TEXT},
    {"name", "", COLUMN_TEXT},
    {"version", "", COLUMN_TEXT},
    {"short_version", "", COLUMN_TEXT},
    {"managed", "", COLUMN_BOOLEAN},
    {"source", "", COLUMN_TEXT},
    {"extra", "", COLUMN_JSONB},
};
enum { APP_COLUMNS = sizeof app_columns / sizeof *app_columns };
static const struct relation app_relation = {
    "device_app", "", app_columns, APP_COLUMNS, 2, RELATION_SET, 1};
static const struct relation *const relations[] = {&app_relation};

struct bench {
    PGconn *connection;
    int owners;
    int rows;
    int distinct;
    uint8_t (*digests)[HASH_SIZE];
    struct load_item *items;
    int32_t *forms;
    struct error err;
};

static int64_t bench_number(struct bench *bench, const char *statement)
{
    PGresult *result = PQexec(bench->connection, statement);
    int64_t number = PQntuples(result) == 1 ? strtoll(PQgetvalue(result, 0, 0), NULL, 10) : -1;

    if (number < 0) {
        (void)fprintf(stderr, "load_bench: %s: %s", statement, PQerrorMessage(bench->connection));
    }
    PQclear(result);
    return number;
}

/* A plain generator: every run has the same lists. */
static uint32_t bench_next(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*seed >> 33);
}

static struct cell bench_text(const char *text)
{
    return (struct cell){.is_set = true, .text = {text, strlen(text)}};
}

static bool bench_item(struct bench *bench, struct load *load, int app, int place)
{
    char identifier[64];
    char name[64];
    char version[16];
    struct cell cells[APP_COLUMNS] = {bench_text("acme"), {.is_set = false}};
    const struct row row = {&app_relation, cells};
    struct load_item *item = &bench->items[place];
    bool ok;

    (void)snprintf(identifier, sizeof identifier, "com.example.vendor%d.app%d", app % 97, app);
    (void)snprintf(name, sizeof name, "Application Number %d", app);
    (void)snprintf(version, sizeof version, "%d.%d.%d", app % 10, app % 7, app % 31);
    cells[2] = bench_text(identifier);
    cells[3] = bench_text(name);
    cells[4] = bench_text(version);
    cells[5] = bench_text(version);
    cells[6] = (struct cell){.is_set = true, .boolean = app % 2 == 0};
    cells[7] = bench_text("DEVICE");
    memcpy(item->digest, bench->digests[app], ROW_DIGEST_SIZE);
    ok = load_item(load, &row, item, &bench->err) && item->form.size == sizeof *bench->forms;
    if (ok) {
        memcpy(&bench->forms[place], item->form.data, item->form.size);
        item->form.data = (const char *)&bench->forms[place];
    }
    return ok;
}

static int bench_compare(const void *a, const void *b)
{
    const struct load_item *left = a;
    const struct load_item *right = b;

    return memcmp(left->digest, right->digest, sizeof left->digest);
}

/* Puts the items in the order that load_list wants; the number of those that differ. */
static size_t bench_order(struct load_item *items, size_t count)
{
    size_t kept = 0;

    qsort(items, count, sizeof *items, bench_compare);
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || bench_compare(&items[kept - 1], &items[i]) != 0) {
            items[kept++] = items[i];
        }
    }
    return kept;
}

/* Some apps are on most devices, most on few. With `shift`, two owners in a hundred differ. */
static bool bench_stage(struct bench *bench, struct load *load, int shift)
{
    bool ok = true;

    for (int owner = 0; ok && owner < bench->owners; owner++) {
        char id[40];
        uint64_t seed = (uint64_t)owner + (owner % 50 == 0 ? (uint64_t)shift << 32 : 0);

        (void)snprintf(id, sizeof id, "%08x-0000-4000-8000-%012x", (unsigned)owner * 2654435761U,
            (unsigned)owner);
        for (int i = 0; ok && i < bench->rows; i++) {
            uint64_t a = bench_next(&seed) % (uint32_t)bench->distinct;
            uint64_t b = bench_next(&seed) % (uint32_t)bench->distinct;

            ok = bench_item(bench, load, (int)(a * b / (uint32_t)bench->distinct), i);
        }
        ok = ok && load_list(load, &app_relation, (struct str){id, strlen(id)}, bench->items,
                       bench_order(bench->items, (size_t)bench->rows), &bench->err);
    }
    return ok;
}

static bool bench_run(struct bench *bench, const char *what, int shift)
{
    const struct load_settings settings = {
        .type = LOAD_POSTGRES, .url = "", .schema = "bench", .auto_migrate = true};
    const struct load_schema schema = {.relations = relations, .count = 1};
    const struct load_run run = {.run_id = "bench", .tenant = "acme", .version = "0"};
    const struct log log = {.out = stderr, .from = LOG_WARNING};
    struct load_counts counts = {.relation = &app_relation};
    struct load *load = NULL;
    bool changed;
    int64_t begin = timestamp_monotonic();
    int64_t staged = begin;
    int64_t wal = 0;
    bool ok = load_open(&settings, &schema, &run, &log, &load, &bench->err) &&
              bench_stage(bench, load, shift);

    if (ok) {
        staged = timestamp_monotonic();
        wal = bench_number(bench, "SELECT pg_current_wal_insert_lsn() - '0/0'");
        ok = load_publish(load, &counts, 1, NULL, &changed, &bench->err);
    }
    if (ok) {
        struct rusage usage;

        (void)getrusage(RUSAGE_SELF, &usage);
        (void)printf("%-14s %7.2f s %7.2f s %9" PRId64 " %9" PRId64 " %9" PRId64 " %12" PRId64
                     " B %6ld KiB\n",
            what, (double)(staged - begin) / 1000, (double)(timestamp_monotonic() - staged) / 1000,
            counts.inserted, counts.deleted, counts.unchanged,
            bench_number(bench, "SELECT pg_current_wal_insert_lsn() - '0/0'") - wal,
            usage.ru_maxrss);
    } else {
        (void)fprintf(stderr, "load_bench: %s\n", bench->err.text);
    }
    load_close(load);
    return ok;
}

static bool bench_all(struct bench *bench)
{
    bool ok = true;

    for (int i = 0; ok && i < bench->distinct; i++) {
        char text[16];

        (void)snprintf(text, sizeof text, "%d", i);
        ok = hash_of((struct str){text, strlen(text)}, bench->digests[i], &bench->err);
    }
    (void)printf("%-14s %9s %9s %9s %9s %9s %14s %10s\n", "", "staging", "publishing", "inserted",
        "deleted", "unchanged", "WAL", "memory");
    ok = ok && bench_run(bench, "first", 0) && bench_run(bench, "the same again", 0) &&
         bench_run(bench, "2 % changed", 1);
    if (ok) {
        int64_t rows = bench_number(bench, "SELECT count(*) FROM bench.device_app");
        int64_t bytes =
            bench_number(bench, "SELECT pg_total_relation_size('bench.device_app_item') + "
                                "pg_total_relation_size('bench.device_app_list')");

        (void)printf("%" PRId64 " rows, %" PRId64 " B with indexes: %.2f B a row\n", rows, bytes,
            (double)bytes / (double)rows);
    }
    return ok;
}

int main(int argc, char **argv)
{
    struct bench bench = {.owners = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 10000,
        .rows = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 100,
        .distinct = argc > 3 ? (int)strtol(argv[3], NULL, 10) : 8000};
    bool ok;

    bench.connection = PQconnectdb("");
    bench.digests = calloc((size_t)bench.distinct + 1, sizeof *bench.digests);
    bench.items = calloc((size_t)bench.rows + 1, sizeof *bench.items);
    bench.forms = calloc((size_t)bench.rows + 1, sizeof *bench.forms);
    ok = PQstatus(bench.connection) == CONNECTION_OK && bench.digests != NULL &&
         bench.items != NULL && bench.forms != NULL && bench_all(&bench);
    free(bench.forms);
    free(bench.items);
    free(bench.digests);
    PQfinish(bench.connection);
    return ok ? 0 : 1;
}
