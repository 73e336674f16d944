#include "load/csv/csv_resume.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/ceilings.h"
#include "load/csv/csv_load.h"

static void csv_resume_log_name(const struct csv_journal_log *log, char name[CSV_LOG_NAME_SIZE])
{
    (void)snprintf(name, CSV_LOG_NAME_SIZE, "%s.%s", log->relation, log->run_id);
}

/* The relation's place in the schema, or SIZE_MAX. */
static size_t csv_resume_find(const struct load_schema *schema, struct str name)
{
    size_t found = SIZE_MAX;

    for (size_t i = 0; i < schema->count && found == SIZE_MAX; i++) {
        found = str_is(name, schema->relations[i]->name) ? i : SIZE_MAX;
    }
    return found;
}

/* All that keys and lines depend on: what the caller says, and what they look like here. */
static void csv_resume_describe(const struct csv_load *csv, struct buffer *text)
{
    const struct load_schema *schema = csv->schema;

    buffer_printf(
        text, "%d %s\n", csv->safe ? 1 : 0, schema->fetched != NULL ? schema->fetched->name : "");
    for (size_t i = 0; i < schema->count; i++) {
        const struct relation *relation = schema->relations[i];

        buffer_printf(text, "%s %d %zu %zu", relation->name, (int)relation->kind,
            relation->key_count, relation->owner);
        for (size_t j = 0; j < relation->column_count; j++) {
            buffer_printf(
                text, " %s %d", relation->columns[j].name, (int)relation->columns[j].type);
        }
        buffer_append_char(text, '\n');
    }
    buffer_append_text(text, csv->run.fingerprint);
}

static bool csv_resume_check(struct csv_load *csv, struct error *err)
{
    struct buffer text;
    struct hash *hash = hash_new(err);
    bool ok = hash != NULL;

    buffer_init(&text, CEILING_FILE);
    csv_resume_describe(csv, &text);
    ok = ok && (buffer_ok(&text) || error_memory(err)) &&
         hash_add(hash, text.data, text.size, err) &&
         hash_end_hex(hash, csv->resume.journal.check, err);
    buffer_release(&text);
    hash_free(hash);
    return ok;
}

static bool csv_resume_init(struct csv_load *csv, struct error *err)
{
    struct csv_resume *resume = &csv->resume;
    const struct relation *fetched = csv->schema->fetched;
    bool ok = true;

    resume->fetched =
        fetched != NULL ? csv_resume_find(csv->schema, str_of(fetched->name)) : SIZE_MAX;
    resume->named = calloc(csv->schema->count + 1, sizeof *resume->named);
    (void)snprintf(resume->journal.run_id, sizeof resume->journal.run_id, "%s", csv->run.run_id);
    csv_journal_boot(resume->journal.boot);
    resume->enabled = csv->run.fingerprint != NULL && resume->fetched != SIZE_MAX &&
                      resume->journal.boot[0] != '\0';
    ok = resume->named != NULL || error_memory(err);
    return ok && (!resume->enabled || csv_resume_check(csv, err));
}

/* The file's size, or -1 when there is no plain file of that name. */
static int64_t csv_resume_size(const struct csv_folder *folder, const char *name)
{
    struct stat info;
    bool found = fstatat(folder->fd, name, &info, AT_SYMLINK_NOFOLLOW) == 0;

    return found && S_ISREG(info.st_mode) ? (int64_t)info.st_size : -1;
}

/* Are the files that the journal names there, and whole? */
static bool csv_resume_has_files(const struct csv_journal *journal, const struct csv_folder *work)
{
    bool ok = journal->files.count > 0;

    for (size_t i = 0; ok && i < journal->files.count; i++) {
        char name[CSV_RUN_NAME_SIZE];

        csv_run_name(journal->files.first + i, name);
        ok = csv_resume_size(work, name) == journal->files.sizes[i];
    }
    return ok;
}

