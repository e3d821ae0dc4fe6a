/* The model, written from the text of the Procedure Call Standard for the Arm 64-bit Architecture
 * (AAPCS64, 2022Q3), sections 5 "Data types and alignment", 6.8 "Parameter passing", 6.9 "Result
 * return" and 10.1 "Data types" (of C). Numbers in comments are the text's own. */
#ifndef CTX_TESTING_ARCH_AARCH64_AAPCS64_MODEL_H_
#define CTX_TESTING_ARCH_AARCH64_AAPCS64_MODEL_H_

#include "testing/oracle/model.h"

/* ---- Machine types (5) ---- */

typedef enum model_form {
  MODEL_NOTHING,     /* of no bytes */
  MODEL_INTEGRAL,    /* or a pointer; of up to 16 bytes */
  MODEL_FLOATING,    /* half to quad precision, or a short vector */
  MODEL_HOMOGENEOUS, /* an HFA, or an HVA (5.9.5) */
  MODEL_COMPOSITE,   /* any other, of up to 16 bytes */
  MODEL_COPY         /* one of more: its address is passed (6.8.2, B.4) */
} model_form;

/* The fundamental types of which a homogeneous aggregate can be. */
typedef enum model_base {
  MODEL_NO_BASE,
  MODEL_HALF,
  MODEL_SINGLE,
  MODEL_DOUBLE,
  MODEL_QUAD,
  MODEL_VECTOR_64,
  MODEL_VECTOR_128
} model_base;

typedef struct model_shape {
  model_form form;
  uint8_t natural_align; /* 8 or 16: what marshalling looks at */
  /* MODEL_FLOATING (one) and MODEL_HOMOGENEOUS (one to four): */
  uint8_t num_elements;
  uint8_t element_size;
} model_shape;

model_shape model_shape_of(const gen_type *type);

/* ---- Refusals ---- */

model_refusal model_refuse_type(const gen_type *type);

/* model_refuse_alignment is for an argument that goes elsewhere if its natural alignment is 16, or
 * if it is not. A description says how a type is aligned, and each member's type; it says nothing
 * of attributes. And gcc 12 takes the alignment of a bit-field's type for that of the bit-field, in
 * a packed struct, too. */
model_refusal model_refuse_alignment(const gen_type *type, bool is_natural_16);

#endif /* CTX_TESTING_ARCH_AARCH64_AAPCS64_MODEL_H_ */
