/* HOME/work/journal: what a run staged that is for the tenant's next run. It names every file that
 * counts, and is replaced by one rename, so that it is right whenever the program dies.
 *
 * Nothing in HOME/work is synced. A file that the machine lost is not to be told from one that is
 * whole, so that a journal of before the last start of the machine says nothing. */
#ifndef UEMSYNC_LOAD_CSV_CSV_JOURNAL_H
#define UEMSYNC_LOAD_CSV_CSV_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"
#include "load/csv/csv_folder.h"
#include "load/csv/csv_sort.h"
#include "load/csv/csv_state.h"

/* The form of the journal and of the files that it names. */
enum { CSV_JOURNAL_VERSION = 1, CSV_BOOT_SIZE = 40 };

#define CSV_JOURNAL "journal"

/* A relation of which there are whole rows: those with an ordinal above `from`. */
struct csv_journal_relation {
    char name[CSV_NAME_SIZE];
    uint64_t from;
};

/* Rows of a RELATION_LOG that a run staged: so many bytes of HOME/pending/RELATION.RUN_ID. */
struct csv_journal_log {
    char relation[CSV_NAME_SIZE];
    char run_id[CSV_NAME_SIZE];
    int64_t bytes;
    int64_t rows;
};

struct csv_journal {
    char check[HASH_HEX_SIZE];  /* of all that the staged rows depend on */
    char boot[CSV_BOOT_SIZE];   /* of the machine */
    char run_id[CSV_NAME_SIZE]; /* whose journal it is */
    struct csv_sort_files files;
    struct csv_journal_relation *relations; /* owned */
    size_t relation_count;
    struct csv_journal_log *logs; /* owned */
    size_t log_count;
};

void csv_journal_release(struct csv_journal *journal);

/* Each appends one. */
bool csv_journal_add_void(
    struct csv_journal *journal, uint64_t above, uint64_t last, struct error *err);
bool csv_journal_add_file(struct csv_journal *journal, int64_t size, struct error *err);
bool csv_journal_add_relation(
    struct csv_journal *journal, const char *name, uint64_t from, struct error *err);
bool csv_journal_add_log(
    struct csv_journal *journal, const struct csv_journal_log *log, struct error *err);

/* Reads folder/journal. One that is missing, damaged or of another form is no error: *found is
 * false, and `journal` is empty. */
bool csv_journal_read(
    struct csv_journal *journal, const struct csv_folder *folder, bool *found, struct error *err);

/* Writes folder/journal in the place of the one that is there. */
bool csv_journal_write(const struct csv_journal *journal, const struct csv_folder *folder,
    enum csv_file_mode mode, struct error *err);

/* What tells this start of the machine from any other; "" where the system does not say. */
void csv_journal_boot(char boot[CSV_BOOT_SIZE]);

#endif
