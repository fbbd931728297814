// What happens to a packet that has come: which is drawn at once and carried out when it is due.
#ifndef SHAPER_FATE_H
#define SHAPER_FATE_H

#include <stdint.h>

#include "queue.h"

struct counts {
  uint64_t packets, dropped, corrupted, duplicated, reordered;
  uint64_t released, late_sum_ns, late_max_ns;
};

extern struct counts counts;

uint64_t now_ns(void);

// Decides about a packet by the shape of its source, and schedules it.
void decide_fate(struct queue *queue, const struct packet *packet);

// Lets go what is due, and says when the next will be; UINT64_MAX where nothing waits.
uint64_t release_due(void);

#endif
