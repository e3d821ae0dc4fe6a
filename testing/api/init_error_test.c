/* Init answers bad input with a status, the same one in each of its forms, and writes not a
 * byte. */
#define _GNU_SOURCE
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "ctx/inline.h"
#include "testing/api/arena.h"
#include "testing/harness/harness.h"

struct init_call {
  ctx_context *child;
  void *stack;
  size_t stack_size;
  uint32_t flags;
  ctx_entry entry;
  const ctx_value *args;
  size_t num_args;
};

static ctx_value args[4];

static struct init_call good_call(void) {
  args[0] = ctx_i32(-1);
  args[1] = ctx_f64(1);
  args[2] = ctx_ptr(NULL);
  args[3] = ctx_u8(255);
  return (struct init_call){
      .child = &ctx_test_arena.child,
      .stack = ctx_test_arena.stack,
      .stack_size = sizeof ctx_test_arena.stack,
      .entry = ctx_test_noop,
      .args = args,
      .num_args = 4,
  };
}

static void expect_error(ctx_status expected, struct init_call call) {
  ctx_test_arena_fill(0x5a);
  sigset_t mask;
  sigemptyset(&mask);
  ctx_options options = {.flags = call.flags, .signal_mask = &mask};
  EXPECT_EQ(expected, ctx_init_inline(call.child, call.stack, call.stack_size, &options, call.entry,
                                      call.args, call.num_args));
  options.signal_mask = NULL;
  EXPECT_EQ(expected, ctx_init_inline(call.child, call.stack, call.stack_size, &options, call.entry,
                                      call.args, call.num_args));
  EXPECT_EQ(expected, ctx_init_with_options(call.child, call.stack, call.stack_size, &options,
                                            call.entry, call.args, call.num_args));
  if (call.flags == 0) {
    EXPECT_EQ(expected, ctx_init_with_options(call.child, call.stack, call.stack_size, NULL,
                                              call.entry, call.args, call.num_args));
    EXPECT_EQ(expected, ctx_init(call.child, call.stack, call.stack_size, call.entry, call.args,
                                 call.num_args));
    EXPECT_EQ(expected, ctx_init_with_callback(call.child, call.stack, call.stack_size,
                                               (ctx_callback)ctx_test_noop, NULL, call.entry,
                                               call.args, call.num_args));
    if (call.child == &ctx_test_arena.child) {
      ctx_context *untouched = &ctx_test_arena.child;
      ctx_context *created = untouched;
      EXPECT_EQ(expected, ctx_create(&created, call.stack, call.stack_size, call.entry, call.args,
                                     call.num_args));
      EXPECT_EQ(untouched, created);
    }
  }
  EXPECT_TRUE(ctx_test_arena_is_untouched());
}

/* Every expectation below is about one change to a call that succeeds. */
CTX_TEST(InitError, TheCallWithoutAFaultSucceeds) {
  struct init_call call = good_call();
  EXPECT_EQ(CTX_OK, ctx_init(call.child, call.stack, call.stack_size, call.entry, call.args,
                             call.num_args));
  ctx_options options = {.flags = CTX_FLAG_FP_SAVE | CTX_FLAG_FP_DEFAULT};
  EXPECT_EQ(CTX_OK, ctx_init_with_options(call.child, call.stack, call.stack_size, &options,
                                          call.entry, call.args, call.num_args));
}

CTX_TEST(InitError, ContextUnaligned) {
  for (size_t shift = 1; shift < 64; shift++) {
    struct init_call call = good_call();
    call.child = (ctx_context *)(uintptr_t)((uintptr_t)call.child + shift);
    expect_error(CTX_ERR_CONTEXT_UNALIGNED, call);
  }
}

/* The stack's end counts, wherever the stack begins. */
CTX_TEST(InitError, StackUnaligned) {
  for (size_t shift = 0; shift < 16; shift++) {
    struct init_call call = good_call();
    call.stack = ctx_test_arena.stack + shift;
    call.stack_size -= 16;
    if (shift != 0) expect_error(CTX_ERR_STACK_UNALIGNED, call);
    call.stack_size += 16 - shift;
    EXPECT_EQ(CTX_OK, ctx_init(call.child, call.stack, call.stack_size, call.entry, call.args,
                               call.num_args));
  }
}

CTX_TEST(InitError, StackRange) {
  struct init_call call = good_call();
  uintptr_t to_the_end = 0 - (uintptr_t)call.stack;
  const size_t sizes[] = {to_the_end, to_the_end + 16, SIZE_MAX, SIZE_MAX - 15};
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
    call.stack_size = sizes[i];
    expect_error(CTX_ERR_STACK_RANGE, call);
  }
}

