// One queue of netfilter in one network namespace: packets come out of it, and wait in the kernel for a verdict.
#ifndef SHAPER_QUEUE_H
#define SHAPER_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sources.h"

struct queue {
  char *path;
  uint16_t number;
  int netlink;    // packets come and verdicts go; -1 once the queue was left
  int raw;        // copies of packets are sent into the namespace
  int statistics; // the kernel's counts of the namespace's queues
  size_t waiting; // packets and copies that are scheduled
  struct queue *next;
  char verdicts[4096]; // those not sent yet
  size_t used;
  bool unsent;
  struct queue *next_unsent;
};

// A packet as the kernel hands it over, from its IP header on.
struct packet {
  uint32_t id;
  const unsigned char *bytes;
  size_t length;
  bool unfinished; // a batch of several, or one whose checksum is not computed
};

typedef void (*take_packet)(struct queue *queue, const struct packet *packet);

extern struct queue *queues;

// Serves a queue of a namespace; NULL and errno where that fails, and the name of what failed.
struct queue *queue_open(const char *path, uint16_t number, take_packet take, const char **what);

struct queue *queue_find(const char *path, uint16_t number);

// Gives the namespace back. The queue itself goes once nothing of it is scheduled.
void queue_leave(struct queue *queue);
void queue_free_if_left(struct queue *queue);

// Tells the kernel what to hand over, in every queue from now on.
void queues_need(struct needs needs);

// Packets that the kernel dropped because a queue was full, of all queues that ever were.
uint64_t queues_overflowed(void);

#endif
