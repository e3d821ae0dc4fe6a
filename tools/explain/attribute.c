/* __attribute__((...)), _Alignas, and all that may stand among them. */
#include <string.h>

#include "tools/explain/parser.h"

/* Neither types nor calls depend on these. */
static const char *const without_effect[] = {"access",
                                             "alias",
                                             "alloc_align",
                                             "alloc_size",
                                             "always_inline",
                                             "artificial",
                                             "assume_aligned",
                                             "availability",
                                             "cdecl",
                                             "cold",
                                             "const",
                                             "constructor",
                                             "deprecated",
                                             "destructor",
                                             "disable_sanitizer_instrumentation",
                                             "error",
                                             "externally_visible",
                                             "fallthrough",
                                             "fd_arg",
                                             "fd_arg_read",
                                             "fd_arg_write",
                                             "flatten",
                                             "format",
                                             "format_arg",
                                             "gnu_inline",
                                             "hot",
                                             "ifunc",
                                             "leaf",
                                             "malloc",
                                             "may_alias",
                                             "minsize",
                                             "no_address_safety_analysis",
                                             "no_icf",
                                             "no_instrument_function",
                                             "no_profile_instrument_function",
                                             "no_reorder",
                                             "no_sanitize",
                                             "no_sanitize_address",
                                             "no_sanitize_thread",
                                             "no_sanitize_undefined",
                                             "no_split_stack",
                                             "no_stack_limit",
                                             "no_stack_protector",
                                             "nocf_check",
                                             "noclone",
                                             "nocommon",
                                             "noduplicate",
                                             "noinit",
                                             "noinline",
                                             "noipa",
                                             "nonnull",
                                             "nonstring",
                                             "noplt",
                                             "noreturn",
                                             "nothrow",
                                             "null_terminated_string_arg",
                                             "optimize",
                                             "optnone",
                                             "overloadable",
                                             "patchable_function_entry",
                                             "persistent",
                                             "pure",
                                             "retain",
                                             "returns_nonnull",
                                             "returns_twice",
                                             "section",
                                             "sentinel",
                                             "stack_protect",
                                             "symver",
                                             "sysv_abi",
                                             "tainted_args",
                                             "target",
                                             "target_clones",
                                             "tls_model",
                                             "unavailable",
                                             "uninitialized",
                                             "unused",
                                             "used",
                                             "visibility",
                                             "warn_if_not_aligned",
                                             "warn_unused_result",
                                             "warning",
                                             "weak",
                                             "weakref",
                                             "zero_call_used_regs"};

/* mode(DI) and its like choose a type by its width; of the same kind as the declared one. */
struct mode {
  const char *name;
  const ctx_type *is_signed, *is_unsigned, *is_real, *is_complex;
};
static const struct mode modes[] = {
    {"QI", &ctx_type_i8, &ctx_type_u8, NULL, NULL},
    {"byte", &ctx_type_i8, &ctx_type_u8, NULL, NULL},
    {"HI", &ctx_type_i16, &ctx_type_u16, NULL, NULL},
    {"SI", &ctx_type_i32, &ctx_type_u32, NULL, NULL},
    {"DI", &ctx_type_i64, &ctx_type_u64, NULL, NULL},
    {"word", &ctx_type_i64, &ctx_type_u64, NULL, NULL},
    {"unwind_word", &ctx_type_i64, &ctx_type_u64, NULL, NULL},
    {"pointer", &ctx_type_i64, &ctx_type_u64, NULL, NULL},
    {"TI", &ctx_type_i128, &ctx_type_u128, NULL, NULL},
    {"HF", NULL, NULL, &ctx_type_f16, NULL},
    {"SF", NULL, NULL, &ctx_type_f32, NULL},
    {"DF", NULL, NULL, &ctx_type_f64, NULL},
    {"XF", NULL, NULL, &ctx_type_long_double, NULL},
    {"TF", NULL, NULL, &ctx_type_f128, NULL},
    {"SC", NULL, NULL, NULL, &ctx_type_complex_f32},
    {"DC", NULL, NULL, NULL, &ctx_type_complex_f64},
    {"XC", NULL, NULL, NULL, &ctx_type_complex_long_double},
};

