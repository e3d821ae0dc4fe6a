/* The tests of the conditions that headers list under REQUIRES: one for each name there. */
#ifndef CTX_TESTING_WATCH_REQUIRES_H_
#define CTX_TESTING_WATCH_REQUIRES_H_

#include <stddef.h>

#include "testing/harness/harness.h"

/* X(name, test): the checked build stops where the condition of this name is broken. */
#define REQUIRES_TESTS(X)                              \
  X("swap-to", requires_swap_to)                       \
  X("swap-to-stack", requires_swap_to_stack)           \
  X("swap-from", requires_swap_from)                   \
  X("swap-place", requires_swap_place)                 \
  X("swap-fp", requires_swap_fp)                       \
  X("swap-return", requires_swap_return)               \
  X("swap-with-function", requires_swap_with_function) \
  X("swap-with-room", requires_swap_with_room)         \
  X("yield-self", requires_yield_self)                 \
  X("yield-parent", requires_yield_parent)             \
  X("set-to", requires_set_to)                         \
  X("set-stack", requires_set_stack)                   \
  X("set-parent", requires_set_parent)                 \
  X("signal-thread", requires_signal_thread)           \
  X("init-idle", requires_init_idle)                   \
  X("init-stack", requires_init_stack)                 \
  X("init-apart", requires_init_apart)                 \
  X("destroy-created", requires_destroy_created)       \
  X("destroy-idle", requires_destroy_idle)             \
  X("retval-index", requires_retval_index)             \
  X("retval-idle", requires_retval_idle)               \
  X("unmap-mapped", requires_unmap_mapped)             \
  X("unmap-idle", requires_unmap_idle)                 \
  X("unmap-left", requires_unmap_left)                 \
  X("high-water-mapped", requires_high_water)          \
  X("pool-lives", requires_pool_lives)                 \
  X("pool-idle", requires_pool_idle)                   \
  X("pool-left", requires_pool_left)                   \
  X("give-taken", requires_give_taken)                 \
  X("give-idle", requires_give_idle)                   \
  X("give-left", requires_give_left)                   \
  X("remove-own", requires_remove_own)                 \
  X("remove-last", requires_remove_last)               \
  X("arm-fresh", requires_arm_fresh)                   \
  X("terminator-swap", requires_terminator_swap)       \
  X("terminator-leave", requires_terminator_leave)     \
  X("host-call-pairs", requires_host_call_pairs)

#define REQUIRES_DECLARE_(name, test) void test(void);
REQUIRES_TESTS(REQUIRES_DECLARE_)

/* X(name, why): the condition cannot be seen by any build. */
#define REQUIRES_UNSEEN(X)                                                                         \
  X("swap-vectors", "it is about what a compiler keeps in registers")                              \
  X("redirect-return", "a handler that never returns is like one that has not returned yet")       \
  X("swap-parent", "memory that is gone cannot be looked at")                                      \
  X("init-fit", "an address does not say which parameters its function has")                       \
  X("retval-there", "whoever writes to memory leaves no trace")                                    \
  X("pool-unused", "a thread that is about to use a pool is not in it yet; sanitizers see a race") \
  X("type-unused", "a type does not know which others have it; AddressSanitizer sees its memory")  \
  X("signature-unused", "a signature has no state; AddressSanitizer sees its memory")              \
  X("prefetch-to", "a prefetch of anything never faults, and the function is inlined")             \
  X("arm-ended", "a guest that is dropped is like one that nothing has resumed yet")               \
  X("arm-signal", "what becomes of a signal is known when it comes, and it need not come")

/* The scenario must stop with this line. The scenario runs in a process of its own. */
#define EXPECT_STOPS(scenario, line)  \
  do {                                \
    requires_num_stops++;             \
    CTX_EXPECT_DEATH(scenario, line); \
  } while (0)
extern size_t requires_num_stops;

/* "ctx: FUNCTION: NOUN ADDRESS FAULT" */
const char *requires_line(const char *function, const char *noun, const void *address,
                          const char *fault);

#endif /* CTX_TESTING_WATCH_REQUIRES_H_ */
