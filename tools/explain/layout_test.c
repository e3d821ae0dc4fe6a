/* Types are laid out as the compiler of this test lays them out: each is written once, for the
 * compiler and, as text, for the parser. */
#include "tools/explain/layout.h"

#include <mmintrin.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <xmmintrin.h>

#include "testing/harness/harness.h"
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

/* Returns the place of the member of that name, those of anonymous members included; SIZE_MAX:
 * none. */
static size_t bit_offset_of(const type *t, const char *text) {
  for (const member *m = t->members; m != NULL; m = m->next) {
    if (m->name != NULL && strcmp(m->name, text) == 0) return m->bit_offset;
    size_t inner = m->name == NULL ? bit_offset_of(m->type, text) : SIZE_MAX;
    if (inner != SIZE_MAX) return m->bit_offset + inner;
  }
  return SIZE_MAX;
}

/* Earlier declarations would give these; the tests below use the names. */
static const char earlier[] =
    "typedef int aligned_int __attribute__((aligned(16)));"
    "typedef int unaligned_int __attribute__((aligned(1)));"
    "typedef float four_floats __attribute__((vector_size(16)));"
    "typedef int matrix[2][3];"
    "enum colour {RED, GREEN};"
    "enum __attribute__((packed)) small {LOW = -1, HIGH = 127};"
    "enum wide {HUGE_ONE = 0x100000000};"
    "struct nine {char c[9];};";

typedef int aligned_int __attribute__((aligned(16)));
typedef int unaligned_int __attribute__((aligned(1)));
typedef float four_floats __attribute__((vector_size(16)));
typedef int matrix[2][3];
enum colour { RED, GREEN };
enum __attribute__((packed)) small { LOW = -1, HIGH = 127 };
struct nine {
  char c[9];
};
enum wide { HUGE_ONE = 0x100000000 };

struct unknown;

