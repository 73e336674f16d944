#include "load/csv/csv_journal.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/ceilings.h"
#include "load/csv/csv_file.h"
#include "load/csv/csv_words.h"

#define CSV_JOURNAL_NEW "journal.new"
#define CSV_BOOT_ID "/proc/sys/kernel/random/boot_id"

void csv_journal_release(struct csv_journal *journal)
{
    csv_sort_files_release(&journal->files);
    free(journal->relations);
    free(journal->logs);
    *journal = (struct csv_journal){0};
}

/* Room for one more behind `count` of them: a power of two is full. */
static bool csv_journal_grow(void **items, size_t count, size_t size, struct error *err)
{
    bool full = (count & (count - 1)) == 0;
    void *grown = full ? reallocarray(*items, count > 0 ? 2 * count : 1, size) : *items;

    if (grown != NULL) {
        *items = grown;
    }
    return grown != NULL || error_memory(err);
}

bool csv_journal_add_void(
    struct csv_journal *journal, uint64_t above, uint64_t last, struct error *err)
{
    struct csv_whole *whole = &journal->files.whole;
    void *items = whole->voids;
    bool ok = csv_journal_grow(&items, whole->void_count, sizeof *whole->voids, err);

    if (ok) {
        whole->voids = items;
        whole->voids[whole->void_count++] = (struct csv_range){above, last};
    }
    return ok;
}

bool csv_journal_add_file(struct csv_journal *journal, int64_t size, struct error *err)
{
    struct csv_sort_files *files = &journal->files;
    void *items = files->sizes;
    bool ok = csv_journal_grow(&items, files->count, sizeof *files->sizes, err);

    if (ok) {
        files->sizes = items;
        files->sizes[files->count++] = size;
    }
    return ok;
}

bool csv_journal_add_relation(
    struct csv_journal *journal, const char *name, uint64_t from, struct error *err)
{
    void *items = journal->relations;
    bool ok = csv_journal_grow(&items, journal->relation_count, sizeof *journal->relations, err);

    if (ok) {
        struct csv_journal_relation *relation = NULL;

        journal->relations = items;
        relation = &journal->relations[journal->relation_count++];
        relation->from = from;
        (void)snprintf(relation->name, sizeof relation->name, "%s", name);
    }
    return ok;
}

bool csv_journal_add_log(
    struct csv_journal *journal, const struct csv_journal_log *log, struct error *err)
{
    void *items = journal->logs;
    bool ok = csv_journal_grow(&items, journal->log_count, sizeof *journal->logs, err);

    if (ok) {
        journal->logs = items;
        journal->logs[journal->log_count++] = *log;
    }
    return ok;
}

static bool csv_journal_word(const char *word, char *copy, size_t size)
{
    size_t length = strlen(word);

    if (length < size) {
        memcpy(copy, word, length + 1);
    }
    return length < size;
}

static bool csv_journal_log_line(
    struct csv_journal *journal, const struct csv_words *line, struct error *err)
{
    struct csv_journal_log log = {0};

    return line->count == 5 &&
           csv_journal_word(line->words[1], log.relation, sizeof log.relation) &&
           csv_journal_word(line->words[2], log.run_id, sizeof log.run_id) &&
           csv_word_number(line->words[3], &log.bytes) &&
           csv_word_number(line->words[4], &log.rows) && csv_journal_add_log(journal, &log, err);
}

/* Lines of a word and one or two numbers. */
static bool csv_journal_number_line(
    struct csv_journal *journal, const struct csv_words *line, struct error *err)
{
    struct csv_sort_files *files = &journal->files;
    const char *name = line->words[0];
    int64_t a = 0;
    int64_t b = 0;
    bool ok = line->count > 1 && csv_word_number(line->words[1], &a) &&
              (line->count == 2 || (line->count == 3 && csv_word_number(line->words[2], &b)));

    if (ok && line->count == 2 && strcmp(name, "ordinal") == 0) {
        files->ordinal = (uint64_t)a;
    } else if (ok && line->count == 2 && strcmp(name, "whole") == 0) {
        files->whole.last = (uint64_t)a;
    } else if (ok && line->count == 3 && strcmp(name, "void") == 0) {
        ok = csv_journal_add_void(journal, (uint64_t)a, (uint64_t)b, err);
    } else if (ok && line->count == 3 && strcmp(name, "file") == 0) {
        files->first = files->count == 0 ? (size_t)a : files->first;
        ok = (size_t)a == files->first + files->count && csv_journal_add_file(journal, b, err);
    } else {
        ok = false;
    }
    return ok;
}

static bool csv_journal_line(
    struct csv_journal *journal, const struct csv_words *line, struct error *err)
{
    const char *name = line->words[0];
    const char *word = line->count > 1 ? line->words[1] : "";
    int64_t from = 0;
    bool ok = line->count > 1;

