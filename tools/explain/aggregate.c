/* struct, union and enum (C11 6.7.2.1, 6.7.2.2). */
#include <string.h>

#include "tools/explain/layout.h"
#include "tools/explain/parser.h"

static int length_of(span s) { return (int)(s.end - s.begin); }

static bool is_aggregate(const type *t) { return t->form == TYPE_STRUCT || t->form == TYPE_UNION; }

/* Looks into members without a name too, as C does. */
static bool has_member(const type *t, const char *text) {
  for (const member *m = t->members; m != NULL; m = m->next) {
    if (m->name != NULL ? strcmp(m->name, text) == 0
                        : is_aggregate(m->type) && has_member(m->type, text)) {
      return true;
    }
  }
  return false;
}

static void check_bit_field(parser *p, const member *m, const attributes *a) {
  if (!type_is_integer(m->type)) {
    parser_fail(p, m->where, "a bit-field is of an integer type");
    return;
  }
  uint64_t widest = m->type->scalar->kind == CTX_KIND_BOOL ? 1 : m->type->size * 8;
  if (m->bit_width > widest) {
    parser_fail(p, m->where, "the bit-field is wider than its type");
  } else if (m->bit_width == 0 && m->name != NULL) {
    parser_fail(p, m->where, "a bit-field of no bits has no name");
  } else if (a->strict != 0) {
    parser_fail(p, a->where, "_Alignas is not for bit-fields");
  } else if (m->type->align != m->type->main_variant->align || (a->align != 0 && a->is_packed)) {
    parser_fail(p, m->where, "compilers disagree on where such an aligned bit-field lies");
  }
}

static void check_member(parser *p, const type *aggregate, const member *m, const attributes *a) {
  if (m->is_bit_field) {
    check_bit_field(p, m, a);
  } else if (m->type->form == TYPE_FUNCTION) {
    parser_fail(p, m->where, "a function is no member");
  } else if (!m->type->is_complete && m->type->form != TYPE_ARRAY) {
    parser_fail(p, m->where, "the type of the member is incomplete");
  } else if (a->strict != 0 && a->strict < m->type->align) {
    parser_fail(p, a->where, "_Alignas asks for less than the type has");
  }
  if (m->name != NULL && has_member(aggregate, m->name)) {
    parser_fail(p, m->where, "the name '%s' is there twice", m->name);
  }
}

static member *parse_member(parser *p, const specifiers *s, type *aggregate) {
  member *m = arena_alloc(p->memory, sizeof *m);
  declarator d = {.type = s->type, .attributes = s->attributes};
  m->where = p->at->where;
  if (!parser_at(p, ":")) d = declarator_parse(p, s, PLACE_MEMBER);
  if (parser_accept(p, ":")) {
    m->is_bit_field = true;
    m->bit_width = constant_parse_size(p);
    attributes_parse(p, &d.attributes);
  }
  if (d.name != NULL) {
    m->where = d.name->where;
    m->name = arena_print(p->memory, "%.*s", length_of(m->where), p->source + m->where.begin);
  } else if (!m->is_bit_field) {
    parser_expected(p, "a name");
  }
  m->type = d.type;
  m->wanted_align = d.attributes.align;
  m->is_packed = d.attributes.is_packed;
  check_member(p, aggregate, m, &d.attributes);
  return m;
}

/* `struct {...};` within a struct: its members are the outer one's (C11 6.7.2.1p13). */
static member *make_anonymous(parser *p, const specifiers *s) {
  const type *t = s->type;
  bool is_here = s->is_spelled_out && is_aggregate(t) && !t->has_tag;
  if (!is_here) parser_fail(p, s->where, "this declares no member");
  member *m = arena_alloc(p->memory, sizeof *m);
  *m = (member){.type = t,
                .where = s->where,
                .wanted_align = s->attributes.align,
                .is_packed = s->attributes.is_packed};
  return m;
}

static void check_anonymous(parser *p, const type *aggregate, const member *m) {
  if (!is_aggregate(m->type)) return;
  for (const member *inner = m->type->members; inner != NULL; inner = inner->next) {
    if (inner->name != NULL && has_member(aggregate, inner->name)) {
      parser_fail(p, inner->where, "the name '%s' is there twice", inner->name);
    }
  }
}

