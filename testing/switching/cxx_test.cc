// From C++: values, contexts in classes, exceptions, and the end of a thread in a child.
#include <pthread.h>

#include <cstdlib>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "ctx/ctx.h"
#include "ctx/inline.h"
#include "testing/harness/harness.h"
#include "testing/switching/forms.h"

#if defined(__SANITIZE_ADDRESS__)
#define UNDER_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define UNDER_ASAN 1
#endif
#endif

namespace {

constexpr size_t kStackSize = 65536;
CTX_STACK(stack, kStackSize);
CTX_STACK(other_stack, kStackSize);

// A generator: the state of a loop is on its own stack.
class Squares {
 public:
  explicit Squares(int limit) : limit_(limit) {
    status_ = ctx_init(&context_, stack, kStackSize, reinterpret_cast<ctx_entry>(&Squares::Run),
                       CTX_ARGS(this, 1.5));
  }
  ctx_status status() const { return status_; }
  bool Next(int *out) {
    ctx_swap(&host_, &context_);
    *out = value_;
    return !ctx_has_returned(&context_);
  }

 private:
  static void Run(Squares *self, double factor) {
    EXPECT_F64_EQ(1.5, factor);
    for (int i = 1; i <= self->limit_; i++) {
      self->value_ = i * i;
      if (i % 2 == 0) {
        ctx_swap(&self->context_, &self->host_);
      } else {
        ctx_swap_inline(&self->context_, &self->host_);
      }
    }
  }

  ctx_context host_ = {};
  ctx_context context_;
  ctx_status status_;
  int limit_;
  int value_ = 0;
};

CTX_TEST(Cxx, ContextsAreMembersOfClasses) {
  Squares squares(5);
  ASSERT_EQ(CTX_OK, squares.status());
  int value = 0;
  int sum = 0;
  while (squares.Next(&value))
    sum += value;
  EXPECT_EQ(55, sum);
}

enum class Colour : unsigned char { kRed = 200 };
double Mix(int i, double d, Colour c, const char *text, bool b, unsigned long long u) {
  EXPECT_STREQ("text", text);
  EXPECT_TRUE(b);
  EXPECT_EQ(200, static_cast<int>(c));
  return i + d + static_cast<double>(u);
}

CTX_TEST(Cxx, ArgumentsOfAnyTypeAndValues) {
  ctx_context host = {};
  ctx_context child;
  const ctx_value u = CTX_VALUE(1000ull);
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, kStackSize, reinterpret_cast<ctx_entry>(&Mix),
                             CTX_ARGS(-3, 0.25, Colour::kRed, "text", true, u)));
  ctx_swap(&host, &child);
  EXPECT_F64_EQ(997.25, ctx_retval_f64(&child));
}

CTX_TEST(Cxx, NoArguments) {
  ctx_context host = {};
  ctx_context child;
  int (*entry)() = [] { return 42; };
  ASSERT_EQ(CTX_OK,
            ctx_init(&child, stack, kStackSize, reinterpret_cast<ctx_entry>(entry), CTX_NO_ARGS));
  ctx_swap(&host, &child);
  EXPECT_EQ(42, ctx_retval_i32(&child));
}

struct World {
  ctx_context host = {};
  ctx_context child;
  ctx_context other;
  std::string seen;
  int num_destroyed = 0;
  const swap_form *form = nullptr;
};

struct Counted {
  explicit Counted(World *world) : w(world) {}
  ~Counted() { w->num_destroyed++; }
  World *w;
};

// The exception is thrown and caught within the child, below frames that are destroyed, with
// switches in between.
void ThrowDeep(World *w, int depth) {
  Counted counted(w);
  if (depth == 0) throw std::runtime_error("from the depth");
  ctx_swap(&w->child, &w->host);
  ThrowDeep(w, depth - 1);
}

void CatchInChild(World *w) {
  try {
    ThrowDeep(w, 3);
  } catch (const std::runtime_error &e) {
    w->seen = e.what();
  }
  ctx_swap(&w->child, &w->host);
  w->seen += "!";
}

CTX_TEST(Cxx, ExceptionIsThrownAndCaughtInAChild) {
  World w;
  ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, kStackSize,
                             reinterpret_cast<ctx_entry>(&CatchInChild), CTX_ARGS(&w)));
  for (int i = 0; i < 4; i++)
    ctx_swap(&w.host, &w.child);
  EXPECT_STREQ("from the depth", w.seen.c_str());
  EXPECT_EQ(4, w.num_destroyed);
  ctx_swap(&w.host, &w.child);
  EXPECT_STREQ("from the depth!", w.seen.c_str());
  EXPECT_TRUE(ctx_has_returned(&w.child));
}

