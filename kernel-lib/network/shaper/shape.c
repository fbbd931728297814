#define _GNU_SOURCE
#include "shape.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const struct {
  const char *name;
  size_t place;
  double most;
} parts[] = {
    {"delay_us", offsetof(struct shape, delay_us), 4294967295.0},
    {"jitter_us", offsetof(struct shape, jitter_us), 4294967295.0},
    {"loss", offsetof(struct shape, loss), 1},
    {"corrupt", offsetof(struct shape, corrupt), 1},
    {"corrupt_corr", offsetof(struct shape, corrupt_corr), 1},
    {"duplicate", offsetof(struct shape, duplicate), 1},
    {"duplicate_corr", offsetof(struct shape, duplicate_corr), 1},
    {"reorder", offsetof(struct shape, reorder), 1},
    {"reorder_corr", offsetof(struct shape, reorder_corr), 1},
};

static bool read_part(const char *word, struct shape *shape) {
  size_t name = strcspn(word, "=");
  if (!word[name]) return false;
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    if (strlen(parts[i].name) != name || strncmp(parts[i].name, word, name) != 0) continue;
    char *end;
    double value = strtod(word + name + 1, &end);
    memcpy((char *)shape + parts[i].place, &value, sizeof value);
    return end != word + name + 1 && !*end && value >= 0 && value <= parts[i].most;
  }
  return false;
}

const char *shape_read(char *words, struct shape *shape) {
  memset(shape, 0, sizeof *shape);
  for (char *word; (word = strsep(&words, " "));)
    if (!read_part(word, shape)) return word;
  return NULL;
}

static void set_chance(struct chance *chance, double probability, double correlation) {
  chance->probability = probability;
  chance->correlation = correlation;
}

void shape_apply(const struct shape *shape, struct source *source) {
  source->delay_us = shape->delay_us;
  source->jitter_us = shape->jitter_us;
  set_chance(&source->loss, shape->loss, 0);
  set_chance(&source->corrupt, shape->corrupt, shape->corrupt_corr);
  set_chance(&source->duplicate, shape->duplicate, shape->duplicate_corr);
  set_chance(&source->reorder, shape->reorder, shape->reorder_corr);
}
