#define _GNU_SOURCE
#include "receive.h"

#include <arpa/inet.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_queue.h>
#include <linux/netlink.h>
#include <sys/socket.h>

enum {
  batch = 32,          // messages read in one call
  largest = 68 * 1024, // bytes of a message: a packet of 64 KiB and its attributes
};

static void read_attribute(const struct nlattr *attribute, struct packet *packet) {
  const void *value = attribute + 1;
  switch (attribute->nla_type & NLA_TYPE_MASK) {
  case NFQA_PACKET_HDR:
    packet->id = ntohl(((const struct nfqnl_msg_packet_hdr *)value)->packet_id);
    break;
  case NFQA_PAYLOAD:
    packet->bytes = value;
    packet->length = attribute->nla_len - sizeof *attribute;
    break;
  case NFQA_SKB_INFO:
    packet->unfinished = ntohl(*(const uint32_t *)value) & (NFQA_SKB_GSO | NFQA_SKB_CSUMNOTREADY);
    break;
  }
}

static struct packet read_packet(const struct nlmsghdr *header) {
  struct packet packet = {0};
  size_t at = sizeof *header + sizeof(struct nfgenmsg);
  while (at + sizeof(struct nlattr) <= header->nlmsg_len) {
    const struct nlattr *attribute = (const void *)((const char *)header + at);
    if (attribute->nla_len < sizeof *attribute || at + attribute->nla_len > header->nlmsg_len) break;
    read_attribute(attribute, &packet);
    at += (attribute->nla_len + 3u) & ~3u;
  }
  return packet;
}

int receive_batch(struct queue *queue, take_packet take, int *answer) {
  static char buffers[batch][largest] __attribute__((aligned(NLMSG_ALIGNTO)));
  struct iovec parts[batch];
  struct mmsghdr messages[batch];
  for (int i = 0; i < batch; i++) {
    parts[i] = (struct iovec){buffers[i], largest};
    messages[i] = (struct mmsghdr){.msg_hdr = {.msg_iov = &parts[i], .msg_iovlen = 1}};
  }
  int count = recvmmsg(queue->netlink, messages, batch, MSG_DONTWAIT, NULL);
  for (int i = 0; i < count; i++) {
    // The last message's length is often no whole number of words.
    for (size_t at = 0, end = messages[i].msg_len; at + sizeof(struct nlmsghdr) <= end;) {
      const struct nlmsghdr *header = (const void *)(buffers[i] + at);
      if (header->nlmsg_len < sizeof *header || header->nlmsg_len > end - at) break;
      at += NLMSG_ALIGN(header->nlmsg_len);
      if (header->nlmsg_type == (NFNL_SUBSYS_QUEUE << 8 | NFQNL_MSG_PACKET)) {
        struct packet packet = read_packet(header);
        take(queue, &packet);
      } else if (header->nlmsg_type == NLMSG_ERROR && answer) {
        *answer = -((const struct nlmsgerr *)NLMSG_DATA(header))->error;
      }
    }
  }
  return count > 0 ? count : 0;
}
