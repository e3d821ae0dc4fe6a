/* The unwinders: libgcc's, called directly and through glibc's backtrace, and nongnu libunwind. */
#include <dlfcn.h>
#include <execinfo.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unwind.h>

#include "testing/arch/machine.h"
#include "testing/unwind/sentinels.h"
#include "testing/unwind/symbols.h"
#include "testing/unwind/trace.h"

/* ---- Frames ---- */

static void add_frame(trace *out, uintptr_t pc, bool is_interrupted) {
  /* A return address may lie behind its function, where that ends with the call. The few places
   * that no call precedes have a function's first byte as their address. */
  const char *name = symbol_name(is_interrupted ? pc : pc - 1);
  if (strcmp(name, "?") == 0) name = symbol_name(pc);
  out->names[out->num_frames++] = name;
}

/* Drops the innermost frames, the last of them that of the function that takes the trace. */
static void drop_frames_of(trace *out, const char *walker) {
  for (size_t i = 0; i < out->num_frames; i++) {
    if (strcmp(out->names[i], walker) == 0) {
      out->num_frames -= i + 1;
      memmove(out->names, out->names + i + 1, out->num_frames * sizeof *out->names);
      return;
    }
  }
  out->failed = true;
}

/* Reads a register, by DWARF's number of it, as the unwinder has it in the current frame. */
typedef uint64_t (*register_reader)(void *cursor, int dwarf_number);

static void add_sentinels(trace *out, register_reader read, void *cursor) {
  bool is_wrong = false;
  for (size_t i = 0; i < trace_num_sentinels; i++) {
    is_wrong |= read(cursor, trace_sentinels[i].dwarf_number) != trace_sentinels[i].value;
  }
  out->num_sentinels++;
  out->num_wrong_sentinels += is_wrong;
}

/* ---- libgcc ---- */

static uint64_t libgcc_register(void *context, int dwarf_number) {
  return _Unwind_GetGR(context, dwarf_number);
}

static _Unwind_Reason_Code libgcc_frame(struct _Unwind_Context *context, void *data) {
  trace *out = data;
  int is_interrupted = 0;
  uintptr_t pc = _Unwind_GetIPInfo(context, &is_interrupted);
  if (pc == 0) return _URC_NO_REASON; /* the end, which is reported as a frame */
  if (out->num_frames == TRACE_MAX_FRAMES) return _URC_NORMAL_STOP;
  add_frame(out, pc, is_interrupted != 0);
  if (pc == (uintptr_t)trace_sentinel_return) add_sentinels(out, libgcc_register, context);
  return _URC_NO_REASON;
}

static void libgcc_walk(trace *out) {
  memset(out, 0, sizeof *out);
  out->failed = _Unwind_Backtrace(libgcc_frame, out) != _URC_END_OF_STACK;
  drop_frames_of(out, __func__);
}

/* From a handler the walk goes through the signal frame. Before the interrupted function come the
 * handler, and "?", the C library's return from it. */
static void libgcc_walk_interrupted(trace *out, ucontext_t *interrupted) {
  const char *name = symbol_name(machine_program_counter(interrupted));
  memset(out, 0, sizeof *out);
  out->failed = _Unwind_Backtrace(libgcc_frame, out) != _URC_END_OF_STACK;
  drop_frames_of(out, "?");
  if (out->num_frames == 0 || strcmp(out->names[0], name) != 0) out->failed = true;
}

/* ---- glibc ---- */

static void backtrace_walk(trace *out) {
  void *pcs[TRACE_MAX_FRAMES];
  memset(out, 0, sizeof *out);
  int num = backtrace(pcs, TRACE_MAX_FRAMES);
  for (int i = 0; i < num; i++) {
    if (pcs[i] != NULL) add_frame(out, (uintptr_t)pcs[i], false);
  }
  drop_frames_of(out, __func__);
}

static bool is_always_there(void) { return true; }

/* ---- libunwind ---- */

/* It is loaded, not linked: it defines _Unwind_Backtrace too, and would stand before libgcc's. */

#if defined(__has_include)
#if __has_include(<libunwind.h>)
#define UNW_LOCAL_ONLY
#include <libunwind.h>
#endif
#endif

#ifdef UNW_TARGET /* LLVM has a library of the same name */

#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)

static struct {
  int (*get_context)(unw_context_t *);
  __typeof__(&unw_init_local2) init;
  __typeof__(&unw_step) step;
  __typeof__(&unw_get_reg) get_register;
} libunwind;

__attribute__((constructor)) static void libunwind_load(void) {
  void *library = dlopen("libunwind.so.8", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) return;
  *(void **)&libunwind.get_context = dlsym(library, TEXT(unw_tdep_getcontext));
  *(void **)&libunwind.init = dlsym(library, TEXT(unw_init_local2));
  *(void **)&libunwind.step = dlsym(library, TEXT(unw_step));
  *(void **)&libunwind.get_register = dlsym(library, TEXT(unw_get_reg));
}

static bool libunwind_is_there(void) { return libunwind.step != NULL; }

static uint64_t libunwind_register(void *cursor, int number) {
  unw_word_t value = 0;
  libunwind.get_register(cursor, number, &value);
  return value;
}

static void libunwind_walk_from(trace *out, unw_context_t *from, int flags) {
  unw_cursor_t cursor;
  memset(out, 0, sizeof *out);
  bool is_interrupted = flags != 0;
  int result = libunwind.init(&cursor, from, flags);
  if (result == 0) result = 1;
  while (result > 0 && out->num_frames < TRACE_MAX_FRAMES) {
    unw_word_t pc = 0;
    libunwind.get_register(&cursor, UNW_REG_IP, &pc);
    if (pc == 0) break;
    add_frame(out, pc, is_interrupted);
    if (pc == (uintptr_t)trace_sentinel_return) add_sentinels(out, libunwind_register, &cursor);
    is_interrupted = false;
    result = libunwind.step(&cursor);
  }
  out->failed = result < 0;
}

static void libunwind_walk(trace *out) {
  unw_context_t here;
  libunwind.get_context(&here);
  libunwind_walk_from(out, &here, 0);
  drop_frames_of(out, __func__);
}

static void libunwind_walk_interrupted(trace *out, ucontext_t *interrupted) {
  libunwind_walk_from(out, interrupted, UNW_INIT_SIGNAL_FRAME);
}

#else

static bool libunwind_is_there(void) { return false; }
static void libunwind_walk(trace *out) { memset(out, 0, sizeof *out); }
static void libunwind_walk_interrupted(trace *out, ucontext_t *interrupted) {
  (void)interrupted;
  libunwind_walk(out);
}

#endif

const trace_unwinder trace_unwinders[TRACE_NUM_UNWINDERS] = {
    {"libgcc", libgcc_walk, libgcc_walk_interrupted, is_always_there, true},
    {"backtrace", backtrace_walk, NULL, is_always_there, false},
    {"libunwind", libunwind_walk, libunwind_walk_interrupted, libunwind_is_there, true},
};
