/* Where each argument must be at a function's first instruction: System V psABI 1.0 for x86-64,
 * sections 3.2.2 "The Stack Frame" and 3.2.3 "Parameter Passing", for scalars. Written from its
 * text and sharing no code with ctx/, which it judges. */
#ifndef CTX_TESTING_ENTRY_EXPECTATION_H_
#define CTX_TESTING_ENTRY_EXPECTATION_H_

#include <stddef.h>
#include <stdint.h>

#include "ctx/ctx.h"

enum { CTX_EXPECT_GENERAL = 6, CTX_EXPECT_VECTOR = 8, CTX_EXPECT_MAX_ARGS = 256 };

/* One argument, as a caller has it: the kind's low bytes of `bits`; the others do not matter. */
struct ctx_test_arg {
  ctx_kind kind;
  uint64_t bits;
};

/* One place for an argument: what the ABI demands is in the bytes that `care` has set. In the
 * others ctx promises what is in `word`. */
struct ctx_expected_word {
  uint64_t word;
  uint64_t care;
};

struct ctx_expectation {
  struct ctx_expected_word general[CTX_EXPECT_GENERAL]; /* rdi, rsi, rdx, rcx, r8, r9 */
  struct ctx_expected_word vector[CTX_EXPECT_VECTOR];   /* the low halves of xmm0 to xmm7 */
  struct ctx_expected_word slots[CTX_EXPECT_MAX_ARGS];  /* from rsp + 8 up */
  size_t num_general;
  size_t num_vector;
  size_t num_slots;     /* used; the caller rounds them up to an even number */
  bool may_be_variadic; /* the callee; then al counts vector registers */
};

/* ctx_test_kind_name is "i8" for CTX_KIND_I8. */
const char *ctx_test_kind_name(ctx_kind kind);

/* ctx_test_kind_size is sizeof its C type: 1, 2, 4 or 8. */
size_t ctx_test_kind_size(ctx_kind kind);

/* ctx_test_kind_is_vector tells the class SSE from the class INTEGER. */
bool ctx_test_kind_is_vector(ctx_kind kind);

/* ctx_test_value gives the argument to the library: by the constructor of its kind. */
ctx_value ctx_test_value(struct ctx_test_arg arg);

/* ctx_expect says where the arguments go, to a callee that may be variadic. REQUIRES: num_args <=
 * CTX_EXPECT_MAX_ARGS. */
void ctx_expect(struct ctx_expectation *out, const struct ctx_test_arg *args, size_t num_args);

#endif /* CTX_TESTING_ENTRY_EXPECTATION_H_ */