static void parse_members(parser *p, type *aggregate) {
  member **end = &aggregate->members;
  while (!parser_accept(p, "}")) {
    if (parser_accept(p, ";") || parser_skip_assertion(p)) continue;
    if (p->at->kind == TOKEN_END) {
      parser_expect(p, "}");
      return;
    }
    specifiers s = specifiers_parse(p);
    if (s.is_typedef) parser_fail(p, s.where, "a typedef is no member");
    if (parser_accept(p, ";")) {
      member *m = make_anonymous(p, &s);
      check_anonymous(p, aggregate, m);
      *end = m;
      end = &m->next;
      continue;
    }
    do {
      member *m = parse_member(p, &s, aggregate);
      *end = m;
      end = &m->next;
    } while (parser_accept(p, ","));
    parser_expect(p, ";");
  }
  for (const member *m = aggregate->members; m != NULL; m = m->next) {
    bool has_no_size = !m->type->is_complete;
    if (has_no_size && (m->next != NULL || m == aggregate->members)) {
      parser_fail(p, m->where, "an array without a size comes last, after other members");
    }
  }
}

/* Returns the type of a tag: one that an earlier declaration made, or a new one. */
static type *find_or_add(parser *p, const token *t, const token *keyword, bool is_definition) {
  tag *g = t != NULL ? parser_find_tag(p, t) : NULL;
  const char *word = token_is(keyword, p->source, "union") ? "union" : "struct";
  if (g != NULL && strcmp(g->keyword, word) != 0) {
    parser_fail(p, t->where, "this is the name of another kind of type");
  } else if (g != NULL && is_definition && (g->type->is_complete || g->type->members != NULL)) {
    parser_fail(p, t->where, "'%s %.*s' is declared twice", word, length_of(t->where),
                p->source + t->where.begin);
  } else if (g != NULL) {
    return g->type;
  }
  type *aggregate = arena_alloc(p->memory, sizeof *aggregate);
  *aggregate = (type){.form = word[0] == 'u' ? TYPE_UNION : TYPE_STRUCT,
                      .main_variant = aggregate,
                      .has_tag = t != NULL,
                      .where = keyword->where};
  if (t != NULL && g == NULL) parser_add_tag(p, t, word, aggregate);
  return aggregate;
}

const type *aggregate_parse(parser *p, const token *keyword) {
  attributes a = {0};
  attributes_parse(p, &a);
  const token *t = NULL;
  if (p->at->kind == TOKEN_NAME) {
    if (specifiers_is_keyword(p, p->at)) parser_expected(p, "a name");
    t = parser_next(p);
  }
  bool is_definition = parser_at(p, "{");
  if (t == NULL && !is_definition) parser_expect(p, "{");
  type *aggregate = find_or_add(p, t, keyword, is_definition);
  if (!parser_accept(p, "{")) return aggregate;
  if (!parser_enter(p)) return aggregate;
  parse_members(p, aggregate);
  parser_leave(p);
  aggregate->where = (span){keyword->where.begin, p->at[-1].where.end};
  attributes_parse(p, &a);
  aggregate->is_packed = a.is_packed;
  aggregate->is_transparent = a.is_transparent;
  const member *culprit = NULL;
  const char *message = NULL;
  if (p->fault.message == NULL) {
    message = layout_aggregate(p->abi, aggregate, a.align, &culprit);
  }
  if (message != NULL) parser_fail(p, culprit->where, "%s", message);
  return attributes_apply(p, &a, aggregate);
}

/* ---- enum ---- */

/* The values of an enumeration's constants, so far. */
typedef struct range {
  bool has_negative;
  uint64_t largest;
  int64_t smallest;
} range;

static void extend(range *r, constant c) {
  if (!c.is_unsigned && (int64_t)c.bits < 0) {
    r->has_negative = true;
    if ((int64_t)c.bits < r->smallest) r->smallest = (int64_t)c.bits;
  } else if (c.bits > r->largest) {
    r->largest = c.bits;
  }
}

