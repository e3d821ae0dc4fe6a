/* How deep a stack was used. */
#include <stdint.h>

#include "ctx/internal/uninstrumented.h"
#include "ctx/stack.h"
#include "ctx/system/system.h"
#include "ctx/watch/checked_stacks.h"

/* Returns the lowest byte from `low` to `end` that is not 0, or `end`. Whoever runs there may
 * change it at the same time, and a sanitizer may have poisoned it. */
CTX_UNINSTRUMENTED static const volatile char *ctx_find_used(const volatile char *low,
                                                             const volatile char *end) {
  while (low < end && *low == 0)
    low++;
  return low;
}

/* AddressSanitizer would have a large frame of its own, apart from the stack, for the array. */
CTX_UNINSTRUMENTED size_t ctx_stack_high_water(const ctx_stack *stack) {
  if (stack == NULL || stack->base == NULL) return 0;
  ctx_check_stack_lives("ctx_stack_high_water", stack);
  size_t page_size = ctx_system_page_size();
  char *end = (char *)stack->base + stack->size;
  unsigned char resident[CTX_SYSTEM_MAX_PAGES];
  for (char *at = stack->base; at < end;) {
    size_t num_pages = ((size_t)(end - at) + page_size - 1) / page_size;
    if (num_pages > CTX_SYSTEM_MAX_PAGES) num_pages = CTX_SYSTEM_MAX_PAGES;
    bool is_known = ctx_system_pages_resident(at, num_pages, resident);
    for (size_t i = 0; i < num_pages; i++) {
      char *page_end = (size_t)(end - at) < page_size ? end : at + page_size;
      if (!is_known || (resident[i] & 1) != 0) {
        const volatile char *used = ctx_find_used(at, page_end);
        if (used != page_end) return (size_t)(end - used);
      }
      at = page_end;
    }
  }
  return 0;
}
