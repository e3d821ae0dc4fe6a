/* A child that overflows its stack is stopped by the guard page, and its host goes on. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "ctx/ctx.h"
#include "testing/arch/machine.h"
#include "testing/harness/harness.h"
#include "testing/signals/leave.h"

#define STACK_SIZE 65536
#define NUM_OVERFLOWS 1000

static ctx_context host;
static ctx_context child;
static const way_out *way;
static char *guard;
static char *stack;
static size_t guard_size;
static size_t num_faults;

static void map_guarded_stack(void) {
  guard_size = (size_t)sysconf(_SC_PAGESIZE);
  guard = mmap(NULL, guard_size + STACK_SIZE, PROT_READ | PROT_WRITE,
               MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (guard == MAP_FAILED || mprotect(guard, guard_size, PROT_NONE) != 0) abort();
  stack = guard + guard_size;
}

static void unmap_guarded_stack(void) {
  if (munmap(guard, guard_size + STACK_SIZE) != 0) abort();
}

static void on_fault(int signal, siginfo_t *info, void *ucontext) {
  (void)signal;
  char *address = info->si_addr;
  if (address < guard || address >= guard + guard_size) _exit(99); /* it would come again */
  num_faults++;
  way->leave(ucontext, &host);
}

/* Not a tail call, and no end that a compiler could see. */
__attribute__((noinline)) static size_t recurse(size_t depth, const volatile char *caller) {
  volatile char frame[128];
  frame[0] = caller[0];
  if (depth == SIZE_MAX) return 0;
  return recurse(depth + 1, frame) + (size_t)frame[0];
}

static size_t overflowing_entry(void) {
  const volatile char first = 1;
  return recurse(0, &first);
}

static size_t modest_entry(size_t x) { return x + 1; }

static void overflow_repeatedly(const way_out *way_of_case) {
  way = way_of_case;
  num_faults = 0;
  host = (ctx_context){0};
  map_guarded_stack();
  handler_install(SIGSEGV, on_fault, NULL);
  for (size_t i = 0; i < NUM_OVERFLOWS; i++) {
    ASSERT_EQ(CTX_OK,
              ctx_init(&child, stack, STACK_SIZE, (ctx_entry)overflowing_entry, CTX_NO_ARGS));
    ctx_swap(&host, &child);
    ASSERT_EQ(i + 1, num_faults);
    ASSERT_FALSE(ctx_has_returned(&child));
    ASSERT_EQ(0, mask_now());

    /* The kernel, too, takes the handler to be over. */
    stack_t handler_stack;
    ASSERT_EQ(0, sigaltstack(NULL, &handler_stack));
    ASSERT_EQ(0, handler_stack.ss_flags);
  }
  handler_uninstall();

  ASSERT_EQ(CTX_OK,
            ctx_init(&child, stack, STACK_SIZE, (ctx_entry)modest_entry, CTX_ARGS((size_t)41)));
  ctx_swap(&host, &child);
  EXPECT_EQ(42, ctx_retval_usize(&child));
  unmap_guarded_stack();
}

CTX_TEST(Overflow, IsLeftForTheHostAThousandTimes) { for_each_way_out(overflow_repeatedly); }

/* ctx_set itself needs no stack: here it is called when not a byte is left. */
static void entry_that_sets_at_the_guard(void) { machine_set_on(stack, &host); }

CTX_TEST(Overflow, SetNeedsNoStack) {
#ifdef CTX_INSTRUMENTED_
  CTX_SKIP("ctx_set is a C function in instrumented builds");
#endif
  host = (ctx_context){0};
  map_guarded_stack();
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, entry_that_sets_at_the_guard, CTX_NO_ARGS));
  ctx_swap(&host, &child);
  EXPECT_FALSE(ctx_has_returned(&child));
  unmap_guarded_stack();
}
