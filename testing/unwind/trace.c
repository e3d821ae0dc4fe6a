#include "testing/unwind/trace.h"

#include <stdio.h>
#include <string.h>

#include "testing/harness/harness.h"
#include "testing/unwind/symbols.h"

static size_t next_name(const char **pattern, const char **out_name) {
  *pattern += strspn(*pattern, " ");
  *out_name = *pattern;
  size_t length = strcspn(*pattern, " ");
  *pattern += length;
  return length;
}

/* A function's name may have a suffix of the compiler's: ".cold", ".constprop.0". */
static bool same_name(const char *name, const char *wanted, size_t length) {
  return strncmp(name, wanted, length) == 0 && (name[length] == '\0' || name[length] == '.');
}

static bool may_be_skipped(const char *name) {
#ifdef CTX_INSTRUMENTED_
  return strncmp(name, "ctx_", 4) == 0;
#else
  (void)name;
  return false;
#endif
}

static bool matches_from(const trace *actual, size_t frame, const char *pattern) {
  for (;;) {
    const char *name;
    size_t length = next_name(&pattern, &name);
    if (length == 0) return true;
    if (same_name("$", name, length)) return frame == actual->num_frames;
    if (same_name("...", name, length)) {
      do {
        if (matches_from(actual, frame, pattern)) return true;
      } while (frame++ < actual->num_frames);
      return false;
    }
    while (frame < actual->num_frames && !same_name(actual->names[frame], name, length) &&
           may_be_skipped(actual->names[frame])) {
      frame++;
    }
    if (frame == actual->num_frames || !same_name(actual->names[frame], name, length)) return false;
    frame++;
  }
}

bool trace_matches(const trace *actual, const char *pattern) {
  return !actual->failed && actual->num_frames < TRACE_MAX_FRAMES &&
         matches_from(actual, 0, pattern);
}

const char *trace_text(const trace *actual, char *out, size_t size) {
  size_t length = 0;
  out[0] = '\0';
  for (size_t i = 0; i < actual->num_frames && length < size; i++) {
    int written = snprintf(out + length, size - length, "%s ", actual->names[i]);
    if (written < 0) break;
    length += (size_t)written;
  }
  if (length < size) snprintf(out + length, size - length, "%s", actual->failed ? "(error)" : "$");
  return out;
}

void trace_expect(const char *pattern, const trace *actual, const char *file, int line) {
  if (!trace_matches(actual, pattern)) {
    char text[1024];
    ctx_test_expect_streq(pattern, trace_text(actual, text, sizeof text), file, line, "the pattern",
                          "the trace");
  }
  ctx_test_expect_eq(0, actual->num_wrong_sentinels, file, line, "0",
                     "frames in which callee-saved registers are wrong");
}
