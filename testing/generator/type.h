/* The C types that a generated case passes: a tree, and the layout that gcc and clang give it.
 * Knows nothing of ctx, except which architecture it is for.
 *
 * A type is immutable once it is made. Scalars are static, one for each kind; aggregates live in
 * the gen_pool that they were made in. The same node may occur several times in a tree: two
 * arguments whose types are the same node have the same C type. */
#ifndef CTX_TESTING_GENERATOR_TYPE_H_
#define CTX_TESTING_GENERATOR_TYPE_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "testing/arch/arch.h"
#include CTX_TEST_ARCH(generator.h)

/* X(constant, C type, size, align, shape). The order is part of the format of corpora. */
#define GEN_FOR_EACH_SCALAR(X)                                                                \
  /* ctx_value can hold these. */                                                             \
  X(GEN_U8, "uint8_t", 1, 1, GEN_UNSIGNED)                                                    \
  X(GEN_U16, "uint16_t", 2, 2, GEN_UNSIGNED)                                                  \
  X(GEN_U32, "uint32_t", 4, 4, GEN_UNSIGNED)                                                  \
  X(GEN_U64, "uint64_t", 8, 8, GEN_UNSIGNED)                                                  \
  X(GEN_I8, "int8_t", 1, 1, GEN_SIGNED)                                                       \
  X(GEN_I16, "int16_t", 2, 2, GEN_SIGNED)                                                     \
  X(GEN_I32, "int32_t", 4, 4, GEN_SIGNED)                                                     \
  X(GEN_I64, "int64_t", 8, 8, GEN_SIGNED)                                                     \
  X(GEN_USIZE, "size_t", 8, 8, GEN_UNSIGNED)                                                  \
  X(GEN_ISIZE, "ptrdiff_t", 8, 8, GEN_SIGNED)                                                 \
  X(GEN_BOOL, "_Bool", 1, 1, GEN_BOOLEAN)                                                     \
  X(GEN_PTR, "void *", 8, 8, GEN_UNSIGNED)                                                    \
  X(GEN_GUEST_PTR, "uint32_t", 4, 4, GEN_UNSIGNED) /* an address in a 32-bit linear memory */ \
  X(GEN_F32, "float", 4, 4, GEN_FLOATING)                                                     \
  X(GEN_F64, "double", 8, 8, GEN_FLOATING)                                                    \
  /* Only a ctx_type can describe these. */                                                   \
  X(GEN_I128, "__int128", 16, 16, GEN_SIGNED)                                                 \
  X(GEN_U128, "unsigned __int128", 16, 16, GEN_UNSIGNED)                                      \
  X(GEN_F16, "_Float16", 2, 2, GEN_FLOATING)                                                  \
  X(GEN_F128, GEN_C_F128, 16, 16, GEN_FLOATING)                                               \
  X(GEN_LONG_DOUBLE, "long double", 16, 16, GEN_EXTENDED)                                     \
  X(GEN_COMPLEX_F32, "_Complex float", 8, 4, GEN_FLOATING)                                    \
  X(GEN_COMPLEX_F64, "_Complex double", 16, 8, GEN_FLOATING)                                  \
  X(GEN_COMPLEX_LONG_DOUBLE, "_Complex long double", 32, 16, GEN_EXTENDED)                    \
  X(GEN_V64, GEN_C_V64, 8, 8, GEN_VECTOR)                                                     \
  X(GEN_V128, GEN_C_V128, 16, 16, GEN_VECTOR)                                                 \
  X(GEN_V256, GEN_C_V256, 32, 32, GEN_VECTOR)                                                 \
  X(GEN_V512, GEN_C_V512, 64, 64, GEN_VECTOR)

typedef enum gen_kind {
  GEN_VOID = 0, /* a result only */
#define GEN_DEFINE_KIND_(constant, c_type, size, align, shape) constant,
  GEN_FOR_EACH_SCALAR(GEN_DEFINE_KIND_)
#undef GEN_DEFINE_KIND_
      GEN_STRUCT,
  GEN_UNION,
  GEN_NUM_KINDS
} gen_kind;

enum {
  GEN_FIRST_SCALAR = GEN_U8,
  GEN_LAST_VALUE_SCALAR = GEN_F64, /* the last kind that ctx_value can hold */
  GEN_LAST_SCALAR = GEN_V512
};

/* Says how a value of a scalar is spelled in bytes. */
typedef enum gen_shape {
  GEN_UNSIGNED,
  GEN_SIGNED,
  GEN_BOOLEAN,  /* 0 or 1 */
  GEN_FLOATING, /* IEEE; complex: two of them */
  GEN_EXTENDED, /* a long double: GEN_LONG_DOUBLE_BITS, then padding; complex: two of them */
  GEN_VECTOR    /* any bytes */
} gen_shape;

enum {
  GEN_MAX_ALIGN = 64,       /* of what the library supports; refused types may have 128 */
  GEN_MAX_TYPE_SIZE = 1024, /* of any type here, in bytes */
  GEN_MAX_MEMBERS = 16,
  GEN_MAX_DEPTH = 4 /* of aggregates within aggregates, in generated cases */
};

typedef struct gen_type gen_type;

