// CTX_FLAG_THROW_TO_PARENT: an exception that leaves an entry ends the context, and is thrown by
// its parent.
#include <pthread.h>
#include <unwind.h>

#include <cfenv>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string>

#include "ctx/ctx.h"
#include "ctx/inline.h"
#include "testing/harness/harness.h"
#include "testing/switching/forms.h"

namespace {

constexpr size_t kStackSize = 131072;
CTX_STACK(stack, kStackSize);
CTX_STACK(other_stack, kStackSize);

// Through this a compiler knows that a switch may throw: docs/pitfalls.md.
void (*volatile external_swap)(ctx_context *, ctx_context *) = ctx_swap;

struct World {
  ctx_context host = {};
  ctx_context child;
  ctx_context other;
  std::string order;
};

struct Cleanup {
  World *world;
  char letter;
  ~Cleanup() {
    EXPECT_EQ(1, std::uncaught_exceptions());
    world->order += letter;
  }
};

__attribute__((noinline)) void Deeper(World *w, int depth) {
  Cleanup cleanup{w, static_cast<char>('0' + depth)};
  if (depth == 3) throw std::runtime_error("!");
  Deeper(w, depth + 1);
}
void Throw(World *w) { Deeper(w, 1); }

void Backstop(void *world) {
  World *w = static_cast<World *>(world);
  EXPECT_EQ(CTX_STATE_THREW, ctx_state(&w->child));
  EXPECT_EQ(0, std::uncaught_exceptions());
  EXPECT_EQ(0, reinterpret_cast<uintptr_t>(__builtin_frame_address(0)) % 16);
  w->order += 'b';
}

ctx_options Options(World *w) {
  ctx_options options = {};
  options.flags = CTX_FLAG_THROW_TO_PARENT;
  options.backstop = Backstop;
  options.backstop_data = w;
  return options;
}

void Init(World *w, void (*entry)(World *)) {
  const ctx_options options = Options(w);
  ASSERT_EQ(CTX_OK, ctx_init_with_options(&w->child, stack, kStackSize, &options, CTX_ENTRY(entry),
                                          CTX_ARGS(w)));
}

void ExpectThrew(const World &w) {
  EXPECT_EQ(CTX_STATE_THREW, ctx_state(&w.child));
  EXPECT_TRUE(ctx_has_returned(&w.child));
  EXPECT_EQ(0, ctx_retval_u64(&w.child));
  EXPECT_EQ(0, std::uncaught_exceptions());
  EXPECT_TRUE(std::current_exception() == nullptr);
}

/* ---- To the parent ---- */

// The host's own frame above the switch has a cleanup, too. Each form of the switch is in a C
// function, through which exceptions pass.
__attribute__((noinline)) void Resume(World *w, const swap_form *form) {
  Cleanup cleanup{w, 'h'};
  form->swap(&w->host, &w->child);
  w->order += 'x';
}

CTX_TEST(Throw, IsThrownByTheParent) {
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("%s", form->name);
    World w;
    for (int i = 0; i < 3; i++) {
      Init(&w, Throw);
      try {
        Resume(&w, form);
      } catch (const std::runtime_error &error) {
        w.order += error.what();
      }
      ExpectThrew(w);
    }
    EXPECT_STREQ("321bh!321bh!321bh!", w.order.c_str());
  }
}

// The function that switches catches it itself.
CTX_TEST(Throw, IsCaughtWhereTheParentWaits) {
  World w;
  Init(&w, Throw);
  try {
    external_swap(&w.host, &w.child);
    w.order += 'x';
  } catch (const std::logic_error &) {
    w.order += 'l';
  } catch (const std::runtime_error &error) {
    EXPECT_EQ(0, std::uncaught_exceptions());
    w.order += error.what();
  }
  EXPECT_STREQ("321b!", w.order.c_str());
  ExpectThrew(w);
}

void WaitAndThrow(World *w) {
  external_swap(&w->child, &w->host);
  Throw(w);
}

void DoNothing(void *) {}

// It waits in a yield to its own parent, and in a switch with a function on top.
CTX_TEST(Throw, IsCaughtWhereTheParentWaitsInOtherWays) {
  World w;
  Init(&w, WaitAndThrow);
  external_swap(&w.host, &w.child);
  try {
    ctx_swap_with(&w.host, &w.child, DoNothing, nullptr);
  } catch (const std::runtime_error &error) {
    w.order += error.what();
  }
  EXPECT_STREQ("321b!", w.order.c_str());
  ExpectThrew(w);
}

