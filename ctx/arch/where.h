/* Places of arguments, as far as these are alike on every architecture. Included by the folders'
 * place.h. */
#ifndef CTX_ARCH_WHERE_H_
#define CTX_ARCH_WHERE_H_

typedef enum ctx_where {
  CTX_WHERE_NOWHERE, /* it is empty */
  CTX_WHERE_REGISTERS,
  CTX_WHERE_MEMORY
} ctx_where;

/* CTX_PLAIN is an argument of a function without an ellipsis, CTX_NAMED one before an ellipsis,
 * CTX_UNNAMED one after it. */
typedef enum ctx_naming { CTX_PLAIN, CTX_NAMED, CTX_UNNAMED } ctx_naming;

#endif /* CTX_ARCH_WHERE_H_ */
