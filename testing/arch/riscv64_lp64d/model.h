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
  bool is_real;  /* otherwise an integer, or a bit-field */
  uint8_t size;  /* in bytes: of a bit-field those that it has a bit of */
  uint16_t from; /* in bytes, from the beginning of the whole */
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

model_refusal model_refuse_type(const gen_type *type);

/* Flattening ignores empty members and takes a _Float16 for a real. Compilers do not agree:
 * gcc 12 does not flatten what has an empty union or an array of empty structs, and clang 14 does
 * not flatten what has a _Float16 unless the processor has instructions for it. */
bool model_has_empty_union_or_array(const gen_type *type);
bool model_has_half(const gen_type *type);

#endif /* CTX_TESTING_ARCH_RISCV64_LP64D_MODEL_H_ */
