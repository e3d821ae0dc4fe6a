/* Descriptions of C types, for signatures (ctx/signature.h) and aggregate values (ctx/value.h).
 * Included by ctx/ctx.h.
 *
 * A description records what the compiler knows of a type: kind, size, alignment, members. Its
 * first use checks it: by ctx_type_create_*, ctx_signature_create or init. A description that
 * contradicts itself is CTX_ERR_BAD_TYPE. A type that compilers pass differently is
 * CTX_ERR_UNSUPPORTED_TYPE. ctx_type_error says more about both.
 *
 * No use changes a description, so threads may share it. Descriptions are of C's types. None is
 * right for a type that C++ passes differently than C (a class with a destructor or a copy
 * constructor, an empty struct). */
#ifndef CTX_TYPE_H_
#define CTX_TYPE_H_

#include <stddef.h>
#include <stdint.h>

#include "ctx/arch/arch.h"
#include "ctx/internal/scalar_check.h"
#include "ctx/kind.h"
#include "ctx/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ctx_type ctx_type;

/* ctx_member is a member of a struct or union. CTX_MEMBER and the like make one; a program that
 * generates code may fill it in as {name, type, offset, count}. */
typedef struct ctx_member {
  const char *name; /* for messages; may be null */
  const ctx_type *type;
  size_t offset;     /* in bytes, from the start of the aggregate */
  size_t count;      /* of elements: 1, or an array's */
  size_t size;       /* in bytes, of all elements, to check them; 0: not known */
  size_t bit_offset; /* of a bit-field, in bits from `offset` */
  size_t bit_width;  /* of a bit-field, in bits; 0: it is not one */
} ctx_member;

/* ctx_type is complete so that descriptions can be constants. Its fields are private. */
struct ctx_type {
  uint32_t kind; /* a ctx_kind */
  uint32_t zero;
  size_t size;  /* in bytes, sizeof */
  size_t align; /* in bytes, _Alignof */
  const char *name;
  const ctx_member *members; /* in the order of their offsets; null unless num_members */
  size_t num_members;
};

/* ---- Scalars ---- */

/* Integers are named by their size and sign; see ctx_kind for the others. ctx_type_guest_ptr is an
 * address in a 32-bit linear memory, a uint32_t. A vector is named by its size alone, whatever its
 * elements are.
 *
 * An option (-mlong-double-64, -mlong-double-128) can make long double a double or a __float128.
 * Its description is that one's then. */
#if defined(CTX_LONG_DOUBLE_IS_ITSELF_) || __LDBL_MANT_DIG__ == 64
#define CTX_LONG_DOUBLE_AS_(of_64_bits, of_128_bits)
#elif __LDBL_MANT_DIG__ == 53
#define CTX_LONG_DOUBLE_AS_(of_64_bits, of_128_bits) __asm__("ctx_type_" of_64_bits)
#else
#define CTX_LONG_DOUBLE_AS_(of_64_bits, of_128_bits) __asm__("ctx_type_" of_128_bits)
#endif
extern const ctx_type ctx_type_void;
extern const ctx_type ctx_type_u8, ctx_type_u16, ctx_type_u32, ctx_type_u64;
extern const ctx_type ctx_type_i8, ctx_type_i16, ctx_type_i32, ctx_type_i64;
extern const ctx_type ctx_type_usize, ctx_type_isize, ctx_type_bool;
extern const ctx_type ctx_type_ptr, ctx_type_guest_ptr;
extern const ctx_type ctx_type_f16, ctx_type_f32, ctx_type_f64, ctx_type_f128;
extern const ctx_type ctx_type_i128, ctx_type_u128;
extern const ctx_type ctx_type_long_double CTX_LONG_DOUBLE_AS_("f64", "f128");
extern const ctx_type ctx_type_complex_f32, ctx_type_complex_f64;
extern const ctx_type ctx_type_complex_long_double CTX_LONG_DOUBLE_AS_("complex_f64",
                                                                       "complex_f128_");
extern const ctx_type ctx_type_v64, ctx_type_v128, ctx_type_v256, ctx_type_v512;

/* ---- Aggregates, described where they are declared ---- */

/* CTX_STRUCT(name, type, member...) defines the constant `name`, a static const ctx_type:
 *
 *     struct point { float x, y; };
 *     CTX_STRUCT(point_type, struct point, CTX_MEMBER(struct point, x, ctx_type_f32),
 *                CTX_MEMBER(struct point, y, ctx_type_f32));
 *
 * The compiler takes size, alignment, offsets and counts from the type itself. The members come in
 * the order of their declaration. CTX_UNION is the same for a union, CTX_EMPTY_STRUCT for a struct
 * that has no member (C's, of size 0). */
