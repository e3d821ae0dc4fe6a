/* The text behind ctx_type_error: one for each thread. */
#ifndef CTX_TYPE_ERROR_H_
#define CTX_TYPE_ERROR_H_

#include "ctx/internal/attributes.h"
#include "ctx/type.h"

/* ctx_type_fail makes a text of a printf format, and returns `status`. */
CTX_HIDDEN ctx_status ctx_type_fail(ctx_status status, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* ctx_type_fail_in does the same, before the text that is there: what is wrong is part of this. */
CTX_HIDDEN ctx_status ctx_type_fail_in(ctx_status status, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif /* CTX_TYPE_ERROR_H_ */
