/* Memory as C11 allows it to be: a load that nothing orders may find an older value. No processor
 * here does what weaker ones do, so this is a model. Threads are contexts; at each access any
 * thread may go on, and any value may be read that is allowed; all of that is tried, one execution
 * after the other, within limits.
 *
 * Each location has all of its values, in the order in which they are stored. A thread has a view,
 * the oldest value of each location that it may still read. A release store takes the view of its
 * thread along, an acquire load adopts it, and what read, modifies and writes passes on what it has
 * read. Stores never are reordered against each other at one location, fences and
 * memory_order_consume are not known, and memory_order_seq_cst is taken for both acquire and
 * release: programs that need more than that are judged too harshly. */
#ifndef CTX_TESTING_STACK_WEAK_MEMORY_H_
#define CTX_TESTING_STACK_WEAK_MEMORY_H_

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WEAK_MAX_THREADS = 3 };

struct weak_program {
  size_t num_threads;
  void (*begin)(void);           /* before the threads, each time */
  void (*thread)(size_t number); /* from 0 */
  void (*end)(void);             /* when all threads are done; null: nothing */
  /* Limits of an execution: how often a thread is stopped, and how often an old value is read. */
  size_t max_stops;
  size_t max_old;
};

/* Tries all executions, up to the first about which there is a complaint. Returns how many. */
size_t weak_explore(const struct weak_program *program);

/* Only the first complaint is kept. weak_complaint: null if there is none. */
void weak_complain(bool is_wrong, const char *text);
const char *weak_complaint(void);

/* Returns whether this execution has read an old value: then one thread's order of events need not
 * be another's. */
bool weak_has_read_old(void);

/* Atomic accesses to unsigned integers of `size` bytes. Outside of threads they are plain. */
uint64_t weak_load(const volatile void *address, size_t size, memory_order order);
void weak_store(volatile void *address, size_t size, uint64_t value, memory_order order);
/* weak_compare_exchange never fails without a cause. */
bool weak_compare_exchange(volatile void *address, size_t size, void *expected, uint64_t desired,
                           memory_order success, memory_order failure);

/* The oldest value that the thread may still read. */
uint64_t weak_oldest(const volatile void *address, size_t size);

/* A write that is not atomic: complains if another thread's last write has not been seen. */
void weak_write(volatile void *address);

#endif /* CTX_TESTING_STACK_WEAK_MEMORY_H_ */
