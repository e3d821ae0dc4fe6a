/* The scalar types: those that are neither struct nor union. */
#ifndef CTX_TYPE_SCALARS_H_
#define CTX_TYPE_SCALARS_H_

#include <stdint.h>

#include "ctx/internal/attributes.h"
#include "ctx/type.h"

/* ctx_type_scalar returns the type of a kind that is neither struct nor union; null for others. */
CTX_HIDDEN const ctx_type *ctx_type_scalar(uint32_t kind);

#endif /* CTX_TYPE_SCALARS_H_ */
