// A step of a coroutine and of a generator of ctx/ctx.hpp, beside two swaps, in loops that switch
// at one place.
#include "ctx/ctx.hpp"

extern "C" {
#include "testing/bench/switch_cases.h"
}

static uint64_t laps;

uint64_t bench_ctx_coroutine_one(uint64_t num_switches) {
  static auto *endless = new ctx::coroutine([](ctx::self &self) {
    for (;;) {
      laps++;
      self.yield();
    }
  });
  const uint64_t laps_before = laps;
  for (uint64_t n = num_switches / 2; n > 0; n--)
    endless->resume();
  return (laps - laps_before) * 2;
}

uint64_t bench_ctx_generator_one(uint64_t num_switches) {
  static auto *endless = new ctx::generator<uint64_t>([](auto &yield) {
    for (uint64_t i = 0;; i++)
      yield(i);
  });
  auto at = endless->begin();
  const uint64_t before = *at;
  for (uint64_t n = num_switches / 2; n > 0; n--)
    at++;
  return (*at - before) * 2;
}
