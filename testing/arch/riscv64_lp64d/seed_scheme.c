#include "testing/bench/seed_scheme.h"

#include <assert.h>

static_assert(offsetof(seed_context, s) == SEED_S(0), "");
static_assert(offsetof(seed_context, sp) == SEED_S(12), "");
static_assert(offsetof(seed_context, sp) == SEED_SP, "");
static_assert(offsetof(seed_context, ra) == SEED_RA, "");
static_assert(offsetof(seed_context, a0) == SEED_A0, "");
static_assert(offsetof(seed_context, a1) == SEED_A1, "");
static_assert(offsetof(seed_context, fs) == SEED_FS(0), "");
static_assert(offsetof(seed_context, fa) == SEED_FS(12), "");
static_assert(offsetof(seed_context, fa) == SEED_FA(0), "");
static_assert(offsetof(seed_context, retvals) == SEED_RETVALS, "");
static_assert(offsetof(seed_context, retval_fa0) == SEED_RETVAL_FA0, "");
static_assert(offsetof(seed_context, parent) == SEED_PARENT, "");
static_assert(offsetof(seed_context, callback) == SEED_CALLBACK, "");
static_assert(offsetof(seed_context, callback_data) == SEED_CALLBACK_DATA, "");
