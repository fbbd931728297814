// A message to the kernel's nfnetlink_queue, put together attribute by attribute.
#ifndef SHAPER_MESSAGE_H
#define SHAPER_MESSAGE_H

#include <stddef.h>
#include <stdint.h>

struct message {
  char *bytes;
  size_t length;
};

// Begins a message about a queue in memory that must have room for it.
struct message message_begin(void *bytes, int type, int flags, uint16_t queue);

void message_add(struct message *message, int type, const void *value, size_t length);

// Length of the whole message, written into its header.
size_t message_end(struct message *message);

// 0, or -1 and errno.
int message_send(int netlink, const void *bytes, size_t length);

#endif
