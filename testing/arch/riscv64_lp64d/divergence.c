#include "testing/callsites/divergence.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#include "testing/harness/harness.h"
#include "testing/oracle/probe.h"

/* Places are registers; m+8, the second word in memory. */
#define EIGHT "long r0, long r1, long r2, long r3, long r4, long r5, long r6, long r7, "
#define EIGHT_DOUBLES \
  "double d0, double d1, double d2, double d3, double d4, double d5, double d6, double d7, "
#define VECTOR_TYPE(element, size) "typedef " element " T __attribute__((vector_size(" #size ")));"
/* One by itself, and one that is all of a struct. */
#define IN_AND_OUT_OF_STRUCT "T a, struct { T x; } b", "SEE(a) SEE(b)"
/* The others show which registers the first one took. */
#define AND_OTHERS "T a, long b, double c", "SEE(a) SEE(b) SEE(c)"

const divergence_row divergence_rows[] = {
    /* Members without bytes: gcc does not flatten an empty union, nor an array of empty structs,
     * nor one of no elements. */
    {"typedef struct { union {} x; double y, z; } T;",
     AND_OTHERS,
     {"a0 a1, a2, fa0", "fa0 fa1, a0, fa2", "fa0 fa1, a0, fa2"}},
    {"typedef struct { struct {} x[2]; double y, z; } T;",
     AND_OTHERS,
     {"a0 a1, a2, fa0", "fa0 fa1, a0, fa2", "fa0 fa1, a0, fa2"}},
    {"typedef struct { struct {} x; double y, z; } T;",
     AND_OTHERS,
     {"fa0 fa1, a0, fa2", "fa0 fa1, a0, fa2", "fa0 fa1, a0, fa2"}},
    {"typedef struct { int x[0]; double y, z; } T;",
     AND_OTHERS,
     {"a0 a1, a2, fa0", "fa0 fa1, a0, fa2", "fa0 fa1, a0, fa2"}},

    /* An empty struct that is aligned to 16 or more: gcc leaves out a slot, except in va_arg. */
    {"typedef struct { struct {} x __attribute__((aligned(16))); } T;",
     EIGHT "long m0, T a, long b",
     "SEE(b)",
     {"m+16", "m+8", "m+8"}},
    {"typedef struct { struct {} x __attribute__((aligned(16))); } T;",
     EIGHT "T a, long b",
     "SEE(b)",
     {"m+0", "m+0", "m+0"}},
    {"typedef struct { struct {} x __attribute__((aligned(16))); } T;",
     "long r, T a, long b",
     "SEE(b)",
     {"a1", "a1", "a1"}},
    {"typedef struct { struct {} x __attribute__((aligned(16))); } T;",
     EIGHT "long m0, ...",
     "va_list l; va_start(l, m0); va_arg(l, T); long b = va_arg(l, long); SEE(b)",
     {"m+8", "m+8", "m+8"}},

    /* Unnamed bit-fields are integers; but of width 0, to gcc they are nothing. */
    {"typedef struct { double x; int : 0; double y; } T;",
     AND_OTHERS,
     {"fa0 fa1, a0, fa2", "a0 a1, a2, fa0", "a0 a1, a2, fa0"}},
    {"typedef struct { double x; int : 32; } T;",
     AND_OTHERS,
     {"fa0 a0, a1, fa1", "fa0 a0, a1, fa1", "fa0 a0, a1, fa1"}},
    /* clang 14 passes no struct of nothing else. */
    {"typedef struct { int : 5; } T;", "T a, long b", "SEE(b)", {"a1", "a0", "a1"}},
    {"typedef union { int : 5; } T;", "T a, long b", "SEE(b)", {"a1", "a0", "a1"}},
    {"typedef struct { struct { int : 5; } x[2]; } T;",
     "T a, long b",
     "SEE(b)",
     {"a1", "a0", "a1"}},
    {"typedef struct { long : 64; long : 64; long : 64; } T;",
     "T a, long b",
     "SEE(b)",
     {"a1", "a0", "a1"}},
    {"typedef struct { struct { int : 32; } x; double y; } T;",
     AND_OTHERS,
     {"a0 fa0, a1, fa1", "* fa0, a0, fa1", "* fa0, a0, fa1"}},

    /* A pointer is not an integer. */
    {"typedef struct { double x; void *y; } T;",
     AND_OTHERS,
     {"a0 a1, a2, fa0", "a0 a1, a2, fa0", "a0 a1, a2, fa0"}},

    /* A typedef that aligns a struct to 16: gcc looks at it, in memory and after an ellipsis; clang
     * in va_arg only, and not where it calls. */
    {"typedef struct { long x, y; } T __attribute__((aligned(16)));",
     EIGHT "long m0, T a, long b",
     "SEE(a) SEE(b)",
     {"m+16 m+24, m+32", "m+8 m+16, m+24", "m+8 m+16, m+24"}},
    {"typedef struct { long x, y; } T __attribute__((aligned(16)));",
     "long r, ...",
     "va_list l; va_start(l, r); T a = va_arg(l, T); SEE(a)",
     {"a2 a3", "a2 a3", "a2 a3"}},
    {"typedef long T __attribute__((aligned(16)));",
     EIGHT "long m0, T a, long b",
     "SEE(a) SEE(b)",
     {"m+8, m+16", "m+8, m+16", "m+8, m+16"}},

    /* A single number in a struct of more bytes, if no register for it is left. */
    {"typedef struct { _Alignas(16) double x; } T;",
     EIGHT_DOUBLES "T a, long b",
     "SEE(a) SEE(b)",
     {"a0 *, a2", "a0 *, a2", "a0 *, a2"}},

    /* An __int128 goes to any two registers, one of them in memory, and after an ellipsis to a pair
     * that begins with an even one. */
    {"", "long r, __int128 a, long b", "SEE(a) SEE(b)", {"a1 a2, a3", "a1 a2, a3", "a1 a2, a3"}},
    {"",
     "long r0, long r1, long r2, long r3, long r4, long r5, long r6, __int128 a, long b",
     "SEE(a) SEE(b)",
     {"a7 m+0, m+8", "a7 m+0, m+8", "a7 m+0, m+8"}},
    {"",
     "long r, ...",
     "va_list l; va_start(l, r); __int128 a = va_arg(l, __int128); SEE(a)",
     {"a2 a3", "a2 a3", "a2 a3"}},

    /* _Float16, which gcc does not have: by itself, and in a struct, which clang 14 does not
     * flatten. */
    {"", "_Float16 a, long b", "SEE(a) SEE(b)", {NULL, "fa0, a0", "fa0, a0"}},
    {"typedef struct { _Float16 x, y; } T;", AND_OTHERS, {NULL, "a0, a1, fa0", "fa0, a0, fa2"}},
    {"typedef _Complex _Float16 T;", AND_OTHERS, {NULL, "fa0, a0, fa2", "fa0, a0, fa2"}},

    /* Vectors go where integers go, whatever they are of. */
    {VECTOR_TYPE("char", 4), IN_AND_OUT_OF_STRUCT, {"a0, a1", "a0, a1", "a0, a1"}},
    {VECTOR_TYPE("float", 4), IN_AND_OUT_OF_STRUCT, {"a0, a1", "a0, a1", "a0, a1"}},
    {VECTOR_TYPE("float", 8), IN_AND_OUT_OF_STRUCT, {"a0, a1", "a0, a1", "a0, a1"}},
    {VECTOR_TYPE("double", 8), IN_AND_OUT_OF_STRUCT, {"a0, a1", "a0, a1", "a0, a1"}},
    {VECTOR_TYPE("char", 16),
     IN_AND_OUT_OF_STRUCT,
     {"a0 a1, a2 a3", "a0 a1, a2 a3", "a0 a1, a2 a3"}},
    {VECTOR_TYPE("double", 16),
     IN_AND_OUT_OF_STRUCT,
     {"a0 a1, a2 a3", "a0 a1, a2 a3", "a0 a1, a2 a3"}},
};
const size_t divergence_num_rows = sizeof divergence_rows / sizeof divergence_rows[0];

