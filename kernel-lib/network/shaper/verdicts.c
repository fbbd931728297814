#include "verdicts.h"

#include <arpa/inet.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nfnetlink_queue.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <stdio.h>
#include <sys/socket.h>

#include "message.h"

enum {
  verdict_size = 32,
  changed_size = verdict_size + 4 + 0xffff + 4,
};

static struct queue *unsent;

static void send_own(struct queue *queue) {
  if (queue->used > 0 && message_send(queue->netlink, queue->verdicts, queue->used) < 0) perror("shaper: verdict");
  queue->used = 0;
}

static struct message verdict(void *bytes, const struct queue *queue, uint32_t id, uint32_t decision) {
  struct message message = message_begin(bytes, NFQNL_MSG_VERDICT, 0, queue->number);
  struct nfqnl_msg_verdict_hdr header = {htonl(decision), htonl(id)};
  message_add(&message, NFQA_VERDICT_HDR, &header, sizeof header);
  return message;
}

static void decide(struct queue *queue, uint32_t id, uint32_t decision) {
  if (queue->netlink < 0) return;
  if (!queue->unsent) {
    queue->unsent = true;
    queue->next_unsent = unsent;
    unsent = queue;
  }
  if (queue->used + verdict_size > sizeof queue->verdicts) send_own(queue);
  struct message message = verdict(queue->verdicts + queue->used, queue, id, decision);
  queue->used += message_end(&message);
}

void accept_packet(struct queue *queue, uint32_t id) {
  decide(queue, id, NF_ACCEPT);
}

void drop_packet(struct queue *queue, uint32_t id) {
  decide(queue, id, NF_DROP);
}

void accept_changed(struct queue *queue, uint32_t id, const struct payload *payload) {
  static char bytes[changed_size];
  if (queue->netlink < 0) return;
  send_own(queue);
  struct message message = verdict(bytes, queue, id, NF_ACCEPT);
  message_add(&message, NFQA_PAYLOAD, payload->bytes, payload->length);
  if (message_send(queue->netlink, bytes, message_end(&message)) < 0) perror("shaper: changed packet");
}

void send_verdicts(void) {
  while (unsent) {
    struct queue *queue = unsent;
    unsent = queue->next_unsent;
    queue->unsent = false;
    send_own(queue);
  }
}

bool inject_copy(struct queue *queue, const struct payload *payload) {
  struct iphdr header = *(const struct iphdr *)payload->bytes;
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = header.daddr};
  if (queue->netlink < 0) return false;
  // The original goes first.
  send_own(queue);
  return sendto(queue->raw, payload->bytes, payload->length, 0, (struct sockaddr *)&to, sizeof to) >= 0;
}
