#include "ctx/classify_x86_64_sysv.h"

#include <string.h>

#include "ctx/type_check.h"
#include "ctx/type_error.h"

#define CTX_EIGHTBYTE 8

/* The eightbytes of a scalar. */
typedef struct ctx_scalar_classes {
  uint8_t first;
  uint8_t rest;
  uint8_t element; /* size, in bytes, of what is aligned: half of a complex number */
} ctx_scalar_classes;

static const ctx_scalar_classes ctx_wide_classes[CTX_NUM_KINDS] = {
    [CTX_KIND_F16] = {CTX_CLASS_SSE, CTX_CLASS_NONE, 2},
    [CTX_KIND_F128] = {CTX_CLASS_SSE, CTX_CLASS_SSEUP, 16},
    [CTX_KIND_LONG_DOUBLE] = {CTX_CLASS_X87, CTX_CLASS_X87UP, 16},
    [CTX_KIND_COMPLEX_F32] = {CTX_CLASS_SSE, CTX_CLASS_SSE, 4},
    [CTX_KIND_COMPLEX_F64] = {CTX_CLASS_SSE, CTX_CLASS_SSE, 8},
    [CTX_KIND_COMPLEX_LONG_DOUBLE] = {CTX_CLASS_COMPLEX_X87, CTX_CLASS_NONE, 16},
    [CTX_KIND_I128] = {CTX_CLASS_INTEGER, CTX_CLASS_INTEGER, 16},
    [CTX_KIND_U128] = {CTX_CLASS_INTEGER, CTX_CLASS_INTEGER, 16},
    [CTX_KIND_V64] = {CTX_CLASS_SSE, CTX_CLASS_NONE, 8},
    [CTX_KIND_V128] = {CTX_CLASS_SSE, CTX_CLASS_SSEUP, 16},
    [CTX_KIND_V256] = {CTX_CLASS_SSE, CTX_CLASS_SSEUP, 32},
    [CTX_KIND_V512] = {CTX_CLASS_SSE, CTX_CLASS_SSEUP, 64},
};

static ctx_scalar_classes ctx_scalar_classes_of(const ctx_type *type) {
  ctx_class one = ctx_classify(type->kind);
  if (one == CTX_CLASS_NONE) return ctx_wide_classes[type->kind];
  ctx_scalar_classes classes = {(uint8_t)one, CTX_CLASS_NONE, (uint8_t)type->size};
  return classes;
}

/* 3.2.3, "Classification", 4: two fields in one eightbyte. */
static uint8_t ctx_class_merge(uint8_t a, uint8_t b) {
  if (a == b) return a;              /* (a) */
  if (a == CTX_CLASS_NONE) return b; /* (b) */
  if (b == CTX_CLASS_NONE) return a;
  if (a == CTX_CLASS_MEMORY || b == CTX_CLASS_MEMORY) return CTX_CLASS_MEMORY;    /* (c) */
  if (a == CTX_CLASS_INTEGER || b == CTX_CLASS_INTEGER) return CTX_CLASS_INTEGER; /* (d) */
  bool a_is_x87 = a >= CTX_CLASS_X87, b_is_x87 = b >= CTX_CLASS_X87;
  if (a_is_x87 || b_is_x87) return CTX_CLASS_MEMORY; /* (e) */
  return CTX_CLASS_SSE;                              /* (f) */
}

/* All numbers of bytes and eightbytes below count from the start of the outermost type. What a
 * function returns is whether the whole can still be in registers. */

static bool ctx_classify_scalar(const ctx_type *type, size_t offset, uint8_t *classes) {
  ctx_scalar_classes scalar = ctx_scalar_classes_of(type);
  if (offset % scalar.element != 0) return false; /* 1: unaligned fields */
  size_t first = offset / CTX_EIGHTBYTE;
  size_t last = (offset + type->size - 1) / CTX_EIGHTBYTE;
  for (size_t i = first; i <= last; i++) {
    classes[i] = ctx_class_merge(classes[i], i == first ? scalar.first : scalar.rest);
  }
  return true;
}

