// Coroutines of ctx/ctx.hpp: what they take and give back, exceptions, and their end in each state.
#include "ctx/ctx.hpp"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "testing/harness/harness.h"

namespace {

struct Noted {
  std::string *order;
  char letter;
  ~Noted() { *order += letter; }
};

/* ---- Arguments and results ---- */

int Add(int a, double b) noexcept { return a + static_cast<int>(b); }

CTX_TEST(Coroutine, CallsAnyCallable) {
  ctx::coroutine of_function(Add, 1, 2);
  EXPECT_FALSE(of_function.done());
  EXPECT_FALSE(of_function.resume());
  EXPECT_TRUE(of_function.done());
  EXPECT_EQ(3, of_function.result());

  int captured = 5;
  ctx::coroutine of_lambda(
      [&captured, text = std::string("abc")](ctx::self &self, int more) {
        self.yield();
        captured += more;
        self.yield();
        return text + std::to_string(captured);
      },
      2);
  EXPECT_TRUE(of_lambda.resume());
  EXPECT_EQ(5, captured);
  EXPECT_TRUE(of_lambda.resume());
  EXPECT_EQ(7, captured);
  EXPECT_FALSE(of_lambda.resume());
  EXPECT_FALSE(of_lambda.resume());
  EXPECT_STREQ("abc7", of_lambda.result().c_str());
}

CTX_TEST(Coroutine, MovesAndRefersToArguments) {
  int referred = 0;
  ctx::coroutine moves(
      [](ctx::self &self, std::unique_ptr<int> owned, int &to) {
        self.yield();
        to = *owned;
        return owned;
      },
      std::make_unique<int>(42), std::ref(referred));
  EXPECT_TRUE(moves.resume());
  EXPECT_FALSE(moves.resume());
  EXPECT_EQ(42, referred);
  EXPECT_EQ(42, *moves.result());

  ctx::coroutine<int &> refers([&referred]() -> int & { return referred; });
  refers.resume();
  EXPECT_TRUE(&refers.result() == &referred);
}

struct Object {
  int Twice(int a) const { return 2 * a; }
};

CTX_TEST(Coroutine, CallsMembersAndFunctionObjects) {
  ctx::coroutine of_member(&Object::Twice, Object(), 21);
  of_member.resume();
  EXPECT_EQ(42, of_member.result());
  ctx::coroutine of_object(std::plus<int>(), 1, 2);
  of_object.resume();
  EXPECT_EQ(3, of_object.result());
}

/* ---- Stacks ---- */

CTX_STACK(own_stack, 65536);

CTX_TEST(Coroutine, RunsOnAStackOfAPoolOrOnAGivenOne) {
  ctx::stack_pool pool(65536, 2);
  for (int i = 0; i < 5; i++) {
    ctx::coroutine first(pool.take(), [](ctx::self &self) { self.yield(); });
    ctx::coroutine second(pool.take(), [] { return 1; });
    EXPECT_TRUE(first.resume());
    second.resume();
    EXPECT_EQ(1, second.result());
    ctx_stack third;
    EXPECT_EQ(CTX_ERR_POOL_EXHAUSTED, ctx_stack_pool_take(pool.get(), &third));
  }
  ctx::coroutine on_own(ctx::stack(own_stack, sizeof own_stack), [] {
    // By the frame: AddressSanitizer may have locals elsewhere.
    const char *here = static_cast<const char *>(__builtin_frame_address(0));
    EXPECT_TRUE(here >= own_stack && here < own_stack + sizeof own_stack);
  });
  on_own.resume();
  EXPECT_TRUE(on_own.done());
  on_own.result();
}

// Too small for the coroutine's own part, and then for a call besides.
CTX_TEST(Coroutine, NeedsAStackOfSomeSize) {
  size_t size = 64;
  for (bool is_small = true; is_small; size += 16) {
    try {
      ctx::coroutine of_any(ctx::stack(own_stack, size), [] {});
      is_small = false;
    } catch (const ctx::error &error) {
      ASSERT_EQ(CTX_ERR_STACK_SMALL, error.status());
    }
  }
  EXPECT_TRUE(size > 2 * sizeof(ctx_context));
}

CTX_TEST(Coroutine, SaysWhatCannotBeMade) {
  ctx_status status = CTX_OK;
  try {
    ctx::coroutine small(ctx::stack(own_stack, 256), [] {});
  } catch (const ctx::error &error) {
    status = error.status();
    EXPECT_STREQ(ctx_status_message(CTX_ERR_STACK_SMALL), error.what());
  }
  EXPECT_EQ(CTX_ERR_STACK_SMALL, status);
  ctx::stack_pool pool(65536, 1);
  ctx::stack taken = pool.take();
  try {
    ctx::stack another = pool.take();
  } catch (const ctx::error &error) {
    status = error.status();
  }
  EXPECT_EQ(CTX_ERR_POOL_EXHAUSTED, status);
}

struct ThrowsWhenMoved {
  ThrowsWhenMoved() = default;
  ThrowsWhenMoved(const ThrowsWhenMoved &) { throw std::runtime_error("not moved"); }
};

CTX_TEST(Coroutine, GivesBackTheStackIfItCannotBeMade) {
  ctx::stack_pool pool(65536, 1);
  int num_thrown = 0;
  for (int i = 0; i < 3; i++) {
    try {
      const ThrowsWhenMoved argument;
      ctx::coroutine never(
          pool.take(), [](const ThrowsWhenMoved &) {}, argument);
    } catch (const std::runtime_error &) {
      num_thrown++;
    }
  }
  EXPECT_EQ(3, num_thrown);
}

/* ---- Exceptions ---- */

CTX_TEST(Coroutine, ThrowsInTheResumer) {
  std::string order;
  ctx::coroutine throws([&order](ctx::self &self) {
    Noted noted{&order, 'n'};
    self.yield();
    throw std::runtime_error("thrown");
  });
  EXPECT_TRUE(throws.resume());
  std::string what;
  try {
    throws.resume();
  } catch (const std::runtime_error &error) {
    what = error.what();
  }
  EXPECT_STREQ("thrown", what.c_str());
  EXPECT_STREQ("n", order.c_str());
  EXPECT_TRUE(throws.done());
  EXPECT_FALSE(throws.resume());
}

// Each side handles an exception of its own, and throws that on.
CTX_TEST(Coroutine, MayBeSuspendedInAHandler) {
  std::string order;
  ctx::coroutine handles([&order](ctx::self &self) {
    try {
      throw std::runtime_error("inner");
    } catch (...) {
      self.yield();
      try {
        throw;
      } catch (const std::runtime_error &error) {
        order += error.what();
      }
      self.yield();
    }
    order += std::current_exception() == nullptr ? "-" : "+";
  });
  try {
    throw std::logic_error("outer");
  } catch (...) {
    handles.resume();
    try {
      throw;
    } catch (const std::logic_error &error) {
      order += error.what();
    }
    handles.resume();
    try {
      throw;
    } catch (const std::logic_error &error) {
      order += error.what();
    }
    handles.resume();
  }
  EXPECT_STREQ("outerinnerouter-", order.c_str());
  EXPECT_TRUE(std::current_exception() == nullptr);
  EXPECT_EQ(0, std::uncaught_exceptions());
}

/* ---- Exceptions, from thread to thread ---- */

// Calls step() so often on one thread after another, which are there at the same time.
void OnThreadsInTurn(int num_steps, const std::function<void()> &step) {
  constexpr int kNumThreads = 3;
  std::mutex mutex;
  std::condition_variable changed;
  int turn = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < kNumThreads; i++) {
    threads.emplace_back([&, i] {
      std::unique_lock<std::mutex> lock(mutex);
      for (int mine = i; mine < num_steps; mine += kNumThreads) {
        changed.wait(lock, [&] { return turn == mine; });
        step();
        turn++;
        changed.notify_all();
      }
    });
  }
  for (std::thread &thread : threads)
    thread.join();
}

