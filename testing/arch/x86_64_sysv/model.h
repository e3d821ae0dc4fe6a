/* The model, written from the text of the System V psABI 1.0 for x86-64, sections 3.2.2 "The Stack
 * Frame" and 3.2.3 "Parameter Passing". Numbers in comments are the text's own. */
#ifndef CTX_TESTING_ARCH_X86_64_SYSV_MODEL_H_
#define CTX_TESTING_ARCH_X86_64_SYSV_MODEL_H_

#include "testing/oracle/model.h"

/* ---- Classification ---- */

/* 3.2.3, "Classes". */
typedef enum model_class {
  MODEL_NO_CLASS,
  MODEL_INTEGER,
  MODEL_SSE,
  MODEL_SSEUP,
  MODEL_X87,
  MODEL_X87UP,
  MODEL_COMPLEX_X87,
  MODEL_MEMORY
} model_class;

/* One class for each eightbyte; a type in memory has MODEL_MEMORY in the first. num is 0 for a type
 * of size 0, and at most 8. */
typedef struct model_classes {
  size_t num;
  uint8_t of[MODEL_MAX_EIGHTBYTES];
} model_classes;

void model_classify(const gen_type *type, model_classes *out);

const char *model_class_name(model_class class);

/* model_is_wide_vector says whether these are the classes of one vector of more than 16 bytes, or
 * of an aggregate that is passed as one. */
bool model_is_wide_vector(const model_classes *classes);

/* ---- Refusals ---- */

model_refusal model_refuse_type(const gen_type *type);

#endif /* CTX_TESTING_ARCH_X86_64_SYSV_MODEL_H_ */
