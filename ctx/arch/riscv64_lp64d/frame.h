/* The first frames on a context's stack, which init writes. */
#ifndef CTX_ARCH_RISCV64_LP64D_FRAME_H_
#define CTX_ARCH_RISCV64_LP64D_FRAME_H_

#include <string.h>

#include "ctx/arch/riscv64_lp64d/fresh.h"
#include "ctx/arch/riscv64_lp64d/layout.h"
#include "ctx/arch/riscv64_lp64d/place.h"
#include "ctx/arch/riscv64_lp64d/routines.h"
#include "ctx/ctx.h"
#include "ctx/internal/attributes.h"

/* As aarch64_aapcs64, except: a context is wide only if its result goes through memory. The address
 * of that is an argument like others, in a0. The frames lie from the end of the stack down:
 *
 *     root frame              fresh.h
 *     result frame            wide contexts only
 *     result in memory        unless the user has memory for it; aligned as it is
 *     copies' alignment       a gap, if that is more than 16 bytes
 *     copies                  of arguments that are passed by reference, each aligned as it is
 *     arguments in memory     as at a call
 *     entry frame             the registers; here sp starts */

/* ctx_result_frame_ is what a wide context remembers of a result, next to the root frame. */
typedef struct ctx_result_frame_ {
  void *memory;         /* where the result is; written by init */
  uint64_t memory_size; /* its size, in bytes; written by init */
} ctx_result_frame_;

/* ctx_entry_frame is the registers that an entry starts with. ctx_asm_enter loads and drops it. It
 * is absent if there are no arguments and the context is not wide. */
typedef struct ctx_entry_frame {
  uint64_t gp[CTX_NUM_GP_REGISTERS]; /* a0 to a7 */
  uint64_t fp[CTX_NUM_FP_REGISTERS]; /* fa0 to fa7 */
  ctx_result_frame_ *results;        /* or null */
  uint64_t padding;
} ctx_entry_frame;

/* A floating-point register has 64 bits. Above a narrower value they are 1. */
#define CTX_FP_BOXED UINT64_MAX

/* ctx_frame_plan is the sizes of the frames of a call. */
typedef struct ctx_frame_plan {
  bool has_entry;        /* there is an entry frame */
  bool is_wide;          /* there is a result frame, and an entry frame */
  bool has_more;         /* it is wide, or there are copies */
  bool has_padding;      /* between or within arguments in memory, other than at their end */
  uint8_t boxed;         /* a bit for each of fa0 to fa7: a value is narrower than the register */
  uint32_t slots_size;   /* of arguments in memory, in bytes, a multiple of 16 */
  uint32_t copies_size;  /* in bytes, a multiple of 16 */
  uint32_t copies_align; /* of the first copy: 16, 32 or 64 */
  uint32_t result_size;  /* of a result in memory, in bytes; 0: there is none */
  uint32_t result_align; /* its own */
} ctx_frame_plan;

/* ctx_frame_plan_call makes the plan of a call whose arguments `placer` has placed, and whose
 * result of this type goes to `result`. */
CTX_HIDDEN void ctx_frame_plan_call(ctx_frame_plan *plan, const ctx_placer *placer,
                                    const ctx_type *type, const ctx_result_place *result);

/* ctx_frame_result_size returns the bytes of the frames that a user's memory for the result
 * saves. */
CTX_HIDDEN size_t ctx_frame_result_size(const ctx_frame_plan *plan);

/* ctx_frame_size and ctx_frame_build below call these if there is more than arguments in registers
 * and memory. */
CTX_HIDDEN size_t ctx_frame_size_more(const ctx_frame_plan *plan);
CTX_HIDDEN char *ctx_frame_build_more(const ctx_frame_plan *plan, char *end, void *result);

/* ctx_frame_size returns the bytes that all frames take at most, whatever the alignment of the
 * stack's end beyond 16 bytes; a multiple of 16. */
static inline size_t ctx_frame_size(const ctx_frame_plan *plan) {
  if (plan->has_more) return ctx_frame_size_more(plan);
  return sizeof(ctx_root_frame_) + (plan->has_entry ? sizeof(ctx_entry_frame) : 0) +
         plan->slots_size;
}

/* ctx_frame_takes_result returns whether a result may go where `result` points, which must be
 * aligned as its type is; true if no result goes through memory. */
static inline bool ctx_frame_takes_result(const ctx_frame_plan *plan, const void *result) {
  return plan->result_size == 0 || (uintptr_t)result % plan->result_align == 0;
}

/* ctx_frame_write_boxes begins the registers of an entry frame: each is 0, except that those of
 * narrow floating-point numbers are ones. */
static inline void ctx_frame_write_boxes(const ctx_frame_plan *plan, ctx_entry_frame *entry) {
  memset(entry, 0, sizeof *entry);
  for (unsigned left = plan->boxed; left != 0; left &= left - 1)
    entry->fp[__builtin_ctz(left)] = CTX_FP_BOXED;
}

/* ctx_frame_build lays out the frames below `end`, the stack's, except the root frame. It writes
 * all that is not an argument: registers and padding in memory are 0. `result` is the user's memory
 * for a result, or null. It returns where sp starts: the entry frame, if there is one. */
static inline char *ctx_frame_build(const ctx_frame_plan *plan, char *end, void *result) {
  if (plan->has_more) return ctx_frame_build_more(plan, end, result);
  char *root = end - sizeof(ctx_root_frame_);
  if (!plan->has_entry) return root;
  if (plan->has_padding) memset(root - plan->slots_size, 0, plan->slots_size);
  /* The last slot may be padding, since sp is aligned to 16. (Where there are none in memory, this
   * is in the entry frame.) */
  memset(root - sizeof(uint64_t), 0, sizeof(uint64_t));
  char *entry = root - plan->slots_size - sizeof(ctx_entry_frame);
  ctx_frame_write_boxes(plan, (ctx_entry_frame *)(void *)entry);
  return entry;
}

/* ctx_part is a part of an argument in the frames: `size` bytes of it, from byte `from` on, lie
 * `to` bytes above the entry frame's start. */
typedef struct ctx_part {
  uint32_t from;
  uint32_t size;
  uint32_t to;
} ctx_part;

enum { CTX_MAX_PARTS = 2 };

/* ctx_frame_parts finds the parts of an argument of this type that was placed at `place`, in the
 * order of their bytes. It returns their number. */
CTX_HIDDEN size_t ctx_frame_parts(const ctx_frame_plan *plan, const ctx_type *type,
                                  const ctx_place *place, ctx_part parts[CTX_MAX_PARTS]);

/* ctx_frame_reference finds the address of a copy, if the argument is passed by reference: it goes
 * into the eight bytes at `to`, and the copy lies at `from`, both above the entry frame's start. */
enum { CTX_HAS_REFERENCES = true };
CTX_HIDDEN bool ctx_frame_reference(const ctx_frame_plan *plan, const ctx_place *place,
                                    ctx_part *out);

/* ctx_frame_start makes a fresh context start at `frame`, which ctx_frame_build returned. If there
 * is an activation callback, it comes first. */
static inline void ctx_frame_start(const ctx_frame_plan *plan, char *frame, ctx_context *child,
                                   bool has_activation) {
  void (*enter)(void) = plan->has_entry ? ctx_asm_enter : ctx_asm_enter_bare;
  child->sp = (uint64_t)(uintptr_t)frame;
  child->enter = (uint64_t)(uintptr_t)enter;
  if (!has_activation) child->pc = child->enter;
}

#endif /* CTX_ARCH_RISCV64_LP64D_FRAME_H_ */
