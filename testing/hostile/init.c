#define _GNU_SOURCE
#include "testing/hostile/init.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "ctx/inline.h"
#include "testing/hostile/arena.h"
#include "testing/hostile/hostile.h"

typedef enum form {
  INIT,
  INIT_WITH_CALLBACK,
  INIT_WITH_OPTIONS,
  INIT_INLINE,
  CREATE,
  NUM_FORMS
} form;

enum { MAX_ARGS = 64, KNOWN_FLAGS = CTX_FLAG_FP_SAVE | CTX_FLAG_FP_DEFAULT };

typedef struct call {
  form form;
  ctx_context *child;
  char *stack;
  size_t stack_size;
  ctx_entry entry;
  const ctx_value *args;
  size_t num_args;
  const ctx_options *options; /* of the forms that take them */
} call;

/* Values end where memory does: to read one more is to die. */
static ctx_value *values_at_the_end(size_t num) {
  static char *end;
  if (end == NULL) {
    size_t page_size = (size_t)sysconf(_SC_PAGESIZE);
    size_t size = (MAX_ARGS * sizeof(ctx_value) + page_size - 1) & ~(page_size - 1);
    char *pages =
        mmap(NULL, size + page_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED || mprotect(pages + size, page_size, PROT_NONE) != 0) abort();
    end = pages + size;
  }
  return (ctx_value *)(void *)(end - num * sizeof(ctx_value));
}

static ctx_value value_from(byte_reader *in, bool *is_bad, bool *is_sse) {
  unsigned kind = byte_next(in);
  uint64_t bits = UINT64_C(0x8182838485868788) * (kind | 1);
  *is_sse = kind % 16 == 13 || kind % 16 == 14;
  ctx_value value = ctx_u64(bits);
  switch (kind % 16) {
    case 0:
      value = ctx_u8((uint8_t)bits);
      break;
    case 1:
      value = ctx_u16((uint16_t)bits);
      break;
    case 2:
      value = ctx_u32((uint32_t)bits);
      break;
    case 3:
      value = ctx_i8((int8_t)bits);
      break;
    case 4:
      value = ctx_i16((int16_t)bits);
      break;
    case 5:
      value = ctx_i32((int32_t)bits);
      break;
    case 6:
      value = ctx_bool(true);
      break;
    case 7:
      value = ctx_ptr(in);
      break;
    case 8:
      value = ctx_guest_ptr((uint32_t)bits);
      break;
    case 13:
      value = ctx_f32(-1.5f);
      break;
    case 14:
      value = ctx_f64(-2.5);
      break;
    case 15:
      /* A kind that is none: past the last, or the one of zeroed memory. */
      *is_bad = true;
      value.kind = kind < 128 ? 0 : (uint32_t)(CTX_NUM_KINDS + (kind << (byte_next(in) % 24)));
      break;
    default:
      break;
  }
  return value;
}

/* The documented order of errors. */
static ctx_status expected_status(const call *c, bool has_bad_value, size_t needed) {
  bool has_child = c->form == CREATE || c->child != NULL;
  uint32_t flags = c->options != NULL ? c->options->flags : 0;
  uintptr_t end = (uintptr_t)c->stack + c->stack_size;
  if (!has_child || c->stack == NULL || c->entry == NULL) return CTX_ERR_NULL_ARGUMENT;
  if (c->args == NULL && c->num_args != 0) return CTX_ERR_NULL_ARGUMENT;
  if (c->form != CREATE && (uintptr_t)c->child % 64 != 0) return CTX_ERR_CONTEXT_UNALIGNED;
  if (end < c->stack_size) return CTX_ERR_STACK_RANGE;
  if (end % 16 != 0) return CTX_ERR_STACK_UNALIGNED;
  if ((flags & ~(uint32_t)KNOWN_FLAGS) != 0) return CTX_ERR_BAD_FLAG;
  /* So many cannot fit, whatever they are: they are not looked at. */
  if (c->num_args > 14 && c->num_args - 14 > c->stack_size / 8) return CTX_ERR_STACK_SMALL;
  if (has_bad_value) return CTX_ERR_BAD_VALUE;
  return c->stack_size < needed ? CTX_ERR_STACK_SMALL : CTX_OK;
}

static ctx_status make(const call *c, ctx_context **created) {
  switch (c->form) {
    case INIT:
      return ctx_init(c->child, c->stack, c->stack_size, c->entry, c->args, c->num_args);
    case INIT_WITH_CALLBACK:
      return ctx_init_with_callback(c->child, c->stack, c->stack_size, NULL, NULL, c->entry,
                                    c->args, c->num_args);
    case INIT_WITH_OPTIONS:
      return ctx_init_with_options(c->child, c->stack, c->stack_size, c->options, c->entry, c->args,
                                   c->num_args);
    case INIT_INLINE:
      return ctx_init_inline(c->child, c->stack, c->stack_size, c->options, c->entry, c->args,
                             c->num_args);
    case CREATE:
      return ctx_create(created, c->stack, c->stack_size, c->entry, c->args, c->num_args);
    case NUM_FORMS:
      break;
  }
  abort();
}

static size_t excess(size_t num, size_t limit) { return num > limit ? num - limit : 0; }

