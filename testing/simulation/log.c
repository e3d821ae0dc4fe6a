#include "testing/simulation/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { MAX_ENTRIES = 512 };

static struct log_entry {
  unsigned stack;
  const char *what;
  model_id context;
} entries[MAX_ENTRIES];
static unsigned num_entries;

void log_clear(void) { num_entries = 0; }

void log_step(unsigned stack, const char *what, model_id context) {
  if (num_entries == MAX_ENTRIES) return;
  entries[num_entries++] = (struct log_entry){stack, what, context};
}

void log_fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fputs("simulation: ", stderr);
  vfprintf(stderr, format, arguments);
  va_end(arguments);
  fputs("\nafter:\n", stderr);
  for (unsigned i = 0; i < num_entries; i++) {
    const struct log_entry *entry = &entries[i];
    fprintf(stderr, "  on stack %u: %s", entry->stack, entry->what);
    if (entry->context != MODEL_NOBODY) {
      fprintf(stderr, " %s %u", MODEL_IS_CHILD(entry->context) ? "child" : "host",
              MODEL_STACK_OF(entry->context));
    }
    fputc('\n', stderr);
  }
  abort();
}