const char divergence_flags[] = "";

const char *divergence_lacks(void) { return NULL; }

/* ---- Calls that tell places apart ---- */

/* All bytes of a place are its number, from 1 up: the general registers, then the floating-point
 * ones, then memory. */
enum {
  FIRST_OF_FLOATING = 1 + MODEL_GENERAL,
  FIRST_OF_MEMORY = FIRST_OF_FLOATING + MODEL_VECTOR,
  NUM_WORDS = 64,
  END_OF_PLACES = FIRST_OF_MEMORY + NUM_WORDS
};

void divergence_name_place(uint8_t number, char out[16]) {
  if (number == 0 || number >= END_OF_PLACES) {
    snprintf(out, 16, "?");
  } else if (number >= FIRST_OF_MEMORY) {
    snprintf(out, 16, "m+%u", 8u * (unsigned)(number - FIRST_OF_MEMORY));
  } else if (number >= FIRST_OF_FLOATING) {
    snprintf(out, 16, "fa%u", (unsigned)(number - FIRST_OF_FLOATING));
  } else {
    snprintf(out, 16, "a%u", number - 1u);
  }
}

/* The library is the means of filling all places. */
ctx_status divergence_call(ctx_entry function) {
  enum { NUM_ARGS = END_OF_PLACES - 1 };
  static char stack[65536] __attribute__((aligned(64)));
  static uint64_t words[NUM_ARGS];
  static ctx_context host;
  static ctx_context child;
  const ctx_type *types[NUM_ARGS];
  const void *values[NUM_ARGS];
  for (int i = 0; i < NUM_ARGS; i++) {
    bool is_floating = i + 1 >= FIRST_OF_FLOATING && i + 1 < FIRST_OF_MEMORY;
    types[i] = is_floating ? &ctx_type_f64 : &ctx_type_u64;
    memset(&words[i], i + 1, sizeof words[i]);
    values[i] = &words[i];
  }

  ctx_signature *signature;
  ctx_status status = ctx_signature_create(&signature, NULL, types, NUM_ARGS, CTX_NOT_VARIADIC);
  if (status != CTX_OK) return status;
  status = ctx_init_signature(&child, stack, sizeof stack, NULL, function, signature, values);
  ctx_signature_destroy(signature);
  if (status == CTX_OK) ctx_swap(&host, &child);
  return status;
}