CTX_TEST(Throw, LeavesNoResult) {
  World w;
  ctx_signature *signature = nullptr;
  ASSERT_EQ(CTX_OK, ctx_signature_create(&signature, &ctx_type_i32, nullptr, 0, CTX_NOT_VARIADIC));
  Init(&w, Throw);
  EXPECT_EQ(CTX_STATE_FRESH, ctx_state(&w.child));
  try {
    external_swap(&w.host, &w.child);
  } catch (const std::runtime_error &) {
  }
  int result = 1;
  EXPECT_EQ(CTX_ERR_NOT_RETURNED, ctx_retval_get(&w.child, signature, &result));
  ctx_clear_retvals(&w.child);
  EXPECT_EQ(CTX_ERR_ENDED, ctx_cancel(&w.host, &w.child));
  ExpectThrew(w);
  ctx_signature_destroy(signature);
}

int Return(World *w) { return static_cast<int>(w->order.size()) + 7; }

CTX_TEST(Throw, TheFlagDoesNotMatterToWhoReturns) {
  World w;
  ctx_options options = {};
  options.flags = CTX_FLAG_THROW_TO_PARENT | CTX_FLAG_NO_SIGNAL_MASK | CTX_FLAG_FP_INHERIT;
  ASSERT_EQ(CTX_OK, ctx_init_inline(&w.child, stack, kStackSize, &options, CTX_CALL(Return, &w)));
  ctx_swap(&w.host, &w.child);
  EXPECT_EQ(CTX_STATE_RETURNED, ctx_state(&w.child));
  EXPECT_EQ(7, ctx_retval_i32(&w.child));
}

void ThrowNumber() { throw 7; }

// Init makes no system call, and is inlined.
CTX_TEST(Throw, EveryInitTakesTheFlag) {
  for (uint32_t flags : {UINT32_C(0), CTX_FLAG_NO_SIGNAL_MASK, CTX_FLAG_FP_SAVE}) {
    World w;
    ctx_options options = {};
    options.flags = CTX_FLAG_THROW_TO_PARENT | flags;
    for (bool is_inline : {false, true}) {
      ASSERT_EQ(CTX_OK, is_inline ? ctx_init_inline(&w.child, stack, kStackSize, &options,
                                                    CTX_ENTRY(ThrowNumber), CTX_NO_ARGS)
                                  : ctx_init_with_options(&w.child, stack, kStackSize, &options,
                                                          CTX_ENTRY(ThrowNumber), CTX_NO_ARGS));
      int caught = 0;
      try {
        external_swap(&w.host, &w.child);
      } catch (int number) {
        caught = number;
      }
      EXPECT_EQ(7, caught);
      ExpectThrew(w);
    }
  }
}

/* ---- A call through a signature ---- */

struct Big {
  double numbers[4];
};
Big Divide(Big a, double b, long c0, long c1, long c2, long c3, long c4, long c5, long c6) {
  if (b == 0.0) throw std::domain_error("by 0");
  a.numbers[3] /= b + static_cast<double>(c0 + c1 + c2 + c3 + c4 + c5 + c6);
  return a;
}

// Arguments and the result are in memory.
CTX_TEST(Throw, ACallThroughASignatureThrowsToItsCaller) {
  CTX_STRUCT(big, Big, CTX_MEMBER_ARRAY(Big, numbers, ctx_type_f64));
  const ctx_type *const types[] = {&big,          &ctx_type_f64, &ctx_type_i64,
                                   &ctx_type_i64, &ctx_type_i64, &ctx_type_i64,
                                   &ctx_type_i64, &ctx_type_i64, &ctx_type_i64};
  ctx_signature *signature = nullptr;
  ASSERT_EQ(CTX_OK, ctx_signature_create(&signature, &big, types, 9, CTX_NOT_VARIADIC));
  ctx_options options = {};
  options.flags = CTX_FLAG_THROW_TO_PARENT;
  for (double by : {2.0, 0.0, 4.0}) {
    World w;
    const Big a = {{1, 2, 3, 8}};
    const int64_t zero = 0;
    const void *const values[] = {&a, &by, &zero, &zero, &zero, &zero, &zero, &zero, &zero};
    ASSERT_EQ(CTX_OK, ctx_init_signature(&w.child, stack, kStackSize, &options, CTX_ENTRY(Divide),
                                         signature, values));
    try {
      external_swap(&w.host, &w.child);
      Big result;
      EXPECT_EQ(CTX_OK, ctx_retval_get(&w.child, signature, &result));
      EXPECT_F64_EQ(8 / by, result.numbers[3]);
    } catch (const std::domain_error &error) {
      w.order += error.what();
    }
    EXPECT_STREQ(by == 0.0 ? "by 0" : "", w.order.c_str());
  }
  ctx_signature_destroy(signature);
}

