#include "testing/oracle/call.h"
#include "testing/oracle/model.h"

/* Returns a type for the same bytes that is always accepted. A 16-byte integer that is disputed by
 * itself is not disputed in a struct. */
static const gen_type *replacement(gen_pool *pool, const gen_type *type) {
  if (type->kind == GEN_I128 || type->kind == GEN_U128) {
    const gen_member member = {.type = type};
    const gen_type *wrapped = gen_type_make(pool, GEN_STRUCT, false, 0, &member, 1);
    if (wrapped != NULL) return wrapped;
  }
  static const gen_kind kinds[] = {GEN_U64, GEN_U32, GEN_U16, GEN_U8};
  for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
    if (gen_scalar(kinds[i])->size <= type->size) return gen_scalar(kinds[i]);
  }
  return type; /* of size 0 */
}

/* Returns whether anything may be refused for its place: most cases have nothing of the kind. */
static bool may_be_refused(const gen_case *from) {
  if (from->num_fixed != GEN_NOT_VARIADIC) return true;
  for (size_t i = 0; i < from->num_args; i++) {
    const gen_type *type = from->args[i].type;
    if (type->kind == GEN_I128 || type->kind == GEN_U128) return true;
    if (gen_is_aggregate(type) && type->size >= 16) return true;
  }
  return false;
}

void oracle_make_acceptable(gen_case *from) {
  static model_expectation expected;
  if (!may_be_refused(from)) return;
  for (size_t i = 0; i < from->num_args; i++) {
    if (!model_expect(from, &expected)) return;
    size_t refused = expected.refused_argument;
    if (expected.refusal.verdict < MODEL_REFUSED || refused == SIZE_MAX) return;
    from->args[refused].type = replacement(&from->pool, from->args[refused].type);
  }
}
