/* SHA-256, keyed (HMAC) and not, and random bytes, all OpenSSL's; and a fast digest, xxHash's. */
#ifndef UEMSYNC_BASE_HASH_H
#define UEMSYNC_BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"

enum { HASH_SIZE = 32, HASH_HEX_SIZE = 2 * HASH_SIZE + 1 };

struct hash; /* one digest under way */

struct hash *hash_new(struct error *err);
void hash_free(struct hash *hash);
bool hash_add(struct hash *hash, const void *bytes, size_t size, struct error *err);

/* The digest; the hash is then ready for the next one. For many short texts: one of 150 bytes takes
 * less than half as long as by hash_of. After a failure it can only be freed. */
bool hash_end(struct hash *hash, uint8_t digest[HASH_SIZE], struct error *err);

/* The digest as lower-case hexadecimal with a NUL; the hash is then ready for the next one. */
bool hash_end_hex(struct hash *hash, char hex[HASH_HEX_SIZE], struct error *err);

/* The digest of a text at once. */
bool hash_of(struct str text, uint8_t digest[HASH_SIZE], struct error *err);

/* HMAC-SHA-256 (RFC 2104): a digest that nobody can try out who has not the key. */
struct hash_keyed;

/* The key is copied. *keyed is the caller's. */
bool hash_keyed_new(struct hash_keyed **keyed, struct str key, struct error *err);
void hash_keyed_free(struct hash_keyed *keyed);

/* The digest of a text. After a failure it can only be freed. */
bool hash_keyed_of(
    struct hash_keyed *keyed, struct str text, uint8_t digest[HASH_SIZE], struct error *err);

/* Writes bytes as lower-case hexadecimal digits and a NUL; `hex` has room for 2 * size + 1. */
void hash_write_hex(const uint8_t *bytes, size_t size, char *hex);

/* A digest of a text for a table of our own, at a small part of the cost of SHA-256 for short
 * texts. The seed is to be of chance (hash_random). It is no defence against somebody who knows the
 * seed. */
enum { HASH_FAST_SIZE = 16 };
void hash_fast(uint64_t seed, struct str text, uint8_t digest[HASH_FAST_SIZE]);

/* A seed for a generator that need not be secret (jitter, run ids). */
bool hash_random(void *bytes, size_t size, struct error *err);

#endif
