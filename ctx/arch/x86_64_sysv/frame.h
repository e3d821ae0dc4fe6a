/* The first frames on a context's stack, which init writes. */
#ifndef CTX_ARCH_X86_64_SYSV_FRAME_H_
#define CTX_ARCH_X86_64_SYSV_FRAME_H_

#include <string.h>

#include "ctx/arch/x86_64_sysv/fresh.h"
#include "ctx/arch/x86_64_sysv/layout.h"
#include "ctx/arch/x86_64_sysv/place.h"
#include "ctx/arch/x86_64_sysv/routines.h"
#include "ctx/ctx.h"
#include "ctx/internal/attributes.h"

/* The frames lie from the end of the stack down. Each is a multiple of 16 bytes long, or absent if
 * it is not needed:
 *
 *     root frame              fresh.h
 *     result frame            wide contexts only: what is kept of a result beside rax, rdx, xmm0
 *     result in memory        unless the user has memory for it; aligned as it is
 *     arguments' alignment    a gap, if that is more than 16 bytes
 *     arguments in memory     as at a call; aligned as the strictest of them
 *     entry frame             the registers; here rsp starts
 *
 * A context is wide if more than eight bytes of a vector register pass something, an argument in
 * memory is aligned to more than 16 bytes, or a result is elsewhere than in rax, rdx and xmm0. */

/* ctx_result_frame_ is what a wide context keeps of a result, next to the root frame. */
typedef struct ctx_result_frame_ {
  uint8_t vector0[CTX_SIZE_ZMM]; /* ymm0 or zmm0, if vector_size is above 16 */
  uint8_t xmm1[CTX_SIZE_XMM];
  uint8_t x87[2][16];   /* st0, st1; ten bytes each */
  void *memory;         /* where a result in memory is, or null; written by init */
  uint32_t memory_size; /* its size, in bytes; written by init */
  uint16_t num_x87;     /* how many are returned in st0, st1; written by init */
  uint16_t vector_size; /* of the result in vector 0, in bytes; written by init */
} ctx_result_frame_;

/* ctx_entry_frame is the registers that an entry starts with. ctx_asm_enter and ctx_asm_enter_wide
 * load and drop it. It is absent if there are no arguments and nothing is wide. */
typedef struct ctx_entry_frame {
  uint64_t gp[CTX_NUM_GP_REGISTERS]; /* rdi, rsi, rdx, rcx, r8, r9 */
  uint64_t num_vector;               /* for al: vector registers used (3.2.3, variadic calls) */
  uint64_t vector_size;              /* of each of `vectors`; read by ctx_asm_enter_wide */
  uint8_t vectors[];                 /* xmm0 to xmm7, as much of each as is used */
} ctx_entry_frame;

/* ctx_frame_plan is the sizes of the frames of a call. */
typedef struct ctx_frame_plan {
  bool has_entry;        /* there is an entry frame */
  bool is_wide;          /* there is a result frame, and an entry frame */
  bool has_padding;      /* between or within arguments in memory, other than at their end */
  uint8_t num_x87;       /* for the result frame */
  uint8_t result_vector; /* for the result frame: vector_size */
  uint32_t vector_size;  /* for the entry frame: 8; or 16, 32 or 64 if it is wide */
  uint32_t num_vector;   /* for the entry frame */
  uint32_t memory_size;  /* of arguments in memory, in bytes, a multiple of 16 */
  uint32_t memory_align; /* theirs: 16, 32 or 64; valid if it is wide */
  uint32_t result_size;  /* of a result in memory, in bytes; 0: there is none */
  uint32_t result_align; /* its own */
} ctx_frame_plan;

/* ctx_frame_plan_call makes the plan of a call whose arguments `placer` has placed, and whose
 * result of this type goes to `result`. */
CTX_HIDDEN void ctx_frame_plan_call(ctx_frame_plan *plan, const ctx_placer *placer,
                                    const ctx_type *type, const ctx_result_place *result);

