#include "testing/hostile/stack.h"

#include <string.h>
#include <unistd.h>

#include "ctx/ctx.h"
#include "testing/harness/record.h"
#include "testing/hostile/hostile.h"

enum { MAX_TAKEN = 16, KNOWN_FLAGS = CTX_STACK_POOL_HUGE_PAGES | CTX_STACK_POOL_SPLIT_GUARDS };

/* Returns a size from 0 to SIZE_MAX, of any order of magnitude. */
static size_t size_from(byte_reader *in) {
  unsigned shift = byte_next(in) % 64;
  size_t size = (SIZE_MAX >> 8 | (size_t)byte_next(in) << 56) >> shift;
  return size - byte_next(in);
}

/* Sizes up to that are always had; larger ones may be; never one that the address space has no room
 * for. */
static const size_t sure_size = (size_t)1 << 24;
static const size_t no_size = (size_t)1 << 47;

static bool is_error_of_memory(ctx_status status) {
  return status == CTX_ERR_NO_MEMORY || status == CTX_ERR_MAP_COUNT;
}

static const char *check_stack(const ctx_stack *stack, size_t asked) {
  size_t page_size = (size_t)sysconf(_SC_PAGESIZE);
  char *base = stack->base;
  if (stack->size < ctx_stack_min_size() || stack->size < asked) return "a stack is too small";
  if ((uintptr_t)base % page_size != 0 || stack->size % 16 != 0) return "a stack is not aligned";
  if (!ctx_stack_guard_hit(stack, base - 1) || ctx_stack_guard_hit(stack, base) ||
      !ctx_stack_guard_hit(stack, base - stack->guard_size) ||
      ctx_stack_guard_hit(stack, base - stack->guard_size - 1)) {
    return "a stack's guard is not where it should be";
  }
  base[0] = 1;
  base[stack->size - 1] = 1;
  if (ctx_stack_high_water(stack) != stack->size) return "a stack's high water is not its size";
  hostile_counts_so_far.stacks++;
  return "";
}

static bool is_zero(const void *object, size_t size) {
  const unsigned char *at = object;
  for (size_t i = 0; i < size; i++) {
    if (at[i] != 0) return false;
  }
  return true;
}

static const char *map_one(byte_reader *in) {
  size_t size = size_from(in);
#ifdef CTX_INSTRUMENTED_
  bool is_too_large = true; /* a sanitizer's memory for it, an eighth of its size, is real */
#else
  bool is_too_large = ctx_test_is_emulated(); /* as at make_pool */
#endif
  if (is_too_large && size > sure_size && size < no_size) size += no_size;
  ctx_stack stack;
  memset(&stack, 0x5a, sizeof stack);
  ctx_stack before = stack;
  ctx_status status = ctx_stack_map(&stack, size);
  if (status == CTX_OK) {
    if (size >= no_size) return complain("a stack of %#zx bytes", size);
    const char *complaint = check_stack(&stack, size);
    ctx_stack_unmap(&stack);
    if (!is_zero(&stack, sizeof stack)) return "a stack that is unmapped still has a name";
    return complaint;
  }
  hostile_counts_so_far.stack_errors++;
  if (size <= sure_size || !is_error_of_memory(status)) {
    return complain("ctx_stack_map of %#zx bytes: %s", size, ctx_status_name(status));
  }
  return memcmp(&stack, &before, sizeof stack) == 0 ? "" : "ctx_stack_map failed, and wrote";
}

/* A stack that is taken is taken once; the last one given back is the next one taken, unless all
 * were trimmed since. */