// The host may have a handler on its own stack that does not concern the child's exception.
void ThrowOut(World *w) {
  Counted counted(w);
  throw std::runtime_error("leaves the entry");
}

[[noreturn]] void SayTerminate() {
  static const char text[] = "std::terminate was called\n";
  if (write(STDERR_FILENO, text, sizeof text - 1) < 0) _exit(2);
  std::abort();
}

void RunWithCatchInParent(World *w) {
  std::set_terminate(SayTerminate);
  try {
    ctx_swap(&w->host, &w->child);
  } catch (...) {
    _exit(0);  // caught by the parent: no death
  }
}

CTX_TEST(Cxx, ExceptionThatLeavesTheEntryTerminates) {
  World w;
  ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, kStackSize, reinterpret_cast<ctx_entry>(&ThrowOut),
                             CTX_ARGS(&w)));
  CTX_EXPECT_DEATH(RunWithCatchInParent(&w), "std::terminate was called");
}

void ThrowFromCallback(void *data) { ThrowOut(static_cast<World *>(data)); }
void DoNothing() {}

CTX_TEST(Cxx, ExceptionThatLeavesACallbackTerminates) {
  World w;
  ASSERT_EQ(CTX_OK, ctx_init_with_callback(&w.child, stack, kStackSize, ThrowFromCallback, &w,
                                           DoNothing, CTX_NO_ARGS));
  CTX_EXPECT_DEATH(RunWithCatchInParent(&w), "std::terminate was called");
  ctx_options options = {};
  options.activation = ThrowFromCallback;
  options.activation_data = &w;
  ASSERT_EQ(CTX_OK,
            ctx_init_with_options(&w.child, stack, kStackSize, &options, DoNothing, CTX_NO_ARGS));
  CTX_EXPECT_DEATH(RunWithCatchInParent(&w), "std::terminate was called");
}

// AddressSanitizer takes all frames that the end of a thread unwinds to be on the stack where it
// began.
#ifdef UNDER_ASAN
#define SKIP_UNLESS_THREADS_END_ANYWHERE \
  CTX_SKIP("AddressSanitizer cannot follow an unwinder to another stack")
#elif CTX_TEST_TSAN
#define SKIP_UNLESS_THREADS_END_ANYWHERE \
  CTX_SKIP("ThreadSanitizer stops a program of which a thread ends in a fiber")
#else
#define SKIP_UNLESS_THREADS_END_ANYWHERE \
  do {                                   \
  } while (0)
#endif

// In each form of the swap a thread that runs this, and ends in a child, unwinds so many frames.
void ExpectThreadToDestroy(int num_destroyed, void *(*run)(void *)) {
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("%s", form->name);
    World w;
    w.form = form;
    pthread_t thread;
    ASSERT_EQ(0, pthread_create(&thread, nullptr, run, &w));
    void *result = nullptr;
    ASSERT_EQ(0, pthread_join(thread, &result));
    EXPECT_EQ(&w, result);
    EXPECT_EQ(num_destroyed, w.num_destroyed);
  }
}

// The thread ends in a grandchild: all its frames are unwound, on all three stacks.
void ExitThread(World *w) {
  Counted counted(w);
  pthread_exit(w);
}
void RunGrandchild(World *w) {
  Counted counted(w);
  EXPECT_EQ(CTX_OK, ctx_init(&w->other, other_stack, kStackSize,
                             reinterpret_cast<ctx_entry>(&ExitThread), CTX_ARGS(w)));
  w->form->swap(&w->child, &w->other);
}
void *RunThread(void *data) {
  World *w = static_cast<World *>(data);
  Counted counted(w);
  EXPECT_EQ(CTX_OK, ctx_init(&w->child, stack, kStackSize,
                             reinterpret_cast<ctx_entry>(&RunGrandchild), CTX_ARGS(w)));
  w->form->swap(&w->host, &w->child);
  return nullptr;
}

CTX_TEST(Cxx, ThreadThatExitsInAChildUnwindsAllItsFrames) {
  SKIP_UNLESS_THREADS_END_ANYWHERE;
  ExpectThreadToDestroy(3, RunThread);
}

