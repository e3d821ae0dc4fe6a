/* Types are laid out as the compiler of this test lays them out, for its own processor: each is
 * written once, for the compiler and, as text, for the parser. */
#include "tools/explain/layout.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <wchar.h>
#ifdef __x86_64__
#include <xmmintrin.h>
#endif

#include "testing/harness/harness.h"
#include "tools/explain/bit_offset.h"
#include "tools/explain/declaration.h"

/* Extensions of gcc and clang are what this is about: __int128, empty structs, enumerators above
 * int. */
#pragma GCC diagnostic ignored "-Wpedantic"

typedef struct place {
  const char *name;
  size_t bit_offset;
} place;

static size_t first_bit(const void *value, size_t size) {
  const unsigned char *bytes = value;
  for (size_t i = 0; i < size * 8; i++) {
    if ((bytes[i / 8] >> (i % 8) & 1) != 0) return i;
  }
  return SIZE_MAX;
}

/* The earlier declarations, as text; the types below need them, too. */
#define EARLIER(...)                          \
  static const char earlier[] = #__VA_ARGS__; \
  __VA_ARGS__
#define LAYOUT(...)
#define LAYOUT_BY_HEADERS(...)
#define LAYOUT_ON_X86_64(...)
#include "tools/explain/layout_rows.inc"
#undef EARLIER
#undef LAYOUT
#undef LAYOUT_BY_HEADERS
#undef LAYOUT_ON_X86_64

static void check_layout(const char *text, const char *type_text, size_t size, size_t align,
                         const place *places, size_t num_places) {
  arena memory = {0};
  fault f;
  ctx_test_note("%s", text);
  char *source =
      arena_print(&memory, "%s %s; void f(%s *, %s);", earlier, text, type_text, type_text);
  declaration d = declaration_parse(abi_of_host(), source, &memory, &f);
  EXPECT_NO_COMPLAINT(f.message != NULL ? f.message : "");
  if (f.message == NULL) {
    const type *t = d.function->parameters->next->type;
    EXPECT_EQ(size, t->size);
    EXPECT_EQ(align, t->align);
    for (size_t i = 0; i < num_places; i++) {
      ctx_test_note("%s: %s", text, places[i].name);
      EXPECT_EQ(places[i].bit_offset, bit_offset_of(t, places[i].name));
    }
  }
  arena_free(&memory);
}

/* A bit-field is where the bits are in a value that has no others. */
#define LAYOUT(rule, keyword, members, ...)                                                       \
  CTX_TEST(Layout, rule) {                                                                        \
    typedef keyword rule __VA_ARGS__ T;                                                           \
    const place places[] = {members{NULL, 0}};                                                    \
    check_layout(#keyword " " #rule " " #__VA_ARGS__, #keyword " " #rule, sizeof(T), _Alignof(T), \
                 places, sizeof places / sizeof places[0] - 1);                                   \
  }
#define M(member) {#member, offsetof(T, member) * 8},
#define B(member)                     \
  {#member, __extension__({           \
     T value;                         \
     memset(&value, 0, sizeof value); \
     value.member = 1;                \
     first_bit(&value, sizeof value); \
   })},

#define EARLIER(...)
#define LAYOUT_BY_HEADERS LAYOUT
#ifdef __x86_64__
#define LAYOUT_ON_X86_64 LAYOUT
#else
#define LAYOUT_ON_X86_64(...)
#endif
#include "tools/explain/layout_rows.inc"
