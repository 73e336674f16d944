#include "load/csv/csv_history.h"

#include <stdlib.h>
#include <string.h>

#include "base/timestamp.h"
#include "load/csv/csv_states.h"
#include "load/csv/csv_text.h"

/* The key's last column. */
enum { CSV_HISTORY_FROM = 2 };

/* The fields of a line that were looked at. */
struct csv_fields {
    struct str *fields; /* owned */
    size_t count;       /* of each line */
    bool split;         /* the line at hand is */
};

struct csv_history {
    struct csv_snapshot *snapshot;
    const struct relation *relation;
    const struct relation *of;
    size_t *from; /* for each column of the history its place in `of`; SIZE_MAX: none; owned */
    size_t to;    /* the place of valid_to */
    int64_t now;
    int64_t cutoff; /* states that ended before it go */
    struct csv_output output;
    struct csv_states states;
    struct csv_fields state;
    struct csv_old rows;
    struct csv_entry row; /* of `of`, the one at hand */
    bool row_more;
    struct csv_fields row_fields;
    struct buffer owner; /* whose states are at hand */
    bool has_row;        /* it has one in `of` */
    bool is_open;        /* and a state that is as that */
    int64_t time;        /* when its next state begins, as far as is known */
    struct buffer line;
    struct buffer scratch;
    unsigned steps; /* as csv_tick counts them */
    int64_t ended;  /* the least valid_to that stays; 0: none */
    struct load_counts *counts;
};

static size_t csv_history_find(const struct load_schema *schema, const struct relation *relation)
{
    size_t index = 0;

    while (index < schema->count && strcmp(schema->relations[index]->name, relation->name) != 0) {
        index++;
    }
    return index;
}

/* Splits a line, if that was not done: so far its key was looked at alone. */
static bool csv_history_split(
    const struct csv_old *old, struct csv_fields *fields, struct str line, struct error *err)
{
    struct str rest = {line.data, line.size - 1};
    bool ok = true;

    if (!fields->split) {
        for (size_t i = 0; ok && i < fields->count; i++) {
            ok = rest.data != NULL && csv_next_field(&rest, &fields->fields[i]);
        }
        ok = ok && rest.data == NULL;
        fields->split = ok;
    }
    return ok || csv_input_damaged(&old->input, "a record does not fit the header", err);
}

static bool csv_history_split_row(struct csv_history *history, struct error *err)
{
    return csv_history_split(&history->rows, &history->row_fields, history->row.line, err);
}

static bool csv_history_time(
    struct csv_history *history, size_t column, int64_t *ms, struct error *err)
{
    struct str text = csv_field_text(history->state.fields[column], false, &history->scratch);

    return (text.data != NULL && timestamp_parse_iso(text, ms)) ||
           csv_input_damaged(&history->output.old.input, "a state's time is none", err);
}

/* The field that a row has in a column of the history. */
static struct str csv_history_field(const struct csv_history *history, size_t column)
{
    size_t from = history->from[column];

    return from != SIZE_MAX ? history->row_fields.fields[from] : (struct str){0};
}

/* Is the state at hand that of the owner's row? */
static bool csv_history_is_same(const struct csv_history *history)
{
    bool same = true;

    for (size_t i = CSV_HISTORY_FROM + 1; same && i < history->relation->column_count; i++) {
        same =
            i == history->to || str_equal(csv_history_field(history, i), history->state.fields[i]);
    }
    return same;
}

static bool csv_history_put(struct csv_history *history, struct error *err)
{
    return (buffer_ok(&history->line) || error_memory(err)) &&
           csv_output_put(&history->output, buffer_view(&history->line), (struct str){"", 0}, err);
}

/* The state at hand ends. */
static bool csv_history_close(struct csv_history *history, struct error *err)
{
    char text[TIMESTAMP_TEXT_SIZE];

    (void)timestamp_format(history->time, text);
    buffer_clear(&history->line);
    for (size_t i = 0; i < history->relation->column_count; i++) {
        buffer_append_text(&history->line, i > 0 ? "," : "");
        buffer_append_str(
            &history->line, i == history->to ? str_of(text) : history->state.fields[i]);
    }
    buffer_append_char(&history->line, '\n');
    history->counts->updated++;
    return csv_history_put(history, err);
}