/* A compiler can pass these, but the library cannot, or must not: at any depth of an aggregate. */
typedef enum gen_oddity {
  GEN_ODD_UNNAMED_BIT_FIELD = 1,   /* gcc and clang classify them differently */
  GEN_ODD_ARRAY_OF_NONE = 2,       /* flexible, or zero-length */
  GEN_ODD_ALIGN = 4,               /* above GEN_MAX_ALIGN, of the whole */
  GEN_ODD_F128_INSIDE = 8,         /* __float128 in an aggregate: clang 14 passes it as integers */
  GEN_ODD_EMPTY_FIRST = 16,        /* nothing in the first 8 of at most 16 bytes */
  GEN_ODD_MISALIGNED_INSIDE = 32,  /* an aggregate at an offset that its alignment does not divide,
                                    * though no scalar in it is misaligned: clang passes it in
                                    * memory, gcc looks at scalars only */
  GEN_ODD_BIT_FIELD_IN_UNION = 64, /* at an offset that the smallest integer that holds it does not
                                    * divide: gcc asks that of it, in unions only */
  GEN_ODD_LATER_ELEMENT = 128,     /* an array whose first element has no misaligned scalar, but a
                                    * later one has: gcc looks at the first one only */
  GEN_ODD_EMPTY_PACKED = 256       /* an empty aggregate that is aligned to less than its member:
                                    * ctx looks at the outermost empty one only */
} gen_oddity;

typedef enum gen_member_form {
  GEN_PLAIN,            /* T name; */
  GEN_ARRAY,            /* T name[count]; count may be 0 in refused cases */
  GEN_FLEXIBLE,         /* T name[]; the last of a struct, in refused cases only */
  GEN_BIT_FIELD,        /* T name : bits; 1 <= bits <= width of T; T an integer, __int128 too */
  GEN_UNNAMED_BIT_FIELD /* T : bits; in refused cases only. bits may be 0, but not in generated
                         * cases: no description has a place for that */
} gen_member_form;

typedef struct gen_member {
  const gen_type *type; /* of an array: the element's */
  gen_member_form form;
  uint16_t count; /* GEN_ARRAY */
  uint8_t bits;   /* GEN_BIT_FIELD, GEN_UNNAMED_BIT_FIELD */
  uint8_t align;  /* __attribute__((aligned(align))) on the member; 0: none. Never on a bit-field */
  bool packed;    /* __attribute__((packed)) on the member. GEN_PLAIN, without align */

  /* The layout, filled in by gen_type_make. */
  uint32_t bit_offset; /* from the aggregate's beginning; a multiple of 8 except for bit-fields */
} gen_member;

struct gen_type {
  gen_kind kind;

  /* Aggregates only:
   *     struct __attribute__((packed, aligned(aligned))) { members };
   * Members have no names of their own here; number them. num_members may be 0 (size 0 in C). */
  bool packed;
  uint8_t aligned; /* 0: no such attribute */
  uint16_t num_members;
  const gen_member *members;

  uint8_t depth;     /* of aggregates within this one; a scalar's is 0 */
  uint16_t oddities; /* gen_oddity bits, of a value of this type that is passed */

  /* The layout: what sizeof and _Alignof say. */
  uint32_t size;
  uint32_t align;

  /* `size` bytes, the care mask: a bit is set if it belongs to a value, of any member of a union;
   * clear in padding (between members, at the end, those of a long double that are not its value,
   * bits that no bit-field has). */
  const uint8_t *cover;
};

/* Aggregates, and the values of cases, are allocated here. All memory is its own; nothing is freed,
 * gen_pool_reset forgets everything. */
typedef struct gen_pool {
  size_t num_types;
  size_t num_members;
  size_t num_bytes;
  gen_type types[4096];
  gen_member members[16384];
  _Alignas(GEN_MAX_ALIGN) uint8_t bytes[1 << 19];
} gen_pool;

void gen_pool_reset(gen_pool *pool);

/* gen_scalar is the type of a scalar kind, or of GEN_VOID. */
const gen_type *gen_scalar(gen_kind kind);

bool gen_is_aggregate(const gen_type *type);
/* gen_has_union says whether the type is a union, or has one in it. */
bool gen_has_union(const gen_type *type);
gen_shape gen_scalar_shape(gen_kind kind);

/* gen_scalar_c_name is its C type, "int8_t" for GEN_I8; vectors' names want a header
 * (processor_include, testing/callsites/processor.h). */
const char *gen_scalar_c_name(gen_kind kind);

/* gen_type_make makes an aggregate of copies of the members, and lays it out. Null if the pool is
 * full, or the type would be larger than GEN_MAX_TYPE_SIZE. REQUIRES: kind is GEN_STRUCT or
 * GEN_UNION; members' types were made in the same pool, or are scalars. */
const gen_type *gen_type_make(gen_pool *pool, gen_kind kind, bool packed, unsigned aligned,
                              const gen_member *members, size_t num_members);

/* gen_for_each_leaf calls visit for each scalar in the type: elements of arrays one by one, members
 * of unions all, of a complex number both parts. It does not visit unnamed bit-fields. */
typedef struct gen_leaf {
  gen_kind kind;
  size_t bit_offset; /* from the outermost type's beginning */
  size_t bits;       /* of the value: of a long double GEN_LONG_DOUBLE_BITS */
  bool is_bit_field;
} gen_leaf;
typedef void gen_visit_leaf(void *data, const gen_leaf *leaf);
void gen_for_each_leaf(const gen_type *type, gen_visit_leaf *visit, void *data);

/* gen_type_describe writes the type as C, on one line, members named a, b, ...; returns the length
 * that it would have, as snprintf does. */
size_t gen_type_describe(const gen_type *type, char *out, size_t size);

#endif /* CTX_TESTING_GENERATOR_TYPE_H_ */
