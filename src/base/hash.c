#include "base/hash.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <string.h>
#include <xxhash.h>

/* The type is OpenSSL's own context behind our name. */
static EVP_MD_CTX *hash_context(struct hash *hash)
{
    return (EVP_MD_CTX *)(void *)hash;
}

struct hash *hash_new(struct error *err)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();

    if (context == NULL || EVP_DigestInit_ex(context, EVP_sha256(), NULL) != 1) {
        EVP_MD_CTX_free(context);
        context = NULL;
        (void)error_memory(err);
    }
    return (struct hash *)(void *)context;
}

void hash_free(struct hash *hash)
{
    EVP_MD_CTX_free(hash_context(hash));
}

bool hash_add(struct hash *hash, const void *bytes, size_t size, struct error *err)
{
    bool ok = EVP_DigestUpdate(hash_context(hash), bytes, size) == 1;

    return ok ? ok : error_set(err, ERROR_MEMORY, "SHA-256 failed");
}

/* Without a name of the algorithm the context goes on with the one that it has: to name it would be
 * to look it up again among the providers, which takes longer than a short digest. */
bool hash_end(struct hash *hash, uint8_t digest[HASH_SIZE], struct error *err)
{
    bool ok = EVP_DigestFinal_ex(hash_context(hash), digest, NULL) == 1 &&
              EVP_DigestInit_ex(hash_context(hash), NULL, NULL) == 1;

    return ok ? ok : error_set(err, ERROR_MEMORY, "SHA-256 failed");
}

void hash_write_hex(const uint8_t *bytes, size_t size, char *hex)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < size; i++) {
        hex[2 * i] = digits[bytes[i] >> 4];
        hex[2 * i + 1] = digits[bytes[i] & 15];
    }
    hex[2 * size] = '\0';
}

bool hash_end_hex(struct hash *hash, char hex[HASH_HEX_SIZE], struct error *err)
{
    uint8_t digest[HASH_SIZE];
    bool ok = hash_end(hash, digest, err);

    hash_write_hex(digest, ok ? HASH_SIZE : 0, hex);
    return ok;
}

bool hash_of(struct str text, uint8_t digest[HASH_SIZE], struct error *err)
{
    bool ok = EVP_Digest(text.data, text.size, digest, NULL, EVP_sha256(), NULL) == 1;

    return ok ? ok : error_set(err, ERROR_MEMORY, "SHA-256 failed");
}

/* The type is OpenSSL's own context behind our name. */
static EVP_MAC_CTX *hash_keyed_context(struct hash_keyed *keyed)
{
    return (EVP_MAC_CTX *)(void *)keyed;
}

bool hash_keyed_new(struct hash_keyed **keyed, struct str key, struct error *err)
{
    char digest[] = "SHA256";
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_end()};
    EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    EVP_MAC_CTX *context = mac != NULL ? EVP_MAC_CTX_new(mac) : NULL;

    if (context == NULL ||
        EVP_MAC_init(context, (const unsigned char *)key.data, key.size, parameters) != 1) {
        EVP_MAC_CTX_free(context);
        context = NULL;
        (void)error_memory(err);
    }
    EVP_MAC_free(mac);
    *keyed = (struct hash_keyed *)(void *)context;
    return context != NULL;
}

void hash_keyed_free(struct hash_keyed *keyed)
{
    EVP_MAC_CTX_free(hash_keyed_context(keyed));
}

/* Without a key the context goes on with the one that it has. */
bool hash_keyed_of(
    struct hash_keyed *keyed, struct str text, uint8_t digest[HASH_SIZE], struct error *err)
{
    EVP_MAC_CTX *context = hash_keyed_context(keyed);
    size_t size = 0;
    bool ok = EVP_MAC_init(context, NULL, 0, NULL) == 1 &&
              EVP_MAC_update(context, (const unsigned char *)text.data, text.size) == 1 &&
              EVP_MAC_final(context, digest, &size, HASH_SIZE) == 1 && size == HASH_SIZE;

    return ok ? ok : error_set(err, ERROR_MEMORY, "HMAC-SHA-256 failed");
}

void hash_fast(uint64_t seed, struct str text, uint8_t digest[HASH_FAST_SIZE])
{
    XXH128_hash_t hash = XXH3_128bits_withSeed(text.data, text.size, seed);

    memcpy(digest, &hash.low64, sizeof hash.low64);
    memcpy(digest + sizeof hash.low64, &hash.high64, sizeof hash.high64);
}

bool hash_random(void *bytes, size_t size, struct error *err)
{
    bool ok = RAND_bytes(bytes, (int)size) == 1;

    return ok ? ok : error_set(err, ERROR_MEMORY, "no random bytes to be had");
}
