/* 3.2.3, "Classification". */
#include <string.h>

#include "testing/arch/x86_64_sysv/model.h"

const char *model_class_name(model_class class) {
  static const char *const names[] = {"NO_CLASS", "INTEGER", "SSE",         "SSEUP",
                                      "X87",      "X87UP",   "COMPLEX_X87", "MEMORY"};
  return names[class];
}

/* Classes of the eightbytes of the outermost object, 4: "each field of an object is classified
 * recursively so that always two fields are considered". */
typedef struct eightbytes {
  uint8_t of[MODEL_MAX_EIGHTBYTES];
} eightbytes;

/* 4 (a) to (f). */
static model_class merge(model_class a, model_class b) {
  if (a == b) return a;
  if (a == MODEL_NO_CLASS) return b;
  if (b == MODEL_NO_CLASS) return a;
  if (a == MODEL_MEMORY || b == MODEL_MEMORY) return MODEL_MEMORY;
  if (a == MODEL_INTEGER || b == MODEL_INTEGER) return MODEL_INTEGER;
  bool a_is_x87 = a == MODEL_X87 || a == MODEL_X87UP || a == MODEL_COMPLEX_X87;
  bool b_is_x87 = b == MODEL_X87 || b == MODEL_X87UP || b == MODEL_COMPLEX_X87;
  if (a_is_x87 || b_is_x87) return MODEL_MEMORY;
  return MODEL_SSE;
}

static void merge_into(eightbytes *to, size_t index, model_class class) {
  to->of[index] = (uint8_t)merge((model_class)to->of[index], class);
}

/* The eightbytes that bytes [at, at + size) touch. */
static size_t first_eightbyte(size_t at) { return at / 8; }
static size_t end_eightbyte(size_t at, size_t size) { return (at + size + 7) / 8; }

/* A scalar at a byte of the outermost object. */
static void classify_scalar(gen_kind kind, size_t at, eightbytes *out) {
  size_t size = gen_scalar(kind)->size;
  size_t first = first_eightbyte(at);
  size_t end = end_eightbyte(at, size);
  /* 1: "... or it contains unaligned fields, it has class MEMORY." */
  if (at % gen_scalar(kind)->align != 0) {
    for (size_t i = first; i < end; i++)
      merge_into(out, i, MODEL_MEMORY);
    return;
  }
  switch (kind) {
    case GEN_VOID:
      return;
    case GEN_F16:
    case GEN_F32:
    case GEN_F64:
    case GEN_V64:
      merge_into(out, first, MODEL_SSE);
      return;
    /* "split into two halves. The least significant ones belong to class SSE, the most significant
     * one to class SSEUP"; of the wider ones all others. */
    case GEN_F128:
    case GEN_V128:
    case GEN_V256:
    case GEN_V512:
      merge_into(out, first, MODEL_SSE);
      for (size_t i = first + 1; i < end; i++)
        merge_into(out, i, MODEL_SSEUP);
      return;
    case GEN_LONG_DOUBLE:
      merge_into(out, first, MODEL_X87);
      merge_into(out, first + 1, MODEL_X87UP);
      return;
    /* "treated as if they are implemented like: struct complexT { T real; T imag; };" */
    case GEN_COMPLEX_F32:
      classify_scalar(GEN_F32, at, out);
      classify_scalar(GEN_F32, at + 4, out);
      return;
    case GEN_COMPLEX_F64:
      classify_scalar(GEN_F64, at, out);
      classify_scalar(GEN_F64, at + 8, out);
      return;
    case GEN_COMPLEX_LONG_DOUBLE:
      for (size_t i = first; i < end; i++)
        merge_into(out, i, MODEL_COMPLEX_X87);
      return;
    /* Integers and pointers; "__int128 offers the same operations as INTEGERs, yet they do not fit
     * into one general purpose register but require two". */
    default:
      for (size_t i = first; i < end; i++)
        merge_into(out, i, MODEL_INTEGER);
      return;
  }
}

static void classify(const gen_type *type, size_t at, eightbytes *out);

static void classify_member(const gen_member *member, size_t aggregate, eightbytes *out) {
  size_t bit = 8 * aggregate + member->bit_offset;
  switch (member->form) {
    case GEN_PLAIN:
      classify(member->type, bit / 8, out);
      return;
    case GEN_ARRAY:
      for (size_t i = 0; i < member->count; i++)
        classify(member->type, bit / 8 + i * member->type->size, out);
      return;
    /* Bit-fields are integers wherever they are: no alignment is asked of them. */
    case GEN_BIT_FIELD:
      for (size_t i = bit / 64; i < (bit + member->bits + 63) / 64; i++)
        merge_into(out, i, MODEL_INTEGER);
      return;
    case GEN_FLEXIBLE:
    case GEN_UNNAMED_BIT_FIELD:
      return;
  }
}

/* 5: "Then a post merger cleanup is done", on an aggregate of `size` bytes. True if it is in
 * memory. */
static bool clean_up(eightbytes *classes, size_t first, size_t end, size_t size) {
  /* (a) */
  for (size_t i = first; i < end; i++) {
    if (classes->of[i] == MODEL_MEMORY) return true;
  }
  /* (b) */
  for (size_t i = first; i < end; i++) {
    bool follows_x87 = i != first && classes->of[i - 1] == MODEL_X87;
    if (classes->of[i] == MODEL_X87UP && !follows_x87) return true;
  }
  /* (c) */
  if (size > 16) {
    if (classes->of[first] != MODEL_SSE) return true;
    for (size_t i = first + 1; i < end; i++) {
      if (classes->of[i] != MODEL_SSEUP) return true;
    }
  }
  /* (d) */
  for (size_t i = first; i < end; i++) {
    bool follows_sse =
        i != first && (classes->of[i - 1] == MODEL_SSE || classes->of[i - 1] == MODEL_SSEUP);
    if (classes->of[i] == MODEL_SSEUP && !follows_sse) classes->of[i] = MODEL_SSE;
  }
  return false;
}

/* Aggregates are cleaned up each on its own, before they are merged into what they are part of: as
 * 4 says "recursively", and as gcc and clang do. */
static void classify_aggregate(const gen_type *type, size_t at, eightbytes *out) {
  eightbytes own = {{MODEL_NO_CLASS}};
  for (size_t i = 0; i < type->num_members; i++)
    classify_member(&type->members[i], at, &own);
  size_t first = first_eightbyte(at);
  size_t end = end_eightbyte(at, type->size);
  bool in_memory = clean_up(&own, first, end, type->size);
  for (size_t i = first; i < end; i++)
    merge_into(out, i, in_memory ? MODEL_MEMORY : (model_class)own.of[i]);
}

static void classify(const gen_type *type, size_t at, eightbytes *out) {
  if (type->size == 0) return;
  if (gen_is_aggregate(type)) {
    classify_aggregate(type, at, out);
  } else {
    classify_scalar(type->kind, at, out);
  }
}

void model_classify(const gen_type *type, model_classes *out) {
  /* 1: "If the size of an object is larger than eight eightbytes, ... it has class MEMORY." */
  if (type->size > 8 * MODEL_MAX_EIGHTBYTES) {
    out->num = MODEL_MAX_EIGHTBYTES;
    memset(out->of, MODEL_MEMORY, sizeof out->of);
    return;
  }
  eightbytes classes = {{MODEL_NO_CLASS}};
  classify(type, 0, &classes);
  out->num = end_eightbyte(0, type->size);
  memcpy(out->of, classes.of, sizeof out->of);
}
