/* Appends to a place that is known to be large enough: the fast path of a page of devices. Each
 * returns where the next byte goes. Digits are made eight (hexadecimal) or two (decimal) at a time,
 * as half of a device is digits. */
#ifndef UEMSIM_PUT_H
#define UEMSIM_PUT_H

#include <endian.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "rng.h"

/* Most characters of a 64-bit number in decimal. */
#define PUT_NUMBER_MAX 20

/* A string literal and its length, as two arguments. */
#define PUT_LIT(text) (text), (sizeof(text) - 1)

/* How far the letters of a hexadecimal number lie behind its digits. */
enum put_case { PUT_LOWER = 'a' - '9' - 1, PUT_UPPER = 'A' - '9' - 1 };

/* 00, 01, ... 99. */
static const char put_pairs[] = "00010203040506070809101112131415161718192021222324"
                                "25262728293031323334353637383940414243444546474849"
                                "50515253545556575859606162636465666768697071727374"
                                "75767778798081828384858687888990919293949596979899";

static inline char *put_bytes(char *to, const char *from, size_t len)
{
    memcpy(to, from, len);
    return to + len;
}

/* The last `width` decimal digits of `number`, zeroes in front. */
static inline char *put_digits(char *to, uint64_t number, size_t width)
{
    size_t at = width;

    while (at >= 2) {
        at -= 2;
        memcpy(to + at, put_pairs + number % 100 * 2, 2);
        number /= 100;
    }
    if (at == 1) {
        to[0] = (char)('0' + number % 10);
    }
    return to + width;
}

static inline char *put_number(char *to, uint64_t number)
{
    size_t width = 1;

    for (uint64_t rest = number; rest >= 10; rest /= 10) {
        width++;
    }
    return put_digits(to, number, width);
}

/* The 8 hexadecimal digits of `number`, the first one in the lowest byte of memory: its nibbles are
 * spread over 8 bytes, to each of which the distance to its character is added. */
static inline uint64_t put_hex_word(uint32_t number, enum put_case letters)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t x = number;

    x = (x | x << 16) & UINT64_C(0x0000ffff0000ffff);
    x = (x | x << 8) & UINT64_C(0x00ff00ff00ff00ff);
    x = (x | x << 4) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    const uint64_t is_letter = ((x + 6 * ones) >> 4) & ones;
    return htobe64(x + '0' * ones + is_letter * (uint64_t)letters);
}

/* The last `width` (1..16) hexadecimal digits of `number`. */
static inline char *put_hex(char *to, enum put_case letters, uint64_t number, size_t width)
{
    const uint64_t words[2] = {
        put_hex_word((uint32_t)(number >> 32), letters), put_hex_word((uint32_t)number, letters)};

    memcpy(to, (const char *)words + 16 - width, width);
    return to + width;
}

/* The key with its colon, and true or false. */
static inline char *put_bool(char *to, const char *key, size_t key_len, bool value)
{
    to = put_bytes(to, key, key_len);
    return value ? put_bytes(to, PUT_LIT("true")) : put_bytes(to, PUT_LIT("false"));
}

/* A UUID of version 4's form (36 bytes); its last 12 digits are `tail`. All bits of `hash` but
 * those worth 4 and 8 are in it. */
static inline char *put_uuid(char *to, enum put_case letters, uint64_t hash, uint64_t tail)
{
    to = put_hex(to, letters, hash >> 32, 8);
    *to++ = '-';
    to = put_hex(to, letters, hash >> 16, 4);
    *to++ = '-';
    *to++ = '4';
    to = put_hex(to, letters, hash >> 4, 3);
    *to++ = '-';
    to = put_hex(to, letters, 8 | (hash & 3), 1);
    to = put_hex(to, letters, rng_next(hash), 3);
    *to++ = '-';
    return put_hex(to, letters, tail, 12);
}

#endif