CTX_TEST(InitError, StackSmall) {
  struct init_call call = good_call();
  size_t needed = ctx_stack_needed(call.args, call.num_args);
  for (size_t size = 0; size < needed; size += 16) {
    call.stack_size = size;
    expect_error(CTX_ERR_STACK_SMALL, call);
  }
  call.args = NULL;
  call.num_args = 0;
  call.stack_size = 16;
  expect_error(CTX_ERR_STACK_SMALL, call);
}

CTX_TEST(InitError, BadFlag) {
  const uint32_t compatible = CTX_FLAG_FP_SAVE | CTX_FLAG_FP_DEFAULT;
  const uint32_t known =
      compatible | CTX_FLAG_NO_SIGNAL_MASK | CTX_FLAG_FP_INHERIT | CTX_FLAG_THROW_TO_PARENT;
  for (int bit = 0; bit < 32; bit++) {
    struct init_call call = good_call();
    call.flags = UINT32_C(1) << bit;
    if ((call.flags & known) != 0) continue;
    expect_error(CTX_ERR_BAD_FLAG, call);
    call.flags |= compatible | CTX_FLAG_THROW_TO_PARENT;
    expect_error(CTX_ERR_BAD_FLAG, call);
  }
}

/* Each combination of the known flags, with a mask and without one. */
CTX_TEST(InitError, FlagsThatContradictEachOther) {
  for (uint32_t flags = 0; flags < 32; flags++) {
    struct init_call call = good_call();
    call.flags = flags;
    const bool inherits = (flags & CTX_FLAG_FP_INHERIT) != 0;
    const bool has_other_fp = (flags & (CTX_FLAG_FP_SAVE | CTX_FLAG_FP_DEFAULT)) != 0;
    const bool keeps_no_mask = (flags & CTX_FLAG_NO_SIGNAL_MASK) != 0;
    if (inherits && has_other_fp) expect_error(CTX_ERR_BAD_FLAG, call);
    sigset_t mask;
    sigemptyset(&mask);
    for (int with_mask = 0; with_mask < 2; with_mask++) {
      const ctx_options options = {.flags = flags, .signal_mask = with_mask ? &mask : NULL};
      const bool is_bad = (inherits && has_other_fp) || (keeps_no_mask && with_mask);
      ctx_test_note("flags %u, mask %d", (unsigned)flags, with_mask);
      for (size_t num_args = 0; num_args <= call.num_args; num_args += call.num_args) {
        ctx_test_arena_fill(0x5a);
        EXPECT_EQ(is_bad ? CTX_ERR_BAD_FLAG : CTX_OK,
                  ctx_init_with_options(call.child, call.stack, call.stack_size, &options,
                                        call.entry, call.args, num_args));
        EXPECT_EQ(is_bad, ctx_test_arena_is_untouched());
        ctx_test_arena_fill(0x5a);
        EXPECT_EQ(is_bad ? CTX_ERR_BAD_FLAG : CTX_OK,
                  ctx_init_inline(call.child, call.stack, call.stack_size, &options, call.entry,
                                  call.args, num_args));
        EXPECT_EQ(is_bad, ctx_test_arena_is_untouched());
      }
    }
  }
}

CTX_TEST(InitError, BadValueInAnyPlace) {
  ctx_value bad[3];
  memset(&bad[0], 0, sizeof bad[0]);
  memset(&bad[1], 0xff, sizeof bad[1]);
  bad[2] = ctx_i32(1);
  bad[2].kind = CTX_NUM_KINDS;
  static ctx_value many[20];
  for (size_t i = 0; i < 3; i++) {
    for (size_t place = 0; place < 20; place++) {
      struct init_call call = good_call();
      for (size_t j = 0; j < 20; j++)
        many[j] = j == place ? bad[i] : ctx_u64(j);
      call.args = many;
      call.num_args = 20;
      expect_error(CTX_ERR_BAD_VALUE, call);
      EXPECT_EQ(0, ctx_stack_needed(many, 20));
    }
  }
}

/* ---- The order of the checks ---- */

/* The faults, in the order in which ctx.h names their statuses. */
enum fault {
  NULL_CHILD = 1,
  NULL_STACK = 2,
  NULL_ENTRY = 4,
  NULL_ARGS = 8,
  CONTEXT_UNALIGNED = 16,
  STACK_RANGE = 32,
  STACK_UNALIGNED = 64,
  BAD_FLAG = 128,
  BAD_VALUE = 256,
  STACK_SMALL = 512,
  ALL_FAULTS = 1023
};

