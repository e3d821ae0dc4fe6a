#include "testing/callsites/divergence.h"

#include <stdio.h>
#include <string.h>

#include "testing/compiler/compiler.h"
#include "testing/harness/harness.h"
#include "testing/oracle/probe.h"

/* Places are registers; xmm0+8, the second eightbyte of a vector register; m+8, the second word in
 * memory. */
#define FIVE "long r1, long r2, long r3, long r4, long r5, "
#define SEVEN FIVE "long r6, long m0, "
#define VA_FIVE "va_list l; va_start(l, r); for (int i = 0; i < 5; i++) va_arg(l, long); "
#define MEMORY_32 "m+0 m+8 m+16 m+24"
#define XMM(n) "xmm" #n " xmm" #n "+8"
#define YMM0 "xmm0 xmm0+8 xmm0+16 xmm0+24"
#define VECTOR_TYPE(element, size) "typedef " element " T __attribute__((vector_size(" #size ")));"
/* One by itself, and one that is all of a struct. */
#define IN_AND_OUT_OF_STRUCT "T a, struct { T x; } b", "SEE(a) SEE(b)"

const divergence_row divergence_rows[] = {
    /* A bare __int128: clang 14 splits it; clang 19 does not use r9 again. */
    {"",
     FIVE "__int128 a, long b",
     "SEE(a) SEE(b)",
     {"m+0 m+8, r9", "r9 m+0, m+8", "m+0 m+8, m+16"}},
    {"",
     SEVEN "__int128 a, long b",
     "SEE(a) SEE(b)",
     {"m+16 m+24, m+32", "m+8 m+16, m+24", "m+16 m+24, m+32"}},
    /* All agree on one in a struct. */
    {"typedef struct { __int128 x; } T;",
     FIVE "T a, long b",
     "SEE(a) SEE(b)",
     {"m+0 m+8, r9", "m+0 m+8, r9", "m+0 m+8, r9"}},
    {"typedef struct { __int128 x; } T;",
     SEVEN "T a, long b",
     "SEE(a) SEE(b)",
     {"m+16 m+24, m+32", "m+16 m+24, m+32", "m+16 m+24, m+32"}},

    /* Unnamed bit-fields are integers to gcc, nothing to clang. */
    {"typedef struct { float x; int : 32; } T;",
     "T a, long b",
     "SEE(a) SEE(b)",
     {"rdi, rsi", "xmm0, rdi", "xmm0, rdi"}},
    {"typedef struct { double x; int : 32; } T;",
     "T a, long b",
     "SEE(a) SEE(b)",
     {"xmm0 *, rsi", "xmm0 *, rdi", "xmm0 *, rdi"}},
    {"typedef struct { int : 32; int : 32; double x; } T;",
     "T a, long b",
     "SEE(a) SEE(b)",
     {"* xmm0, rsi", "* xmm0, rdi", "* xmm0, rdi"}},
    /* So is what has nothing else, up to 16 bytes. Above, gcc passes nothing. */
    {"typedef struct { int : 5; } T;", "T a, long b", "SEE(b)", {"rsi", "rdi", "rdi"}},
    {"typedef union { int : 5; } T;", "T a, long b", "SEE(b)", {"rsi", "rdi", "rdi"}},
    {"typedef struct { struct { int : 5; } x[2]; } T;",
     "T a, long b",
     "SEE(b)",
     {"rsi", "rdi", "rdi"}},
    {"typedef struct { struct { int : 32; } x; float y; } T;",
     "T a, long b",
     "SEE(a) SEE(b)",
     {"rdi, rsi", "xmm0, rdi", "xmm0, rdi"}},
    {"typedef struct { long : 64; long : 64; long : 64; } T;",
     FIVE "long r6, T a, long b",
     "SEE(b)",
     {"m+0", "m+24", "m+24"}},

    /* Arrays that have no elements. */
    {"typedef struct { int x; int y[]; } T;",
     "T a, long b",
     "SEE(a) SEE(b)",
     {"rdi, rsi", "m+0, rdi", "m+0, rdi"}},
    {"typedef struct { float x; int y[0]; } T;",
     "T a, long b",
     "SEE(a) SEE(b)",
     {"rdi, rsi", "xmm0, rdi", "xmm0, rdi"}},

    /* __float128 in aggregates. */
    {"typedef struct { __float128 x; } T;",
     "T a, long b",
     "SEE(a) SEE(b)",
     {"xmm0 xmm0+8, rdi", "m+0 m+8, rdi", "xmm0 xmm0+8, rdi"}},
    {"typedef union { __float128 x; double y[2]; } T;",
     "T a, long b",
     "SEE(a) SEE(b)",
     {"xmm0 xmm1, rdi", "m+0 m+8, rdi", "rdi xmm0, rsi"}},
    /* A bare one: clang 14 forgets that it takes a register, so that what comes when there is none
     * left is aligned like the widened vector that it would have been; and va_arg reads memory. */
    {"",
     SEVEN "__float128 v0, __float128 v1, __float128 v2, __float128 v3, __float128 v4, "
           "__float128 v5, __float128 v6, __float128 v7, _Complex float a",
     "SEE(a)",
     {"m+8", "m+16", "m+8"}},
    {"",
     "long r, ...",
     "va_list l; va_start(l, r); __float128 a = va_arg(l, __float128); SEE(a)",
     {"xmm0 xmm0+8", "m+0 m+8", "xmm0 xmm0+8"}},

    /* Vectors of more than 16 bytes with something beside. */
    {"typedef struct { __m256 v; struct {} e; } T;",
     "T a, long b",
     "SEE(a) SEE(b)",
     {YMM0 ", rdi", MEMORY_32 ", rdi", MEMORY_32 ", rdi"}},
    {"typedef union { __m256 v; float x[8]; } T;",
     "T a, long b",
     "SEE(a) SEE(b)",
     {MEMORY_32 ", rdi", YMM0 ", rdi", YMM0 ", rdi"}},
    {"typedef union { __m128 v; long x[3]; } T;",
     "T a, long b",
     "SEE(a) SEE(b)",
     {MEMORY_32 ", rdi", YMM0 ", rdi", YMM0 ", rdi"}},
    {"", "long r, __m256 a, ...", "SEE(a)", {YMM0, MEMORY_32, MEMORY_32}},
    {"typedef union { __m256 v; } T;",
     "long r, ...",
     "va_list l; va_start(l, r); T a = va_arg(l, T); SEE(a)",
     {NULL, MEMORY_32, MEMORY_32}},

    /* A packed struct misplaces a member: gcc looks at scalars, clang at the alignment. */
    {"typedef struct __attribute__((packed)) {\n"
     "  char x; struct __attribute__((aligned(2))) { char y, z; } s;\n"
     "} T;",
     "T a, long b",
     "SEE(a) SEE(b)",
     {"rdi, rsi", "m+0, rdi", "m+0, rdi"}},
    /* gcc takes the first element of an array for all. */
    {"typedef struct { struct __attribute__((packed)) { short x; char y; } s[2]; } T;",
     "T a, long b",
     "SEE(a) SEE(b)",
     {"rdi, rsi", "m+0, rdi", "m+0, rdi"}},
    /* A bit-field in a union is an integer to gcc, which must be aligned. */
    {"typedef struct { int x; union __attribute__((packed)) { long y : 61; } u; } T;",
     "T a, long b",
     "SEE(a) SEE(b)",
     {"m+0 m+8, rdi", "rdi rsi, rdx", "rdi rsi, rdx"}},
    {"typedef struct { int x; struct __attribute__((packed)) { long y : 61; } u; } T;",
     "T a, long b",
     "SEE(a) SEE(b)",
     {"rdi rsi, rdx", "rdi rsi, rdx", "rdi rsi, rdx"}},
    /* An alignment that a typedef has lowered. */
    {"typedef int any_int __attribute__((aligned(1))); typedef struct { char x; any_int y; } T;",
     "T a, long b",
     "SEE(a) SEE(b)",
     {"m+0, rdi", "rdi, rsi", "m+0, rdi"}},
    /* clang 14's va_arg aligns to an argument that is not there. */
    {"typedef struct __attribute__((aligned(64))) {} T;",
     "long r, ...",
     VA_FIVE "va_arg(l, long); va_arg(l, T); long a = va_arg(l, long); SEE(a)",
     {"m+8", "m+64", "m+8"}},

    /* Vectors, by their elements. Of eight bytes: in a vector register, unless it is one double. */
    {VECTOR_TYPE("char", 8), IN_AND_OUT_OF_STRUCT, {"xmm0, xmm1", "xmm0, xmm1", "xmm0, xmm1"}},
    {VECTOR_TYPE("short", 8), IN_AND_OUT_OF_STRUCT, {"xmm0, xmm1", "xmm0, xmm1", "xmm0, xmm1"}},
    {VECTOR_TYPE("int", 8), IN_AND_OUT_OF_STRUCT, {"xmm0, xmm1", "xmm0, xmm1", "xmm0, xmm1"}},
    {VECTOR_TYPE("long long", 8), IN_AND_OUT_OF_STRUCT, {"xmm0, xmm1", "xmm0, xmm1", "xmm0, xmm1"}},
    {VECTOR_TYPE("float", 8), IN_AND_OUT_OF_STRUCT, {"xmm0, xmm1", "xmm0, xmm1", "xmm0, xmm1"}},
    {VECTOR_TYPE("_Float16", 8), IN_AND_OUT_OF_STRUCT, {"xmm0, xmm1", NULL, "xmm0, xmm1"}},
    {VECTOR_TYPE("double", 8), IN_AND_OUT_OF_STRUCT, {"m+0, m+8", "m+0, m+8", "m+0, m+8"}},
    /* Smaller ones are integers of their size, if their elements are. */
    {VECTOR_TYPE("char", 1), IN_AND_OUT_OF_STRUCT, {"rdi, rsi", "rdi, rsi", "rdi, rsi"}},
    {VECTOR_TYPE("char", 2), IN_AND_OUT_OF_STRUCT, {"rdi, rsi", "rdi, rsi", "rdi, rsi"}},
    {VECTOR_TYPE("char", 4), IN_AND_OUT_OF_STRUCT, {"rdi, rsi", "rdi, rsi", "rdi, rsi"}},
    {VECTOR_TYPE("short", 2), IN_AND_OUT_OF_STRUCT, {"rdi, rsi", "rdi, rsi", "rdi, rsi"}},
    {VECTOR_TYPE("short", 4), IN_AND_OUT_OF_STRUCT, {"rdi, rsi", "rdi, rsi", "rdi, rsi"}},
    {VECTOR_TYPE("int", 4), IN_AND_OUT_OF_STRUCT, {"rdi, rsi", "rdi, rsi", "rdi, rsi"}},
    {VECTOR_TYPE("float", 4), IN_AND_OUT_OF_STRUCT, {"m+0, m+8", "rdi, rsi", "rdi, rsi"}},
    {VECTOR_TYPE("_Float16", 2), IN_AND_OUT_OF_STRUCT, {"m+0, m+8", NULL, "rdi, rsi"}},
    {VECTOR_TYPE("_Float16", 4), IN_AND_OUT_OF_STRUCT, {"xmm0, xmm1", NULL, "rdi, rsi"}},
    /* Larger ones are in a vector register, as call sites show of elements of up to 8 bytes. */
    {VECTOR_TYPE("__int128", 16), "T a", "SEE(a)", {XMM(0), XMM(0), XMM(0)}},
    {VECTOR_TYPE("__int128", 16),
     "struct { T x; } a",
     "SEE(a)",
     {"xmm0 *", XMM(0), XMM(0)}}, /* gcc loses half of it */
    {VECTOR_TYPE("__int128", 32), "T a", "SEE(a)", {MEMORY_32, MEMORY_32, MEMORY_32}},
    {VECTOR_TYPE("__float128", 16), "T a", "SEE(a)", {"m+0 m+8", XMM(0), XMM(0)}},
    {VECTOR_TYPE("__float128", 32),
     "T a",
     "SEE(a)",
     {MEMORY_32, XMM(0) " " XMM(1), XMM(0) " " XMM(1)}},

    /* Complex numbers without a description of their own are passed as structs of two. */
    {"typedef _Complex _Float16 T;", IN_AND_OUT_OF_STRUCT, {"xmm0, xmm1", NULL, "xmm0, xmm1"}},
    {"typedef struct { _Float16 x, y; } T;",
     IN_AND_OUT_OF_STRUCT,
     {"xmm0, xmm1", NULL, "xmm0, xmm1"}},
    {"typedef _Complex float T __attribute__((mode(TC)));",
     "T a, long b",
     "SEE(a) SEE(b)",
     {MEMORY_32 ", rdi", MEMORY_32 ", rdi", MEMORY_32 ", rdi"}},
    {"typedef struct { __float128 x, y; } T;",
     "T a, long b",
     "SEE(a) SEE(b)",
     {MEMORY_32 ", rdi", MEMORY_32 ", rdi", MEMORY_32 ", rdi"}},
};
const size_t divergence_num_rows = sizeof divergence_rows / sizeof divergence_rows[0];

