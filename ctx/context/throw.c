/* An exception that leaves an entry is uncaught, so that std::terminate runs with the thrower's
 * frames still there. Or it is thrown by the parent: CTX_FLAG_THROW_TO_PARENT.
 *
 * An unwinder first searches for who catches the exception, and then unwinds (Itanium C++ ABI,
 * exception handling, 1.1). Rules for unwinding lead from a context's root into its parent. So the
 * search may go on there. The unwinding stops at the root instead, and the context ends. The
 * exception is then raised again on the parent's stack, by a function on top. It is searched for
 * once more, since the backstop callback, or a destructor, may have switched away.
 *
 * The library must not depend on an unwinder, nor on C++: see cancel.c. */
#include "ctx/context/throw.h"

#include <stdlib.h>
#include <unistd.h>
#include <unwind.h>

#include "ctx/arch/arch.h"
#include CTX_ARCH_HEADER_(rest.h)
#include CTX_ARCH_HEADER_(routines.h)
#include "ctx/ctx.h"
#include "ctx/internal/attributes.h"
#include "ctx/internal/uninstrumented.h"
#include "ctx/watch/instrument.h"

#pragma weak _Unwind_GetGR
#pragma weak _Unwind_RaiseException
#pragma weak _Unwind_SetGR
#pragma weak _Unwind_SetIP

/* The flag is a bit of the address at which unwinding ends: in the same function, either way. */
#define CTX_THROWS_BIT UINT64_C(1)

ctx_status ctx_throw_options(ctx_options *without, const ctx_options *options) {
  if ((options->flags & CTX_FLAG_THROW_TO_PARENT) == 0) return CTX_ERR_BAD_FLAG;
  if (_Unwind_RaiseException == NULL || _Unwind_GetGR == NULL || _Unwind_SetGR == NULL ||
      _Unwind_SetIP == NULL) {
    return CTX_ERR_NO_UNWINDER;
  }
  *without = *options;
  without->flags &= ~CTX_FLAG_THROW_TO_PARENT;
  return CTX_OK;
}

void ctx_throw_to_parent(void *stack, size_t stack_size) {
  char *end = (char *)stack + stack_size;
  ((ctx_root_frame_ *)(void *)(end - sizeof(ctx_root_frame_)))->unwind_end |= CTX_THROWS_BIT;
}

/* ---- C++'s own part ---- */

/* Of the thread: Itanium C++ ABI, exception handling, 2.2.2. */
typedef struct ctx_cxx_globals {
  void *caught;
  unsigned num_uncaught;
} ctx_cxx_globals;

ctx_cxx_globals *__cxa_get_globals(void);
void *__cxa_begin_catch(void *exception);
void ctx_cxx_terminate(void) __asm__("_ZSt9terminatev");
#pragma weak __cxa_get_globals
#pragma weak __cxa_begin_catch
#pragma weak ctx_cxx_terminate

/* Whether C++ has thrown it: "C++" is the language, behind the vendor's four letters. */
static bool ctx_is_of_cxx(const struct _Unwind_Exception *exception) {
  return (exception->exception_class >> 8 & 0xffffff) == UINT32_C(0x432b2b);
}

/* ctx_add_uncaught: C++ counts the uncaught exceptions of a thread. One that is between two
 * contexts is not counted: the backstop callback may go on in another thread. */
static CTX_NOINLINE void ctx_add_uncaught(const struct _Unwind_Exception *exception, unsigned num) {
  if (ctx_is_of_cxx(exception) && __cxa_get_globals != NULL)
    __cxa_get_globals()->num_uncaught += num;
}

/* Ends the program as C++ does where nobody catches an exception. */
static _Noreturn void ctx_is_uncaught(struct _Unwind_Exception *exception) {
  if (__cxa_begin_catch != NULL && ctx_cxx_terminate != NULL) {
    __cxa_begin_catch(exception);
    ctx_cxx_terminate();
  }
  static const char text[] = "ctx: nobody has caught an exception that left an entry\n";
  ssize_t ignored = write(STDERR_FILENO, text, sizeof text - 1);
  (void)ignored;
  abort();
}

/* ---- From a context to its parent ---- */

typedef struct ctx_thrown {
  ctx_context *parent;
  struct _Unwind_Exception *exception;
} ctx_thrown;

/* On top of the parent. `data` is on the child's stack. */
static CTX_UNINSTRUMENTED void ctx_throw_on_top(void *data) {
  const ctx_thrown thrown = *(const ctx_thrown *)data;
  ctx_instrument_on_top(thrown.parent);
  ctx_add_uncaught(thrown.exception, 1);
  _Unwind_RaiseException(thrown.exception);
  ctx_is_uncaught(thrown.exception);
}

/* Called at the root of a child whose frames have been unwound. It ends as one that returns. */
static void ctx_end_by_exception(ctx_context *child, struct _Unwind_Exception *exception) {
  ctx_instrument_unwound((uintptr_t)__builtin_frame_address(0));
  ctx_add_uncaught(exception, -1U);
  ctx_rest_end(child, CTX_RETURNED_THREW);
  if (child->backstop != NULL) child->backstop(child->backstop_data);
  ctx_thrown thrown = {child->parent, exception};
  ctx_asm_yield_with(child, thrown.parent, ctx_throw_on_top, &thrown);
  abort(); /* REQUIRES [swap-to]: it has ended */
}

/* The personality of the roots of all contexts (Itanium C++ ABI, exception handling, 1.6); see
 * ctx_asm_personality. The parent must not catch an exception without an end of the child,
 * which it would abandon in the middle. The unwinding that ends a thread (pthread_exit,
 * cancellation) is of all its frames, so it goes on. So does that of ctx_cancel, which stops by
 * itself. */
CTX_HIDDEN _Unwind_Reason_Code ctx_personality(int version, _Unwind_Action actions,
                                               _Unwind_Exception_Class class,
                                               struct _Unwind_Exception *exception,
                                               struct _Unwind_Context *frame);
_Unwind_Reason_Code ctx_personality(int version, _Unwind_Action actions,
                                    _Unwind_Exception_Class class,
                                    struct _Unwind_Exception *exception,
                                    struct _Unwind_Context *frame) {
  (void)version, (void)class;
  if ((actions & _UA_FORCE_UNWIND) != 0) return _URC_CONTINUE_UNWIND;
  if (_Unwind_GetGR == NULL) return _URC_FATAL_PHASE1_ERROR;
  const ctx_root_frame_ *root =
      ctx_rest_root((uintptr_t)_Unwind_GetGR(frame, CTX_UNWIND_FRAME_POINTER));
  /* One that leaves a backstop callback has nowhere to go. */
  if ((root->unwind_end & CTX_THROWS_BIT) == 0 || root->context->returned != 0)
    return _URC_FATAL_PHASE1_ERROR;
  if ((actions & _UA_SEARCH_PHASE) != 0) return _URC_CONTINUE_UNWIND;
  _Unwind_SetGR(frame, __builtin_eh_return_data_regno(0), (uintptr_t)exception);
  _Unwind_SetGR(frame, __builtin_eh_return_data_regno(1), (uintptr_t)ctx_end_by_exception);
  _Unwind_SetIP(frame, (uintptr_t)ctx_asm_threw);
  return _URC_INSTALL_CONTEXT;
}
