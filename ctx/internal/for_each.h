/* A macro that is applied to each argument of a list. Included by ctx/value.h. */
#ifndef CTX_INTERNAL_FOR_EACH_H_
#define CTX_INTERNAL_FOR_EACH_H_

/* CTX_FOR_EACH_(f, a, b, ...) expands to f(a) f(b) ..., for 1 to 256 arguments.
 *
 * A macro cannot call itself, so there is one for each length. There are 32 of them and not 256,
 * since a list is taken in two steps: first the remainder, 1 to 16 arguments, then blocks of 16.
 * (Tricks that scan a list again do without such macros, but an error in an argument then comes
 * with thousands of lines of expansions.) A list of arguments ends with a 0 that nothing looks at,
 * since "..." must stand for something. */
/* clang-format off */
#define CTX_FOR_EACH_(f, ...) \
    CTX_EACH_CALL_(CTX_EACH_REMAINDER_(__VA_ARGS__), CTX_EACH_BLOCKS_(__VA_ARGS__), \
                   f, __VA_ARGS__, 0)
#define CTX_EACH_CALL_(remainder, blocks, f, ...) remainder(f, blocks, __VA_ARGS__)

/* Blocks of 16, from none to fifteen. */
#define CTX_EACH_16_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf) \
    f(x0) f(x1) f(x2) f(x3) f(x4) f(x5) f(x6) f(x7) \
    f(x8) f(x9) f(xa) f(xb) f(xc) f(xd) f(xe) f(xf)
#define CTX_EACH_Q0_(f, ...)
#define CTX_EACH_Q1_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf, ...) \
    CTX_EACH_16_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf) \
    CTX_EACH_Q0_(f, __VA_ARGS__)
#define CTX_EACH_Q2_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf, ...) \
    CTX_EACH_16_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf) \
    CTX_EACH_Q1_(f, __VA_ARGS__)
#define CTX_EACH_Q3_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf, ...) \
    CTX_EACH_16_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf) \
    CTX_EACH_Q2_(f, __VA_ARGS__)
#define CTX_EACH_Q4_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf, ...) \
    CTX_EACH_16_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf) \
    CTX_EACH_Q3_(f, __VA_ARGS__)
#define CTX_EACH_Q5_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf, ...) \
    CTX_EACH_16_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf) \
    CTX_EACH_Q4_(f, __VA_ARGS__)
#define CTX_EACH_Q6_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf, ...) \
    CTX_EACH_16_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf) \
    CTX_EACH_Q5_(f, __VA_ARGS__)
#define CTX_EACH_Q7_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf, ...) \
    CTX_EACH_16_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf) \
    CTX_EACH_Q6_(f, __VA_ARGS__)
#define CTX_EACH_Q8_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf, ...) \
    CTX_EACH_16_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf) \
    CTX_EACH_Q7_(f, __VA_ARGS__)
#define CTX_EACH_Q9_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf, ...) \
    CTX_EACH_16_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf) \
    CTX_EACH_Q8_(f, __VA_ARGS__)
#define CTX_EACH_Q10_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf, ...) \
    CTX_EACH_16_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf) \
    CTX_EACH_Q9_(f, __VA_ARGS__)
#define CTX_EACH_Q11_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf, ...) \
    CTX_EACH_16_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf) \
    CTX_EACH_Q10_(f, __VA_ARGS__)
#define CTX_EACH_Q12_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf, ...) \
    CTX_EACH_16_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf) \
    CTX_EACH_Q11_(f, __VA_ARGS__)
#define CTX_EACH_Q13_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf, ...) \
    CTX_EACH_16_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf) \
    CTX_EACH_Q12_(f, __VA_ARGS__)
#define CTX_EACH_Q14_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf, ...) \
    CTX_EACH_16_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf) \
    CTX_EACH_Q13_(f, __VA_ARGS__)
#define CTX_EACH_Q15_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf, ...) \
    CTX_EACH_16_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf) \
    CTX_EACH_Q14_(f, __VA_ARGS__)

/* Remainders: the first arguments, and the blocks behind them. */
#define CTX_EACH_R1_(f, blocks, x0, ...) \
    f(x0) blocks(f, __VA_ARGS__)
#define CTX_EACH_R2_(f, blocks, x0, x1, ...) \
    f(x0) f(x1) blocks(f, __VA_ARGS__)
