#include "testing/bench/seed_scheme.h"

#include <assert.h>

static_assert(offsetof(seed_context, x19_to_x30) == SEED_X(19), "");
static_assert(offsetof(seed_context, sp) == SEED_SP, "");
static_assert(offsetof(seed_context, sp) == SEED_X(31), "");
static_assert(offsetof(seed_context, x0) == SEED_X0, "");
static_assert(offsetof(seed_context, x1) == SEED_X1, "");
static_assert(offsetof(seed_context, d8_to_d15) == SEED_D(8), "");
static_assert(offsetof(seed_context, q) == SEED_Q(0), "");
static_assert(offsetof(seed_context, retvals) == SEED_RETVALS, "");
static_assert(offsetof(seed_context, retval_q0) == SEED_RETVAL_Q0, "");
static_assert(offsetof(seed_context, parent) == SEED_PARENT, "");
static_assert(offsetof(seed_context, callback) == SEED_CALLBACK, "");
static_assert(offsetof(seed_context, callback_data) == SEED_CALLBACK_DATA, "");
