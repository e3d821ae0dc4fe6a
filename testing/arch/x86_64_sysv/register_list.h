/* The general registers: #define only, for C and for assembly. Structs, their offsets, the assembly
 * that fills them and the verdicts on them are all made from these lists. */
#ifndef CTX_TESTING_ARCH_X86_64_SYSV_REGISTER_LIST_H_
#define CTX_TESTING_ARCH_X86_64_SYSV_REGISTER_LIST_H_

/* X(register, its lower half, index) for each that a function must leave as it found it (psABI
 * 3.2.1), except for rsp, which no code can load like the others. */
#define CTX_TEST_FOR_EACH_KEPT(X) \
  X(rbx, ebx, 0)                  \
  X(rbp, ebp, 1)                  \
  X(r12, r12d, 2)                 \
  X(r13, r13d, 3)                 \
  X(r14, r14d, 4)                 \
  X(r15, r15d, 5)
#define CTX_TEST_NUM_KEPT 6

/* X(register) for each that a function may change. */
#define CTX_TEST_FOR_EACH_VOLATILE(X) \
  X(rax)                              \
  X(rcx)                              \
  X(rdx)                              \
  X(rsi)                              \
  X(rdi)                              \
  X(r8)                               \
  X(r9)                               \
  X(r10)                              \
  X(r11)

/* X(register, index) for each that passes an argument, in their order (psABI 3.2.3). */
#define CTX_TEST_FOR_EACH_ARGUMENT(X) \
  X(rdi, 0)                           \
  X(rsi, 1)                           \
  X(rdx, 2)                           \
  X(rcx, 3)                           \
  X(r8, 4)                            \
  X(r9, 5)
#define CTX_TEST_NUM_ARGUMENT 6

/* X(register, its number in machine code) for all. */
#define CTX_TEST_FOR_EACH_GENERAL(X) \
  X(rax, 0)                          \
  X(rcx, 1)                          \
  X(rdx, 2)                          \
  X(rbx, 3)                          \
  X(rsp, 4)                          \
  X(rbp, 5)                          \
  X(rsi, 6)                          \
  X(rdi, 7)                          \
  X(r8, 8)                           \
  X(r9, 9)                           \
  X(r10, 10)                         \
  X(r11, 11)                         \
  X(r12, 12)                         \
  X(r13, 13)                         \
  X(r14, 14)                         \
  X(r15, 15)
#define CTX_TEST_NUM_GENERAL 16

#endif /* CTX_TESTING_ARCH_X86_64_SYSV_REGISTER_LIST_H_ */