#define CTX_EACH_R3_(f, blocks, x0, x1, x2, ...) \
    f(x0) f(x1) f(x2) blocks(f, __VA_ARGS__)
#define CTX_EACH_R4_(f, blocks, x0, x1, x2, x3, ...) \
    f(x0) f(x1) f(x2) f(x3) blocks(f, __VA_ARGS__)
#define CTX_EACH_R5_(f, blocks, x0, x1, x2, x3, x4, ...) \
    f(x0) f(x1) f(x2) f(x3) f(x4) blocks(f, __VA_ARGS__)
#define CTX_EACH_R6_(f, blocks, x0, x1, x2, x3, x4, x5, ...) \
    f(x0) f(x1) f(x2) f(x3) f(x4) f(x5) blocks(f, __VA_ARGS__)
#define CTX_EACH_R7_(f, blocks, x0, x1, x2, x3, x4, x5, x6, ...) \
    f(x0) f(x1) f(x2) f(x3) f(x4) f(x5) f(x6) blocks(f, __VA_ARGS__)
#define CTX_EACH_R8_(f, blocks, x0, x1, x2, x3, x4, x5, x6, x7, ...) \
    f(x0) f(x1) f(x2) f(x3) f(x4) f(x5) f(x6) f(x7) blocks(f, __VA_ARGS__)
#define CTX_EACH_R9_(f, blocks, x0, x1, x2, x3, x4, x5, x6, x7, x8, ...) \
    f(x0) f(x1) f(x2) f(x3) f(x4) f(x5) f(x6) f(x7) f(x8) blocks(f, __VA_ARGS__)
#define CTX_EACH_R10_(f, blocks, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, ...) \
    f(x0) f(x1) f(x2) f(x3) f(x4) f(x5) f(x6) f(x7) f(x8) f(x9) blocks(f, __VA_ARGS__)
#define CTX_EACH_R11_(f, blocks, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, ...) \
    f(x0) f(x1) f(x2) f(x3) f(x4) f(x5) f(x6) f(x7) f(x8) f(x9) f(xa) blocks(f, __VA_ARGS__)
#define CTX_EACH_R12_(f, blocks, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, ...) \
    f(x0) f(x1) f(x2) f(x3) f(x4) f(x5) f(x6) f(x7) f(x8) f(x9) f(xa) f(xb) \
    blocks(f, __VA_ARGS__)
#define CTX_EACH_R13_(f, blocks, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, ...) \
    f(x0) f(x1) f(x2) f(x3) f(x4) f(x5) f(x6) f(x7) f(x8) f(x9) f(xa) f(xb) f(xc) \
    blocks(f, __VA_ARGS__)
#define CTX_EACH_R14_(f, blocks, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, ...) \
    f(x0) f(x1) f(x2) f(x3) f(x4) f(x5) f(x6) f(x7) f(x8) f(x9) f(xa) f(xb) f(xc) f(xd) \
    blocks(f, __VA_ARGS__)
#define CTX_EACH_R15_(f, blocks, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, ...) \
    f(x0) f(x1) f(x2) f(x3) f(x4) f(x5) f(x6) f(x7) f(x8) f(x9) f(xa) f(xb) f(xc) f(xd) f(xe) \
    blocks(f, __VA_ARGS__)
#define CTX_EACH_R16_(f, blocks, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf, \
                      ...) \
    CTX_EACH_16_(f, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, xa, xb, xc, xd, xe, xf) \
    blocks(f, __VA_ARGS__)

/* Names stand behind the n arguments of a list, so that the 257th item is the name for n. */
#define CTX_EACH_REMAINDER_(...) \
    CTX_EACH_257TH_OF_(__VA_ARGS__, \
        CTX_EACH_REMAINDERS_, CTX_EACH_REMAINDERS_, \
        CTX_EACH_REMAINDERS_, CTX_EACH_REMAINDERS_, \
        CTX_EACH_REMAINDERS_, CTX_EACH_REMAINDERS_, \
        CTX_EACH_REMAINDERS_, CTX_EACH_REMAINDERS_, \
        CTX_EACH_REMAINDERS_, CTX_EACH_REMAINDERS_, \
        CTX_EACH_REMAINDERS_, CTX_EACH_REMAINDERS_, \
        CTX_EACH_REMAINDERS_, CTX_EACH_REMAINDERS_, \
        CTX_EACH_REMAINDERS_, CTX_EACH_REMAINDERS_, \
        0)