/* A bit-field is an integer wherever it has a bit; it has no alignment to keep. */
static void ctx_classify_bit_field(const ctx_member *member, size_t offset, uint8_t *classes) {
  size_t first_bit = offset * 8 + member->bit_offset;
  size_t last_bit = first_bit + member->bit_width - 1;
  /* The second bound is for gcc 12, which at -O3 warns without it. */
  for (size_t i = first_bit / 64; i <= last_bit / 64 && i < CTX_MAX_EIGHTBYTES; i++) {
    classes[i] = ctx_class_merge(classes[i], CTX_CLASS_INTEGER);
  }
}

/* 3.2.3, "Classification", 5, for the eightbytes of one aggregate: gcc and clang apply it to each
 * aggregate that is nested, before its classes are merged into those around it. */
static bool ctx_classify_post_merger(size_t first, size_t end, uint8_t *classes) {
  for (size_t i = first; i < end; i++) {
    uint8_t before = i == first ? (uint8_t)CTX_CLASS_NONE : classes[i - 1];
    if (classes[i] == CTX_CLASS_MEMORY) return false;                           /* (a) */
    if (classes[i] == CTX_CLASS_X87UP && before != CTX_CLASS_X87) return false; /* (b) */
    if (end - first > 2 && classes[i] != (i == first ? CTX_CLASS_SSE : CTX_CLASS_SSEUP)) {
      return false; /* (c) */
    }
    if (classes[i] == CTX_CLASS_SSEUP && before != CTX_CLASS_SSE && before != CTX_CLASS_SSEUP) {
      classes[i] = CTX_CLASS_SSE; /* (d) */
    }
  }
  return true;
}

/* What gcc and clang differ in; ABI.md has a list of what each does. */
typedef struct ctx_disputes {
  const char *in_registers;      /* matters if the whole is passed in registers, else null */
  const char *anywhere;          /* matters in any case, else null */
  const char *in_two_eightbytes; /* matters if the whole has up to 16 bytes, else null */
} ctx_disputes;

static void ctx_class_merge_all(uint8_t *classes, const uint8_t *others) {
  for (size_t i = 0; i < CTX_MAX_EIGHTBYTES; i++)
    classes[i] = ctx_class_merge(classes[i], others[i]);
}

/* In a union gcc takes a bit-field, which begins where the union does, for the smallest integer
 * that holds it, and wants that aligned. */
static bool ctx_bit_field_is_misaligned(const ctx_member *member, size_t offset) {
  size_t bits = 8;
  while (bits < member->bit_width)
    bits *= 2;
  return offset * 8 % bits != 0;
}

static bool ctx_classify_at(const ctx_type *type, size_t offset, uint8_t *classes,
                            ctx_disputes *disputes);

static bool ctx_classify_member(const ctx_type *type, const ctx_member *member, size_t at,
                                uint8_t *classes, ctx_disputes *disputes) {
  const ctx_type *element = member->type;
  if (member->bit_width != 0) {
    if (type->kind == CTX_KIND_UNION && ctx_bit_field_is_misaligned(member, at)) {
      disputes->in_registers = "a bit-field in a union that is not aligned for it";
    }
    ctx_classify_bit_field(member, at, classes);
    return true;
  }
  if (element->kind == CTX_KIND_F128) disputes->in_registers = "__float128 in an aggregate";
  size_t count = element->size != 0 ? ctx_member_count(member) : 1;
  for (size_t i = 0; i < count; i++, at += element->size) {
    if (!ctx_classify_at(element, at, classes, disputes)) {
      /* gcc looks at an array's first element alone; the first fits. */
      if (i > 0) disputes->in_two_eightbytes = "an array of packed structs, the first one aligned";
      return false;
    }
    /* In a packed struct. gcc looks at the scalars in it alone, which lie aligned, or are none. */
    if (at % element->align != 0) disputes->in_registers = "an over-aligned member that is packed";
  }
  return true;
}

