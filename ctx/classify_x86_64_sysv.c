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
  for (size_t i = first_bit / 64; i <= last_bit / 64; i++) {
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

/* What gcc and clang differ in. */
typedef struct ctx_disputes {
  const char *in_registers; /* matters if the whole is passed in registers, else null */
  const char *anywhere;     /* matters in any case, else null */
} ctx_disputes;

static bool ctx_classify_at(const ctx_type *type, size_t offset, uint8_t *classes,
                            ctx_disputes *disputes);

static bool ctx_classify_member(const ctx_member *member, size_t at, uint8_t *classes,
                                ctx_disputes *disputes) {
  const ctx_type *element = member->type;
  if (member->bit_width != 0) {
    ctx_classify_bit_field(member, at, classes);
    return true;
  }
  if (element->kind == CTX_KIND_F128) disputes->in_registers = "__float128 in an aggregate";
  size_t count = element->size != 0 ? ctx_member_count(member) : 1;
  for (size_t i = 0; i < count; i++, at += element->size) {
    if (!ctx_classify_at(element, at, classes, disputes)) return false;
    /* In a packed struct. gcc looks at the scalars in it alone, which lie aligned, or are none. */
    if (at % element->align != 0) disputes->in_registers = "an over-aligned member that is packed";
  }
  return true;
}

/* More than 16 bytes are in a register only as one vector. clang then counts members, and lets a
 * vector win over an array that shares its bytes; the psABI and gcc do neither. */
typedef struct ctx_wide_members {
  bool vectors;
  bool others;
  bool empty;
} ctx_wide_members;

static void ctx_note_member(ctx_wide_members *wide, const ctx_member *member, bool fits) {
  size_t count = ctx_member_count(member);
  if (member->type->size == 0) wide->empty = true;
  if (member->bit_width != 0 || count * member->type->size <= 16) return;
  *(fits && count == 1 ? &wide->vectors : &wide->others) = true;
}

static void ctx_dispute_wide(const ctx_type *type, const ctx_wide_members *wide,
                             ctx_disputes *disputes) {
  if (type->size <= 16) return;
  if (type->kind == CTX_KIND_UNION && wide->vectors && wide->others) {
    disputes->anywhere = "a vector that shares its bytes with others of more than 16";
  }
  if (wide->empty || (type->kind == CTX_KIND_STRUCT && type->num_members > 1)) {
    disputes->in_registers = "a wide vector beside other members";
  }
}

static bool ctx_classify_at(const ctx_type *type, size_t offset, uint8_t *classes,
                            ctx_disputes *disputes) {
  if (type->size == 0) return true;
  if (!ctx_type_is_aggregate(type)) return ctx_classify_scalar(type, offset, classes);
  uint8_t own[CTX_MAX_EIGHTBYTES] = {CTX_CLASS_NONE};
  ctx_wide_members wide = {false, false, false};
  bool all_fit = true;
  for (size_t i = 0; i < type->num_members; i++) {
    const ctx_member *member = &type->members[i];
    bool fits = ctx_classify_member(member, offset + member->offset, own, disputes);
    ctx_note_member(&wide, member, fits);
    all_fit = all_fit && fits;
  }
  ctx_dispute_wide(type, &wide, disputes);
  size_t first = offset / CTX_EIGHTBYTE;
  size_t end = (offset + type->size + CTX_EIGHTBYTE - 1) / CTX_EIGHTBYTE;
  if (!all_fit || !ctx_classify_post_merger(first, end, own)) return false;
  for (size_t i = first; i < end; i++)
    classes[i] = ctx_class_merge(classes[i], own[i]);
  return true;
}

ctx_status ctx_classify_type(const ctx_type *type, ctx_classes *out) {
  ctx_disputes disputes = {NULL, NULL};
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
  const char *dispute = disputes.anywhere != NULL ? disputes.anywhere : disputes.in_registers;
  if (dispute == NULL) return CTX_OK;
  return ctx_type_fail(CTX_ERR_UNSUPPORTED_TYPE, "%s: compilers disagree on %s",
                       ctx_type_name(type), dispute);
}
