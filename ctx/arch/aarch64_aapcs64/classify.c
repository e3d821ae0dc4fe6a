#include "ctx/arch/arch.h"

#ifdef CTX_ARCH_AARCH64_AAPCS64_

#include <string.h>

#include "ctx/arch/aarch64_aapcs64/classify.h"
#include "ctx/type/check.h"

/* ---- Scalars ---- */

/* The elements of a scalar that is passed in vector registers. */
typedef struct ctx_elements {
  uint8_t size; /* of each, in bytes; 0: it is passed in general registers */
  uint8_t num;
  bool is_short_vector; /* otherwise a floating-point number */
} ctx_elements;

/* A complex number is laid out, and passed, as a struct of two (10.1.1, Table 3). Long double has
 * 128 bits, as __float128 does. */
static const ctx_elements ctx_scalar_elements[CTX_NUM_KINDS] = {
    [CTX_KIND_F16] = {2, 1, false},          [CTX_KIND_F32] = {4, 1, false},
    [CTX_KIND_F64] = {8, 1, false},          [CTX_KIND_F128] = {16, 1, false},
    [CTX_KIND_LONG_DOUBLE] = {16, 1, false}, [CTX_KIND_COMPLEX_F32] = {4, 2, false},
    [CTX_KIND_COMPLEX_F64] = {8, 2, false},  [CTX_KIND_COMPLEX_LONG_DOUBLE] = {16, 2, false},
    [CTX_KIND_V64] = {8, 1, true},           [CTX_KIND_V128] = {16, 1, true},
};

/* ---- Homogeneous aggregates (5.9.5) ---- */

/* ctx_homogeneity is what is known of an aggregate after some of its members. */
typedef struct ctx_homogeneity {
  ctx_elements base; /* what all members so far consist of; size 0: there was none */
  size_t num;        /* of uniquely addressable elements; at most CTX_MAX_ELEMENTS */
} ctx_homogeneity;

static bool ctx_find_homogeneity(const ctx_type *type, ctx_homogeneity *found);

/* Adds a member. False: the aggregate is not homogeneous, or has too many elements. In a union
 * elements of one member are at the addresses of those of another. */
static bool ctx_add_member(const ctx_type *type, const ctx_member *member, ctx_homogeneity *found) {
  if (member->bit_width != 0) return false; /* an integer */
  if (member->type->size == 0) return true; /* it has no element */
  ctx_homogeneity one = {.num = 0};
  if (!ctx_find_homogeneity(member->type, &one)) return false;
  if (found->base.size == 0) found->base = one.base;
  if (one.base.size != found->base.size ||
      one.base.is_short_vector != found->base.is_short_vector) {
    return false;
  }
  size_t count = ctx_member_count(member);
  if (count > CTX_MAX_ELEMENTS) return false;
  one.num *= count;
  if (type->kind == CTX_KIND_STRUCT) {
    found->num += one.num;
  } else if (one.num > found->num) {
    found->num = one.num;
  }
  return found->num <= CTX_MAX_ELEMENTS;
}

/* Finds what a type that is not empty consists of. False: it is not all elements of one kind, has
 * more than CTX_MAX_ELEMENTS, or has padding. */
static bool ctx_find_homogeneity(const ctx_type *type, ctx_homogeneity *found) {
  if (!ctx_type_is_aggregate(type)) {
    found->base = ctx_scalar_elements[type->kind];
    found->num = found->base.num;
    return found->num != 0;
  }
  for (size_t i = 0; i < type->num_members; i++) {
    if (!ctx_add_member(type, &type->members[i], found)) return false;
  }
  return found->num != 0 && type->size == found->num * found->base.size;
}

/* ---- Alignment ---- */

/* The natural alignment of an aggregate is that of its strictest member, before an attribute of the
 * whole (5.9). A description has the alignment of a member's type. An attribute of the member
 * itself shows only in that of the whole. So where the whole is aligned to more than the types of
 * its members are, either has been aligned, and both of these are possible:
 *
 *     struct { _Alignas(16) long a; }                    its natural alignment is 16
 *     struct __attribute__((aligned(16))) { long a; }    its natural alignment is 8 */
static size_t ctx_natural_align(const ctx_type *type) {
  if (!ctx_type_is_aggregate(type)) return type->align;
  size_t align = 1;
  for (size_t i = 0; i < type->num_members; i++) {
    if (type->members[i].type->align > align) align = type->members[i].type->align;
  }
  return align < type->align ? align : type->align; /* it is less if the whole is packed */
}

/* ---- All types ---- */

void ctx_classify(const ctx_type *type, ctx_classes *out) {
  memset(out, 0, sizeof *out);
  out->element_size = 8;
  out->align = ctx_natural_align(type) >= 16 ? 16 : 8; /* B.6, C.4, C.14 */
  out->is_adjusted = type->align >= 16 && out->align < 16;
  ctx_homogeneity found = {.num = 0};
  if (type->size == 0) {
    out->whole = CTX_CLASS_NONE;
  } else if (ctx_find_homogeneity(type, &found)) {
    out->whole = CTX_CLASS_VECTOR;
    out->num = found.num;
    out->element_size = found.base.size;
  } else if (type->size <= 16) {
    out->whole = CTX_CLASS_INTEGER;
    out->num = (type->size + 7) / 8;
  } else {
    out->whole = CTX_CLASS_REFERENCE; /* B.4 */
    out->num = 1;
  }
}

#endif
