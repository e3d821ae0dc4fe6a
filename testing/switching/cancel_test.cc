// ctx_cancel: cleanups run, innermost first, and the context has ended.
#include <cstdlib>
#include <exception>
#include <string>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"

namespace {

constexpr size_t kStackSize = 131072;
CTX_STACK(stack, kStackSize);
CTX_STACK(other_stack, kStackSize);

// Through these a compiler knows that a switch may throw: docs/pitfalls.md.
void (*volatile external_swap)(ctx_context *, ctx_context *) = ctx_swap;
ctx_context *(*volatile external_yield)(ctx_context *) = ctx_yield;

struct World {
  ctx_context host = {};
  ctx_context child;
  ctx_context other;
  bool yields = false;
  int depth = 5;
  const char *seen = nullptr;
  std::string order;
};

struct Cleanup {
  World *world;
  char letter;
  ~Cleanup() { world->order += letter; }
};

void Leave(World *w) {
  if (w->yields) {
    external_yield(&w->child);
  } else {
    external_swap(&w->child, &w->host);
  }
}

__attribute__((noinline)) void Deeper(World *w, int depth) {
  Cleanup cleanup{w, static_cast<char>('0' + depth)};
  if (depth == w->depth) {
    Leave(w);
  } else {
    Deeper(w, depth + 1);
  }
  w->order += 'x';
}

int Entry(World *w) {
  volatile char much[8192];
  much[0] = 0;
  (void)much[0];
  Cleanup cleanup{w, 'e'};
  Deeper(w, 1);
  return 7;
}

void Backstop(void *world) {
  World *w = static_cast<World *>(world);
  EXPECT_EQ(CTX_STATE_CANCELLED, ctx_state(&w->child));
  // All of the entry's frames are gone.
  const char *here = static_cast<const char *>(__builtin_frame_address(0));
  EXPECT_TRUE(static_cast<size_t>(stack + kStackSize - here) < 4096);
  EXPECT_EQ(0, reinterpret_cast<uintptr_t>(here) % 16);
  w->order += 'b';
}

void Init(World *w) {
  ASSERT_EQ(CTX_OK, ctx_init_with_callback(&w->child, stack, kStackSize, Backstop, w,
                                           CTX_ENTRY(Entry), CTX_ARGS(w)));
}

void ExpectCancelled(const World &w) {
  EXPECT_EQ(CTX_STATE_CANCELLED, ctx_state(&w.child));
  EXPECT_TRUE(ctx_has_returned(&w.child));
  EXPECT_EQ(0, ctx_retval_u64(&w.child));
  EXPECT_EQ(0, ctx_retval_gp(&w.child, 1));
  EXPECT_F64_EQ(0.0, ctx_retval_f64(&w.child));
}

CTX_TEST(Cancel, RunsAllCleanupsInnermostFirstAndThenTheBackstop) {
  for (bool yields : {false, true}) {
    World w;
    w.yields = yields;
    Init(&w);
    ctx_swap(&w.host, &w.child);
    EXPECT_EQ(CTX_OK, ctx_cancel(&w.host, &w.child));
    EXPECT_STREQ("54321eb", w.order.c_str());
    ExpectCancelled(w);
    EXPECT_TRUE(ctx_parent(&w.child) == &w.host);
  }
}

CTX_TEST(Cancel, OfAFreshContextRunsNothing) {
  World w;
  Init(&w);
  EXPECT_EQ(CTX_OK, ctx_cancel(&w.host, &w.child));
  EXPECT_STREQ("", w.order.c_str());
  ExpectCancelled(w);
}

CTX_TEST(Cancel, IsRefusedOfWhatCannotBeCancelled) {
  World w;
  EXPECT_EQ(CTX_ERR_NULL_ARGUMENT, ctx_cancel(nullptr, &w.child));
  EXPECT_EQ(CTX_ERR_NULL_ARGUMENT, ctx_cancel(&w.host, nullptr));
  ctx_context second_host = {};
  EXPECT_EQ(CTX_ERR_NOT_A_CHILD, ctx_cancel(&w.host, &second_host));
  Init(&w);
  ctx_swap(&w.host, &w.child);
  EXPECT_EQ(CTX_OK, ctx_cancel(&w.host, &w.child));
  EXPECT_EQ(CTX_ERR_ENDED, ctx_cancel(&w.host, &w.child));
  ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, kStackSize, CTX_ENTRY(+[] {}), CTX_NO_ARGS));
  ctx_swap(&w.host, &w.child);
  EXPECT_EQ(CTX_ERR_ENDED, ctx_cancel(&w.host, &w.child));
  EXPECT_EQ(CTX_STATE_RETURNED, ctx_state(&w.child));
}

