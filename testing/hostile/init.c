#define _GNU_SOURCE
#include "testing/hostile/init.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "ctx/inline.h"
#include "testing/arch/arch.h"
#include "testing/hostile/arena.h"
#include "testing/hostile/hostile.h"
#include CTX_TEST_ARCH(figures.h)

typedef enum form {
  INIT,
  INIT_WITH_CALLBACK,
  INIT_WITH_OPTIONS,
  INIT_INLINE,
  CREATE,
  NUM_FORMS
} form;

enum {
  MAX_ARGS = 64,
  KNOWN_FLAGS = CTX_FLAG_FP_SAVE | CTX_FLAG_FP_DEFAULT | CTX_FLAG_THROW_TO_PARENT
};

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

typedef long long vector __attribute__((__vector_size__(16)));

/* A list of values, and what is known of it. */
typedef struct value_list {
  ctx_status status; /* of the first that is bad, otherwise CTX_OK */
  size_t num_floats; /* scalars of class SSE */
  size_t num_wide;   /* values that are not scalars of one eightbyte */
} value_list;

static void is_bad(value_list *list, ctx_status status) {
  if (list->status == CTX_OK) list->status = status;
}

struct mixed {
  int32_t i;
  double d;
};
CTX_STRUCT(mixed_type, struct mixed, CTX_MEMBER(struct mixed, i, ctx_type_i32),
           CTX_MEMBER(struct mixed, d, ctx_type_f64));
struct large {
  int64_t numbers[5];
};
CTX_STRUCT(large_type, struct large, CTX_MEMBER_ARRAY(struct large, numbers, ctx_type_i64));

static ctx_value aggregate_from(byte_reader *in, value_list *list) {
  static const struct mixed mixed = {-1, -2.5};
  static const struct large large = {{-1, -2, -3, -4, -5}};
  static const ctx_type empty_type = {CTX_KIND_STRUCT, 0, 0, 1, "empty", NULL, 0};
  static ctx_type bad_type;     /* too small for its members */
  static ctx_type refused_type; /* aligned to more than any compiler's arguments are */
  bad_type = refused_type = mixed_type;
  bad_type.size = 8;
  refused_type.size = refused_type.align = 128;
  switch (byte_next(in) % 8) {
    case 0:
      is_bad(list, CTX_ERR_NULL_ARGUMENT);
      return ctx_aggregate(NULL, &mixed);
    case 1:
      is_bad(list, CTX_ERR_NULL_ARGUMENT);
      return ctx_aggregate(&mixed_type, NULL);
    case 2:
      is_bad(list, CTX_ERR_BAD_VALUE);
      return ctx_aggregate(&ctx_type_f64, &mixed.d);
    case 3:
      is_bad(list, CTX_ERR_BAD_TYPE);
      return ctx_aggregate(&bad_type, &mixed);
    case 4:
      is_bad(list, CTX_ERR_UNSUPPORTED_TYPE);
      return ctx_aggregate(&refused_type, &mixed);
    case 5:
      return ctx_aggregate(&empty_type, NULL);
    case 6:
      return ctx_aggregate(&large_type, &large);
    default:
      return ctx_aggregate(&mixed_type, &mixed);
  }
}

static ctx_value value_from(byte_reader *in, value_list *list) {
  unsigned kind = byte_next(in);
  uint64_t bits = UINT64_C(0x8182838485868788) * (kind | 1);
  list->num_floats += kind % 16 == 13 || kind % 16 == 14;
  list->num_wide += kind % 16 >= 10 && kind % 16 <= 12;
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
    case 10:
      value = aggregate_from(in, list);
      break;
    case 11:
      value = ctx_long_double(-3.5L);
      break;
    case 12:
      value = ctx_v128(((vector){-4, -5}));
      break;
    case 13:
      value = ctx_f32(-1.5f);
      break;
    case 14:
      value = ctx_f64(-2.5);
      break;
    case 15:
      /* The number is not a kind: it is past the last, or the one of zeroed memory. */
      is_bad(list, CTX_ERR_BAD_VALUE);
      value.kind = kind < 128 ? 0 : (uint32_t)(CTX_NUM_KINDS + (kind << (byte_next(in) % 24)));
      break;
    default:
      break;
  }
  return value;
}

static size_t excess(size_t num, size_t limit) { return num > limit ? num - limit : 0; }

/* The documented order of errors. */
static ctx_status expected_status(const call *c, const value_list *list, size_t needed) {
  bool has_child = c->form == CREATE || c->child != NULL;
  uint32_t flags = c->options != NULL ? c->options->flags : 0;
  uintptr_t end = (uintptr_t)c->stack + c->stack_size;
  if (!has_child || c->stack == NULL || c->entry == NULL) return CTX_ERR_NULL_ARGUMENT;
  if (c->args == NULL && c->num_args != 0) return CTX_ERR_NULL_ARGUMENT;
  if (c->form != CREATE && (uintptr_t)c->child % 64 != 0) return CTX_ERR_CONTEXT_UNALIGNED;
  if (end < c->stack_size) return CTX_ERR_STACK_RANGE;
  if (end % 16 != 0) return CTX_ERR_STACK_UNALIGNED;
  if ((flags & ~(uint32_t)KNOWN_FLAGS) != 0) return CTX_ERR_BAD_FLAG;
  /* So many cannot fit, whatever they are: init does not look at them. */
  if (excess(c->num_args, CTX_TEST_ARGUMENTS) > c->stack_size / 8) return CTX_ERR_STACK_SMALL;
  if (list->status != CTX_OK) return list->status;
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

/* Checks all that is known of ctx_stack_needed without knowing what init writes. */
static const char *check_needed(const call *c, const value_list *list, size_t needed) {
  bool is_null = c->args == NULL && c->num_args != 0;
  if (is_null || list->status != CTX_OK) {
    return needed == 0 ? "" : complain("ctx_stack_needed is %zu for bad arguments", needed);
  }
  size_t num_gp = c->num_args - list->num_floats - list->num_wide;
  size_t in_memory = 8 * (excess(num_gp, CTX_TEST_GENERAL_ARGUMENTS) +
                          excess(list->num_floats, CTX_TEST_VECTOR_ARGUMENTS));
  size_t at_most = in_memory + 512 + list->num_wide * (sizeof(struct large) + 16);
  if (needed % 16 != 0 || needed < in_memory || needed > at_most) {
    return complain("ctx_stack_needed is %zu, where %zu bytes go in memory", needed, in_memory);
  }
  return "";
}

/* A fresh context gives nothing back yet; then it runs and returns, if there is room for that. */
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

  /* There are as many arguments as the count says; or the count cannot be true. */
  size_t num_values = byte_next(in) % (MAX_ARGS + 1);
  ctx_value *values = values_at_the_end(num_values);
  value_list list = {CTX_OK, 0, 0};
  for (size_t i = 0; i < num_values; i++)
    values[i] = value_from(in, &list);
  c.args = (nulls & 8) != 0 ? NULL : values;
  c.num_args = num_values;
  if (num_values == 0 && (nulls & 16) != 0) c.args = NULL;
  size_t needed = ctx_stack_needed(c.args, c.num_args);
  const char *complaint = check_needed(&c, &list, needed);
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
  ctx_status expected = expected_status(&c, &list, needed);
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
