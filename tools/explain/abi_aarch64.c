/* aarch64, by AAPCS64, on Linux. */
#define CTX_ARCH_AS_AARCH64_AAPCS64_
#include "tools/explain/placing.h"
#include "tools/explain/with_copies.h"
#include "tools/explain/words.h"

/* ---- Words ---- */

static const char *classes_in_words(arena *memory, const ctx_classes *classes,
                                    const ctx_place *place) {
  (void)place;
  static const char *const names[] = {[CTX_CLASS_NONE] = "none",
                                      [CTX_CLASS_INTEGER] = "INTEGER",
                                      [CTX_CLASS_VECTOR] = "VECTOR",
                                      [CTX_CLASS_REFERENCE] = "REFERENCE"};
  const char *all[CTX_MAX_ELEMENTS];
  for (size_t i = 0; i < classes->num; i++)
    all[i] = names[classes->whole];
  return classes->num == 0 ? names[classes->whole] : words_of_list(memory, all, classes->num);
}

/* ---- Registers ---- */

/* A picture has them in this order. */
enum { ORDER_X = 0, ORDER_X8 = 8, ORDER_V = 9, ORDER_X30 = 17 };

static const char *general_register(size_t index) {
  static const char *const names[CTX_NUM_GP_REGISTERS] = {"x0", "x1", "x2", "x3",
                                                          "x4", "x5", "x6", "x7"};
  return names[index];
}

/* The view of a vector register that has so many bytes. */
static const char *vector_register(size_t index, size_t size) {
  static const char *const names[][CTX_NUM_VECTOR_REGISTERS] = {
      {"h0", "h1", "h2", "h3", "h4", "h5", "h6", "h7"},
      {"s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7"},
      {"d0", "d1", "d2", "d3", "d4", "d5", "d6", "d7"},
      {"q0", "q1", "q2", "q3", "q4", "q5", "q6", "q7"}};
  return names[size == 16 ? 3 : size == 8 ? 2 : size == 4 ? 1 : 0][index];
}

static const char *return_register(const ctx_return_piece *from) {
  if (from->source < CTX_RETURN_Q0) return general_register(from->source);
  return vector_register((size_t)from->source - CTX_RETURN_Q0, from->size);
}

static void describe_piece(const ctx_piece *from, piece *out) {
  out->name =
      from->is_vector ? vector_register(from->index, from->size) : general_register(from->index);
  out->order = (from->is_vector ? ORDER_V : ORDER_X) + (size_t)from->index;
}

static void describe_place(const ctx_place *from, placement *out) {
  describe_pieces_and_memory(from, out);
  describe_copy(from, out);
}

static surroundings surround(const placing *p, bool is_variadic) {
  (void)is_variadic;
  return surround_by(p, "x8", ORDER_X8, "x30", ORDER_X30);
}

/* ---- Bit-fields without a name ---- */

/* Some compilers pass an aggregate that has one of them as a homogeneous one, if the rest of it is
 * (ABI.md). Otherwise they do not matter in general registers, nor in a copy, if there is anything
 * else. */
static const char *refuse_unnamed(const ctx_type *described, const ctx_type *with_unnamed,
                                  naming which) {
  (void)with_unnamed;
  (void)which;
  if (described->size != 0 && !has_value(described)) {
    return "compilers disagree on what has only bit-fields without a name: gcc passes it, clang "
           "does not";
  }
  ctx_classes classes;
  ctx_classify(described, &classes);
  if (classes.whole != CTX_CLASS_VECTOR) return NULL;
  return "compilers disagree on a bit-field without a name in a homogeneous aggregate";
}

/* ---- The whole ---- */

const abi abi_aarch64 = {
    .name = "aarch64",
    .folder = "aarch64_aapcs64",
    .title = "AAPCS64",
    .unnamed_bit_fields_align = true,
    .has_vectors_of_one = true,
    .has_lowered_scalars = true,
    .has_raised_aggregates = true,
    .declarations =
        PTHREAD_TYPES(64, 48, 8)
        "typedef unsigned wchar_t;"
        "typedef struct {"
        "  void *stack, *gr_top, *vr_top; int gr_offs, vr_offs;"
        "} va_list, __builtin_va_list;"
        "typedef signed char int8x8_t __attribute__((vector_size(8)));"
        "typedef short int16x4_t __attribute__((vector_size(8)));"
        "typedef int int32x2_t __attribute__((vector_size(8)));"
        "typedef long int64x1_t __attribute__((vector_size(8)));"
        "typedef unsigned char uint8x8_t __attribute__((vector_size(8)));"
        "typedef unsigned short uint16x4_t __attribute__((vector_size(8)));"
        "typedef unsigned uint32x2_t __attribute__((vector_size(8)));"
        "typedef unsigned long uint64x1_t __attribute__((vector_size(8)));"
        "typedef _Float16 float16x4_t __attribute__((vector_size(8)));"
        "typedef float float32x2_t __attribute__((vector_size(8)));"
        "typedef double float64x1_t __attribute__((vector_size(8)));"
        "typedef signed char int8x16_t __attribute__((vector_size(16)));"
        "typedef short int16x8_t __attribute__((vector_size(16)));"
        "typedef int int32x4_t __attribute__((vector_size(16)));"
        "typedef long int64x2_t __attribute__((vector_size(16)));"
        "typedef unsigned char uint8x16_t __attribute__((vector_size(16)));"
        "typedef unsigned short uint16x8_t __attribute__((vector_size(16)));"
        "typedef unsigned uint32x4_t __attribute__((vector_size(16)));"
        "typedef unsigned long uint64x2_t __attribute__((vector_size(16)));"
        "typedef _Float16 float16x8_t __attribute__((vector_size(16)));"
        "typedef float float32x4_t __attribute__((vector_size(16)));"
        "typedef double float64x2_t __attribute__((vector_size(16)));"
        "typedef int blksize_t;"
        "typedef unsigned nlink_t;",
    .stack_pointer = "sp",
    .result_in_memory = "memory: its address comes in x8",
    .place_result = place_result,
    .place_argument = place_argument,
    .surround = surround,
    .refuse_unnamed = refuse_unnamed,
};
