/* A fuzz target for blind_test.c: $BLIND_TARGET says what it is about. */
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char magic[] = "a long word that nobody guesses";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const char *name = getenv("BLIND_TARGET");
  if (name == NULL) return 0;
  bool is_planted = size > 2 && data[0] == 7 && data[1] > 200;
  size_t length = strlen(magic);
  if (strcmp(name, "aborts") == 0 && is_planted) abort();
  if (strcmp(name, "is_killed") == 0 && is_planted) raise(SIGKILL);
  if (strcmp(name, "exits") == 0 && is_planted) exit(0);
  if (strcmp(name, "is_too_long") == 0 && size > 7) abort();
  if (strcmp(name, "has_a_word") == 0 && size > length && memcmp(data, magic, length) == 0) abort();
  for (volatile bool hangs = strcmp(name, "hangs") == 0 && is_planted; hangs;)
    continue;
  return 0;
}
