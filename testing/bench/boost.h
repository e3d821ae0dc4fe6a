/* Boost.Context's assembly, which its C++ is built upon, declared for C. */
#ifndef CTX_TESTING_BENCH_BOOST_H_
#define CTX_TESTING_BENCH_BOOST_H_

#include <stddef.h>

typedef void *fcontext_t;

/* A resumed context gets this: the one that resumed it, now suspended, and the data passed. */
typedef struct transfer_t {
  fcontext_t fctx;
  void *data;
} transfer_t;

transfer_t jump_fcontext(fcontext_t to, void *data);

/* `stack_top` is the end of the stack, its highest address. The entry must not return. */
fcontext_t make_fcontext(void *stack_top, size_t size, void (*entry)(transfer_t));

#endif /* CTX_TESTING_BENCH_BOOST_H_ */
