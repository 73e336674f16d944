#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "sync/prefixes.h"

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define OTHERS "0123456789 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"

enum { MOST = 200 };

/* A server whose users begin with these letters, one each. */
struct server {
    const char *users;
    bool is_cased; /* it tells upper from lower case */
};

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static int64_t count_of(const struct server *server, char prefix)
{
    int64_t count = 0;

    for (const char *user = server->users; *user != '\0'; user++) {
        count += server->is_cased ? *user == prefix : lower(*user) == lower(prefix);
    }
    return count;
}

/* Goes through all prefixes: `asked` are those, `listed` those of them that are no probe and have
 * users, so that these are listed. */
static void search(const struct server *server, char asked[MOST], char listed[MOST])
{
    struct prefixes prefixes;
    size_t count = 0;
    size_t found = 0;

    prefixes_begin(&prefixes);
    while (!prefixes.is_over) {
        char current = prefixes_current(&prefixes);
        int64_t users = count_of(server, current);

        assert_true(count + 1 < MOST);
        asked[count++] = current;
        if (!prefixes_is_probe(&prefixes) && users > 0) {
            listed[found++] = current;
        }
        prefixes_next(&prefixes, users);
    }
    asked[count] = '\0';
    listed[found] = '\0';
}

static void finds(const struct server *server, const char *asked, const char *listed)
{
    char all[MOST];
    char found[MOST];

    search(server, all, found);
    assert_string_equal(all, asked);
    assert_string_equal(found, listed);
}

static void where_the_case_does_not_count_one_probe_shows_it(void **state)
{
    const struct server server = {"bob..Alice7", false};

    (void)state;
    finds(&server, LOWER OTHERS "A", "abceilo7.");
}

/* The probe asks for the first letter that has users. */
static void the_probe_is_of_a_letter_that_has_users(void **state)
{
    const struct server server = {"z9", false};

    (void)state;
    finds(&server, LOWER OTHERS "Z", "z9");
}

static void where_the_case_counts_all_letters_are_due_twice(void **state)
{
    const struct server server = {"bobBAlice7", true};

    (void)state;
    finds(&server, LOWER OTHERS "B" UPPER, "bceilo7AB");
}

/* The letter of the probe is due again, as its users were counted and not listed. */
static void no_user_of_the_probes_letter_is_lost(void **state)
{
    const struct server server = {"aAA", true};

    (void)state;
    finds(&server, LOWER OTHERS "A" UPPER, "aA");
}

static void where_no_letter_has_users_the_case_may_count(void **state)
{
    const struct server digits = {"0.~", true};
    const struct server upper = {"Q5", true};
    const struct server nobody = {"", false};

    (void)state;
    finds(&digits, LOWER OTHERS UPPER, "0.~");
    finds(&upper, LOWER OTHERS UPPER, "5Q");
    finds(&nobody, LOWER OTHERS UPPER, "");
}

/* And all of ASCII that is printed is covered. */
static void each_prefix_is_due_once(void **state)
{
    const struct server server = {"", false};
    char all[MOST];
    char found[MOST];

    (void)state;
    search(&server, all, found);
    for (size_t i = 0; all[i] != '\0'; i++) {
        assert_null(strchr(all + i + 1, all[i]));
    }
    for (char c = ' '; c <= '~'; c++) {
        bool is_upper = c >= 'A' && c <= 'Z';

        assert_true(is_upper || strchr(all, c) != NULL);
        assert_true(prefixes_cover((struct str){&c, 1}));
    }
    assert_false(prefixes_cover(str_of("\xC3\x9Cnal")));
    assert_false(prefixes_cover(str_of("\tx")));
    assert_false(prefixes_cover(str_of("")));
}

/* A count that is refused (-1) says nothing of the letter. */
static void a_count_that_is_not_known_is_nobody(void **state)
{
    struct prefixes prefixes;
    char asked[MOST];
    size_t count = 0;

    (void)state;
    prefixes_begin(&prefixes);
    while (!prefixes.is_over) {
        char current = prefixes_current(&prefixes);

        assert_true(count + 1 < MOST);
        asked[count++] = current;
        prefixes_next(&prefixes, current == 'c' ? 3 : -1);
    }
    asked[count] = '\0';
    assert_string_equal(asked, LOWER OTHERS "C" UPPER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(where_the_case_does_not_count_one_probe_shows_it),
        cmocka_unit_test(the_probe_is_of_a_letter_that_has_users),
        cmocka_unit_test(where_the_case_counts_all_letters_are_due_twice),
        cmocka_unit_test(no_user_of_the_probes_letter_is_lost),
        cmocka_unit_test(where_no_letter_has_users_the_case_may_count),
        cmocka_unit_test(each_prefix_is_due_once),
        cmocka_unit_test(a_count_that_is_not_known_is_nobody),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
