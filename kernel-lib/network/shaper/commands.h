// Commands, one a line: `7 shape 16.0.0.2 delay_us=50000 …`; each is answered by a line, `7 ok …` or `7 error …`.
#ifndef SHAPER_COMMANDS_H
#define SHAPER_COMMANDS_H

#include <stdbool.h>
#include <stdint.h>

// Reads what has come on standard input and does it; false when that has ended. Queues that are joined are watched by `epoll`.
bool read_commands(int epoll, uint64_t seed);

#endif
