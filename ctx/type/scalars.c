/* Here its descriptions are those of their kinds, whatever an option has made the type. */
#define CTX_LONG_DOUBLE_IS_ITSELF_
#include "ctx/type/scalars.h"

#include <stdbool.h>
#include <stddef.h>

/* X(kind, name, size, alignment, text) lists all types that are neither struct nor union. They are
 * the same on every supported architecture. Vectors are aligned to their size. */
#define CTX_SCALAR_TYPES(X)                                                   \
  X(VOID, void, 0, 1, "void")                                                 \
  X(U8, u8, 1, 1, "uint8_t")                                                  \
  X(U16, u16, 2, 2, "uint16_t")                                               \
  X(U32, u32, 4, 4, "uint32_t")                                               \
  X(U64, u64, 8, 8, "uint64_t")                                               \
  X(I8, i8, 1, 1, "int8_t")                                                   \
  X(I16, i16, 2, 2, "int16_t")                                                \
  X(I32, i32, 4, 4, "int32_t")                                                \
  X(I64, i64, 8, 8, "int64_t")                                                \
  X(USIZE, usize, sizeof(size_t), _Alignof(size_t), "size_t")                 \
  X(ISIZE, isize, sizeof(size_t), _Alignof(size_t), "ptrdiff_t")              \
  X(BOOL, bool, 1, 1, "bool")                                                 \
  X(PTR, ptr, sizeof(void *), _Alignof(void *), "void *")                     \
  X(GUEST_PTR, guest_ptr, 4, 4, "guest pointer")                              \
  X(F16, f16, 2, 2, "_Float16")                                               \
  X(F32, f32, 4, 4, "float")                                                  \
  X(F64, f64, 8, 8, "double")                                                 \
  X(F128, f128, 16, 16, "__float128")                                         \
  X(LONG_DOUBLE, long_double, 16, 16, "long double")                          \
  X(COMPLEX_F32, complex_f32, 8, 4, "float _Complex")                         \
  X(COMPLEX_F64, complex_f64, 16, 8, "double _Complex")                       \
  X(COMPLEX_LONG_DOUBLE, complex_long_double, 32, 16, "long double _Complex") \
  X(I128, i128, 16, 16, "__int128")                                           \
  X(U128, u128, 16, 16, "unsigned __int128")                                  \
  X(V64, v64, 8, 8, "vector of 8 bytes")                                      \
  X(V128, v128, 16, 16, "vector of 16 bytes")                                 \
  X(V256, v256, 32, 32, "vector of 32 bytes")                                 \
  X(V512, v512, 64, 64, "vector of 64 bytes")

#define CTX_DEFINE_SCALAR(kind, name, size, align, text) \
  const ctx_type ctx_type_##name = {CTX_KIND_##kind, 0, size, align, text, NULL, 0};
CTX_SCALAR_TYPES(CTX_DEFINE_SCALAR)

/* A __float128 _Complex has no kind: it is passed as a struct of two. */
extern const ctx_type ctx_type_complex_f128_;
static const ctx_member ctx_complex_f128_members[] = {{"real", &ctx_type_f128, 0, 1, 16, 0, 0},
                                                      {"imag", &ctx_type_f128, 16, 1, 16, 0, 0}};
const ctx_type ctx_type_complex_f128_ = {CTX_KIND_STRUCT,          0, 32, 16, "__float128 _Complex",
                                         ctx_complex_f128_members, 2};

#define CTX_LIST_SCALAR(kind, name, size, align, text) [CTX_KIND_##kind] = &ctx_type_##name,
static const ctx_type *const ctx_scalar_types[CTX_NUM_KINDS] = {CTX_SCALAR_TYPES(CTX_LIST_SCALAR)};

const ctx_type *ctx_type_scalar(uint32_t kind) {
  /* NONE, STRUCT and UNION are null in the table. AGGREGATE is the last kind. */
  return kind < CTX_KIND_AGGREGATE ? ctx_scalar_types[kind] : NULL;
}
