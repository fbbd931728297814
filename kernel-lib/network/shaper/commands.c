#define _GNU_SOURCE
#include "commands.h"

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#include "fate.h"
#include "queue.h"
#include "shape.h"
#include "sources.h"

// A command's number, what follows its name, and what it may need.
struct command {
  unsigned long id;
  char *words; // NULL where nothing follows
  int epoll;
  uint64_t seed;
};

static bool done(const struct command *command) {
  printf("%lu ok\n", command->id);
  return true;
}

static bool failed(const struct command *command, const char *where, const char *what) {
  printf("%lu error %s: %s\n", command->id, where, what);
  return false;
}

// Reads `QUEUE PATH`; false, and an answer, where it is something else.
static bool read_queue(struct command *command, uint16_t *number, const char **path) {
  const char *word = command->words ? strsep(&command->words, " ") : "";
  char *end;
  unsigned long value = strtoul(word, &end, 10);
  if (end == word || *end || value > 0xffff) return failed(command, word, "is no number of a queue, 0 to 65535");
  if (!command->words) return failed(command, word, "is not followed by the path of a namespace");
  *number = (uint16_t)value;
  *path = command->words;
  return true;
}

static bool join(struct command *command) {
  uint16_t number;
  const char *path, *what;
  if (!read_queue(command, &number, &path)) return false;
  if (queue_find(path, number)) return failed(command, path, "is joined already");
  struct queue *queue = queue_open(path, number, decide_fate, &what);
  if (!queue) return failed(command, what, strerror(errno));
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = queue};
  if (epoll_ctl(command->epoll, EPOLL_CTL_ADD, queue->netlink, &event) == 0) return done(command);
  int error = errno;
  queue_leave(queue);
  return failed(command, "epoll", strerror(error));
}

static bool leave(struct command *command) {
  uint16_t number;
  const char *path;
  if (!read_queue(command, &number, &path)) return false;
  struct queue *queue = queue_find(path, number);
  if (!queue) return failed(command, path, "is not joined");
  queue_leave(queue);
  return done(command);
}

// Reads `ADDRESS[/LENGTH]`, the first word; false, and an answer, where it is something else.
static bool read_source(struct command *command, uint32_t *address, int *length) {
  char none[] = "";
  char *word = command->words ? strsep(&command->words, " ") : none, *rest = word;
  const char *dotted = strsep(&rest, "/");
  struct in_addr parsed;
  char *end = NULL;
  long bits = rest ? strtol(rest, &end, 10) : 32;
  bool sized = bits >= 0 && bits <= 32 && (!rest || (end != rest && !*end));
  if (!sized || inet_pton(AF_INET, dotted, &parsed) != 1)
    return failed(command, dotted, "is no IPv4 address, or its subnet none of 0 to 32 bits");
  *address = ntohl(parsed.s_addr);
  *length = (int)bits;
  return true;
}

static bool shape(struct command *command) {
  struct shape shape;
  uint32_t address;
  int length;
  if (!read_source(command, &address, &length)) return false;
  const char *wrong = shape_read(command->words, &shape);
  if (wrong) return failed(command, wrong, "is no part of a shape, or out of its bounds");
  shape_apply(&shape, source_at(address, length, command->seed));
  queues_need(sources_need());
  return done(command);
}

static bool clear(struct command *command) {
  uint32_t address;
  int length;
  if (!read_source(command, &address, &length)) return false;
  if (!source_forget(address, length)) return failed(command, "source", "has no shape");
  queues_need(sources_need());
  return done(command);
}

static bool stats(struct command *command) {
  double mean_ns = counts.released ? (double)counts.late_sum_ns / (double)counts.released : 0;
  struct timespec cpu;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &cpu);
  printf("%lu ok packets=%" PRIu64 " dropped=%" PRIu64 " corrupted=%" PRIu64 " duplicated=%" PRIu64
         " reordered=%" PRIu64 " overflowed=%" PRIu64 " late_mean_us=%.3f late_max_us=%.3f cpu_us=%.0f\n",
         command->id, counts.packets, counts.dropped, counts.corrupted, counts.duplicated, counts.reordered,
         queues_overflowed(), mean_ns / 1000, (double)counts.late_max_ns / 1000,
         (double)cpu.tv_sec * 1e6 + (double)cpu.tv_nsec / 1000);
  return true;
}

static const struct {
  const char *name;
  bool (*perform)(struct command *command);
} known[] = {{"join", join}, {"leave", leave}, {"shape", shape}, {"clear", clear}, {"stats", stats}};

static bool perform(struct command command) {
  command.id = strtoul(strsep(&command.words, " "), NULL, 10);
  const char *name = command.words ? strsep(&command.words, " ") : "";
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (strcmp(known[i].name, name) == 0) return known[i].perform(&command);
  return failed(&command, name, "is none of join, leave, shape, clear, stats");
}

bool read_commands(int epoll, uint64_t seed) {
  static char buffer[1 << 16];
  static size_t held;
  // Nothing is read either where a line fills the buffer, which nobody writes who knows the commands.
  ssize_t got = read(STDIN_FILENO, buffer + held, sizeof buffer - held);
  if (got <= 0) return got < 0 && errno == EINTR;
  held += (size_t)got;
  char *line = buffer, *feed;
  while ((feed = memchr(line, '\n', held - (size_t)(line - buffer)))) {
    *feed = 0;
    perform((struct command){.words = line, .epoll = epoll, .seed = seed});
    line = feed + 1;
  }
  held -= (size_t)(line - buffer);
  memmove(buffer, line, held);
  fflush(stdout);
  return true;
}