static void check_layout(const char *text, const char *type_text, size_t size, size_t align,
                         const place *places, size_t num_places) {
  arena memory = {0};
  fault f;
  ctx_test_note("%s", text);
  char *source =
      arena_print(&memory, "%s%s; void f(%s *, %s);", earlier, text, type_text, type_text);
  declaration d = declaration_parse(source, &memory, &f);
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

/* LAYOUT(Rule, struct or union, members, body): the members are M(name) or, for bit-fields,
 * B(name), which is where the bits are in a value that has no others. */
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

/* clang-format off */
LAYOUT(MembersAreAligned, struct, M(a) M(b) M(c) M(d), {char a; int b; short c; double d;})
LAYOUT(TheEndIsPadded, struct, M(a) M(b), {double a; char b;})
LAYOUT(AllIntegersHaveTheirSizes, struct, M(b) M(d) M(f) M(h) M(j) M(l) M(n),
       {char a; _Bool b; char c; short d; char e; unsigned f; char g; long h; char i; long long j;
        char k; unsigned long long l; char m; signed short int n;})
LAYOUT(WordsOfATypeComeInAnyOrder, struct, M(b) M(d) M(f),
       {char a; long unsigned int long b; char c; int short unsigned d; char e; double long f;})
LAYOUT(NamesOfStdintHaveTheirSizes, struct, M(b) M(d) M(f) M(h) M(j) M(l),
       {char a; int16_t b; char c; uint64_t d; char e; int_fast16_t f; char g; size_t h; char i;
        ptrdiff_t j; uint8_t k; intmax_t l;})
LAYOUT(FloatsHaveTheirSizes, struct, M(b) M(d) M(f) M(h),
       {char a; float b; char c; double d; char e; long double f; char g; __float128 h;})
LAYOUT(ComplexNumbersAreAlignedAsTheirParts, struct, M(b) M(d) M(f),
       {char a; float _Complex b; char c; _Complex double d; char e; long _Complex double f;})
LAYOUT(Int128IsAlignedToSixteen, struct, M(b) M(d),
       {char a; __int128 b; char c; unsigned __int128 d;})
LAYOUT(VectorsAreAlignedToTheirSize, struct, M(b) M(d) M(f),
       {char a; __m64 b; char c; __m128 d; char e; four_floats f;})
LAYOUT(PointersOfAllShapesAreEight, struct, M(b) M(d) M(f) M(h),
       {char a; void *b; char c; int (*d)(struct unknown, ...); char e; char *(*f[2])(int);
        char g; const char *const *volatile h;})
LAYOUT(ArraysAreElementsInARow, struct, M(b) M(c) M(e),
       {char a; int b[3]; char c[2][5]; char d; long e[1];})
LAYOUT(ArraysOfATypedefAreToo, struct, M(b) M(c), {char a; matrix b; matrix c[2];})
LAYOUT(SizesAreExpressions, struct, M(b) M(c),
       {char a; char b[sizeof(int) * 3 - (1 << 2) / 4]; char c[GREEN + _Alignof(double)]; short d;})
LAYOUT(UnionsOverlap, union, M(a) M(b) M(c), {char a; double b; char c[9];})
LAYOUT(EmptyStructsHaveNoSize, struct, , {})
LAYOUT(EmptyMembersTakeNoPlace, struct, M(b) M(c), {char a; struct {} b; char c;})
LAYOUT(EmptyMembersMayBeAligned, struct, M(b) M(c),
       {char a; struct {} b __attribute__((aligned(8))); char c;})
LAYOUT(NestedStructsKeepTheirPadding, struct, M(b) M(c),
       {char a; struct {int x; char y;} b; char c;})
LAYOUT(AnonymousMembersBelongToTheOuter, struct, M(a) M(b) M(c) M(d),
       {char a; union {int b; struct {short c, d;};}; char e;})
LAYOUT(TagsAreKnownLater, struct, M(b) M(c), {char a; struct nine b; struct nine *c;})
LAYOUT(SeveralDeclaratorsShareAType, struct, M(a) M(b) M(c) M(d), {short a, *b, c[3], d;})
LAYOUT(EnumsAreUnsignedInts, struct, M(b) M(c), {char a; enum colour b; enum {ONE, TWO} c;})
LAYOUT(PackedEnumsAreSmall, struct, M(b) M(c), {char a; enum small b; char c;})
LAYOUT(WideEnumsAreLong, struct, M(b), {char a; enum wide b;})

LAYOUT(PackedStructsHaveNoPadding, struct, M(b) M(c),
       {char a; double b; short c;} __attribute__((packed)))
LAYOUT(PackedMayComeFirst, struct __attribute__((__packed__)), M(b), {char a; int b;})
LAYOUT(PackedMembersAreNotAligned, struct, M(b) M(c),
       {char a; double b __attribute__((packed)); int c;})
LAYOUT(PackedStructsDoNotPackInnerOnes, struct, M(b) M(c),
       {char a; struct {char x; int y;} b; int c;} __attribute__((packed)))
LAYOUT(PackedAndAlignedIsAligned, struct, M(b),
       {char a; long b;} __attribute__((packed, aligned(4))))
LAYOUT(AlignasAlignsAMember, struct, M(b) M(c), {char a; _Alignas(32) char b; char c;})
LAYOUT(AlignasTakesATypeToo, struct, M(b), {char a; _Alignas(double) char b;})
LAYOUT(AlignedStructsAreRoundedUp, struct, M(a) M(b), {char a; int b;} __attribute__((aligned(32))))
LAYOUT(AlignedMembersAlignTheStruct, struct, M(b) M(c),
       {char a; int b __attribute__((aligned(64))); char c;})
LAYOUT(AlignedWithoutANumberIsSixteen, struct, M(b), {char a; char b __attribute__((aligned));})
LAYOUT(AlignedTypedefsAlign, struct, M(b), {char a; aligned_int b;})
LAYOUT(UnalignedTypedefsDoNot, struct, M(b) M(c), {char a; unaligned_int b; short c;})
LAYOUT(PackedWinsOverATypedef, struct, M(b), {char a; aligned_int b;} __attribute__((packed)))

LAYOUT(BitFieldsShareAUnit, struct, B(a) B(b) B(c), {int a : 3; int b : 7; unsigned c : 22;})
LAYOUT(BitFieldsDoNotCrossTheirType, struct, B(a) B(b) B(c),
       {int a : 20; int b : 20; unsigned char c : 1;})
LAYOUT(BitFieldsOfMixedTypesPackTogether, struct, B(b) B(c) B(d),
       {char a; int b : 8; long c : 40; short d : 9;})
LAYOUT(BitFieldsFollowMembers, struct, B(b) M(c) B(d), {short a; int b : 5; char c; _Bool d : 1;})
LAYOUT(UnnamedBitFieldsTakePlace, struct, B(a) B(b), {int a : 3; int : 9; int b : 4;})
LAYOUT(UnnamedBitFieldsDoNotAlign, struct, M(a) B(b), {char a; int : 2; char b : 3;})
LAYOUT(BitFieldsOfNoBitsAlign, struct, B(a) B(b), {char a : 3; int : 0; char b : 2;})
LAYOUT(PackedBitFieldsCross, struct, B(a) B(b) B(c),
       {int a : 20; int b : 20; int c : 3;} __attribute__((packed)))
LAYOUT(PackedBitFieldMembersCross, struct, B(a) B(b),
       {int a : 20; int b : 20 __attribute__((packed));})
LAYOUT(AlignedBitFieldsAreAligned, struct, B(a) B(b),
       {int a : 3; int b : 5 __attribute__((aligned(8)));})
LAYOUT(BitFieldsOfEnumsAreAsWideAsTheEnum, struct, B(a) B(b),
       {enum colour a : 30; enum colour b : 3;})
LAYOUT(BitFieldsInUnionsBeginAtZero, union, B(a) B(b), {int a : 3; long b : 40;})
LAYOUT(Int128BitFieldsAreLong, struct, B(a) B(b), {__int128 a : 70; __int128 b : 50;})
/* clang-format on */
