/* The registers: #define only, for C and for assembly. Structs, their offsets, the assembly that
 * fills them and the verdicts on them are all made from these lists. */
#ifndef CTX_TESTING_ARCH_RISCV64_LP64D_REGISTER_LIST_H_
#define CTX_TESTING_ARCH_RISCV64_LP64D_REGISTER_LIST_H_

/* X(register, index) for each that a function must leave as it found it (RISC-V Calling
 * Conventions, "Register Convention"), except for sp, which no code can load like the others. */
#define CTX_TEST_FOR_EACH_KEPT_GENERAL(X) \
  X(s0, 0)                                \
  X(s1, 1)                                \
  X(s2, 2)                                \
  X(s3, 3)                                \
  X(s4, 4)                                \
  X(s5, 5)                                \
  X(s6, 6)                                \
  X(s7, 7)                                \
  X(s8, 8)                                \
  X(s9, 9)                                \
  X(s10, 10)                              \
  X(s11, 11)
#define CTX_TEST_FOR_EACH_KEPT_FLOATING(X) \
  X(fs0, 12)                               \
  X(fs1, 13)                               \
  X(fs2, 14)                               \
  X(fs3, 15)                               \
  X(fs4, 16)                               \
  X(fs5, 17)                               \
  X(fs6, 18)                               \
  X(fs7, 19)                               \
  X(fs8, 20)                               \
  X(fs9, 21)                               \
  X(fs10, 22)                              \
  X(fs11, 23)
#define CTX_TEST_FOR_EACH_KEPT(X)   \
  CTX_TEST_FOR_EACH_KEPT_GENERAL(X) \
  CTX_TEST_FOR_EACH_KEPT_FLOATING(X)
#define CTX_TEST_NUM_KEPT 24

/* X(register) for each general one that a function may change. */
#define CTX_TEST_FOR_EACH_VOLATILE(X) \
  X(t0)                               \
  X(t1)                               \
  X(t2)                               \
  X(a0)                               \
  X(a1)                               \
  X(a2)                               \
  X(a3)                               \
  X(a4)                               \
  X(a5)                               \
  X(a6)                               \
  X(a7)                               \
  X(t3)                               \
  X(t4)                               \
  X(t5)                               \
  X(t6)                               \
  X(ra)

/* And for each floating-point one. */
#define CTX_TEST_FOR_EACH_VOLATILE_FLOATING(X) \
  X(ft0)                                       \
  X(ft1)                                       \
  X(ft2)                                       \
  X(ft3)                                       \
  X(ft4)                                       \
  X(ft5)                                       \
  X(ft6)                                       \
  X(ft7)                                       \
  X(fa0)                                       \
  X(fa1)                                       \
  X(fa2)                                       \
  X(fa3)                                       \
  X(fa4)                                       \
  X(fa5)                                       \
  X(fa6)                                       \
  X(fa7)                                       \
  X(ft8)                                       \
  X(ft9)                                       \
  X(ft10)                                      \
  X(ft11)

/* X(register) for each that nobody may change, whatever happens. */
#define CTX_TEST_FOR_EACH_FIXED(X) \
  X(zero)                          \
  X(gp)                            \
  X(tp)

/* X(register, index) for each that passes an argument, in their order ("Integer Calling
 * Convention", "Hardware Floating-Point Calling Convention"). */
#define CTX_TEST_FOR_EACH_ARGUMENT(X) \
  X(a0, 0)                            \
  X(a1, 1)                            \
  X(a2, 2)                            \
  X(a3, 3)                            \
  X(a4, 4)                            \
  X(a5, 5)                            \
  X(a6, 6)                            \
  X(a7, 7)
#define CTX_TEST_FOR_EACH_FLOATING_ARGUMENT(X) \
  X(fa0, 0)                                    \
  X(fa1, 1)                                    \
  X(fa2, 2)                                    \
  X(fa3, 3)                                    \
  X(fa4, 4)                                    \
  X(fa5, 5)                                    \
  X(fa6, 6)                                    \
  X(fa7, 7)
#define CTX_TEST_NUM_ARGUMENT 8

/* X(register, its number in machine code) for all. */
#define CTX_TEST_FOR_EACH_GENERAL(X) \
  X(zero, 0)                         \
  X(ra, 1)                           \
  X(sp, 2)                           \
  X(gp, 3)                           \
  X(tp, 4)                           \
  X(t0, 5)                           \
  X(t1, 6)                           \
  X(t2, 7)                           \
  X(s0, 8)                           \
  X(s1, 9)                           \
  X(a0, 10)                          \
  X(a1, 11)                          \
  X(a2, 12)                          \
  X(a3, 13)                          \
  X(a4, 14)                          \
  X(a5, 15)                          \
  X(a6, 16)                          \
  X(a7, 17)                          \
  X(s2, 18)                          \
  X(s3, 19)                          \
  X(s4, 20)                          \
  X(s5, 21)                          \
  X(s6, 22)                          \
  X(s7, 23)                          \
  X(s8, 24)                          \
  X(s9, 25)                          \
  X(s10, 26)                         \
  X(s11, 27)                         \
  X(t3, 28)                          \
  X(t4, 29)                          \
  X(t5, 30)                          \
  X(t6, 31)
#define CTX_TEST_NUM_GENERAL 32
#define CTX_TEST_FOR_EACH_FLOATING(X) \
  X(ft0, 0)                           \
  X(ft1, 1)                           \
  X(ft2, 2)                           \
  X(ft3, 3)                           \
  X(ft4, 4)                           \
  X(ft5, 5)                           \
  X(ft6, 6)                           \
  X(ft7, 7)                           \
  X(fs0, 8)                           \
  X(fs1, 9)                           \
  X(fa0, 10)                          \
  X(fa1, 11)                          \
  X(fa2, 12)                          \
  X(fa3, 13)                          \
  X(fa4, 14)                          \
  X(fa5, 15)                          \
  X(fa6, 16)                          \
  X(fa7, 17)                          \
  X(fs2, 18)                          \
  X(fs3, 19)                          \
  X(fs4, 20)                          \
  X(fs5, 21)                          \
  X(fs6, 22)                          \
  X(fs7, 23)                          \
  X(fs8, 24)                          \
  X(fs9, 25)                          \
  X(fs10, 26)                         \
  X(fs11, 27)                         \
  X(ft8, 28)                          \
  X(ft9, 29)                          \
  X(ft10, 30)                         \
  X(ft11, 31)
#define CTX_TEST_NUM_FLOATING 32

/* A fresh context's entry finds its own address here. */
#define CTX_TEST_ENTRYS_ADDRESS t1

/* The numbers of the first ones that pass arguments. */
#define CTX_TEST_NUMBER_OF_a0 10
#define CTX_TEST_NUMBER_OF_fa0 10

#endif /* CTX_TESTING_ARCH_RISCV64_LP64D_REGISTER_LIST_H_ */
