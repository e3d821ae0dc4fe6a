#include "testing/bench/seed_scheme.h"

#include <assert.h>

static_assert(offsetof(seed_context, rbx) == SEED_RBX, "");
static_assert(offsetof(seed_context, rsp) == SEED_RSP, "");
static_assert(offsetof(seed_context, rbp) == SEED_RBP, "");
static_assert(offsetof(seed_context, rdi) == SEED_RDI, "");
static_assert(offsetof(seed_context, r12) == SEED_R12, "");
static_assert(offsetof(seed_context, r13) == SEED_R13, "");
static_assert(offsetof(seed_context, r14) == SEED_R14, "");
static_assert(offsetof(seed_context, r15) == SEED_R15, "");
static_assert(offsetof(seed_context, rsi) == SEED_RSI, "");
static_assert(offsetof(seed_context, xmm) == SEED_XMM(0), "");
static_assert(offsetof(seed_context, retvals) == SEED_RETVALS, "");
static_assert(offsetof(seed_context, retval_xmm0) == SEED_RETVAL_XMM0, "");
static_assert(offsetof(seed_context, parent) == SEED_PARENT, "");
static_assert(offsetof(seed_context, callback) == SEED_CALLBACK, "");
static_assert(offsetof(seed_context, callback_data) == SEED_CALLBACK_DATA, "");
