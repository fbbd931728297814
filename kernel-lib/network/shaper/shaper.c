// Delays, loses, corrupts, duplicates and reorders packets on kernels that have no netem, by the address that they come from.
//
// One process serves a queue of netfilter (NFQUEUE) in each of many network namespaces. A packet is shaped where it is received,
// because a delay at its sender would count against the sender's socket buffers and slow TCP down. The kernel holds the packet
// meanwhile, and gets a verdict when it is due.
//
// Usage: shaper SEED. Commands come on standard input (commands.h); it ends with it. Line 0 says when it is ready.
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "commands.h"
#include "fate.h"
#include "queue.h"
#include "receive.h"

enum { events_at_once = 64 };

// What is late measures the machine and not the network: ask to run before others, and go on without.
static const char *run_first(void) {
  struct sched_param lowest = {.sched_priority = 1};
  if (sched_setscheduler(0, SCHED_FIFO, &lowest) == 0) return "fifo";
  return setpriority(PRIO_PROCESS, 0, -20) == 0 ? "nice" : "normal";
}

// Three files are open for each namespace.
static void allow_files(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) < 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

static void watch(int epoll, int file, void *what) {
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = what};
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, file, &event) == 0) return;
  perror("shaper: epoll");
  exit(1);
}

static void wake_at(int timer, uint64_t due_ns) {
  static uint64_t set_for = UINT64_MAX;
  if (due_ns == set_for) return;
  set_for = due_ns;
  struct itimerspec at = {{0, 0}, {0, 0}};
  if (due_ns != UINT64_MAX) at.it_value = (struct timespec){(time_t)(due_ns / 1000000000), (long)(due_ns % 1000000000)};
  timerfd_settime(timer, TFD_TIMER_ABSTIME, &at, NULL);
}

static void serve(int epoll, int timer, uint64_t seed) {
  // Only their addresses are used: what is neither is a queue.
  static char commands, clock;
  watch(epoll, STDIN_FILENO, &commands);
  watch(epoll, timer, &clock);
  for (;;) {
    struct epoll_event events[events_at_once];
    bool commanded = false;
    int count = epoll_wait(epoll, events, events_at_once, -1);
    for (int i = 0; i < count; i++) {
      uint64_t expired;
      if (events[i].data.ptr == &commands)
        commanded = true;
      else if (events[i].data.ptr != &clock)
        receive_batch(events[i].data.ptr, decide_fate, NULL);
      else if (read(timer, &expired, sizeof expired) < 0)
        continue;
    }
    // Commands come last: one of them may close a queue that is among the events.
    if (commanded && !read_commands(epoll, seed)) return;
    wake_at(timer, release_due());
  }
}

int main(int count, char **words) {
  if (count != 2) {
    fprintf(stderr, "usage: shaper SEED\n");
    return 2;
  }
  allow_files();
  signal(SIGPIPE, SIG_IGN);
  int epoll = epoll_create1(EPOLL_CLOEXEC), timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
  if (epoll < 0 || timer < 0) {
    perror("shaper");
    return 1;
  }
  printf("0 ok scheduling=%s\n", run_first());
  fflush(stdout);
  serve(epoll, timer, strtoull(words[1], NULL, 10));
  return 0;
}
