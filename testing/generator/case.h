/* A case: one call, whole. The types of the result and of the arguments, how many of them are
 * fixed, and the bytes of every value.
 *
 * From bytes (any: a fuzzer's), from a seed, or by number: gen_case_from_bytes, gen_case_from_seed,
 * gen_case_from_sequence. All are deterministic, the same on every machine. */
#ifndef CTX_TESTING_GENERATOR_CASE_H_
#define CTX_TESTING_GENERATOR_CASE_H_

#include "testing/generator/type.h"

enum { GEN_MAX_ARGS = 1024 };

/* num_fixed of a function that has no ellipsis. */
#define GEN_NOT_VARIADIC SIZE_MAX

typedef struct gen_value {
  const gen_type *type;
  /* type->size bytes, aligned as the type is (GEN_MAX_ALIGN at most). The bits that type->cover has
   * are the value, the others are garbage: a copy of padding shows. Null if type->size is 0. */
  uint8_t *bytes;
} gen_value;

typedef struct gen_case {
  gen_value result; /* the type may be GEN_VOID: then no bytes */
  size_t num_args;
  size_t num_fixed; /* arguments before the ellipsis, 0 to num_args (0: `f(...)` is C23's, and
                     * called through a cast in C11); or GEN_NOT_VARIADIC */
  unsigned way;     /* a byte for the user of the case to choose by: how it is called */
  gen_value args[GEN_MAX_ARGS];
  gen_pool pool; /* where the types and the bytes are */
} gen_case;

/* These may occur in a case, beside the scalars that ctx_value can hold. */
typedef enum gen_allow {
  GEN_ALLOW_I128 = 1, /* both signs */
  GEN_ALLOW_F16 = 2,
  GEN_ALLOW_F128 = 4,
  GEN_ALLOW_LONG_DOUBLE = 8,
  GEN_ALLOW_COMPLEX = 16,     /* of long double: with the above */
  GEN_ALLOW_WIDE = 31,        /* all of these */
  GEN_ALLOW_VECTORS = 32,     /* of up to max_vector bytes */
  GEN_ALLOW_AGGREGATES = 64,  /* of all that is allowed */
  GEN_ALLOW_BIT_FIELDS = 128, /* in aggregates */
  GEN_ALLOW_VARIADIC = 256,
  GEN_ALLOW_RESULT = 512, /* other than void */
  GEN_ALLOW_ALL = 1023,   /* all of the above */
  /* Also what compilers disagree on (gen_oddity), and a float after an ellipsis. */
  GEN_ALLOW_REFUSED = 1024
} gen_allow;

typedef struct gen_options {
  size_t max_args;   /* up to GEN_MAX_ARGS */
  size_t max_vector; /* 8, 16, 32 or 64 bytes */
  unsigned allow;    /* gen_allow bits */
} gen_options;

/* Any bytes are a case: what is missing at the end reads as 0. */
void gen_case_from_bytes(gen_case *out, const gen_options *options, const uint8_t *data,
                         size_t size);

/* A random case of num_args arguments, which is at most options->max_args. Neighbouring seeds give
 * unrelated cases. */
void gen_case_from_seed(gen_case *out, const gen_options *options, uint64_t seed, size_t num_args);

/* Case number `index` of all sequences of num_args scalars out of `kinds`, in graffiti (below),
 * without a result: num_kinds to the power of num_args. */
void gen_case_from_sequence(gen_case *out, const gen_kind *kinds, size_t num_kinds, size_t num_args,
                            uint64_t index);

/* Hand-made cases: gen_case_clear, gen_type_make in out->pool, gen_case_add, gen_value_fill. */
void gen_case_clear(gen_case *out);
/* Adds an argument with graffiti for its value. False if the case is full. */
bool gen_case_add(gen_case *out, const gen_type *type);
bool gen_case_set_result(gen_case *out, const gen_type *type);

/* Values. A value is written leaf by leaf; bytes that belong to none hold garbage. */
typedef enum gen_style {
  /* Byte i of value number n is 0x80 | ((37 * n + i) & 0x7f): what is found in a wrong place shows
   * where it comes from (37 is odd, so the first 128 values all differ), and narrow integers are
   * negative. A bool has the byte's lowest bit. */
  GEN_GRAFFITI,
  GEN_ZEROS,
  GEN_ONES,      /* -1; the greatest unsigned; a NaN; true */
  GEN_LEAST,     /* the most negative integer; -0.0 */
  GEN_GREATEST,  /* the greatest signed integer; the greatest finite number */
  GEN_DENORMAL,  /* the least; integers: 1 */
  GEN_QUIET_NAN, /* with a payload, positive; integers: 0x7fc0... */
  GEN_SIGNALLING_NAN,
  GEN_INFINITY, /* negative */
  GEN_RAW,      /* from the source's bytes */
  GEN_NUM_STYLES
} gen_style;

/* gen_value_fill writes the value in a style other than GEN_RAW. The result is number GEN_MAX_ARGS.
 */
void gen_value_fill(const gen_value *value, gen_style style, size_t number);

/* gen_case_describe writes the case as a C prototype, on one line; returns the length that it would
 * have, as snprintf does. */
size_t gen_case_describe(const gen_case *from, char *out, size_t size);

#endif /* CTX_TESTING_GENERATOR_CASE_H_ */
