/* Numbers that look random and depend on nothing but their arguments. There is no state: device
 * 1,234,567 is made without making those before it. */
#ifndef UEMSIM_RNG_H
#define UEMSIM_RNG_H

#include <stdint.h>

/* Spreads every bit of `x` over all of the result; a bijection. */
static inline uint64_t rng_mix(uint64_t x)
{
    x ^= x >> 30;
    x *= UINT64_C(0xbf58476d1ce4e5b9);
    x ^= x >> 27;
    x *= UINT64_C(0x94d049bb133111eb);
    x ^= x >> 31;
    return x;
}

/* The inverse of an odd number modulo 2^64. */
static inline uint64_t rng_inverse(uint64_t odd)
{
    uint64_t back = odd; /* right in the lowest 3 bits; each step doubles them */

    for (int step = 0; step < 5; step++) {
        back *= 2 - odd * back;
    }
    return back;
}

/* The way back of rng_mix(): each line of it undone, the last one first. */
static inline uint64_t rng_unmix(uint64_t x)
{
    x ^= (x >> 31) ^ (x >> 62);
    x *= rng_inverse(UINT64_C(0x94d049bb133111eb));
    x ^= (x >> 27) ^ (x >> 54);
    x *= rng_inverse(UINT64_C(0xbf58476d1ce4e5b9));
    return x ^ (x >> 30) ^ (x >> 60);
}

/* The number of `index` in the stream named `stream` of `seed`. */
static inline uint64_t rng_at(uint64_t seed, uint64_t stream, uint64_t index)
{
    return rng_mix(rng_mix(seed + stream * UINT64_C(0x9e3779b97f4a7c15)) ^
                   (index + 1) * UINT64_C(0xd1342543de82ef95));
}

/* The index whose number rng_at() gives as `word`. */
static inline uint64_t rng_index(uint64_t seed, uint64_t stream, uint64_t word)
{
    const uint64_t product =
        rng_unmix(word) ^ rng_mix(seed + stream * UINT64_C(0x9e3779b97f4a7c15));

    return product * rng_inverse(UINT64_C(0xd1342543de82ef95)) - 1;
}

/* The next number after `word`, for a device that needs several. */
static inline uint64_t rng_next(uint64_t word)
{
    return rng_mix(word + UINT64_C(0x9e3779b97f4a7c15));
}

/* 0 .. n-1, from the upper half of `word`. */
static inline uint32_t rng_below(uint64_t word, uint32_t n)
{
    return (uint32_t)(((word >> 32) * n) >> 32);
}

#endif
