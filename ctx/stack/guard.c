#include "ctx/stack/guard.h"

#include "ctx/system/system.h"

ctx_status ctx_stack_guard(char *memory, size_t size, ctx_guard *guard) {
  if (*guard != CTX_GUARD_SPLIT) {
    ctx_status status = ctx_system_guard_mark(memory, size);
    if (status == CTX_OK && (*guard == CTX_GUARD_MARKED || ctx_system_guard_holds(memory))) {
      *guard = CTX_GUARD_MARKED;
      return CTX_OK;
    }
    /* Without memory for a mark there is none for a split either. Whatever else the system had
     * against the mark, it may split. */
    if (status != CTX_OK && status != CTX_ERR_GUARD_REFUSED) return status;
    *guard = CTX_GUARD_SPLIT;
  }
  return ctx_system_guard_split(memory, size);
}
