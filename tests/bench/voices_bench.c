/* How fast the rows of one voice are kept and found again, and what memory that takes.
 *   voices_bench [ROWS [BYTES]]
 * Adds so many rows of about so many bytes, finds nine of ten in an order of chance, as the other
 * voice has an order of its own, and walks the rest. The file is in $TMPDIR, else in /tmp. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/ceilings.h"
#include "sync/voices.h"

enum { BENCH_ROWS = 200000, BENCH_BYTES = 2048, BENCH_COLUMNS = 40, BENCH_ID_SIZE = 37 };

struct bench {
    struct column columns[BENCH_COLUMNS];
    struct relation relation;
    struct cell cells[BENCH_COLUMNS];
    char id[BENCH_ID_SIZE];
    char text[64 * 1024];
    size_t rows;
    size_t bytes;
    size_t left;
};

static double bench_seconds(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static long bench_kib(void)
{
    struct rusage usage;

    (void)getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

static void bench_tell(const char *what, size_t rows, double since)
{
    double seconds = bench_seconds() - since;

    (void)printf("%-5s %zu rows in %.2f s: %.0f rows/s, at most %ld KiB\n", what, rows, seconds,
        (double)rows / seconds, bench_kib());
}

static struct str bench_id(struct bench *bench, size_t number)
{
    int size = snprintf(bench->id, sizeof bench->id, "1d71e131-0487-4d1d-9a0d-%012zu", number);

    return (struct str){bench->id, (size_t)size};
}

/* The texts of all columns but the id have the bytes together. */
static void bench_init(struct bench *bench)
{
    bench->relation = (struct relation){
        .name = "device", .columns = bench->columns, .column_count = BENCH_COLUMNS, .key_count = 2};
    memset(bench->text, 'x', sizeof bench->text);
    for (size_t i = 0; i < BENCH_COLUMNS; i++) {
        bench->columns[i] = (struct column){i == 1 ? "device_id" : "text", "", COLUMN_TEXT};
        bench->cells[i].is_set = true;
        bench->cells[i].text = (struct str){bench->text, bench->bytes / BENCH_COLUMNS};
    }
}

static bool bench_add(struct bench *bench, struct voices *voices, struct error *err)
{
    const struct row row = {&bench->relation, bench->cells};
    double start = bench_seconds();
    bool is_new;
    bool ok = true;

    for (size_t i = 0; ok && i < bench->rows; i++) {
        bench->cells[1].text = bench_id(bench, i);
        ok = voices_add(voices, &row, &is_new, err);
    }
    bench_tell("add", bench->rows, start);
    return ok;
}

/* Steps of a prime length come by every row. */
static bool bench_find(struct bench *bench, struct voices *voices, struct error *err)
{
    struct arena arena;
    size_t count = bench->rows / 10 * 9;
    double start = bench_seconds();
    size_t found = 0;
    bool ok = true;

    arena_init(&arena, CEILING_TREE);
    for (size_t i = 0; ok && i < count; i++) {
        const struct row *row = NULL;

        arena_reset(&arena);
        ok = voices_find(voices, bench_id(bench, i * 7368787 % bench->rows), &arena, &row, err);
        found += row != NULL ? 1 : 0;
    }
    bench_tell("find", found, start);
    arena_release(&arena);
    return ok;
}

static bool bench_count(void *context, const struct row *row, struct error *err)
{
    struct bench *bench = context;

    (void)row;
    (void)err;
    bench->left++;
    return true;
}

static bool bench_walk(struct bench *bench, struct voices *voices, struct error *err)
{
    double start = bench_seconds();
    bool ok = voices_each_left(voices, bench_count, bench, err);

    bench_tell("left", bench->left, start);
    return ok && (bench->left == bench->rows - bench->rows / 10 * 9 ||
                     error_set(err, ERROR_MEMORY, "%zu rows are left", bench->left));
}

int main(int argc, char **argv)
{
    static struct bench bench;
    struct voices *voices = NULL;
    struct error err = {0};
    bool ok;

    bench.rows = argc > 1 ? strtoul(argv[1], NULL, 10) : BENCH_ROWS;
    bench.bytes = argc > 2 ? strtoul(argv[2], NULL, 10) : BENCH_BYTES;
    bench_init(&bench);
    (void)printf("before: at most %ld KiB\n", bench_kib());
    ok = bench.bytes <= sizeof bench.text && voices_new(&voices, &bench.relation, 1, &err) &&
         bench_add(&bench, voices, &err) && bench_find(&bench, voices, &err) &&
         bench_walk(&bench, voices, &err);
    voices_free(voices);
    if (!ok) {
        (void)fprintf(stderr, "voices_bench: %s\n", err.text);
    }
    return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