/* The type that gcc and clang choose: the first of unsigned, int, unsigned long and long that has
 * all values; of all integers, if the enumeration is packed. */
static const ctx_type *type_of_range(const range *r, bool is_packed) {
  static const ctx_type *const types[2][4] = {
      {&ctx_type_u8, &ctx_type_u16, &ctx_type_u32, &ctx_type_u64},
      {&ctx_type_i8, &ctx_type_i16, &ctx_type_i32, &ctx_type_i64}};
  for (size_t i = is_packed ? 0 : 2; i < 4; i++) {
    unsigned bits = 8U << i;
    uint64_t largest = r->has_negative ? UINT64_MAX >> (65 - bits) : UINT64_MAX >> (64 - bits);
    int64_t smallest = (int64_t) ~(UINT64_MAX >> (65 - bits));
    if (r->largest <= largest && r->smallest >= smallest) return types[r->has_negative][i];
  }
  return NULL;
}

/* Adds one; false if no integer is larger. */
static bool increment(constant *c) {
  if (c->bits == (c->is_unsigned ? UINT64_MAX : (uint64_t)INT64_MAX)) return false;
  c->bits++;
  /* Beyond its type's last value it becomes long. */
  if (c->bits == (c->is_unsigned ? (uint64_t)UINT32_MAX : (uint64_t)INT32_MAX) + 1) {
    c->is_long = true;
  }
  return true;
}

static void parse_enumerators(parser *p, range *r) {
  constant next = {0};
  bool has_next = true;
  do {
    const token *t = p->at;
    if (parser_at(p, "}")) break;
    if (t->kind != TOKEN_NAME || specifiers_is_keyword(p, t)) {
      parser_expected(p, "a name");
      return;
    }
    parser_next(p);
    attributes of_constant = {0}; /* none has an effect */
    attributes_parse(p, &of_constant);
    if (parser_accept(p, "=")) {
      next = constant_parse(p);
      next.narrow = NULL; /* it is an int */
    } else if (!has_next) {
      parser_fail(p, t->where, "its value is larger than any integer");
    }
    extend(r, next);
    parser_add_name(p, t, NULL, next);
    has_next = increment(&next);
  } while (parser_accept(p, ","));
  parser_expect(p, "}");
}

/* C23's `enum e : type`; null if it is not there. */
static const ctx_type *parse_underlying(parser *p) {
  parser inside = *p;
  inside.at++;
  if (!parser_at(p, ":") || !specifiers_begin(&inside)) return NULL;
  parser_next(p);
  specifiers s = specifiers_parse(p);
  if (type_is_integer(s.type)) return s.type->scalar;
  parser_fail(p, s.where, "an enumeration is of an integer type");
  return NULL;
}

const type *enumeration_parse(parser *p, const token *keyword) {
  attributes a = {0};
  attributes_parse(p, &a);
  const token *t = NULL;
  if (p->at->kind == TOKEN_NAME) t = parser_next(p);
  const ctx_type *chosen = parse_underlying(p);
  bool is_fixed = chosen != NULL;
  if (parser_accept(p, "{")) {
    range r = {0};
    if (parser_at(p, "}")) parser_expected(p, "a name");
    parse_enumerators(p, &r);
    attributes_parse(p, &a);
    if (!is_fixed) chosen = type_of_range(&r, a.is_packed);
    if (chosen == NULL) parser_fail(p, keyword->where, "no integer has all of these values");
  }
  const tag *g = t != NULL ? parser_find_tag(p, t) : NULL;
  if (g != NULL && (strcmp(g->keyword, "enum") != 0 || chosen != NULL)) {
    parser_fail(p, t->where, "this is the name of another type");
  } else if (g != NULL) {
    return g->type;
  } else if (chosen == NULL) {
    parser_fail(p, (t != NULL ? t : keyword)->where, "this enum has not been declared");
  }
  type *made = type_of_scalar(p->memory, chosen != NULL ? chosen : &ctx_type_i32);
  if (a.align != 0) made = type_aligned(p->memory, made, a.align);
  if (t != NULL) parser_add_tag(p, t, "enum", made);
  return made;
}
