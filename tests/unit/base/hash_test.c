#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/hash.h"

/* FIPS 180-4, and its empty message. */
#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define EMPTY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static void a_digest_is_that_of_the_standard(void **state)
{
    struct error err = {0};
    uint8_t digest[HASH_SIZE];

    (void)state;
    assert_true(hash_of(str_of("abc"), digest, &err));
    assert_memory_equal(digest, "\xba\x78\x16\xbf\x8f\x01\xcf\xea", 8);
    assert_true(hash_of((struct str){NULL, 0}, digest, &err));
    assert_memory_equal(digest, "\xe3\xb0\xc4\x42", 4);
}

static void pieces_make_the_digest_of_the_whole(void **state)
{
    struct error err = {0};
    struct hash *hash = hash_new(&err);
    char hex[HASH_HEX_SIZE];

    (void)state;
    assert_non_null(hash);
    assert_true(hash_add(hash, "a", 1, &err));
    assert_true(hash_add(hash, "", 0, &err));
    assert_true(hash_add(hash, "bc", 2, &err));
    assert_true(hash_end_hex(hash, hex, &err));
    assert_string_equal(hex, ABC);
    assert_true(hash_end_hex(hash, hex, &err));
    assert_string_equal(hex, EMPTY);
    assert_true(hash_add(hash, "abc", 3, &err));
    assert_true(hash_end_hex(hash, hex, &err));
    assert_string_equal(hex, ABC);
    hash_free(hash);
    hash_free(NULL);
}

static void a_hash_makes_one_digest_after_another(void **state)
{
    struct error err = {0};
    struct hash *hash = hash_new(&err);
    uint8_t digest[HASH_SIZE];

    (void)state;
    assert_non_null(hash);
    for (int i = 0; i < 3; i++) {
        assert_true(hash_add(hash, "abc", 3, &err));
        assert_true(hash_end(hash, digest, &err));
        assert_memory_equal(digest, "\xba\x78\x16\xbf\x8f\x01\xcf\xea", 8);
        assert_true(hash_end(hash, digest, &err));
        assert_memory_equal(digest, "\xe3\xb0\xc4\x42", 4);
    }
    hash_free(hash);
}

static void random_bytes_differ(void **state)
{
    struct error err = {0};
    uint8_t a[16] = {0};
    uint8_t b[16] = {0};

    (void)state;
    assert_true(hash_random(a, sizeof a, &err));
    assert_true(hash_random(b, sizeof b, &err));
    assert_memory_not_equal(a, b, sizeof a);
}

/* RFC 4231, test cases 2 and 3. */
static void a_keyed_digest_is_that_of_the_standard(void **state)
{
    struct error err = {0};
    struct hash_keyed *keyed = NULL;
    uint8_t digest[HASH_SIZE];
    char hex[HASH_HEX_SIZE];

    (void)state;
    assert_true(hash_keyed_new(&keyed, str_of("Jefe"), &err));
    for (int i = 0; i < 2; i++) {
        assert_true(hash_keyed_of(keyed, str_of("what do ya want for nothing?"), digest, &err));
        hash_write_hex(digest, HASH_SIZE, hex);
        assert_string_equal(
            hex, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }
    hash_keyed_free(keyed);
    hash_keyed_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_digest_is_that_of_the_standard),
        cmocka_unit_test(pieces_make_the_digest_of_the_whole),
        cmocka_unit_test(a_hash_makes_one_digest_after_another),
        cmocka_unit_test(a_keyed_digest_is_that_of_the_standard),
        cmocka_unit_test(random_bytes_differ),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
