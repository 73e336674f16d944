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

/* The number of `index` in the stream named `stream` of `seed`. */
static inline uint64_t rng_at(uint64_t seed, uint64_t stream, uint64_t index)
{
    return rng_mix(rng_mix(seed + stream * UINT64_C(0x9e3779b97f4a7c15)) ^
                   (index + 1) * UINT64_C(0xd1342543de82ef95));
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
