#include "testing/bench/boost_stacks.h"

/* Where mprotect fails, Boost asserts; and in builds without assertions it gives a stack that has
 * no guard. Neither is wanted here: it has no more stacks then. */
#define BOOST_ENABLE_ASSERT_HANDLER

#include <boost/context/fixedsize_stack.hpp>
#include <boost/context/pooled_fixedsize_stack.hpp>
#include <boost/context/protected_fixedsize_stack.hpp>
#include <new>

namespace boost {

void assertion_failed(const char *, const char *, const char *, long) { throw std::bad_alloc(); }

}  // namespace boost

namespace {

using boost::context::stack_context;

boost::context::pooled_fixedsize_stack *pool;

stack_context allocate(bench_boost_kind kind) {
  switch (kind) {
    case BENCH_BOOST_FIXEDSIZE:
      return boost::context::fixedsize_stack(BENCH_BOOST_STACK_SIZE).allocate();
    case BENCH_BOOST_POOLED:
      if (pool == nullptr) {
        pool = new boost::context::pooled_fixedsize_stack(BENCH_BOOST_STACK_SIZE);
      }
      return pool->allocate();
    case BENCH_BOOST_PROTECTED:
      return boost::context::protected_fixedsize_stack(BENCH_BOOST_STACK_SIZE).allocate();
  }
  throw std::bad_alloc();
}

}  // namespace

bool bench_boost_stack_allocate(bench_boost_kind kind, bench_boost_stack *out) {
  try {
    stack_context stack = allocate(kind);
    *out = {stack.sp, stack.size};
    return true;
  } catch (const std::bad_alloc &) {
    return false;
  }
}

void bench_boost_stack_deallocate(bench_boost_kind kind, bench_boost_stack *stack) {
  stack_context given;
  given.sp = stack->end;
  given.size = stack->size;
  switch (kind) {
    case BENCH_BOOST_FIXEDSIZE:
      boost::context::fixedsize_stack(BENCH_BOOST_STACK_SIZE).deallocate(given);
      break;
    case BENCH_BOOST_POOLED:
      pool->deallocate(given);
      break;
    case BENCH_BOOST_PROTECTED:
      boost::context::protected_fixedsize_stack(BENCH_BOOST_STACK_SIZE).deallocate(given);
      break;
  }
}

void bench_boost_pool_drop(void) {
  delete pool;
  pool = nullptr;
}
