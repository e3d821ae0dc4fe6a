/* Turns choices into cases. The format of a byte string:
 *
 *     way, variadic, result, argument, argument, ... to the end of the bytes
 *     variadic   bit 0: whether; bits 1 to 4: how many arguments are fixed, or, if bits 5 to 7 are
 *                all set, 16 and four times as many
 *     result     a type, then, unless it is void, a style
 *     argument   a type, a style
 *     style      a byte, modulo the number of styles; after GEN_RAW the bytes of each leaf
 *     type       see choose_type
 *
 * Where something is not allowed a scalar takes its place, so every byte string is a case. */
#include "testing/generator/case.h"

#include <string.h>

#include "testing/generator/layout.h"
#include "testing/generator/source.h"

static gen_kind choose(const gen_kind *kinds, size_t num_kinds, unsigned byte) {
  return kinds[byte % num_kinds];
}

/* ---- Types ---- */

typedef struct builder {
  gen_case *out;
  const gen_options *options;
  gen_source *source;
} builder;

static bool allows(const builder *b, unsigned what) { return (b->options->allow & what) == what; }

static gen_kind value_scalar(unsigned byte) {
  return (gen_kind)(GEN_FIRST_SCALAR + byte % (GEN_LAST_VALUE_SCALAR - GEN_FIRST_SCALAR + 1));
}

static gen_kind vector(const builder *b, unsigned byte) {
  static const gen_kind kinds[] = {GEN_V64, GEN_V128, GEN_V256, GEN_V512};
  gen_kind kind = choose(kinds, 4, byte);
  while (gen_scalar(kind)->size > b->options->max_vector && kind != GEN_V64)
    kind = (gen_kind)(kind - 1);
  return kind;
}

/* Returns a kind that only a ctx_type can describe, and that is not an aggregate. */
static gen_kind wide_scalar(const builder *b, unsigned byte) {
  static const struct {
    gen_kind kind;
    unsigned allow;
  } kinds[] = {
      {GEN_I128, GEN_ALLOW_I128},
      {GEN_U128, GEN_ALLOW_I128},
      {GEN_F16, GEN_ALLOW_F16},
      {GEN_F128, GEN_ALLOW_F128},
      {GEN_LONG_DOUBLE, GEN_ALLOW_LONG_DOUBLE},
      {GEN_COMPLEX_F32, GEN_ALLOW_COMPLEX},
      {GEN_COMPLEX_F64, GEN_ALLOW_COMPLEX},
      {GEN_COMPLEX_LONG_DOUBLE, GEN_ALLOW_COMPLEX | GEN_ALLOW_LONG_DOUBLE},
  };
  const size_t num_kinds = sizeof kinds / sizeof kinds[0];
  /* A third are vectors. */
  size_t which = byte % (num_kinds + num_kinds / 2);
  if (which >= num_kinds)
    return allows(b, GEN_ALLOW_VECTORS) ? vector(b, byte) : value_scalar(byte);
  return allows(b, kinds[which].allow) ? kinds[which].kind : value_scalar(byte);
}

/* The largest type that is chosen: 256 arguments of it, each at its alignment, are no more than a
 * capture has room for. */
enum { LARGEST = 1008 };
_Static_assert((int)LARGEST <= (int)GEN_MAX_TYPE_SIZE, "the largest can be made");

static const gen_type *choose_aggregate(const builder *b, unsigned depth);

/* Reads one byte, and those of the aggregate. Modulo 4 it is 0 or 1: a scalar that ctx_value can
 * hold; 2: another scalar; 3: an aggregate, a new one or, a quarter of the time, an earlier one. */
static const gen_type *choose_type(const builder *b, unsigned depth) {
  unsigned byte = gen_source_byte(b->source);
  const unsigned more_types = GEN_ALLOW_WIDE | GEN_ALLOW_VECTORS | GEN_ALLOW_AGGREGATES;
  if ((b->options->allow & more_types) == 0) {
    return gen_scalar(value_scalar(byte));
  }
  unsigned which = byte / 4;
  if (byte % 4 == 2) return gen_scalar(wide_scalar(b, which));
  if (byte % 4 == 3 && allows(b, GEN_ALLOW_AGGREGATES) && depth < GEN_MAX_DEPTH) {
    const gen_pool *pool = &b->out->pool;
    if (which % 4 == 0 && pool->num_types != 0) {
      const gen_type *earlier = &pool->types[which / 4 % pool->num_types];
      if (depth + earlier->depth <= GEN_MAX_DEPTH) return earlier;
    }
    const gen_type *type = choose_aggregate(b, depth);
    if (type != NULL) return type;
  }
  return gen_scalar(value_scalar(which));
}

