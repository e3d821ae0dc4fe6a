/* Lists of the types of a call's arguments, ctx_1_ to ctx_16_, for ctx/call.h, which includes this:
 * macros that cannot count. */
#ifndef CTX_INTERNAL_POSITIONS_H_
#define CTX_INTERNAL_POSITIONS_H_

/* clang-format off */
/* The types before the i-th, the first i types, and what is left of a list behind its first i. */
#define CTX_BEFORE_1_
#define CTX_BEFORE_2_ ctx_1_,
#define CTX_BEFORE_3_ CTX_BEFORE_2_ ctx_2_,
#define CTX_BEFORE_4_ CTX_BEFORE_3_ ctx_3_,
#define CTX_BEFORE_5_ CTX_BEFORE_4_ ctx_4_,
#define CTX_BEFORE_6_ CTX_BEFORE_5_ ctx_5_,
#define CTX_BEFORE_7_ CTX_BEFORE_6_ ctx_6_,
#define CTX_BEFORE_8_ CTX_BEFORE_7_ ctx_7_,
#define CTX_BEFORE_9_ CTX_BEFORE_8_ ctx_8_,
#define CTX_BEFORE_10_ CTX_BEFORE_9_ ctx_9_,
#define CTX_BEFORE_11_ CTX_BEFORE_10_ ctx_10_,
#define CTX_BEFORE_12_ CTX_BEFORE_11_ ctx_11_,
#define CTX_BEFORE_13_ CTX_BEFORE_12_ ctx_12_,
#define CTX_BEFORE_14_ CTX_BEFORE_13_ ctx_13_,
#define CTX_BEFORE_15_ CTX_BEFORE_14_ ctx_14_,
#define CTX_BEFORE_16_ CTX_BEFORE_15_ ctx_15_,
#define CTX_UP_TO_1_ CTX_BEFORE_1_ ctx_1_
#define CTX_UP_TO_2_ CTX_BEFORE_2_ ctx_2_
#define CTX_UP_TO_3_ CTX_BEFORE_3_ ctx_3_
#define CTX_UP_TO_4_ CTX_BEFORE_4_ ctx_4_
#define CTX_UP_TO_5_ CTX_BEFORE_5_ ctx_5_
#define CTX_UP_TO_6_ CTX_BEFORE_6_ ctx_6_
#define CTX_UP_TO_7_ CTX_BEFORE_7_ ctx_7_
#define CTX_UP_TO_8_ CTX_BEFORE_8_ ctx_8_
#define CTX_UP_TO_9_ CTX_BEFORE_9_ ctx_9_
#define CTX_UP_TO_10_ CTX_BEFORE_10_ ctx_10_
#define CTX_UP_TO_11_ CTX_BEFORE_11_ ctx_11_
#define CTX_UP_TO_12_ CTX_BEFORE_12_ ctx_12_
#define CTX_UP_TO_13_ CTX_BEFORE_13_ ctx_13_
#define CTX_UP_TO_14_ CTX_BEFORE_14_ ctx_14_
#define CTX_UP_TO_15_ CTX_BEFORE_15_ ctx_15_
#define CTX_UP_TO_16_ CTX_BEFORE_16_ ctx_16_
#define CTX_BEHIND_1_(t1, ...) __VA_ARGS__
#define CTX_BEHIND_2_(t1, t2, ...) __VA_ARGS__
#define CTX_BEHIND_3_(t1, t2, t3, ...) __VA_ARGS__
#define CTX_BEHIND_4_(t1, t2, t3, t4, ...) __VA_ARGS__
#define CTX_BEHIND_5_(t1, t2, t3, t4, t5, ...) __VA_ARGS__
#define CTX_BEHIND_6_(t1, t2, t3, t4, t5, t6, ...) __VA_ARGS__
#define CTX_BEHIND_7_(t1, t2, t3, t4, t5, t6, t7, ...) __VA_ARGS__
#define CTX_BEHIND_8_(t1, t2, t3, t4, t5, t6, t7, t8, ...) __VA_ARGS__
#define CTX_BEHIND_9_(t1, t2, t3, t4, t5, t6, t7, t8, t9, ...) __VA_ARGS__
#define CTX_BEHIND_10_(t1, t2, t3, t4, t5, t6, t7, t8, t9, t10, ...) __VA_ARGS__
#define CTX_BEHIND_11_(t1, t2, t3, t4, t5, t6, t7, t8, t9, t10, t11, ...) __VA_ARGS__
#define CTX_BEHIND_12_(t1, t2, t3, t4, t5, t6, t7, t8, t9, t10, t11, t12, ...) __VA_ARGS__
#define CTX_BEHIND_13_(t1, t2, t3, t4, t5, t6, t7, t8, t9, t10, t11, t12, t13, ...) __VA_ARGS__
#define CTX_BEHIND_14_(t1, t2, t3, t4, t5, t6, t7, t8, t9, t10, t11, t12, t13, t14, ...) __VA_ARGS__
#define CTX_BEHIND_15_(t1, t2, t3, t4, t5, t6, t7, t8, t9, t10, t11, t12, t13, t14, t15, ...) \
    __VA_ARGS__