/* ---- Through several contexts ---- */

// The child resumes another one, which throws. What it does with that is up to `Handle`.
template <void (*Handle)(World *)>
void RunOther(World *w) {
  ctx_options options = {};
  options.flags = CTX_FLAG_THROW_TO_PARENT;
  ASSERT_EQ(CTX_OK, ctx_init_with_options(&w->other, other_stack, kStackSize, &options,
                                          CTX_ENTRY(Throw), CTX_ARGS(w)));
  Handle(w);
}

void LetThrough(World *w) {
  Cleanup cleanup{w, 'c'};
  external_swap(&w->child, &w->other);
}
void CatchAndThrowOn(World *w) {
  try {
    external_swap(&w->child, &w->other);
  } catch (...) {
    w->order += 'c';
    throw;
  }
}
void ThrowByPointer(World *w) {
  std::exception_ptr caught;
  try {
    external_swap(&w->child, &w->other);
  } catch (...) {
    caught = std::current_exception();
  }
  w->order += 'c';
  std::rethrow_exception(caught);
}
void ThrowAnother(World *w) {
  try {
    external_swap(&w->child, &w->other);
  } catch (const std::runtime_error &) {
    w->order += 'c';
    throw std::runtime_error("!");
  }
}
void ThrowNested(World *w) {
  try {
    external_swap(&w->child, &w->other);
  } catch (const std::runtime_error &error) {
    w->order += 'c';
    std::throw_with_nested(std::runtime_error(error.what()));
  }
}

CTX_TEST(Throw, GoesThroughSeveralContexts) {
  void (*const entries[])(World *) = {RunOther<LetThrough>, RunOther<CatchAndThrowOn>,
                                      RunOther<ThrowByPointer>, RunOther<ThrowAnother>,
                                      RunOther<ThrowNested>};
  for (auto *entry : entries) {
    World w;
    Init(&w, entry);
    try {
      external_swap(&w.host, &w.child);
    } catch (const std::runtime_error &error) {
      w.order += error.what();
    }
    EXPECT_STREQ("321cb!", w.order.c_str());
    ExpectThrew(w);
    EXPECT_EQ(CTX_STATE_THREW, ctx_state(&w.other));
  }
}

// A context handles one exception while another context throws to it.
CTX_TEST(Throw, ReachesAHandler) {
  World w;
  Init(&w, Throw);
  try {
    throw std::logic_error("outer");
  } catch (const std::logic_error &) {
    try {
      external_swap(&w.host, &w.child);
    } catch (const std::runtime_error &error) {
      w.order += error.what();
    }
    try {
      throw;
    } catch (const std::logic_error &error) {
      w.order += error.what();
    }
  }
  EXPECT_STREQ("321b!outer", w.order.c_str());
  ExpectThrew(w);
}

/* ---- Before and after the entry ---- */

void ThrowOnTop(void *world) { Throw(static_cast<World *>(world)); }

CTX_TEST(Throw, TakesWhatLeavesAnActivationCallback) {
  World w;
  ctx_options options = Options(&w);
  options.activation = ThrowOnTop;
  options.activation_data = &w;
  ASSERT_EQ(CTX_OK, ctx_init_with_options(&w.child, stack, kStackSize, &options, CTX_ENTRY(Return),
                                          CTX_ARGS(&w)));
  try {
    external_swap(&w.host, &w.child);
  } catch (const std::runtime_error &error) {
    w.order += error.what();
  }
  EXPECT_STREQ("321b!", w.order.c_str());
  ExpectThrew(w);
}

// On top of a fresh context, and of one that waits.
CTX_TEST(Throw, TakesWhatLeavesAFunctionOnTop) {
  for (bool is_fresh : {true, false}) {
    World w;
    Init(&w, WaitAndThrow);
    if (!is_fresh) external_swap(&w.host, &w.child);
    try {
      ctx_swap_with(&w.host, &w.child, ThrowOnTop, &w);
    } catch (const std::runtime_error &error) {
      w.order += error.what();
    }
    EXPECT_STREQ("321b!", w.order.c_str());
    ExpectThrew(w);
  }
}

// The callback leaves, and comes back from elsewhere: the exception goes where the parent waits
// then, on that thread. The first has caught its own, meanwhile.
struct Mover : World {
  static void Leave(void *world) {
    Mover *w = static_cast<Mover *>(world);
    w->order += '<';
    ctx_yield(&w->child);
    w->order += '>';
  }
  static void *GoOn(void *world) {
    Mover *w = static_cast<Mover *>(world);
    ctx_context host = {};
    try {
      external_swap(&host, &w->child);
    } catch (const std::runtime_error &error) {
      w->order += error.what();
    }
    EXPECT_EQ(0, std::uncaught_exceptions());
    return nullptr;
  }
};

