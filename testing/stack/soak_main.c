/* Nothing leaks, however long:
 *     ./tools/bazel run --config=tsan //testing/stack:soak -- --cycles=10000000
 * Exits with 1 if anything went wrong, or grew. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "testing/stack/soak.h"

static bool read_option(const char *argument, const char *name, size_t *out) {
  size_t length = strlen(name);
  if (strncmp(argument, name, length) != 0) return false;
  char *end;
  *out = strtoull(argument + length, &end, 10);
  return *end == '\0' && *out != 0;
}

static void print_use(const char *when, const struct soak_use *use) {
  printf("%s: %zu mappings, %zu descriptors, %zu KiB resident\n", when, use->num_mappings,
         use->num_descriptors, use->resident_size / 1024);
}

int main(int argc, char **argv) {
  struct soak_plan plan = {.num_threads = 4, .num_cycles = 1000000, .overflow_one = 3};
  for (int i = 1; i < argc; i++) {
    if (!read_option(argv[i], "--cycles=", &plan.num_cycles) &&
        !read_option(argv[i], "--threads=", &plan.num_threads) &&
        !read_option(argv[i], "--overflow_one_in=", &plan.overflow_one)) {
      fprintf(stderr, "usage: %s [--cycles=N] [--threads=N] [--overflow_one_in=N]\n", argv[0]);
      return 2;
    }
  }
  plan.num_warm_up = plan.num_cycles / 10;
  struct soak_use before;
  struct soak_use after;
  struct soak_counts counts = soak(&plan, &before, &after);
  printf("%zu ended, %zu abandoned, %zu overflowed, %zu wrong\n", counts.num_ended,
         counts.num_abandoned, counts.num_overflowed, counts.num_wrong);
  print_use("after a tenth", &before);
  print_use("after all    ", &after);
  return counts.num_wrong != 0 || soak_has_grown(&counts, &before, &after);
}
