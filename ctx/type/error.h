/* The text that ctx_type_error returns: each thread has one. */
#ifndef CTX_TYPE_ERROR_H_
#define CTX_TYPE_ERROR_H_

#include "ctx/internal/attributes.h"
#include "ctx/type.h"

/* ctx_type_fail makes the text from a printf format, and returns `status`. */
CTX_HIDDEN ctx_status ctx_type_fail(ctx_status status, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* ctx_type_fail_in puts a text before the one that is there: it names what the fault is part of. */
CTX_HIDDEN ctx_status ctx_type_fail_in(ctx_status status, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif /* CTX_TYPE_ERROR_H_ */