/* A log may have grown after the journal was written. */
static bool csv_resume_has_logs(
    const struct csv_load *csv, const struct csv_journal *journal, const struct csv_folder *pending)
{
    bool ok = journal->log_count == 0 || pending->path != NULL;

    for (size_t i = 0; ok && i < journal->log_count; i++) {
        const struct csv_journal_log *log = &journal->logs[i];
        size_t relation = csv_resume_find(csv->schema, str_of(log->relation));
        char name[CSV_LOG_NAME_SIZE];

        csv_resume_log_name(log, name);
        ok = relation != SIZE_MAX && csv->schema->relations[relation]->kind == RELATION_LOG &&
             csv_name_ok(log->run_id) && strcmp(log->run_id, csv->run.run_id) != 0 &&
             csv_resume_size(pending, name) >= log->bytes;
    }
    return ok;
}

static bool csv_resume_has_relations(const struct csv_load *csv, const struct csv_journal *journal)
{
    bool ok = true;

    for (size_t i = 0; ok && i < journal->relation_count; i++) {
        struct str name = str_of(journal->relations[i].name);

        ok = csv_resume_find(csv->schema, name) != SIZE_MAX &&
             (str_is(name, csv->schema->fetched->name) || load_run_takes(&csv->run, name));
    }
    return ok;
}

/* Is the journal's run published, so that only its clean-up is missing? */
static bool csv_resume_is_published(const struct csv_load *csv, const struct csv_journal *journal)
{
    const char *published = csv->store.published;

    return published != NULL && strcmp(published, journal->run_id) == 0;
}

static bool csv_resume_is_usable(const struct csv_load *csv, const struct csv_journal *journal,
    const struct csv_folder *work, const struct csv_folder *pending)
{
    const struct csv_resume *resume = &csv->resume;

    return resume->enabled && strcmp(journal->check, resume->journal.check) == 0 &&
           strcmp(journal->boot, resume->journal.boot) == 0 &&
           !csv_resume_is_published(csv, journal) && csv_resume_has_relations(csv, journal) &&
           csv_resume_has_files(journal, work) && csv_resume_has_logs(csv, journal, pending);
}

/* A folder and the journal that names what counts in it. */
struct csv_resume_tidy {
    const struct csv_folder *folder;
    const struct csv_journal *journal;
};

static bool csv_resume_tidy_work(void *context, const char *name, struct error *err)
{
    const struct csv_resume_tidy *tidy = context;
    const struct csv_sort_files *files = &tidy->journal->files;
    bool named = strcmp(name, CSV_JOURNAL) == 0;
    uintmax_t number = strncmp(name, "run-", 4) == 0 ? strtoumax(name + 4, NULL, 10) : UINTMAX_MAX;

    if (number >= files->first && number - files->first < files->count) {
        char wanted[CSV_RUN_NAME_SIZE];

        csv_run_name((size_t)number, wanted);
        named = strcmp(name, wanted) == 0;
    }
    return named || csv_folder_remove(tidy->folder, name, err);
}

static bool csv_resume_tidy_pending(void *context, const char *name, struct error *err)
{
    const struct csv_resume_tidy *tidy = context;
    bool named = false;

    for (size_t i = 0; i < tidy->journal->log_count && !named; i++) {
        char wanted[CSV_LOG_NAME_SIZE];

        csv_resume_log_name(&tidy->journal->logs[i], wanted);
        named = strcmp(name, wanted) == 0;
    }
    return named || csv_folder_remove(tidy->folder, name, err);
}

/* What was written behind the rows that the journal knows of may be half a row. */
static bool csv_resume_cut_logs(
    const struct csv_journal *journal, const struct csv_folder *pending, struct error *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < journal->log_count; i++) {
        char name[CSV_LOG_NAME_SIZE];
        int fd = -1;

        csv_resume_log_name(&journal->logs[i], name);
        fd = openat(pending->fd, name, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
        ok = (fd >= 0 && ftruncate(fd, (off_t)journal->logs[i].bytes) == 0) ||
             csv_folder_error(pending, name, "cut", err);
        if (fd >= 0) {
            (void)close(fd);
        }
    }
    return ok;
}