const char divergence_flags[] = "-mavx";

const char *divergence_lacks(void) {
  return compiler_cpu_has("avx") ? NULL : "vectors of 32 bytes are among the rows";
}

/* ---- Calls that tell places apart ---- */

/* All bytes of a place are its number, from 1 up: the general registers, then eight words of each
 * vector register, then memory. */
enum {
  NUM_GENERAL = MODEL_GENERAL,
  NUM_VECTOR = MODEL_VECTOR,
  WORDS_OF_VECTOR = ORACLE_VECTOR_WORDS,
  FIRST_OF_MEMORY = 1 + NUM_GENERAL + NUM_VECTOR * WORDS_OF_VECTOR,
  NUM_WORDS = 64
};

void divergence_name_place(uint8_t number, char out[16]) {
#define NAME(name, index) #name,
  static const char *const general[NUM_GENERAL] = {CTX_TEST_FOR_EACH_ARGUMENT(NAME)};
  unsigned index = number - 1u;
  unsigned vector = (index - NUM_GENERAL) / WORDS_OF_VECTOR;
  unsigned word = (index - NUM_GENERAL) % WORDS_OF_VECTOR;
  if (number == 0 || number >= FIRST_OF_MEMORY + NUM_WORDS) {
    snprintf(out, 16, "?");
  } else if (number >= FIRST_OF_MEMORY) {
    snprintf(out, 16, "m+%u", 8u * (number - FIRST_OF_MEMORY));
  } else if (index < NUM_GENERAL) {
    snprintf(out, 16, "%s", general[index]);
  } else {
    snprintf(out, 16, word == 0 ? "xmm%u" : "xmm%u+%u", vector, 8 * word);
  }
}