// Its end is not an exception that a parent throws, also if parents are to.
void *RunThreadThatThrowsToParents(void *data) {
  World *w = static_cast<World *>(data);
  Counted counted(w);
  ctx_options options = {};
  options.flags = CTX_FLAG_THROW_TO_PARENT;
  EXPECT_EQ(CTX_OK, ctx_init_with_options(&w->child, stack, kStackSize, &options,
                                          reinterpret_cast<ctx_entry>(&ExitThread), CTX_ARGS(w)));
  w->form->swap(&w->host, &w->child);
  return nullptr;
}

CTX_TEST(Cxx, ThreadThatExitsInAChildThatThrowsToItsParentUnwindsAllItsFrames) {
  SKIP_UNLESS_THREADS_END_ANYWHERE;
  ExpectThreadToDestroy(2, RunThreadThatThrowsToParents);
}

// The same below a hundred children, each resumed by the one before it.
constexpr size_t kNumNested = 100;
struct NestedWorld : World {
  std::vector<ctx_context> contexts{kNumNested};
  std::vector<ctx_stack> stacks{kNumNested};
};

void Nest(NestedWorld *w, size_t depth) {
  Counted counted(w);
  if (depth == kNumNested) pthread_exit(w);
  EXPECT_EQ(CTX_OK, ctx_init(&w->contexts[depth], w->stacks[depth].base, w->stacks[depth].size,
                             reinterpret_cast<ctx_entry>(&Nest), CTX_ARGS(w, depth + 1)));
  w->form->swap(depth == 0 ? &w->host : &w->contexts[depth - 1], &w->contexts[depth]);
}
void *RunNest(void *data) {
  NestedWorld *w = static_cast<NestedWorld *>(data);
  Nest(w, 0);
  return nullptr;
}

CTX_TEST(Cxx, ThreadThatExitsBelowAHundredChildrenUnwindsAllItsFrames) {
  SKIP_UNLESS_THREADS_END_ANYWHERE;
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("%s", form->name);
    NestedWorld w;
    w.form = form;
    for (ctx_stack &mapped : w.stacks)
      ASSERT_EQ(CTX_OK, ctx_stack_map(&mapped, kStackSize));
    pthread_t thread;
    ASSERT_EQ(0, pthread_create(&thread, nullptr, RunNest, &w));
    void *result = nullptr;
    ASSERT_EQ(0, pthread_join(thread, &result));
    EXPECT_EQ(&w, result);
    EXPECT_EQ(kNumNested + 1, w.num_destroyed);
    for (ctx_stack &mapped : w.stacks)
      ctx_stack_unmap(&mapped);
  }
}

// In a ring the partner waits, and the first does not wait for it. So the frames of these two are
// unwound, and the host's are not.
void ExitThreadInRing(World *w) {
  Counted counted(w);
  w->form->swap(&w->child, &w->other);
  pthread_exit(w);
}
void RunRingPartner(World *w) {
  Counted counted(w);
  w->form->swap(&w->other, &w->child);
}
void *RunRing(void *data) {
  World *w = static_cast<World *>(data);
  Counted counted(w);
  EXPECT_EQ(CTX_OK, ctx_init(&w->child, stack, kStackSize,
                             reinterpret_cast<ctx_entry>(&ExitThreadInRing), CTX_ARGS(w)));
  EXPECT_EQ(CTX_OK, ctx_init(&w->other, other_stack, kStackSize,
                             reinterpret_cast<ctx_entry>(&RunRingPartner), CTX_ARGS(w)));
  w->form->swap(&w->host, &w->child);
  return nullptr;
}

CTX_TEST(Cxx, ThreadThatExitsInARingUnwindsWhatWaits) {
  SKIP_UNLESS_THREADS_END_ANYWHERE;
  ExpectThreadToDestroy(2, RunRing);
}

// The frames of suspended contexts find what they keep in registers when they are unwound: as many
// values as there are callee-saved registers, in a frame of the host and in one of the child.
volatile uint64_t values[6] = {11, 12, 13, 14, 15, 16};

__attribute__((noinline)) void UnwindWithValues(World *w, ctx_context *from, ctx_context *to) {
  uint64_t a = values[0], b = values[1], c = values[2];
  uint64_t d = values[3], e = values[4], f = values[5];
  try {
    w->form->swap(from, to);
  } catch (...) {
    EXPECT_EQ(11, a);
    EXPECT_EQ(12, b);
    EXPECT_EQ(13, c);
    EXPECT_EQ(14, d);
    EXPECT_EQ(15, e);
    EXPECT_EQ(16, f);
    w->num_destroyed++;
    throw;
  }
}

