/* A program without a C library: Debian's is not marked for BTI (branch target identification), and
 * a processor checks landing pads only in programs all of which is. It arrives at each landing pad
 * of the library by an indirect jump or call, and exits with 0. Without one of them it dies. */
#include <stddef.h>
#include <stdint.h>

#include "ctx/ctx.h"
#include "ctx/inline.h"

/* ---- In place of the C library ---- */

void *memcpy(void *to, const void *from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int byte, size_t size);
void *memcpy(void *to, const void *from, size_t size) { return memmove(to, from, size); }
void *memmove(void *to, const void *from, size_t size) {
  volatile char *out = to;
  const volatile char *in = from;
  if ((uintptr_t)to <= (uintptr_t)from) {
    for (size_t i = 0; i < size; i++)
      out[i] = in[i];
  } else {
    for (size_t i = size; i > 0; i--)
      out[i - 1] = in[i - 1];
  }
  return to;
}
void *memset(void *to, int byte, size_t size) {
  volatile char *out = to;
  for (size_t i = 0; i < size; i++)
    out[i] = (char)byte;
  return to;
}

static _Noreturn void leave(int status) {
  register long x0 __asm__("x0") = status;
  register long x8 __asm__("x8") = 93; /* exit */
  for (;;)
    __asm__ volatile("svc #0" : : "r"(x0), "r"(x8) : "memory");
}

/* ---- The program ---- */

static ctx_context host, child;
static char stack[16384] __attribute__((aligned(16)));
static int num_steps;

/* Functions are called by these, and so that no compiler knows which they are. */
static void (*volatile call_swap)(ctx_context *, ctx_context *) = &ctx_swap;
static void (*volatile call_swap_with)(ctx_context *, ctx_context *, ctx_callback,
                                       void *) = &ctx_swap_with;
static ctx_context *(*volatile call_yield)(ctx_context *) = &ctx_yield;
static void (*volatile call_set)(const ctx_context *) = (void (*)(const ctx_context *)) & ctx_set;
static void (*volatile call_entry)(void);

/* The library's is elsewhere. */
int ctx_personality(int version, int actions);
int ctx_personality(int version, int actions) { return version + actions; }
extern int ctx_asm_personality(int version, int actions);
static int (*volatile call_personality)(int, int) = &ctx_asm_personality;

static void step(void *data) {
  (void)data;
  num_steps++;
}

static void child_entry(int a, double b) {
  num_steps += a + (int)b;
  call_swap(&child, &host);
  call_yield(&child);
  ctx_swap(&child, &host);
  ctx_swap_inline(&child, &host);
  ctx_yield(&child);
  ctx_yield_inline(&child);
}

static void child_bare(void) { call_set(&host); }

/* As an unwinder does where an exception has left an entry. */
extern void ctx_asm_threw(void);
static void threw(ctx_context *context, void *exception) {
  if (context == &child && exception == &host) num_steps++;
  call_set(&host);
}
static void child_throws(void) {
  uintptr_t root = *(uintptr_t *)__builtin_frame_address(0);
  register void *exception __asm__("x0") = &host;
  register void (*function)(ctx_context *, void *) __asm__("x1") = threw;
  __asm__ volatile("mov x29, %0\n\tbr %1"
                   :
                   : "r"(root), "r"(&ctx_asm_threw), "r"(exception), "r"(function));
}

static void init(ctx_entry entry, const ctx_value *args, size_t num_args) {
  const ctx_options options = {
      .flags = CTX_FLAG_NO_SIGNAL_MASK | CTX_FLAG_FP_DEFAULT, .activation = step, .backstop = step};
  if (ctx_init_with_options(&child, stack, sizeof stack, &options, entry, args, num_args) !=
      CTX_OK) {
    leave(1);
  }
}

int main(void);
int main(void) {
  const ctx_value args[] = {ctx_i32(1), ctx_f64(2)};
  init((ctx_entry)child_entry, args, 2);
  for (int i = 0; i < 7; i++) {
    if (ctx_has_returned(&child)) leave(2);
    if (i == 2) {
      call_swap_with(&host, &child, step, NULL);
    } else if (i % 2 == 0) {
      call_swap(&host, &child);
    } else {
      ctx_swap(&host, &child);
    }
  }
  if (!ctx_has_returned(&child) || num_steps != 6) leave(3);
  init(child_bare, NULL, 0);
  call_swap(&host, &child);
  init(child_throws, NULL, 0);
  num_steps = 0;
  call_swap(&host, &child);
  if (num_steps != 2) leave(5);
  if (call_personality(1, 8) != 9) leave(4);
  leave(0);
}

/* The stack that the kernel gives is aligned. */
__asm__(
    ".globl _start\n"
    ".type _start, %function\n"
    "_start:\n"
    "hint #34\n"
    "mov x29, 0\n"
    "mov x30, 0\n"
    "bl main\n");
