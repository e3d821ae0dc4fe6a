/* COUNTS(X) is X(n) for n from 1 to 16. A call with n arguments: COUNT_PARAMETERS_n and
 * COUNT_ARGUMENTS_n, whose types alternate; COUNT_SUM_n differs if any two are exchanged. */
#ifndef CTX_TESTING_API_COUNTS_H_
#define CTX_TESTING_API_COUNTS_H_

/* clang-format off */
#define COUNTS(X) \
    X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15) X(16)
#define COUNT_PARAMETERS_1 long a1
#define COUNT_PARAMETERS_2 COUNT_PARAMETERS_1, double a2
#define COUNT_PARAMETERS_3 COUNT_PARAMETERS_2, long a3
#define COUNT_PARAMETERS_4 COUNT_PARAMETERS_3, double a4
#define COUNT_PARAMETERS_5 COUNT_PARAMETERS_4, long a5
#define COUNT_PARAMETERS_6 COUNT_PARAMETERS_5, double a6
#define COUNT_PARAMETERS_7 COUNT_PARAMETERS_6, long a7
#define COUNT_PARAMETERS_8 COUNT_PARAMETERS_7, double a8
#define COUNT_PARAMETERS_9 COUNT_PARAMETERS_8, long a9
#define COUNT_PARAMETERS_10 COUNT_PARAMETERS_9, double a10
#define COUNT_PARAMETERS_11 COUNT_PARAMETERS_10, long a11
#define COUNT_PARAMETERS_12 COUNT_PARAMETERS_11, double a12
#define COUNT_PARAMETERS_13 COUNT_PARAMETERS_12, long a13
#define COUNT_PARAMETERS_14 COUNT_PARAMETERS_13, double a14
#define COUNT_PARAMETERS_15 COUNT_PARAMETERS_14, long a15
#define COUNT_PARAMETERS_16 COUNT_PARAMETERS_15, double a16
#define COUNT_ARGUMENTS_1 1L
#define COUNT_ARGUMENTS_2 COUNT_ARGUMENTS_1, 2.0
#define COUNT_ARGUMENTS_3 COUNT_ARGUMENTS_2, 3L
#define COUNT_ARGUMENTS_4 COUNT_ARGUMENTS_3, 4.0
#define COUNT_ARGUMENTS_5 COUNT_ARGUMENTS_4, 5L
#define COUNT_ARGUMENTS_6 COUNT_ARGUMENTS_5, 6.0
#define COUNT_ARGUMENTS_7 COUNT_ARGUMENTS_6, 7L
#define COUNT_ARGUMENTS_8 COUNT_ARGUMENTS_7, 8.0
#define COUNT_ARGUMENTS_9 COUNT_ARGUMENTS_8, 9L
#define COUNT_ARGUMENTS_10 COUNT_ARGUMENTS_9, 10.0
#define COUNT_ARGUMENTS_11 COUNT_ARGUMENTS_10, 11L
#define COUNT_ARGUMENTS_12 COUNT_ARGUMENTS_11, 12.0
#define COUNT_ARGUMENTS_13 COUNT_ARGUMENTS_12, 13L
#define COUNT_ARGUMENTS_14 COUNT_ARGUMENTS_13, 14.0
#define COUNT_ARGUMENTS_15 COUNT_ARGUMENTS_14, 15L
#define COUNT_ARGUMENTS_16 COUNT_ARGUMENTS_15, 16.0
#define COUNT_SUM_1 1.0 * (double)a1
#define COUNT_SUM_2 COUNT_SUM_1 + 4.0 * (double)a2
#define COUNT_SUM_3 COUNT_SUM_2 + 9.0 * (double)a3
#define COUNT_SUM_4 COUNT_SUM_3 + 16.0 * (double)a4
#define COUNT_SUM_5 COUNT_SUM_4 + 25.0 * (double)a5
#define COUNT_SUM_6 COUNT_SUM_5 + 36.0 * (double)a6
#define COUNT_SUM_7 COUNT_SUM_6 + 49.0 * (double)a7
#define COUNT_SUM_8 COUNT_SUM_7 + 64.0 * (double)a8
#define COUNT_SUM_9 COUNT_SUM_8 + 81.0 * (double)a9
#define COUNT_SUM_10 COUNT_SUM_9 + 100.0 * (double)a10
#define COUNT_SUM_11 COUNT_SUM_10 + 121.0 * (double)a11
#define COUNT_SUM_12 COUNT_SUM_11 + 144.0 * (double)a12
#define COUNT_SUM_13 COUNT_SUM_12 + 169.0 * (double)a13
#define COUNT_SUM_14 COUNT_SUM_13 + 196.0 * (double)a14
#define COUNT_SUM_15 COUNT_SUM_14 + 225.0 * (double)a15
#define COUNT_SUM_16 COUNT_SUM_15 + 256.0 * (double)a16

/* 256 parameters, 16 for each letter, and their sum: EACH_OF_SIXTEEN(SIXTEEN_PARAMETERS, COMMA) and
 * EACH_OF_SIXTEEN(SIXTEEN_ADDED, PLUS). */
#define SIXTEEN_PARAMETERS(x) \
    int x##0, int x##1, int x##2, int x##3, int x##4, int x##5, int x##6, int x##7, int x##8, \
    int x##9, int x##10, int x##11, int x##12, int x##13, int x##14, int x##15
#define SIXTEEN_ADDED(x) \
    x##0 + x##1 + x##2 + x##3 + x##4 + x##5 + x##6 + x##7 + x##8 + x##9 + x##10 + x##11 + x##12 + \
    x##13 + x##14 + x##15
#define EACH_OF_SIXTEEN(X, between) \
    X(a) between() X(b) between() X(c) between() X(d) between() X(e) between() X(f) between() \
    X(g) between() X(h) between() X(i) between() X(j) between() X(k) between() X(l) between() \
    X(m) between() X(n) between() X(o) between() X(p)
#define COMMA() ,
#define PLUS() +
/* clang-format on */

/* The value of COUNT_SUM_n for these arguments. */
#define COUNT_EXPECTED(n) ((double)((n) * ((n) + 1) / 2) * ((n) * ((n) + 1) / 2))

#endif /* CTX_TESTING_API_COUNTS_H_ */