void RunGrandchildWithValues(World *w) {
  EXPECT_EQ(CTX_OK, ctx_init(&w->other, other_stack, kStackSize,
                             reinterpret_cast<ctx_entry>(&ExitThread), CTX_ARGS(w)));
  UnwindWithValues(w, &w->child, &w->other);
}
void *RunThreadWithValues(void *data) {
  World *w = static_cast<World *>(data);
  EXPECT_EQ(CTX_OK, ctx_init(&w->child, stack, kStackSize,
                             reinterpret_cast<ctx_entry>(&RunGrandchildWithValues), CTX_ARGS(w)));
  UnwindWithValues(w, &w->host, &w->child);
  return nullptr;
}

CTX_TEST(Cxx, FramesThatAreUnwoundHaveTheirRegisters) {
  SKIP_UNLESS_THREADS_END_ANYWHERE;
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("%s", form->name);
    World w;
    w.form = form;
    pthread_t thread;
    ASSERT_EQ(0, pthread_create(&thread, nullptr, RunThreadWithValues, &w));
    ASSERT_EQ(0, pthread_join(thread, nullptr));
    EXPECT_EQ(3, w.num_destroyed);
  }
}

// Objects on a child's stack live as long as their frames.
void OwnObjects(World *w) {
  std::vector<std::string> texts(10, std::string(100, 'x'));
  std::unique_ptr<Counted> owned(new Counted(w));
  ctx_swap(&w->child, &w->host);
  for (const std::string &text : texts)
    w->seen += text[99];
}

CTX_TEST(Cxx, ObjectsOnAChildsStackAreDestroyedWhenItReturns) {
  World w;
  ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, kStackSize, reinterpret_cast<ctx_entry>(&OwnObjects),
                             CTX_ARGS(&w)));
  ctx_swap(&w.host, &w.child);
  EXPECT_EQ(0, w.num_destroyed);
  ctx_swap(&w.host, &w.child);
  EXPECT_EQ(1, w.num_destroyed);
  EXPECT_STREQ("xxxxxxxxxx", w.seen.c_str());
}

// The compiler knows that a call of an external function may throw.
void (*volatile external_swap)(ctx_context *, ctx_context *) = ctx_swap;
ctx_context *(*volatile external_yield)(ctx_context *) = ctx_yield;

struct Told {
  ctx_context host = {};
  ctx_context child;
  bool yields;
  std::string order;
};

struct Cleanup {
  Told *told;
  char letter;
  ~Cleanup() { told->order += letter; }
};

__attribute__((noinline)) void Leave(Told *told) {
  Cleanup cleanup{told, 'i'};
  if (told->yields) {
    external_yield(&told->child);
  } else {
    external_swap(&told->child, &told->host);
  }
  told->order += 'x';
}

void CatchWhatIsThrownOnTop(Told *told) {
  Cleanup cleanup{told, 'o'};
  try {
    Leave(told);
  } catch (const std::runtime_error &error) {
    told->order += error.what();
  }
}

void Throw(void *message) { throw std::runtime_error(static_cast<const char *>(message)); }

// It leaves, and comes back, before it throws.
void LeaveAndThrow(void *told) {
  Leave(static_cast<Told *>(told));
  throw std::runtime_error("late");
}

CTX_TEST(Cxx, WhatIsThrownOnTopIsThrownWhereTheContextLeft) {
  for (bool yields : {false, true}) {
    Told told;
    told.yields = yields;
    ASSERT_EQ(CTX_OK, ctx_init(&told.child, stack, kStackSize, CTX_ENTRY(CatchWhatIsThrownOnTop),
                               CTX_ARGS(&told)));
    ctx_swap(&told.host, &told.child);
    char message[] = "!";
    ctx_swap_with(&told.host, &told.child, Throw, message);
    EXPECT_TRUE(ctx_has_returned(&told.child));
    EXPECT_STREQ("i!o", told.order.c_str());
  }
}

CTX_TEST(Cxx, WhatIsThrownOnTopLateIsThrownThereToo) {
  Told told;
  told.yields = false;
  ASSERT_EQ(CTX_OK, ctx_init(&told.child, stack, kStackSize, CTX_ENTRY(CatchWhatIsThrownOnTop),
                             CTX_ARGS(&told)));
  ctx_swap(&told.host, &told.child);
  ctx_swap_with(&told.host, &told.child, LeaveAndThrow, &told);
  EXPECT_FALSE(ctx_has_returned(&told.child));
  ctx_swap(&told.host, &told.child);
  EXPECT_TRUE(ctx_has_returned(&told.child));
  EXPECT_STREQ("xiilateo", told.order.c_str());
}

}  // namespace