/* The library is the means of filling all places; the first of the memory is aligned to 64. */
ctx_status divergence_call(ctx_entry function) {
  static char stack[65536] __attribute__((aligned(64)));
  static _Alignas(64) uint8_t bytes[FIRST_OF_MEMORY + NUM_WORDS][8];
  static ctx_context host;
  static ctx_context child;
  struct words {
    uint64_t word[NUM_WORDS];
  } __attribute__((aligned(64)));
  CTX_STRUCT(memory, struct words, CTX_MEMBER_ARRAY(struct words, word, ctx_type_u64));
  const ctx_type *vector = oracle_vector_bytes() == 64   ? &ctx_type_v512
                           : oracle_vector_bytes() == 32 ? &ctx_type_v256
                                                         : &ctx_type_v128;
  const ctx_type *types[NUM_GENERAL + NUM_VECTOR + 1];
  const void *values[NUM_GENERAL + NUM_VECTOR + 1];
  for (size_t i = 0; i < sizeof bytes / 8; i++)
    memset(bytes[i], (int)(i + 1), 8);
  for (size_t i = 0; i < NUM_GENERAL; i++) {
    types[i] = &ctx_type_u64;
    values[i] = bytes[i];
  }
  for (size_t i = 0; i < NUM_VECTOR; i++) {
    types[NUM_GENERAL + i] = vector;
    values[NUM_GENERAL + i] = bytes[NUM_GENERAL + WORDS_OF_VECTOR * i];
  }
  types[NUM_GENERAL + NUM_VECTOR] = &memory;
  values[NUM_GENERAL + NUM_VECTOR] = bytes[FIRST_OF_MEMORY - 1];

  ctx_signature *signature;
  ctx_status status =
      ctx_signature_create(&signature, NULL, types, NUM_GENERAL + NUM_VECTOR + 1, CTX_NOT_VARIADIC);
  if (status != CTX_OK) return status;
  status = ctx_init_signature(&child, stack, sizeof stack, NULL, function, signature, values);
  ctx_signature_destroy(signature);
  if (status == CTX_OK) ctx_swap(&host, &child);
  return status;
}

