#include "testing/callsites/divergence.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#include "testing/harness/harness.h"
#include "testing/oracle/probe.h"

/* Places are registers; v0+8, the upper half of a vector register; m+8, the second word in
 * memory. */
#define EIGHT \
  "double d0, double d1, double d2, double d3, double d4, double d5, double d6, double d7, "
#define NINE EIGHT "double m0, "
#define VECTOR_TYPE(element, size) "typedef " element " T __attribute__((vector_size(" #size ")));"
/* One by itself, and one that is all of a struct. */
#define IN_AND_OUT_OF_STRUCT "T a, struct { T x; } b", "SEE(a) SEE(b)"

const divergence_row divergence_rows[] = {
    /* A packed bit-field of an __int128: gcc takes the alignment of its type for its own. */
    {"typedef struct __attribute__((packed)) { __int128 x : 128; } T;",
     "long r, T a, long b",
     "SEE(a) SEE(b)",
     {"x2 x3, x4", "x1 x2, x3", "x1 x2, x3"}},

    /* Packed elements of 16 bytes in memory: clang aligns them. */
    {"typedef struct __attribute__((packed)) { long double x; } T;",
     NINE "T a, double b",
     "SEE(a) SEE(b)",
     {"m+8 m+16, m+24", "m+16 m+24, m+32", "m+16 m+24, m+32 | m+8 m+16, m+24"}},
    {"typedef struct __attribute__((packed)) { long double x; } T;",
     "double r, ...",
     "va_list l; va_start(l, r); for (int i = 0; i < 8; i++) va_arg(l, double); "
     "T a = va_arg(l, T); SEE(a)",
     {"m+8 m+16", "m+8 m+16", "m+8 m+16"}},

    /* A homogeneous aggregate in memory that is aligned to more than 16, in a variadic function. */
    {"typedef struct { _Alignas(32) long double x[2]; } T;",
     NINE "T a, ...",
     "va_list l; va_start(l, a); double b = va_arg(l, double); SEE(a) SEE(b)",
     {"m+16 m+24 m+32 m+40, m+40", "m+16 m+24 m+32 m+40, m+48", "m+16 m+24 m+32 m+40, m+48"}},
    {"typedef struct { _Alignas(32) long double x[2]; } T;",
     "double r, ...",
     "va_list l; va_start(l, r); for (int i = 0; i < 8; i++) va_arg(l, double); "
     "T a = va_arg(l, T); SEE(a)",
     {"m+16 m+24 m+32 m+40", "m+32 m+40 m+48 m+56", "m+32 m+40 m+48 m+56"}},

    /* Unnamed bit-fields. */
    {"typedef struct { int : 0; float x; } T;",
     "T a, long b",
     "SEE(a) SEE(b)",
     {"v0, x0", "x0, x1", "v0, x0"}},
    /* And what has nothing else. */
    {"typedef struct { int : 5; } T;", "T a, long b", "SEE(b)", {"x1", "x0", "x0"}},
    {"typedef union { int : 5; } T;", "T a, long b", "SEE(b)", {"x1", "x0", "x0"}},
    {"typedef struct { struct { int : 5; } x[2]; } T;",
     "T a, long b",
     "SEE(b)",
     {"x1", "x0", "x0"}},
    {"typedef struct { long : 64; long : 64; long : 64; } T;",
     "T a, long b",
     "SEE(b)",
     {"x1", "x0", "x0"}},

    /* clang 14's va_arg aligns to an argument that is not there. */
    {"typedef struct { struct {} x __attribute__((aligned(16))); } T;",
     "long r, ...",
     "va_list l; va_start(l, r); va_arg(l, T); long a = va_arg(l, long); SEE(a)",
     {"x1", "x2", "x1"}},

    /* Vectors, by their elements: those of less than eight bytes. */
    {VECTOR_TYPE("float", 4), IN_AND_OUT_OF_STRUCT, {"m+0, m+8", "x0, x1", "x0, x1"}},
    {VECTOR_TYPE("_Float16", 4), IN_AND_OUT_OF_STRUCT, {"m+0, m+8", "x0, x1", "x0, x1"}},
    {VECTOR_TYPE("char", 4), IN_AND_OUT_OF_STRUCT, {"x0, x1", "x0, x1", "x0, x1"}},
    {VECTOR_TYPE("short", 4), IN_AND_OUT_OF_STRUCT, {"x0, x1", "x0, x1", "x0, x1"}},
    {VECTOR_TYPE("int", 4), IN_AND_OUT_OF_STRUCT, {"x0, x1", "x0, x1", "x0, x1"}},
    /* Of eight and 16 bytes: in a vector register, whatever they are of. */
    {VECTOR_TYPE("char", 8), IN_AND_OUT_OF_STRUCT, {"v0, v1", "v0, v1", "v0, v1"}},
    {VECTOR_TYPE("double", 8), IN_AND_OUT_OF_STRUCT, {"v0, v1", "v0, v1", "v0, v1"}},
    {VECTOR_TYPE("_Float16", 8), IN_AND_OUT_OF_STRUCT, {"v0, v1", "v0, v1", "v0, v1"}},
    {VECTOR_TYPE("float", 16),
     IN_AND_OUT_OF_STRUCT,
     {"v0 v0+8, v1 v1+8", "v0 v0+8, v1 v1+8", "v0 v0+8, v1 v1+8"}},
    {VECTOR_TYPE("__int128", 16),
     IN_AND_OUT_OF_STRUCT,
     {"v0 v0+8, v1 v1+8", "v0 v0+8, x0 x1", "v0 v0+8, x0 x1"}},

    /* Numbers without a description of their own. */
    {"typedef struct { __bf16 x, y; } T;",
     "T a, long b",
     "SEE(a) SEE(b)",
     {"x0, x1", "v0, x0", "v0, x0"}},
    {"typedef _Complex _Float16 T;",
     "T a, long b",
     "SEE(a) SEE(b)",
     {"v0, x0", "v0, x0", "v0, x0"}},
};
const size_t divergence_num_rows = sizeof divergence_rows / sizeof divergence_rows[0];

