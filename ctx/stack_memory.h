/* What stacks ask of the kernel. For ctx/stack*.c. */
#ifndef CTX_STACK_MEMORY_H_
#define CTX_STACK_MEMORY_H_

#include <stdbool.h>
#include <stddef.h>

#include "ctx/asm.h"
#include "ctx/stack.h"

/* ctx_stack.slot of a stack that is in no pool. */
#define CTX_STACK_SLOT_NONE ((size_t)-1)

CTX_HIDDEN size_t ctx_stack_page_size(void);

/* Rounds up to a multiple of the page size. False if there is none that large. */
CTX_HIDDEN bool ctx_stack_round_to_pages(size_t size, size_t *out);

/* The size of a stack for which `size` bytes were asked. False as above. */
CTX_HIDDEN bool ctx_stack_round_size(size_t size, size_t *out);

/* Maps readable and writable memory that counts against no limit before it is touched.
 * Errors: CTX_ERR_NO_MEMORY, CTX_ERR_MAP_COUNT. */
CTX_HIDDEN ctx_status ctx_stack_memory_map(char **out, size_t size, bool huge_pages);
CTX_HIDDEN void ctx_stack_memory_unmap(char *memory, size_t size);

/* Drops what the pages hold; they stay mapped, and read as zeros. Guards stay. */
CTX_HIDDEN void ctx_stack_memory_discard(char *memory, size_t size);

/* Make a guard of pages: marked in the page tables, which splits no mapping and which not every
 * kernel can (false, errno is EINVAL then); or without access, which splits the mapping.
 * Doing it again changes nothing. False: errno says why. */
CTX_HIDDEN bool ctx_stack_guard_mark(char *guard, size_t size);

/* Whether the first page of a guard that was marked is one: emulators of system calls (qemu's
 * user mode) answer advice that they do not know as if they had taken it. */
CTX_HIDDEN bool ctx_stack_guard_holds(char *guard);
CTX_HIDDEN bool ctx_stack_guard_split(char *guard, size_t size);

/* What the kernel's ENOMEM meant: CTX_ERR_MAP_COUNT or CTX_ERR_NO_MEMORY. */
CTX_HIDDEN ctx_status ctx_stack_why_no_memory(void);

#endif /* CTX_STACK_MEMORY_H_ */
