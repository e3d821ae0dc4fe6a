/* Constant expressions of integers (C11 6.6), with the types and conversions of C. */
#include <stddef.h>

#include "tools/explain/parser.h"

static const constant zero;

static constant make(uint64_t bits, bool is_unsigned, bool is_long) {
  if (!is_long) {
    bits &= UINT32_MAX;
    if (!is_unsigned && (bits & 0x80000000U) != 0) bits |= ~(uint64_t)UINT32_MAX;
  }
  return (constant){.bits = bits, .is_unsigned = is_unsigned, .is_long = is_long};
}

static bool is_negative(constant c) { return !c.is_unsigned && (int64_t)c.bits < 0; }

static bool less(constant a, constant b) {
  return a.is_unsigned ? a.bits < b.bits : (int64_t)a.bits < (int64_t)b.bits;
}

/* Returns the result of an operation that was done modulo 2^64; `exact` if that is its value. */
static constant result_of(parser *p, span where, uint64_t bits, bool exact, constant like) {
  constant result = make(bits, like.is_unsigned, like.is_long);
  if (!like.is_unsigned && (!exact || result.bits != bits)) {
    parser_fail(p, where, "the expression overflows");
  }
  return result;
}

static constant add(parser *p, span where, constant a, constant b) {
  uint64_t bits = a.bits + b.bits;
  bool exact = is_negative(a) != is_negative(b) || ((int64_t)bits < 0) == is_negative(a);
  return result_of(p, where, bits, exact, a);
}

static constant negate(parser *p, span where, constant a) {
  return result_of(p, where, 0 - a.bits, a.bits != (uint64_t)INT64_MIN, a);
}

static constant subtract(parser *p, span where, constant a, constant b) {
  uint64_t bits = a.bits - b.bits;
  bool exact = is_negative(a) == is_negative(b) || ((int64_t)bits < 0) == is_negative(a);
  return result_of(p, where, bits, exact, a);
}

static uint64_t magnitude(constant c) { return is_negative(c) ? 0 - c.bits : c.bits; }

static constant multiply(parser *p, span where, constant a, constant b) {
  uint64_t x = magnitude(a);
  uint64_t y = magnitude(b);
  bool exact = y == 0 || x <= (uint64_t)INT64_MAX / y;
  return result_of(p, where, a.bits * b.bits, exact, a);
}

static constant divide(parser *p, span where, constant a, constant b, bool want_remainder) {
  if (b.bits == 0) {
    parser_fail(p, where, "division by zero");
    return zero;
  }
  uint64_t x = magnitude(a);
  uint64_t y = magnitude(b);
  uint64_t bits = want_remainder ? x % y : x / y;
  bool negative = want_remainder ? is_negative(a) : is_negative(a) != is_negative(b);
  bool exact = negative || a.is_unsigned || bits <= (uint64_t)INT64_MAX;
  return result_of(p, where, negative ? 0 - bits : bits, exact, a);
}

static constant shift(parser *p, span where, constant a, constant by, bool is_left) {
  if (is_negative(by) || by.bits >= (a.is_long ? 64U : 32U)) {
    parser_fail(p, where, "the shift is by too many bits");
    return zero;
  }
  if (is_left) {
    uint64_t bits = a.bits << by.bits;
    /* To shift into the sign bit is undefined, and done: 1 << 31 is INT_MIN to all compilers. */
    bool is_lost = bits >> by.bits != a.bits || (!a.is_long && bits > UINT32_MAX);
    if (!a.is_unsigned && (is_negative(a) || is_lost)) {
      parser_fail(p, where, "the expression overflows");
    }
    return make(bits, a.is_unsigned, a.is_long);
  }
  uint64_t bits = a.bits >> by.bits;
  if (is_negative(a) && by.bits != 0) bits |= ~(uint64_t)0 << (64 - by.bits);
  return make(bits, a.is_unsigned, a.is_long);
}

/* The usual arithmetic conversions. */
static void convert(constant *a, constant *b) {
  bool is_long = a->is_long || b->is_long;
  bool is_unsigned =
      (a->is_unsigned && a->is_long == is_long) || (b->is_unsigned && b->is_long == is_long);
  *a = make(a->bits, is_unsigned, is_long);
  *b = make(b->bits, is_unsigned, is_long);
}

