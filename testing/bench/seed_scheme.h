/* A baseline: the scheme of the Rust module that ctx was designed after, built anew in C so that
 * compilers and languages do not differ between the competitors. Each step does this:
 *
 * - A swap stores the registers that a function must keep in a struct, and also those that pass
 *   arguments, vector registers among them. It loads the other context's, and continues there by a
 *   return.
 * - Init builds a chain of return addresses (bootstrap, entry, backstop) on the new stack. Before
 *   that it collects what does not fit in registers in a growing vector. It reads the thread's
 *   signal mask by a system call.
 * - At a return the backstop stores the registers of results, then swaps to the parent.
 *
 * The struct, the assembly and where the chain lies are the architecture's:
 * testing/arch/<abi>/seed_scheme.*. */
#ifndef CTX_TESTING_BENCH_SEED_SCHEME_H_
#define CTX_TESTING_BENCH_SEED_SCHEME_H_

#include <stddef.h>
#include <stdint.h>

#include "testing/arch/arch.h"
#include CTX_TEST_ARCH(seed_scheme.h)

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

/* Without its system call it shows what that costs. */
typedef enum seed_signal_mask { SEED_READ_SIGNAL_MASK, SEED_SKIP_SIGNAL_MASK } seed_signal_mask;

/* The stack's end must be 16-byte aligned. Stops the program where there is no memory. */
void seed_init(seed_context *child, void *stack, size_t stack_size, seed_signal_mask signal_mask,
               void (*entry)(void), const seed_value *args, size_t num_args);

void seed_asm_swap(seed_context *from, seed_context *to);

static inline void seed_swap(seed_context *from, seed_context *to) {
  to->parent = from;
  seed_asm_swap(from, to);
}

#endif /* CTX_TESTING_BENCH_SEED_SCHEME_H_ */
