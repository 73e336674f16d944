#include "load/csv/csv_states.h"

#include <string.h>

#include "load/csv/csv_text.h"

struct str csv_states_owner(struct str key)
{
    const char *end = memchr(key.data, '\0', key.size);

    return (struct str){key.data, end != NULL ? (size_t)(end - key.data) + 1 : key.size};
}

/* Collects the states of renamed owners, under their new names. */
struct csv_move {
    const struct csv_output *output;
    struct csv_renames *renames;
    struct csv_sort *sort;
    struct buffer key;
    struct buffer line;
};

static bool csv_move_add(
    struct csv_move *move, const struct csv_entry *state, struct str to, struct error *err)
{
    const struct relation *relation = move->output->relation;
    size_t owner_size = csv_states_owner(state->key).size;
    struct str rest = {state->line.data, state->line.size - 1};
    struct str text = to;
    struct str field = {0};

    buffer_clear(&move->key);
    buffer_append_str(&move->key, to);
    buffer_append(&move->key, state->key.data + owner_size, state->key.size - owner_size);
    buffer_clear(&move->line);
    (void)csv_next_field(&rest, &field);
    buffer_append_str(&move->line, field);
    buffer_append_char(&move->line, ',');
    (void)csv_next_field(&rest, &field);
    csv_append_text(&move->line, csv_key_next(&text),
        move->output->snapshot->safe && relation->columns[1].type == COLUMN_TEXT);
    buffer_append_char(&move->line, ',');
    buffer_append_str(&move->line, rest);
    buffer_append_char(&move->line, '\n');
    return ((buffer_ok(&move->key) && buffer_ok(&move->line)) || error_memory(err)) &&
           csv_sort_add(move->sort,
               &(struct csv_entry){
                   .key = buffer_view(&move->key), .line = buffer_view(&move->line)},
               err);
}

/* One look at every published state: first for names that have states of their own, then for the
 * states that move. */
static bool csv_move_read(struct csv_move *move, bool take, struct error *err)
{
    const struct csv_snapshot *snapshot = move->output->snapshot;
    const struct csv_store *store = snapshot->store;
    struct csv_old old = {0};
    struct csv_entry state = {0};
    bool more = false;
    bool ok = csv_old_open(&old, &store->current, move->output->relation, store->tenant,
        csv_guard_of(store, snapshot->safe), &more, err);

    while (ok && more) {
        ok = csv_old_next(&old, &state, &more, err);
        if (ok && more && take) {
            csv_renames_take(move->renames, csv_states_owner(state.key));
        } else if (ok && more) {
            struct str to = csv_renames_to(move->renames, csv_states_owner(state.key));

            ok = to.data == NULL || csv_move_add(move, &state, to, err);
        }
    }
    csv_old_release(&old);
    return ok;
}

static bool csv_states_move(
    struct csv_states *states, struct csv_renames *renames, struct error *err)
{
    struct csv_move move = {.output = states->output, .renames = renames};
    bool ok = csv_sort_new(
        &states->moved, &states->output->snapshot->store->home, CSV_AGAIN, CEILING_SORT, err);

    move.sort = states->moved;
    buffer_init(&move.key, CSV_LINE_CEILING);
    buffer_init(&move.line, 2 * CSV_LINE_CEILING);
    ok = ok && csv_move_read(&move, true, err) && csv_move_read(&move, false, err) &&
         csv_sort_finish(states->moved, err) &&
         csv_sort_next(states->moved, &states->next_moved, &states->moved_more, err);
    buffer_release(&move.line);
    buffer_release(&move.key);
    return ok;
}

/* The next state of the file that stays where it is. */
static bool csv_states_next_kept(struct csv_states *states, struct error *err)
{
    bool passed = true;
    bool ok = true;

    while (ok && passed) {
        ok = csv_old_next(&states->output->old, &states->next_kept, &states->kept_more, err);
        passed =
            ok && states->kept_more &&
            csv_renames_to(states->renames, csv_states_owner(states->next_kept.key)).data != NULL;
        ok = ok && (!passed || csv_output_diverge(states->output, err));
    }
    return ok;
}

static void csv_states_choose(struct csv_states *states)
{
    states->more = states->kept_more || states->moved_more;
    states->is_moved =
        states->moved_more &&
        (!states->kept_more || str_compare(states->next_moved.key, states->next_kept.key) < 0);
    states->state = states->is_moved ? states->next_moved : states->next_kept;
}

bool csv_states_open(struct csv_states *states, struct csv_output *output,
    struct csv_renames *renames, struct error *err)
{
    bool is_there = output->old.input.path != NULL;
    bool ok = true;

    *states = (struct csv_states){.output = output, .renames = renames};
    if (is_there && renames->count > 0) {
        ok = csv_renames_sort(renames, err) && csv_states_move(states, renames, err);
    }
    ok = ok && (!is_there || csv_states_next_kept(states, err));
    csv_states_choose(states);
    return ok;
}

void csv_states_release(struct csv_states *states)
{
    csv_sort_free(states->moved);
    *states = (struct csv_states){0};
}

bool csv_states_next(struct csv_states *states, struct error *err)
{
    bool ok = states->is_moved
                  ? csv_sort_next(states->moved, &states->next_moved, &states->moved_more, err)
                  : csv_states_next_kept(states, err);

    csv_states_choose(states);
    return ok;
}