/* A state begins with the owner's row. */
static bool csv_history_begin(struct csv_history *history, struct error *err)
{
    char text[TIMESTAMP_TEXT_SIZE];
    bool ok = csv_history_split_row(history, err);

    (void)timestamp_format(history->time, text);
    buffer_clear(&history->line);
    for (size_t i = 0; ok && i < history->relation->column_count; i++) {
        buffer_append_text(&history->line, i > 0 ? "," : "");
        if (i == CSV_HISTORY_FROM) {
            buffer_append_text(&history->line, text);
        } else if (i != history->to) {
            buffer_append_str(&history->line, csv_history_field(history, i));
        }
    }
    buffer_append_char(&history->line, '\n');
    history->counts->inserted++;
    return ok && csv_history_put(history, err);
}

static bool csv_history_keep_state(struct csv_history *history, struct error *err)
{
    struct str line = history->states.state.line;

    return history->states.is_moved
               ? csv_output_put(&history->output, line, (struct str){"", 0}, err)
               : csv_output_keep(&history->output, line, err);
}

static void csv_history_note_end(struct csv_history *history, int64_t end)
{
    if (history->ended == 0 || end < history->ended) {
        history->ended = end;
    }
}

/* A state that ended stays, or goes. */
static bool csv_history_ended(struct csv_history *history, struct error *err)
{
    int64_t end = 0;
    bool ok = csv_history_time(history, history->to, &end, err);

    if (ok && end > history->time) {
        history->time = end;
    }
    if (!ok) {
        /* said so */
    } else if (end < history->cutoff) {
        history->counts->deleted++;
        ok = csv_output_diverge(&history->output, err);
    } else {
        csv_history_note_end(history, end);
        ok = csv_history_keep_state(history, err);
    }
    return ok;
}

static bool csv_history_open_state(struct csv_history *history, struct error *err)
{
    bool ok = !history->has_row || csv_history_split_row(history, err);

    if (ok && history->has_row && csv_history_is_same(history)) {
        history->is_open = true;
        ok = csv_history_keep_state(history, err);
    } else if (ok) {
        csv_history_note_end(history, history->time);
        ok = csv_history_close(history, err);
    }
    return ok;
}

/* The state at hand, and on to the next one. */
static bool csv_history_state(struct csv_history *history, struct error *err)
{
    struct csv_fields *state = &history->state;
    int64_t begin = 0;
    bool ok = true;

    state->split = false;
    ok = csv_history_split(&history->output.old, state, history->states.state.line, err) &&
         csv_history_time(history, CSV_HISTORY_FROM, &begin, err);
    if (ok && begin >= history->time) {
        history->time = begin + 1;
    }
    if (ok && state->fields[history->to].size > 0) {
        ok = csv_history_ended(history, err);
    } else if (ok) {
        ok = csv_history_open_state(history, err);
    }
    return ok && csv_states_next(&history->states, err);
}

static bool csv_history_next_row(struct csv_history *history, struct error *err)
{
    history->row_fields.split = false;
    return csv_old_next(&history->rows, &history->row, &history->row_more, err);
}

static bool csv_history_is_owners(const struct csv_history *history, struct str key)
{
    return str_equal(csv_states_owner(key), buffer_view(&history->owner));
}

/* The next one of those that have states, a row or both. */
static bool csv_history_choose(struct csv_history *history, struct error *err)
{
    struct str key = history->row.key;

    if (!history->row_more ||
        (history->states.more &&
            str_compare(csv_states_owner(history->states.state.key), key) <= 0)) {
        key = csv_states_owner(history->states.state.key);
    }
    buffer_clear(&history->owner);
    buffer_append_str(&history->owner, key);
    history->has_row = history->row_more && csv_history_is_owners(history, history->row.key);
    history->is_open = false;
    history->time = history->now;
    return buffer_ok(&history->owner) || error_memory(err);
}

static bool csv_history_pass(struct csv_history *history, struct error *err)
{
    bool ok = csv_history_next_row(history, err);

    while (ok && (history->states.more || history->row_more)) {
        csv_tick(history->snapshot->run->watch, &history->steps);
        ok = csv_go_on(err) && csv_history_choose(history, err);
        while (ok && history->states.more &&
               csv_history_is_owners(history, history->states.state.key)) {
            ok = csv_history_state(history, err);
        }
        if (ok && history->has_row) {
            ok = (history->is_open || csv_history_begin(history, err)) &&
                 csv_history_next_row(history, err);
        }
    }
    return ok;
}