CTX_TEST(Cancel, LeavesNoResult) {
  World w;
  ctx_signature *signature = nullptr;
  ASSERT_EQ(CTX_OK, ctx_signature_create(&signature, &ctx_type_i32, nullptr, 0, CTX_NOT_VARIADIC));
  Init(&w);
  ctx_swap(&w.host, &w.child);
  EXPECT_EQ(CTX_OK, ctx_cancel(&w.host, &w.child));
  int result = 1;
  EXPECT_EQ(CTX_ERR_NOT_RETURNED, ctx_retval_get(&w.child, signature, &result));
  ctx_clear_retvals(&w.child);
  ExpectCancelled(w);
  ctx_signature_destroy(signature);
}

CTX_TEST(Cancel, TheContextCanBeInitialisedAgain) {
  World w;
  for (int i = 0; i < 3; i++) {
    Init(&w);
    ctx_swap(&w.host, &w.child);
    EXPECT_EQ(CTX_STATE_STARTED, ctx_state(&w.child));
    EXPECT_EQ(CTX_OK, ctx_cancel(&w.host, &w.child));
  }
  EXPECT_STREQ("54321eb54321eb54321eb", w.order.c_str());
}

// A cleanup that leaves goes on when it is resumed, and then the cancellation does.
struct Leaves {
  World *world;
  ~Leaves() {
    world->order += '<';
    Leave(world);
    world->order += '>';
  }
};
void EntryWithACleanupThatLeaves(World *w) {
  Cleanup outer{w, 'o'};
  Leaves leaves{w};
  Cleanup inner{w, 'i'};
  Leave(w);
}

CTX_TEST(Cancel, ACleanupMayLeaveAndComeBack) {
  for (bool yields : {false, true}) {
    World w;
    w.yields = yields;
    ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, kStackSize, CTX_ENTRY(EntryWithACleanupThatLeaves),
                               CTX_ARGS(&w)));
    ctx_swap(&w.host, &w.child);
    EXPECT_EQ(CTX_OK, ctx_cancel(&w.host, &w.child));
    EXPECT_EQ(CTX_STATE_STARTED, ctx_state(&w.child));
    EXPECT_STREQ("i<", w.order.c_str());
    ctx_swap(&w.host, &w.child);
    EXPECT_STREQ("i<>o", w.order.c_str());
    ExpectCancelled(w);
  }
}

// One context cancels another in a cleanup: three contexts end at once.
struct CancelsOther {
  World *world;
  ~CancelsOther() {
    EXPECT_EQ(CTX_OK, ctx_cancel(&world->child, &world->other));
    world->order += 'c';
  }
};
void EntryOfOther(World *w) {
  Cleanup cleanup{w, 'o'};
  external_yield(&w->other);
}
void EntryThatOwnsAnother(World *w) {
  ASSERT_EQ(CTX_OK,
            ctx_init(&w->other, other_stack, kStackSize, CTX_ENTRY(EntryOfOther), CTX_ARGS(w)));
  CancelsOther cancels{w};
  ctx_swap(&w->child, &w->other);
  Leave(w);
}

// A backstop is still there when it goes on, with all that it has. AddressSanitizer keeps a
// local elsewhere whose address others see, in a function without assembly.
void BackstopThatLeaves(void *world) {
  World *w = static_cast<World *>(world);
  char kept[] = "k";
  w->seen = kept;
  w->order += 'b';
  external_swap(&w->child, &w->host);
  w->order += w->seen;
}

CTX_TEST(Cancel, ABackstopMayLeaveAndComeBack) {
  World w;
  ASSERT_EQ(CTX_OK, ctx_init_with_callback(&w.child, stack, kStackSize, BackstopThatLeaves, &w,
                                           CTX_ENTRY(Entry), CTX_ARGS(&w)));
  ctx_swap(&w.host, &w.child);
  EXPECT_EQ(CTX_OK, ctx_cancel(&w.host, &w.child));
  EXPECT_STREQ("54321eb", w.order.c_str());
  EXPECT_EQ(CTX_STATE_CANCELLED, ctx_state(&w.child));
  EXPECT_EQ(CTX_ERR_ENDED, ctx_cancel(&w.host, &w.child));
  ctx_swap(&w.host, &w.child);
  EXPECT_STREQ("54321ebk", w.order.c_str());
  ExpectCancelled(w);
}

