#include "load/csv/csv_state.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/ceilings.h"
#include "load/csv/csv_file.h"
#include "load/csv/csv_words.h"

/* The form of the file, and of the snapshots; a newer program counts up. */
enum { CSV_STATE_VERSION = 1 };

void csv_state_release(struct csv_state *state)
{
    free(state->files);
    *state = (struct csv_state){0};
}

bool csv_state_add(struct csv_state *state, const struct csv_state_file *file, struct error *err)
{
    struct csv_state_file *files =
        reallocarray(state->files, state->count + 1, sizeof *state->files);

    if (files != NULL) {
        files[state->count++] = *file;
        state->files = files;
    }
    return files != NULL || error_memory(err);
}

const struct csv_state_file *csv_state_find(const struct csv_state *state, const char *relation)
{
    const struct csv_state_file *found = NULL;

    for (size_t i = 0; i < state->count && found == NULL; i++) {
        if (strcmp(state->files[i].relation, relation) == 0) {
            found = &state->files[i];
        }
    }
    return found;
}

static bool csv_state_is_digest(const char *word)
{
    size_t size = 0;

    while (str_hex_digit(word[size]) >= 0) {
        size++;
    }
    return size == HASH_HEX_SIZE - 1 && word[size] == '\0';
}

static bool csv_state_file_line(
    struct csv_state *state, const struct csv_words *line, struct error *err)
{
    struct csv_state_file file = {0};
    bool ok = line->count == 5 && strlen(line->words[1]) < sizeof file.relation &&
              csv_word_number(line->words[2], &file.rows) &&
              csv_word_number(line->words[3], &file.bytes) && csv_state_is_digest(line->words[4]);

    if (ok) {
        memcpy(file.relation, line->words[1], strlen(line->words[1]) + 1);
        memcpy(file.sha256, line->words[4], sizeof file.sha256);
        ok = csv_state_add(state, &file, err);
    }
    return ok;
}

static bool csv_state_pair_line(struct csv_state *state, const struct csv_words *line)
{
    int64_t number = 0;
    bool ok = line->count == 2 && csv_word_number(line->words[1], &number);

    if (ok && strcmp(line->words[0], "sequence") == 0) {
        state->sequence = number;
    } else if (ok && strcmp(line->words[0], "safe") == 0) {
        state->safe = number != 0;
    } else if (ok && strcmp(line->words[0], "ended") == 0) {
        state->ended = number;
    } else {
        ok = false;
    }
    return ok;
}

static bool csv_state_version(const struct csv_words *line, bool *newer)
{
    int64_t version = 0;
    bool ok = line->count == 2 && strcmp(line->words[0], "uemsync-csv") == 0 &&
              csv_word_number(line->words[1], &version);

    *newer = ok && version > CSV_STATE_VERSION;
    return ok && version == CSV_STATE_VERSION;
}

/* False for a damaged file, for one that is newer, and without memory. */
static bool csv_state_parse(
    struct csv_state *state, struct csv_input *input, bool *newer, struct error *err)
{
    struct csv_words line = {0};
    struct str text = {0};
    bool more = true;
    bool first = true;
    bool ended = false;
    bool ok = true;

    while (ok && !ended) {
        ok = csv_input_record(input, &text, &more, err) && more && csv_words_split(&line, text);
        if (ok && first) {
            ok = csv_state_version(&line, newer);
            first = false;
        } else if (ok && strcmp(line.words[0], "file") == 0) {
            ok = csv_state_file_line(state, &line, err);
        } else if (ok) {
            ended = line.count == 1 && strcmp(line.words[0], "end") == 0;
            ok = ended || csv_state_pair_line(state, &line);
        }
    }
    return ok && state->sequence > 0;
}

bool csv_state_read(struct csv_state *state, const struct csv_folder *folder, const char *name,
    bool *found, struct error *err)
{
    struct csv_input input = {0};
    struct error cause = {0};
    bool newer = false;
    bool ok = true;

    *state = (struct csv_state){0};
    *found = false;
    if (!csv_input_open(&input, folder, name, CEILING_FILE, found, &cause)) {
        *found = false;
    } else if (*found) {
        *found = csv_state_parse(state, &input, &newer, &cause);
    }
    /* A file that cannot be read is as good as none: all it says can be found out again. */
    if (newer) {
        ok = error_set(err, ERROR_DESTINATION, "%s: was written by a newer uemsync", input.path);
    } else if (cause.kind == ERROR_MEMORY) {
        ok = error_memory(err);
    }
    if (!*found) {
        csv_state_release(state);
    }
    csv_input_release(&input);
    return ok;
}

bool csv_state_write(const struct csv_state *state, const struct csv_folder *folder,
    const char *name, struct error *err)
{
    struct buffer text;
    struct csv_file file = {0};
    bool ok = true;

    buffer_init(&text, CEILING_FILE);
    buffer_printf(&text, "uemsync-csv %d\nsequence %" PRId64 "\nsafe %d\n", CSV_STATE_VERSION,
        state->sequence, state->safe ? 1 : 0);
    if (state->ended > 0) {
        buffer_printf(&text, "ended %" PRId64 "\n", state->ended);
    }
    for (size_t i = 0; i < state->count; i++) {
        const struct csv_state_file *entry = &state->files[i];

        buffer_printf(&text, "file %s %" PRId64 " %" PRId64 " %s\n", entry->relation, entry->rows,
            entry->bytes, entry->sha256);
    }
    buffer_append_text(&text, "end\n");
    ok = (buffer_ok(&text) || error_memory(err)) && csv_folder_remove(folder, name, err) &&
         csv_file_create(&file, folder, name, CSV_FILE_DURABLE, err) &&
         csv_file_write(&file, buffer_view(&text), err) && csv_file_finish(&file, NULL, err) &&
         csv_folder_sync(folder, err);
    csv_file_release(&file);
    buffer_release(&text);
    return ok;
}