/* CTX_POSITIONS_<n>_(X, L, ...) is X(i, n, ...) of each position before the last, and L(n, ...) of
 * that. */
#define CTX_POSITIONS_1_(X, L, ...) CTX_INNER_1_(X, 1, __VA_ARGS__) L(1, __VA_ARGS__)
#define CTX_POSITIONS_2_(X, L, ...) CTX_INNER_2_(X, 2, __VA_ARGS__) L(2, __VA_ARGS__)
#define CTX_POSITIONS_3_(X, L, ...) CTX_INNER_3_(X, 3, __VA_ARGS__) L(3, __VA_ARGS__)
#define CTX_POSITIONS_4_(X, L, ...) CTX_INNER_4_(X, 4, __VA_ARGS__) L(4, __VA_ARGS__)
#define CTX_POSITIONS_5_(X, L, ...) CTX_INNER_5_(X, 5, __VA_ARGS__) L(5, __VA_ARGS__)
#define CTX_POSITIONS_6_(X, L, ...) CTX_INNER_6_(X, 6, __VA_ARGS__) L(6, __VA_ARGS__)
#define CTX_POSITIONS_7_(X, L, ...) CTX_INNER_7_(X, 7, __VA_ARGS__) L(7, __VA_ARGS__)
#define CTX_POSITIONS_8_(X, L, ...) CTX_INNER_8_(X, 8, __VA_ARGS__) L(8, __VA_ARGS__)
#define CTX_POSITIONS_9_(X, L, ...) CTX_INNER_9_(X, 9, __VA_ARGS__) L(9, __VA_ARGS__)
#define CTX_POSITIONS_10_(X, L, ...) CTX_INNER_10_(X, 10, __VA_ARGS__) L(10, __VA_ARGS__)
#define CTX_POSITIONS_11_(X, L, ...) CTX_INNER_11_(X, 11, __VA_ARGS__) L(11, __VA_ARGS__)
#define CTX_POSITIONS_12_(X, L, ...) CTX_INNER_12_(X, 12, __VA_ARGS__) L(12, __VA_ARGS__)
#define CTX_POSITIONS_13_(X, L, ...) CTX_INNER_13_(X, 13, __VA_ARGS__) L(13, __VA_ARGS__)
#define CTX_POSITIONS_14_(X, L, ...) CTX_INNER_14_(X, 14, __VA_ARGS__) L(14, __VA_ARGS__)
#define CTX_POSITIONS_15_(X, L, ...) CTX_INNER_15_(X, 15, __VA_ARGS__) L(15, __VA_ARGS__)
#define CTX_POSITIONS_16_(X, L, ...) CTX_INNER_16_(X, 16, __VA_ARGS__) L(16, __VA_ARGS__)
#define CTX_INNER_1_(X, n, ...)
#define CTX_INNER_2_(X, n, ...) CTX_INNER_1_(X, n, __VA_ARGS__) X(1, n, __VA_ARGS__)
#define CTX_INNER_3_(X, n, ...) CTX_INNER_2_(X, n, __VA_ARGS__) X(2, n, __VA_ARGS__)
#define CTX_INNER_4_(X, n, ...) CTX_INNER_3_(X, n, __VA_ARGS__) X(3, n, __VA_ARGS__)
#define CTX_INNER_5_(X, n, ...) CTX_INNER_4_(X, n, __VA_ARGS__) X(4, n, __VA_ARGS__)
#define CTX_INNER_6_(X, n, ...) CTX_INNER_5_(X, n, __VA_ARGS__) X(5, n, __VA_ARGS__)
#define CTX_INNER_7_(X, n, ...) CTX_INNER_6_(X, n, __VA_ARGS__) X(6, n, __VA_ARGS__)
#define CTX_INNER_8_(X, n, ...) CTX_INNER_7_(X, n, __VA_ARGS__) X(7, n, __VA_ARGS__)
#define CTX_INNER_9_(X, n, ...) CTX_INNER_8_(X, n, __VA_ARGS__) X(8, n, __VA_ARGS__)
#define CTX_INNER_10_(X, n, ...) CTX_INNER_9_(X, n, __VA_ARGS__) X(9, n, __VA_ARGS__)
#define CTX_INNER_11_(X, n, ...) CTX_INNER_10_(X, n, __VA_ARGS__) X(10, n, __VA_ARGS__)
#define CTX_INNER_12_(X, n, ...) CTX_INNER_11_(X, n, __VA_ARGS__) X(11, n, __VA_ARGS__)
#define CTX_INNER_13_(X, n, ...) CTX_INNER_12_(X, n, __VA_ARGS__) X(12, n, __VA_ARGS__)
#define CTX_INNER_14_(X, n, ...) CTX_INNER_13_(X, n, __VA_ARGS__) X(13, n, __VA_ARGS__)
#define CTX_INNER_15_(X, n, ...) CTX_INNER_14_(X, n, __VA_ARGS__) X(14, n, __VA_ARGS__)
#define CTX_INNER_16_(X, n, ...) CTX_INNER_15_(X, n, __VA_ARGS__) X(15, n, __VA_ARGS__)