    if (ok && strcmp(name, "check") == 0) {
        ok = csv_journal_word(word, journal->check, sizeof journal->check);
    } else if (ok && strcmp(name, "boot") == 0) {
        ok = csv_journal_word(word, journal->boot, sizeof journal->boot);
    } else if (ok && strcmp(name, "run") == 0) {
        ok = csv_journal_word(word, journal->run_id, sizeof journal->run_id);
    } else if (ok && strcmp(name, "relation") == 0) {
        ok = line->count == 3 && strlen(word) < CSV_NAME_SIZE &&
             csv_word_number(line->words[2], &from) &&
             csv_journal_add_relation(journal, word, (uint64_t)from, err);
    } else if (ok && strcmp(name, "log") == 0) {
        ok = csv_journal_log_line(journal, line, err);
    } else {
        ok = ok && csv_journal_number_line(journal, line, err);
    }
    return ok;
}

static bool csv_journal_parse(
    struct csv_journal *journal, struct csv_input *input, struct error *err)
{
    struct csv_words line = {0};
    struct str text = {0};
    int64_t version = 0;
    bool more = false;
    bool ended = false;
    bool ok = csv_input_record(input, &text, &more, err) && more && csv_words_split(&line, text) &&
              line.count == 2 && strcmp(line.words[0], "uemsync-journal") == 0 &&
              csv_word_number(line.words[1], &version) && version == CSV_JOURNAL_VERSION;

    while (ok && !ended) {
        ok = csv_input_record(input, &text, &more, err) && more && csv_words_split(&line, text);
        ended = ok && line.count == 1 && strcmp(line.words[0], "end") == 0;
        ok = ok && (ended || csv_journal_line(journal, &line, err));
    }
    return ok && journal->files.whole.last <= journal->files.ordinal;
}

bool csv_journal_read(
    struct csv_journal *journal, const struct csv_folder *folder, bool *found, struct error *err)
{
    struct csv_input input = {0};
    struct error cause = {0};

    *journal = (struct csv_journal){0};
    *found = false;
    if (!csv_input_open(&input, folder, CSV_JOURNAL, CEILING_FILE, found, &cause)) {
        *found = false;
    } else if (*found) {
        *found = csv_journal_parse(journal, &input, &cause);
    }
    if (!*found) {
        csv_journal_release(journal);
    }
    csv_input_release(&input);
    return cause.kind != ERROR_MEMORY || error_memory(err);
}

static void csv_journal_append(const struct csv_journal *journal, struct buffer *text)
{
    const struct csv_sort_files *files = &journal->files;

    buffer_printf(text, "uemsync-journal %d\ncheck %s\nboot %s\nrun %s\n", CSV_JOURNAL_VERSION,
        journal->check, journal->boot, journal->run_id);
    buffer_printf(
        text, "ordinal %" PRIu64 "\nwhole %" PRIu64 "\n", files->ordinal, files->whole.last);
    for (size_t i = 0; i < files->whole.void_count; i++) {
        const struct csv_range *range = &files->whole.voids[i];

        buffer_printf(text, "void %" PRIu64 " %" PRIu64 "\n", range->above, range->last);
    }
    for (size_t i = 0; i < journal->relation_count; i++) {
        buffer_printf(text, "relation %s %" PRIu64 "\n", journal->relations[i].name,
            journal->relations[i].from);
    }
    for (size_t i = 0; i < journal->log_count; i++) {
        const struct csv_journal_log *log = &journal->logs[i];

        buffer_printf(text, "log %s %s %" PRId64 " %" PRId64 "\n", log->relation, log->run_id,
            log->bytes, log->rows);
    }
    for (size_t i = 0; i < files->count; i++) {
        buffer_printf(text, "file %zu %" PRId64 "\n", files->first + i, files->sizes[i]);
    }
    buffer_append_text(text, "end\n");
}

bool csv_journal_write(const struct csv_journal *journal, const struct csv_folder *folder,
    enum csv_file_mode mode, struct error *err)
{
    struct buffer text;
    struct csv_file file = {0};
    bool ok = true;

    buffer_init(&text, CEILING_FILE);
    csv_journal_append(journal, &text);
    ok = (buffer_ok(&text) || error_memory(err)) &&
         csv_folder_remove(folder, CSV_JOURNAL_NEW, err) &&
         csv_file_create(&file, folder, CSV_JOURNAL_NEW, mode, err) &&
         csv_file_write(&file, buffer_view(&text), err) && csv_file_finish(&file, NULL, err) &&
         (renameat(folder->fd, CSV_JOURNAL_NEW, folder->fd, CSV_JOURNAL) == 0 ||
             csv_folder_error(folder, CSV_JOURNAL, "replace", err)) &&
         (mode == CSV_FILE_SCRATCH || csv_folder_sync(folder, err));
    csv_file_release(&file);
    buffer_release(&text);
    return ok;
}

void csv_journal_boot(char boot[CSV_BOOT_SIZE])
{
    int fd = open(CSV_BOOT_ID, O_RDONLY | O_CLOEXEC);
    ssize_t size = fd >= 0 ? read(fd, boot, CSV_BOOT_SIZE - 1) : -1;

    boot[size > 0 ? size : 0] = '\0';
    boot[strcspn(boot, " \n")] = '\0';
    if (fd >= 0) {
        (void)close(fd);
    }
}
