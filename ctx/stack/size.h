/* Sizes of stacks. */
#ifndef CTX_STACK_SIZE_H_
#define CTX_STACK_SIZE_H_

#include <stdbool.h>
#include <stddef.h>

#include "ctx/internal/attributes.h"

/* Rounds up to a multiple of the page size. False if there is none that large. */
CTX_HIDDEN bool ctx_stack_round_to_pages(size_t size, size_t *out);

/* The size of a stack for which `size` bytes were asked. False as above. */
CTX_HIDDEN bool ctx_stack_round_size(size_t size, size_t *out);

#endif /* CTX_STACK_SIZE_H_ */
