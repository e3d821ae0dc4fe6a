/* Inputs of a fuzz target: those in files, and new ones. */
#ifndef CTX_TOOLS_FUZZING_INPUTS_H_
#define CTX_TOOLS_FUZZING_INPUTS_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { INPUT_MAX_SIZE = 1 << 20 };

typedef struct input {
  size_t size;
  uint8_t data[];
} input;

typedef struct inputs {
  size_t num;
  input **all;
} inputs;

/* inputs_add reads a file, or all files in a directory and below it. It writes what is wrong to
 * stderr, and returns false then. */
bool inputs_add(inputs *list, const char *path);

/* inputs_draw writes an input of at most `max_size` bytes, and returns its size: random bytes, or,
 * if there is a corpus, one of it with a few changes. `state` is what the next numbers follow
 * from. */
size_t inputs_draw(const inputs *corpus, uint64_t *state, uint8_t *out, size_t max_size);

#endif /* CTX_TOOLS_FUZZING_INPUTS_H_ */
