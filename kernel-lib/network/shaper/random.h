// Streams of random numbers that repeat: one for each source and each thing that is drawn, so that no draw shifts another's.
#ifndef SHAPER_RANDOM_H
#define SHAPER_RANDOM_H

#include <stdint.h>

struct stream {
  uint64_t state;
};

// The finaliser of splitmix64 (Steele, Lea, Flood 2014).
static inline uint64_t mixed(uint64_t x) {
  x += 0x9e3779b97f4a7c15ull;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ull;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebull;
  return x ^ (x >> 31);
}

static inline struct stream stream_of(uint64_t seed, uint64_t source, uint64_t concern) {
  uint64_t state = mixed(mixed(mixed(seed) ^ source) ^ concern);
  return (struct stream){state == 0 ? 1 : state};
}

// The next number, from 0 to under 1, by xorshift64 (Marsaglia 2003).
static inline double draw(struct stream *stream) {
  uint64_t x = stream->state;
  x ^= x << 13;
  x ^= x >> 7;
  x ^= x << 17;
  stream->state = x;
  return (double)(x >> 11) / 9007199254740992.0;
}

#endif
