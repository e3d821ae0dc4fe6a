#include "ctx/call/argument.h"

#include "ctx/arch/arch.h"
#include CTX_ARCH_HEADER_(classify.h)
#include CTX_ARCH_HEADER_(disputes.h)
#include "ctx/type/check.h"
#include "ctx/type/error.h"

/* Refuses what C itself forbids, on any architecture. */
static ctx_status ctx_argument_check(ctx_type_checker *checker, const ctx_type *type,
                                     ctx_naming naming) {
  ctx_status status = ctx_type_check(checker, type);
  if (status != CTX_OK) return status;
  if (type->kind == CTX_KIND_VOID) {
    return ctx_type_fail(CTX_ERR_BAD_TYPE, "void is not an argument");
  }
  if (naming == CTX_UNNAMED && type->kind == CTX_KIND_F32) {
    return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE,
                         "%s: after an ellipsis C passes a double instead", ctx_type_name(type));
  }
  return CTX_OK;
}

ctx_status ctx_argument_place(ctx_type_checker *checker, ctx_placer *placer, const ctx_type *type,
                              ctx_naming naming, ctx_place *out) {
  ctx_status status = ctx_argument_check(checker, type, naming);
  if (status != CTX_OK) return status;
  ctx_classes classes;
  ctx_classify(type, &classes);
  ctx_placer next = *placer;
  ctx_place_next(&next, type, &classes, naming, out);
  status = ctx_dispute_argument(type, &classes, naming, placer, out);
  if (status != CTX_OK) return status;
  /* The bound keeps offsets within 32 bits. It holds for arguments in registers, too. */
  if (placer->memory_size + type->size + type->align > CTX_TYPE_MAX_SIZE) {
    return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE, "the arguments in memory exceed %zu bytes",
                         CTX_TYPE_MAX_SIZE);
  }
  *placer = next;
  return CTX_OK;
}

void ctx_argument_place_again(ctx_placer *placer, const ctx_type *type, ctx_naming naming,
                              ctx_place *out) {
  ctx_classes classes;
  ctx_classify(type, &classes);
  ctx_place_next(placer, type, &classes, naming, out);
}

ctx_status ctx_argument_place_result(ctx_type_checker *checker, const ctx_type *type,
                                     ctx_result_place *out) {
  ctx_status status = ctx_type_check(checker, type);
  if (status != CTX_OK) return status;
  ctx_classes classes;
  ctx_classify(type, &classes);
  status = ctx_dispute_result(type, &classes);
  if (status == CTX_OK) ctx_place_result(type, &classes, out);
  return status;
}
