/* ctx: call any C function on a stack of its own, with typed arguments, switch out of it and back
 * in, and read what it returned.
 *
 * This header is the interface. Beside it ctx/inline.h has a switch that is inlined whole, and
 * ctx/prefetch.h hints for schedulers. C11 or later, C++17 or later, gcc or clang.
 *
 * RULES THAT HOLD EVERYWHERE
 *
 * Errors. Bad input is answered with a ctx_status, and nothing has been written then. What would be
 * undefined behaviour (REQUIRES, below) stops the checked build, --config=checked or -DCTX_CHECKED,
 * with a line that names the function, the context and the fault; other builds do not look.
 *
 * Ownership. Contexts, stacks, values and options belong to the caller. Init copies values and
 * options; it keeps the addresses of the context, of the stack, of callback data and of memory for
 * a result. A context must not move once it is initialised or was switched from.
 *
 * Threads. Nothing takes a lock but malloc and free (ctx_create, ctx_signature_create,
 * ctx_type_create_* and what undoes them), and nothing global changes after start-up. A context may
 * be resumed by another thread than the one that suspended or initialised it, when what passes it
 * on orders the two (a mutex, a release and an acquire). Two threads must not use one context at
 * the same time. Code that is moved so keeps no address of thread-local storage (nor of errno)
 * across a switch, which compilers do at will within a function: take such addresses in a function
 * of their own that is not inlined.
 *
 * What a switch keeps: what a C call keeps. Callee-saved registers, the stack, and the
 * floating-point control words that a context has declared. What it does not: the signal mask,
 * errno and thread-locals (the thread's, not the context's), the language's exception-handling
 * state of the thread (do not switch inside a C++ catch block, or an exception handler's cleanup).
 */
#ifndef CTX_CTX_H_
#define CTX_CTX_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ctx/arch/arch.h"
#include "ctx/internal/build.h"
#include "ctx/signature.h"
#include "ctx/stack.h"
#include "ctx/status.h"
#include "ctx/value.h"

#ifdef CTX_SUPPORTED_
#include CTX_ARCH_HEADER_(context.h)
#include CTX_ARCH_HEADER_(switch.h)

