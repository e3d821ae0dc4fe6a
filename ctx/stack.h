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

/* CTX_STACK_DEFAULT_SIZE is a size to begin with, in bytes: 64 KiB. A larger stack costs address
 * space, and no memory before it is touched; so choose generously. What calls need, beside your own
 * frames, as measured with glibc 2.36 on x86-64:
 *
 *     printf of an integer 2 KiB, of a double 5 KiB, of a large long double 28 KiB
 *     the first exception in C++ 4 KiB; pthread_exit 5 KiB
 *     getaddrinfo 8 KiB; dlopen 5 KiB, and what constructors need
 *     a signal: getauxval(AT_MINSIGSTKSZ) says it for the kernel's frame, from 2 KiB to 4 KiB with
 *     AVX-512 and 11 KiB with AMX; the handler comes on top, unless it has a stack of its own
 *     ASan: twice as much for each of your frames, or more; the calls above need 2 to 4 KiB more
 *     std::regex, and recursion over data in general: there is no bound
 *
 * ctx_stack_high_water says what a stack has needed. */
#define CTX_STACK_DEFAULT_SIZE ((size_t)65536)

/* ctx_stack_min_size returns the size that smaller ones are rounded up to. It has room for the
 * kernel's frame of a signal handler, with all the registers that this processor has (some have
 * thousands of bytes). It also has a page for the handler and the code that it interrupted. That is
 * little more than a signal takes: enough for code that calls nothing large, and not for the C
 * library in general. */
size_t ctx_stack_min_size(void);

/* ctx_stack_map maps one stack, with a guard of one page. It makes four system calls. Where stacks
 * come and go, a pool is a hundred times faster. A size below ctx_stack_min_size() is rounded up to
 * that, which carries a signal's frame and little more: see CTX_STACK_DEFAULT_SIZE.
 * Errors: CTX_ERR_NULL_ARGUMENT, CTX_ERR_NO_MEMORY, CTX_ERR_MAP_COUNT, CTX_ERR_MAP_REFUSED,
 * CTX_ERR_GUARD_REFUSED.
 * The caller owns the stack, and gives it to ctx_stack_unmap. Any thread. */
CTX_NODISCARD_ ctx_status ctx_stack_map(ctx_stack *out, size_t size);

/* ctx_stack_unmap gives the memory of a mapped stack back to the kernel and zeroes *stack. Null, or
 * a zeroed stack, is fine. Any thread.
 * REQUIRES: [unmap-mapped] the stack is from ctx_stack_map, and not unmapped yet; [unmap-idle]
 * nothing runs on it; [unmap-left] nothing will be resumed there. */
void ctx_stack_unmap(ctx_stack *stack);

/* ctx_stack_high_water returns the most bytes of a stack that were ever used, since it was fresh,
 * or since a pool gave its memory back to the kernel: those from the lowest byte that is not 0 up
 * to the end. Null, or a zeroed stack: 0. Frames that wrote nothing but zeros at the deep end do
 * not count, nor does memory that is swapped out at the moment. What earlier users of a pool's
 * stack have left does count. It asks the kernel which pages have memory, by a system call for each
 * 512 pages, and reads those up to the first byte that counts. Where the kernel refuses to say, it
 * reads the whole stack. The stack may be running: then the answer is right for some time during
 * the call. Async-signal-safe; any thread.
 * REQUIRES: [high-water-mapped] the stack is from ctx_stack_map or a pool, and still mapped. */
size_t ctx_stack_high_water(const ctx_stack *stack);

/* ctx_stack_guard_hit returns whether an address, mostly the si_addr of a SIGSEGV, lies in the
 * stack's guard, so that the stack has overflowed. Null arguments are fine. Async-signal-safe; any
 * thread. */
bool ctx_stack_guard_hit(const ctx_stack *stack, const void *fault_address);

/* ---- Pools ---- */

