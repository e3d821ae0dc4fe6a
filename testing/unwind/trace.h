/* Backtraces by three unwinders, and what they should say.
 *
 * A trace is compared with a pattern: the names of the functions in it, innermost first, separated
 * by spaces; "..." stands for any number of frames, "$" for the end of the trace. After the
 * pattern's last name anything may follow. Instrumented builds have functions of the library's own
 * between the others: there, names that begin with "ctx_" may come in addition. */
#ifndef CTX_TESTING_UNWIND_TRACE_H_
#define CTX_TESTING_UNWIND_TRACE_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <ucontext.h>

#include "ctx/ctx.h"

#define TRACE_MAX_FRAMES 1024

typedef struct trace {
  size_t num_frames; /* TRACE_MAX_FRAMES: it never ended, or was cut */
  bool failed;       /* the unwinder reported an error */
  const char *names[TRACE_MAX_FRAMES];
  /* How many frames of trace_with_sentinels there were, and in how many the unwinder found one of
   * the callee-saved registers not to be what it was given. */
  size_t num_sentinels;
  size_t num_wrong_sentinels;
} trace;

typedef struct trace_unwinder {
  const char *name;
  /* Traces from its own caller on. */
  void (*walk)(trace *out);
  /* Traces from the code that a signal interrupted on, in its handler; null if it cannot. */
  void (*walk_interrupted)(trace *out, ucontext_t *interrupted);
  bool (*is_there)(void);
  bool sees_registers; /* otherwise it meets no sentinels */
} trace_unwinder;

enum { TRACE_NUM_UNWINDERS = 3 };
extern const trace_unwinder trace_unwinders[TRACE_NUM_UNWINDERS];

bool trace_matches(const trace *actual, const char *pattern);

/* Writes the names, as in a pattern, cut to `size`. Returns `out`. */
const char *trace_text(const trace *actual, char *out, size_t size);

/* Expects that the trace matches, and that sentinels were found right wherever it met them. */
#define EXPECT_TRACE(pattern, actual) trace_expect((pattern), (actual), __FILE__, __LINE__)
void trace_expect(const char *pattern, const trace *actual, const char *file, int line);

/* A function that traces are to show as one frame, under its own name: not inlined, not copied, and
 * followed by something, so that its last call is not a jump. */
#ifdef __clang__
#define TRACE_FRAME __attribute__((__noinline__))
#else
#define TRACE_FRAME __attribute__((__noipa__))
#endif
#define TRACE_NO_TAIL_CALL __asm__ volatile("")

#endif /* CTX_TESTING_UNWIND_TRACE_H_ */
