#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ceilings.h"
#include "sync/memo.h"

enum { SOME = 5000, MORE = 200000 };

/* The key of a text of the server. */
static void key_of(struct memo *memo, const char *text, uint8_t key[MEMO_KEY_SIZE])
{
    memo_key(memo, 0, str_of(text), key);
}

/* The item's digest begins with the text. */
static void add(struct memo *memo, const char *text, struct str form)
{
    struct load_item item = {.form = form};
    uint8_t key[MEMO_KEY_SIZE];

    strncpy((char *)item.digest, text, sizeof item.digest - 1);
    key_of(memo, text, key);
    memo_add(memo, key, &item);
}

static bool find(struct memo *memo, const char *text, struct load_item *item)
{
    uint8_t key[MEMO_KEY_SIZE];
    bool found;

    key_of(memo, text, key);
    found = memo_find(memo, key, item);
    assert_true(!found || strcmp((const char *)item->digest, text) == 0);
    return found;
}

static void form_is(struct memo *memo, const char *text, const char *form)
{
    struct load_item item = {.form = {NULL, 99}};

    assert_true(find(memo, text, &item));
    assert_int_equal(item.form.size, strlen(form));
    assert_memory_equal(item.form.data, form, item.form.size);
}

static int setup(void **state)
{
    struct memo *memo = NULL;
    struct error err = {0};

    assert_true(memo_new(&memo, &err));
    *state = memo;
    return 0;
}

static int teardown(void **state)
{
    memo_free(*state);
    memo_free(NULL);
    return 0;
}

static void what_was_added_is_found(void **state)
{
    struct memo *memo = *state;
    struct load_item item;

    assert_false(find(memo, "a", &item));
    add(memo, "a", str_of("form of a"));
    add(memo, "b", str_of("form of b"));
    form_is(memo, "a", "form of a");
    form_is(memo, "b", "form of b");
    assert_false(find(memo, "c", &item));
    assert_false(find(memo, "", &item));
}

static void forms_are_copied(void **state)
{
    struct memo *memo = *state;
    char form[] = "form";

    add(memo, "a", str_of(form));
    memset(form, 'x', sizeof form);
    form_is(memo, "a", "form");
}

static void a_form_may_be_empty_and_may_hold_any_byte(void **state)
{
    struct memo *memo = *state;
    struct load_item item;

    add(memo, "none", (struct str){"", 0});
    form_is(memo, "none", "");
    add(memo, "any", (struct str){"a\0b", 3});
    assert_true(find(memo, "any", &item));
    assert_int_equal(item.form.size, 3);
    assert_memory_equal(item.form.data, "a\0b", 3);
    form_is(memo, "none", "");
}

static void what_is_added_again_is_replaced(void **state)
{
    struct memo *memo = *state;

    add(memo, "a", str_of("before"));
    add(memo, "a", str_of("after it"));
    form_is(memo, "a", "after it");
}

static void texts_that_are_alike_have_keys_of_their_own(void **state)
{
    static const char *const texts[] = {"", " ", "{}", "{} ", "{\"a\":1}", "{\"a\":2}"};
    uint8_t keys[6][MEMO_KEY_SIZE];

    for (size_t i = 0; i < 6; i++) {
        key_of(*state, texts[i], keys[i]);
        for (size_t j = 0; j < i; j++) {
            assert_memory_not_equal(keys[i], keys[j], MEMO_KEY_SIZE);
        }
    }
    key_of(*state, texts[4], keys[0]);
    assert_memory_equal(keys[0], keys[4], MEMO_KEY_SIZE);
}

/* Some thousand are far from what it holds: it grows, and forgets none of them. */
static void some_thousand_are_all_remembered(void **state)
{
    struct memo *memo = *state;
    char text[16];
    char form[32];

    for (int i = 0; i < SOME; i++) {
        (void)snprintf(text, sizeof text, "%d", i);
        (void)snprintf(form, sizeof form, "form of %d", i);
        add(memo, text, str_of(form));
    }
    for (int i = 0; i < SOME; i++) {
        (void)snprintf(text, sizeof text, "%d", i);
        (void)snprintf(form, sizeof form, "form of %d", i);
        form_is(memo, text, form);
    }
}

static int count_found(struct memo *memo, int count)
{
    struct load_item item;
    char text[16];
    int found = 0;

    for (int i = 0; i < count; i++) {
        (void)snprintf(text, sizeof text, "%d", i);
        found += find(memo, text, &item) ? 1 : 0;
    }
    return found;
}

static void one_that_is_full_forgets_and_goes_on(void **state)
{
    struct memo *memo = *state;
    char text[16] = "";
    int found;

    for (int i = 0; i < MORE; i++) {
        (void)snprintf(text, sizeof text, "%d", i);
        add(memo, text, str_of("f"));
    }
    found = count_found(memo, MORE);
    assert_true(found > 0 && found < MORE / 2);
    form_is(memo, text, "f"); /* the last one is always there */
}

/* The forms' bytes are bounded too. */
static void long_forms_fill_it_sooner(void **state)
{
    enum { LONG = CEILING_MEMO / 4 };
    struct memo *memo = *state;
    char *form = malloc(LONG);
    struct load_item item;

    assert_non_null(form);
    memset(form, 'x', LONG);
    for (int i = 0; i < 4; i++) {
        char text[2] = {(char)('a' + i), '\0'};

        add(memo, text, (struct str){form, LONG});
        assert_true(find(memo, text, &item));
    }
    assert_true(find(memo, "a", &item));
    add(memo, "e", (struct str){form, LONG}); /* finds no room */
    assert_false(find(memo, "a", &item));
    assert_false(find(memo, "d", &item));
    assert_false(find(memo, "e", &item));
    add(memo, "e", (struct str){form, LONG});
    assert_true(find(memo, "e", &item));
    assert_memory_equal(item.form.data, form, LONG);
    free(form);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_was_added_is_found),
        TEST(forms_are_copied),
        TEST(a_form_may_be_empty_and_may_hold_any_byte),
        TEST(what_is_added_again_is_replaced),
        TEST(texts_that_are_alike_have_keys_of_their_own),
        TEST(some_thousand_are_all_remembered),
        TEST(one_that_is_full_forgets_and_goes_on),
        TEST(long_forms_fill_it_sooner),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
