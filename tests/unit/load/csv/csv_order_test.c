#include "unit/load/csv/sets.h"

#include "base/buffer.h"

/* Rows with keys, staged, removed and replaced at random, against a plain model: 0 is no row. */
enum { OWNERS = 40, ITEMS = 30, ROUNDS = 12 };
struct model {
    int rows[OWNERS][ITEMS];
    bool staged[OWNERS][ITEMS];
};

static void act_at_random(
    struct place *place, struct load *load, uint32_t random, struct model *model)
{
    int owner = (int)((random >> 4) % OWNERS);
    int item = (int)((random >> 12) % ITEMS);
    char owner_name[16];
    char item_name[16];
    char version[2] = {(char)('1' + (random >> 20) % 3), '\0'};

    (void)snprintf(owner_name, sizeof owner_name, "%02d", owner);
    (void)snprintf(item_name, sizeof item_name, "%02d", item);
    if (random >> 23 == 511) {
        replace(place, load, &app_relation, NULL);
        for (int i = 0; i < OWNERS * ITEMS; i++) {
            if (!model->staged[i / ITEMS][i % ITEMS]) {
                model->rows[i / ITEMS][i % ITEMS] = 0;
            }
        }
    } else if (random >> 28 == 0) {
        replace(place, load, &app_relation, owner_name);
        memset(model->rows[owner], 0, sizeof model->rows[owner]);
    } else if (random >> 28 < 4) {
        remove_app(place, load, owner_name, item_name);
        model->rows[owner][item] = 0;
    } else {
        stage_app(place, load, owner_name, item_name, version);
        model->rows[owner][item] = version[0];
        model->staged[owner][item] = true;
    }
}

/* `before`: the rows that were published, whose difference from the model the counts tell. */
static void assert_model(struct place *place, struct load_counts counts, const struct model *model,
    const struct model *before)
{
    struct load_counts wanted = {0};
    struct buffer text;

    buffer_init(&text, 1024 * 1024);
    buffer_append_text(&text, APP_HEADER);
    for (int i = 0; i < OWNERS * ITEMS; i++) {
        int then = before->rows[i / ITEMS][i % ITEMS];
        int now = model->rows[i / ITEMS][i % ITEMS];

        wanted.inserted += then == 0 && now != 0;
        wanted.deleted += then != 0 && now == 0;
        wanted.updated += then != 0 && now != 0 && then != now;
        if (now != 0) {
            buffer_printf(&text, "acme,%02d,%02d,%c\n", i / ITEMS, i % ITEMS, now);
        }
    }
    assert_file(in(place->path, "acme/device_app.csv"), buffer_text(&text));
    assert_counts(counts, wanted.inserted, wanted.updated, wanted.deleted, counts.unchanged);
    buffer_release(&text);
}

static void rows_in_any_order_are_what_a_model_says(void **state)
{
    struct place *place = *state;
    struct model *models = calloc(2, sizeof *models);
    uint32_t random = 11;

    assert_non_null(models);
    for (int round = 0; round < ROUNDS; round++) {
        struct load *load = NULL;
        char run_id[16];

        (void)snprintf(run_id, sizeof run_id, "r%d", round);
        load = open_run(place, run_id);
        models[1] = models[0];
        memset(models[0].staged, 0, sizeof models[0].staged);
        for (int i = 0; i < 600; i++) {
            random = random * 1664525u + 1013904223u;
            act_at_random(place, load, random, &models[0]);
        }
        assert_model(place, publish_all(place, load).counts[ALL_APP], &models[0], &models[1]);
    }
    free(models);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            rows_in_any_order_are_what_a_model_says, set_up_all, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
