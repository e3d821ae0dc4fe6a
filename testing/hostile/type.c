#include "testing/hostile/type.h"

#include <stdlib.h>
#include <string.h>

#include "ctx/ctx.h"
#include "testing/hostile/arena.h"
#include "testing/hostile/hostile.h"

/* Few members and levels: a description is walked through whole, as a tree, whenever it is used. */
enum { MAX_TYPES = 6, MAX_MEMBERS = 4, MAX_ARGS = 16, MAX_VALUE = 4096 };
enum {
  SMALLEST_VECTOR = 16, /* bytes, of a vector register where there are any */
  LARGEST_REGISTER = 64 /* bytes; of a larger result none is in registers */
};

static const ctx_type *const scalars[] = {
    &ctx_type_u8,          &ctx_type_u16,         &ctx_type_u32,
    &ctx_type_u64,         &ctx_type_i8,          &ctx_type_i16,
    &ctx_type_i32,         &ctx_type_i64,         &ctx_type_f32,
    &ctx_type_f64,         &ctx_type_ptr,         &ctx_type_bool,
    &ctx_type_void,        &ctx_type_f16,         &ctx_type_f128,
    &ctx_type_i128,        &ctx_type_u128,        &ctx_type_long_double,
    &ctx_type_complex_f32, &ctx_type_complex_f64, &ctx_type_complex_long_double,
    &ctx_type_v64,         &ctx_type_v128,        &ctx_type_v256,
    &ctx_type_v512,        &ctx_type_guest_ptr,   &ctx_type_usize,
    &ctx_type_isize,
};
enum { NUM_SCALARS = sizeof scalars / sizeof scalars[0], NUM_PLAIN_SCALARS = 12 };

/* The types and values of one case. */
typedef struct world {
  ctx_type *types[MAX_TYPES];
  size_t num_types;
  ctx_signature *signature;
  const ctx_type *result; /* the signature's; null: void */
  void *values[MAX_ARGS];
} world;

static bool is_error_of_types(ctx_status status) {
  return status == CTX_ERR_BAD_TYPE || status == CTX_ERR_UNSUPPORTED_TYPE;
}

/* Returns a type, or null now and then. */
static const ctx_type *type_from(byte_reader *in, const world *w) {
  unsigned byte = byte_next(in);
  if (byte == 255) return NULL;
  if (byte >= 128 && w->num_types != 0) return w->types[byte % w->num_types];
  return scalars[byte % NUM_SCALARS];
}

static size_t round_up(size_t size, size_t align) { return (size + align - 1) / align * align; }

/* Returns any number, mostly a small one. */
static size_t wild_number(byte_reader *in) {
  unsigned byte = byte_next(in);
  return byte < 192 ? byte : SIZE_MAX >> (byte & 63);
}

/* Checks what must be true of any type that has been created. */
static const char *check_type(size_t size, size_t align, const ctx_member *members, size_t num,
                              bool is_union) {
  if (align == 0 || (align & (align - 1)) != 0 || size % align != 0) {
    return complain("a type of %zu bytes, aligned to %zu, was created", size, align);
  }
  size_t end = 0;
  for (size_t i = 0; i < num; i++) {
    const ctx_member *member = &members[i];
    if (member->bit_width != 0) continue;
    size_t bytes;
    bool fits = true;
    if (member->count == SIZE_MAX) { /* to be taken from the size */
      bytes = member->size;
    } else {
      fits = !__builtin_mul_overflow(member->count, member->type->size, &bytes);
    }
    size_t member_end;
    fits =
        fits && !__builtin_add_overflow(member->offset, bytes, &member_end) && member_end <= size;
    if (!fits || (!is_union && member->offset < end)) {
      return complain("a type of %zu bytes was created with a member of %zu at %zu, after %zu",
                      size, bytes, member->offset, end);
    }
    end = member_end;
  }
  return "";
}