/* ---- Calls ---- */

/* Callers that pass a copy of what is aligned to 64, and one that passes bits beside a bit-field.
 */
const char divergence_source[] =
    "typedef struct { _Alignas(64) long x[8]; } strict;\n"
    "strict zero;\n"
    "void calls_with_copy(void (*f)(strict, ...)) { f(zero); }\n"
    "typedef union { int bits; struct { int x : 3; float y; } s; } field;\n"
    "field ones = {-1};\n"
    "void calls_with_field(void (*f)(__typeof__(ones.s))) { f(ones.s); }\n";

/* gcc's copy is aligned by chance only. */
static void judge_copy(void *library, divergence_compiler by) {
  oracle_reply_poison();
  divergence_capture(library, "calls_with_copy");
  uint64_t address = oracle_captured.registers.a0;
  EXPECT_EQ(0, address % 16);
  if (by != DIVERGENCE_GCC_12) EXPECT_EQ(0, address % 64);
}

/* gcc passes the byte that has the field, clang all of the field's type. */
static void judge_field(void *library, divergence_compiler by) {
  oracle_reply_poison();
  divergence_capture(library, "calls_with_field");
  uint64_t passed = oracle_captured.registers.a0;
  EXPECT_EQ(7, passed & 7);
  EXPECT_EQ(by == DIVERGENCE_GCC_12 ? 0xff : UINT32_MAX, passed & UINT32_MAX);
}

void divergence_judge_calls(void *library, divergence_compiler by) {
  judge_copy(library, by);
  judge_field(library, by);
}
