/* Declaration specifiers (C11 6.7): all that comes before the declarators. */
#include <stddef.h>

#include "tools/explain/parser.h"

/* How often each word may come is how wide its field is: `long long` is two of LONG. */
enum word {
  VOID = 1 << 0,
  BOOL = 1 << 2,
  CHAR = 1 << 4,
  SHORT = 1 << 6,
  INT = 1 << 8,
  LONG = 1 << 10, /* to 3 << 10 */
  FLOAT = 1 << 12,
  DOUBLE = 1 << 14,
  SIGNED = 1 << 16,
  UNSIGNED = 1 << 18,
  COMPLEX = 1 << 20,
  INT128 = 1 << 22,
  FLOAT16 = 1 << 24,
  FLOAT128 = 1 << 26,
  OTHER = 1 << 28 /* a type of one word */
};

static const struct {
  const char *text;
  enum word word;
} words[] = {{"void", VOID},
             {"_Bool", BOOL},
             {"bool", BOOL},
             {"char", CHAR},
             {"short", SHORT},
             {"int", INT},
             {"long", LONG},
             {"float", FLOAT},
             {"double", DOUBLE},
             {"signed", SIGNED},
             {"__signed__", SIGNED},
             {"__signed", SIGNED},
             {"unsigned", UNSIGNED},
             {"_Complex", COMPLEX},
             {"__complex__", COMPLEX},
             {"complex", COMPLEX},
             {"__int128", INT128},
             {"_Float16", FLOAT16},
             {"__float128", FLOAT128},
             {"_Float128", FLOAT128},
             {"_Float32", FLOAT},
             {"_Float64", DOUBLE},
             {"_Float32x", DOUBLE},
             {"_Float64x", LONG + DOUBLE},
             {"__float80", LONG + DOUBLE}};

static const struct {
  unsigned words;
  const ctx_type *type;
} types[] = {
    {BOOL, &ctx_type_bool},
    {SIGNED + CHAR, &ctx_type_i8},
    {UNSIGNED + CHAR, &ctx_type_u8},
    {SHORT, &ctx_type_i16},
    {SHORT + INT, &ctx_type_i16},
    {SIGNED + SHORT, &ctx_type_i16},
    {SIGNED + SHORT + INT, &ctx_type_i16},
    {UNSIGNED + SHORT, &ctx_type_u16},
    {UNSIGNED + SHORT + INT, &ctx_type_u16},
    {INT, &ctx_type_i32},
    {SIGNED, &ctx_type_i32},
    {SIGNED + INT, &ctx_type_i32},
    {UNSIGNED, &ctx_type_u32},
    {UNSIGNED + INT, &ctx_type_u32},
    {LONG, &ctx_type_i64},
    {LONG + INT, &ctx_type_i64},
    {SIGNED + LONG, &ctx_type_i64},
    {SIGNED + LONG + INT, &ctx_type_i64},
    {LONG + LONG, &ctx_type_i64},
    {LONG + LONG + INT, &ctx_type_i64},
    {SIGNED + LONG + LONG, &ctx_type_i64},
    {SIGNED + LONG + LONG + INT, &ctx_type_i64},
    {UNSIGNED + LONG, &ctx_type_u64},
    {UNSIGNED + LONG + INT, &ctx_type_u64},
    {UNSIGNED + LONG + LONG, &ctx_type_u64},
    {UNSIGNED + LONG + LONG + INT, &ctx_type_u64},
    {FLOAT, &ctx_type_f32},
    {DOUBLE, &ctx_type_f64},
    {LONG + DOUBLE, &ctx_type_long_double},
    {COMPLEX, &ctx_type_complex_f64},
    {FLOAT + COMPLEX, &ctx_type_complex_f32},
    {DOUBLE + COMPLEX, &ctx_type_complex_f64},
    {LONG + DOUBLE + COMPLEX, &ctx_type_complex_long_double},
    {INT128, &ctx_type_i128},
    {SIGNED + INT128, &ctx_type_i128},
    {UNSIGNED + INT128, &ctx_type_u128},
    {FLOAT16, &ctx_type_f16},
    {FLOAT128, &ctx_type_f128},
};

/* These are types only where a long double has x87's 80 bits. */
static const char *const x87_words[] = {"__float128", "__float80"};

static const char *const qualifiers[] = {"const",        "__const",  "volatile",   "__volatile",
                                         "__volatile__", "restrict", "__restrict", "__restrict__",
                                         "__const__",    "_Nonnull", "_Nullable"};

/* A caller sees nothing of these. */
static const char *const storage[] = {"register",     "static",     "extern",    "inline",
                                      "__inline",     "__inline__", "_Noreturn", "_Thread_local",
                                      "thread_local", "__thread"};

static const char *const typeof_words[] = {"__typeof__", "__typeof", "typeof", "typeof_unqual"};

/* These words begin attributes. */
static const char *const attribute_words[] = {"__attribute__", "__attribute", "_Alignas", "alignas",
                                              "__extension__"};

static const char *const aggregate_words[] = {"struct", "union", "enum", "typedef"};

/* Words of C that have no place here: the fault says so, in place of "unknown type". */
static const char *const unsupported[] = {"_Atomic",    "_BitInt",     "__bf16",     "_Decimal32",
                                          "_Decimal64", "_Decimal128", "_Imaginary", "auto"};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static unsigned word_at(const parser *p, const token *t) {
  for (size_t i = 0; i < COUNT(words); i++) {
    if (token_is(t, p->source, words[i].text)) return (unsigned)words[i].word;
  }
  return 0;
}

