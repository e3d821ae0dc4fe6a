#include "tools/explain/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* One heap block for each allocation, so that AddressSanitizer sees the end of each. */
struct arena_block {
  struct arena_block *previous;
  max_align_t bytes[];
};

void *arena_alloc(arena *memory, size_t size) {
  struct arena_block *block = calloc(1, sizeof *block + size);
  if (block == NULL) {
    fputs("explain: out of memory\n", stderr);
    exit(EXIT_FAILURE);
  }
  block->previous = memory->last;
  memory->last = block;
  return block->bytes;
}

char *arena_print(arena *memory, const char *format, ...) {
  va_list args;
  va_start(args, format);
  int length = vsnprintf(NULL, 0, format, args);
  va_end(args);
  char *text = arena_alloc(memory, (size_t)length + 1);
  va_start(args, format);
  vsnprintf(text, (size_t)length + 1, format, args);
  va_end(args);
  return text;
}

void arena_free(arena *memory) {
  while (memory->last != NULL) {
    struct arena_block *block = memory->last;
    memory->last = block->previous;
    free(block);
  }
}
