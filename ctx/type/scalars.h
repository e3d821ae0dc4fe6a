/* The scalar types: those that are neither struct nor union. */
#ifndef CTX_TYPE_SCALARS_H_
#define CTX_TYPE_SCALARS_H_

#include <stdint.h>

#include "ctx/internal/attributes.h"
#include "ctx/type.h"

/* ctx_type_scalar is the description of a kind that is neither struct nor union; null if it is not
 * one. */
CTX_HIDDEN const ctx_type *ctx_type_scalar(uint32_t kind);

#endif /* CTX_TYPE_SCALARS_H_ */
