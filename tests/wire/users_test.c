/* The list of users through the real HTTP client: by the empty prefix, by letters, and one by one
 * for owners of devices. What counts is a user, however often an answer shows it. */
#include "wire/bench.h"

#include <stdio.h>

#define METADATA "GET /msa/v1/cps/user/$metadata "
#define COUNT_OF(prefix) "GET /msa/v1/cps/user/count?uid=" prefix " "
#define LIST_OF(prefix) "GET /msa/v1/cps/user?uid=" prefix "&"
#define LOOKUP "GET /msa/v1/cps/user?guid="
#define USER(id, n) "{\"userId\":\"" id "\",\"userUuid\":\"" GUID(n) "\"}"
#define NOBODY "{\"searchResults\":[],\"results\":0}"

enum { LETTERS = 80 /* answers of nobody: more than there are prefixes */ };

static void answer_count(struct bench *bench, const char *on, int count)
{
    struct buffer body;

    buffer_init(&body, 100);
    buffer_printf(&body, "{\"result\":%d}", count);
    bench_answer(bench, on, 200, bench_keep(bench, &body));
}

/* One device, whose owner has the GUID of the n-th user; then what goes before the list of users,
 * of whom the server counts so many. */
static void answer_before(struct bench *bench, int owner, int total)
{
    struct buffer device;

    buffer_init(&device, 1000);
    buffer_printf(&device,
        "{\"deviceGuid\":\"" GUID(1) "\",\"status\":\"ACTIVE\",\"userUuid\":\"%s\"}",
        bench_guid(bench, owner));
    bench_answer_devices(bench, 1, bench_keep(bench, &device));
    bench_answer(bench, METADATA, 200, "[]");
    answer_count(bench, COUNT_OF(""), total);
}

/* The empty prefix shows a and b, in each of two walks. */
static void answer_two(struct bench *bench)
{
    for (int i = 0; i < 2; i++) {
        bench_answer(bench, LIST_OF(""), 200,
            "{\"searchResults\":[" USER("a", 1) "," USER("b", 2) "],\"results\":2}");
        bench_answer(
            bench, LIST_OF(""), 200, "{\"searchResults\":[" USER("b", 2) "],\"results\":1}");
        bench_answer(bench, LIST_OF(""), 200, NOBODY);
    }
}

/* Behind the answers for some letters, of which `a` is one: no other has users, and the case does
 * not count. */
static void answer_letters(struct bench *bench)
{
    answer_count(bench, COUNT_OF("A"), 1);
    for (int i = 0; i < LETTERS; i++) {
        answer_count(bench, "GET /msa/v1/cps/user/count?uid=", 0);
    }
}

/* By letters, a and b are found once more. */
static void answer_two_letters(struct bench *bench)
{
    answer_count(bench, COUNT_OF("a"), 1);
    bench_answer(bench, LIST_OF("a"), 200, "{\"searchResults\":[" USER("a", 1) "],\"results\":1}");
    answer_count(bench, COUNT_OF("b"), 1);
    bench_answer(bench, LIST_OF("b"), 200, "{\"searchResults\":[" USER("b", 2) "],\"results\":1}");
    answer_letters(bench);
}

static void found_are(const struct bench *bench, int count, enum sync_completeness completeness)
{
    assert_int_equal(bench_report(bench)->fetched, count);
    assert_int_equal(fake_count(&bench->fake, "user_account"), count);
    assert_int_equal(bench_report(bench)->completeness, completeness);
    assert_int_equal(bench->fake.replaced, completeness == SYNC_PROVEN ? 1 : 0);
}

static void users_that_the_empty_prefix_hides_are_found_by_letters(void **state)
{
    struct bench *bench = *state;

    answer_before(bench, 1, 3);
    answer_two(bench);
    answer_count(bench, COUNT_OF("c"), 1);
    bench_answer(bench, LIST_OF("c"), 200, "{\"searchResults\":[" USER("c", 3) "],\"results\":1}");
    answer_two_letters(bench);
    bench_run(bench, "user_account");
    found_are(bench, 3, SYNC_PROVEN);
    assert_int_equal(bench_requests(bench, LOOKUP), 0);
    assert_string_equal(fake_text(&bench->fake, "user_account", 2, "user_id"), "c");
}

