#include "ctx/arch/arch.h"

#ifdef CTX_ARCH_X86_64_SYSV_

#include <string.h>

#include "ctx/arch/x86_64_sysv/classify.h"
#include "ctx/type/check.h"

#define CTX_EIGHTBYTE 8

/* The classes of the eightbytes of a scalar. */
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
  ctx_class one = ctx_class_of_word(type->kind);
  if (one == CTX_CLASS_NONE) return ctx_wide_classes[type->kind];
  ctx_scalar_classes classes = {(uint8_t)one, CTX_CLASS_NONE, (uint8_t)type->size};
  return classes;
}

/* Merges the classes of two fields in one eightbyte (3.2.3, "Classification", 4). */
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

void ctx_class_merge_all(uint8_t classes[CTX_MAX_EIGHTBYTES],
                         const uint8_t others[CTX_MAX_EIGHTBYTES]) {
  for (size_t i = 0; i < CTX_MAX_EIGHTBYTES; i++)
    classes[i] = ctx_class_merge(classes[i], others[i]);
}

/* All numbers of bytes and eightbytes below count from the start of the outermost type. Each
 * function returns whether the whole can still be in registers. */

/* An array of scalars is classified as a whole. If the first one is aligned, all are. */
static bool ctx_classify_scalars(const ctx_type *type, size_t count, size_t offset,
                                 uint8_t *classes) {
  ctx_scalar_classes scalar = ctx_scalar_classes_of(type);
  if (offset % scalar.element != 0) return false; /* 1: unaligned fields */
  size_t each = type->size > CTX_EIGHTBYTE ? type->size / CTX_EIGHTBYTE : 1;
  size_t first = offset / CTX_EIGHTBYTE;
  size_t last = (offset + count * type->size - 1) / CTX_EIGHTBYTE;
  for (size_t i = first; i <= last; i++) {
    bool is_first = (i - first) % each == 0;
    classes[i] = ctx_class_merge(classes[i], is_first ? scalar.first : scalar.rest);
  }
  return true;
}

/* A bit-field is an integer wherever it has a bit. It has no alignment to keep. */
static void ctx_classify_bit_field(const ctx_member *member, size_t offset, uint8_t *classes) {
  size_t first_bit = offset * 8 + member->bit_offset;
  size_t last_bit = first_bit + member->bit_width - 1;
  /* The second bound is for gcc 12, which at -O3 warns without it. */
  for (size_t i = first_bit / 64; i <= last_bit / 64 && i < CTX_MAX_EIGHTBYTES; i++) {
    classes[i] = ctx_class_merge(classes[i], CTX_CLASS_INTEGER);
  }
}

/* Applies 3.2.3, "Classification", 5, to the eightbytes of one aggregate. gcc and clang do so for
 * each nested aggregate, before its classes are merged into those around it. */
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

static bool ctx_classify_aggregate(const ctx_type *type, size_t offset, uint8_t *classes);

bool ctx_classify_member(const ctx_member *member, size_t offset,
                         uint8_t classes[CTX_MAX_EIGHTBYTES]) {
  const ctx_type *element = member->type;
  if (member->bit_width != 0) {
    ctx_classify_bit_field(member, offset, classes);
    return true;
  }
  if (element->size == 0) return true; /* passes nothing */
  size_t count = ctx_member_count(member);
  if (!ctx_type_is_aggregate(element)) return ctx_classify_scalars(element, count, offset, classes);
  for (size_t i = 0; i < count; i++) {
    if (!ctx_classify_aggregate(element, offset + i * element->size, classes)) return false;
  }
  return true;
}

bool ctx_classify_merge(const ctx_type *type, size_t offset, uint8_t own[CTX_MAX_EIGHTBYTES],
                        uint8_t classes[CTX_MAX_EIGHTBYTES]) {
  size_t first = offset / CTX_EIGHTBYTE;
  size_t end = (offset + type->size + CTX_EIGHTBYTE - 1) / CTX_EIGHTBYTE;
  if (!ctx_classify_post_merger(first, end, own)) return false;
  for (size_t i = first; i < end; i++)
    classes[i] = ctx_class_merge(classes[i], own[i]);
  return true;
}

static bool ctx_classify_aggregate(const ctx_type *type, size_t offset, uint8_t *classes) {
  uint8_t own[CTX_MAX_EIGHTBYTES] = {CTX_CLASS_NONE};
  for (size_t i = 0; i < type->num_members; i++) {
    const ctx_member *member = &type->members[i];
    if (!ctx_classify_member(member, offset + member->offset, own)) return false;
  }
  return ctx_classify_merge(type, offset, own, classes);
}

void ctx_classify(const ctx_type *type, ctx_classes *out) {
  memset(out, 0, sizeof *out);
  const ctx_member whole = {.type = type, .count = 1};
  bool fits = type->size <= CTX_MAX_EIGHTBYTES * CTX_EIGHTBYTE;
  if (fits) out->num = (type->size + CTX_EIGHTBYTE - 1) / CTX_EIGHTBYTE;
  if (!fits || !ctx_classify_member(&whole, 0, out->eightbyte)) {
    out->num = 1;
    out->eightbyte[0] = CTX_CLASS_MEMORY;
  }
}

#endif
