/* A kernel may refuse a process something. */
#ifndef CTX_TESTING_SIGNALS_CONFINE_H_
#define CTX_TESTING_SIGNALS_CONFINE_H_

#include "testing/harness/harness.h"

/* confine_run calls `body` in a process of its own, which the kernel answers with EPERM where it
 * would read or set a signal mask. It returns the wait status: 0 if no expectation failed there. If
 * that cannot be had it returns CONFINE_IMPOSSIBLE. */
int confine_run(void (*body)(void));
#define CONFINE_IMPOSSIBLE (-2)

#define EXPECT_CONFINED(body)                                       \
  do {                                                              \
    int confined_status = confine_run(body);                        \
    if (confined_status == CONFINE_IMPOSSIBLE) {                    \
      CTX_SKIP("this kernel or container refuses seccomp filters"); \
    }                                                               \
    EXPECT_EQ(0, confined_status);                                  \
  } while (0)

#endif /* CTX_TESTING_SIGNALS_CONFINE_H_ */
