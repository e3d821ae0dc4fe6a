/* The model, written from the text of the RISC-V Calling Conventions (riscv-cc.adoc of the RISC-V
 * ABIs Specification), sections "Integer Calling Convention" and "Hardware Floating-Point Calling
 * Convention", for lp64d: XLEN and ABI_FLEN are 64. Comments name the sections. */
#ifndef CTX_TESTING_ARCH_RISCV64_LP64D_MODEL_H_
#define CTX_TESTING_ARCH_RISCV64_LP64D_MODEL_H_

#include "testing/oracle/model.h"

/* The integer convention passes a type in one of these ways. */
typedef enum model_form {
  MODEL_NOTHING, /* an empty aggregate, or void */
  MODEL_INTEGER, /* a scalar of at most 8 bytes, or a pointer: extended to 8 */
  MODEL_WORDS,   /* anything else of at most 16 bytes: one register or two */
  MODEL_COPY     /* anything of more: its address is passed */
} model_form;

/* A member, once the hierarchy of structs and arrays is flattened. */
typedef struct model_field {
  bool is_real;      /* otherwise an integer, or a bit-field */
  uint8_t size;      /* in bytes: of a bit-field those that it has a bit of */
  uint8_t type_size; /* of a bit-field's type, at most 8; otherwise the same as size */
  uint16_t from;     /* in bytes, from the beginning of the whole */
} model_field;

enum { MODEL_MAX_FIELDS = 2 };

typedef struct model_shape {
  model_form form;
  bool is_aligned; /* to 16 bytes or more */
  /* The hardware floating-point convention passes a real, two of them, or a real and an integer in
   * either order. 0: all else. */
  size_t num_fields;
  model_field fields[MODEL_MAX_FIELDS];
} model_shape;

model_shape model_shape_of(const gen_type *type);

/* ---- Refusals ---- */

/* model_refuse_type is for a type however it is passed, model_refuse_fields for one that may be
 * passed by the hardware floating-point convention: as a named argument, or as a result. */
model_refusal model_refuse_type(const gen_type *type);
model_refusal model_refuse_fields(const gen_type *type);

/* Compilers do not do as the text has it. Each of these is false of what has no fields, except for
 * that of empty types. */

/* gcc 12 does not ignore empty unions, nor arrays of empty structs. A description does not tell one
 * empty struct from an array of one. */
bool model_gcc_sees_empty(const gen_type *type);

/* gcc 12 aligns the stack to 16 for such a type, if arguments have come to be there. */
bool model_gcc_aligns_empty(const gen_type *type);

/* clang passes as many bytes as a bit-field's type has, from where the bit-field begins. The other
 * field may lie there, or the struct may end before. */
bool model_clang_sees_more_of_bit_field(const gen_type *type);

/* clang 14 does not flatten what has a _Float16, unless the processor has instructions for it. */
bool model_clang_14_sees_half(const gen_type *type);

#endif /* CTX_TESTING_ARCH_RISCV64_LP64D_MODEL_H_ */
