#define _GNU_SOURCE
#include "queue.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/netfilter/nfnetlink_queue.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "message.h"
#include "receive.h"
#include "verdicts.h"

enum {
  most_packets = 1 << 18,    // that the kernel holds for us in one queue
  receive_buffer = 64 << 20, // bytes of messages that wait to be read
  header_only = 64,          // bytes of a packet where its source address is all that is looked at
  patience_ms = 5000,
};

struct queue *queues;
static struct needs needs;
static uint64_t overflowed_before;

// Enters the namespace that a file is, and returns the one before; -1 and errno where that fails.
static int enter(const char *path) {
  int before = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
  int wanted = open(path, O_RDONLY | O_CLOEXEC);
  bool entered = before >= 0 && wanted >= 0 && setns(wanted, CLONE_NEWNET) == 0;
  int error = errno;
  if (wanted >= 0) close(wanted);
  if (entered) return before;
  if (before >= 0) close(before);
  errno = error;
  return -1;
}

static void go_back(int before) {
  int error = errno;
  // To stay would keep somebody else's namespace alive.
  if (setns(before, CLONE_NEWNET) < 0) abort();
  close(before);
  errno = error;
}

static void enlarge(int netlink) {
  int size = receive_buffer, on = 1;
  if (setsockopt(netlink, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size) < 0)
    setsockopt(netlink, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  // What a full buffer lost is in the kernel's counts, which are reported; an error on each read would say no more.
  setsockopt(netlink, SOL_NETLINK, NETLINK_NO_ENOBUFS, &on, sizeof on);
}

// Opens what has to be opened inside the namespace; NULL, or the name of what failed.
static const char *open_files(struct queue *queue) {
  struct sockaddr_nl any = {.nl_family = AF_NETLINK};
  queue->netlink = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_NETFILTER);
  if (queue->netlink < 0 || bind(queue->netlink, (struct sockaddr *)&any, sizeof any) < 0) return "netlink socket";
  enlarge(queue->netlink);
  queue->raw = socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_RAW);
  if (queue->raw < 0) return "raw socket";
  queue->statistics = open("/proc/self/net/netfilter/nfnetlink_queue", O_RDONLY | O_CLOEXEC);
  return queue->statistics < 0 ? "/proc/self/net/netfilter/nfnetlink_queue" : NULL;
}

static void close_files(struct queue *queue) {
  if (queue->netlink >= 0) close(queue->netlink);
  if (queue->raw >= 0) close(queue->raw);
  if (queue->statistics >= 0) close(queue->statistics);
  queue->netlink = queue->raw = queue->statistics = -1;
}

static void add_needs(struct message *message) {
  struct nfqnl_msg_config_params params = {htonl(needs.payload ? 0xffff : header_only), NFQNL_COPY_PACKET};
  uint32_t batches = htonl(NFQA_CFG_F_GSO), wanted = needs.single ? 0 : batches;
  message_add(message, NFQA_CFG_PARAMS, &params, sizeof params);
  message_add(message, NFQA_CFG_FLAGS, &wanted, sizeof wanted);
  message_add(message, NFQA_CFG_MASK, &batches, sizeof batches);
}

// Asks for everything in one message, so that no packet comes before the queue is as it should be. 0, or an errno.
static int bind_queue(struct queue *queue, take_packet take) {
  char bytes[256];
  struct message message = message_begin(bytes, NFQNL_MSG_CONFIG, NLM_F_ACK, queue->number);
  struct nfqnl_msg_config_cmd command = {.command = NFQNL_CFG_CMD_BIND, .pf = htons(AF_INET)};
  uint32_t length = htonl(most_packets);
  message_add(&message, NFQA_CFG_CMD, &command, sizeof command);
  add_needs(&message);
  message_add(&message, NFQA_CFG_QUEUE_MAXLEN, &length, sizeof length);
  if (message_send(queue->netlink, bytes, message_end(&message)) < 0) return errno;
  int answer = unanswered;
  while (answer == unanswered) {
    struct pollfd ready = {.fd = queue->netlink, .events = POLLIN};
    if (poll(&ready, 1, patience_ms) == 0) return ETIMEDOUT;
    receive_batch(queue, take, &answer);
  }
  return answer;
}

struct queue *queue_open(const char *path, uint16_t number, take_packet take, const char **what) {
  *what = path;
  int before = enter(path);
  if (before < 0) return NULL;
  struct queue *queue = calloc(1, sizeof *queue);
  if (!queue || !(queue->path = strdup(path))) abort();
  queue->number = number;
  queue->netlink = queue->raw = queue->statistics = -1;
  *what = open_files(queue);
  go_back(before);
  if (!*what && (errno = bind_queue(queue, take)) != 0) *what = "queue";
  if (*what) {
    int error = errno;
    close_files(queue);
    queue_free_if_left(queue);
    errno = error;
    return NULL;
  }
  queue->next = queues;
  queues = queue;
  return queue;
}

struct queue *queue_find(const char *path, uint16_t number) {
  struct queue *queue = queues;
  while (queue && (queue->number != number || strcmp(queue->path, path) != 0)) queue = queue->next;
  return queue;
}

// What did not fit into one queue, and what not into our receive buffer, by the kernel's counts.
static uint64_t overflowed(const struct queue *queue) {
  char text[4096];
  ssize_t length = pread(queue->statistics, text, sizeof text - 1, 0);
  text[length > 0 ? length : 0] = 0;
  for (const char *line = text; *line; line += strcspn(line, "\n") + (strchr(line, '\n') != NULL)) {
    unsigned number;
    unsigned long full, unread;
    if (sscanf(line, "%u %*u %*u %*u %*u %lu %lu", &number, &full, &unread) == 3 && number == queue->number)
      return full + unread;
  }
  return 0;
}

uint64_t queues_overflowed(void) {
  uint64_t sum = overflowed_before;
  for (const struct queue *queue = queues; queue; queue = queue->next) sum += overflowed(queue);
  return sum;
}

void queue_leave(struct queue *queue) {
  struct queue **at = &queues;
  while (*at != queue) at = &(*at)->next;
  *at = queue->next;
  send_verdicts();
  overflowed_before += overflowed(queue);
  close_files(queue);
  queue_free_if_left(queue);
}

void queue_free_if_left(struct queue *queue) {
  if (queue->netlink >= 0 || queue->waiting > 0) return;
  free(queue->path);
  free(queue);
}

void queues_need(struct needs wanted) {
  if (wanted.single == needs.single && wanted.payload == needs.payload) return;
  needs = wanted;
  for (struct queue *queue = queues; queue; queue = queue->next) {
    char bytes[256];
    struct message message = message_begin(bytes, NFQNL_MSG_CONFIG, 0, queue->number);
    add_needs(&message);
    if (message_send(queue->netlink, bytes, message_end(&message)) < 0) perror("shaper: configure a queue");
  }
}