#define CTX_STRUCT(name, type, ...) CTX_AGGREGATE_(name, type, CTX_KIND_STRUCT, __VA_ARGS__)
#define CTX_UNION(name, type, ...) CTX_AGGREGATE_(name, type, CTX_KIND_UNION, __VA_ARGS__)
#define CTX_EMPTY_STRUCT(name, type)                         \
  static const ctx_type name __attribute__((__unused__)) = { \
      CTX_KIND_STRUCT, 0, sizeof(type), __alignof__(type), #type, CTX_NO_MEMBERS_, 0}

/* CTX_MEMBER(struct or union, member, type) describes a member that is not an array. If the type is
 * a scalar, ctx_type_f32 or the like, the compiler compares it with the member's own: another one
 * is an error. A pointer is any pointer, a vector any of its size; integers and enumerations have a
 * size and a sign, except that a char has either sign. A description of your own is not compared.
 */
#define CTX_MEMBER(aggregate, member, type)                                                      \
  {                                                                                              \
#member, &(type), offsetof(aggregate, member), 1,                                            \
        CTX_SIZEOF_MEMBER_(aggregate, member) + CTX_CHECK_SCALAR_(aggregate, member, type), 0, 0 \
  }

/* CTX_MEMBER_ARRAY(struct or union, member, element type) describes an array, of up to eight
 * dimensions: the type is that of its innermost elements, and compared with theirs. */
#define CTX_MEMBER_ARRAY(aggregate, member, type)                                                 \
  {                                                                                               \
#member, &(type), offsetof(aggregate, member), CTX_COUNT_BY_SIZE_,                            \
        CTX_SIZEOF_MEMBER_(aggregate, member) + CTX_CHECK_SCALARS_(aggregate, member, type), 0, 0 \
  }

/* CTX_BITFIELD(member, type, bit_offset, bit_width) describes a bit-field of the declared integer
 * type. It begins `bit_offset` bits from the start of the struct; compilers have no operator for
 * that number. Unnamed bit-fields cannot be described. */
#define CTX_BITFIELD(member, type, bit_offset, bit_width) \
  { #member, &(type), 0, 1, 0, (bit_offset), (bit_width) }

/* ---- Aggregates that are known at run time ---- */

/* ctx_type_create_struct makes the description of a struct of `size` bytes, aligned to `align`, and
 * checks it. It copies the members. Their names and types are not copied, and must live as long as
 * the description. The caller owns *out, and gives it to ctx_type_destroy.
 *
 * Errors: CTX_ERR_NULL_ARGUMENT (out; members unless num_members is 0; a member's type),
 * CTX_ERR_BAD_TYPE, CTX_ERR_UNSUPPORTED_TYPE, CTX_ERR_NO_MEMORY. Any thread. */
CTX_NODISCARD_ ctx_status ctx_type_create_struct(ctx_type **out, size_t size, size_t align,
                                                 const ctx_member *members, size_t num_members);

/* ctx_type_create_union is the same for a union: all offsets are 0. */
CTX_NODISCARD_ ctx_status ctx_type_create_union(ctx_type **out, size_t size, size_t align,
                                                const ctx_member *members, size_t num_members);

/* ctx_type_destroy frees what ctx_type_create_* made; null is fine.
 * REQUIRES: [type-unused] no description that lives has a member of this type. (Signatures keep no
 * types.) */
void ctx_type_destroy(ctx_type *type);

/* ctx_type_error returns a sentence on the calling thread's last failure that was about a type:
 * CTX_ERR_BAD_TYPE, CTX_ERR_UNSUPPORTED_TYPE, or CTX_ERR_NULL_ARGUMENT for a null in a description
 * or in an aggregate value. It names the argument, the type and the member. It is "" if there was
 * no such failure, and valid until the thread's next one. */
const char *ctx_type_error(void);

/* ---- Details of the macros ---- */

#define CTX_COUNT_BY_SIZE_ ((size_t)-1)

#define CTX_AGGREGATE_(name, type, kind, ...)                \
  static const ctx_member name##_members_[] = {__VA_ARGS__}; \
  static const ctx_type name                                 \
      __attribute__((__unused__)) = {kind,                   \
                                     0,                      \
                                     sizeof(type),           \
                                     __alignof__(type),      \
                                     #type,                  \
                                     name##_members_,        \
                                     sizeof name##_members_ / sizeof name##_members_[0]}

#ifdef __cplusplus
#define CTX_SIZEOF_MEMBER_(aggregate, member) (sizeof(static_cast<aggregate *>(nullptr)->member))
#define CTX_NO_MEMBERS_ nullptr
#else
#define CTX_SIZEOF_MEMBER_(aggregate, member) (sizeof(((aggregate *)0)->member))
#define CTX_NO_MEMBERS_ 0
#endif

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_TYPE_H_ */
