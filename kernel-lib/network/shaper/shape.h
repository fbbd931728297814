// The words of a shape: `delay_us=50000 loss=0.01 …`; what is not named is 0.
#ifndef SHAPER_SHAPE_H
#define SHAPER_SHAPE_H

#include "sources.h"

struct shape {
  double delay_us, jitter_us;
  double loss;
  double corrupt, corrupt_corr;
  double duplicate, duplicate_corr;
  double reorder, reorder_corr;
};

// Reads words, which it takes apart; NULL, or the word that is no part of a shape or out of its bounds.
const char *shape_read(char *words, struct shape *shape);

// Gives a source a shape; its streams of random numbers go on.
void shape_apply(const struct shape *shape, struct source *source);

#endif
