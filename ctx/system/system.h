/* All that the library asks of an operating system: memory with guards, signal masks, and a way out
 * of a signal handler. A system is one folder beside this file that defines these functions, and
 * for each architecture redirect_<system>.c and set_from_signal_<system>.S in its folders.
 * Alternate signal stacks are POSIX's, so they are in ctx/stack/signal_stack.c. */
#ifndef CTX_SYSTEM_SYSTEM_H_
#define CTX_SYSTEM_SYSTEM_H_

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ctx/ctx.h"
#include "ctx/internal/attributes.h"

/* ---- Memory ---- */

/* ctx_system_page_size returns the bytes of a page. All that take memory below take whole pages. */
CTX_HIDDEN size_t ctx_system_page_size(void);

/* ctx_system_signal_frame_size returns the bytes of a stack that the system needs to call a signal
 * handler, with all the registers that this processor has. */
CTX_HIDDEN size_t ctx_system_signal_frame_size(void);

/* ctx_system_map maps readable and writable memory, none of which is reserved before it is touched.
 * Errors: CTX_ERR_NO_MEMORY, CTX_ERR_MAP_COUNT, CTX_ERR_MAP_REFUSED. */
CTX_HIDDEN ctx_status ctx_system_map(char **out, size_t size, bool huge_pages);
CTX_HIDDEN void ctx_system_unmap(char *memory, size_t size);

/* ctx_system_huge_page_size returns the bytes of a huge page, and how it is aligned. */
CTX_HIDDEN size_t ctx_system_huge_page_size(void);

/* ctx_system_discard drops what pages hold. They stay mapped, and read as zeros. Guards stay.
 * False: the system refuses, and nothing has changed. */
CTX_HIDDEN bool ctx_system_discard(char *memory, size_t size);

/* ctx_system_pages_resident asks which pages have memory behind them, CTX_SYSTEM_MAX_PAGES at most.
 * The lowest bit of each byte is the answer for a page. A page of zeros that was only read counts;
 * memory that is swapped out does not. False: the system refuses. */
#define CTX_SYSTEM_MAX_PAGES 512
CTX_HIDDEN bool ctx_system_pages_resident(char *memory, size_t num_pages, unsigned char *out);

/* ctx_system_resident counts the bytes of such pages. */
CTX_HIDDEN bool ctx_system_resident(char *memory, size_t size, size_t *out);

/* ctx_system_guard_mark makes a guard of pages by a mark in the page tables, which splits no
 * mapping. Not every kernel can. ctx_system_guard_split takes the access to the pages away, which
 * splits the mapping. To do it again changes nothing.
 * Errors: CTX_ERR_NO_MEMORY, CTX_ERR_MAP_COUNT, CTX_ERR_GUARD_REFUSED. */
CTX_HIDDEN ctx_status ctx_system_guard_mark(char *guard, size_t size);
CTX_HIDDEN ctx_status ctx_system_guard_split(char *guard, size_t size);

/* ctx_system_guard_holds returns whether the first page of a marked guard really is one. Emulators
 * of system calls (qemu's user mode) answer unknown advice as if they had taken it. */
CTX_HIDDEN bool ctx_system_guard_holds(char *guard);

/* ---- Threads ---- */

/* ctx_system_thread_number returns a number that no other thread has that lives, and that is not 0.
 * ctx_system_thread_signal sends a signal to this process's thread of that number. If there is none
 * nothing happens. Both are async-signal-safe, and keep errno. */
CTX_HIDDEN uint32_t ctx_system_thread_number(void);
CTX_HIDDEN void ctx_system_thread_signal(uint32_t number, int signal);

/* The checked build needs these. ctx_system_thread_lives returns whether this process has a thread
 * of that number. ctx_system_thread_ends returns whether it has none, or has none any more after
 * 0.1 s at most: a thread that has been joined is there for a little longer. ctx_system_can_write
 * returns whether there are eight bytes that can be written to. It writes to them. All are
 * async-signal-safe. */
CTX_HIDDEN bool ctx_system_thread_lives(uint32_t number);
CTX_HIDDEN bool ctx_system_thread_ends(uint32_t number);
CTX_HIDDEN bool ctx_system_can_write(void *memory);

/* ---- Signals ---- */

/* ctx_system_signal_mask_read reads the calling thread's mask, packed as ctx_signal_mask_pack_
 * does. False if the system call fails. Async-signal-safe. */
CTX_HIDDEN bool ctx_system_signal_mask_read(uint64_t *out_bits);

/* ctx_system_signal_mask_can_be_set returns whether the system sets the thread's mask when asked
 * to. It changes nothing. Async-signal-safe. */
CTX_HIDDEN bool ctx_system_signal_mask_can_be_set(void);

/* ctx_system_signals_hold holds up all signals except those of faults, and returns what
 * ctx_system_signals_release takes to let them through again. Both are uninstrumented, and make
 * system calls of their own, so that no tool is at work in them. Builds with AddressSanitizer need
 * them. */
CTX_HIDDEN uint64_t ctx_system_signals_hold(void);
CTX_HIDDEN void ctx_system_signals_release(uint64_t held);

/* ctx_system_set_from_signal leaves a handler for `to`, and sets the signal mask that `to` keeps
 * once it has left the handler's stack. It returns only if the system call fails.
 * Each architecture defines it, for each system. Async-signal-safe. */
CTX_HIDDEN void ctx_system_set_from_signal(const ctx_context *to);

/* ctx_system_redirect edits a handler's ucontext so that the handler's return resumes `to`. Each
 * architecture defines it, for each system. Async-signal-safe. */
CTX_HIDDEN void ctx_system_redirect(void *ucontext, const ctx_context *to);

#endif /* CTX_SYSTEM_SYSTEM_H_ */