/* What clang forgets of a union that has a vector, too. */
static bool ctx_is_long_array(const ctx_member *member) {
  return member->bit_width == 0 && member->type->size != 0 && ctx_member_count(member) > 1 &&
         ctx_member_count(member) * member->type->size > 16;
}

static bool ctx_classify_at(const ctx_type *type, size_t offset, uint8_t *classes,
                            ctx_disputes *disputes) {
  if (type->size == 0) { /* passes nothing, but what is in it may be misplaced */
    for (size_t i = 0; i < type->num_members; i++)
      (void)ctx_classify_member(type, &type->members[i], offset, classes, disputes);
    return true;
  }
  if (!ctx_type_is_aggregate(type)) return ctx_classify_scalar(type, offset, classes);
  size_t first = offset / CTX_EIGHTBYTE;
  size_t end = (offset + type->size + CTX_EIGHTBYTE - 1) / CTX_EIGHTBYTE;
  uint8_t own[CTX_MAX_EIGHTBYTES] = {CTX_CLASS_NONE};
  uint8_t remembered[CTX_MAX_EIGHTBYTES] = {CTX_CLASS_NONE}; /* without long arrays */
  bool fits = true, remembered_fits = true, has_long_array = false;
  for (size_t i = 0; i < type->num_members; i++) {
    const ctx_member *member = &type->members[i];
    uint8_t one[CTX_MAX_EIGHTBYTES] = {CTX_CLASS_NONE};
    bool one_fits = ctx_classify_member(type, member, offset + member->offset, one, disputes);
    ctx_class_merge_all(own, one);
    fits = fits && one_fits;
    if (ctx_is_long_array(member)) {
      has_long_array = true;
    } else {
      ctx_class_merge_all(remembered, one);
      remembered_fits = remembered_fits && one_fits;
    }
  }
  if (type->kind == CTX_KIND_UNION && has_long_array && remembered_fits &&
      remembered[first] == CTX_CLASS_SSE && remembered[first + 1] == CTX_CLASS_SSEUP) {
    disputes->anywhere = "a vector in a union with an array of more than 16 bytes";
  }
  if (!fits || !ctx_classify_post_merger(first, end, own)) return false;
  /* More than 16 bytes are in a register only as one vector; clang wants it to be alone. */
  if (type->kind == CTX_KIND_STRUCT && type->size > 16 && type->num_members > 1) {
    disputes->in_registers = "a struct of a vector of more than 16 bytes and an empty member";
  }
  ctx_class_merge_all(classes, own);
  return true;
}

ctx_status ctx_classify_type(const ctx_type *type, ctx_classes *out) {
  ctx_disputes disputes = {NULL, NULL, NULL};
  memset(out, 0, sizeof *out);
  if (type->align > CTX_MAX_EIGHTBYTES * CTX_EIGHTBYTE) {
    return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE, "%s: an alignment of %zu bytes is above 64",
                         ctx_type_name(type), type->align);
  }
  bool fits = type->size <= CTX_MAX_EIGHTBYTES * CTX_EIGHTBYTE;
  if (fits) out->num = (type->size + CTX_EIGHTBYTE - 1) / CTX_EIGHTBYTE;
  if (!fits || !ctx_classify_at(type, 0, out->eightbyte, &disputes)) {
    out->num = 1;
    out->eightbyte[0] = CTX_CLASS_MEMORY;
    disputes.in_registers = NULL;
  } else if (out->num != 0 && out->eightbyte[0] == CTX_CLASS_NONE) {
    disputes.in_registers = "padding that has no member before it"; /* an unnamed bit-field */
  }
  const char *dispute = disputes.anywhere;
  if (dispute == NULL) dispute = disputes.in_registers;
  if (dispute == NULL && type->size <= 16) dispute = disputes.in_two_eightbytes;
  if (dispute == NULL) return CTX_OK;
  return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE, "%s: compilers disagree on %s",
                       ctx_type_name(type), dispute);
}