#ifdef __cplusplus
#define CTX_NORETURN_ [[noreturn]]
extern "C" {
#else
#define CTX_NORETURN_ _Noreturn
#endif

/* ---- Types ------------------------------------------------------------------------------------
 */

/* ctx_context is a suspended, or running, call. Its fields are private; embed it, put it on a stack
 * (not the one that it is to run on), or allocate it. sizeof is 320, the alignment 64.
 *
 * A switch by name touches one cache line of it. Caches look a line up by its address, so those of
 * contexts that lie a power of two apart crowd in a few places, and drive each other out; 320 bytes
 * are five lines, and an array of contexts has the use of all. If a struct of yours embeds a
 * context, make it an odd number of cache lines, too.
 *
 * All-zero bytes are a valid host: a context that has no entry, and only ever stands for whoever
 * swaps from it. */
typedef struct ctx_context ctx_context;

/* ctx_entry is any C function, cast to this type: its own arguments and result are described by the
 * values given to init, and read by ctx_retval_*. */
typedef void (*ctx_entry)(void);

/* CTX_ENTRY(function) is that cast, without the warning that clang 16 and later have for it. */
#define CTX_ENTRY(function) ((ctx_entry)(uintptr_t)(function))

/* ctx_callback is called as any C function is. It may switch away and be resumed; an exception that
 * leaves it ends the program as one that leaves an entry does. */
typedef void (*ctx_callback)(void *data);

/* The context changes its floating-point control words by itself (fesetround, ldmxcsr, fldcw): at
 * each switch away from it they are read, and reloaded when it is resumed. Switches between others
 * cost nothing more. */
#define CTX_FLAG_FP_SAVE UINT32_C(1)

/* The context declares the floating-point control words that a process starts with (all exceptions
 * masked, round to nearest, x87 precision 64 bits; psABI 3.4.1), and not those that are in force at
 * init: what a guest expects, whatever its host does. Saves the time to read them, too. */
#define CTX_FLAG_FP_DEFAULT UINT32_C(2)

/* ctx_options: what ctx_init_with_options can be told. All-zero means what ctx_init does. */
typedef struct ctx_options {
  /* Called as backstop(backstop_data) on the child's stack once the entry has returned, when its
   * return values can be read, and before control goes to the parent. Null: none. */
  ctx_callback backstop;
  void *backstop_data;
  /* Called as activation(activation_data) on the child's stack on first entry, before the arguments
   * are in registers. Null: none. */
  ctx_callback activation;
  void *activation_data;
  /* A `const sigset_t *`: the mask that ctx_set_from_signal sets. Null: the calling thread's, read
   * by a system call. (It has this type since strict C headers do not declare sigset_t.) */
  const void *signal_mask;
  uint32_t flags; /* CTX_FLAG_* */
  /* ctx_init_signature: memory for a result that goes through the hidden pointer, of its size and
   * alignment; must live until it has been read. Null: it lies at the top of the child's stack. */
  void *result;
} ctx_options;

/* ---- Creating ---------------------------------------------------------------------------------
 */

/* ctx_init prepares `child` to call entry(args...) on the `stack_size` bytes from `stack` up, when
 * it is first resumed. The arguments arrive as from a C caller, on their own rules (psABI 3.2.3),
 * variadic entries included (but vectors of more than 16 bytes, which go elsewhere after an
 * ellipsis: only a signature says where that is); in registers that pass nothing the entry finds 0.
 *
 * Whatever `child` was is forgotten: each field is overwritten, or means nothing until something
 * else writes it. The frames of a suspended one are dropped, and no destructor runs. It declares
 * the floating-point control words that are in force now, and keeps the calling thread's signal
 * mask. Nothing is allocated.
 *
 * stack + stack_size must be a multiple of 16; the size at least ctx_stack_needed(args, num_args),
 * and beyond that whatever the entry needs, with a guard page below it if you value your heap.
 *
 * Errors: CTX_ERR_NULL_ARGUMENT (child, stack, entry; args unless num_args is 0),
 * CTX_ERR_CONTEXT_UNALIGNED, CTX_ERR_STACK_RANGE, CTX_ERR_STACK_UNALIGNED, CTX_ERR_BAD_VALUE,
 * CTX_ERR_STACK_SMALL, CTX_ERR_SIGNAL_MASK; in this order, but that more arguments than 14, and one
 * for each 8 bytes of the stack, are CTX_ERR_STACK_SMALL before any of them is looked at. With wide
 * values among them, in the place of CTX_ERR_BAD_VALUE, also CTX_ERR_NULL_ARGUMENT (an aggregate's
 * type or bytes), CTX_ERR_BAD_TYPE, CTX_ERR_UNSUPPORTED_TYPE; see ctx_type_error.
 * REQUIRES: `child` is not running; the values fit entry's parameters in number and type. */
ctx_status ctx_init(ctx_context *child, void *stack, size_t stack_size, ctx_entry entry,
                    const ctx_value *args, size_t num_args);

/* ctx_init_with_callback is ctx_init with a backstop callback, see ctx_options. */
ctx_status ctx_init_with_callback(ctx_context *child, void *stack, size_t stack_size,
                                  ctx_callback backstop, void *backstop_data, ctx_entry entry,
                                  const ctx_value *args, size_t num_args);

/* ctx_init_with_options is ctx_init with options; null options are all-zero ones. With a
 * signal_mask given it makes no system call.
 * Errors: also CTX_ERR_BAD_FLAG, after CTX_ERR_STACK_UNALIGNED. */
ctx_status ctx_init_with_options(ctx_context *child, void *stack, size_t stack_size,
                                 const ctx_options *options, ctx_entry entry, const ctx_value *args,
                                 size_t num_args);

/* ctx_init_signature is ctx_init_with_options for a function of any C type: values[i] points to the
 * i-th argument, which is copied, and may be null if that is empty; values may be null if there are
 * none. The arguments arrive as the compilers that agree on them pass them (ABI.md); bytes of
 * registers and stack slots that no value covers are 0, padding in structs too. The signature must
 * live until init has returned.
 *
 * Errors: CTX_ERR_NULL_ARGUMENT (child, stack, entry, signature, values, one of them),
 * CTX_ERR_CONTEXT_UNALIGNED, CTX_ERR_STACK_RANGE, CTX_ERR_STACK_UNALIGNED, CTX_ERR_BAD_FLAG,
 * CTX_ERR_RESULT_UNALIGNED, CTX_ERR_STACK_SMALL, CTX_ERR_SIGNAL_MASK.
 * REQUIRES: as ctx_init. */
ctx_status ctx_init_signature(ctx_context *child, void *stack, size_t stack_size,
                              const ctx_options *options, ctx_entry entry,
                              const ctx_signature *signature, const void *const *values);

/* ctx_create allocates a context on the heap and initialises it as ctx_init does. The caller owns
 * *out_child, and gives it to ctx_destroy.
 * Errors: as ctx_init, CTX_ERR_NULL_ARGUMENT for out_child too, and CTX_ERR_NO_MEMORY. */
ctx_status ctx_create(ctx_context **out_child, void *stack, size_t stack_size, ctx_entry entry,
                      const ctx_value *args, size_t num_args);

/* ctx_destroy frees a context made by ctx_create; null is fine. The stack stays the caller's.
 * REQUIRES: the context is not running. */
void ctx_destroy(ctx_context *child);

/* ctx_stack_needed returns how many bytes, a multiple of 16, init writes at the end of a stack for
 * these arguments; 0 if an argument is bad or args is null while num_args is not 0. What the entry
 * needs comes on top. */
size_t ctx_stack_needed(const ctx_value *args, size_t num_args);

/* ---- Switching --------------------------------------------------------------------------------
 */

/* ctx_swap suspends the caller in `from`, makes `from` the parent of `to`, and resumes `to`. It
 * returns when something resumes `from`.
 *
 * When an entry returns, control goes to its parent: to whoever swapped to it last, on whichever
 * thread that was. The return changes nobody's parent. Mind that a child which yields by a swap has
 * swapped to its resumer, and so becomes its parent: harmless if that is a host; but if it is a
 * child itself, it is to return only after someone else has swapped to it.
 *
 * In the header this is a call-less stub of a few instructions; taken by its address, or from
 * another language, it is an external function of the same name. ctx_swap_inline in ctx/inline.h is
 * the third form. All three resume each other.
 *
 * REQUIRES: `to` is freshly initialised or suspended; `from` is a host, or the child that runs,
 * and not `to`; `from` stays where it is until it has been resumed, or `to` never returns. gcc
 * only, header forms: a function that has AVX-512 by a target attribute, in a file that has not,
 * keeps no vector or mask register live across it (clang saves them; in gcc use -mavx512f, or call
 * through a volatile function pointer). */
void ctx_swap(ctx_context *from, ctx_context *to);

/* ctx_swap_resumer is ctx_swap, and returns the resumer of `from`: the context that was left for
 * it, because it swapped, or because its entry returned; null if that was by ctx_set,
 * ctx_set_from_signal or ctx_redirect_signal. Whether it can be resumed is not told: it may have
 * returned. It has the same three forms.
 *
 * It is what to yield to where several resume: workers that take turns with a task, say. And among
 * very many contexts it is the fastest, since it comes in a register: an address that a child has
 * to remember comes from its own memory (in a loop a compiler remembers even a constant). */
ctx_context *ctx_swap_resumer(ctx_context *from, ctx_context *to);

/* ctx_set resumes `to` and discards what runs. Uses no stack at all (in instrumented builds: some).
 * Nobody's parent changes; a backtrace goes on into the last one, which has to exist for it.
 * A context that is discarded so, but was suspended before, still is what it was then, and can be
 * resumed there once more, as by longjmp: if it had swapped in a form of the header's, the function
 * that did so has not returned since, and what that has changed since is volatile.
 * REQUIRES: `to` is freshly initialised (then its entry must not return unless something has
 * swapped to it since), or suspended, or was discarded as above. */
CTX_NORETURN_ void ctx_set(const ctx_context *to);

/* ctx_set_from_signal is ctx_set from within a signal handler: it sets the thread's signal mask to
 * the one kept in `to`, and resumes it; the interrupted context is discarded. The mask is that of
 * init; a host has the empty one unless ctx_declare_signal_mask gave it another. Async-signal-safe.
 * Returns only if it failed: CTX_ERR_NULL_ARGUMENT, CTX_ERR_SIGNAL_MASK.
 * REQUIRES: as ctx_set. */
ctx_status ctx_set_from_signal(const ctx_context *to);

/* ctx_redirect_signal edits what a handler installed with SA_SIGINFO was given as its third
 * argument, so that the handler's return resumes `to` and discards the interrupted context. The
 * kernel then restores the mask of the interrupted code. It runs nothing on the interrupted stack,
 * which may be exhausted. Async-signal-safe; null arguments are ignored.
 * REQUIRES: as ctx_set; the handler returns normally. */
void ctx_redirect_signal(void *ucontext, const ctx_context *to);

/* ctx_declare_signal_mask replaces the mask kept in `context`, init's, by *mask, a `const sigset_t
 * *`; null stands for the empty mask. */
void ctx_declare_signal_mask(ctx_context *context, const void *mask);

/* ctx_declare_fp_control declares the floating-point control words of a context, instead of those
 * that were in force at init. Its parameters are the processor's control words, so the
 * architecture's header declares it: context.h in a folder of ctx/arch. */

/* ---- Return values ----------------------------------------------------------------------------
 *
 * What the entry returned, read as the type that it returns. Before it has returned all are 0. On
 * any thread, once the context is not running. */

/* All 16 bytes of a vector register, lowest first. */
typedef struct ctx_bytes16 {
  uint8_t bytes[16];
} __attribute__((aligned(16))) ctx_bytes16;

/* rax, and all of xmm0. */
typedef struct ctx_retval {
  ctx_bytes16 fp;
  uint64_t gp;
} ctx_retval;

/* ctx_has_returned tells whether the entry has returned; true in its backstop callback already. */
bool ctx_has_returned(const ctx_context *child);

/* ctx_clear_retvals sets all return values to 0. Whether the entry has returned stays as it is. */
void ctx_clear_retvals(ctx_context *child);

/* ctx_retval_gp returns rax (index 0) or rdx (1). REQUIRES: index < 2; else the result is 0. */
uint64_t ctx_retval_gp(const ctx_context *child, size_t index);
ctx_bytes16 ctx_retval_fp(const ctx_context *child);
ctx_retval ctx_untyped_retval(const ctx_context *child);

/* ctx_retval_get copies the result of a function of this signature to `out`, sizeof(result) bytes;
 * out may be null if that is 0. Bytes that come neither in a register nor in memory, such as the
 * last six of a long double, are 0. What is not in rax, rdx or xmm0 has been kept on the child's
 * stack, or is in the memory that options gave: neither must have been used for anything else
 * since.
 *
 * A context that was initialised without a signature has kept rax, rdx and xmm0, and its entry must
 * not return in st0: a result that needs more may be CTX_ERR_WRONG_SIGNATURE.
 * Errors: CTX_ERR_NULL_ARGUMENT, CTX_ERR_NOT_RETURNED, CTX_ERR_WRONG_SIGNATURE. */
ctx_status ctx_retval_get(const ctx_context *child, const ctx_signature *signature, void *out);

uint8_t ctx_retval_u8(const ctx_context *child);
uint16_t ctx_retval_u16(const ctx_context *child);
uint32_t ctx_retval_u32(const ctx_context *child);
uint64_t ctx_retval_u64(const ctx_context *child);
int8_t ctx_retval_i8(const ctx_context *child);
int16_t ctx_retval_i16(const ctx_context *child);
int32_t ctx_retval_i32(const ctx_context *child);
int64_t ctx_retval_i64(const ctx_context *child);
size_t ctx_retval_usize(const ctx_context *child);
ptrdiff_t ctx_retval_isize(const ctx_context *child);
bool ctx_retval_bool(const ctx_context *child);
float ctx_retval_f32(const ctx_context *child);
double ctx_retval_f64(const ctx_context *child);
void *ctx_retval_ptr(const ctx_context *child);

uint8_t ctx_retval_as_u8(ctx_retval retval);
uint16_t ctx_retval_as_u16(ctx_retval retval);
uint32_t ctx_retval_as_u32(ctx_retval retval);
uint64_t ctx_retval_as_u64(ctx_retval retval);
int8_t ctx_retval_as_i8(ctx_retval retval);
int16_t ctx_retval_as_i16(ctx_retval retval);
int32_t ctx_retval_as_i32(ctx_retval retval);
int64_t ctx_retval_as_i64(ctx_retval retval);
size_t ctx_retval_as_usize(ctx_retval retval);
ptrdiff_t ctx_retval_as_isize(ctx_retval retval);
bool ctx_retval_as_bool(ctx_retval retval);
float ctx_retval_as_f32(ctx_retval retval);
double ctx_retval_as_f64(ctx_retval retval);
void *ctx_retval_as_ptr(ctx_retval retval);

/* ---- The call-less forms ----
 *
 * gnu_inline: these definitions are used where the functions are called by name, and emit none;
 * their addresses are those of the external ones. */
#ifdef CTX_INSTRUMENTED_
void ctx_instrument_leave_(ctx_context *from, const ctx_context *to)
    CTX_BUILD_SYMBOL_(ctx_instrument_leave_);
void ctx_instrument_arrive_(ctx_context *arrived) CTX_BUILD_SYMBOL_(ctx_instrument_arrive_);
ctx_context *ctx_instrument_swap_(ctx_context *from, ctx_context *to)
    CTX_BUILD_SYMBOL_(ctx_instrument_swap_);
#define CTX_SWAP_WATCHED_(from, to, resumer) \
  do {                                       \
    ctx_instrument_leave_(from, to);         \
    CTX_SWAP_CALLLESS_(from, to, resumer);   \
    ctx_instrument_arrive_(from);            \
  } while (0)
#endif

#if defined(CTX_SWAP_IS_EXTERNAL_)
#define CTX_SWAP_IN_PLACE_(from, to, resumer) ((resumer) = ctx_instrument_swap_(from, to))
#elif defined(CTX_INSTRUMENTED_)
#define CTX_SWAP_IN_PLACE_ CTX_SWAP_WATCHED_
#else
#define CTX_SWAP_IN_PLACE_ CTX_SWAP_CALLLESS_
#endif

#define CTX_IN_PLACE_ \
  extern __inline__ __attribute__((__gnu_inline__, __always_inline__, __artificial__))

CTX_IN_PLACE_ ctx_context *ctx_swap_resumer(ctx_context *from, ctx_context *to) {
  ctx_context *resumer;
  CTX_SWAP_IN_PLACE_(from, to, resumer);
  return resumer;
}

/* Not by the one above: a backtrace is to show one frame. */
CTX_IN_PLACE_ void ctx_swap(ctx_context *from, ctx_context *to) {
  ctx_context *resumer;
  CTX_SWAP_IN_PLACE_(from, to, resumer);
  (void)resumer;
}

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_SUPPORTED_ */

#endif /* CTX_CTX_H_ */