/* CTX_NUMBERED_<n>_(X, a, b, ...) is X(1, a) X(2, b) ... for n arguments. */
#define CTX_NUMBERED_1_(X, a1) X(1, a1)
#define CTX_NUMBERED_2_(X, a1, a2) X(1, a1) X(2, a2)
#define CTX_NUMBERED_3_(X, a1, a2, a3) X(1, a1) X(2, a2) X(3, a3)
#define CTX_NUMBERED_4_(X, a1, a2, a3, a4) X(1, a1) X(2, a2) X(3, a3) X(4, a4)
#define CTX_NUMBERED_5_(X, a1, a2, a3, a4, a5) X(1, a1) X(2, a2) X(3, a3) X(4, a4) X(5, a5)
#define CTX_NUMBERED_6_(X, a1, a2, a3, a4, a5, a6) X(1, a1) X(2, a2) X(3, a3) X(4, a4) X(5, a5) \
    X(6, a6)
#define CTX_NUMBERED_7_(X, a1, a2, a3, a4, a5, a6, a7) X(1, a1) X(2, a2) X(3, a3) X(4, a4) \
    X(5, a5) X(6, a6) X(7, a7)
#define CTX_NUMBERED_8_(X, a1, a2, a3, a4, a5, a6, a7, a8) X(1, a1) X(2, a2) X(3, a3) X(4, a4) \
    X(5, a5) X(6, a6) X(7, a7) X(8, a8)
#define CTX_NUMBERED_9_(X, a1, a2, a3, a4, a5, a6, a7, a8, a9) X(1, a1) X(2, a2) X(3, a3) \
    X(4, a4) X(5, a5) X(6, a6) X(7, a7) X(8, a8) X(9, a9)
#define CTX_NUMBERED_10_(X, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10) X(1, a1) X(2, a2) X(3, a3) \
    X(4, a4) X(5, a5) X(6, a6) X(7, a7) X(8, a8) X(9, a9) X(10, a10)