/* A pool reserves address space for `capacity` stacks of one size as a single mapping, and readies
 * them as they are needed. A stack that is given back is the next to be taken, still warm.
 *
 * A guard is a region that the kernel marks in its page tables (MADV_GUARD_INSTALL, Linux 6.13 or
 * later). Marks split no mapping: a million stacks are one mapping. Older kernels, sandboxes that
 * refuse marks, and locked memory get pages without access instead. These cost two mappings a
 * stack: at about 32,000 stacks vm.max_map_count is reached, and the answer is CTX_ERR_MAP_COUNT.
 *
 * Stacks are up to a page longer than was asked for. Their ends are spread over 16 cache lines, so
 * that those of many contexts do not fight for the same sets of the cache. */

typedef struct ctx_stack_pool ctx_stack_pool;

/* CTX_STACK_POOL_HUGE_PAGES backs stacks by transparent huge pages where the kernel can. A stack
 * that is given back then keeps the huge page in which its kept part begins as a whole. */
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
   * KiB; SIZE_MAX: all. Memory below that was touched goes back to the kernel: ctx_stack_pool_give
   * and ctx_stack_pool_trim say when. */
  size_t keep_size;
  uint32_t flags; /* CTX_STACK_POOL_* */
} ctx_stack_pool_options;

typedef struct ctx_stack_pool_stats {
  size_t capacity;   /* the most stacks that there can be */
  size_t in_use;     /* the number that is taken now */
  size_t high_water; /* the most that have been taken at a time */
  /* The bytes of the stacks that have memory behind them now, as the kernel says (mincore). Of a
   * stack that was given back more than once this can count a page more than it has: the pool reads
   * the page below the kept part, which maps the kernel's page of zeros there. Right after
   * ctx_stack_pool_trim the number is exact for stacks that are free. */
  size_t resident;
  size_t mappings; /* the pool's part of vm.max_map_count */
} ctx_stack_pool_stats;

/* ctx_stack_pool_create makes a pool of at most `capacity` stacks of at least `stack_size` bytes.
 * Errors: CTX_ERR_NULL_ARGUMENT, CTX_ERR_NO_MEMORY (also if the sizes overflow), CTX_ERR_MAP_COUNT,
 * CTX_ERR_MAP_REFUSED.
 * The caller owns *out, and gives it to ctx_stack_pool_destroy. */
CTX_NODISCARD_ ctx_status ctx_stack_pool_create(ctx_stack_pool **out, size_t stack_size,
                                                size_t capacity);

/* ctx_stack_pool_create_with_options is ctx_stack_pool_create with options; null options are
 * all-zero ones.
 * Errors: also CTX_ERR_BAD_FLAG. */
CTX_NODISCARD_ ctx_status ctx_stack_pool_create_with_options(ctx_stack_pool **out,
                                                             size_t stack_size, size_t capacity,
                                                             const ctx_stack_pool_options *options);

/* ctx_stack_pool_destroy gives all of the pool's memory back to the kernel, stacks that are taken
 * included. Null is fine.
 * REQUIRES: [pool-lives] the pool is not destroyed yet, which holds for all functions of pools;
 * [pool-unused] no other thread is in a function of the pool, or will be; [pool-idle] nothing runs
 * on a stack of it; [pool-left] nothing will be resumed there. */
void ctx_stack_pool_destroy(ctx_stack_pool *pool);

/* ctx_stack_pool_take takes the stack that was given back last; if there is none, one that was
 * trimmed, or a fresh one. It finds there what the last user has left. To take a stack that was
 * taken before needs no system call.
 * Errors: CTX_ERR_NULL_ARGUMENT, CTX_ERR_POOL_EXHAUSTED (all `capacity` are taken),
 * CTX_ERR_MAP_COUNT, CTX_ERR_NO_MEMORY, CTX_ERR_GUARD_REFUSED; stacks that are taken stay usable.
 * The caller owns the stack until it is given back. Any thread, at any time; no locks. */
CTX_NODISCARD_ ctx_status ctx_stack_pool_take(ctx_stack_pool *pool, ctx_stack *out);

