#include "ctx/stack/size.h"

#include <stdint.h>

#include "ctx/stack.h"
#include "ctx/system/system.h"

bool ctx_stack_round_to_pages(size_t size, size_t *out) {
  size_t page_mask = ctx_system_page_size() - 1;
  size_t rounded;
  if (__builtin_add_overflow(size, page_mask, &rounded)) return false;
  *out = rounded & ~page_mask;
  return true;
}

size_t ctx_stack_min_size(void) {
  size_t size;
  bool fits = ctx_stack_round_to_pages(ctx_system_signal_frame_size() + 4096, &size);
  return fits ? size : SIZE_MAX;
}

bool ctx_stack_round_size(size_t size, size_t *out) {
  size_t min_size = ctx_stack_min_size();
  return ctx_stack_round_to_pages(size > min_size ? size : min_size, out);
}
