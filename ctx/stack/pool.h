/* A pool of stacks, for pool.c and pool_stats.c. */
#ifndef CTX_STACK_POOL_H_
#define CTX_STACK_POOL_H_

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ctx/stack.h"

/* A pool is one mapping, low addresses on the left. A slot is a guard and a stack:
 *
 *     | ctx_stack_pool, lists | guard | stack     .| guard | stack    .. | guard | stack
 *                             ^slots  ^base        ^       ^base      ^ base + size
 *                                                                      (the colour is above)
 *
 * The guard of slot 0 also keeps the pool itself from the stacks. */

/* ctx_stack_slot is the pool's own record of a slot. It is not in the stack, since users may
 * overwrite that, and a free stack should need no memory. */
struct ctx_stack_slot {
  /* CTX_STACK_LINK_TAKEN, or the link of the next slot in its list. */
  _Atomic uint32_t link;
  /* Whoever has the slot reads and writes these. The kernel is asked what memory the stack has once
   * in so many gives; 0: not yet, since it was fresh or trimmed. */
  uint16_t interval;
  uint16_t num_unasked; /* gives that come before the next question */
};

struct ctx_stack_pool {
  /* Written by create. */
  char *slots;
  size_t slot_size;   /* bytes */
  size_t guard_size;  /* bytes, the lowest of a slot */
  size_t unkept_size; /* bytes, the lowest of a stack; whole pages; 0: all is kept */
  size_t map_size;    /* bytes, from this structure up */
  uint32_t capacity;
  bool has_huge_pages;
  bool knows_residency; /* the kernel says which pages have memory, and it says so of no others */

  /* The stacks that are free, as a linked list. The lower half is the link of the first one. The
   * upper half is a number that every change increments. By it a thread sees that the list has
   * changed, even if the first stack is again what it was. The number has 32 bits: a thread that is
   * stopped between its load and its exchange sees no change if others have made exactly a multiple
   * of 2^32 by then, which takes them minutes. */
  _Alignas(64) _Atomic uint64_t free_list;

  /* The stacks that are free, and were trimmed since they were given back: a list like the other.
   * They are taken when the other list is empty. */
  _Alignas(64) _Atomic uint64_t trimmed_list;

  /* Slots below num_created have been taken once; those below num_guarded have a guard. */
  _Alignas(64) _Atomic uint32_t num_created;
  _Atomic uint32_t num_guarded;
  /* Slots from here on have guards that split the mapping; `capacity`: none. */
  _Atomic uint32_t first_split;

  _Alignas(64) struct ctx_stack_slot lists[];
};

/* The link of a slot is its number + 1; 0 ends the list, as zeroed memory does. */
#define CTX_STACK_LINK_NONE UINT32_C(0)
#define CTX_STACK_LINK_TAKEN UINT32_MAX
#define CTX_STACK_POOL_MAX_CAPACITY (UINT32_MAX - 1)

#endif /* CTX_STACK_POOL_H_ */
