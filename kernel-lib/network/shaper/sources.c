#include "sources.h"

#include <stdlib.h>
#include <string.h>

enum concern { LOSS, CORRUPT, DUPLICATE, REORDER, JITTER, BIT };

// Sources of one prefix length, sorted by address.
struct group {
  struct source *items;
  size_t count;
  size_t room;
};

static struct group groups[33];

bool happens(struct chance *chance) {
  if (chance->probability <= 0) return false;
  double value = draw(&chance->stream);
  value = value * (1 - chance->correlation) + chance->last * chance->correlation;
  chance->last = value;
  return value < chance->probability;
}

double next_delay_us(struct source *source, bool *overtakes) {
  *overtakes = happens(&source->reorder);
  if (*overtakes) return 0;
  double delay = source->delay_us;
  if (source->jitter_us > 0) delay += (2 * draw(&source->jitter) - 1) * source->jitter_us;
  return delay > 0 ? delay : 0;
}

static uint32_t prefix_of(uint32_t address, int length) {
  return length == 0 ? 0 : address & (0xffffffffu << (32 - length));
}

// Place of an address in its group, or where it would be put.
static size_t place_of(const struct group *group, uint32_t address) {
  size_t low = 0, high = group->count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (group->items[middle].address < address)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static struct source *find(struct group *group, uint32_t address) {
  size_t place = place_of(group, address);
  return place < group->count && group->items[place].address == address ? &group->items[place] : NULL;
}

struct source *source_of(uint32_t address) {
  for (int length = 32; length >= 0; length--) {
    if (groups[length].count == 0) continue;
    struct source *found = find(&groups[length], prefix_of(address, length));
    if (found) return found;
  }
  return NULL;
}

static struct chance chance_of(struct stream stream) {
  struct chance chance = {.stream = stream};
  chance.last = draw(&chance.stream);
  return chance;
}

static struct source new_source(uint32_t address, int length, uint64_t seed) {
  uint64_t name = (uint64_t)address << 8 | (uint64_t)length;
  return (struct source){
      .address = address,
      .loss = chance_of(stream_of(seed, name, LOSS)),
      .corrupt = chance_of(stream_of(seed, name, CORRUPT)),
      .duplicate = chance_of(stream_of(seed, name, DUPLICATE)),
      .reorder = chance_of(stream_of(seed, name, REORDER)),
      .jitter = stream_of(seed, name, JITTER),
      .bit = stream_of(seed, name, BIT),
  };
}

struct source *source_at(uint32_t address, int length, uint64_t seed) {
  struct group *group = &groups[length];
  address = prefix_of(address, length);
  struct source *found = find(group, address);
  if (found) return found;
  if (group->count == group->room) {
    group->room = group->room ? group->room * 2 : 64;
    group->items = realloc(group->items, group->room * sizeof *group->items);
    if (!group->items) abort();
  }
  size_t place = place_of(group, address);
  struct source *at = group->items + place;
  memmove(at + 1, at, (group->count - place) * sizeof *at);
  *at = new_source(address, length, seed);
  group->count++;
  return at;
}

bool source_forget(uint32_t address, int length) {
  struct group *group = &groups[length];
  struct source *found = find(group, prefix_of(address, length));
  if (!found) return false;
  size_t after = group->count - (size_t)(found - group->items) - 1;
  memmove(found, found + 1, after * sizeof *found);
  group->count--;
  return true;
}

struct needs sources_need(void) {
  struct needs needs = {false, false};
  for (int length = 0; length <= 32; length++)
    for (size_t i = 0; i < groups[length].count; i++) {
      const struct source *source = &groups[length].items[i];
      if (source->corrupt.probability > 0 || source->duplicate.probability > 0) needs.payload = true;
      if (source->loss.probability > 0 || source->reorder.probability > 0) needs.single = true;
    }
  needs.single = needs.single || needs.payload;
  return needs;
}