CTX_TEST(Throw, GoesToWhoeverIsTheParentAfterTheCallback) {
  Mover w;
  ctx_options options = Options(&w);
  options.backstop = Mover::Leave;
  ASSERT_EQ(CTX_OK, ctx_init_with_options(&w.child, stack, kStackSize, &options, CTX_ENTRY(Throw),
                                          CTX_ARGS(&w)));
  try {
    external_swap(&w.host, &w.child);
    EXPECT_EQ(0, std::uncaught_exceptions());
    w.order += '-';
  } catch (const std::runtime_error &) {
    w.order += 'x';
  }
  pthread_t thread;
  ASSERT_EQ(0, pthread_create(&thread, nullptr, Mover::GoOn, static_cast<World *>(&w)));
  ASSERT_EQ(0, pthread_join(thread, nullptr));
  EXPECT_STREQ("321<->!", w.order.c_str());
  ExpectThrew(w);
}

/* ---- What the parent has ---- */

volatile uint64_t values[6] = {11, 12, 13, 14, 15, 16};

__attribute__((noinline)) uint64_t CatchWithValues(World *w) {
  uint64_t a = values[0], b = values[1], c = values[2];
  uint64_t d = values[3], e = values[4], f = values[5];
  try {
    external_swap(&w->host, &w->child);
  } catch (const std::runtime_error &) {
    EXPECT_EQ(11, a);
    EXPECT_EQ(12, b);
    EXPECT_EQ(13, c);
    EXPECT_EQ(14, d);
    EXPECT_EQ(15, e);
    EXPECT_EQ(16, f);
  }
  return a + b + c + d + e + f;
}

CTX_TEST(Throw, TheParentHasItsRegisters) {
  World w;
  Init(&w, Throw);
  EXPECT_EQ(81, CatchWithValues(&w));
}

void RoundUpAndThrow(World *w) {
  fesetround(FE_UPWARD);
  Throw(w);
}

CTX_TEST(Throw, TheParentHasItsFloatingPointControl) {
  World w;
  ctx_options options = Options(&w);
  options.flags |= CTX_FLAG_FP_SAVE;
  ASSERT_EQ(CTX_OK, ctx_init_with_options(&w.child, stack, kStackSize, &options,
                                          CTX_ENTRY(RoundUpAndThrow), CTX_ARGS(&w)));
  try {
    external_swap(&w.host, &w.child);
  } catch (const std::runtime_error &) {
    EXPECT_EQ(FE_TONEAREST, fegetround());
  }
  EXPECT_EQ(FE_TONEAREST, fegetround());
  ExpectThrew(w);
}

/* ---- Other unwinding ---- */

CTX_TEST(Throw, ACancellationEndsTheContextAsWithoutTheFlag) {
  World w;
  ctx_options options = {};
  options.flags = CTX_FLAG_THROW_TO_PARENT;
  ASSERT_EQ(CTX_OK, ctx_init_with_options(&w.child, stack, kStackSize, &options,
                                          CTX_ENTRY(WaitAndThrow), CTX_ARGS(&w)));
  ctx_swap(&w.host, &w.child);
  EXPECT_EQ(CTX_OK, ctx_cancel(&w.host, &w.child));
  EXPECT_EQ(CTX_STATE_CANCELLED, ctx_state(&w.child));
  EXPECT_STREQ("", w.order.c_str());
}

// One that C++ has not thrown.
_Unwind_Exception foreign;
void RaiseForeign(World *w) {
  foreign.exception_class = 0x5445535400000000;
  _Unwind_RaiseException(&foreign);
  w->order += 'x';
}

CTX_TEST(Throw, ExceptionsOfOtherLanguagesAreAlike) {
  World w;
  Init(&w, RaiseForeign);
  try {
    external_swap(&w.host, &w.child);
  } catch (...) {
    w.order += "foreign";
  }
  EXPECT_STREQ("bforeign", w.order.c_str());
  ExpectThrew(w);
}