/* The operations, from those that bind least to those that bind most; the order within a level does
 * not matter. */
static const struct operation {
  const char *text;
  int level;
} operations[] = {{"||", 1}, {"&&", 2}, {"|", 3}, {"^", 4},  {"&", 5},  {"==", 6},
                  {"!=", 6}, {"<", 7},  {">", 7}, {"<=", 7}, {">=", 7}, {"<<", 8},
                  {">>", 8}, {"+", 9},  {"-", 9}, {"*", 10}, {"/", 10}, {"%", 10}};

static const struct operation *operation_at(const parser *p) {
  for (size_t i = 0; i < sizeof operations / sizeof operations[0]; i++) {
    if (parser_at(p, operations[i].text)) return &operations[i];
  }
  return NULL;
}

static constant truth(bool is_true) { return make(is_true, false, false); }

static constant apply(parser *p, span where, const char *operation, constant a, constant b) {
  char first = operation[0];
  bool is_double = operation[1] == first;
  bool has_equal = operation[1] == '=';
  if ((first == '<' || first == '>') && is_double) return shift(p, where, a, b, first == '<');
  if (first == '&' && is_double) return truth(a.bits != 0 && b.bits != 0);
  if (first == '|' && is_double) return truth(a.bits != 0 || b.bits != 0);
  convert(&a, &b);
  switch (first) {
    case '|':
      return make(a.bits | b.bits, a.is_unsigned, a.is_long);
    case '^':
      return make(a.bits ^ b.bits, a.is_unsigned, a.is_long);
    case '&':
      return make(a.bits & b.bits, a.is_unsigned, a.is_long);
    case '=':
      return truth(a.bits == b.bits);
    case '!':
      return truth(a.bits != b.bits);
    case '<':
      return truth(has_equal ? !less(b, a) : less(a, b));
    case '>':
      return truth(has_equal ? !less(a, b) : less(b, a));
    case '+':
      return add(p, where, a, b);
    case '-':
      return subtract(p, where, a, b);
    case '*':
      return multiply(p, where, a, b);
    default:
      return divide(p, where, a, b, first == '%');
  }
}

/* sizeof(type) and _Alignof(type). */
static constant parse_type_query(parser *p, bool is_sizeof) {
  parser_expect(p, "(");
  span where = p->at->where;
  if (!specifiers_begin(p)) parser_expected(p, "a type");
  const type *t = type_name_parse(p);
  if (!t->is_complete) parser_fail(p, where, "the type is incomplete");
  parser_expect(p, ")");
  return make(is_sizeof ? t->size : t->align, true, true);
}

const type *constant_type(parser *p, constant c) {
  static const ctx_type *const types[2][2] = {{&ctx_type_i32, &ctx_type_u32},
                                              {&ctx_type_i64, &ctx_type_u64}};
  return c.narrow != NULL ? c.narrow : type_of_scalar(p->memory, types[c.is_long][c.is_unsigned]);
}

/* Converts to an integer type of any width (C11 6.3.1.3). */
static constant cast(parser *p, span where, constant c, const type *t) {
  if (!type_is_integer(t) || t->size > sizeof(uint64_t)) {
    parser_fail(p, where, "an integer is cast to another type here");
    return zero;
  }
  bool is_unsigned = !type_is_signed(t);
  if (t->size >= sizeof(int)) return make(c.bits, is_unsigned, t->size > sizeof(int));
  unsigned unused = 64 - 8 * (unsigned)t->size;
  uint64_t bits = c.bits << unused >> unused;
  if (!is_unsigned && bits >> (63 - unused) != 0) bits |= ~(UINT64_MAX >> unused);
  if (t->scalar->kind == CTX_KIND_BOOL) bits = c.bits != 0;
  constant result = make(bits, false, false);
  result.narrow = t;
  return result;
}

/* A character has the type that its prefix says. Without one it is an int that has the value of a
 * char (C11 6.4.4.4). */