// Text of the exception that this thread handles; "-": none.
std::string Handled() {
  std::string text = "-";
  if (std::current_exception() == nullptr) return text;
  try {
    throw;
  } catch (const std::exception &error) {
    text = error.what();
  }
  return text;
}

// Each thread handles an exception of its own, or none, and the coroutine handles its own.
CTX_TEST(Coroutine, HandlesItsExceptionOnEachThread) {
  std::string order;
  ctx::coroutine handles([&order](ctx::self &self) {
    for (int i = 0; i < 3; i++) {
      order += Handled();
      try {
        throw std::runtime_error("c" + std::to_string(i));
      } catch (...) {
        for (int j = 0; j < 3; j++) {
          self.yield();
          order += Handled();
        }
      }
      self.yield();
    }
  });
  int num_steps = 0;
  OnThreadsInTurn(12, [&] {
    if (num_steps++ % 2 == 0) {
      try {
        throw std::logic_error("t");
      } catch (...) {
        handles.resume();
        EXPECT_STREQ("t", Handled().c_str());
      }
    } else {
      handles.resume();
    }
    EXPECT_STREQ("-", Handled().c_str());
    EXPECT_EQ(0, std::uncaught_exceptions());
  });
  EXPECT_STREQ("-c0c0c0-c1c1c1-c2c2c2", order.c_str());
}

// It is resumed while it, or the thread, unwinds.
struct Unwinding {
  const std::function<void()> &in_the_middle;
  ~Unwinding() { in_the_middle(); }
};
void Unwind(const std::function<void()> &in_the_middle) {
  try {
    const Unwinding unwinding{in_the_middle};
    throw std::runtime_error("unwinds");
  } catch (const std::runtime_error &) {
  }
}

