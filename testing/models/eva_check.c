/* The check of descriptions, whose numbers are any: they come from users. */
#include "testing/models/eva.h"
/* Behind it: */
#include "ctx/type/check.c"
#include "ctx/type/scalars.c"

ctx_status ctx_type_fail(ctx_status status, const char *format, ...) { return status; }
ctx_status ctx_type_fail_in(ctx_status status, const char *format, ...) { return status; }

enum { NUM_TYPES = 2, NUM_MEMBERS = 2 };
static ctx_member members[NUM_TYPES][NUM_MEMBERS];
static ctx_type types[NUM_TYPES];

/* Null, a scalar, something that looks like one, or a type that is nested deeper. */
static const ctx_type *any_type_in(int type) {
  size_t which = each_up_to(2);
  if (which == 0) return NULL;
  if (which == 1 && type + 1 < NUM_TYPES) return &types[type + 1];
  return ctx_type_scalar((uint32_t)(1 + any_up_to(CTX_NUM_KINDS)));
}

static void any_numbers(ctx_type *type, size_t most_members) {
  type->kind = (uint32_t)any();
  type->size = any();
  type->align = any();
  type->name = any_up_to(1) != 0 ? "type" : NULL;
  type->num_members = any_up_to(most_members);
}

int main(void) {
  for (int i = 0; i < NUM_TYPES; i++) {
    any_numbers(&types[i], NUM_MEMBERS);
    types[i].members = members[i];
    for (int j = 0; j < NUM_MEMBERS; j++) {
      ctx_member *member = &members[i][j];
      member->name = any_up_to(1) != 0 ? "member" : NULL;
      member->type = any_type_in(i);
      member->offset = any();
      member->count = any();
      member->size = any();
      member->bit_offset = any();
      member->bit_width = any();
    }
  }
  ctx_type without_members = {0};
  any_numbers(&without_members, SIZE_MAX);
  ctx_type_checker checker;
  ctx_type_checker_begin(&checker);
  (void)ctx_type_check(&checker, &without_members);
  ctx_type_checker_begin(&checker);
  return ctx_type_check(&checker, &types[0]) != CTX_OK;
}