/* Returns whether the name is this one, or this one between underscores. */
static bool is_attribute(const parser *p, const token *t, const char *text) {
  const char *begin = p->source + t->where.begin;
  size_t length = t->where.end - t->where.begin;
  if (length > 4 && memcmp(begin, "__", 2) == 0 && memcmp(begin + length - 2, "__", 2) == 0) {
    begin += 2;
    length -= 4;
  }
  return strlen(text) == length && memcmp(begin, text, length) == 0;
}

static bool has_no_effect(const parser *p, const token *t) {
  for (size_t i = 0; i < sizeof without_effect / sizeof without_effect[0]; i++) {
    if (is_attribute(p, t, without_effect[i])) return true;
  }
  return false;
}

/* Compilers take larger ones for some things; none of them is passed. */
#define MAX_ALIGN ((uint64_t)1 << 28)

static size_t check_align(parser *p, span where, uint64_t align) {
  if (align == 0 || (align & (align - 1)) != 0) {
    parser_fail(p, where, "an alignment is a power of two");
  } else if (align > MAX_ALIGN) {
    parser_fail(p, where, "the alignment is larger than %lu", (unsigned long)MAX_ALIGN);
  } else {
    return (size_t)align;
  }
  return 1;
}

static void want_align(attributes *out, size_t align, span where) {
  if (align > out->align) out->align = align;
  out->where = where;
}

static void parse_mode(parser *p, attributes *out) {
  parser_expect(p, "(");
  const token *t = parser_next(p);
  for (size_t i = 0; i < sizeof modes / sizeof modes[0] && t->kind == TOKEN_NAME; i++) {
    bool is_x87s = modes[i].name[0] == 'X';
    if (is_x87s && !p->abi->has_x87) continue;
    if (is_attribute(p, t, modes[i].name)) out->mode = &modes[i];
  }
  if (out->mode == NULL) parser_fail(p, t->where, "this mode is not supported");
  out->where = t->where;
  parser_expect(p, ")");
}

static void parse_one(parser *p, attributes *out) {
  const token *t = p->at;
  if (t->kind != TOKEN_NAME) {
    parser_expected(p, "an attribute");
    return;
  }
  parser_next(p);
  if (is_attribute(p, t, "packed")) {
    out->is_packed = true;
    out->where = t->where;
  } else if (is_attribute(p, t, "aligned")) {
    size_t align = 16; /* without a number: the largest of any scalar */
    if (parser_accept(p, "(")) {
      span where = p->at->where;
      align = check_align(p, where, constant_parse_size(p));
      parser_expect(p, ")");
    }
    /* gcc takes the last, clang the largest. */
    if (out->align != 0 && out->align != align) {
      parser_fail(p, t->where, "compilers disagree on two different alignments");
    }
    want_align(out, align, t->where);
  } else if (is_attribute(p, t, "vector_size")) {
    parser_expect(p, "(");
    out->vector_size = (size_t)constant_parse_size(p);
    out->where = t->where;
    parser_expect(p, ")");
    if (out->vector_size == 0) parser_fail(p, t->where, "a vector has a size");
  } else if (is_attribute(p, t, "mode")) {
    parse_mode(p, out);
  } else if (is_attribute(p, t, "transparent_union")) {
    out->is_transparent = true;
  } else if (has_no_effect(p, t)) {
    if (parser_accept(p, "(")) parser_skip_to_close(p);
  } else {
    parser_fail(p, t->where, "this attribute is not known, and may change the call");
  }
}

static void parse_alignas(parser *p, attributes *out) {
  span where = p->at->where;
  parser_expect(p, "(");
  span number = p->at->where;
  size_t align = 0;
  if (specifiers_begin(p)) {
    const type *t = type_name_parse(p);
    if (!t->is_complete) parser_fail(p, number, "the type is incomplete");
    align = t->align;
  } else {
    uint64_t value = constant_parse_size(p);
    /* _Alignas(0) is nothing (C11 6.7.5p6). */
    if (value != 0) align = check_align(p, number, value);
  }
  if (align > out->strict) out->strict = align;
  if (align != 0) want_align(out, align, where);
  parser_expect(p, ")");
}

/* One of [[...]]. With a prefix, gnu:: or clang::, it is one of __attribute__. The standard's own
 * do not change a call, and compilers ignore others. */