static bool is_integer(const gen_type *type) {
  bool is_wide = type->kind == GEN_I128 || type->kind == GEN_U128;
  return is_wide || (type->kind >= GEN_U8 && type->kind <= GEN_BOOL);
}

/* Returns few elements mostly, which fit into two eightbytes; a quarter are more. */
static uint16_t array_count(unsigned which) {
  static const uint8_t many[8] = {9, 12, 15, 16, 17, 31, 33, 64};
  return which < 24 ? (uint16_t)(1 + which % 8) : many[which % 8];
}

/* Reads a type, and a byte for the form: mostly plain. */
static gen_member choose_member(const builder *b, unsigned depth) {
  bool refused = allows(b, GEN_ALLOW_REFUSED);
  gen_member member = {.type = choose_type(b, depth + 1), .form = GEN_PLAIN};
  unsigned byte = gen_source_byte(b->source);
  unsigned which = byte / 8;
  switch (byte % 8) {
    case 1:
      member.form = GEN_ARRAY;
      member.count = array_count(which);
      if (refused && which == 31) member.count = 0;
      if (refused && which == 30) member.form = GEN_FLEXIBLE;
      break;
    case 2:
    case 3:
      if (!allows(b, GEN_ALLOW_BIT_FIELDS) || !is_integer(member.type)) break;
      member.form = GEN_BIT_FIELD;
      member.bits = 1;
      if (member.type->kind != GEN_BOOL) {
        member.bits = (uint8_t)(1 + gen_source_byte(b->source) % (8 * member.type->size));
      }
      if (refused && which % 8 == 7) member.form = GEN_UNNAMED_BIT_FIELD;
      break;
    case 4:
      if (which % 4 == 0) member.align = (uint8_t)(2u << (which / 4 % 6));
      if (refused && which == 31) member.align = 2 * GEN_MAX_ALIGN;
      break;
    case 5:
      member.packed = which % 4 == 3;
      break;
    default:
      break;
  }
  return member;
}

/* Reads a head of three bytes, then members. Half of all aggregates are to fit into 16 bytes, where
 * the rules are; a member that would make one larger than it is to be is left out. */
static const gen_type *choose_aggregate(const builder *b, unsigned depth) {
  unsigned head = gen_source_byte(b->source);
  unsigned attributes = gen_source_byte(b->source);
  unsigned extent = gen_source_byte(b->source);
  gen_kind kind = head % 4 == 3 ? GEN_UNION : GEN_STRUCT;
  bool packed = attributes % 8 == 7;
  unsigned aligned = attributes / 8 % 8 == 7 ? 2u << (attributes / 64 + extent / 128 * 2) : 0;
  if (allows(b, GEN_ALLOW_REFUSED) && attributes == 254) aligned = 2 * GEN_MAX_ALIGN;
  static const size_t limits[] = {16, 16, 16, 16, 32, 64, 64, LARGEST};
  size_t limit = limits[extent % 8];
  size_t num_members = head / 4 % 8 == 7 ? head / 32 * 2 : 1 + head / 4 % 8 / 2;

  gen_layout layout;
  gen_layout_begin(&layout, kind, packed, aligned);
  gen_member members[GEN_MAX_MEMBERS];
  size_t num = 0;
  for (size_t i = 0; i < num_members; i++) {
    gen_member member = choose_member(b, depth);
    gen_layout with_it = layout;
    gen_layout_add(&with_it, &member);
    if (gen_layout_size(&with_it) > limit) continue;
    layout = with_it;
    members[num++] = member;
    if (member.form == GEN_FLEXIBLE) break;
  }
  /* A flexible array is the last of a struct that has something before it. */
  if (num != 0 && members[num - 1].form == GEN_FLEXIBLE && (num == 1 || kind == GEN_UNION)) num--;
  gen_pool *pool = &b->out->pool;
  const gen_type *type = gen_type_make(pool, kind, packed, aligned, members, num);
  if (type != NULL && !allows(b, GEN_ALLOW_REFUSED) && type->oddities != 0) {
    pool->num_types -= 1; /* so that none takes it for an earlier one */
    return NULL;
  }
  return type;
}

/* ---- Cases ---- */

