/* The C library's swapcontext, which makes a system call for the signal mask. */
#include <stdlib.h>
#include <ucontext.h>

typedef ucontext_t child;

#define CHILD_INIT(c, stack, size, function) \
  do {                                       \
    if (getcontext(c) != 0) abort();         \
    (c)->uc_stack.ss_sp = (stack);           \
    (c)->uc_stack.ss_size = (size);          \
    makecontext(c, function, 0);             \
  } while (0)

#define COMPETITOR ucontext
#define SWAP(from, to) ((void)swapcontext(from, to))
#include "testing/bench/pair_competitor.inc"

#include "testing/bench/crowd_cases.inc"
#include "testing/bench/switch_cases.inc"
