/* The end of every stack, and how a fresh context begins, as far as these are alike on every
 * architecture. Included by the folders' fresh.h, and so by ctx/inline.h. */
#ifndef CTX_ARCH_ROOT_H_
#define CTX_ARCH_ROOT_H_

#include <stdbool.h>
#include <stdint.h>

#include "ctx/arch/arch.h"
#include CTX_ARCH_HEADER_(fp_control.h)
#include CTX_ARCH_HEADER_(fp_words.h)
#include "ctx/ctx.h"
#include "ctx/internal/build.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The frame at the end of every stack. The frame pointer holds the place of its record, the first
 * two words, when a context starts, and again when the entry has returned. There a chain of frame
 * records ends, and assembly finds a stack's context. It may lie in a user's object of any type. */
typedef struct ctx_root_frame_ {
  uint64_t frame_pointer;  /* the caller's: 0 */
  uint64_t return_address; /* 0 */
  ctx_context *context;
  uint64_t unwind_end; /* ctx_asm_orphan's address */
} __attribute__((__may_alias__)) ctx_root_frame_;

/* The addresses within the library that a fresh context begins with. */
struct ctx_fresh_addresses_ {
  uint64_t enter_bare;
  uint64_t activate;
  uint64_t unwind_end;
  uint64_t no_parent;
};
extern const struct ctx_fresh_addresses_ ctx_fresh_addresses_
    CTX_BUILD_SYMBOL_(ctx_fresh_addresses_);

/* The control words of a fresh context, and the key by which switches compare them. */
typedef struct ctx_fresh_fp_ {
  uint64_t words;
  uint64_t key;
} ctx_fresh_fp_;

/* ctx_fresh_choose_fp_ reads the words that are in force, unless the options ask for others.
 * `defaults` are those that a process starts with. */
static __inline__ __attribute__((__always_inline__)) ctx_fresh_fp_ ctx_fresh_choose_fp_(
    const ctx_context *child, const ctx_options *options, uint64_t defaults) {
  bool inherits = (options->flags & CTX_FLAG_FP_INHERIT) != 0;
  ctx_fresh_fp_ fp;
  fp.words = inherits || (options->flags & CTX_FLAG_FP_DEFAULT) != 0 ? defaults : ctx_fp_current_();
  fp.key = inherits ? ctx_fp_key_own_(child) | CTX_FP_KEY_INHERITS_
                    : ctx_fp_key_(child, fp.words, (options->flags & CTX_FLAG_FP_SAVE) != 0);
  return fp;
}

/* ctx_fresh_write_callbacks_ writes what they need; the backstop itself has been written. `pc` is
 * where the context goes on: at its activation callback, if it has one. */
static __inline__ __attribute__((__always_inline__)) void ctx_fresh_write_callbacks_(
    ctx_context *child, const ctx_options *options, uint64_t *pc) {
  const struct ctx_fresh_addresses_ *addresses = &ctx_fresh_addresses_;
  if (options->backstop != NULL) child->backstop_data = options->backstop_data;
  if (options->activation != NULL) {
    *pc = addresses->activate;
    child->enter = addresses->enter_bare;
    child->activation = options->activation;
    child->activation_data = options->activation_data;
  }
}

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* CTX_ARCH_ROOT_H_ */
