// Which shape is in force for a packet: the one of the longest prefix that holds its source address.
#ifndef SHAPER_SOURCES_H
#define SHAPER_SOURCES_H

#include <stdbool.h>
#include <stdint.h>

#include "random.h"

// Something that happens to a share of packets; with a correlation each draw follows the one before it, as in netem.
struct chance {
  double probability;
  double correlation;
  double last;
  struct stream stream;
};

struct source {
  uint32_t address;
  double delay_us;
  double jitter_us;
  struct chance loss;
  struct chance corrupt;
  struct chance duplicate;
  struct chance reorder;
  struct stream jitter;
  struct stream bit;
};

bool happens(struct chance *chance);

// Microseconds that the next packet is to wait: 0 where it overtakes, else drawn uniformly from delay ± jitter.
double next_delay_us(struct source *source, bool *overtakes);

// The source that holds an address (in the host's byte order), or NULL.
struct source *source_of(uint32_t address);

// The source of exactly this prefix, made unshaped where it is new.
struct source *source_at(uint32_t address, int length, uint64_t seed);

// Forgets a prefix; false where there is none.
bool source_forget(uint32_t address, int length);

// What the shapes in force need to be told of packets.
struct needs {
  bool single;  // each by itself: a batch must not be lost or changed as one
  bool payload; // all of their bytes
};

struct needs sources_need(void);

#endif
