/* The kernel's resources that this process takes, as the kernel counts them. */
#ifndef CTX_TESTING_STACK_MEMORY_USE_H_
#define CTX_TESTING_STACK_MEMORY_USE_H_

#include <stddef.h>

#include "ctx/ctx.h"

/* Mappings that overlap the bytes from `low` up to `high`. */
size_t num_mappings_between(const void *low, const void *high);
size_t num_mappings(void);

size_t num_descriptors(void);

/* Bytes. */
size_t resident_size(void);
size_t page_table_size(void); /* not part of the resident size */
size_t address_space_size(void);
size_t available_memory(void);

/* Returns whether the kernel shows this flag, two letters, for the mapping of a byte (VmFlags in
 * smaps). */
bool mapping_has_flag(const void *byte, const char *flag);

/* vm.max_map_count */
size_t max_map_count(void);

/* Returns how many pages of a stack have memory, counted from its end down to the first that has
 * none. */
size_t num_resident_pages_at_end(const ctx_stack *stack);

/* Returns whether the byte's page has memory, or maps the page of zeros. */
bool is_resident(const void *byte);

/* Writes one byte into each page of the stack's highest `depth` bytes. */
void touch_to_depth(const ctx_stack *stack, size_t depth);

#endif /* CTX_TESTING_STACK_MEMORY_USE_H_ */
