/* Stacks with guards, one by one and in pools, and alternate signal stacks. Included by ctx/ctx.h.
 *
 * Sizes are bytes. A stack's size is rounded up to whole pages, and to ctx_stack_min_size(). Below
 * each stack lies a guard: an overflow faults, and overwrites nothing. Memory comes from the
 * kernel, zeroed, when it is first touched. It is not backed by transparent huge pages unless you
 * ask for them: one would cost 2 MiB where a stack uses 4 KiB. */
#ifndef CTX_STACK_H_
#define CTX_STACK_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ctx/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ctx_stack names a stack: give base and size to ctx_init. It is plain data. The memory that it
 * names belongs to whoever mapped it or took it from a pool. */
typedef struct ctx_stack {
  void *base;        /* the lowest byte, at the start of a page; the guard ends here */
  size_t size;       /* base + size is a multiple of 16 */
  size_t guard_size; /* bytes below base that fault; whole pages */
  size_t slot;       /* private: its number in its pool */
} ctx_stack;

/* ctx_stack_min_size returns the size that smaller ones are rounded up to. It has room for the
 * kernel's frame of a signal handler, with all the registers that this processor has (some have
 * thousands of bytes). It also has a page for the handler and the code that it interrupted. */
size_t ctx_stack_min_size(void);

/* ctx_stack_map maps one stack, with a guard of one page. It makes four system calls. Where stacks
 * come and go, a pool is a hundred times faster.
 * Errors: CTX_ERR_NULL_ARGUMENT, CTX_ERR_NO_MEMORY, CTX_ERR_MAP_COUNT.
 * The caller owns the stack, and gives it to ctx_stack_unmap. Any thread. */
ctx_status ctx_stack_map(ctx_stack *out, size_t size);

/* ctx_stack_unmap gives the memory of a mapped stack back to the kernel and zeroes *stack. Null, or
 * a zeroed stack, is fine. Any thread.
 * REQUIRES: [unmap-mapped] the stack is from ctx_stack_map, and not unmapped yet; [unmap-idle]
 * nothing runs on it; [unmap-left] nothing will be resumed there. */
void ctx_stack_unmap(ctx_stack *stack);

/* ctx_stack_guard_hit returns whether an address, mostly the si_addr of a SIGSEGV, lies in the
 * stack's guard, so that the stack has overflowed. Null arguments are fine. Async-signal-safe; any
 * thread. */
bool ctx_stack_guard_hit(const ctx_stack *stack, const void *fault_address);

/* ---- Pools ---- */

/* A pool reserves address space for `capacity` stacks of one size as a single mapping, and readies
 * them as they are needed. A stack that is given back is the next to be taken, still warm.
 *
 * A guard is a region that the kernel marks in its page tables (MADV_GUARD_INSTALL, Linux 6.13 or
 * later). Marks split no mapping: a million stacks are one mapping. Older kernels, and locked
 * memory, get pages without access instead. These cost two mappings a stack: at about 32,000 stacks
 * vm.max_map_count is reached, and the answer is CTX_ERR_MAP_COUNT.
 *
 * Stacks are up to a page longer than was asked for. Their ends are spread over 16 cache lines, so
 * that those of many contexts do not fight for the same sets of the cache. */

typedef struct ctx_stack_pool ctx_stack_pool;

/* CTX_STACK_POOL_HUGE_PAGES backs stacks by transparent huge pages where the kernel can. */
#define CTX_STACK_POOL_HUGE_PAGES UINT32_C(1)

/* CTX_STACK_POOL_SPLIT_GUARDS makes guards of pages without access, even where the kernel can mark
 * them. */
#define CTX_STACK_POOL_SPLIT_GUARDS UINT32_C(2)

/* ctx_stack_pool_options are the options of ctx_stack_pool_create_with_options. All-zero ones mean
 * what ctx_stack_pool_create does. */
typedef struct ctx_stack_pool_options {
  /* Bytes, rounded up to whole pages; 0: one page. Code that was not compiled with
   * -fstack-clash-protection can jump over a guard that is smaller than one of its frames. */
  size_t guard_size;
  /* A stack that is given back keeps so many bytes at its end, rounded up to whole pages; 0: 16
   * KiB; SIZE_MAX: all. Memory below that was touched goes back to the kernel. */
  size_t keep_size;
  uint32_t flags; /* CTX_STACK_POOL_* */
} ctx_stack_pool_options;

typedef struct ctx_stack_pool_stats {
  size_t capacity;   /* the most stacks that there can be */
  size_t in_use;     /* the number that is taken now */
  size_t high_water; /* the most that have been taken at a time */
  /* The bytes of the stacks that have memory behind them now. Of a stack that was given back this
   * counts one page more than it keeps. The pool reads that page; the read maps the kernel's page
   * of zeros there, and takes no memory. */
  size_t resident;
  size_t mappings; /* the pool's part of vm.max_map_count */
} ctx_stack_pool_stats;