/* ---- Calls ---- */

/* This replaces va_arg, which crashes gcc 12 there: the caller says in al how many vector registers
 * it has used. */
const char divergence_source[] =
    "#include <immintrin.h>\n"
    "union wide { __m256 v; } wide;\n"
    "void calls_with_unnamed_union(void (*f)(long, ...)) { f(1, wide); }\n"
    "void calls_with_unnamed_vector(void (*f)(long, ...)) { f(1, wide.v); }\n"
    "typedef double one_double __attribute__((vector_size(8)));\n"
    "typedef struct { one_double x; } struct_of_one_double;\n"
    "typedef float two_floats __attribute__((vector_size(8)));\n"
    "void calls_for_one_double(one_double (*f)(long)) { f(1); }\n"
    "void calls_for_struct_of_one_double(struct_of_one_double (*f)(long)) { f(1); }\n"
    "void calls_for_two_floats(two_floats (*f)(long)) { f(1); }\n";

static uint8_t al_of_call(void *library, const char *name) {
  oracle_reply_poison();
  divergence_capture(library, name);
  return (uint8_t)oracle_captured.registers.rax;
}

/* The first argument is 1. Where the result is in memory its address goes before that. */
static bool result_is_in_memory(void *library, const char *name) {
  oracle_reply_poison();
  divergence_capture(library, name);
  return oracle_captured.registers.rdi != 1 && oracle_captured.registers.rsi == 1;
}

void divergence_judge_calls(void *library, divergence_compiler by) {
  EXPECT_EQ(by == DIVERGENCE_GCC_12, result_is_in_memory(library, "calls_for_one_double"));
  EXPECT_TRUE(result_is_in_memory(library, "calls_for_struct_of_one_double"));
  EXPECT_FALSE(result_is_in_memory(library, "calls_for_two_floats"));
  EXPECT_EQ(by == DIVERGENCE_GCC_12, al_of_call(library, "calls_with_unnamed_union"));
  EXPECT_EQ(0, al_of_call(library, "calls_with_unnamed_vector"));
}
