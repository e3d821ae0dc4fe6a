/* Contexts work before main, in a program's constructors, as they work in main. */
#include "ctx/ctx.h"
#include "testing/harness/harness.h"

static ctx_status prepare_vector(void) {
  const ctx_type *const args[] = {&ctx_type_v256};
  ctx_signature *signature = NULL;
  ctx_status status = ctx_signature_create(&signature, NULL, args, 1, CTX_NOT_VARIADIC);
  ctx_signature_destroy(signature);
  return status;
}

static ctx_status status_before_main;
__attribute__((constructor)) static void before_main(void) {
  status_before_main = prepare_vector();
}

CTX_TEST(Constructor, ProcessorIsKnownToAProgramsOwn) {
  EXPECT_EQ(prepare_vector(), status_before_main);
}
