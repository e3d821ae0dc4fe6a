/* The answers of the library's functions. Included by ctx/ctx.h. */
#ifndef CTX_STATUS_H_
#define CTX_STATUS_H_

#ifdef __cplusplus
extern "C" {
#endif

/* CTX_NODISCARD_ has the compiler warn where a status is ignored. With [[nodiscard]] a cast to void
 * says that it is meant. */
#if defined(__cplusplus) && __cplusplus >= 201703L
#define CTX_NODISCARD_ [[nodiscard]]
#elif !defined(__cplusplus) && defined(__STDC_VERSION__) && __STDC_VERSION__ > 201710L
#define CTX_NODISCARD_ [[nodiscard]]
#else
#define CTX_NODISCARD_ __attribute__((__warn_unused_result__))
#endif

/* ctx_status is CTX_OK (0), or says what was wrong with the input. A function that returns one of
 * the others has written nothing: no context, no byte of a stack, no output parameter. ctx_cancel
 * says where it is an exception. */
typedef enum ctx_status {
  CTX_OK = 0,
  CTX_ERR_STACK_UNALIGNED,   /* the end of the stack, base + size, is not a multiple of 16 */
  CTX_ERR_STACK_SMALL,       /* fewer bytes than ctx_stack_needed() says */
  CTX_ERR_STACK_RANGE,       /* base + size runs past the end of the address space */
  CTX_ERR_NULL_ARGUMENT,     /* a pointer that is needed is null */
  CTX_ERR_CONTEXT_UNALIGNED, /* the context's address is not a multiple of 64 */
  CTX_ERR_BAD_VALUE,         /* an argument's kind is not one that constructors make */
  CTX_ERR_BAD_FLAG,          /* ctx_options.flags has a bit that means nothing */
  CTX_ERR_UNSUPPORTED_TYPE,  /* compilers disagree on a type, or this processor cannot pass it */
  CTX_ERR_SIGNAL_MASK,       /* the signal mask could not be read or set */
  CTX_ERR_NO_MEMORY,         /* no heap or address space is left, or a size is too large */
  CTX_ERR_MAP_COUNT,         /* the process has as many mappings as vm.max_map_count allows */
  CTX_ERR_POOL_EXHAUSTED,    /* all stacks of the pool are taken */
  CTX_ERR_SIGNAL_STACK,      /* the alternate signal stack is in use */
  CTX_ERR_BAD_TYPE,          /* a description of a type, or a signature, contradicts itself */
  CTX_ERR_RESULT_UNALIGNED,  /* ctx_options.result is not aligned as the result's type is */
  CTX_ERR_NOT_RETURNED,      /* there is no result: the entry has not returned */
  CTX_ERR_WRONG_SIGNATURE,   /* the context has not kept such a result: see ctx_retval_get */
  CTX_ERR_NOT_A_CHILD,       /* the context has no entry */
  CTX_ERR_ENDED,             /* the context's entry has returned, or it was cancelled */
  CTX_ERR_NO_UNWINDER,       /* nothing in the program brings the unwinder's functions */
  CTX_ERR_NOT_UNWINDABLE,    /* a frame of the context has no table for unwinding */
  /* The system has what is needed, and refuses the call all the same, as sandboxes do. */
  CTX_ERR_MAP_REFUSED,         /* to map memory (mmap) */
  CTX_ERR_GUARD_REFUSED,       /* to make a guard in either way (madvise, mprotect) */
  CTX_ERR_RESIDENCY_REFUSED,   /* to say which pages have memory (mincore) */
  CTX_ERR_SIGNAL_STACK_REFUSED /* to change the alternate signal stack (sigaltstack) */
} ctx_status;

/* ctx_status_name returns the constant's name, "CTX_ERR_STACK_SMALL" for example, or
 * "CTX_ERR_UNKNOWN" for a number that is not a status. The text is static. Any thread. */
const char *ctx_status_name(ctx_status status);

/* ctx_status_message returns a sentence for people, without a full stop, or "unknown status" for a
 * number that is not a status. The text is static. Any thread. */
const char *ctx_status_message(ctx_status status);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_STATUS_H_ */