CTX_TEST(Coroutine, CountsUncaughtExceptionsOnEachThread) {
  ctx::coroutine unwinds([](ctx::self &self) {
    for (int i = 0; i < 3; i++) {
      EXPECT_EQ(0, std::uncaught_exceptions());
      self.yield();
      Unwind([&self] {
        for (int j = 0; j < 3; j++) {
          EXPECT_EQ(1, std::uncaught_exceptions());
          self.yield();
        }
      });
    }
  });
  int num_steps = 0;
  OnThreadsInTurn(13, [&] {
    if (num_steps++ % 2 == 0) {
      Unwind([&unwinds] {
        unwinds.resume();
        EXPECT_EQ(1, std::uncaught_exceptions());
      });
    } else {
      unwinds.resume();
    }
    EXPECT_EQ(0, std::uncaught_exceptions());
  });
  EXPECT_TRUE(unwinds.done());
}

// A coroutine goes from thread to thread, and resumes another one on each. No compiler may take a
// thread's exceptions for the next one's.
CTX_TEST(Coroutine, ResumesAnotherOnEachThread) {
  std::string order;
  ctx::coroutine inner([&order](ctx::self &self) {
    for (int i = 0; i < 4; i++) {
      self.yield();
      try {
        throw std::runtime_error("i");
      } catch (...) {
        self.yield();
        order += Handled();
        self.yield();
        order += Handled();
      }
    }
  });
  ctx::coroutine outer([&](ctx::self &self) {
    while (inner.resume()) {
      order += Handled();
      self.yield();
    }
  });
  OnThreadsInTurn(13, [&] {
    outer.resume();
    EXPECT_STREQ("-", Handled().c_str());
  });
  EXPECT_TRUE(outer.done());
  EXPECT_STREQ("--i-i--i-i--i-i--i-i", order.c_str());
}

/* ---- The end in each state ---- */

struct Counted {
  explicit Counted(int *to) : num(to) { *num += 1; }
  Counted(const Counted &other) : num(other.num) { *num += 1; }
  ~Counted() { *num -= 1; }
  int *num;
};

CTX_TEST(Coroutine, IsDestroyedInEachState) {
  int num = 0;
  std::string order;
  const auto body = [&order](ctx::self &self, const Counted &) {
    Noted outer{&order, 'o'};
    for (int i = 0; i < 2; i++) {
      Noted inner{&order, 'i'};
      self.yield();
    }
  };
  for (int num_resumes = 0; num_resumes <= 3; num_resumes++) {
    ctx_test_note("%d", num_resumes);
    order.clear();
    {
      ctx::coroutine ends(body, Counted(&num));
      EXPECT_EQ(1, num);
      for (int i = 0; i < num_resumes; i++)
        ends.resume();
    }
    static const char *const orders[] = {"", "io", "iio", "iio"};
    EXPECT_STREQ(orders[num_resumes], order.c_str());
    EXPECT_EQ(0, num);
  }
}

CTX_TEST(Coroutine, IsDestroyedInAHandlerAndDuringUnwinding) {
  std::string order;
  const auto body = [&order](ctx::self &self) {
    Noted noted{&order, 'n'};
    self.yield();
  };
  try {
    ctx::coroutine by_unwinding(body);
    by_unwinding.resume();
    throw 1;
  } catch (int) {
    EXPECT_STREQ("n", order.c_str());
    ctx::coroutine in_handler(body);
    in_handler.resume();
  }
  EXPECT_STREQ("nn", order.c_str());
  EXPECT_EQ(0, std::uncaught_exceptions());
}

CTX_TEST(Coroutine, DestroysThoseThatItOwns) {
  std::string order;
  {
    ctx::coroutine outer([&order](ctx::self &self) {
      ctx::coroutine inner([&order](ctx::self &myself) {
        Noted noted{&order, 'i'};
        myself.yield();
      });
      inner.resume();
      Noted noted{&order, 'o'};
      self.yield();
    });
    outer.resume();
  }
  EXPECT_STREQ("oi", order.c_str());
}

CTX_TEST(Coroutine, IsMoved) {
  std::string order;
  ctx::coroutine first([&order](ctx::self &self) {
    Noted noted{&order, 'n'};
    self.yield();
    order += '1';
  });
  first.resume();
  ctx::coroutine second = std::move(first);
  EXPECT_FALSE(second.resume());
  EXPECT_STREQ("1n", order.c_str());
  ctx::coroutine third([] {});
  third = std::move(second);
  EXPECT_TRUE(third.done());
}

CTX_TEST(Coroutine, MayCatchItsCancellationAndEnd) {
  std::string order;
  {
    ctx::coroutine catches([&order](ctx::self &self) {
      try {
        self.yield();
      } catch (...) {
        order += 'c';
      }
      order += 'e';
    });
    catches.resume();
  }
  EXPECT_STREQ("ce", order.c_str());
}

void YieldWhileCancelled() {
  std::set_terminate([] {
    fputs("terminated\n", stderr);
    abort();
  });
  ctx::coroutine again([](ctx::self &self) {
    try {
      self.yield();
    } catch (...) {
    }
    self.yield();
  });
  again.resume();
}

CTX_TEST(Coroutine, MayNotYieldWhileItIsCancelled) {
  CTX_EXPECT_DEATH(YieldWhileCancelled(), "terminated");
}

}  // namespace
