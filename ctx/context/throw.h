/* Contexts of CTX_FLAG_THROW_TO_PARENT. This is for init, which takes the flag for a bad one at
 * first: so it costs others nothing. */
#ifndef CTX_CONTEXT_THROW_H_
#define CTX_CONTEXT_THROW_H_

#include "ctx/ctx.h"
#include "ctx/internal/attributes.h"

/* ctx_throw_options makes options without the flag. It returns CTX_ERR_BAD_FLAG if there is none,
 * and CTX_ERR_NO_UNWINDER; it has written nothing then. */
CTX_HIDDEN ctx_status ctx_throw_options(ctx_options *without, const ctx_options *options);

/* ctx_throw_to_parent gives a context the flag whose stack ends there, and that init has just
 * written. */
CTX_HIDDEN void ctx_throw_to_parent(void *stack, size_t stack_size);

#endif /* CTX_CONTEXT_THROW_H_ */
