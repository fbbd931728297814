#include "fate.h"

#include <arpa/inet.h>
#include <netinet/ip.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "schedule.h"
#include "verdicts.h"

enum {
  early_ns = 20000, // as long as it takes to wake up once more
  largest_change = 0xffff - 4,
};

struct counts counts;

uint64_t now_ns(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static struct payload *copy_of(const struct packet *packet) {
  struct payload *payload = malloc(sizeof *payload + packet->length);
  if (!payload) abort();
  payload->length = packet->length;
  memcpy(payload->bytes, packet->bytes, packet->length);
  return payload;
}

// Flips one bit behind the IP header, which the kernel has already looked at.
static void flip_bit(struct payload *payload, struct stream *stream) {
  size_t header = (payload->bytes[0] & 15u) * 4u, bits = (payload->length - header) * 8u;
  size_t bit = (size_t)(draw(stream) * (double)bits);
  payload->bytes[header + bit / 8] ^= (unsigned char)(1u << bit % 8);
}

// Whether all bytes of one packet are here and final. Not those of packets that came before they were asked for.
static bool is_whole(const struct packet *packet, const struct iphdr *header) {
  size_t length = ntohs(header->tot_len);
  return !packet->unfinished && packet->length == length && length > header->ihl * 4u && length <= largest_change;
}

static bool is_unicast(const struct iphdr *header) {
  return ntohl(header->daddr) >> 28 < 14;
}

// Delays the packet, or a copy of it, each with draws of its own.
static void send_on(struct queue *queue, const struct packet *packet, struct source *source, bool whole, bool copy) {
  bool corrupts = happens(&source->corrupt) && whole, overtakes;
  struct waiting waiting = {.queue = queue, .id = packet->id, .copy = copy};
  waiting.due_ns = now_ns() + (uint64_t)(next_delay_us(source, &overtakes) * 1000);
  if (corrupts || copy) waiting.payload = copy_of(packet);
  if (corrupts) flip_bit(waiting.payload, &source->bit);
  counts.corrupted += corrupts;
  counts.reordered += overtakes;
  schedule(waiting);
}

void decide_fate(struct queue *queue, const struct packet *packet) {
  struct iphdr header;
  struct source *source = NULL;
  counts.packets++;
  if (packet->length >= sizeof header) {
    memcpy(&header, packet->bytes, sizeof header);
    source = source_of(ntohl(header.saddr));
  }
  if (!source) {
    accept_packet(queue, packet->id);
    return;
  }
  bool whole = is_whole(packet, &header);
  // As in netem: of a packet that is lost and doubled one remains.
  bool twice = happens(&source->duplicate) && whole && is_unicast(&header), lost = happens(&source->loss);
  counts.duplicated += twice && !lost;
  counts.dropped += lost && !twice;
  if (lost && !twice) {
    drop_packet(queue, packet->id);
    return;
  }
  send_on(queue, packet, source, whole, false);
  if (twice && !lost) send_on(queue, packet, source, whole, true);
}

static void carry_out(const struct waiting *waiting) {
  if (waiting->copy)
    counts.duplicated -= !inject_copy(waiting->queue, waiting->payload);
  else if (waiting->payload)
    accept_changed(waiting->queue, waiting->id, waiting->payload);
  else
    accept_packet(waiting->queue, waiting->id);
}

uint64_t release_due(void) {
  uint64_t now = now_ns();
  while (first_due_ns() <= now + early_ns) {
    struct waiting waiting = take_first();
    uint64_t late = now > waiting.due_ns ? now - waiting.due_ns : 0;
    counts.released++;
    counts.late_sum_ns += late;
    if (late > counts.late_max_ns) counts.late_max_ns = late;
    carry_out(&waiting);
    free(waiting.payload);
    queue_free_if_left(waiting.queue);
  }
  send_verdicts();
  return first_due_ns();
}
