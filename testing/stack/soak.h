/* Cycles of a stack's life, by several threads on one pool: taken, used by a context that ends, is
 * abandoned, or overflows and is recovered from, and given back. */
#ifndef CTX_TESTING_STACK_SOAK_H_
#define CTX_TESTING_STACK_SOAK_H_

#include <stdbool.h>
#include <stddef.h>

struct soak_plan {
  size_t num_threads;
  size_t num_cycles;   /* of all threads together */
  size_t num_warm_up;  /* of these, before resources are measured first */
  size_t overflow_one; /* in so many cycles one overflows, one is abandoned, others end */
};

struct soak_counts {
  size_t num_ended;
  size_t num_abandoned;
  size_t num_overflowed;
  size_t num_wrong; /* takes, inits and faults that were not as they should have been */
};

/* The resources that the process holds. */
struct soak_use {
  size_t num_mappings;
  size_t num_descriptors;
  size_t resident_size; /* bytes */
};

/* soak runs the plan. These resources are measured when the threads, which live all along, have
 * warmed up, and when they have done all their cycles, while they are at rest. */
struct soak_counts soak(const struct soak_plan *plan, struct soak_use *before,
                        struct soak_use *after);

/* Returns whether more is held than before, beyond what allocators keep in hand: 16 mappings and 4
 * MiB. TSan itself keeps what the last threads did, 400 MiB in 512 mappings at most, and 300 bytes
 * of each thread that there ever was: of each context that did not end, that is. */
bool soak_has_grown(const struct soak_counts *counts, const struct soak_use *before,
                    const struct soak_use *after);

#endif /* CTX_TESTING_STACK_SOAK_H_ */
