/* The probe: a function that captures what it was called with, and returns what it is told. It is
 * the architecture's, and so is what is declared here, except the capture (capture.c).
 *
 * There is one capture and one reply, and no lock: one thread at a time. */
#ifndef CTX_TESTING_ORACLE_PROBE_H_
#define CTX_TESTING_ORACLE_PROBE_H_

#include "ctx/ctx.h"
#include "testing/oracle/capture.h"

#define ORACLE_HIDDEN __attribute__((visibility("hidden")))

/* The probe returns this. */
typedef struct oracle_reply {
  oracle_reply_registers registers; /* every register that returns anything */
  /* The probe writes this where the result's address points, as a function does whose result is in
   * memory; it then returns that address where the ABI says so. Null: it writes nothing. If the
   * address is not within the bounds, which leave room for the result, nothing is written and a
   * null pointer is returned: the capture shows what the address was. */
  const void *memory;
  uint64_t memory_size;
  uint64_t memory_low;
  uint64_t memory_high;
} oracle_reply;

extern ORACLE_HIDDEN oracle_capture oracle_captured;
extern ORACLE_HIDDEN oracle_reply oracle_to_reply;

/* oracle_vector_bytes is how wide this processor's vector registers are: 16, 32 or 64. */
size_t oracle_vector_bytes(void);

/* oracle_capture_reset forgets the last capture, and sets how many words of the stack the next one
 * has: at most ORACLE_MAX_STACK_WORDS. */
void oracle_capture_reset(size_t num_words);

/* oracle_capture_copies has the next capture take these copies, too; oracle_capture_reset forgets
 * them. They must stay as they are until then. */
void oracle_capture_copies(const oracle_copy *copies, size_t num_copies);

/* oracle_follow_copies captures them. The probe of a convention that has copies calls it when all
 * else is captured. */
ORACLE_HIDDEN void oracle_follow_copies(void);

/* oracle_reply_poison sets all registers of the reply to a pattern that stands out, and no memory.
 */
void oracle_reply_poison(void);

/* oracle_probe is the probe. Cast it to any function type. */
void oracle_probe(void);

/* oracle_swap is ctx_swap, called with that pattern in every register that is not the stack's or an
 * argument's, in all its width: what an entry finds there and was not given has leaked. */
void oracle_swap(ctx_context *from, ctx_context *to);

/* oracle_clobber overwrites every register that a C function may. It is a ctx_callback. */
void oracle_clobber(void *unused);

/* ---- What a capture says ---- */

/* oracle_result_address is what was passed as the address of a result in memory. */
uint64_t oracle_result_address(const oracle_capture *capture);

/* oracle_arguments_address is where the first argument in memory is: the address of words[0]. */
uint64_t oracle_arguments_address(const oracle_capture *capture);

/* oracle_frame_address is the frame pointer: where the caller's frame record is. */
uint64_t oracle_frame_address(const oracle_capture *capture);

/* ---- After a call ---- */

/* oracle_judge_leftovers returns "", or what the last call has left behind in this thread that no
 * call may, in a buffer that the next call overwrites; and clears that away. */
const char *oracle_judge_leftovers(void);

#endif /* CTX_TESTING_ORACLE_PROBE_H_ */