/* Makes a struct or union as a compiler would lay it out, then spoils it, or not. */
static const char *make_type(byte_reader *in, world *w) {
  unsigned shape = byte_next(in);
  bool is_union = (shape & 1) != 0;
  size_t num_members = (shape >> 1) % (MAX_MEMBERS + 1);
  size_t size = 0;
  size_t align = 1;
  bool is_sane = true;
  ctx_member members[MAX_MEMBERS];
  for (size_t i = 0; i < num_members; i++) {
    const ctx_type *type = type_from(in, w);
    size_t count = byte_next(in) % 4 + 1;
    is_sane = is_sane && type != NULL && type != &ctx_type_void;
    size_t type_align = type != NULL ? type->align : 1;
    size_t type_size = type != NULL ? type->size : 1;
    size_t offset = is_union ? 0 : round_up(size, type_align);
    members[i] = (ctx_member){"m", type, offset, count, count * type_size, 0, 0};
    if (offset + count * type_size > size) size = offset + count * type_size;
    if (type_align > align) align = type_align;
  }
  size = round_up(size, align);
  /* An earlier type may be as large or as aligned as it likes. */
  is_sane = is_sane && size <= MAX_VALUE && align <= MAX_VALUE;
  const ctx_member *list = members;
  for (unsigned spoils = byte_next(in); spoils % 4 == 3; spoils = byte_next(in)) {
    is_sane = false;
    ctx_member *member = &members[num_members != 0 ? spoils / 4 % num_members : 0];
    unsigned what = byte_next(in) % 9;
    if (num_members == 0 && what < 6) continue;
    switch (what) {
      case 0:
        member->offset = wild_number(in);
        break;
      case 1:
        member->count = wild_number(in);
        break;
      case 2:
        member->size = wild_number(in);
        break;
      case 3:
        member->bit_width = wild_number(in);
        member->bit_offset = wild_number(in);
        member->count = 1;
        break;
      case 4:
        member->name = NULL;
        break;
      case 5:
        list = NULL;
        break;
      case 6:
        size = wild_number(in);
        break;
      case 7:
        align = wild_number(in);
        break;
      default:
        align = (size_t)1 << (byte_next(in) & 63);
        size = round_up(size, align);
        break;
    }
  }
  ctx_type *const untouched = (ctx_type *)(void *)w;
  ctx_type *type = untouched;
  ctx_status status = is_union ? ctx_type_create_union(&type, size, align, list, num_members)
                               : ctx_type_create_struct(&type, size, align, list, num_members);
  hostile_counts_so_far.types_by_status[status]++;
  if (status == CTX_OK) {
    if (type == untouched) return "a type that was created is nowhere";
    if (list == NULL && num_members != 0) return "a type was created of no members";
    const char *complaint = check_type(size, align, list, num_members, is_union);
    w->types[w->num_types++] = type;
    return complaint;
  }
  if (type != untouched) return "ctx_type_create_* failed, and wrote";
  if (status != CTX_ERR_NULL_ARGUMENT && !is_error_of_types(status)) {
    return complain("creating a type: %s", ctx_status_name(status));
  }
  if (is_error_of_types(status) && ctx_type_error()[0] == '\0') return "an error without a reason";
  return is_sane ? complain("a good type: %s, %s", ctx_status_name(status), ctx_type_error()) : "";
}

/* Leaves the arguments' types and values in *w and `args`. */
static const char *make_signature(byte_reader *in, world *w, const ctx_type **args,
                                  size_t *out_num) {
  unsigned shape = byte_next(in);
  size_t num_args = byte_next(in) % (MAX_ARGS + 1);
  const ctx_type *result = (shape & 1) != 0 ? type_from(in, w) : NULL;
  bool is_sane = result == NULL;
  bool has_null = false;
  for (size_t i = 0; i < num_args; i++) {
    args[i] = type_from(in, w);
    has_null = has_null || args[i] == NULL;
    bool is_plain = false;
    for (size_t j = 0; j < NUM_PLAIN_SCALARS; j++)
      is_plain = is_plain || args[i] == scalars[j];
    is_sane = is_sane && is_plain;
  }
  const ctx_type *const *list = (shape & 6) == 6 ? NULL : args;
  bool is_null = has_null || (list == NULL && num_args != 0);
  size_t num_fixed = CTX_NOT_VARIADIC;
  if ((shape & 8) != 0) num_fixed = byte_next(in) % (MAX_ARGS + 2);
  size_t said_num_args = num_args;
  bool is_wild = (shape & 0xf0) == 0xf0;
  /* A list that is null is not followed; nor is one that is longer than any can be. */
  if (is_wild) said_num_args = list == NULL ? wild_number(in) : SIZE_MAX - byte_next(in);
  ctx_signature *const untouched = (ctx_signature *)(void *)w;
  ctx_signature *signature = untouched;
  ctx_status status = ctx_signature_create(&signature, result, list, said_num_args, num_fixed);
  hostile_counts_so_far.signatures_by_status[status]++;
  if (status == CTX_OK) {
    w->signature = signature;
    w->result = result;
    *out_num = said_num_args;
    bool is_wrong = (num_fixed != CTX_NOT_VARIADIC && num_fixed > said_num_args) ||
                    (is_null && said_num_args != 0);
    size_t needed = ctx_signature_stack_needed(signature);
    if (signature == untouched || is_wrong) return "a signature that cannot be was created";
    return needed != 0 && needed % 16 == 0 ? "" : complain("a signature needs %zu bytes", needed);
  }
  if (signature != untouched) return "ctx_signature_create failed, and wrote";
  if (status != CTX_ERR_NULL_ARGUMENT && !is_error_of_types(status)) {
    return complain("creating a signature: %s", ctx_status_name(status));
  }
  if (is_error_of_types(status) && ctx_type_error()[0] == '\0') return "an error without a reason";
  is_sane = is_sane && !is_null && !is_wild && num_fixed == CTX_NOT_VARIADIC;
  return is_sane ? complain("a good signature: %s", ctx_status_name(status)) : "";
}