/* The dead run may have been in the middle of something when it wrote its last file. */
static bool csv_resume_add_void(struct csv_journal *journal, struct error *err)
{
    struct csv_sort_files *files = &journal->files;
    struct csv_whole *whole = &files->whole;
    struct csv_range *last = whole->void_count > 0 ? &whole->voids[whole->void_count - 1] : NULL;
    bool ok = true;

    if (whole->last < files->ordinal && last != NULL && last->last == whole->last) {
        last->last = files->ordinal;
    } else if (whole->last < files->ordinal) {
        ok = csv_journal_add_void(journal, whole->last, files->ordinal, err);
    }
    whole->last = files->ordinal;
    return ok;
}

/* What is staged of a relation counts as far as the journal says. */
static void csv_resume_plan(struct csv_load *csv, const struct csv_journal *journal)
{
    struct csv_resume *resume = &csv->resume;

    for (size_t i = 0; i < csv->schema->count; i++) {
        csv->plans[i].counting = journal->files.ordinal;
    }
    for (size_t i = 0; i < journal->relation_count; i++) {
        const struct csv_journal_relation *relation = &journal->relations[i];
        size_t index = csv_resume_find(csv->schema, str_of(relation->name));

        csv->plans[index].counting = relation->from;
        resume->named[index] = true;
        resume->any = true;
    }
    for (size_t i = 0; i < csv->schema->count; i++) {
        csv->plans[i].marked = csv->plans[i].counting;
    }
}

static bool csv_resume_take(struct csv_load *csv, struct csv_journal *journal,
    const struct csv_folder *work, const struct csv_folder *pending, struct error *err)
{
    struct csv_resume *resume = &csv->resume;
    struct csv_resume_tidy in_work = {work, journal};
    struct csv_resume_tidy in_pending = {pending, journal};
    bool ok = csv_folder_each(work, csv_resume_tidy_work, &in_work, err) &&
              (pending->path == NULL ||
                  csv_folder_each(pending, csv_resume_tidy_pending, &in_pending, err)) &&
              csv_resume_cut_logs(journal, pending, err) && csv_resume_add_void(journal, err);

    if (ok) {
        csv_resume_plan(csv, journal);
        ok = csv_sort_take(csv->sort, &journal->files, err);
    }
    if (ok) {
        resume->journal.logs = journal->logs;
        resume->journal.log_count = journal->log_count;
        journal->logs = NULL;
        journal->log_count = 0;
        resume->taken = true;
    }
    return ok;
}

/* Gives the logs their names that the published run took over from earlier ones. */
static bool csv_resume_name_logs(const struct csv_load *csv, const struct csv_journal *journal,
    const struct csv_folder *pending, struct error *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < journal->log_count; i++) {
        const struct csv_journal_log *log = &journal->logs[i];
        char name[CSV_LOG_NAME_SIZE];

        csv_resume_log_name(log, name);
        if (csv_log_name_ok(log->relation) && csv_name_ok(log->run_id) &&
            csv_resume_size(pending, name) == log->bytes) {
            ok = csv_log_name(&csv->store.home, pending, name, err);
        }
    }
    return ok;
}

static bool csv_resume_judge(struct csv_load *csv, const struct csv_folder *work,
    const struct csv_folder *pending, struct error *err)
{
    struct csv_journal journal = {0};
    bool found = false;
    bool ok = work->path == NULL || csv_journal_read(&journal, work, &found, err);

    if (ok && found && csv_resume_is_usable(csv, &journal, work, pending)) {
        ok = csv_resume_take(csv, &journal, work, pending, err);
    } else if (ok) {
        if (found && pending->path != NULL && csv_resume_is_published(csv, &journal)) {
            ok = csv_resume_name_logs(csv, &journal, pending, err);
        }
        ok = ok && csv_folder_remove(&csv->store.home, CSV_WORK, err) &&
             csv_folder_remove(&csv->store.home, CSV_PENDING, err);
    }
    csv_journal_release(&journal);
    return ok;
}