/* ctx_stack_pool_give gives a stack back; *stack stays as it is. If the stack was used deeper than
 * it keeps (ctx_stack_pool_options), the memory below goes back to the kernel:
 *
 * - at once if bytes are found that are not 0 where the page below the kept part is read, which is
 *   one line in nine. Nearly all deep use is found so.
 * - whatever was written, if the kernel is asked (mincore). It is when a stack is given back for
 * the first time, and at each give after one that found deep use. While all use is shallow it is
 *   asked at the 2nd, 4th, 8th … give of a stack, and at each 4096th in the end.
 *
 * In between, use that left zeros in these lines keeps its memory: until the stack is taken again
 * and the kernel is asked, or ctx_stack_pool_trim. The kernel does not say what is swapped out, and
 * a page of nothing but zeros right below the kept part may stay.
 * Other gives make no system call. If the system refuses to say what memory there is, memory is
 * given back at those times without asking; if it refuses to take memory back, the stack keeps it.
 * Null arguments are ignored. Any thread, at any time; no locks.
 * REQUIRES: [give-taken] the stack was taken from this pool, and not given back since; [give-idle]
 * nothing runs on it; [give-left] nothing will be resumed there. */
void ctx_stack_pool_give(ctx_stack_pool *pool, ctx_stack *stack);

/* ctx_stack_pool_trim gives the memory of all stacks that are free now back to the kernel, except
 * what they keep: whatever was written, and what is swapped out, too. Call it when the program goes
 * idle, or after a time of deep use. It makes a system call for each stack that was given back
 * since the last trim. One stack at a time counts as taken while this is done: a pool that is all
 * but exhausted can then say CTX_ERR_POOL_EXHAUSTED. Null is ignored. Any thread, at any time; no
 * locks. Where the system refuses to take memory back, nothing happens. */
void ctx_stack_pool_trim(ctx_stack_pool *pool);

/* ctx_stack_pool_guard_hit returns whether an address lies in the guard of one of the pool's
 * stacks. If so, *out is the stack, and *out_distance the bytes from the address up to its base;
 * either pointer may be null. The stack may be one that has been given back. Plain arithmetic:
 * async-signal-safe; any thread, at any time. */
bool ctx_stack_pool_guard_hit(const ctx_stack_pool *pool, const void *fault_address, ctx_stack *out,
                              size_t *out_distance);

/* ctx_stack_pool_get_stats counts the stacks and their pages, which takes time in proportion to the
 * number of stacks that were ever taken, and to their size. While other threads use the pool, each
 * number is right by itself, but not all at the same moment.
 * Errors: CTX_ERR_NULL_ARGUMENT, CTX_ERR_RESIDENCY_REFUSED. Any thread, at any time. */
CTX_NODISCARD_ ctx_status ctx_stack_pool_get_stats(const ctx_stack_pool *pool,
                                                   ctx_stack_pool_stats *out);

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
 * Errors: those of ctx_stack_map; CTX_ERR_SIGNAL_STACK (the caller is a handler on the present
 * one), CTX_ERR_SIGNAL_STACK_REFUSED. The caller owns *out, and gives it to ctx_signal_stack_remove
 * before the thread ends. */
CTX_NODISCARD_ ctx_status ctx_signal_stack_install(ctx_signal_stack *out, size_t size);

/* ctx_signal_stack_remove gives the thread back the one that it had before, unless something else
 * has taken the place since. Then it unmaps the stack, and zeroes *installed.
 * Errors: CTX_ERR_NULL_ARGUMENT, CTX_ERR_SIGNAL_STACK (the caller is a handler on it),
 * CTX_ERR_SIGNAL_STACK_REFUSED; nothing has changed then.
 * REQUIRES: [remove-own] the calling thread has installed it; [remove-last] the thread has removed
 * all that it has installed since. */
CTX_NODISCARD_ ctx_status ctx_signal_stack_remove(ctx_signal_stack *installed);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_STACK_H_ */
