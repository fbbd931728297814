// What becomes of packets: verdicts for those that the kernel holds, collected and sent many at once, and copies of our own.
#ifndef SHAPER_VERDICTS_H
#define SHAPER_VERDICTS_H

#include "queue.h"

// Bytes of a packet from its IP header on.
struct payload {
  size_t length;
  unsigned char bytes[];
};

void accept_packet(struct queue *queue, uint32_t id);
void accept_changed(struct queue *queue, uint32_t id, const struct payload *payload);
void drop_packet(struct queue *queue, uint32_t id);

// Sends the verdicts collected so far.
void send_verdicts(void);

// Hands a copy of a packet to the namespace that it came to; false where the kernel refuses.
bool inject_copy(struct queue *queue, const struct payload *payload);

#endif
