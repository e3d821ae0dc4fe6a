/* ctx calls any C function on a stack of its own, with typed arguments. A program switches out of
 * such a call and back in, and reads what the function returned.
 *
 * This header is the interface. Three more are optional: ctx/inline.h has a switch that is inlined
 * whole, ctx/prefetch.h has hints for schedulers, and ctx/terminator.h stops a running context from
 * another thread. All need C11 or C++17, or later, and gcc or clang.
 *
 * RULES THAT HOLD EVERYWHERE
 *
 * Errors. A function answers bad input with a ctx_status, and has written nothing then. Other
 * errors are undefined behaviour: under REQUIRES each function lists the conditions that its caller
 * must keep, each with a name in brackets. The checked build (--config=checked, or -DCTX_CHECKED)
 * stops where one is broken, with a line that names the function, the context and the fault. Other
 * builds do not look. //testing/watch:requires_test has a test for each name, or says why no build
 * can see it.
 *
 * Ownership. Contexts, stacks, values and options belong to the caller. Init copies values and
 * options. It keeps the addresses of the context, of the stack, of a callback's data, and of memory
 * for a result. A context must not move once it is initialised, or was switched from.
 *
 * Threads. No function takes a lock, except that malloc and free may (ctx_create,
 * ctx_signature_create, ctx_type_create_* and what undoes them). Nothing global changes after
 * start-up. Two threads must not use one context at the same time. A thread may resume a context
 * that another one has suspended or initialised, if the two are ordered: by a mutex, or a release
 * and an acquire. Code that moves between threads must keep no address of a thread-local variable,
 * nor of errno, across a switch. A compiler may keep such an address for a whole function, and
 * knows that a function which returns one always returns the same: docs/pitfalls.md shows a way
 * that holds at every level of optimisation.
 *
 * A switch keeps what a C call keeps: callee-saved registers, the stack, and the floating-point
 * control words that a context has declared. It does not keep the signal mask, errno and
 * thread-local variables, which belong to the thread. The state of exception handling belongs to
 * the thread, too: do not switch inside a C++ catch block, or in the cleanup of an exception. */
#ifndef CTX_CTX_H_
#define CTX_CTX_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ctx/arch/arch.h"
#include "ctx/internal/build.h"
#include "ctx/internal/version.h"
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

/* ctx_version returns the version of the library, "0.1.0" for example. That of the headers is
 * CTX_VERSION; CTX_VERSION_MAJOR, CTX_VERSION_MINOR and CTX_VERSION_PATCH are its numbers. The text
 * is static. Any thread. */
const char *ctx_version(void);

/* ---- Types ---- */

/* ctx_context is a call that is suspended, or that runs. Its fields are private. Embed it, put it
 * on a stack (not the one that it is to run on), or allocate it. It has 320 bytes on x86-64, 448 on
 * aarch64 and riscv64, and is aligned to 64.
 *
 * A context with an entry is a child. Its parent is the context that swapped to it last. A context
 * without an entry is a host: it stands for the code that swaps from it. All-zero bytes are a valid
 * host.
 *
 * A switch of the header's touches one cache line of a context. A line's address decides where in a
 * cache it can lie, so contexts that lie a power of two apart share a few places and drive each
 * other out. 320 bytes are five lines, and 448 are seven, so an array of contexts uses all places.
 * If a struct of yours embeds a context, make its size an odd number of cache lines, too. */
typedef struct ctx_context ctx_context;

/* ctx_entry is any C function, cast to this type. The values that init takes are its arguments;
 * ctx_retval_* reads its result. */
typedef void (*ctx_entry)(void);

/* CTX_ENTRY(function) is that cast, without the warning that clang 16 and later have for it. In C++
 * the function may be a lambda that captures nothing, or have template arguments. */
#ifndef __cplusplus
#define CTX_ENTRY(...) ((ctx_entry)(uintptr_t)(__VA_ARGS__))
#else
#define CTX_ENTRY(...) (ctx_entry_of_(__VA_ARGS__))
#endif

