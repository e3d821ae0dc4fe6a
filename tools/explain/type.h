/* C's types, as the parser makes them. */
#ifndef CTX_TOOLS_EXPLAIN_TYPE_H_
#define CTX_TOOLS_EXPLAIN_TYPE_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The host's long double does not matter: the descriptions are those of their kinds. */
#define CTX_LONG_DOUBLE_IS_ITSELF_
#include "ctx/type.h"
#include "tools/explain/arena.h"
#include "tools/explain/fault.h"

typedef enum type_form {
  TYPE_VOID,
  TYPE_SCALAR, /* vectors too */
  TYPE_ARRAY,
  TYPE_FUNCTION,
  TYPE_STRUCT,
  TYPE_UNION
} type_form;

/* A member of a struct or union. */
typedef struct member {
  struct member *next;
  const char *name; /* null: it has none */
  const struct type *type;
  span where;          /* its declaration */
  size_t wanted_align; /* _Alignas, or __attribute__((aligned)); 0: neither */
  bool is_packed;      /* __attribute__((packed)) of its own */
  bool is_bit_field;
  uint64_t bit_width;
  uint64_t bit_offset; /* from the start of the aggregate, of any member; layout.h computes it */
} member;

/* An argument, or a parameter of the type of a function. */
typedef struct parameter {
  struct parameter *next;
  const char *name; /* null: it has none */
  const struct type *type;
  span where;
} parameter;

typedef struct type {
  type_form form;
  bool is_complete;
  bool is_flexible; /* an array without a size, at the end of a struct, or a struct with one */
  size_t size;      /* in bytes, as sizeof */
  size_t align;     /* in bytes, as _Alignof */
  const struct type *main_variant; /* the type without a typedef's alignment; mostly itself */
  const ctx_type *scalar;          /* of a scalar */
  const struct type *target;       /* an array's elements; what a function returns */
  size_t count;                    /* of an array's elements */
  member *members;
  bool is_packed;        /* the whole struct or union */
  bool is_transparent;   /* a union: as a parameter it is its first member */
  parameter *parameters; /* of a function */
  bool is_variadic;      /* of a function: it has an ellipsis, */
  size_t num_fixed;      /* and so many parameters before it */
  bool has_tag;          /* an aggregate: struct TAG */
  span where;            /* of an aggregate, or of a function's parameters, in the text */
  size_t depth;          /* of types within types */
  size_t weight;         /* of members within members, arrays counted as short */
} type;

/* A type must be finite: a larger one is a fault. */
enum { TYPE_MAX_DEPTH = 64, TYPE_MAX_WEIGHT = 65536 };
#define TYPE_MAX_SIZE ((size_t)1 << 47) /* the address space */

/* type_of_scalar makes a type from one of ctx's, which knows its size and alignment. */
type *type_of_scalar(arena *memory, const ctx_type *scalar);

type *type_of_void(arena *memory);

/* type_of_array makes an array; what is too large is a null type and a message. */
type *type_of_array(arena *memory, const type *element, size_t count, const char **out_message);

/* type_aligned copies a type and gives the copy another alignment. */
type *type_aligned(arena *memory, const type *t, size_t align);

/* type_transparent copies a union and makes the copy a transparent one. */
type *type_transparent(arena *memory, const type *t);

/* type_is_same says whether both are the same type, as far as a call is concerned. */
bool type_is_same(const type *a, const type *b);

/* type_of_pair makes a struct of two: what complex numbers are that ctx has no type for. */
type *type_of_pair(arena *memory, const type *element);

/* type_is_integer says whether values of the type are integers or enumerators, of any size. */
bool type_is_integer(const type *t);
bool type_is_signed(const type *t);

/* type_promoted returns the type as which an argument after the ellipsis is passed (C11 6.5.2.2p6):
 * the type itself if it is not promoted. */
const type *type_promoted(arena *memory, const type *t);

#endif /* CTX_TOOLS_EXPLAIN_TYPE_H_ */
