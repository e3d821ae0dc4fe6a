/* The one place that chooses an architecture. An architecture is a processor with its calling
 * convention, and a folder beside this file; README.md says what such a folder defines.
 *
 * CTX_ARCH_HEADER_(file) names a file of the folder, for #include.
 *
 * CTX_ARCH_AS_... chooses a folder whatever the processor is: so the plain C of its calling
 * convention (types, classes, places) can be judged on another one. */
/* clang-format would put spaces into paths: */
/* clang-format off */
#ifndef CTX_ARCH_ARCH_H_
#define CTX_ARCH_ARCH_H_

/* Where nothing else has chosen, the processor does. */
#if !defined(CTX_ARCH_AS_AARCH64_AAPCS64_) && !defined(CTX_ARCH_AS_RISCV64_LP64D_) && \
    !defined(CTX_ARCH_AS_X86_64_SYSV_)
#define CTX_ARCH_OF_PROCESSOR_ 1
#endif

#if !defined(__GNUC__)
#error "ctx: needs gcc or clang"
#elif defined(CTX_ARCH_AS_AARCH64_AAPCS64_) || \
    (defined(CTX_ARCH_OF_PROCESSOR_) && defined(__aarch64__) && !defined(__ILP32__) && \
     defined(__AARCH64EL__) && defined(__ELF__) && defined(__linux__))
#define CTX_ARCH_AARCH64_AAPCS64_ 1
#define CTX_ARCH_HEADER_(file) CTX_ARCH_PATH_(ctx/arch/aarch64_aapcs64/file)
#define CTX_ARCH_F16_SINCE_GXX_13_ 1 /* before, g++ has no _Float16, but says that it has */
#elif defined(CTX_ARCH_AS_RISCV64_LP64D_) || \
    (defined(CTX_ARCH_OF_PROCESSOR_) && defined(__riscv) && defined(__riscv_float_abi_double) && \
     defined(__LP64__) && defined(__ELF__) && defined(__linux__))
#define CTX_ARCH_RISCV64_LP64D_ 1
#define CTX_ARCH_HEADER_(file) CTX_ARCH_PATH_(ctx/arch/riscv64_lp64d/file)
#elif defined(CTX_ARCH_AS_X86_64_SYSV_) || \
    (defined(CTX_ARCH_OF_PROCESSOR_) && defined(__x86_64__) && !defined(__ILP32__) && \
     defined(__ELF__) && defined(__linux__))
#define CTX_ARCH_X86_64_SYSV_ 1
#define CTX_ARCH_HEADER_(file) CTX_ARCH_PATH_(ctx/arch/x86_64_sysv/file)
#else
#error "ctx: only 64-bit Linux (ELF) on x86-64, little-endian aarch64, riscv64 (lp64d) is supported"
#endif

#ifdef CTX_ARCH_HEADER_ /* otherwise the error above is the only one */
#define CTX_SUPPORTED_ 1
#endif

#define CTX_ARCH_PATH_(path) #path

/* ISO C wants a declaration in every file. On other architectures than its own a file of a folder
 * has just this one. */
#ifndef __ASSEMBLER__
struct ctx_context;
#endif

#endif /* CTX_ARCH_ARCH_H_ */
