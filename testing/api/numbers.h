/* NUMBERS_n: the list 0, 1, ..., n - 1. */
#ifndef CTX_TESTING_API_NUMBERS_H_
#define CTX_TESTING_API_NUMBERS_H_

/* clang-format off */
#define NUMBERS_1 0
#define NUMBERS_2 0, 1
#define NUMBERS_15 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14
#define NUMBERS_FROM_(n) \
    (n), (n) + 1, (n) + 2, (n) + 3, (n) + 4, (n) + 5, (n) + 6, (n) + 7, \
    (n) + 8, (n) + 9, (n) + 10, (n) + 11, (n) + 12, (n) + 13, (n) + 14, (n) + 15
#define NUMBERS_16 NUMBERS_FROM_(0)
#define NUMBERS_17 NUMBERS_16, 16
#define NUMBERS_32 NUMBERS_16, NUMBERS_FROM_(16)
#define NUMBERS_33 NUMBERS_32, 32
#define NUMBERS_64 NUMBERS_32, NUMBERS_FROM_(32), NUMBERS_FROM_(48)
#define NUMBERS_128 \
    NUMBERS_64, NUMBERS_FROM_(64), NUMBERS_FROM_(80), NUMBERS_FROM_(96), NUMBERS_FROM_(112)
#define NUMBERS_132 NUMBERS_128, 128, 129, 130, 131
#define NUMBERS_240 \
    NUMBERS_128, NUMBERS_FROM_(128), NUMBERS_FROM_(144), NUMBERS_FROM_(160), NUMBERS_FROM_(176), \
    NUMBERS_FROM_(192), NUMBERS_FROM_(208), NUMBERS_FROM_(224)
#define NUMBERS_255 \
    NUMBERS_240, 240, 241, 242, 243, 244, 245, 246, 247, 248, 249, 250, 251, 252, 253, 254
#define NUMBERS_256 NUMBERS_240, NUMBERS_FROM_(240)
/* clang-format on */

#endif /* CTX_TESTING_API_NUMBERS_H_ */
