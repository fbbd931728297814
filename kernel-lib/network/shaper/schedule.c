#include "schedule.h"

#include <stdbool.h>
#include <stdlib.h>

static struct waiting *heap;
static size_t count, room;
static uint64_t scheduled;

static bool before(const struct waiting *a, const struct waiting *b) {
  return a->due_ns < b->due_ns || (a->due_ns == b->due_ns && a->order < b->order);
}

void schedule(struct waiting waiting) {
  if (count == room) {
    room = room ? room * 2 : 4096;
    heap = realloc(heap, room * sizeof *heap);
    if (!heap) abort();
  }
  waiting.order = scheduled++;
  waiting.queue->waiting++;
  size_t at = count++;
  while (at > 0 && before(&waiting, &heap[(at - 1) / 2])) {
    heap[at] = heap[(at - 1) / 2];
    at = (at - 1) / 2;
  }
  heap[at] = waiting;
}

uint64_t first_due_ns(void) {
  return count == 0 ? UINT64_MAX : heap[0].due_ns;
}

struct waiting take_first(void) {
  struct waiting first = heap[0], last = heap[--count];
  size_t at = 0;
  for (size_t child = 1; child < count; child = 2 * at + 1) {
    if (child + 1 < count && before(&heap[child + 1], &heap[child])) child++;
    if (!before(&heap[child], &last)) break;
    heap[at] = heap[child];
    at = child;
  }
  if (count > 0) heap[at] = last;
  first.queue->waiting--;
  return first;
}