/* What can be said of ctx_stack_needed without knowing what init writes. */
static const char *check_needed(const call *c, bool has_bad_value, size_t num_sse, size_t needed) {
  bool is_null = c->args == NULL && c->num_args != 0;
  if (is_null || has_bad_value) {
    return needed == 0 ? "" : complain("ctx_stack_needed is %zu for bad arguments", needed);
  }
  size_t in_memory = 8 * (excess(c->num_args - num_sse, 6) + excess(num_sse, 8));
  if (needed % 16 != 0 || needed < in_memory || needed > in_memory + 512) {
    return complain("ctx_stack_needed is %zu, where %zu bytes go in memory", needed, in_memory);
  }
  return "";
}

/* A fresh one gives nothing back yet; then it runs and returns, if there is room for that. */
static const char *try_context(ctx_context *child, size_t room) {
  if (ctx_has_returned(child) || ctx_retval_gp(child, 0) != 0 || ctx_retval_gp(child, 1) != 0 ||
      ctx_retval_f64(child) != 0) {
    return "a fresh context has results";
  }
  if (room < 2048) return "";
  ctx_context host;
  memset(&host, 0, sizeof host);
  ctx_swap(&host, child);
  hostile_counts_so_far.runs++;
  return ctx_has_returned(child) ? "" : "a context came back without having returned";
}

static void entry_of_any_arguments(void) {}

const char *hostile_init(byte_reader *in) {
  static sigset_t mask; /* empty */
  call c = {.form = (form)(byte_next(in) % NUM_FORMS)};
  unsigned nulls = byte_next(in);
  unsigned shape = byte_next(in);
  unsigned misplaced = byte_next(in);
  unsigned flags = byte_next(in);

  /* Arguments: as many as are said, or a count that is no count. */
  size_t num_values = byte_next(in) % (MAX_ARGS + 1);
  ctx_value *values = values_at_the_end(num_values);
  bool has_bad_value = false;
  size_t num_sse = 0;
  for (size_t i = 0; i < num_values; i++) {
    bool is_sse;
    values[i] = value_from(in, &has_bad_value, &is_sse);
    num_sse += is_sse;
  }
  c.args = (nulls & 8) != 0 ? NULL : values;
  c.num_args = num_values;
  if (num_values == 0 && (nulls & 16) != 0) c.args = NULL;
  size_t needed = ctx_stack_needed(c.args, c.num_args);
  const char *complaint = check_needed(&c, has_bad_value, num_sse, needed);
  if (*complaint != '\0') return complaint;
  if ((shape & 7) == 7) c.num_args = SIZE_MAX >> (byte_next(in) % 44);

  /* The context and the stack, in the arena, if anywhere. */
  arena_reset();
  c.child = (ctx_context *)(void *)((char *)&ctx_test_arena.child +
                                    ((misplaced & 3) == 3 ? misplaced >> 2 : 0));
  c.stack = ctx_test_arena.stack;
  c.stack_size = sizeof ctx_test_arena.stack;
  switch (shape >> 3 & 7) {
    case 0: /* exactly what is needed, somewhere in the middle */
    case 1:
      c.stack += 16 * (misplaced >> 2);
      c.stack_size = needed;
      break;
    case 2: /* a little less */
      c.stack_size = needed >= 16 ? needed - 16 : 0;
      break;
    case 3: /* past the end of memory */
      c.stack_size = SIZE_MAX - bytes_next(in, 1);
      break;
    case 4:
      c.stack_size = bytes_next(in, 2) % (sizeof ctx_test_arena.stack + 1);
      break;
    case 5: /* any lowest address will do */
      c.stack += misplaced >> 2;
      c.stack_size -= misplaced >> 2;
      break;
    default:
      break;
  }
  c.entry = entry_of_any_arguments;
  if ((nulls & 1) != 0) c.child = NULL;
  if ((nulls & 2) != 0) c.stack = NULL;
  if ((nulls & 4) != 0) c.entry = NULL;

  const ctx_options options = {
      .flags = (flags & KNOWN_FLAGS) | (flags >= 192 ? UINT32_C(1) << (flags >> 1 & 31) : 0),
      .signal_mask = (flags & 4) != 0 ? &mask : NULL,
  };
  bool takes_options = c.form == INIT_WITH_OPTIONS || c.form == INIT_INLINE;
  c.options = takes_options && (nulls & 32) == 0 ? &options : NULL;

  ctx_context *untouched = &ctx_test_arena.child;
  ctx_context *created = untouched;
  ctx_status expected = expected_status(&c, has_bad_value, needed);
  ctx_status status = make(&c, &created);
  hostile_counts_so_far.by_status[status]++;
  if (status != expected) {
    return complain("init: %s, expected %s", ctx_status_name(status), ctx_status_name(expected));
  }
  complaint = arena_complaint(status, status == CTX_OK ? c.stack + c.stack_size : NULL, needed);
  if (*complaint == '\0' && status == CTX_OK) {
    complaint = try_context(c.form == CREATE ? created : c.child, c.stack_size - needed);
  }
  if (c.form == CREATE && (status == CTX_OK) == (created == untouched)) {
    return "ctx_create's result does not go with its status";
  }
  if (created != untouched) ctx_destroy(created);
  return complaint;
}
