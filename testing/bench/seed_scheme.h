/* A baseline: the scheme of the Rust module that ctx was designed after, built anew in C so that
 * compilers and languages do not differ between the competitors. What it does at each step:
 *   swap      stores nine general and eight vector registers in a struct, loads the other
 * context's, and continues there by `ret` init      builds a chain of return addresses (bootstrap,
 * entry, backstop) on the new stack, collects what does not fit in registers in a growing vector
 * first, and reads the thread's signal mask by a system call return    the backstop stores rax, rdx
 * and xmm0, then swaps to the parent */
#ifndef CTX_TESTING_BENCH_SEED_SCHEME_H_
#define CTX_TESTING_BENCH_SEED_SCHEME_H_

/* Offsets in seed_context, for the assembly; seed_scheme.c asserts them. */
#define SEED_RBX 0
#define SEED_RSP 8
#define SEED_RBP 16
#define SEED_RDI 24
#define SEED_R12 32
#define SEED_R13 40
#define SEED_R14 48
#define SEED_R15 56
#define SEED_RSI 64
#define SEED_XMM 80
#define SEED_RETVALS 208
#define SEED_RETVAL_XMM0 224
#define SEED_PARENT 240
#define SEED_CALLBACK 248
#define SEED_CALLBACK_DATA 256

#ifndef __ASSEMBLER__

#include <emmintrin.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>

typedef struct seed_context {
  uint64_t rbx, rsp, rbp, rdi, r12, r13, r14, r15, rsi;
  uint64_t padding;
  __m128 xmm[8];
  uint64_t retvals[2];
  __m128 retval_xmm0;
  struct seed_context *parent;
  void (*callback)(void *);
  void *callback_data;
  sigset_t signal_mask;
} __attribute__((aligned(64))) seed_context;

typedef enum seed_kind { SEED_U8, SEED_U16, SEED_U32, SEED_U64, SEED_F32, SEED_F64 } seed_kind;

typedef struct seed_value {
  seed_kind kind;
  union {
    uint8_t u8;
    uint16_t u16;
    uint32_t u32;
    uint64_t u64;
    float f32;
    double f64;
  } as;
} seed_value;

/* To tell what its system call costs. */
typedef enum seed_signal_mask { SEED_READ_SIGNAL_MASK, SEED_SKIP_SIGNAL_MASK } seed_signal_mask;

/* The stack's end must be 16-byte aligned. Stops the program where there is no memory. */
void seed_init(seed_context *child, void *stack, size_t stack_size, seed_signal_mask signal_mask,
               void (*entry)(void), const seed_value *args, size_t num_args);

void seed_asm_swap(seed_context *from, seed_context *to);

static inline void seed_swap(seed_context *from, seed_context *to) {
  to->parent = from;
  seed_asm_swap(from, to);
}

#endif /* __ASSEMBLER__ */

#endif /* CTX_TESTING_BENCH_SEED_SCHEME_H_ */
