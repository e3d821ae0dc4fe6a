/* The kinds of values and types. Included by ctx/type.h and ctx/value.h. */
#ifndef CTX_KIND_H_
#define CTX_KIND_H_

#ifdef __cplusplus
extern "C" {
#endif

/* ctx_kind says what a value or a type is. 0 is not a kind, so that zeroed memory is not a value by
 * mistake. */
typedef enum ctx_kind {
  CTX_KIND_NONE = 0,

  /* Scalars of up to eight bytes that are passed in general registers: */
  CTX_KIND_U8,
  CTX_KIND_U16,
  CTX_KIND_U32,
  CTX_KIND_U64,
  CTX_KIND_I8,
  CTX_KIND_I16,
  CTX_KIND_I32,
  CTX_KIND_I64,
  CTX_KIND_USIZE,
  CTX_KIND_ISIZE,
  CTX_KIND_BOOL,
  CTX_KIND_PTR,
  CTX_KIND_GUEST_PTR, /* an address in a 32-bit linear memory */
  /* The same, in vector registers: */
  CTX_KIND_F32,
  CTX_KIND_F64,

  /* Everything else: */
  CTX_KIND_F16,                 /* _Float16 */
  CTX_KIND_F128,                /* __float128 */
  CTX_KIND_LONG_DOUBLE,         /* long double */
  CTX_KIND_COMPLEX_F32,         /* float _Complex */
  CTX_KIND_COMPLEX_F64,         /* double _Complex */
  CTX_KIND_COMPLEX_LONG_DOUBLE, /* long double _Complex */
  CTX_KIND_I128,                /* __int128 */
  CTX_KIND_U128,                /* unsigned __int128 */
  CTX_KIND_V64,                 /* a vector of 8 bytes, such as __m64 */
  CTX_KIND_V128,                /* of 16, such as __m128, __m128i and __m128d */
  CTX_KIND_V256,                /* of 32 */
  CTX_KIND_V512,                /* of 64 */
  CTX_KIND_STRUCT,
  CTX_KIND_UNION,
  CTX_KIND_VOID,      /* the result of a function that has none */
  CTX_KIND_AGGREGATE, /* of a value: a struct or union, which its type describes */
  CTX_NUM_KINDS
} ctx_kind;

/* CTX_LONG_DOUBLE_VALUE_SIZE_ is the bytes of CTX_KIND_LONG_DOUBLE that hold its value: ten if its
 * significand has 64 bits. A compiler option may have made the type long double a double. */
#if __LDBL_MANT_DIG__ == 113
#define CTX_LONG_DOUBLE_VALUE_SIZE_ 16
#else
#define CTX_LONG_DOUBLE_VALUE_SIZE_ 10
#endif

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_KIND_H_ */
