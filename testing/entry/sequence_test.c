/* Many arguments: short sequences of the two classes in full, longer ones at random. */
#include "testing/entry/call.h"
#include "testing/harness/harness.h"

enum { MAX_ENUMERATED = 12, MAX_RANDOM = 200 };

CTX_TEST(Sequence, AllOfUpTo12IntegersAndFloats) {
  struct ctx_test_arg args[MAX_ENUMERATED];
  for (size_t num_args = 0; num_args <= MAX_ENUMERATED; ++num_args) {
    for (unsigned sequence = 0; sequence < 1u << num_args; ++sequence) {
      for (size_t i = 0; i < num_args; ++i) {
        args[i].kind = (sequence >> i & 1) != 0 ? CTX_KIND_F64 : CTX_KIND_U64;
        args[i].bits = ctx_test_graffiti(i);
      }
      enum ctx_call_with with = (enum ctx_call_with)(sequence % CTX_NUM_CALL_WITH);
      if (!EXPECT_NO_COMPLAINT(ctx_call_probe(args, num_args, with))) return;
    }
  }
}

static struct ctx_test_arg random_arg(uint64_t *seed) {
  const ctx_kind first = CTX_KIND_U8;
  ctx_kind kind = (ctx_kind)(first + ctx_test_random(seed) % (CTX_KIND_F64 + 1 - first));
  return (struct ctx_test_arg){kind, ctx_test_random(seed)};
}

CTX_TEST(Sequence, UpTo200OfAllKindsMixed) {
  static struct ctx_test_arg args[MAX_RANDOM];
  uint64_t seed = 1;
  for (size_t num_args = 0; num_args <= MAX_RANDOM; ++num_args) {
    for (int repetition = 0; repetition < 4; ++repetition) {
      for (size_t i = 0; i < num_args; ++i)
        args[i] = random_arg(&seed);
      if (!EXPECT_NO_COMPLAINT(ctx_call_probe_all_ways(args, num_args))) return;
    }
  }
}

/* Where one class fills up long before the other. */
CTX_TEST(Sequence, UpTo200OfMostlyOneClass) {
  static struct ctx_test_arg args[MAX_RANDOM];
  uint64_t seed = 2;
  for (size_t num_args = 1; num_args <= MAX_RANDOM; ++num_args) {
    bool mostly_vector = num_args % 2 != 0;
    for (size_t i = 0; i < num_args; ++i) {
      do {
        args[i] = random_arg(&seed);
      } while (ctx_test_kind_is_vector(args[i].kind) != mostly_vector &&
               ctx_test_random(&seed) % 16 != 0);
    }
    if (!EXPECT_NO_COMPLAINT(ctx_call_probe_all_ways(args, num_args))) return;
  }
}
