/* The registers: #define only, for C and for assembly. Structs, their offsets, the assembly that
 * fills them and the verdicts on them are all made from these lists. */
#ifndef CTX_TESTING_ARCH_AARCH64_AAPCS64_REGISTER_LIST_H_
#define CTX_TESTING_ARCH_AARCH64_AAPCS64_REGISTER_LIST_H_

/* X(register, its lower half, index) for each that a function must leave as it found it (AAPCS64
 * 6.1.1 and 6.1.2), except for sp, which no code can load like the others. Of v8 to v15 these are
 * the lower halves. */
#define CTX_TEST_FOR_EACH_KEPT_GENERAL(X) \
  X(x19, w19, 0)                          \
  X(x20, w20, 1)                          \
  X(x21, w21, 2)                          \
  X(x22, w22, 3)                          \
  X(x23, w23, 4)                          \
  X(x24, w24, 5)                          \
  X(x25, w25, 6)                          \
  X(x26, w26, 7)                          \
  X(x27, w27, 8)                          \
  X(x28, w28, 9)                          \
  X(x29, w29, 10)
#define CTX_TEST_FOR_EACH_KEPT_VECTOR(X) \
  X(d8, s8, 11)                          \
  X(d9, s9, 12)                          \
  X(d10, s10, 13)                        \
  X(d11, s11, 14)                        \
  X(d12, s12, 15)                        \
  X(d13, s13, 16)                        \
  X(d14, s14, 17)                        \
  X(d15, s15, 18)
#define CTX_TEST_FOR_EACH_KEPT(X)   \
  CTX_TEST_FOR_EACH_KEPT_GENERAL(X) \
  CTX_TEST_FOR_EACH_KEPT_VECTOR(X)
#define CTX_TEST_NUM_KEPT 19

/* X(register) for each general one that a function may change. x18 is the platform's where there is
 * one that wants it; Linux does not. */
#define CTX_TEST_FOR_EACH_VOLATILE(X) \
  X(x0)                               \
  X(x1)                               \
  X(x2)                               \
  X(x3)                               \
  X(x4)                               \
  X(x5)                               \
  X(x6)                               \
  X(x7)                               \
  X(x8)                               \
  X(x9)                               \
  X(x10)                              \
  X(x11)                              \
  X(x12)                              \
  X(x13)                              \
  X(x14)                              \
  X(x15)                              \
  X(x16)                              \
  X(x17)                              \
  X(x18)                              \
  X(x30)

/* X(register, index) for each that passes an argument, in their order (AAPCS64 6.8). */
#define CTX_TEST_FOR_EACH_ARGUMENT(X) \
  X(x0, 0)                            \
  X(x1, 1)                            \
  X(x2, 2)                            \
  X(x3, 3)                            \
  X(x4, 4)                            \
  X(x5, 5)                            \
  X(x6, 6)                            \
  X(x7, 7)
#define CTX_TEST_NUM_ARGUMENT 8

/* X(register, its number in machine code) for all except sp, which instructions see as 31. */
#define CTX_TEST_FOR_EACH_GENERAL(X) \
  X(x0, 0)                           \
  X(x1, 1)                           \
  X(x2, 2)                           \
  X(x3, 3)                           \
  X(x4, 4)                           \
  X(x5, 5)                           \
  X(x6, 6)                           \
  X(x7, 7)                           \
  X(x8, 8)                           \
  X(x9, 9)                           \
  X(x10, 10)                         \
  X(x11, 11)                         \
  X(x12, 12)                         \
  X(x13, 13)                         \
  X(x14, 14)                         \
  X(x15, 15)                         \
  X(x16, 16)                         \
  X(x17, 17)                         \
  X(x18, 18)                         \
  X(x19, 19)                         \
  X(x20, 20)                         \
  X(x21, 21)                         \
  X(x22, 22)                         \
  X(x23, 23)                         \
  X(x24, 24)                         \
  X(x25, 25)                         \
  X(x26, 26)                         \
  X(x27, 27)                         \
  X(x28, 28)                         \
  X(x29, 29)                         \
  X(x30, 30)
#define CTX_TEST_NUM_GENERAL 31

#endif /* CTX_TESTING_ARCH_AARCH64_AAPCS64_REGISTER_LIST_H_ */