/* The first try of its look-up shows the owner, and breaks. */
static void an_owner_whose_lookup_was_tried_again_counts_once(void **state)
{
    struct bench *bench = *state;

    bench->tenant.retries = 1;
    answer_before(bench, 7, 4);
    answer_two(bench);
    answer_two_letters(bench);
    bench_answer(bench, LOOKUP, 200, "{\"searchResults\":[" USER("c", 7) "]");
    bench_answer(bench, LOOKUP, 200, "{\"searchResults\":[" USER("c", 7) "]}");
    bench_run(bench, "user_account");
    assert_int_equal(bench_requests(bench, LOOKUP), 2);
    found_are(bench, 3, SYNC_UNPROVEN);
}

static void an_owner_completes_the_list(void **state)
{
    struct bench *bench = *state;

    answer_before(bench, 7, 3);
    answer_two(bench);
    answer_two_letters(bench);
    bench_answer(bench, LOOKUP, 200, "{\"searchResults\":[" USER("c", 7) "]}");
    bench_run(bench, "user_account");
    found_are(bench, 3, SYNC_PROVEN);
}

/* A server that passes over `guid` answers with whom it likes, listed before or not. */
static void whoever_was_not_looked_up_does_not_count(void **state)
{
    static const char *const answers[] = {
        "{\"searchResults\":[" USER("a", 1) "]}",
        "{\"searchResults\":[" USER("d", 9) "]}",
        "{\"searchResults\":[{\"userId\":\"e\"}]}",
    };
    struct bench *bench = *state;

    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        bench_forget(bench);
        answer_before(bench, 7, 3);
        answer_two(bench);
        answer_two_letters(bench);
        bench_answer(bench, LOOKUP, 200, answers[i]);
        bench_run(bench, "user_account");
        assert_int_equal(bench_requests(bench, LOOKUP), 1);
        found_are(bench, 2, SYNC_UNPROVEN);
    }
}

static void a_user_under_two_prefixes_counts_once(void **state)
{
    static const int totals[] = {2, 1};
    struct bench *bench = *state;

    for (size_t i = 0; i < 2; i++) {
        bench_forget(bench);
        answer_before(bench, 1, totals[i]);
        for (int form = 0; form < 3; form++) { /* of `fields` */
            bench_answer(bench, LIST_OF(""), 400, "");
        }
        answer_count(bench, COUNT_OF("a"), 1);
        bench_answer(
            bench, LIST_OF("a"), 200, "{\"searchResults\":[" USER("x", 1) "],\"results\":1}");
        answer_count(bench, COUNT_OF("b"), 1);
        bench_answer(
            bench, LIST_OF("b"), 200, "{\"searchResults\":[" USER("x", 1) "],\"results\":1}");
        answer_letters(bench);
        bench_run(bench, "user_account");
        found_are(bench, 1, totals[i] == 1 ? SYNC_PROVEN : SYNC_UNPROVEN);
    }
}

/* The first page is asked for in two forms of `fields`; what is out cannot be taken back. */
static void an_export_that_learns_the_form_of_fields_writes_each_user_once(void **state)
{
    static const char page[] = "{\"searchResults\":[{\"userId\":\"a\",\"accountSource\":\"LDAP\"},"
                               "{\"userId\":\"b\",\"accountSource\":\"LDAP\"}],\"results\":2}";
    struct bench *bench = *state;
    const struct relation *relation = &catalogue_find(&bench->catalogue, "user_account")->relation;
    const size_t columns[] = {relation_find_column(relation, "user_id")};
    char *out = NULL;
    size_t size = 0;
    const struct load_stream_settings stream = {.relation = relation,
        .columns = columns,
        .column_count = 1,
        .out = open_memstream(&out, &size)};
    bool changed = false;

    assert_true(load_open_stream(&stream, &bench->load, &bench->err));
    bench->full = true;
    bench->once = true;
    answer_before(bench, 1, 2);
    bench_answer(bench, LIST_OF(""), 200, page);
    bench_answer(bench, LIST_OF(""), 200, page);
    bench_run(bench, "user_account");
    assert_true(load_publish(bench->load, NULL, 0, NULL, &changed, &bench->err));
    load_close(bench->load);
    (void)fclose(stream.out);
    assert_int_equal(bench_requests(bench, LIST_OF("")), 2);
    assert_string_equal(out, "user_id\na\nb\n");
    free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(users_that_the_empty_prefix_hides_are_found_by_letters),
        TEST(an_owner_whose_lookup_was_tried_again_counts_once),
        TEST(an_owner_completes_the_list),
        TEST(whoever_was_not_looked_up_does_not_count),
        TEST(a_user_under_two_prefixes_counts_once),
        TEST(an_export_that_learns_the_form_of_fields_writes_each_user_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
