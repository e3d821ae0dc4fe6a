#include "ctx/watch/checked.h"

#ifdef CTX_CHECKED

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ctx/arch/arch.h"
#include CTX_ARCH_HEADER_(fp_control.h)

/* `noun` says what is at the address. */
static void ctx_check_stop(const char *function, const char *noun, const void *subject,
                           const char *fault) {
  char address[] = "0x0000000000000000";
  uintptr_t bits = (uintptr_t)subject;
  for (size_t i = sizeof address - 2; bits != 0; i--, bits >>= 4) {
    address[i] = "0123456789abcdef"[bits & 15];
  }
  /* Not printf: the stack may be too small for it. */
  char line[256];
  size_t length = 0;
  const char *const parts[] = {"ctx: ", function, noun, address, " ", fault, "\n"};
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
    size_t part = strlen(parts[i]);
    if (part > sizeof line - length) part = sizeof line - length;
    memcpy(line + length, parts[i], part);
    length += part;
  }
  ssize_t ignored = write(STDERR_FILENO, line, length);
  (void)ignored;
  abort();
}

void ctx_check_failed(const char *function, const ctx_context *context, const char *fault) {
  ctx_check_stop(function, ": context ", context, fault);
}

void ctx_check_stack_failed(const char *function, const void *base, const char *fault) {
  ctx_check_stop(function, ": stack ", base, fault);
}

void ctx_check_resumable(const char *function, const ctx_context *to, bool is_running) {
  /* A host's state does not show whether it runs: it may be discarded, and resumed once more,
   * without a chance to record that. Its address shows it (is_running). */
  bool is_host = to->entry == NULL;
  switch ((ctx_watch_state)to->instrument.state) {
    case CTX_WATCH_FRESH:
    case CTX_WATCH_SUSPENDED:
      return;
    case CTX_WATCH_NONE:
      ctx_check_failed(function, to, "was neither initialised nor switched from");
      return;
    case CTX_WATCH_RUNNING:
      if (!is_host || is_running) ctx_check_failed(function, to, "is running already");
      return;
    case CTX_WATCH_LEFT:
      ctx_check_failed(function, to, "was left before it was ever suspended");
      return;
    case CTX_WATCH_RETURNED:
      ctx_check_failed(function, to, "has returned");
      return;
  }
  ctx_check_failed(function, to, "is none: its state is overwritten");
}

void ctx_check_from(const char *function, const ctx_context *from, bool is_owner) {
  if (from->entry == NULL || is_owner) return;
  if (from->instrument.state == CTX_WATCH_SUSPENDED) {
    ctx_check_failed(function, from, "is suspended elsewhere, and would lose its place");
  }
  if (from->instrument.state == CTX_WATCH_FRESH) {
    ctx_check_failed(function, from, "has not been entered, and would lose its start");
  }
}

void ctx_check_fp(const char *function, const ctx_context *running) {
  if (ctx_fp_is_as_declared_(running)) return;
  ctx_check_failed(function, running,
                   "runs under other floating-point control words than it declared");
}

#endif /* CTX_CHECKED */