/* ctx_callback is a function that a context calls on its own stack. It may switch away and be
 * resumed. An exception that leaves it ends the program, as one does that leaves an entry; see
 * CTX_FLAG_THROW_TO_PARENT. */
typedef void (*ctx_callback)(void *data);

/* CTX_FLAG_FP_SAVE is for a context that changes its floating-point control words by itself, by
 * fesetround for example. Each switch away from it reads them, and each resumption loads them
 * again. Switches between other contexts cost nothing more. */
#define CTX_FLAG_FP_SAVE UINT32_C(1)

/* CTX_FLAG_FP_DEFAULT makes the context declare the floating-point control words that a process
 * starts with: all exceptions masked, rounding to nearest. Without it the context declares those
 * that are in force at init. A guest expects the former, whatever its host does. The flag also
 * saves init the time to read the words. */
#define CTX_FLAG_FP_DEFAULT UINT32_C(2)

/* CTX_FLAG_NO_SIGNAL_MASK makes the context keep no signal mask. Init makes no system call then, as
 * if options.signal_mask was given, which must be null. ctx_set_from_signal to such a context is
 * CTX_ERR_SIGNAL_MASK. ctx_redirect_signal works. */
#define CTX_FLAG_NO_SIGNAL_MASK UINT32_C(4)

/* CTX_FLAG_FP_INHERIT makes the context declare the floating-point control words that whoever
 * swaps to it first has declared, as a new thread takes its creator's. Init reads no register then.
 * If ctx_set or a handler is what resumes it first, it starts with those of CTX_FLAG_FP_DEFAULT.
 * Not beside the other two CTX_FLAG_FP_*. */
#define CTX_FLAG_FP_INHERIT UINT32_C(8)

/* CTX_FLAG_THROW_TO_PARENT is for entries that throw. An exception that leaves the entry, or the
 * activation callback, ends the context: its frames are unwound, with their cleanups, then its
 * backstop callback runs, and its parent throws the exception, where it waits. Without the flag the
 * exception ends the program. So it does with the flag if neither the parent nor, where that has
 * the flag too, the parent's parent and so on catch it, or if they do not wait any more. In most
 * cases nothing has been unwound then, and the thrower's frames are there to be seen.
 *
 * A parent that catches must wait in the external function (`&ctx_swap`): docs/pitfalls.md says
 * what compilers make of a function that waits in a header's form. */
#define CTX_FLAG_THROW_TO_PARENT UINT32_C(16)

/* ctx_options are the options of ctx_init_with_options. All-zero ones mean what ctx_init does. */
typedef struct ctx_options {
  /* Called as backstop(backstop_data) on the child's stack once the entry has returned, before
   * control goes to the parent. The return values can be read by then. Null: none. */
  ctx_callback backstop;
  void *backstop_data;
  /* Called as activation(activation_data) on the child's stack on first entry, before the arguments
   * are in registers. Null: none. */
  ctx_callback activation;
  void *activation_data;
  /* A `const sigset_t *`: the mask that ctx_set_from_signal sets. Null: the calling thread's, read
   * by a system call, unless CTX_FLAG_NO_SIGNAL_MASK is set. (It has this type since strict C
   * headers do not declare sigset_t.) */
  const void *signal_mask;
  uint32_t flags; /* CTX_FLAG_* */
  /* For ctx_init_signature: memory for a result that the function returns through a hidden pointer.
   * It has the size and alignment of the result, and must live until that has been read. Null: the
   * result lies at the top of the child's stack. */
  void *result;
} ctx_options;

/* ---- Creating ---- */