/* ctx_frame_entry_size returns the bytes of the entry frame. The arguments in memory follow it. */
static inline size_t ctx_frame_entry_size(const ctx_frame_plan *plan) {
  return plan->has_entry ? CTX_SIZE_ENTRY_FRAME((size_t)plan->vector_size) : 0;
}

/* ctx_frame_result_size returns the bytes of the frames that a user's memory for the result
 * saves. */
CTX_HIDDEN size_t ctx_frame_result_size(const ctx_frame_plan *plan);

/* ctx_frame_size and ctx_frame_build below call these for wide contexts. */
CTX_HIDDEN size_t ctx_frame_size_wide(const ctx_frame_plan *plan);
CTX_HIDDEN char *ctx_frame_build_wide(const ctx_frame_plan *plan, char *end, void *result);

/* ctx_frame_size returns the bytes that all frames take at most, whatever the alignment of the
 * stack's end beyond 16 bytes; a multiple of 16. */
static inline size_t ctx_frame_size(const ctx_frame_plan *plan) {
  if (plan->is_wide) return ctx_frame_size_wide(plan);
  return sizeof(ctx_root_frame_) + ctx_frame_entry_size(plan) + plan->memory_size;
}

/* ctx_frame_takes_result returns whether a result may go where `result` points, which must be
 * aligned as its type is; true if no result goes through memory. */
static inline bool ctx_frame_takes_result(const ctx_frame_plan *plan, const void *result) {
  return plan->result_size == 0 || (uintptr_t)result % plan->result_align == 0;
}

/* ctx_frame_build lays out the frames below `end`, the stack's, except the root frame. It writes
 * all that is not an argument: registers and padding in memory are 0. `result` is the user's memory
 * for a result, or null. It returns where rsp starts: the entry frame, if there is one. */
static inline char *ctx_frame_build(const ctx_frame_plan *plan, char *end, void *result) {
  if (plan->is_wide) return ctx_frame_build_wide(plan, end, result);
  char *root = end - sizeof(ctx_root_frame_);
  if (!plan->has_entry) return root;
  if (plan->has_padding) memset(root - plan->memory_size, 0, plan->memory_size);
  /* The last slot may be padding, since psABI 3.2.2 aligns the end of the arguments. (Where there
   * are none in memory, this is in the entry frame.) */
  memset(root - sizeof(uint64_t), 0, sizeof(uint64_t));
  char *entry = root - plan->memory_size - CTX_SIZE_ENTRY_FRAME(CTX_SIZE_SCALAR);
  /* Compilers clear these parts in place. For the whole they take a string instruction, which takes
   * longer to start than all the rest here. */
  _Static_assert(CTX_SIZE_ENTRY_FRAME(CTX_SIZE_SCALAR) == 4 * 32, "four parts");
  memset(entry, 0, 32);
  memset(entry + 32, 0, 32);
  memset(entry + 64, 0, 32);
  memset(entry + 96, 0, 32);
  ((ctx_entry_frame *)(void *)entry)->num_vector = plan->num_vector;
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

/* Nothing is passed by reference. */
enum { CTX_HAS_REFERENCES = false };
static inline bool ctx_frame_reference(const ctx_frame_plan *plan, const ctx_place *place,
                                       ctx_part *out) {
  (void)plan, (void)place, (void)out;
  return false;
}

/* ctx_frame_start makes a fresh context start at `frame`, which ctx_frame_build returned. If there
 * is an activation callback, it comes first. */
static inline void ctx_frame_start(const ctx_frame_plan *plan, char *frame, ctx_context *child,
                                   bool has_activation) {
  void (*enter)(void) = !plan->has_entry ? ctx_asm_enter_bare
                        : plan->is_wide  ? ctx_asm_enter_wide
                                         : ctx_asm_enter;
  child->rsp = (uint64_t)(uintptr_t)frame;
  child->enter = (uint64_t)(uintptr_t)enter;
  if (!has_activation) child->rip = child->enter;
}

#endif /* CTX_ARCH_X86_64_SYSV_FRAME_H_ */