/* The rows as they are with this publish. */
static bool csv_history_open_rows(struct csv_history *history, struct error *err)
{
    const struct csv_snapshot *snapshot = history->snapshot;
    const struct csv_store *store = snapshot->store;
    bool written = snapshot->outcomes[csv_history_find(snapshot->schema, history->of)].written;
    struct csv_guard guard = csv_guard_of(store, snapshot->safe);
    bool found = false;

    if (written) {
        guard.then = guard.now;
    }
    return csv_old_open(&history->rows, written ? &snapshot->folder : &store->current, history->of,
               store->tenant, guard, &found, err) &&
           (found || error_set(err, ERROR_DESTINATION, "%s: there are no rows of %s",
                         history->relation->name, history->of->name));
}

static bool csv_history_init(struct csv_history *history, struct error *err)
{
    const struct relation *relation = history->relation;
    const struct relation *of = history->of;

    buffer_init(&history->owner, CSV_LINE_CEILING);
    buffer_init(&history->line, 2 * CSV_LINE_CEILING);
    buffer_init(&history->scratch, CSV_LINE_CEILING);
    history->to = relation_find_column(relation, "valid_to");
    history->from = calloc(relation->column_count, sizeof *history->from);
    history->state = (struct csv_fields){
        calloc(relation->column_count, sizeof(struct str)), relation->column_count, false};
    history->row_fields =
        (struct csv_fields){calloc(of->column_count, sizeof(struct str)), of->column_count, false};
    for (size_t i = 0; history->from != NULL && i < relation->column_count; i++) {
        size_t place = relation_find_column(of, relation->columns[i].name);

        history->from[i] = place < of->column_count ? place : SIZE_MAX;
    }
    return (history->from != NULL && history->state.fields != NULL &&
               history->row_fields.fields != NULL) ||
           error_memory(err);
}

static void csv_history_release(struct csv_history *history)
{
    csv_old_release(&history->rows);
    csv_states_release(&history->states);
    csv_output_release(&history->output);
    free(history->row_fields.fields);
    free(history->state.fields);
    free(history->from);
    buffer_release(&history->scratch);
    buffer_release(&history->line);
    buffer_release(&history->owner);
}

/* Can the pass find anything to do? */
static bool csv_history_is_wanted(
    const struct csv_history *history, const struct csv_renames *renames)
{
    const struct csv_snapshot *snapshot = history->snapshot;
    const struct csv_store *store = snapshot->store;
    bool written = snapshot->outcomes[csv_history_find(snapshot->schema, history->of)].written;
    bool is_old = store->state.ended > 0 && store->state.ended < history->cutoff;

    return history->output.writing || written || renames->count > 0 || !store->state_known ||
           is_old;
}

static bool csv_history_run(
    struct csv_history *history, struct csv_renames *renames, struct error *err)
{
    bool ok = csv_states_open(&history->states, &history->output, renames, err) &&
              csv_history_open_rows(history, err) && csv_history_pass(history, err);

    history->snapshot->ended = history->ended;
    return ok;
}

bool csv_history_keep(struct csv_snapshot *snapshot, struct csv_renames *renames, int64_t keep_ms,
    struct load_counts *counts, struct error *err)
{
    const struct load_schema *schema = snapshot->schema;
    struct csv_history history = {.snapshot = snapshot,
        .relation = schema->history,
        .of = schema->history_of,
        .now = snapshot->run->started_at,
        .cutoff = keep_ms > 0 ? snapshot->run->started_at - keep_ms : INT64_MIN,
        .counts = counts};
    bool ok = true;

    if (schema->history != NULL && schema->history_of != NULL) {
        ok = csv_history_init(&history, err) &&
             csv_output_open(
                 &history.output, snapshot, csv_history_find(schema, schema->history), err) &&
             (!csv_history_is_wanted(&history, renames) ||
                 csv_history_run(&history, renames, err)) &&
             csv_output_end(&history.output, err);
        if (!ok) {
            (void)error_context(err, "publishing %s", schema->history->name);
        }
        csv_history_release(&history);
    }
    return ok;
}