// Whoever raises it learns that nobody catches it.
CTX_TEST(Throw, ExceptionsOfOtherLanguagesMayBeUncaught) {
  World w;
  ctx_options options = {};
  options.flags = CTX_FLAG_THROW_TO_PARENT;
  ctx_context unflagged;
  struct Between {
    static void Run(World *of, ctx_context *self) { external_swap(self, &of->child); }
  };
  ASSERT_EQ(CTX_OK, ctx_init(&unflagged, other_stack, kStackSize, CTX_ENTRY(Between::Run),
                             CTX_ARGS(&w, &unflagged)));
  ASSERT_EQ(CTX_OK, ctx_init_with_options(&w.child, stack, kStackSize, &options,
                                          CTX_ENTRY(RaiseForeign), CTX_ARGS(&w)));
  try {
    external_swap(&w.host, &unflagged);
  } catch (...) {
    w.order += 'c';
  }
  EXPECT_STREQ("x", w.order.c_str());
  EXPECT_EQ(CTX_STATE_RETURNED, ctx_state(&w.child));
  EXPECT_EQ(CTX_STATE_RETURNED, ctx_state(&unflagged));
}

/* ---- Uncaught ---- */

// Says which cleanups have run.
World *dying;
[[noreturn]] void SayTerminate() {
  std::string text = "terminated after " + dying->order;
  try {
    if (std::current_exception() != nullptr) throw;
  } catch (const std::runtime_error &error) {
    text += error.what();
  } catch (...) {
  }
  text += '\n';
  if (write(STDERR_FILENO, text.data(), text.size()) < 0) _exit(2);
  std::abort();
}

struct DyingWorld : World {
  DyingWorld() {
    dying = this;
    std::set_terminate(SayTerminate);
  }
};

void NobodyCatches() {
  DyingWorld w;
  Init(&w, Throw);
  external_swap(&w.host, &w.child);
}

void SwapAndCatch(World *w) {
  try {
    external_swap(&w->host, &w->child);
  } catch (...) {
    w->order += 'c';
  }
}

// Its own parent throws to nobody.
void AnUnflaggedContextIsBetween() {
  DyingWorld w;
  if (ctx_init(&w.child, stack, kStackSize, CTX_ENTRY(RunOther<LetThrough>), CTX_ARGS(&w)) ==
      CTX_OK)
    SwapAndCatch(&w);
}

template <typename R>
void RunAndCatch(World *w, ctx_callback backstop, R (*entry)(World *)) {
  ctx_options options = Options(w);
  options.backstop = backstop;
  if (ctx_init_with_options(&w->child, stack, kStackSize, &options, CTX_ENTRY(entry),
                            CTX_ARGS(w)) == CTX_OK)
    SwapAndCatch(w);
}

// When it comes to that, the parent has left the block that catches.
void TheParentGoesOn() {
  DyingWorld w;
  RunAndCatch(
      &w, [](void *world) { ctx_yield(&static_cast<World *>(world)->child); }, Throw);
  external_swap(&w.host, &w.child);
}

void TheBackstopThrows() {
  DyingWorld w;
  RunAndCatch(&w, ThrowOnTop, Return);
}

void TheBackstopThrowsToo() {
  DyingWorld w;
  RunAndCatch(
      &w, ThrowOnTop, +[](World *) { throw 7; });
}

#ifndef CTX_CHECKED
// Somebody else has resumed it, so it does not wait.
void TheParentDoesNotWait() {
  DyingWorld w;
  Init(&w, WaitAndThrow);
  external_swap(&w.host, &w.child);
  ctx_set(&w.child);
}
#endif

// The test's own harness catches exceptions. From here none gets there.
CTX_STACK(last_stack, kStackSize);
void RunWhereNobodyCatches(void (*function)()) {
  ctx_context host = {};
  ctx_context last;
  if (CTX_START(&last, last_stack, kStackSize, *function) == CTX_OK) ctx_swap(&host, &last);
}

CTX_TEST(Throw, TerminatesWithTheThrowersFramesIfNobodyCatches) {
  CTX_EXPECT_DEATH(RunWhereNobodyCatches(NobodyCatches), "terminated after !");
  CTX_EXPECT_DEATH(RunWhereNobodyCatches(AnUnflaggedContextIsBetween), "terminated after !");
  CTX_EXPECT_DEATH(RunWhereNobodyCatches(TheBackstopThrows), "terminated after !");
  CTX_EXPECT_DEATH(RunWhereNobodyCatches(TheBackstopThrowsToo), "terminated after !");
#ifndef CTX_CHECKED
  CTX_EXPECT_DEATH(RunWhereNobodyCatches(TheParentDoesNotWait), "terminated after !");
#endif
}

CTX_TEST(Throw, TerminatesIfNobodyCatchesAnyMore) {
  CTX_EXPECT_DEATH(RunWhereNobodyCatches(TheParentGoesOn), "terminated after 321!");
}

}  // namespace
