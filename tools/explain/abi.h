/* The calling conventions that are explained. Each has a file, abi_*.c: what its compilers make of
 * C's types, its registers by their names, and ctx's own placing, which placing.h has in it. */
#ifndef CTX_TOOLS_EXPLAIN_ABI_H_
#define CTX_TOOLS_EXPLAIN_ABI_H_

#include "ctx/status.h"
#include "tools/explain/type.h"

/* A register's part of a value. */
typedef struct piece {
  const char *name; /* of the register, or of the view of it that is as wide */
  size_t order;     /* where a picture has the register */
  size_t from;      /* in bytes, from the start of the value */
  size_t size;      /* in bytes; the value may end before */
  size_t width;     /* of the register, or of that view, in bytes */
  bool is_boxed;    /* beyond the value the register is ones, otherwise zeros or a sign */
} piece;

enum { ABI_MAX_PIECES = 4, ABI_MAX_ORDER = 64 };

/* Where a value goes, or, if it is passed by reference, the address of a copy of it: into
 * registers, and what is left into memory. */
typedef struct placement {
  const char *classes; /* in words */
  bool is_reference;
  size_t num_pieces;
  piece pieces[ABI_MAX_PIECES];
  bool has_memory;
  size_t memory_from; /* in bytes, from the start of the value */
  size_t memory;      /* in bytes, from the first argument in memory up */
  size_t copy;        /* of a reference: the same, from the first copy up */
} placement;

/* A register that an argument is not in, and that the function finds something in. */
typedef struct other_register {
  const char *name;
  size_t order;
  size_t size;
  const char *text;
} other_register;

enum { ABI_MAX_OTHERS = 2 };

/* All arguments are placed: then this is known. */
typedef struct surroundings {
  size_t memory_align; /* of the first argument in memory */
  size_t copies;       /* where the first copy lies: in bytes, from the first argument in memory */
  size_t copies_align;
  size_t num_others;
  other_register others[ABI_MAX_OTHERS];
} surroundings;

/* An argument of a function without an ellipsis, before one, after one. */
typedef enum naming { NAMING_PLAIN, NAMING_BEFORE_ELLIPSIS, NAMING_AFTER_ELLIPSIS } naming;

/* A call in the making. */
typedef struct placing placing;

typedef struct abi {
  const char *name;   /* as --abi has it */
  const char *folder; /* of ctx/arch */
  const char *title;

  /* ---- Types ---- */
  bool char_is_signed;
  bool wchar_is_signed;
  bool has_x87; /* a long double has 80 bits, and there is __float128; otherwise it has 128 */
  bool unsigned_words_have_signs; /* unsigned integers of 32 bits are extended as if signed */
  bool unnamed_bit_fields_align;  /* the struct that they are in */
  bool has_vectors_of_one;        /* compilers agree on vectors of one number of eight bytes, */
  bool has_lowered_scalars;       /* on scalars that a typedef aligns to less, */
  bool has_raised_aggregates;     /* and on structs and unions that it aligns to more */
  const char *declarations;       /* of typedefs that only this one has, or has otherwise */

  /* ---- In words ---- */
  const char *stack_pointer;
  size_t first_slot;            /* of arguments in memory: so many bytes above it */
  const char *result_in_memory; /* where its address goes */

  /* ---- Placing ---- */
  /* place_result begins a call; what it makes is in `memory`. Then place_argument takes one after
   * the other. Both return ctx's answer, of which ctx_type_error says more. */
  ctx_status (*place_result)(arena *memory, const ctx_type *type, placing **out,
                             placement *out_place);
  ctx_status (*place_argument)(placing *p, const ctx_type *described, naming which, placement *out);
  surroundings (*surround)(const placing *p, bool is_variadic);
  /* refuse_unnamed returns null, or why nobody can say how a type is passed that has bit-fields
   * without a name. They are members of `with_unnamed`, unless they have no bits. A result is
   * plain. */
  const char *(*refuse_unnamed)(const ctx_type *described, const ctx_type *with_unnamed,
                                naming which);
} abi;

extern const abi abi_aarch64, abi_riscv64, abi_x86_64;

/* abi_all returns all of them, and a null pointer after the last. */
const abi *const *abi_all(void);

/* abi_of_host returns that of the processor that this is compiled for. */
const abi *abi_of_host(void);

/* abi_named returns null if there is none of that name. */
const abi *abi_named(const char *name);

/* abi_names returns the names of all in a line. */
const char *abi_names(arena *memory);

/* abi_slot_name names the address that lies so many bytes above the first argument in memory. */
const char *abi_slot_name(const abi *a, arena *memory, size_t offset);

#endif /* CTX_TOOLS_EXPLAIN_ABI_H_ */