static bool csv_resume_add_relations(
    const struct csv_load *csv, struct csv_journal *journal, struct error *err)
{
    const struct csv_resume *resume = &csv->resume;
    bool ok = true;

    for (size_t i = 0; ok && i < csv->schema->count; i++) {
        if (resume->named[i] || i == resume->fetched) {
            ok = csv_journal_add_relation(
                journal, csv->schema->relations[i]->name, csv->plans[i].counting, err);
        }
    }
    return ok;
}

/* A log that could not be written as far as it was to be is left out. */
static bool csv_resume_add_logs(
    const struct csv_load *csv, struct csv_journal *journal, struct error *err)
{
    const struct csv_journal *before = &csv->resume.journal;
    bool ok = true;

    for (size_t i = 0; ok && i < before->log_count; i++) {
        ok = csv_journal_add_log(journal, &before->logs[i], err);
    }
    for (size_t i = 0; ok && i < csv->schema->count; i++) {
        const struct csv_log *log = &csv->logs.logs[i];
        struct csv_journal_log entry = {.bytes = log->bytes, .rows = log->rows};
        char name[CSV_LOG_NAME_SIZE];

        (void)snprintf(
            entry.relation, sizeof entry.relation, "%s", csv->schema->relations[i]->name);
        (void)snprintf(entry.run_id, sizeof entry.run_id, "%s", csv->run.run_id);
        csv_resume_log_name(&entry, name);
        if (log->rows > 0 && csv_resume_size(&csv->logs.pending, name) >= log->bytes) {
            ok = csv_journal_add_log(journal, &entry, err);
        }
    }
    return ok;
}

/* As long as no row of load_schema.fetched was staged there is nothing that another run would
 * take. */
static bool csv_resume_write(struct csv_load *csv, enum csv_file_mode mode, struct error *err)
{
    struct csv_journal journal = csv->resume.journal;
    const struct csv_folder *work = NULL;
    bool ok = true;

    journal.files = *csv_sort_files(csv->sort);
    journal.logs = NULL;
    journal.log_count = 0;
    if (csv->resume.any) {
        work = csv_sort_work(csv->sort, err);
        ok = work != NULL && csv_logs_flush(&csv->logs, err) &&
             csv_resume_add_relations(csv, &journal, err) &&
             csv_resume_add_logs(csv, &journal, err) &&
             csv_journal_write(&journal, work, mode, err);
    }
    journal.files = (struct csv_sort_files){0}; /* the sorter's */
    csv_journal_release(&journal);
    return ok;
}

static bool csv_resume_watch(void *context, struct error *err)
{
    return csv_resume_write(context, CSV_FILE_SCRATCH, err);
}

bool csv_resume_open(struct csv_load *csv, struct error *err)
{
    const struct csv_folder *home = &csv->store.home;
    struct csv_resume *resume = &csv->resume;
    struct csv_folder work = {0};
    struct csv_folder pending = {0};
    bool found = false;
    bool ok = csv_resume_init(csv, err) && csv_folder_find(&work, home, CSV_WORK, &found, err) &&
              csv_folder_find(&pending, home, CSV_PENDING, &found, err) &&
              csv_resume_judge(csv, &work, &pending, err);

    if (ok && resume->enabled) {
        csv_sort_watch(csv->sort, csv_resume_watch, csv);
    }
    /* From here on it is this run whose publishing makes an end of it. */
    ok = ok && (!resume->taken || csv_resume_write(csv, CSV_FILE_SCRATCH, err));
    resume->ready = ok;
    csv_folder_release(&pending);
    csv_folder_release(&work);
    return ok;
}

/* Behind a switch that was not all of the publish, the next run does the rest: for that it is told
 * by the journal which logs are published. */
bool csv_resume_close(struct csv_load *csv)
{
    struct csv_resume *resume = &csv->resume;
    bool done = csv->published || (resume->dropped && !csv->switched);
    bool keep = !resume->ready || (csv->switched && !csv->published) || (!done && resume->any);
    struct error err = {0};

    if (keep && resume->ready && !csv->switched && !csv_sort_save(csv->sort, &err)) {
        log_event(csv->log, LOG_WARNING, "what was staged last is not kept: %s", err.text);
    } else if (!keep && resume->journal.log_count > 0) {
        (void)csv_folder_remove(&csv->store.home, CSV_PENDING, &err);
    }
    if (csv->sort != NULL) {
        csv_sort_keep(csv->sort, keep);
    }
    csv_journal_release(&resume->journal);
    free(resume->named);
    resume->named = NULL;
    return keep;
}