/* ctx_stack_pool_create makes a pool of at most `capacity` stacks of at least `stack_size` bytes.
 * Errors: CTX_ERR_NULL_ARGUMENT, CTX_ERR_NO_MEMORY (also if the sizes overflow), CTX_ERR_MAP_COUNT.
 * The caller owns *out, and gives it to ctx_stack_pool_destroy. */
ctx_status ctx_stack_pool_create(ctx_stack_pool **out, size_t stack_size, size_t capacity);

/* ctx_stack_pool_create_with_options is ctx_stack_pool_create with options; null options are
 * all-zero ones.
 * Errors: also CTX_ERR_BAD_FLAG. */
ctx_status ctx_stack_pool_create_with_options(ctx_stack_pool **out, size_t stack_size,
                                              size_t capacity,
                                              const ctx_stack_pool_options *options);

/* ctx_stack_pool_destroy gives all of the pool's memory back to the kernel, stacks that are taken
 * included. Null is fine.
 * REQUIRES: [pool-lives] the pool is not destroyed yet, which holds for all functions of pools;
 * [pool-unused] no other thread is in a function of the pool, or will be; [pool-idle] nothing runs
 * on a stack of it; [pool-left] nothing will be resumed there. */
void ctx_stack_pool_destroy(ctx_stack_pool *pool);

/* ctx_stack_pool_take takes the stack that was given back last, or a fresh one. It finds there what
 * the last user has left. To take a stack that was taken before needs no system call.
 * Errors: CTX_ERR_NULL_ARGUMENT, CTX_ERR_POOL_EXHAUSTED (all `capacity` are taken),
 * CTX_ERR_MAP_COUNT, CTX_ERR_NO_MEMORY; stacks that are taken stay usable.
 * The caller owns the stack until it is given back. Any thread, at any time; no locks. */
ctx_status ctx_stack_pool_take(ctx_stack_pool *pool, ctx_stack *out);

/* ctx_stack_pool_give gives a stack back; *stack stays as it is. It makes a system call only if the
 * stack was used deeper than it keeps (ctx_stack_pool_options). The pool concludes that from bytes
 * that are not 0 in the page below the part that is kept. A frame that jumps over that page, or
 * leaves zeros there, goes unnoticed. Null arguments are ignored. Any thread, at any time; no
 * locks.
 * REQUIRES: [give-taken] the stack was taken from this pool, and not given back since; [give-idle]
 * nothing runs on it; [give-left] nothing will be resumed there. */
void ctx_stack_pool_give(ctx_stack_pool *pool, ctx_stack *stack);

/* ctx_stack_pool_guard_hit returns whether an address lies in the guard of one of the pool's
 * stacks. If so, *out is the stack, and *out_distance the bytes from the address up to its base;
 * either pointer may be null. The stack may be one that has been given back. Plain arithmetic:
 * async-signal-safe; any thread, at any time. */
bool ctx_stack_pool_guard_hit(const ctx_stack_pool *pool, const void *fault_address, ctx_stack *out,
                              size_t *out_distance);

/* ctx_stack_pool_get_stats counts the stacks and their pages, which takes time in proportion to the
 * number of stacks that were ever taken, and to their size. While other threads use the pool, each
 * number is right by itself, but not all at the same moment.
 * Errors: CTX_ERR_NULL_ARGUMENT. Any thread, at any time. */
ctx_status ctx_stack_pool_get_stats(const ctx_stack_pool *pool, ctx_stack_pool_stats *out);

/* ---- Alternate signal stacks ---- */

/* A handler for overflows cannot run on the stack that overflowed. With one of these, and
 * SA_ONSTACK in sigaction, it runs on a stack of the thread's own. */

/* ctx_signal_stack is an alternate signal stack, and the one that the thread had before. */
typedef struct ctx_signal_stack {
  ctx_stack stack;
  void *previous_base; /* private, as are those below */
  size_t previous_size;
  int previous_flags;
} ctx_signal_stack;

/* ctx_signal_stack_install maps a stack and makes it the calling thread's alternate signal stack.
 * Every thread that is to survive an overflow needs one.
 * Errors: CTX_ERR_NULL_ARGUMENT, CTX_ERR_NO_MEMORY, CTX_ERR_MAP_COUNT, CTX_ERR_SIGNAL_STACK (the
 * caller is a handler on the present one).
 * The caller owns *out, and gives it to ctx_signal_stack_remove before the thread ends. */
ctx_status ctx_signal_stack_install(ctx_signal_stack *out, size_t size);

/* ctx_signal_stack_remove gives the thread back the one that it had before, unless something else
 * has taken the place since. Then it unmaps the stack, and zeroes *installed.
 * Errors: CTX_ERR_NULL_ARGUMENT, CTX_ERR_SIGNAL_STACK (the caller is a handler on it); nothing has
 * changed then.
 * REQUIRES: [remove-own] the calling thread has installed it; [remove-last] the thread has removed
 * all that it has installed since. */
ctx_status ctx_signal_stack_remove(ctx_signal_stack *installed);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_STACK_H_ */
