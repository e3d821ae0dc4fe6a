/* riscv64 with 64-bit floating-point registers (lp64d), by the RISC-V ELF psABI 1.0, on Linux. */
#define CTX_ARCH_AS_RISCV64_LP64D_
#include "tools/explain/placing.h"
#include "tools/explain/with_copies.h"
#include "tools/explain/words.h"

/* ---- Words ---- */

/* If fields have registers of their own, one of them is a floating-point number. */
static bool has_fields(const ctx_place *place) {
  for (size_t i = 0; i < place->num_pieces; i++) {
    if (place->pieces[i].is_float) return true;
  }
  return false;
}

/* The psABI has no classes. These say by which convention the argument is passed, rather than what
 * its type is: a number for which no floating-point register is left is INTEGER. */
static const char *classes_in_words(arena *memory, const ctx_classes *classes,
                                    const ctx_place *place) {
  static const char *const names[] = {[CTX_CLASS_NONE] = "none",
                                      [CTX_CLASS_INTEGER] = "INTEGER",
                                      [CTX_CLASS_FLOAT] = "FLOAT",
                                      [CTX_CLASS_REFERENCE] = "REFERENCE"};
  if (classes->whole == CTX_CLASS_NONE) return names[CTX_CLASS_NONE];
  const char *all[CTX_MAX_FIELDS];
  bool is_whole = classes->num_fields == 0 || (place != NULL && !has_fields(place));
  size_t num = is_whole ? classes->num : classes->num_fields;
  for (size_t i = 0; i < num; i++)
    all[i] = names[is_whole ? classes->whole : classes->fields[i].class];
  return words_of_list(memory, all, num);
}

/* ---- Registers ---- */

/* A picture has them in this order. */
enum { ORDER_A = 0, ORDER_FA = 8, ORDER_RA = 16 };

static const char *const general[CTX_NUM_GP_REGISTERS] = {"a0", "a1", "a2", "a3",
                                                          "a4", "a5", "a6", "a7"};
static const char *const floating[CTX_NUM_FP_REGISTERS] = {"fa0", "fa1", "fa2", "fa3",
                                                           "fa4", "fa5", "fa6", "fa7"};

static const char *return_register(const ctx_return_piece *from) {
  if (from->source < CTX_RETURN_FA0) return general[from->source];
  return floating[from->source - CTX_RETURN_FA0];
}

/* All registers have eight bytes, and no views that have fewer. */
static void describe_piece(const ctx_piece *from, piece *out) {
  out->name = from->is_float ? floating[from->index] : general[from->index];
  out->order = (from->is_float ? ORDER_FA : ORDER_A) + (size_t)from->index;
  out->width = 8;
  out->is_boxed = from->is_float;
}

static void describe_place(const ctx_place *from, placement *out) {
  describe_pieces_and_memory(from, out);
  describe_copy(from, out);
  if (from->is_split) {
    out->has_memory = true;
    out->memory_from = 8;
  }
}

static surroundings surround(const placing *p, bool is_variadic) {
  (void)is_variadic;
  return surround_by(p, "a0", ORDER_A, "ra", ORDER_RA);
}

/* ---- Bit-fields without a name ---- */

/* They matter where members have registers of their own, and not after an ellipsis. One that has
 * bits is an integer to compilers. One that has none matters to clang if there are two members. */
static const char *refuse_unnamed(const ctx_type *described, const ctx_type *with_unnamed,
                                  naming which) {
  if (described->size != 0 && !has_value(described)) {
    return "compilers disagree on what has only bit-fields without a name: gcc passes it, clang 14 "
           "does not";
  }
  ctx_classes classes, with;
  ctx_classify(described, &classes);
  ctx_classify(with_unnamed, &with);
  if (classes.num_fields == 0 || which == NAMING_AFTER_ELLIPSIS) return NULL;
  if (classes.num_fields != with.num_fields) {
    return "a bit-field without a name counts as an integer here, and no description has it";
  }
  if (classes.num_fields == 1) return NULL;
  return "compilers disagree on a bit-field of no bits where each member has a register of its own";
}

/* ---- The whole ---- */

const abi abi_riscv64 = {
    .name = "riscv64",
    .folder = "riscv64_lp64d",
    .title = "RISC-V ELF psABI, lp64d",
    .wchar_is_signed = true,
    .unsigned_words_have_signs = true,
    .has_vectors_of_one = true,
    .has_lowered_scalars = true,
    .declarations =
        PTHREAD_TYPES(56, 40, 4)
        "typedef int wchar_t, blksize_t;"
        "typedef unsigned nlink_t;"
        "typedef void *va_list, *__builtin_va_list;",
    .stack_pointer = "sp",
    .result_in_memory = "memory: its address comes in a0",
    .place_result = place_result,
    .place_argument = place_argument,
    .surround = surround,
    .refuse_unnamed = refuse_unnamed,
};