void csv_resume_mark(struct csv_load *csv, size_t index, const struct row *row)
{
    struct csv_resume *resume = &csv->resume;
    const struct load_schema *schema = csv->schema;

    if (resume->enabled && index == resume->fetched && row->cells[2].is_set) {
        struct str name = row->cells[2].text;

        if (!str_is(name, schema->relations[resume->last]->name)) {
            size_t found = csv_resume_find(schema, name);

            resume->last = found != SIZE_MAX ? found : resume->last;
        }
        if (str_is(name, schema->relations[resume->last]->name)) {
            resume->named[resume->last] = true;
            resume->any = true;
        }
        csv_sort_mark_whole(csv->sort);
    }
}

static bool csv_resume_sync_log(
    const struct csv_folder *pending, const char *name, struct error *err)
{
    int fd = openat(pending->fd, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    bool ok = (fd >= 0 && fsync(fd) == 0) || csv_folder_error(pending, name, "sync", err);

    if (fd >= 0) {
        (void)close(fd);
    }
    return ok;
}

/* Where the counts of the log's relation are; NULL: it is not to be published. */
static struct load_counts *csv_resume_counts(const struct csv_load *csv,
    struct load_counts *const *counts, const struct csv_journal_log *log)
{
    size_t index = csv_resume_find(csv->schema, str_of(log->relation));

    return index != SIZE_MAX ? counts[index] : NULL;
}

/* Should the program die behind the switch, the journal tells which logs go with it. */
bool csv_resume_finish_logs(
    struct csv_load *csv, struct load_counts *const *counts, bool *any, struct error *err)
{
    const struct csv_journal *journal = &csv->resume.journal;
    struct csv_folder pending = {0};
    bool ok = journal->log_count == 0 ||
              csv_folder_open(&pending, &csv->store.home, CSV_PENDING, CSV_FOLDER_OPEN, err);

    for (size_t i = 0; ok && i < journal->log_count; i++) {
        struct load_counts *of = csv_resume_counts(csv, counts, &journal->logs[i]);
        char name[CSV_LOG_NAME_SIZE];

        csv_resume_log_name(&journal->logs[i], name);
        if (of != NULL) {
            ok = csv_resume_sync_log(&pending, name, err);
            of->inserted += journal->logs[i].rows;
            *any = true;
        }
    }
    ok = ok && (journal->log_count == 0 || (csv_folder_sync(&pending, err) &&
                                               csv_resume_write(csv, CSV_FILE_DURABLE, err)));
    csv_folder_release(&pending);
    return ok;
}

bool csv_resume_publish_logs(
    struct csv_load *csv, struct load_counts *const *counts, struct error *err)
{
    const struct csv_folder *home = &csv->store.home;
    const struct csv_journal *journal = &csv->resume.journal;
    struct csv_folder pending = {0};
    bool ok = journal->log_count == 0 ||
              csv_folder_open(&pending, home, CSV_PENDING, CSV_FOLDER_OPEN, err);

    for (size_t i = 0; ok && i < journal->log_count; i++) {
        char name[CSV_LOG_NAME_SIZE];

        csv_resume_log_name(&journal->logs[i], name);
        if (csv_resume_counts(csv, counts, &journal->logs[i]) != NULL) {
            ok = csv_log_name(home, &pending, name, err);
        }
    }
    if (ok && journal->log_count > 0 && csv->logs.pending.path == NULL) {
        ok = csv_folder_remove(home, CSV_PENDING, err);
    }
    csv_folder_release(&pending);
    return ok;
}

bool csv_resume_save(struct load *load, struct error *err)
{
    struct csv_load *csv = csv_load_of(load);

    return !csv->resume.any || csv_sort_save(csv->sort, err);
}

void csv_resume_drop(struct load *load)
{
    csv_load_of(load)->resume.dropped = true;
}