/* ctx_init prepares `child` to call entry(args...) on the `stack_size` bytes from `stack` up, when
 * it is first resumed. The arguments arrive as from a C caller (ABI.md), in variadic entries too.
 * One exception: some go elsewhere after an ellipsis (vectors of more than 16 bytes; on riscv64
 * floating-point numbers, and what is aligned to 16), and only CTX_CALL_VARIADIC and a signature
 * say where the ellipsis is. The entry finds 0 in registers that pass no argument, with the few
 * exceptions that ABI.md lists.
 *
 * Init forgets whatever `child` was, and overwrites each field that means something in a fresh
 * context. If it was suspended, its frames are dropped, and no destructor runs. The child declares
 * the floating-point control words that are in force now, and keeps the calling thread's signal
 * mask. Nothing is allocated.
 *
 * stack + stack_size must be a multiple of 16. The size must be at least ctx_stack_needed(args,
 * num_args), plus whatever the entry needs. Put a guard page below, which an overflow hits before
 * it hits your heap: ctx_stack_map makes one.
 *
 * Errors, in this order: CTX_ERR_NULL_ARGUMENT (child, stack, entry; args unless num_args is 0),
 * CTX_ERR_CONTEXT_UNALIGNED, CTX_ERR_STACK_RANGE, CTX_ERR_STACK_UNALIGNED, CTX_ERR_BAD_VALUE,
 * CTX_ERR_STACK_SMALL, CTX_ERR_SIGNAL_MASK. More arguments than registers and stack can hold are
 * CTX_ERR_STACK_SMALL before any of them is looked at. A wide value may also be
 * CTX_ERR_NULL_ARGUMENT (an aggregate's type or bytes), CTX_ERR_BAD_TYPE or
 * CTX_ERR_UNSUPPORTED_TYPE, where others are CTX_ERR_BAD_VALUE; see ctx_type_error.
 * REQUIRES: [init-idle] `child` is not running, on any thread; [init-stack] nothing runs on the
 * stack, and a stack of a pool is taken; [init-apart] neither `child` nor anything that init reads
 * lies on the stack: values, what they point init to, options, memory for a result, and data of
 * callbacks; [init-fit] the values fit entry's parameters in number and type. */
CTX_NODISCARD_ ctx_status ctx_init(ctx_context *child, void *stack, size_t stack_size,
                                   ctx_entry entry, const ctx_value *args, size_t num_args);

/* ctx_init_with_callback is ctx_init with a backstop callback; see ctx_options. */
CTX_NODISCARD_ ctx_status ctx_init_with_callback(ctx_context *child, void *stack, size_t stack_size,
                                                 ctx_callback backstop, void *backstop_data,
                                                 ctx_entry entry, const ctx_value *args,
                                                 size_t num_args);

/* CTX_START calls this: ctx_init_with_options, with CTX_FLAG_NO_SIGNAL_MASK and
 * CTX_FLAG_FP_INHERIT. */
CTX_NODISCARD_ ctx_status ctx_start_(ctx_context *child, void *stack, size_t stack_size,
                                     ctx_entry entry, const ctx_value *args, size_t num_args);

/* ctx_init_with_options is ctx_init with options; null options are all-zero ones. It makes no
 * system call if the options give a signal mask.
 * Errors: also CTX_ERR_BAD_FLAG, after CTX_ERR_STACK_UNALIGNED, and then CTX_ERR_NO_UNWINDER: the
 * flags have CTX_FLAG_THROW_TO_PARENT, and the program has no unwinder (see ctx_cancel).
 * REQUIRES: as ctx_init. */
CTX_NODISCARD_ ctx_status ctx_init_with_options(ctx_context *child, void *stack, size_t stack_size,
                                                const ctx_options *options, ctx_entry entry,
                                                const ctx_value *args, size_t num_args);

/* ctx_init_signature is ctx_init_with_options for a function of any C type. values[i] points to the
 * i-th argument, which is copied; it may be null if that argument is empty. `values` may be null if
 * there are no arguments. The arguments arrive as compilers pass them (ABI.md). Bytes of registers
 * and stack slots that no value covers are 0, padding in structs too. The signature must live until
 * init has returned.
 *
 * Errors: CTX_ERR_NULL_ARGUMENT (child, stack, entry, signature, values, one of them),
 * CTX_ERR_CONTEXT_UNALIGNED, CTX_ERR_STACK_RANGE, CTX_ERR_STACK_UNALIGNED, CTX_ERR_BAD_FLAG,
 * CTX_ERR_NO_UNWINDER, CTX_ERR_RESULT_UNALIGNED, CTX_ERR_STACK_SMALL, CTX_ERR_SIGNAL_MASK.
 * REQUIRES: as ctx_init. */
