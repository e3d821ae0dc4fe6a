/* The bytes of values. */
#include <string.h>

#include "testing/generator/case.h"
#include "testing/generator/source.h"

enum { GARBAGE = 0x6b }; /* neither 0 nor graffiti */

/* The widths of IEEE formats, and of the one of 80 bits, which has an explicit integer bit above
 * its fraction. */
typedef struct format {
  unsigned bits;
  unsigned fraction_bits;
  bool has_integer_bit;
} format;

static format format_of(gen_kind kind) {
  switch (kind) {
    case GEN_F16:
      return (format){16, 10, false};
    case GEN_F32:
      return (format){32, 23, false};
    case GEN_F64:
      return (format){64, 52, false};
    default: /* GEN_F128, GEN_LONG_DOUBLE */
      if (kind == GEN_LONG_DOUBLE && GEN_LONG_DOUBLE_BITS == 80) return (format){80, 63, true};
      return (format){128, 112, false};
  }
}

static void set_bits(uint8_t *bytes, unsigned first, unsigned end) {
  for (unsigned bit = first; bit < end; bit++)
    bytes[bit / 8] |= (uint8_t)(1u << (bit % 8));
}

/* A floating-point number whose bytes are 0 so far. */
static void write_floating(uint8_t *bytes, gen_kind kind, gen_style style) {
  format f = format_of(kind);
  unsigned exponent = f.fraction_bits + f.has_integer_bit; /* where it begins */
  unsigned sign = f.bits - 1;
  switch (style) {
    case GEN_LEAST: /* -0.0 */
      set_bits(bytes, sign, f.bits);
      return;
    case GEN_GREATEST:
      set_bits(bytes, 0, f.fraction_bits);
      set_bits(bytes, exponent + 1, sign);
      break;
    case GEN_DENORMAL:
      set_bits(bytes, 0, 1);
      return;
    case GEN_QUIET_NAN:
      set_bits(bytes, f.fraction_bits - 4, f.fraction_bits);
      set_bits(bytes, 1, 3);
      set_bits(bytes, exponent, sign);
      break;
    case GEN_SIGNALLING_NAN:
      set_bits(bytes, 0, 5);
      set_bits(bytes, exponent, sign);
      break;
    case GEN_INFINITY:
      set_bits(bytes, exponent, f.bits);
      break;
    default: /* GEN_ONES: a NaN as well */
      set_bits(bytes, 0, f.bits);
      break;
  }
  /* The integer bit is 1, except in zeros and denormals. */
  if (f.has_integer_bit) set_bits(bytes, f.fraction_bits, exponent);
}

/* The same styles for an integer, or for a vector as if it were one. */
static void write_integer(uint8_t *bytes, unsigned bits, gen_style style) {
  switch (style) {
    case GEN_LEAST:
      set_bits(bytes, bits - 1, bits);
      break;
    case GEN_GREATEST:
      set_bits(bytes, 0, bits - 1);
      break;
    case GEN_DENORMAL:
      set_bits(bytes, 0, 1);
      break;
    case GEN_QUIET_NAN:
      set_bits(bytes, bits / 2, bits - 1);
      break;
    case GEN_SIGNALLING_NAN:
      set_bits(bytes, 0, bits / 2);
      break;
    case GEN_INFINITY:
      set_bits(bytes, bits / 2, bits);
      break;
    default: /* GEN_ONES */
      set_bits(bytes, 0, bits);
      break;
  }
}

typedef struct writer {
  uint8_t *bytes;
  gen_style style;
  size_t number;
  gen_source *source; /* of GEN_RAW */
} writer;

/* Returns the bytes of GEN_GRAFFITI from `byte` on, up to 64 of them: most of what is written is
 * this. */
static const uint8_t *graffiti(size_t number, size_t byte) {
#define EIGHT(n) \
  0x80 + (n), 0x81 + (n), 0x82 + (n), 0x83 + (n), 0x84 + (n), 0x85 + (n), 0x86 + (n), 0x87 + (n)
#define SIXTY_FOUR(n)                                                                           \
  EIGHT(n), EIGHT((n) + 8), EIGHT((n) + 16), EIGHT((n) + 24), EIGHT((n) + 32), EIGHT((n) + 40), \
      EIGHT((n) + 48), EIGHT((n) + 56)
  static const uint8_t bytes[128 + 64] = {SIXTY_FOUR(0), SIXTY_FOUR(64), SIXTY_FOUR(0)};
  return &bytes[(37 * number + byte) % 128];
}

/* Copies the lowest bits of `from` to a bit of `to`. */
static void copy_bits(uint8_t *to, size_t at, const uint8_t *from, size_t bits) {
  if (at % 8 == 0 && bits % 8 == 0) {
    memcpy(to + at / 8, from, bits / 8);
    return;
  }
  for (size_t i = 0; i < bits; i++, at++) {
    uint8_t bit = (uint8_t)(1u << (at % 8));
    bool is_set = (from[i / 8] >> (i % 8) & 1) != 0;
    to[at / 8] = (uint8_t)(is_set ? to[at / 8] | bit : to[at / 8] & ~bit);
  }
}

static void write_leaf(void *data, const gen_leaf *leaf) {
  const writer *to = data;
  gen_shape shape = gen_scalar_shape(leaf->kind);
  size_t size = (leaf->bits + 7) / 8;
  uint8_t bytes[64];
  if (to->style == GEN_GRAFFITI) {
    memcpy(bytes, graffiti(to->number, leaf->bit_offset / 8), size);
  } else if (to->style == GEN_RAW) {
    for (size_t i = 0; i < size; i++)
      bytes[i] = gen_source_byte(to->source);
  } else {
    memset(bytes, 0, size);
    if (to->style == GEN_ZEROS) {
      /* done */
    } else if (shape == GEN_FLOATING || shape == GEN_EXTENDED) {
      write_floating(bytes, leaf->kind, to->style);
    } else {
      write_integer(bytes, (unsigned)leaf->bits, to->style);
    }
  }
  if (shape == GEN_BOOLEAN) bytes[0] &= 1;
  copy_bits(to->bytes, leaf->bit_offset, bytes, leaf->bits);
}

void gen_value_fill_from(const gen_value *value, gen_style style, size_t number,
                         gen_source *source) {
  const gen_type *type = value->type;
  if (type->size == 0) return;
  if (style == GEN_GRAFFITI && type->kind >= GEN_U8 && type->kind <= GEN_F64) {
    /* This does the same as the code below, for most cases. */
    memcpy(value->bytes, graffiti(number, 0), type->size);
    if (type->kind == GEN_BOOL) value->bytes[0] &= 1;
    return;
  }
  memset(value->bytes, GARBAGE, type->size);
  writer to = {value->bytes, style, number, source};
  gen_for_each_leaf(type, write_leaf, &to);
}

void gen_value_fill(const gen_value *value, gen_style style, size_t number) {
  gen_value_fill_from(value, style, number, NULL);
}
