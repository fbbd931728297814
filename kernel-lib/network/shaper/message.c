#include "message.h"

#include <arpa/inet.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <string.h>
#include <sys/socket.h>

struct message message_begin(void *bytes, int type, int flags, uint16_t queue) {
  struct nlmsghdr header = {
      .nlmsg_type = (uint16_t)(NFNL_SUBSYS_QUEUE << 8 | type),
      .nlmsg_flags = (uint16_t)(NLM_F_REQUEST | flags),
  };
  struct nfgenmsg about = {.nfgen_family = AF_UNSPEC, .version = NFNETLINK_V0, .res_id = htons(queue)};
  memcpy(bytes, &header, sizeof header);
  memcpy((char *)bytes + sizeof header, &about, sizeof about);
  return (struct message){bytes, sizeof header + sizeof about};
}

void message_add(struct message *message, int type, const void *value, size_t length) {
  struct nlattr attribute = {.nla_type = (uint16_t)type};
  char *at = message->bytes + message->length;
  attribute.nla_len = (uint16_t)(sizeof attribute + length);
  memcpy(at, &attribute, sizeof attribute);
  memcpy(at + sizeof attribute, value, length);
  // The next attribute begins at a multiple of four bytes.
  size_t padding = -length & 3u;
  memset(at + sizeof attribute + length, 0, padding);
  message->length += sizeof attribute + length + padding;
}

size_t message_end(struct message *message) {
  ((struct nlmsghdr *)message->bytes)->nlmsg_len = (uint32_t)message->length;
  return message->length;
}

int message_send(int netlink, const void *bytes, size_t length) {
  struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
  return sendto(netlink, bytes, length, 0, (struct sockaddr *)&kernel, sizeof kernel) < 0 ? -1 : 0;
}