CTX_NODISCARD_ ctx_status ctx_init_signature(ctx_context *child, void *stack, size_t stack_size,
                                             const ctx_options *options, ctx_entry entry,
                                             const ctx_signature *signature,
                                             const void *const *values);

/* ctx_create allocates a context on the heap and initialises it as ctx_init does. The caller owns
 * *out_child, and gives it to ctx_destroy.
 * Errors: as ctx_init, CTX_ERR_NULL_ARGUMENT for out_child too, and CTX_ERR_NO_MEMORY. */
CTX_NODISCARD_ ctx_status ctx_create(ctx_context **out_child, void *stack, size_t stack_size,
                                     ctx_entry entry, const ctx_value *args, size_t num_args);

/* ctx_destroy frees a context made by ctx_create; null is fine. The stack stays the caller's.
 * REQUIRES: [destroy-created] the context is from ctx_create, and not destroyed yet; [destroy-idle]
 * it is not running, on any thread. */
void ctx_destroy(ctx_context *child);

/* ctx_stack_needed returns the number of bytes that init needs at the end of a stack for these
 * arguments, a multiple of 16. It is 0 if an argument is bad, or if args is null while num_args is
 * not 0. What the entry needs comes on top. */
size_t ctx_stack_needed(const ctx_value *args, size_t num_args);

/* ---- Switching ---- */

/* ctx_swap suspends the caller in `from`, makes `from` the parent of `to`, and resumes `to`. It
 * returns when something resumes `from`.
 *
 * When an entry returns, control goes to its parent: to whoever swapped to it last, on whichever
 * thread that was. The return changes nobody's parent.
 *
 * A child that yields by a swap has swapped to its resumer, and so becomes its resumer's parent.
 * That does no harm if the resumer is a host, which never returns. If it is a child itself, yield
 * by ctx_yield instead: otherwise something else must have swapped to it before it returns.
 *
 * A backtrace in `to` goes on into `from`, as long as `from` waits where this call has left it. If
 * something else has resumed `from`, the backtrace ends at the entry of `to`.
 *
 * There are three forms, which resume each other. By name this is a call-less stub of a few
 * instructions. By its address, or from another language, it is an external function.
 * ctx_swap_inline (ctx/inline.h) is the whole switch in place.
 *
 * REQUIRES: [swap-to] `to` is freshly initialised or suspended; [swap-to-stack] its stack is still
 * what it was then, and has not overflowed; [swap-from] `from` is a host, or the child that runs,
 * and not `to`; [swap-place] a context stays where it is from init, or from its first suspension,
 * on; [swap-parent] its memory stays readable as long as it is the parent of a context in which
 * something may unwind; [swap-fp] what runs has the floating-point control words that it has
 * declared; [swap-return] when an entry returns, its parent can be resumed; [swap-vectors] with
 * gcc, for the header's forms: no function has wider vector registers by a target attribute than
 * its file has by its options, and keeps one live across the switch. (clang saves them. With gcc
 * give the file the option, or call through a volatile function pointer.) */
void ctx_swap(ctx_context *from, ctx_context *to);

/* ctx_swap_resumer is ctx_swap, and returns the resumer of `from`: the context that was left for
 * it, by a swap or because its entry returned. In the latter case it must not be resumed, so ask
 * ctx_has_returned first. Null: `from` was resumed by ctx_set, ctx_set_from_signal or
 * ctx_redirect_signal. It has the same three forms.
 *
 * Yield to the resumer where several contexts resume a child, such as workers that take turns with
 * a task. Among very many contexts this is also the fastest form: the resumer's address arrives in
 * a register. An address that the child remembers lies in its own memory, which may be far away. In
 * a loop compilers keep even a constant address there. */
ctx_context *ctx_swap_resumer(ctx_context *from, ctx_context *to);

/* ctx_yield suspends the child that runs, `self`, and goes on in its parent. Nobody's parent
 * changes. It returns who resumed `self` next, as ctx_swap_resumer does.
 *
 * Use swaps for peers, and for callers a swap to the callee, which yields. A child may so consume
 * another child, at any depth, and return: its own parent is still whoever swapped to it. It has
 * the three forms of ctx_swap: by name, by address, and ctx_yield_inline.
 *
 * REQUIRES: [yield-self] `self` is the child that runs; [yield-parent] something has swapped to it,
 * and its parent can be resumed; as ctx_swap for the rest. */