static void parse_standard(parser *p, attributes *out) {
  static const char *const vendors[] = {"gnu", "__gnu__", "clang", "_Clang"};
  bool is_vendors = parser_at_any(p, vendors, sizeof vendors / sizeof vendors[0]);
  parser_next(p);
  bool has_prefix = parser_accept(p, ":");
  if (has_prefix) parser_expect(p, ":");
  if (has_prefix && is_vendors) {
    parse_one(p, out);
    return;
  }
  if (has_prefix) parser_next(p);
  if (parser_accept(p, "(")) parser_skip_to_close(p);
}

bool attributes_accept_standard(parser *p, attributes *out) {
  if (!parser_at(p, "[") || !token_is(p->at + 1, p->source, "[")) return false;
  p->at += 2;
  do {
    if (!parser_at(p, ",") && !parser_at(p, "]")) parse_standard(p, out);
  } while (parser_accept(p, ","));
  parser_expect(p, "]");
  parser_expect(p, "]");
  return true;
}

void attributes_parse(parser *p, attributes *out) {
  static const char *const attribute[] = {"__attribute__", "__attribute"};
  static const char *const align[] = {"_Alignas", "alignas"};
  static const char *const assembly[] = {"__asm__", "__asm", "asm"};
  for (;;) {
    if (parser_at_any(p, attribute, 2)) {
      parser_next(p);
      parser_expect(p, "(");
      parser_expect(p, "(");
      do {
        if (!parser_at(p, ",") && !parser_at(p, ")")) parse_one(p, out);
      } while (parser_accept(p, ","));
      parser_expect(p, ")");
      parser_expect(p, ")");
    } else if (parser_at_any(p, align, 2)) {
      parser_next(p);
      parse_alignas(p, out);
    } else if (parser_at_any(p, assembly, 3)) {
      parser_next(p);
      parser_expect(p, "(");
      parser_skip_to_close(p);
    } else if (!parser_accept(p, "__extension__") && !attributes_accept_standard(p, out)) {
      return;
    }
  }
}

/* Returns null if the type has no such mode. */
static const ctx_type *apply_mode(const struct mode *m, const type *t) {
  if (type_is_integer(t)) return type_is_signed(t) ? m->is_signed : m->is_unsigned;
  if (t->form != TYPE_SCALAR) return NULL;
  switch (t->scalar->kind) {
    case CTX_KIND_F16:
    case CTX_KIND_F32:
    case CTX_KIND_F64:
    case CTX_KIND_F128:
    case CTX_KIND_LONG_DOUBLE:
      return m->is_real;
    case CTX_KIND_COMPLEX_F32:
    case CTX_KIND_COMPLEX_F64:
    case CTX_KIND_COMPLEX_LONG_DOUBLE:
      return m->is_complex;
    default:
      return NULL;
  }
}

const type *attributes_apply(parser *p, const attributes *a, const type *t) {
  if (a->mode != NULL) {
    const ctx_type *scalar = apply_mode(a->mode, t);
    if (scalar != NULL) return type_of_scalar(p->memory, scalar);
    parser_fail(p, a->where, "the type has no such mode");
  }
  if (a->vector_size == 0) return t;
  bool is_number = type_is_integer(t) && t->scalar->kind != CTX_KIND_BOOL;
  if (t->form == TYPE_SCALAR) {
    uint32_t kind = t->scalar->kind;
    is_number |= kind == CTX_KIND_F16 || kind == CTX_KIND_F32 || kind == CTX_KIND_F64;
  }
  if (!is_number) {
    parser_fail(p, a->where, "a vector is made of integers or floating-point numbers");
    return t;
  }
  /* On x86-64 gcc and clang pass a vector of 8 bytes differently if it is one number. */
  bool is_one = a->vector_size == t->size && t->size == 8 && p->abi->has_vectors_of_one;
  if (a->vector_size <= t->size && !is_one) {
    parser_fail(p, a->where, "a vector has more than one element");
    return t;
  }
  switch (a->vector_size) {
    case 8:
      return type_of_scalar(p->memory, &ctx_type_v64);
    case 16:
      return type_of_scalar(p->memory, &ctx_type_v128);
    case 32:
      return type_of_scalar(p->memory, &ctx_type_v256);
    case 64:
      return type_of_scalar(p->memory, &ctx_type_v512);
    default:
      parser_fail(p, a->where, "ctx has vectors of 8, 16, 32 and 64 bytes");
      return t;
  }
}