static constant make_character(parser *p, const token *t) {
  bool is_negative_char = t->is_char && p->abi->char_is_signed && t->value > INT8_MAX;
  bool is_unsigned = t->prefix == 'U' || (t->prefix == 'L' && !p->abi->wchar_is_signed);
  constant c = make(is_negative_char ? t->value - (UINT8_MAX + 1) : t->value, is_unsigned, false);
  if (t->prefix == 'u') c.narrow = type_of_scalar(p->memory, &ctx_type_u16);
  if (t->prefix == '8') c.narrow = type_of_scalar(p->memory, &ctx_type_u8);
  return c;
}

static constant parse_primary(parser *p) {
  static const char *const align_names[] = {"_Alignof", "alignof", "__alignof__", "__alignof"};
  const token *t = p->at;
  if (t->kind == TOKEN_NUMBER) {
    parser_next(p);
    if (t->flaw != NULL) parser_fail(p, t->where, "%s", t->flaw);
    if (t->is_character) return make_character(p, t);
    /* The first of these types that has the value (C11 6.4.4.1p5). */
    bool may_be_unsigned = t->is_unsigned || !t->is_decimal;
    bool is_long = t->is_long || t->value > (may_be_unsigned ? UINT32_MAX : INT32_MAX);
    uint64_t largest_signed = is_long ? INT64_MAX : INT32_MAX;
    if (!may_be_unsigned && t->value > largest_signed) {
      parser_fail(p, t->where, "the number is too large");
    }
    return make(t->value, t->is_unsigned || t->value > largest_signed, is_long);
  }
  if (parser_accept(p, "(")) {
    constant c = constant_parse(p);
    parser_expect(p, ")");
    return c;
  }
  if (parser_accept(p, "sizeof")) return parse_type_query(p, true);
  if (parser_at_any(p, align_names, sizeof align_names / sizeof align_names[0])) {
    parser_next(p);
    return parse_type_query(p, false);
  }
  const name *n = parser_find_name(p, t);
  if (n != NULL && n->type == NULL) {
    parser_next(p);
    return n->value;
  }
  parser_expected(p, "a constant");
  return zero;
}

static constant parse_unary(parser *p);

/* Parses what is a cast if a type is in the parenthesis. */
static constant parse_cast(parser *p) {
  parser inside = *p;
  inside.at++;
  if (!parser_at(p, "(") || !specifiers_begin(&inside)) return parse_primary(p);
  parser_next(p);
  span where = p->at->where;
  const type *t = type_name_parse(p);
  parser_expect(p, ")");
  if (!parser_enter(p)) return zero;
  constant c = parse_unary(p);
  parser_leave(p);
  return cast(p, where, c, t);
}

static constant parse_unary(parser *p) {
  static const char *const signs[] = {"+", "-", "~", "!"};
  if (!parser_at_any(p, signs, sizeof signs / sizeof signs[0])) return parse_cast(p);
  const token *sign = parser_next(p);
  if (!parser_enter(p)) return zero;
  constant c = parse_unary(p);
  parser_leave(p);
  if (token_is(sign, p->source, "-")) return negate(p, sign->where, c);
  if (token_is(sign, p->source, "~")) return make(~c.bits, c.is_unsigned, c.is_long);
  if (token_is(sign, p->source, "!")) return truth(c.bits == 0);
  return make(c.bits, c.is_unsigned, c.is_long);
}

static constant parse_binary(parser *p, int min_level) {
  constant a = parse_unary(p);
  const struct operation *o;
  while ((o = operation_at(p)) != NULL && o->level >= min_level) {
    span where = parser_next(p)->where;
    constant b = parse_binary(p, o->level + 1);
    a = apply(p, where, o->text, a, b);
  }
  return a;
}

constant constant_parse(parser *p) {
  if (!parser_enter(p)) return zero;
  constant c = parse_binary(p, 1);
  if (parser_accept(p, "?")) {
    constant if_true = constant_parse(p);
    parser_expect(p, ":");
    constant if_false = constant_parse(p);
    convert(&if_true, &if_false);
    c = c.bits != 0 ? if_true : if_false;
  }
  parser_leave(p);
  return c;
}

uint64_t constant_parse_size(parser *p) {
  span where = p->at->where;
  constant c = constant_parse(p);
  if (is_negative(c)) parser_fail(p, where, "the number is negative");
  return c.bits;
}