ctx_context *ctx_yield(ctx_context *self);

/* ctx_swap_with is ctx_swap, except that function(data) runs first, on the stack of `to`, as if
 * called from where `to` goes on. When it returns, `to` goes on. It may switch away, and be
 * resumed; so `to` takes its parent for its resumer. `to` may be fresh: its activation callback and
 * its entry come after the function. An exception that leaves the function is thrown where `to` was
 * suspended, and unwinds the entry of `to`: docs/pitfalls.md says which compilers run which
 * cleanups.
 *
 * It is an external function only. It needs 512 bytes of the stack of `to`, plus whatever the
 * function needs.
 *
 * REQUIRES: as ctx_swap; [swap-with-function] `function` is not null; [swap-with-room] there is
 * room on the stack. */
void ctx_swap_with(ctx_context *from, ctx_context *to, ctx_callback function, void *data);

/* ctx_cancel ends `to`, a child that is suspended, by unwinding it: destructors and other cleanups
 * run, innermost first, on its stack. Then its backstop callback runs, and control goes to its
 * parent, which is `from` unless a cleanup changed that. Results read as 0 then. A child that was
 * never started ends at once: nothing runs, not even the backstop.
 *
 * A cleanup may switch away; then this returns before `to` has ended, and `to` goes on with it when
 * it is resumed: ctx_state says so. Code that catches the cancellation (`catch (...)`) must throw
 * it on; otherwise the program ends with a line, and std::terminate ends it at a `noexcept`
 * function. What compilers make of a function that is suspended in a header's form of the switch is
 * in docs/pitfalls.md. By way of the external function (`&ctx_swap`, `&ctx_yield`) all cleanups
 * run.
 *
 * The unwinder is that of C++ programs, and of C programs that link libgcc_s or libgcc_eh. The
 * library itself does not bring it.
 * Errors: CTX_ERR_NULL_ARGUMENT, CTX_ERR_NOT_A_CHILD, CTX_ERR_ENDED, CTX_ERR_NO_UNWINDER, and
 * CTX_ERR_NOT_UNWINDABLE: nothing has run then, but `from` has become the parent of `to`.
 * REQUIRES: as ctx_swap_with. */
CTX_NODISCARD_ ctx_status ctx_cancel(ctx_context *from, ctx_context *to);

/* ctx_parent returns the parent of `context`: whoever swapped to it last. It is null if nothing
 * has. The parent may have been resumed since, and may be gone. Any thread, once `context` is not
 * running; the thread that runs it, always. */
ctx_context *ctx_parent(const ctx_context *context);

/* ctx_context_state is what a context is. */
typedef enum ctx_context_state {
  CTX_STATE_HOST,       /* it has no entry */
  CTX_STATE_FRESH,      /* it is initialised, and nothing has resumed it */
  CTX_STATE_STARTED,    /* it is suspended, or runs */
  CTX_STATE_RETURNED,   /* its entry has returned; its backstop callback may run */
  CTX_STATE_CANCELLED,  /* ctx_cancel has ended it; its backstop callback may run */
  CTX_STATE_TERMINATED, /* it was dropped where it stood, through ctx/terminator.h */
  CTX_STATE_THREW /* an exception has ended it (CTX_FLAG_THROW_TO_PARENT); the callback may run */
} ctx_context_state;

/* ctx_state returns the state of `context`. Any thread, once it is not running; the thread that
 * runs it, always. */
ctx_context_state ctx_state(const ctx_context *context);

/* ctx_set resumes `to` and discards what runs. It uses no stack at all (in instrumented builds:
 * some). Nobody's parent changes. A backtrace from `to` goes on into its parent if that still waits
 * for it; see ctx_swap.
 *
 * If the discarded context was suspended before, it can be resumed where it was suspended last, as
 * by longjmp. There are two conditions: the function that swapped has not returned since, and
 * whatever that function has changed since is volatile. One that a signal's handler has discarded
 * cannot be resumed, only initialised again: the signal may have come in the middle of a switch.
 *
 * REQUIRES: [set-to] `to` is freshly initialised, or suspended, or was discarded as above;
 * [set-stack] its stack is still what it was then; [set-parent] a fresh one does not return before
 * something has swapped to it. */
