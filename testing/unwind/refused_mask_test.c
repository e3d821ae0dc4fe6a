/* Where the kernel refuses a signal mask, the way out of a handler comes back as any function does:
 * whatever is in the registers that it must keep, and with unwinding right at each instruction.
 *
 * qemu-user has no seccomp, by which //testing/signals makes a kernel refuse. Here the mask is in
 * memory that cannot be read. */
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "ctx/ctx.h"
#include "testing/arch/machine.h"
#include "testing/harness/harness.h"
#include "testing/harness/registers.h"
#include "testing/unwind/sentinels.h"
#include "testing/unwind/single_step.h"
#include "testing/unwind/symbols.h"
#include "testing/unwind/trace.h"

/* Not public: ctx_set_from_signal has numbers of its own in the registers, and looks at the mask
 * itself. */
void ctx_system_set_from_signal(const ctx_context *to);

/* As a switch. It does not look at its second argument. */
static const ctx_test_switch set_from_signal =
    (ctx_test_switch)(uintptr_t)ctx_system_set_from_signal;

/* A context of which only what lies before its mask is there. It is not aligned as one is, so the
 * compiler must not take it for one. */
static char *cut;
#define CUT ((ctx_context *)(void *)cut)

static void make_cut(void) {
  size_t size = (size_t)sysconf(_SC_PAGESIZE);
  char *page = mmap(NULL, 2 * size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  ASSERT_TRUE(page != MAP_FAILED);
  ASSERT_EQ(0, mprotect(page + size, size, PROT_NONE));
  cut = page + size - offsetof(ctx_context, signal_mask);
}

CTX_TEST(RefusedMask, ComesBackWithAllRegisters) {
  make_cut();
  char verdict[CTX_TEST_VERDICT_SIZE];
  uint64_t seed = 15;
  for (int i = 0; i < 10; i++)
    EXPECT_NO_COMPLAINT(ctx_test_check_registers(&seed, set_from_signal, CUT, NULL, verdict));
  struct ctx_test_registers zeros;
  memset(&zeros, 0, sizeof zeros);
  (void)ctx_test_call_with_registers(&zeros, set_from_signal, CUT, NULL);
  EXPECT_NO_COMPLAINT(ctx_test_registers_verdict(&zeros, verdict));
}

/* ---- Unwinding ---- */

#define STACK_SIZE 65536
CTX_STACK(stack, STACK_SIZE);

static ctx_context host;
static ctx_context child;
#define HOST_FRAMES "swaps trace_with_sentinels refused_steps ... main"
#define FUNCTION "ctx_system_set_from_signal"
static const char host_frames[] = FUNCTION " " HOST_FRAMES;
static const char child_frames[] =
    FUNCTION " trace_with_sentinels stays ctx_asm_activate " HOST_FRAMES;
/* Whose frames each unwinder has seen, one after the other: 'c' and 'h'. */
static char seen[TRACE_NUM_UNWINDERS][8];

static void see(char *order, char whom) {
  size_t length = strlen(order);
  if (length != 0 && order[length - 1] == whom) return;
  if (length + 1 < sizeof seen[0]) order[length] = whom;
}

static void visit(ucontext_t *interrupted) {
  static trace actual;
  const char *function = symbol_name(machine_program_counter(interrupted));
  if (strcmp(function, FUNCTION) != 0) return;
  for (size_t i = 0; i < TRACE_NUM_UNWINDERS; i++) {
    const trace_unwinder *unwinder = &trace_unwinders[i];
    if (unwinder->walk_interrupted == NULL || !unwinder->is_there()) continue;
    unwinder->walk_interrupted(&actual, interrupted);
    bool is_childs = trace_matches(&actual, child_frames);
    ctx_test_note("by %s", unwinder->name);
    EXPECT_TRACE(is_childs ? child_frames : host_frames, &actual);
    see(seen[i], is_childs ? 'c' : 'h');
  }
}

/* The cut context is the host as far as unwinders read it. */
TRACE_FRAME static void stays(void) {
  memcpy(cut, &host, offsetof(ctx_context, signal_mask));
  step_begin();
  trace_with_sentinels(set_from_signal, CUT, NULL);
  step_end();
}

/* Its frame is found by the frame pointer alone. (External swaps keep registers behind the
 * mask.) */
TRACE_FRAME static void swaps(ctx_context *from, ctx_context *to) {
  volatile size_t size = 16;
  volatile char *space = __builtin_alloca(size);
  space[0] = 0;
  ctx_swap(from, to);
  TRACE_NO_TAIL_CALL;
}

TRACE_FRAME static void refused_steps(void) {
  trace_with_sentinels(swaps, &host, &child);
  TRACE_NO_TAIL_CALL;
}

CTX_TEST(RefusedMask, EveryInstructionUnwinds) {
#ifdef CTX_INSTRUMENTED_
  CTX_SKIP("the assembly is that of plain builds, but other functions come between its steps");
#endif
  make_cut();
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, stays, CTX_NO_ARGS));
  step_install(visit);
  refused_steps();
  step_uninstall();
  EXPECT_TRUE(ctx_has_returned(&child));
  for (size_t i = 0; i < TRACE_NUM_UNWINDERS; i++) {
    if (trace_unwinders[i].walk_interrupted != NULL && trace_unwinders[i].is_there())
      EXPECT_STREQ("chc", seen[i]);
  }
}