#define CTX_EACH_REMAINDERS_ \
    CTX_EACH_R16_, CTX_EACH_R15_, CTX_EACH_R14_, CTX_EACH_R13_, CTX_EACH_R12_, CTX_EACH_R11_, \
    CTX_EACH_R10_, CTX_EACH_R9_, CTX_EACH_R8_, CTX_EACH_R7_, CTX_EACH_R6_, CTX_EACH_R5_, \
    CTX_EACH_R4_, CTX_EACH_R3_, CTX_EACH_R2_, CTX_EACH_R1_
#define CTX_EACH_BLOCKS_(...) \
    CTX_EACH_257TH_OF_(__VA_ARGS__, \
        CTX_EACH_SIXTEEN_(CTX_EACH_Q15_), CTX_EACH_SIXTEEN_(CTX_EACH_Q14_), \
        CTX_EACH_SIXTEEN_(CTX_EACH_Q13_), CTX_EACH_SIXTEEN_(CTX_EACH_Q12_), \
        CTX_EACH_SIXTEEN_(CTX_EACH_Q11_), CTX_EACH_SIXTEEN_(CTX_EACH_Q10_), \
        CTX_EACH_SIXTEEN_(CTX_EACH_Q9_), CTX_EACH_SIXTEEN_(CTX_EACH_Q8_), \
        CTX_EACH_SIXTEEN_(CTX_EACH_Q7_), CTX_EACH_SIXTEEN_(CTX_EACH_Q6_), \
        CTX_EACH_SIXTEEN_(CTX_EACH_Q5_), CTX_EACH_SIXTEEN_(CTX_EACH_Q4_), \
        CTX_EACH_SIXTEEN_(CTX_EACH_Q3_), CTX_EACH_SIXTEEN_(CTX_EACH_Q2_), \
        CTX_EACH_SIXTEEN_(CTX_EACH_Q1_), CTX_EACH_SIXTEEN_(CTX_EACH_Q0_), \
        0)
#define CTX_EACH_SIXTEEN_(x) x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x
#define CTX_EACH_257TH_OF_(...) CTX_EACH_257TH_(__VA_ARGS__)
#define CTX_EACH_257TH_( \
    a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, \
    a17, a18, a19, a20, a21, a22, a23, a24, a25, a26, a27, a28, a29, a30, a31, a32, \
    a33, a34, a35, a36, a37, a38, a39, a40, a41, a42, a43, a44, a45, a46, a47, a48, \
    a49, a50, a51, a52, a53, a54, a55, a56, a57, a58, a59, a60, a61, a62, a63, a64, \
    a65, a66, a67, a68, a69, a70, a71, a72, a73, a74, a75, a76, a77, a78, a79, a80, \
    a81, a82, a83, a84, a85, a86, a87, a88, a89, a90, a91, a92, a93, a94, a95, a96, \
    a97, a98, a99, a100, a101, a102, a103, a104, a105, a106, a107, a108, a109, a110, a111, a112, \
    a113, a114, a115, a116, a117, a118, a119, a120, \
    a121, a122, a123, a124, a125, a126, a127, a128, \
    a129, a130, a131, a132, a133, a134, a135, a136, \
    a137, a138, a139, a140, a141, a142, a143, a144, \
    a145, a146, a147, a148, a149, a150, a151, a152, \
    a153, a154, a155, a156, a157, a158, a159, a160, \
    a161, a162, a163, a164, a165, a166, a167, a168, \
    a169, a170, a171, a172, a173, a174, a175, a176, \
    a177, a178, a179, a180, a181, a182, a183, a184, \
    a185, a186, a187, a188, a189, a190, a191, a192, \
    a193, a194, a195, a196, a197, a198, a199, a200, \
    a201, a202, a203, a204, a205, a206, a207, a208, \
    a209, a210, a211, a212, a213, a214, a215, a216, \
    a217, a218, a219, a220, a221, a222, a223, a224, \
    a225, a226, a227, a228, a229, a230, a231, a232, \
    a233, a234, a235, a236, a237, a238, a239, a240, \
    a241, a242, a243, a244, a245, a246, a247, a248, \
    a249, a250, a251, a252, a253, a254, a255, a256, \
    a257, ...) a257
/* clang-format on */

#endif /* CTX_INTERNAL_FOR_EACH_H_ */
