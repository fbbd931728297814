// What waits, and for how long: a heap by due time, in which what came first goes first among equals.
#ifndef SHAPER_SCHEDULE_H
#define SHAPER_SCHEDULE_H

#include <stdint.h>

#include "queue.h"

// A packet that the kernel holds, or a copy of one that we hold.
struct waiting {
  uint64_t due_ns;
  uint64_t order;
  struct queue *queue;
  struct payload *payload; // what it is changed to, or what the copy is; NULL: as it came
  uint32_t id;             // the kernel's number; unused for a copy
  uint8_t copy;
};

// Takes the payload, and the queue until it is given back.
void schedule(struct waiting waiting);

// When the first is due; UINT64_MAX where nothing waits.
uint64_t first_due_ns(void);

struct waiting take_first(void);

#endif
