#include "ctx/status.h"

#include <stddef.h>

static const struct {
  const char *name;
  const char *message;
} ctx_status_texts[] = {
    [CTX_OK] = {"CTX_OK", "success"},
    [CTX_ERR_STACK_UNALIGNED] = {"CTX_ERR_STACK_UNALIGNED",
                                 "the end of the stack (its highest address) is not 16-byte "
                                 "aligned"},
    [CTX_ERR_STACK_SMALL] = {"CTX_ERR_STACK_SMALL",
                             "the stack is too small for the first frame and the arguments"},
    [CTX_ERR_STACK_RANGE] = {"CTX_ERR_STACK_RANGE",
                             "the stack runs past the end of the address space"},
    [CTX_ERR_NULL_ARGUMENT] = {"CTX_ERR_NULL_ARGUMENT", "a required pointer is null"},
    [CTX_ERR_CONTEXT_UNALIGNED] = {"CTX_ERR_CONTEXT_UNALIGNED",
                                   "the context is not 64-byte aligned"},
    [CTX_ERR_BAD_VALUE] = {"CTX_ERR_BAD_VALUE", "an argument is of no known kind"},
    [CTX_ERR_BAD_FLAG] = {"CTX_ERR_BAD_FLAG", "the options have an unknown flag"},
    [CTX_ERR_UNSUPPORTED_TYPE] = {"CTX_ERR_UNSUPPORTED_TYPE",
                                  "compilers disagree on a type, or this processor cannot pass it"},
    [CTX_ERR_SIGNAL_MASK] = {"CTX_ERR_SIGNAL_MASK", "the signal mask could not be read or set"},
    [CTX_ERR_NO_MEMORY] = {"CTX_ERR_NO_MEMORY", "out of memory"},
    [CTX_ERR_MAP_COUNT] = {"CTX_ERR_MAP_COUNT",
                           "the process has as many memory mappings as vm.max_map_count allows"},
    [CTX_ERR_POOL_EXHAUSTED] = {"CTX_ERR_POOL_EXHAUSTED", "all stacks of the pool are in use"},
    [CTX_ERR_SIGNAL_STACK] = {"CTX_ERR_SIGNAL_STACK",
                              "the alternate signal stack is in use by a running handler"},
    [CTX_ERR_BAD_TYPE] = {"CTX_ERR_BAD_TYPE", "the description of a type contradicts itself"},
    [CTX_ERR_RESULT_UNALIGNED] = {"CTX_ERR_RESULT_UNALIGNED",
                                  "the memory for the result is not aligned as its type is"},
    [CTX_ERR_NOT_RETURNED] = {"CTX_ERR_NOT_RETURNED", "the entry has not returned"},
    [CTX_ERR_WRONG_SIGNATURE] = {"CTX_ERR_WRONG_SIGNATURE",
                                 "the context was not initialised with a signature of this result"},
    [CTX_ERR_NOT_A_CHILD] = {"CTX_ERR_NOT_A_CHILD", "the context has no entry"},
    [CTX_ERR_ENDED] = {"CTX_ERR_ENDED", "the context has ended already"},
    [CTX_ERR_NO_UNWINDER] = {"CTX_ERR_NO_UNWINDER", "the program has no unwinder"},
    [CTX_ERR_NOT_UNWINDABLE] = {"CTX_ERR_NOT_UNWINDABLE",
                                "a frame of the context has no table for unwinding"},
    [CTX_ERR_MAP_REFUSED] = {"CTX_ERR_MAP_REFUSED", "the system refuses to map memory (mmap)"},
    [CTX_ERR_GUARD_REFUSED] = {"CTX_ERR_GUARD_REFUSED",
                               "the system refuses to make a guard (madvise, mprotect)"},
    [CTX_ERR_RESIDENCY_REFUSED] = {"CTX_ERR_RESIDENCY_REFUSED",
                                   "the system refuses to say which pages have memory (mincore)"},
    [CTX_ERR_SIGNAL_STACK_REFUSED] = {"CTX_ERR_SIGNAL_STACK_REFUSED",
                                      "the system refuses to change the alternate signal stack "
                                      "(sigaltstack)"},
};

#define CTX_NUM_STATUS_TEXTS (sizeof ctx_status_texts / sizeof ctx_status_texts[0])

const char *ctx_status_name(ctx_status status) {
  size_t index = (size_t)status;
  return index < CTX_NUM_STATUS_TEXTS ? ctx_status_texts[index].name : "CTX_ERR_UNKNOWN";
}

const char *ctx_status_message(ctx_status status) {
  size_t index = (size_t)status;
  return index < CTX_NUM_STATUS_TEXTS ? ctx_status_texts[index].message : "unknown status";
}