CTX_TEST(Cancel, ACleanupMayCancelAnother) {
  World w;
  ASSERT_EQ(CTX_OK,
            ctx_init(&w.child, stack, kStackSize, CTX_ENTRY(EntryThatOwnsAnother), CTX_ARGS(&w)));
  ctx_swap(&w.host, &w.child);
  EXPECT_EQ(CTX_OK, ctx_cancel(&w.host, &w.child));
  EXPECT_STREQ("oc", w.order.c_str());
  ExpectCancelled(w);
  EXPECT_EQ(CTX_STATE_CANCELLED, ctx_state(&w.other));
}

// In an activation callback, and in a function on top.
void LeaveOnTop(void *world) {
  World *w = static_cast<World *>(world);
  Cleanup cleanup{w, 't'};
  Leave(w);
}

CTX_TEST(Cancel, UnwindsWhatRunsBeforeTheEntry) {
  World w;
  ctx_options options = {};
  options.activation = LeaveOnTop;
  options.activation_data = &w;
  ASSERT_EQ(CTX_OK, ctx_init_with_options(&w.child, stack, kStackSize, &options, CTX_ENTRY(Entry),
                                          CTX_ARGS(&w)));
  ctx_swap(&w.host, &w.child);
  EXPECT_EQ(CTX_OK, ctx_cancel(&w.host, &w.child));
  EXPECT_STREQ("t", w.order.c_str());
  ExpectCancelled(w);
}

CTX_TEST(Cancel, UnwindsAFunctionOnTop) {
  World w;
  Init(&w);
  ctx_swap(&w.host, &w.child);
  ctx_swap_with(&w.host, &w.child, LeaveOnTop, &w);
  ctx_swap_with(&w.host, &w.child, LeaveOnTop, &w);
  EXPECT_EQ(CTX_OK, ctx_cancel(&w.host, &w.child));
  EXPECT_STREQ("tt54321eb", w.order.c_str());
  ExpectCancelled(w);
}

CTX_TEST(Cancel, OfAFreshContextUnwindsAFunctionOnTop) {
  World w;
  Init(&w);
  ctx_swap_with(&w.host, &w.child, LeaveOnTop, &w);
  EXPECT_EQ(CTX_OK, ctx_cancel(&w.host, &w.child));
  EXPECT_STREQ("tb", w.order.c_str());
  ExpectCancelled(w);
}

// Code that catches it and throws it on is fine; code that does not, ends the program.
void CatchAndThrowOn(World *w) {
  try {
    Deeper(w, 1);
  } catch (...) {
    w->order += 'c';
    throw;
  }
}
void CatchAndSwallow(World *w) {
  try {
    Deeper(w, 1);
  } catch (...) {
  }
}
void DoNotThrow(World *w) noexcept { Deeper(w, 1); }

void CancelEntry(void (*entry)(World *), World *w) {
  if (ctx_init(&w->child, stack, kStackSize, CTX_ENTRY(entry), CTX_ARGS(w)) != CTX_OK) exit(0);
  ctx_swap(&w->host, &w->child);
  EXPECT_EQ(CTX_OK, ctx_cancel(&w->host, &w->child));
}

CTX_TEST(Cancel, MayBeCaughtAndThrownOn) {
  World w;
  CancelEntry(CatchAndThrowOn, &w);
  EXPECT_STREQ("54321c", w.order.c_str());
  ExpectCancelled(w);
}

void SwallowIt() {
  World w;
  CancelEntry(CatchAndSwallow, &w);
}

void ForbidIt() {
  World w;
  std::set_terminate([] {
    fputs("terminated\n", stderr);
    abort();
  });
  CancelEntry(DoNotThrow, &w);
}

CTX_TEST(Cancel, EndsTheProgramWhereItIsSwallowed) {
  CTX_EXPECT_DEATH(SwallowIt(), "ctx_cancel: a cancellation was caught, and not thrown on");
  CTX_EXPECT_DEATH(ForbidIt(), "terminated");
}

}  // namespace