void gen_case_clear(gen_case *out) {
  out->result = (gen_value){gen_scalar(GEN_VOID), NULL};
  out->num_args = 0;
  out->num_fixed = GEN_NOT_VARIADIC;
  out->way = 0;
  gen_pool_reset(&out->pool);
}

/* Makes room for a value; false if there is none. */
static bool make_value(gen_pool *pool, const gen_type *type, gen_value *out) {
  *out = (gen_value){type, NULL};
  if (type->size == 0) return true;
  size_t align = type->align < GEN_MAX_ALIGN ? type->align : GEN_MAX_ALIGN;
  size_t at = (pool->num_bytes + align - 1) / align * align;
  if (at > sizeof pool->bytes || type->size > sizeof pool->bytes - at) return false;
  out->bytes = &pool->bytes[at];
  pool->num_bytes = at + type->size;
  return true;
}

static bool add_argument(gen_case *out, const gen_type *type) {
  if (out->num_args == GEN_MAX_ARGS) return false;
  if (!make_value(&out->pool, type, &out->args[out->num_args])) return false;
  out->num_args += 1;
  return true;
}

bool gen_case_add(gen_case *out, const gen_type *type) {
  if (!add_argument(out, type)) return false;
  gen_value_fill(&out->args[out->num_args - 1], GEN_GRAFFITI, out->num_args - 1);
  return true;
}

bool gen_case_set_result(gen_case *out, const gen_type *type) {
  if (!make_value(&out->pool, type, &out->result)) return false;
  gen_value_fill(&out->result, GEN_GRAFFITI, GEN_MAX_ARGS);
  return true;
}

static void choose_value(const builder *b, const gen_value *value, size_t number) {
  gen_style style = (gen_style)(gen_source_byte(b->source) % GEN_NUM_STYLES);
  gen_value_fill_from(value, style, number, b->source);
}

static bool choose_argument(const builder *b) {
  const gen_type *type = choose_type(b, 0);
  bool unnamed = b->out->num_args >= b->out->num_fixed;
  if (unnamed && !allows(b, GEN_ALLOW_REFUSED)) {
    /* C's default argument promotions make a double of it. */
    if (type->kind == GEN_F32) type = gen_scalar(GEN_F64);
  }
  size_t number = b->out->num_args;
  if (!add_argument(b->out, type)) return false;
  choose_value(b, &b->out->args[number], number);
  return true;
}

static void choose_head(const builder *b) {
  gen_case *out = b->out;
  gen_case_clear(out);
  out->way = gen_source_byte(b->source);
  unsigned variadic = gen_source_byte(b->source);
  if (allows(b, GEN_ALLOW_VARIADIC) && variadic % 2 != 0) {
    out->num_fixed = variadic / 2 % 16;
    if (variadic / 32 == 7) out->num_fixed = 16 + 4 * out->num_fixed;
  }
  if (!allows(b, GEN_ALLOW_RESULT)) return;
  /* An eighth of the results are void. */
  unsigned is_void = gen_source_byte(b->source) % 8 == 0;
  if (is_void) return;
  const gen_type *type = choose_type(b, 0);
  if (!make_value(&out->pool, type, &out->result)) return;
  choose_value(b, &out->result, GEN_MAX_ARGS);
}

static void finish(gen_case *out) {
  if (out->num_fixed != GEN_NOT_VARIADIC && out->num_fixed > out->num_args) {
    out->num_fixed = out->num_args;
  }
}

void gen_case_from_bytes(gen_case *out, const gen_options *options, const uint8_t *data,
                         size_t size) {
  gen_source source = gen_source_of_bytes(data, size);
  const builder b = {out, options, &source};
  choose_head(&b);
  while (source.at < source.end && out->num_args < options->max_args) {
    if (!choose_argument(&b)) break;
  }
  finish(out);
}

void gen_case_from_seed(gen_case *out, const gen_options *options, uint64_t seed, size_t num_args) {
  gen_source source = gen_source_of_seed(seed);
  const builder b = {out, options, &source};
  choose_head(&b);
  while (out->num_args < num_args) {
    if (!choose_argument(&b)) break;
  }
  finish(out);
}

void gen_case_from_sequence(gen_case *out, const gen_kind *kinds, size_t num_kinds, size_t num_args,
                            uint64_t index) {
  gen_case_clear(out);
  for (size_t i = 0; i < num_args; i++) {
    gen_case_add(out, gen_scalar(kinds[index % num_kinds]));
    index /= num_kinds;
  }
}