/* Makes values exactly as large as their types, so that a sanitizer sees a read past their ends. */
static bool make_values(world *w, const ctx_type *const *args, size_t num_args) {
  for (size_t i = 0; i < num_args; i++) {
    if (args[i]->size > MAX_VALUE) return false;
    w->values[i] = malloc(args[i]->size != 0 ? args[i]->size : 1);
    if (w->values[i] == NULL) abort();
    memset(w->values[i], (int)(0x81 + i), args[i]->size);
  }
  return true;
}

static void entry_of_any_arguments(void) {}

/* Asks for results before there are any, and of a context that is not the signature's. */
static const char *check_result(const ctx_context *child, const ctx_signature *signature) {
  static char room[1 << 16];
  if (ctx_retval_get(NULL, signature, room) != CTX_ERR_NULL_ARGUMENT ||
      ctx_retval_get(child, NULL, room) != CTX_ERR_NULL_ARGUMENT) {
    return "ctx_retval_get takes null for something";
  }
  ctx_status status = ctx_retval_get(child, signature, room);
  return status == CTX_ERR_NOT_RETURNED
             ? ""
             : complain("a result before there is one: %s", ctx_status_name(status));
}

/* Returns the bytes that a result takes of a stack if it is in memory. Aggregates may be, and all
 * above the smallest vector register; all above the largest one are. */
static size_t room_for_result(const ctx_type *result) {
  if (result == NULL || !(result->kind == CTX_KIND_STRUCT || result->kind == CTX_KIND_UNION ||
                          result->size > SMALLEST_VECTOR)) {
    return 0;
  }
  return round_up(result->size, 16) + (result->align > 16 ? result->align - 16 : 0);
}

static const char *make_context(byte_reader *in, world *w, size_t num_args) {
  unsigned shape = byte_next(in);
  size_t needed = ctx_signature_stack_needed(w->signature);
  arena_reset();
  char *end = ctx_test_arena.stack + sizeof ctx_test_arena.stack - 16 * (byte_next(in) % 16);
  size_t size = (size_t)(end - ctx_test_arena.stack);
  if ((shape & 3) != 0 && needed <= size) size = needed - ((shape & 3) == 1 ? 16 : 0);
  char *stack = end - size;
  /* Outside of the arena's watched bytes; 64-byte aligned except for the shift. */
  static char memory[2 * MAX_VALUE] __attribute__((__aligned__(64)));
  size_t shift = (shape & 4) != 0 ? byte_next(in) % 64 : 0;
  const ctx_options options = {.result = memory + shift};
  const void *const *values = (const void *const *)w->values;
  bool is_null = false;
  if ((shape & 0x30) == 0x30) {
    values = NULL;
    is_null = num_args != 0;
  }
  const ctx_signature *signature = (shape & 0xc0) == 0xc0 ? NULL : w->signature;
  is_null = is_null || signature == NULL;
  ctx_status status =
      ctx_init_signature(&ctx_test_arena.child, stack, size, (shape & 8) != 0 ? &options : NULL,
                         entry_of_any_arguments, signature, values);
  hostile_counts_so_far.signed_inits_by_status[status]++;
  /* Memory for a result in memory saves what the result takes of the stack. */
  size_t saved = (shape & 8) != 0 ? room_for_result(w->result) : 0;
  bool is_saved = saved != 0 && (w->result->size > LARGEST_REGISTER ||
                                 (status == CTX_OK && size < needed && needed - size <= saved));
  if (is_saved) needed -= saved;
  const char *complaint = arena_complaint(status, end, needed);
  if (*complaint != '\0') return complaint;
  bool may_be_unaligned = (shape & 8) != 0 && shift != 0;
  ctx_status expected = is_null         ? CTX_ERR_NULL_ARGUMENT
                        : size < needed ? CTX_ERR_STACK_SMALL
                                        : CTX_OK;
  if (status != expected && !(status == CTX_ERR_RESULT_UNALIGNED && may_be_unaligned && !is_null)) {
    return complain("ctx_init_signature: %s, expected %s", ctx_status_name(status),
                    ctx_status_name(expected));
  }
  return status == CTX_OK ? check_result(&ctx_test_arena.child, signature) : "";
}

static const char *play(byte_reader *in, world *w) {
  const ctx_type *args[MAX_ARGS];
  size_t num_args = 0;
  for (unsigned i = byte_next(in) % (MAX_TYPES + 1); i != 0; i--) {
    const char *complaint = make_type(in, w);
    if (*complaint != '\0') return complaint;
  }
  const char *complaint = make_signature(in, w, args, &num_args);
  if (*complaint != '\0' || w->signature == NULL) return complaint;
  return make_values(w, args, num_args) ? make_context(in, w, num_args) : "";
}

const char *hostile_type(byte_reader *in) {
  world w;
  memset(&w, 0, sizeof w);
  const char *complaint = play(in, &w);
  ctx_signature_destroy(w.signature);
  for (size_t i = 0; i < MAX_ARGS; i++)
    free(w.values[i]);
  for (size_t i = w.num_types; i-- != 0;)
    ctx_type_destroy(w.types[i]);
  return complaint;
}