#define CTX_NUMBERED_11_(X, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11) X(1, a1) X(2, a2) \
    X(3, a3) X(4, a4) X(5, a5) X(6, a6) X(7, a7) X(8, a8) X(9, a9) X(10, a10) X(11, a11)
#define CTX_NUMBERED_12_(X, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12) X(1, a1) X(2, a2) \
    X(3, a3) X(4, a4) X(5, a5) X(6, a6) X(7, a7) X(8, a8) X(9, a9) X(10, a10) X(11, a11) \
    X(12, a12)
#define CTX_NUMBERED_13_(X, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13) X(1, a1) \
    X(2, a2) X(3, a3) X(4, a4) X(5, a5) X(6, a6) X(7, a7) X(8, a8) X(9, a9) X(10, a10) \
    X(11, a11) X(12, a12) X(13, a13)
#define CTX_NUMBERED_14_(X, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14) \
    X(1, a1) X(2, a2) X(3, a3) X(4, a4) X(5, a5) X(6, a6) X(7, a7) X(8, a8) X(9, a9) X(10, a10) \
    X(11, a11) X(12, a12) X(13, a13) X(14, a14)
#define CTX_NUMBERED_15_(X, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15) \
    X(1, a1) X(2, a2) X(3, a3) X(4, a4) X(5, a5) X(6, a6) X(7, a7) X(8, a8) X(9, a9) X(10, a10) \
    X(11, a11) X(12, a12) X(13, a13) X(14, a14) X(15, a15)
#define CTX_NUMBERED_16_(X, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16) \
    X(1, a1) X(2, a2) X(3, a3) X(4, a4) X(5, a5) X(6, a6) X(7, a7) X(8, a8) X(9, a9) X(10, a10) \
    X(11, a11) X(12, a12) X(13, a13) X(14, a14) X(15, a15) X(16, a16)

/* CTX_BY_NUM_<n>_(none, some, more, ...) is none(...), some(n, ...), or more(...) above 16. */
#define CTX_BY_NUM_0_(none, some, more, ...) none(__VA_ARGS__)
#define CTX_BY_NUM_1_(none, some, more, ...) some(1, __VA_ARGS__)
#define CTX_BY_NUM_2_(none, some, more, ...) some(2, __VA_ARGS__)
#define CTX_BY_NUM_3_(none, some, more, ...) some(3, __VA_ARGS__)
#define CTX_BY_NUM_4_(none, some, more, ...) some(4, __VA_ARGS__)
#define CTX_BY_NUM_5_(none, some, more, ...) some(5, __VA_ARGS__)
#define CTX_BY_NUM_6_(none, some, more, ...) some(6, __VA_ARGS__)
#define CTX_BY_NUM_7_(none, some, more, ...) some(7, __VA_ARGS__)
#define CTX_BY_NUM_8_(none, some, more, ...) some(8, __VA_ARGS__)
#define CTX_BY_NUM_9_(none, some, more, ...) some(9, __VA_ARGS__)
#define CTX_BY_NUM_10_(none, some, more, ...) some(10, __VA_ARGS__)
#define CTX_BY_NUM_11_(none, some, more, ...) some(11, __VA_ARGS__)
#define CTX_BY_NUM_12_(none, some, more, ...) some(12, __VA_ARGS__)
#define CTX_BY_NUM_13_(none, some, more, ...) some(13, __VA_ARGS__)
#define CTX_BY_NUM_14_(none, some, more, ...) some(14, __VA_ARGS__)
#define CTX_BY_NUM_15_(none, some, more, ...) some(15, __VA_ARGS__)
#define CTX_BY_NUM_16_(none, some, more, ...) some(16, __VA_ARGS__)
#define CTX_BY_NUM_17_(none, some, more, ...) more(__VA_ARGS__)

/* CTX_FIRST_16_(list of more) drops the others. */
#define CTX_FIRST_16_(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, ...) \
    a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16
/* clang-format on */

#endif /* CTX_INTERNAL_POSITIONS_H_ */
