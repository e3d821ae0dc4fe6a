/* Sizes of stacks. */
#ifndef CTX_STACK_SIZE_H_
#define CTX_STACK_SIZE_H_

#include <stdbool.h>
#include <stddef.h>

#include "ctx/internal/attributes.h"

/* ctx_stack_round_to_pages rounds up to a multiple of the page size. False: none is that large. */
CTX_HIDDEN bool ctx_stack_round_to_pages(size_t size, size_t *out);

/* ctx_stack_round_size finds the size of a stack when `size` bytes are asked for. False as
 * above. */
CTX_HIDDEN bool ctx_stack_round_size(size_t size, size_t *out);

#endif /* CTX_STACK_SIZE_H_ */
