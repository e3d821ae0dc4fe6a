/* x86-64, by the System V psABI 1.0. */
#define CTX_ARCH_AS_X86_64_SYSV_
#include "tools/explain/placing.h"
#include "tools/explain/words.h"

/* The explanation is not of this processor: there are vectors of 64 bytes. */
static uint8_t ctx_cpu_vector_size(void) { return 64; }

/* ---- Words ---- */

/* The psABI's names. */
static const char *const class_names[] = {
    [CTX_CLASS_NONE] = "NO_CLASS", [CTX_CLASS_INTEGER] = "INTEGER",
    [CTX_CLASS_SSE] = "SSE",       [CTX_CLASS_SSEUP] = "SSEUP",
    [CTX_CLASS_X87] = "X87",       [CTX_CLASS_X87UP] = "X87UP",
    [CTX_CLASS_MEMORY] = "MEMORY", [CTX_CLASS_COMPLEX_X87] = "COMPLEX_X87"};

static const char *classes_in_words(arena *memory, const ctx_classes *classes,
                                    const ctx_place *place) {
  (void)place;
  const char *names[CTX_MAX_EIGHTBYTES];
  if (classes->num == 0) return "none";
  /* Of a complex long double's classes ctx needs no more than the first. */
  bool is_one = classes->eightbyte[0] == CTX_CLASS_COMPLEX_X87;
  for (size_t i = 0; i < classes->num; i++)
    names[i] = class_names[classes->eightbyte[i]];
  return words_of_list(memory, names, is_one ? 1 : classes->num);
}

/* ---- Registers ---- */

/* A picture has them in this order. */
enum { ORDER_GP = 0, ORDER_VECTOR = CTX_NUM_GP_REGISTERS, ORDER_AL = ORDER_VECTOR + 8 };

static const char *const gp[CTX_NUM_GP_REGISTERS] = {"rdi", "rsi", "rdx", "rcx", "r8", "r9"};

static const char *vector_register(const ctx_piece *from) {
  static const char *const names[][CTX_NUM_VECTOR_REGISTERS] = {
      {"xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7"},
      {"ymm0", "ymm1", "ymm2", "ymm3", "ymm4", "ymm5", "ymm6", "ymm7"},
      {"zmm0", "zmm1", "zmm2", "zmm3", "zmm4", "zmm5", "zmm6", "zmm7"}};
  return names[from->size == 64 ? 2 : from->size == 32 ? 1 : 0][from->index];
}

static const char *return_register(const ctx_return_piece *from) {
  static const char *const names[] = {
      [CTX_RETURN_RAX] = "rax",   [CTX_RETURN_RDX] = "rdx", [CTX_RETURN_VECTOR0] = "xmm0",
      [CTX_RETURN_XMM1] = "xmm1", [CTX_RETURN_ST0] = "st0", [CTX_RETURN_ST1] = "st1"};
  if (from->source == CTX_RETURN_VECTOR0 && from->size > 16) {
    return from->size > 32 ? "zmm0" : "ymm0";
  }
  return names[from->source];
}

static void describe_piece(const ctx_piece *from, piece *out) {
  out->name = from->is_vector ? vector_register(from) : gp[from->index];
  out->order = (from->is_vector ? ORDER_VECTOR : ORDER_GP) + (size_t)from->index;
}

static void describe_place(const ctx_place *from, placement *out) {
  describe_pieces_and_memory(from, out);
}

static surroundings surround(const placing *p, bool is_variadic) {
  surroundings s = {.memory_align = p->placer.memory_align > 16 ? p->placer.memory_align : 16};
  if (p->result.where == CTX_WHERE_MEMORY) {
    s.others[s.num_others++] = (other_register){gp[0], ORDER_GP, 8, "address of the result"};
  }
  if (is_variadic) {
    const char *text =
        arena_print(p->memory, "%zu: the vector registers used", p->placer.num_vector);
    s.others[s.num_others++] = (other_register){"al", ORDER_AL, 1, text};
  }
  return s;
}

/* ---- Bit-fields without a name ---- */

static const char *refuse_unnamed(const ctx_type *described, const ctx_type *with_unnamed,
                                  naming which) {
  (void)which;
  ctx_classes classes, with;
  ctx_classify(described, &classes);
  ctx_classify(with_unnamed, &with);
  bool is_same = ctx_dispute_type(with_unnamed, &with) == CTX_OK && classes.num == with.num;
  for (size_t i = 0; is_same && i < classes.num; i++)
    is_same = classes.eightbyte[i] == with.eightbyte[i];
  if (is_same) return NULL;
  return "compilers disagree on how it is passed: gcc counts bit-fields without a name, clang "
         "does not";
}

/* ---- The whole ---- */

const abi abi_x86_64 = {
    .name = "x86_64",
    .folder = "x86_64_sysv",
    .title = "x86-64 System V psABI",
    .char_is_signed = true,
    .wchar_is_signed = true,
    .has_x87 = true,
    .has_raised_aggregates = true,
    .declarations =
        PTHREAD_TYPES(56, 40, 4)
        "typedef int wchar_t;"
        "typedef struct {"
        "  unsigned gp_offset, fp_offset; void *overflow_arg_area, *reg_save_area;"
        "} va_list[1], __builtin_va_list[1];"
        "typedef int __m64 __attribute__((vector_size(8)));"
        "typedef float __m128 __attribute__((vector_size(16)));"
        "typedef double __m128d __attribute__((vector_size(16)));"
        "typedef long __m128i __attribute__((vector_size(16)));"
        "typedef float __m256 __attribute__((vector_size(32)));"
        "typedef double __m256d __attribute__((vector_size(32)));"
        "typedef long __m256i __attribute__((vector_size(32)));"
        "typedef float __m512 __attribute__((vector_size(64)));"
        "typedef double __m512d __attribute__((vector_size(64)));"
        "typedef long __m512i __attribute__((vector_size(64)));"
        "typedef long blksize_t;"
        "typedef unsigned long nlink_t;",
    .stack_pointer = "rsp",
    .first_slot = 8,
    .result_in_memory = "memory: its address comes in rdi, and goes back in rax",
    .place_result = place_result,
    .place_argument = place_argument,
    .surround = surround,
    .refuse_unnamed = refuse_unnamed,
};
