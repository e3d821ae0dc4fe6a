/* Tests that know no architecture ask the processor by these. The folder of each architecture
 * defines them. */
#ifndef CTX_TESTING_ARCH_MACHINE_H_
#define CTX_TESTING_ARCH_MACHINE_H_

#include <stddef.h>
#include <stdint.h>
#include <ucontext.h>

#include "ctx/ctx.h"

/* machine_program_counter returns the address of the instruction that a signal has interrupted. */
uintptr_t machine_program_counter(const ucontext_t *interrupted);

/* machine_frame_record returns where the frame record is, the caller's frame pointer and the return
 * address, of a function that has this frame pointer. */
const void *machine_frame_record(const void *frame_pointer);

/* machine_set_on calls ctx_set(to) when not a byte is left of the stack whose lowest byte is
 * `bottom`. */
__attribute__((__noreturn__)) void machine_set_on(void *bottom, const ctx_context *to);

/* The code of a ctx_callback that adds 1 to *data, a uint64_t, wherever it is copied to. */
extern const unsigned char machine_count_code[];
extern const size_t machine_count_code_size;

/* ---- Floating-point control: one word or more, which a context declares ---- */

extern const size_t machine_num_fp_words;

/* machine_change_fp_word gives the calling thread another value of that word, and those that a
 * process starts with of the others. */
void machine_change_fp_word(size_t word);

/* machine_declare_other_fp declares other values than a process starts with, of all words. */
void machine_declare_other_fp(ctx_context *context);

/* ---- The state that a resumed context is promised, beside the registers that a call keeps ---- */

/* machine_state_complaint says what is wrong with it, in a context that declares the words that a
 * process starts with; "" if nothing is. It gives the thread these words. */
const char *machine_state_complaint(void);

#endif /* CTX_TESTING_ARCH_MACHINE_H_ */