CTX_NORETURN_ void ctx_set(const ctx_context *to);

/* ctx_set_from_signal is ctx_set from within a signal handler. It leaves the handler's stack, sets
 * the thread's signal mask to the one kept in `to`, and resumes `to`. A signal that was held up
 * arrives in between, when `to` is still suspended. The interrupted context is discarded. The mask
 * in a child is that of init. The mask in a host is empty unless ctx_declare_signal_mask gave it
 * another. Async-signal-safe. It returns only if it failed: CTX_ERR_NULL_ARGUMENT,
 * CTX_ERR_SIGNAL_MASK (`to` keeps none, or the system refuses to set it).
 * REQUIRES: as ctx_set; [signal-thread] a host that was suspended on a thread's own stack is the
 * calling thread's. */
CTX_NODISCARD_ ctx_status ctx_set_from_signal(const ctx_context *to);

/* ctx_redirect_signal edits the third argument of a handler that was installed with SA_SIGINFO: the
 * handler's return then resumes `to`, and discards the interrupted context. The kernel restores the
 * mask of the interrupted code. Nothing runs on the interrupted stack, which may be exhausted.
 * Async-signal-safe; null arguments are ignored.
 * REQUIRES: as ctx_set_from_signal; [redirect-return] the handler returns normally. */
void ctx_redirect_signal(void *ucontext, const ctx_context *to);

/* ctx_declare_signal_mask replaces the signal mask that `context` keeps by *mask, a `const sigset_t
 * *`. A null `mask` stands for the empty one. */
void ctx_declare_signal_mask(ctx_context *context, const void *mask);

/* ctx_declare_fp_control declares the floating-point control words of a context, instead of those
 * that were in force at init. Its parameters are the processor's control words, so the
 * architecture's header declares it: context.h in a folder of ctx/arch. */

/* ---- Return values ---- */

/* These read the result of the entry, as the type that the entry returns. They return 0 before the
 * entry has returned. Any thread may call them.
 * REQUIRES: [retval-idle] the context does not run on another thread. */

/* ctx_bytes16 holds all 16 bytes of a vector register, lowest first. */
typedef struct ctx_bytes16 {
  uint8_t bytes[16];
} __attribute__((aligned(16))) ctx_bytes16;

/* ctx_retval holds the first general result register, and 16 bytes of the first vector one. */
typedef struct ctx_retval {
  ctx_bytes16 fp;
  uint64_t gp;
} ctx_retval;

/* ctx_has_returned returns whether the entry has returned; true in its backstop callback. It is
 * true of one that was cancelled or terminated, too, or that an exception has ended: ctx_state says
 * which. */
bool ctx_has_returned(const ctx_context *child);

/* ctx_clear_retvals sets all return values to 0. Whether the entry has returned stays as it is. */
void ctx_clear_retvals(ctx_context *child);

/* ctx_retval_gp returns the first (index 0) or second (1) general result register, ctx_retval_fp 16
 * bytes of the first vector result register, ctx_untyped_retval both first ones.
 * REQUIRES: [retval-index] index < 2. (Otherwise the result is 0.) */
uint64_t ctx_retval_gp(const ctx_context *child, size_t index);
ctx_bytes16 ctx_retval_fp(const ctx_context *child);
ctx_retval ctx_untyped_retval(const ctx_context *child);

/* ctx_retval_get copies the result of a function of this signature to `out`, sizeof(result) bytes.
 * `out` may be null if that is 0. Bytes that come neither in a register nor in memory, such as the
 * padding of a long double, are 0. Most results are kept in the context. Others, which need more
 * than the registers of ctx_retval and the second general one, lie on the child's stack or in the
 * memory that the options gave.
 *
 * A context that was initialised without a signature has kept those registers only, and its entry
 * must not return in others (as a long double does on x86-64). A result that needs more may be
 * CTX_ERR_WRONG_SIGNATURE.
 * Errors: CTX_ERR_NULL_ARGUMENT, CTX_ERR_NOT_RETURNED, CTX_ERR_WRONG_SIGNATURE.
 * REQUIRES: [retval-there] a result that lies on the stack, or in memory that the options gave, has
 * not been overwritten since. */
