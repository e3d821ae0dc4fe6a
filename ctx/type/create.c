/* Descriptions that are made at run time. */
#include <stdlib.h>
#include <string.h>

#include "ctx/type.h"
#include "ctx/type/check.h"

static ctx_status ctx_type_create(ctx_type **out, ctx_kind kind, size_t size, size_t align,
                                  const ctx_member *members, size_t num_members) {
  if (out == NULL) return CTX_ERR_NULL_ARGUMENT;
  ctx_type type = {
      .kind = kind,
      .size = size,
      .align = align,
      .name = kind == CTX_KIND_STRUCT ? "struct" : "union",
      .members = members,
      .num_members = num_members,
  };
  ctx_type_checker checker;
  ctx_type_checker_begin(&checker);
  ctx_status status = ctx_type_check(&checker, &type);
  if (status != CTX_OK) return status;
  /* The type and its members are one allocation, whose size the check has bounded. */
  ctx_type *created = malloc(sizeof type + num_members * sizeof *members);
  if (created == NULL) return CTX_ERR_NO_MEMORY;
  if (num_members != 0) {
    type.members = memcpy(created + 1, members, num_members * sizeof *members);
  }
  *created = type;
  *out = created;
  return CTX_OK;
}
_Static_assert(sizeof(ctx_type) % _Alignof(ctx_member) == 0, "members can follow their type");

ctx_status ctx_type_create_struct(ctx_type **out, size_t size, size_t align,
                                  const ctx_member *members, size_t num_members) {
  return ctx_type_create(out, CTX_KIND_STRUCT, size, align, members, num_members);
}

ctx_status ctx_type_create_union(ctx_type **out, size_t size, size_t align,
                                 const ctx_member *members, size_t num_members) {
  return ctx_type_create(out, CTX_KIND_UNION, size, align, members, num_members);
}

void ctx_type_destroy(ctx_type *type) { free(type); }