static bool is_any(const parser *p, const token *t, const char *const *texts, size_t num_texts) {
  for (size_t i = 0; i < num_texts; i++) {
    if (token_is(t, p->source, texts[i])) return true;
  }
  return false;
}

bool specifiers_is_keyword(const parser *p, const token *t) {
  return word_at(p, t) != 0 || is_any(p, t, qualifiers, COUNT(qualifiers)) ||
         is_any(p, t, storage, COUNT(storage)) ||
         is_any(p, t, attribute_words, COUNT(attribute_words)) ||
         is_any(p, t, aggregate_words, COUNT(aggregate_words)) ||
         is_any(p, t, unsupported, COUNT(unsupported)) ||
         is_any(p, t, typeof_words, COUNT(typeof_words)) || token_is(t, p->source, "sizeof");
}

bool specifiers_begin(const parser *p) {
  const name *n = parser_find_name(p, p->at);
  if (n != NULL) return n->type != NULL;
  return specifiers_is_keyword(p, p->at) && !parser_at(p, "sizeof");
}

/* typeof(type), or typeof(a constant) */
static const type *parse_typeof(parser *p) {
  parser_expect(p, "(");
  const type *t = specifiers_begin(p) ? type_name_parse(p) : constant_type(p, constant_parse(p));
  parser_expect(p, ")");
  return t;
}

/* Parses a type that a single word names, or a struct, union or enum; null if none is here. */
static const type *parse_other(parser *p) {
  static const char *const aggregates[] = {"struct", "union"};
  if (parser_at_any(p, aggregates, COUNT(aggregates))) return aggregate_parse(p, parser_next(p));
  if (parser_at(p, "enum")) return enumeration_parse(p, parser_next(p));
  if (parser_at_any(p, typeof_words, COUNT(typeof_words))) {
    parser_next(p);
    return parse_typeof(p);
  }
  const name *n = parser_find_name(p, p->at);
  if (n == NULL || n->type == NULL) return NULL;
  parser_next(p);
  return n->type;
}

static const type *type_of_words(parser *p, unsigned seen, span where) {
  if (seen == VOID) return type_of_void(p->memory);
  if (seen == CHAR) {
    return type_of_scalar(p->memory, p->abi->char_is_signed ? &ctx_type_i8 : &ctx_type_u8);
  }
  for (size_t i = 0; i < COUNT(types); i++) {
    if (types[i].words == seen) return type_of_scalar(p->memory, types[i].type);
  }
  /* ctx has no type for other complex numbers. Compilers pass them as structs of two. */
  const unsigned pairs = BOOL | VOID;
  if ((seen & COMPLEX) != 0 && (seen & pairs) == 0) {
    return type_of_pair(p->memory, type_of_words(p, seen - COMPLEX, where));
  }
  parser_fail(p, where, "these words together are no type that ctx has");
  return type_of_scalar(p->memory, &ctx_type_i32);
}

bool specifiers_accept_qualifier(parser *p) {
  bool is_there = parser_at_any(p, qualifiers, COUNT(qualifiers));
  if (is_there) parser_next(p);
  return is_there;
}

specifiers specifiers_parse(parser *p) {
  specifiers s = {.where = p->at->where};
  bool has_begun = false; /* with the type, after storage and attributes */
  unsigned seen = 0;
  const type *other = NULL;
  for (;;) {
    attributes_parse(p, &s.attributes);
    if (p->at->kind == TOKEN_END) break;
    span here = p->at->where;
    unsigned word = word_at(p, p->at);
    bool is_aggregate = parser_at(p, "struct") || parser_at(p, "union");
    if (parser_at_any(p, storage, COUNT(storage))) {
      parser_next(p);
      continue;
    }
    if (!has_begun) s.where = here;
    has_begun = true;
    if (parser_accept(p, "typedef")) {
      s.is_typedef = true;
    } else if (specifiers_accept_qualifier(p)) {
      continue;
    } else if (parser_at_any(p, unsupported, COUNT(unsupported))) {
      parser_fail(p, here, "'%.*s' is not supported", (int)(here.end - here.begin),
                  p->source + here.begin);
    } else if (!p->abi->has_x87 && parser_at_any(p, x87_words, COUNT(x87_words))) {
      parser_fail(p, here, "%s has no '%.*s'", p->abi->name, (int)(here.end - here.begin),
                  p->source + here.begin);
    } else if (word != 0) {
      /* A second of any except long, or a third long, is not a type: a field has room for no
       * more. */
      unsigned mask = 3 * word;
      if (other != NULL || (seen & mask) == (word == LONG ? 2 * word : word)) {
        parser_fail(p, here, "one type too many");
      }
      seen += word;
      parser_next(p);
    } else if (seen == 0 && other == NULL && (other = parse_other(p)) != NULL) {
      here = (span){here.begin, p->at[-1].where.end};
      s.is_spelled_out = is_aggregate;
    } else {
      break;
    }
    s.where.end = here.end;
  }
  if (other == NULL && seen == 0) {
    span here = p->at->where;
    if (p->at->kind == TOKEN_NAME && !specifiers_is_keyword(p, p->at)) {
      parser_fail(p, here, "unknown type name '%.*s'", (int)(here.end - here.begin),
                  p->source + here.begin);
    } else {
      parser_expected(p, "a type");
    }
  }
  s.type = other != NULL ? other : seen != 0 ? type_of_words(p, seen, s.where) : NULL;
  /* A type must be there even after a fault. */
  if (s.type == NULL) s.type = type_of_scalar(p->memory, &ctx_type_i32);
  s.type = attributes_apply(p, &s.attributes, s.type);
  s.attributes.vector_size = 0;
  s.attributes.mode = NULL;
  return s;
}