static ctx_status first_status(unsigned faults) {
  if ((faults & (NULL_CHILD | NULL_STACK | NULL_ENTRY | NULL_ARGS)) != 0) {
    return CTX_ERR_NULL_ARGUMENT;
  }
  if ((faults & CONTEXT_UNALIGNED) != 0) return CTX_ERR_CONTEXT_UNALIGNED;
  if ((faults & STACK_RANGE) != 0) return CTX_ERR_STACK_RANGE;
  if ((faults & STACK_UNALIGNED) != 0) return CTX_ERR_STACK_UNALIGNED;
  if ((faults & BAD_FLAG) != 0) return CTX_ERR_BAD_FLAG;
  if ((faults & BAD_VALUE) != 0) return CTX_ERR_BAD_VALUE;
  return CTX_ERR_STACK_SMALL;
}

static struct init_call call_with(unsigned faults) {
  struct init_call call = good_call();
  if ((faults & STACK_SMALL) != 0) call.stack_size = 16;
  if ((faults & STACK_RANGE) != 0) call.stack_size = SIZE_MAX - 15;
  if ((faults & STACK_UNALIGNED) != 0) call.stack_size += 8;
  if ((faults & BAD_VALUE) != 0) args[2].kind = CTX_KIND_NONE;
  if ((faults & BAD_FLAG) != 0) call.flags = UINT32_C(1) << 31;
  if ((faults & CONTEXT_UNALIGNED) != 0) {
    call.child = (ctx_context *)(uintptr_t)((uintptr_t)call.child + 8);
  }
  if ((faults & NULL_CHILD) != 0) call.child = NULL;
  if ((faults & NULL_STACK) != 0) call.stack = NULL;
  if ((faults & NULL_ENTRY) != 0) call.entry = NULL;
  if ((faults & NULL_ARGS) != 0) call.args = NULL;
  return call;
}

CTX_TEST(InitError, TheFirstOfSeveralIsAnsweredInTheDocumentedOrder) {
  for (unsigned faults = 1; faults <= ALL_FAULTS; faults++) {
    expect_error(first_status(faults), call_with(faults));
  }
}

/* A call without arguments takes a shorter way. */
CTX_TEST(InitError, TheOrderIsTheSameWithoutArguments) {
  for (unsigned faults = 1; faults <= ALL_FAULTS; faults++) {
    if ((faults & (NULL_ARGS | BAD_VALUE)) != 0) continue;
    struct init_call call = call_with(faults);
    call.args = NULL;
    call.num_args = 0;
    expect_error(first_status(faults), call);
  }
}

/* ---- A count that is wrong ---- */

/* The values end where memory does: whoever reads one more dies. */
CTX_TEST(InitError, ACountThatCannotFitIsNotFollowed) {
  size_t page_size = (size_t)sysconf(_SC_PAGESIZE);
  char *pages =
      mmap(NULL, 2 * page_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  ASSERT_TRUE(pages != MAP_FAILED);
  ASSERT_EQ(0, mprotect(pages + page_size, page_size, PROT_NONE));
  struct init_call call = good_call();
  memcpy(pages + page_size - sizeof args, args, sizeof args);
  call.args = (const ctx_value *)(const void *)(pages + page_size - sizeof args);
  EXPECT_EQ(CTX_OK, ctx_init(call.child, call.stack, call.stack_size, call.entry, call.args, 4));

  const size_t counts[] = {SIZE_MAX,          SIZE_MAX - 1,        SIZE_MAX / 2,
                           SIZE_MAX / 2 + 1,  SIZE_MAX / 8,        SIZE_MAX / 8 + 2,
                           SIZE_MAX / 16 + 1, SIZE_MAX / 16 + 5,   (size_t)UINT32_MAX + 1,
                           (size_t)1 << 61,   CTX_ARENA_STACK_SIZE};
  for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
    call.num_args = counts[i];
    expect_error(CTX_ERR_STACK_SMALL, call);
  }
  munmap(pages, 2 * page_size);
}

/* ---- Others ---- */

CTX_TEST(CreateError, NullOutput) {
  struct init_call call = good_call();
  ctx_test_arena_fill(1);
  EXPECT_EQ(CTX_ERR_NULL_ARGUMENT,
            ctx_create(NULL, call.stack, call.stack_size, call.entry, call.args, call.num_args));
  EXPECT_TRUE(ctx_test_arena_is_untouched());
}

CTX_TEST(SignalError, SettingNoContext) {
  EXPECT_EQ(CTX_ERR_NULL_ARGUMENT, ctx_set_from_signal(NULL));
}

CTX_TEST(SignalError, RedirectingWithANullArgumentDoesNothing) {
  ctx_test_arena_fill(2);
  ctx_redirect_signal(NULL, &ctx_test_arena.child);
  ctx_redirect_signal(ctx_test_arena.stack, NULL);
  ctx_redirect_signal(NULL, NULL);
  EXPECT_TRUE(ctx_test_arena_is_untouched());
}