const char divergence_flags[] = "-march=armv8.2-a+bf16";

const char *divergence_lacks(void) { return NULL; }

/* ---- Calls that tell places apart ---- */

/* All bytes of a place are its number, from 1 up: the general registers, then both words of each
 * vector register, then memory. */
enum {
  NUM_GENERAL = MODEL_GENERAL,
  NUM_VECTOR = MODEL_VECTOR,
  WORDS_OF_VECTOR = ORACLE_VECTOR_WORDS,
  FIRST_OF_MEMORY = 1 + NUM_GENERAL + NUM_VECTOR * WORDS_OF_VECTOR,
  NUM_WORDS = 64
};

void divergence_name_place(uint8_t number, char out[16]) {
  unsigned index = number - 1u;
  unsigned vector = (index - NUM_GENERAL) / WORDS_OF_VECTOR;
  unsigned word = (index - NUM_GENERAL) % WORDS_OF_VECTOR;
  if (number == 0 || number >= FIRST_OF_MEMORY + NUM_WORDS) {
    snprintf(out, 16, "?");
  } else if (number >= FIRST_OF_MEMORY) {
    snprintf(out, 16, "m+%u", 8u * (number - FIRST_OF_MEMORY));
  } else if (index < NUM_GENERAL) {
    snprintf(out, 16, "x%u", index);
  } else {
    snprintf(out, 16, word == 0 ? "v%u" : "v%u+%u", vector, 8 * word);
  }
}

/* The library is the means of filling all places. */
ctx_status divergence_call(ctx_entry function) {
  enum { NUM_ARGS = NUM_GENERAL + NUM_VECTOR + NUM_WORDS };
  static char stack[65536] __attribute__((aligned(64)));
  static _Alignas(16) uint8_t bytes[FIRST_OF_MEMORY + NUM_WORDS][8];
  static ctx_context host;
  static ctx_context child;
  const ctx_type *types[NUM_ARGS];
  const void *values[NUM_ARGS];
  size_t num_args = 0;
  for (size_t i = 0; i < sizeof bytes / 8; i++)
    memset(bytes[i], (int)(i + 1), 8);
  for (size_t i = 0; i < NUM_GENERAL; i++, num_args++) {
    types[num_args] = &ctx_type_u64;
    values[num_args] = bytes[i];
  }
  for (size_t i = 0; i < NUM_VECTOR; i++, num_args++) {
    types[num_args] = &ctx_type_v128;
    values[num_args] = bytes[NUM_GENERAL + WORDS_OF_VECTOR * i];
  }
  for (size_t i = 0; i < NUM_WORDS; i++, num_args++) {
    types[num_args] = &ctx_type_u64;
    values[num_args] = bytes[FIRST_OF_MEMORY - 1 + i];
  }

  ctx_signature *signature;
  ctx_status status = ctx_signature_create(&signature, NULL, types, num_args, CTX_NOT_VARIADIC);
  if (status != CTX_OK) return status;
  status = ctx_init_signature(&child, stack, sizeof stack, NULL, function, signature, values);
  ctx_signature_destroy(signature);
  if (status == CTX_OK) ctx_swap(&host, &child);
  return status;
}

/* ---- Calls ---- */

/* Callers that pass a copy of what is aligned to 64; and results that are vectors below 8 bytes. */
const char divergence_source[] =
    "typedef struct { _Alignas(64) long x[8]; } strict;\n"
    "strict zero;\n"
    "void calls_with_copy(void (*f)(strict, ...)) { f(zero); }\n"
    "typedef char four_chars __attribute__((vector_size(4)));\n"
    "four_chars result;\n"
    "void calls_for_four_chars(four_chars (*f)(void)) { result = f(); }\n";

/* gcc's copy is aligned by chance only. */
static void judge_copy(void *library, divergence_compiler by) {
  oracle_reply_poison();
  divergence_capture(library, "calls_with_copy");
  uint64_t address = oracle_captured.registers.x0;
  EXPECT_EQ(0, address % 16);
  if (by != DIVERGENCE_GCC_12) EXPECT_EQ(0, address % 64);
}

static void judge_result(void *library, divergence_compiler by) {
  oracle_reply_poison();
  oracle_to_reply.registers.x0 = UINT64_C(0x11111111);
  oracle_to_reply.registers.vector[0][0] = UINT64_C(0x22222222);
  divergence_capture(library, "calls_for_four_chars");
  const uint8_t *result = dlsym(library, "result");
  EXPECT_EQ(by == DIVERGENCE_GCC_12 ? 0x11 : 0x22, result[0]);
}

void divergence_judge_calls(void *library, divergence_compiler by) {
  judge_copy(library, by);
  judge_result(library, by);
}