CTX_NODISCARD_ ctx_status ctx_retval_get(const ctx_context *child, const ctx_signature *signature,
                                         void *out);

/* ctx_retval_<kind> returns the result as that type. */
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

/* ctx_retval_as_<kind> reads it from a ctx_retval, which needs no context any longer. */
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

/* ---- The call-less forms ---- */

/* A gnu_inline definition is used where the function is called by name, and emits no code by
 * itself. The function's address is that of the external one. */
#ifdef CTX_INSTRUMENTED_
void ctx_instrument_leave_(ctx_context *from, const ctx_context *to)
    CTX_BUILD_SYMBOL_(ctx_instrument_leave_);
void ctx_instrument_arrive_(ctx_context *arrived) CTX_BUILD_SYMBOL_(ctx_instrument_arrive_);
ctx_context *ctx_instrument_swap_(ctx_context *from, ctx_context *to)
    CTX_BUILD_SYMBOL_(ctx_instrument_swap_);
void ctx_instrument_leave_to_parent_(ctx_context *self)
    CTX_BUILD_SYMBOL_(ctx_instrument_leave_to_parent_);
ctx_context *ctx_instrument_yield_(ctx_context *self) CTX_BUILD_SYMBOL_(ctx_instrument_yield_);
#define CTX_SWAP_WATCHED_(from, to, resumer) \
  do {                                       \
    ctx_instrument_leave_(from, to);         \
    CTX_SWAP_CALLLESS_(from, to, resumer);   \
    ctx_instrument_arrive_(from);            \
  } while (0)
#define CTX_YIELD_WATCHED_(self, resumer)  \
  do {                                     \
    ctx_instrument_leave_to_parent_(self); \
    CTX_YIELD_CALLLESS_(self, resumer);    \
    ctx_instrument_arrive_(self);          \
  } while (0)
#endif

#if defined(CTX_SWAP_IS_EXTERNAL_)
#define CTX_SWAP_IN_PLACE_(from, to, resumer) ((resumer) = ctx_instrument_swap_(from, to))
#define CTX_YIELD_IN_PLACE_(self, resumer) ((resumer) = ctx_instrument_yield_(self))
#elif defined(CTX_INSTRUMENTED_)
#define CTX_SWAP_IN_PLACE_ CTX_SWAP_WATCHED_
#define CTX_YIELD_IN_PLACE_ CTX_YIELD_WATCHED_
#else
#define CTX_SWAP_IN_PLACE_ CTX_SWAP_CALLLESS_
#define CTX_YIELD_IN_PLACE_ CTX_YIELD_CALLLESS_
#endif

#define CTX_IN_PLACE_ \
  extern __inline__ __attribute__((__gnu_inline__, __always_inline__, __artificial__))

CTX_IN_PLACE_ ctx_context *ctx_swap_resumer(ctx_context *from, ctx_context *to) {
  ctx_context *resumer;
  CTX_SWAP_IN_PLACE_(from, to, resumer);
  return resumer;
}

CTX_IN_PLACE_ ctx_context *ctx_yield(ctx_context *self) {
  ctx_context *resumer;
  CTX_YIELD_IN_PLACE_(self, resumer);
  return resumer;
}

/* ctx_swap does not call ctx_swap_resumer, so that a backtrace shows one frame. */
CTX_IN_PLACE_ void ctx_swap(ctx_context *from, ctx_context *to) {
  ctx_context *resumer;
  CTX_SWAP_IN_PLACE_(from, to, resumer);
  (void)resumer;
}

#ifdef __cplusplus
} /* extern "C" */
#endif

#include "ctx/call.h"

#endif /* CTX_SUPPORTED_ */

#endif /* CTX_CTX_H_ */