static const char *use_pool(byte_reader *in, ctx_stack_pool *pool, size_t stack_size,
                            size_t capacity) {
  ctx_stack taken[MAX_TAKEN];
  size_t num_taken = 0;
  size_t high_water = 0;
  const void *given = NULL;
  while (in->at < in->end) {
    unsigned action = byte_next(in);
    if (action >= 248) {
      given = NULL;
      ctx_stack_pool_trim(pool);
    } else if (action % 2 == 0 && num_taken < MAX_TAKEN) {
      ctx_stack stack;
      ctx_status status = ctx_stack_pool_take(pool, &stack);
      if (num_taken == capacity) {
        if (status != CTX_ERR_POOL_EXHAUSTED) return "a pool gives more than it has";
        continue;
      }
      if (status != CTX_OK) return complain("taking a stack: %s", ctx_status_name(status));
      if (given != NULL && stack.base != given) return "the last given back is not the next taken";
      given = NULL;
      const char *complaint = check_stack(&stack, stack_size);
      if (*complaint != '\0') return complaint;
      for (size_t i = 0; i < num_taken; i++) {
        uintptr_t distance = (uintptr_t)stack.base - (uintptr_t)taken[i].base;
        if (distance < taken[i].size || -distance < stack.size) return "two stacks overlap";
      }
      taken[num_taken++] = stack;
      if (num_taken > high_water) high_water = num_taken;
    } else if (num_taken != 0) {
      size_t which = action / 2 % num_taken;
      given = taken[which].base;
      ctx_stack_pool_give(pool, &taken[which]);
      taken[which] = taken[--num_taken];
    }
    ctx_stack hit;
    size_t distance = 0;
    if (num_taken != 0 &&
        (!ctx_stack_pool_guard_hit(pool, (char *)taken[0].base - 8, &hit, &distance) ||
         hit.base != taken[0].base || distance != 8 ||
         ctx_stack_pool_guard_hit(pool, taken[0].base, NULL, NULL))) {
      return "a pool does not know its guards";
    }
  }
  ctx_stack_pool_stats stats;
  ctx_status status = ctx_stack_pool_get_stats(pool, &stats);
  /* qemu-user does not say which pages of a guard are resident. */
  if (status == CTX_ERR_RESIDENCY_REFUSED && ctx_test_is_emulated()) return "";
  if (status != CTX_OK || stats.capacity != capacity || stats.in_use != num_taken ||
      stats.high_water != high_water) {
    return complain("a pool's stats: %zu of %zu in use, at most %zu; expected %zu, %zu, %zu",
                    stats.in_use, stats.capacity, stats.high_water, num_taken, capacity,
                    high_water);
  }
  return "";
}

static const char *make_pool(byte_reader *in) {
  bool is_modest = byte_next(in) % 2 != 0;
  size_t stack_size = is_modest ? bytes_next(in, 2) : size_from(in);
  size_t capacity = is_modest ? byte_next(in) % (MAX_TAKEN + 1) : size_from(in);
  unsigned flags = byte_next(in);
  const ctx_stack_pool_options options = {
      .guard_size = is_modest ? byte_next(in) * 64 : size_from(in),
      .keep_size = size_from(in),
      .flags = (flags & KNOWN_FLAGS) | (flags >= 192 ? UINT32_C(1) << (flags >> 1 & 31) : 0),
  };
  /* qemu-user keeps a table of all pages that are mapped. */
  if (!is_modest && ctx_test_is_emulated()) stack_size |= no_size;
  bool has_options = (flags & 4) != 0;
  ctx_stack_pool *const untouched = (ctx_stack_pool *)(void *)&in;
  ctx_stack_pool *pool = untouched;
  ctx_status status =
      has_options ? ctx_stack_pool_create_with_options(&pool, stack_size, capacity, &options)
                  : ctx_stack_pool_create(&pool, stack_size, capacity);
  if (status != CTX_OK && pool != untouched) return "ctx_stack_pool_create failed, and wrote";
  if (has_options && (options.flags & ~(uint32_t)KNOWN_FLAGS) != 0) {
    hostile_counts_so_far.stack_errors++;
    return status == CTX_ERR_BAD_FLAG
               ? ""
               : complain("a pool of flags %#x: %s", options.flags, ctx_status_name(status));
  }
  if (status != CTX_OK) {
    hostile_counts_so_far.stack_errors++;
    return !is_modest && is_error_of_memory(status)
               ? ""
               : complain("a pool of %zu stacks of %#zx bytes: %s", capacity, stack_size,
                          ctx_status_name(status));
  }
  size_t bytes_at_least;
  bool is_impossible = __builtin_mul_overflow(stack_size, capacity, &bytes_at_least) ||
                       bytes_at_least >= no_size ||
                       (has_options && capacity != 0 && options.guard_size >= no_size);
  const char *complaint =
      is_impossible ? complain("a pool of %#zx stacks of %#zx bytes", capacity, stack_size)
      : is_modest   ? use_pool(in, pool, stack_size, capacity)
                    : "";
  ctx_stack_pool_destroy(pool);
  return complaint;
}

const char *hostile_stack(byte_reader *in) {
  return byte_next(in) % 4 == 0 ? map_one(in) : make_pool(in);
}
