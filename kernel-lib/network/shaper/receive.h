// Packets as they come out of a queue.
#ifndef SHAPER_RECEIVE_H
#define SHAPER_RECEIVE_H

#include "queue.h"

enum { unanswered = -1 };

// Reads what has come, a bounded number of messages at once, and says how many there were. Where a request was sent with
// NLM_F_ACK, the kernel's answer, 0 or an errno, is put into `answer`, which may be NULL.
int receive_batch(struct queue *queue, take_packet take, int *answer);

#endif
