/* Nothing that a host has in its registers is found by a fresh context. Each register has a value
 * of its own beforehand: were all filled with the same, one that is combined with another, in place
 * of itself, would come out as 0 too. */
#include <string.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"

enum { STACK_SIZE = 32768, NUM_GENERAL = 6, NUM_VECTORS = 16, VECTOR_SIZE = 16 };
CTX_STACK(stack, STACK_SIZE);

/* The registers at the entry's first instruction: those that pass no argument, rbx, r10, r12 to
 * r15; and all vector registers. In assembly each has the number of its place here. */
typedef struct registers {
  uint64_t general[NUM_GENERAL];
  uint8_t vectors[NUM_VECTORS][VECTOR_SIZE];
} registers;

void clean_entry_swap(ctx_context *from, ctx_context *to, const registers *before);
void clean_entry_record(void);
extern registers clean_entry_found;
registers clean_entry_found;

__asm__(
    ".text\n"
    ".macro CLEAN_ENTRY_VECTORS operation\n"
    ".irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15\n"
    "\\operation \\n\n"
    ".endr\n"
    ".endm\n"
    ".macro CLEAN_ENTRY_LOAD n\n"
    "movups 48+16*\\n(%rdx), %xmm\\n\n"
    ".endm\n"
    ".macro CLEAN_ENTRY_STORE n\n"
    "movups %xmm\\n, 48+16*\\n(%rax)\n"
    ".endm\n"
    ".globl clean_entry_swap\n"
    ".type clean_entry_swap, @function\n"
    "clean_entry_swap:\n"
    "endbr64\n"
    "pushq %rbx\n"
    "pushq %r12\n"
    "pushq %r13\n"
    "pushq %r14\n"
    "pushq %r15\n"
    "CLEAN_ENTRY_VECTORS CLEAN_ENTRY_LOAD\n"
    "movq (%rdx), %rbx\n"
    "movq 8(%rdx), %r10\n"
    "movq 16(%rdx), %r12\n"
    "movq 24(%rdx), %r13\n"
    "movq 32(%rdx), %r14\n"
    "movq 40(%rdx), %r15\n"
    "callq ctx_swap@PLT\n"
    "popq %r15\n"
    "popq %r14\n"
    "popq %r13\n"
    "popq %r12\n"
    "popq %rbx\n"
    "ret\n"
    ".size clean_entry_swap, . - clean_entry_swap\n"
    ".globl clean_entry_record\n"
    ".type clean_entry_record, @function\n"
    "clean_entry_record:\n"
    "endbr64\n"
    "leaq clean_entry_found(%rip), %rax\n"
    "movq %rbx, (%rax)\n"
    "movq %r10, 8(%rax)\n"
    "movq %r12, 16(%rax)\n"
    "movq %r13, 24(%rax)\n"
    "movq %r14, 32(%rax)\n"
    "movq %r15, 40(%rax)\n"
    "CLEAN_ENTRY_VECTORS CLEAN_ENTRY_STORE\n"
    "ret\n"
    ".size clean_entry_record, . - clean_entry_record\n");

static void expect(const registers *expected, const ctx_value *args, size_t num_args) {
  registers before;
  for (size_t i = 0; i < sizeof before; i++)
    ((uint8_t *)&before)[i] = (uint8_t)(i / VECTOR_SIZE * 16 + i % VECTOR_SIZE + 1);
  ctx_context host = {0};
  ctx_context child;
  ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, clean_entry_record, args, num_args));
  memset(&clean_entry_found, 0xff, sizeof clean_entry_found);
  clean_entry_swap(&host, &child, &before);
  EXPECT_TRUE(ctx_has_returned(&child));
  for (size_t i = 0; i < NUM_GENERAL; i++) {
    ctx_test_note("general register %zu", i);
    EXPECT_EQ(expected->general[i], clean_entry_found.general[i]);
  }
  for (size_t i = 0; i < NUM_VECTORS; i++) {
    ctx_test_note("vector register %zu", i);
    EXPECT_MEMEQ(expected->vectors[i], clean_entry_found.vectors[i], VECTOR_SIZE);
  }
}

CTX_TEST(CleanEntry, WithoutArguments) {
  static const registers zero;
  expect(&zero, CTX_NO_ARGS);
}

CTX_TEST(CleanEntry, WithScalars) {
  registers expected = {{0}, {{0}}};
  const double d = -1.5;
  memcpy(expected.vectors[0], &d, sizeof d);
  expect(&expected, CTX_ARGS(1, 2L, d));
}

CTX_TEST(CleanEntry, WithAVector) {
  typedef float floats __attribute__((__vector_size__(16)));
  const floats vector = {1.0f, -2.0f, 3.0f, -4.0f};
  registers expected = {{0}, {{0}}};
  memcpy(expected.vectors[0], &vector, sizeof vector);
  expect(&expected, CTX_ARGS(ctx_v128(vector), 5));
}
