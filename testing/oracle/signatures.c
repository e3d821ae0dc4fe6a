#include "testing/oracle/types.h"

ctx_status oracle_signature_create(const gen_case *from, ctx_signature **out) {
  static const ctx_type *args[GEN_MAX_ARGS];
  ctx_status status = oracle_type_status(from->result.type);
  for (size_t i = 0; i < from->num_args && status == CTX_OK; i++) {
    args[i] = oracle_type(from->args[i].type);
    status = oracle_type_status(from->args[i].type);
  }
  if (status != CTX_OK) return status;
  return ctx_signature_create(out, oracle_type(from->result.type), args, from->num_args,
                              from->num_fixed);
}
