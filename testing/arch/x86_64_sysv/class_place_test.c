/* Classes to places, where no call shows them: what lies around the classes is not looked at, and
 * what was in the place before is gone. */
#include <string.h>

#include "ctx/arch/x86_64_sysv/place.h"
#include "ctx/ctx.h"
#include "testing/harness/harness.h"

/* A vector of 64 bytes takes all eightbytes that there are. */
static struct {
  ctx_classes classes;
  uint8_t behind[16];
} longest;

static void classify_longest(void) {
  ctx_classify(&ctx_type_v512, &longest.classes);
  memset(longest.behind, CTX_CLASS_SSEUP, sizeof longest.behind);
}

CTX_TEST(ClassPlace, LongestArgumentEndsWithItsClasses) {
  classify_longest();
  ctx_placer placer = {0};
  ctx_place place;
  ctx_place_next(&placer, &ctx_type_v512, &longest.classes, CTX_PLAIN, &place);
  EXPECT_EQ(1, place.num_pieces);
  EXPECT_EQ(64, place.pieces[0].size);
  EXPECT_EQ(64, placer.vector_size);
}

CTX_TEST(ClassPlace, LongestResultEndsWithItsClasses) {
  classify_longest();
  ctx_result_place place;
  ctx_place_result(&ctx_type_v512, &longest.classes, &place);
  EXPECT_EQ(1, place.num_pieces);
  EXPECT_EQ(64, place.pieces[0].size);
}

CTX_TEST(ClassPlace, EmptyResultGoesNowhere) {
  ctx_classes classes;
  ctx_classify(&ctx_type_void, &classes);
  EXPECT_EQ(0, classes.num);
  ctx_result_place place;
  memset(&place, 0xff, sizeof place);
  ctx_place_result(&ctx_type_void, &classes, &place);
  EXPECT_EQ(CTX_WHERE_NOWHERE, place.where);
  EXPECT_EQ(0, place.num_pieces);
}

/* union { long double; struct { } of 16 bytes; }: padding takes nothing from what is beside it. */
CTX_TEST(ClassPlace, PaddingHasNoClass) {
  const ctx_type padding = {CTX_KIND_STRUCT, 0, 16, 16, "padding", NULL, 0};
  const ctx_member members[] = {{.name = "l", .type = &ctx_type_long_double, .count = 1},
                                {.name = "p", .type = &padding, .count = 1}};
  const ctx_type type = {CTX_KIND_UNION, 0, 16, 16, "u", members, 2};
  ctx_classes classes;
  ctx_classify(&type, &classes);
  EXPECT_EQ(2, classes.num);
  EXPECT_EQ(CTX_CLASS_X87, classes.eightbyte[0]);
  EXPECT_EQ(CTX_CLASS_X87UP, classes.eightbyte[1]);
}
