#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/ceilings.h"
#include "base/hash.h"
#include "sync/item_list.h"

/* A list, and how it is digested. */
struct fixture {
    struct item_list list;
    struct hash *hash;
};

static int setup(void **state)
{
    static struct fixture fixture;
    struct error err = {0};

    item_list_init(&fixture.list);
    fixture.hash = hash_new(&err);
    assert_non_null(fixture.hash);
    *state = &fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;

    item_list_release(&fixture->list);
    hash_free(fixture->hash);
    return 0;
}

/* An item whose digest is this byte over and over. */
static void add_form(struct item_list *list, char digest, struct str form)
{
    struct load_item item = {.form = form};
    struct error err = {0};

    memset(item.digest, digest, sizeof item.digest);
    assert_true(item_list_add(list, &item, &err));
}

static void add(struct item_list *list, char digest, const char *form)
{
    add_form(list, digest, str_of(form));
}

/* The list holds these items: the first bytes of their digests. */
static void holds(const struct item_list *list, const char *digests)
{
    assert_int_equal(list->count, strlen(digests));
    for (size_t i = 0; i < list->count; i++) {
        assert_int_equal(list->items[i].digest[0], digests[i]);
    }
}

static void form_is(const struct item_list *list, size_t place, const char *form)
{
    assert_int_equal(list->items[place].form.size, strlen(form));
    assert_memory_equal(list->items[place].form.data, form, strlen(form));
}

/* The digest of a list of these items, in this order. */
static void digest_of(struct fixture *fixture, const char *digests, uint8_t *digest)
{
    struct error err = {0};

    item_list_clear(&fixture->list);
    for (size_t i = 0; digests[i] != '\0'; i++) {
        add(&fixture->list, digests[i], "form");
    }
    item_list_order(&fixture->list);
    assert_true(item_list_digest(&fixture->list, fixture->hash, digest, &err));
}

static void items_are_ordered_with_their_forms(void **state)
{
    struct item_list *list = &((struct fixture *)*state)->list;

    add(list, 'c', "form of c");
    add(list, 'a', "a");
    add(list, 'd', "");
    add(list, 'b', "bb");
    item_list_order(list);
    holds(list, "abcd");
    form_is(list, 0, "a");
    form_is(list, 1, "bb");
    form_is(list, 2, "form of c");
    form_is(list, 3, "");
}

static void digests_are_ordered_as_bytes(void **state)
{
    struct item_list *list = &((struct fixture *)*state)->list;

    add(list, '\xff', "2");
    add(list, '\x7f', "1");
    item_list_order(list);
    form_is(list, 0, "1");
    form_is(list, 1, "2");
}

static void repeats_count_once(void **state)
{
    struct item_list *list = &((struct fixture *)*state)->list;

    add(list, 'b', "b");
    add(list, 'a', "a");
    add(list, 'b', "b");
    add(list, 'b', "b");
    add(list, 'a', "a");
    item_list_order(list);
    holds(list, "ab");
    form_is(list, 0, "a");
    form_is(list, 1, "b");
}

static void forms_are_copied(void **state)
{
    struct item_list *list = &((struct fixture *)*state)->list;
    char form[] = "form";

    add(list, 'a', form);
    memset(form, 'x', sizeof form);
    item_list_order(list);
    form_is(list, 0, "form");
}

static void a_cleared_list_is_empty(void **state)
{
    struct item_list *list = &((struct fixture *)*state)->list;

    add(list, 'a', "before");
    item_list_clear(list);
    item_list_order(list);
    holds(list, "");
    add(list, 'b', "after");
    item_list_order(list);
    holds(list, "b");
    form_is(list, 0, "after");
}

static void the_digest_minds_the_items_and_not_their_order(void **state)
{
    uint8_t first[LEDGER_DIGEST_SIZE];
    uint8_t other[LEDGER_DIGEST_SIZE];

    digest_of(*state, "abc", first);
    digest_of(*state, "cab", other);
    assert_memory_equal(first, other, sizeof first);
    digest_of(*state, "cbacba", other);
    assert_memory_equal(first, other, sizeof first);
    digest_of(*state, "ab", other);
    assert_memory_not_equal(first, other, sizeof first);
    digest_of(*state, "abd", other);
    assert_memory_not_equal(first, other, sizeof first);
    digest_of(*state, "abcd", other);
    assert_memory_not_equal(first, other, sizeof first);
}

/* All zero means in device_fetch that it is not known. */
static void an_empty_list_has_a_digest_of_its_own(void **state)
{
    static const uint8_t none[LEDGER_DIGEST_SIZE];
    uint8_t empty[LEDGER_DIGEST_SIZE];
    uint8_t again[LEDGER_DIGEST_SIZE];

    digest_of(*state, "", empty);
    assert_memory_not_equal(empty, none, sizeof none);
    digest_of(*state, "a", again);
    assert_memory_not_equal(empty, again, sizeof empty);
    digest_of(*state, "", again);
    assert_memory_equal(empty, again, sizeof empty);
}

static void some_thousand_items_are_a_list(void **state)
{
    struct item_list *list = &((struct fixture *)*state)->list;
    struct error err = {0};

    for (uint16_t i = 0; i < 5000; i++) {
        struct load_item item = {.form = {(const char *)&i, sizeof i}};

        memcpy(item.digest, &i, sizeof i);
        assert_true(item_list_add(list, &item, &err));
    }
    item_list_order(list);
    assert_int_equal(list->count, 5000);
    assert_false(list->is_too_long);
    for (size_t i = 0; i < list->count; i++) {
        assert_memory_equal(list->items[i].digest, list->items[i].form.data, sizeof(uint16_t));
    }
}

static void a_list_of_too_many_items_is_too_long(void **state)
{
    struct item_list *list = &((struct fixture *)*state)->list;

    for (size_t i = 0; i < CEILING_LIST; i++) {
        add(list, 'a', "");
    }
    assert_false(list->is_too_long);
    add(list, 'b', "");
    assert_true(list->is_too_long);
    assert_int_equal(list->count, CEILING_LIST);
    item_list_clear(list);
    assert_false(list->is_too_long);
    add(list, 'b', "");
    holds(list, "b");
}

/* What it holds then still has its forms, and nothing else. */
static void a_list_of_too_many_bytes_is_too_long(void **state)
{
    struct item_list *list = &((struct fixture *)*state)->list;
    size_t size = CEILING_LIST_BYTES / 2;
    char *form = malloc(size);
    const char *end;

    assert_non_null(form);
    memset(form, 'x', size);
    add_form(list, 'b', (struct str){form, size});
    add_form(list, 'a', (struct str){form, size});
    assert_false(list->is_too_long);
    add(list, 'c', "y");
    assert_true(list->is_too_long);
    add(list, 'd', "");
    assert_true(list->is_too_long);
    item_list_order(list);
    holds(list, "ab");
    end = buffer_text(&list->forms) + list->forms.size;
    for (size_t i = 0; i < list->count; i++) {
        assert_true(list->items[i].form.data + list->items[i].form.size <= end);
    }
    free(form);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(items_are_ordered_with_their_forms),
        TEST(digests_are_ordered_as_bytes),
        TEST(repeats_count_once),
        TEST(forms_are_copied),
        TEST(a_cleared_list_is_empty),
        TEST(the_digest_minds_the_items_and_not_their_order),
        TEST(an_empty_list_has_a_digest_of_its_own),
        TEST(some_thousand_items_are_a_list),
        TEST(a_list_of_too_many_items_is_too_long),
        TEST(a_list_of_too_many_bytes_is_too_long),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
