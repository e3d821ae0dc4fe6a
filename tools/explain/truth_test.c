/* The picture shows what an entry that ctx calls finds: each part of each register and stack slot,
 * bit for bit. */
#include <string.h>

#include "testing/harness/harness.h"
#include "tools/explain/call.h"
#include "tools/explain/contents.h"
#include "tools/explain/description.h"

enum { NUM_SLOTS = 64, MAX_ARGUMENTS = 32, MAX_VALUE = 256 };

/* The probe saw this at its first instruction. */
static struct seen {
  uint64_t gp[CTX_NUM_GP_REGISTERS];
  unsigned char xmm[CTX_NUM_VECTOR_REGISTERS][16];
  uint64_t rax;
  unsigned char slots[NUM_SLOTS * 8]; /* from rsp+8 up */
} seen __asm__("explain_seen") __attribute__((__used__));

/* An entry that keeps all that the picture shows. rcx and rdi are free once they are kept. */
__asm__(
    "  .text\n"
    "explain_probe:\n"
    "  endbr64\n"
    "  movq %rdi, explain_seen(%rip)\n"
    "  movq %rsi, explain_seen+8(%rip)\n"
    "  movq %rdx, explain_seen+16(%rip)\n"
    "  movq %rcx, explain_seen+24(%rip)\n"
    "  movq %r8, explain_seen+32(%rip)\n"
    "  movq %r9, explain_seen+40(%rip)\n"
    "  movups %xmm0, explain_seen+48(%rip)\n"
    "  movups %xmm1, explain_seen+64(%rip)\n"
    "  movups %xmm2, explain_seen+80(%rip)\n"
    "  movups %xmm3, explain_seen+96(%rip)\n"
    "  movups %xmm4, explain_seen+112(%rip)\n"
    "  movups %xmm5, explain_seen+128(%rip)\n"
    "  movups %xmm6, explain_seen+144(%rip)\n"
    "  movups %xmm7, explain_seen+160(%rip)\n"
    "  movq %rax, explain_seen+176(%rip)\n"
    "  leaq explain_seen+184(%rip), %rdi\n"
    "  leaq 8(%rsp), %rsi\n"
    "  movl $64, %ecx\n"
    "  rep movsq\n"
    "  ret\n");
void explain_probe(void);

_Static_assert(offsetof(struct seen, xmm) == 48 && offsetof(struct seen, rax) == 176 &&
                   offsetof(struct seen, slots) == 184 && NUM_SLOTS == 64,
               "the probe's numbers");

/* A stack with room above: the probe reads more slots than there are arguments. */
CTX_STACK(memory_of_stack, 65536);
enum { STACK_SIZE = 65536 - 1024 };

/* The values: no two bytes of an argument are the same, nor two arguments, and signs differ. */
static unsigned char values[MAX_ARGUMENTS][MAX_VALUE] __attribute__((__aligned__(64)));

static void fill_values(void) {
  for (size_t i = 0; i < MAX_ARGUMENTS; i++) {
    for (size_t k = 0; k < MAX_VALUE; k++)
      values[i][k] = (unsigned char)(0x91 * (i + 1) + 0x35 * k + 0x80 * (k % 3));
  }
}

static bool call_probe(const declaration *d, arena *memory, const call *c) {
  descriptions made = {.memory = memory};
  const ctx_type *types[MAX_ARGUMENTS];
  const void *pointers[MAX_ARGUMENTS];
  const char *message = NULL;
  for (size_t i = 0; i < c->num_arguments; i++) {
    types[i] = description_of(&made, c->arguments[i].type, UNNAMED_ARE_PADDING, &message);
    pointers[i] = values[i];
  }
  const ctx_type *result = description_of(&made, c->result, UNNAMED_ARE_PADDING, &message);
  ctx_signature *signature;
  ctx_status status =
      ctx_signature_create(&signature, result, types, c->num_arguments,
                           c->is_variadic ? d->function->num_fixed : CTX_NOT_VARIADIC);
  descriptions_free(&made);
  if (status != CTX_OK) return false;
  static ctx_context host;
  static ctx_context child;
  memset(memory_of_stack, 0xaa, sizeof memory_of_stack);
  memset(&seen, 0xbb, sizeof seen);
  status = ctx_init_signature(&child, memory_of_stack, STACK_SIZE, NULL, explain_probe, signature,
                              pointers);
  if (status == CTX_OK) ctx_swap(&host, &child);
  ctx_signature_destroy(signature);
  return status == CTX_OK;
}

static bool bit_at(const unsigned char *bytes, uint64_t bit) {
  return (bytes[bit / 8] >> (bit % 8) & 1) != 0;
}

/* A register's or a slot's bytes, of which the first is byte `from` of the value. */
static bool parts_hold(const part *first, const type *t, const unsigned char *value, size_t from,
                       const unsigned char *found) {
  for (const part *p = first; p != NULL; p = p->next) {
    /* Padding is 0, except where it shares a byte with a bit-field: bytes are copied whole. */
    if (p->kind == PART_PADDING && (p->begin % 8 != 0 || p->end % 8 != 0)) continue;
    for (uint64_t bit = p->begin; bit < p->end; bit++) {
      bool expected = p->kind == PART_VALUE && bit_at(value, (uint64_t)from * 8 + bit);
      if (p->kind == PART_EXTENSION && type_is_signed(t)) {
        expected = bit_at(value, (uint64_t)t->size * 8 - 1);
      }
      if (bit_at(found, bit) != expected) return false;
    }
  }
  return true;
}

static void check_argument(arena *memory, const argument *a, const unsigned char *value) {
  ctx_test_note("%s", a->text);
  ASSERT_TRUE(a->type->size <= MAX_VALUE);
  for (size_t i = 0; i < a->place.num_pieces; i++) {
    const ctx_piece *piece = &a->place.pieces[i];
    const part *parts =
        contents_of(memory, a->type, a->label, piece->from, piece->size, HOME_REGISTER);
    const void *found =
        piece->is_vector ? (const void *)seen.xmm[piece->index] : &seen.gp[piece->index];
    EXPECT_TRUE(parts_hold(parts, a->type, value, piece->from, found));
  }
  if (a->place.where != CTX_WHERE_MEMORY) return;
  size_t num_slots = (a->type->size + 7) / 8;
  ASSERT_TRUE(a->place.offset / 8 + num_slots <= NUM_SLOTS);
  for (size_t i = 0; i < num_slots; i++) {
    const part *parts = contents_of(memory, a->type, a->label, i * 8, 8, HOME_STACK);
    EXPECT_TRUE(parts_hold(parts, a->type, value, i * 8, seen.slots + a->place.offset + i * 8));
  }
}

static void check_declaration(const char *source) {
  arena memory = {0};
  fault f = {0};
  ctx_test_note("%s", source);
  declaration d = declaration_parse(source, &memory, &f);
  call c = {0};
  if (f.message == NULL) c = call_of(&d, &memory, &f);
  EXPECT_NO_COMPLAINT(f.message != NULL ? f.message : "");
  bool called = f.message == NULL && c.num_arguments <= MAX_ARGUMENTS;
  if (called) {
    fill_values();
    called = call_probe(&d, &memory, &c);
    for (size_t i = 0; called && i < c.num_arguments; i++)
      check_argument(&memory, &c.arguments[i], values[i]);
    if (c.is_variadic) EXPECT_EQ(c.placer.num_vector, seen.rax & 0xff);
  }
  EXPECT_TRUE(called);
  arena_free(&memory);
}

CTX_TEST(Truth, ScalarsAreWhereTheyAreShown) {
  check_declaration(
      "void f(char, unsigned char, short, unsigned short, int, unsigned, long, size_t, char, "
      "unsigned char, short, unsigned short, int, unsigned, void *, int (*)(int))");
  check_declaration(
      "double f(float, double, float, double, float, double, _Float16, __float128, float, double, "
      "_Float16, int, __float128)");
  check_declaration("void f(long double, int, long double, __int128, char, unsigned __int128)");
  check_declaration(
      "void f(_Complex float, _Complex double, _Complex long double, _Complex double, _Complex "
      "double, _Complex double, _Complex float)");
  check_declaration(
      "void f(__m64, __m128, __m128i, double, __m128d, float, __m64, __m128, __m128)");
}

CTX_TEST(Truth, AggregatesAreWhereTheyAreShown) {
  check_declaration(
      "void f(struct {float x, y;}, struct {int a; double b;}, struct {double a; char b;})");
  check_declaration(
      "struct {long a[9];} f(struct {char c[3];} a, struct {short s; char c;} b, struct {char a; "
      "long b; char c;} c, struct {} d, union {int i; float f; char c[3];} e)");
  check_declaration(
      "void f(long, long, long, long, long, struct {long a, b;} two, long last, struct {long a; "
      "float b;} mixed)");
  check_declaration(
      "void f(struct {int a : 3, b : 7; long c : 50;} bits, struct {char c; int i;} "
      "__attribute__((packed)) packed, struct {_Alignas(32) char c;} aligned, char after)");
  check_declaration(
      "void f(struct {struct {char a; short b;} in[3]; char c;} nested, struct {long double l; "
      "char "
      "c;} wide, struct {_Complex float z; char c;} mixed)");
}

CTX_TEST(Truth, VariadicArgumentsAreWhereTheyAreShown) {
  check_declaration(
      "int f(const char *, ..., double, int, float, char, long double, struct {float x; long y;})");
  check_declaration(
      "int f(int, ..., double, double, double, double, double, double, double, double, double)");
}

CTX_TEST(Truth, AHiddenPointerComesFirst) {
  check_declaration("struct {long a, b, c;} f(int n, ...)");
  EXPECT_TRUE((uintptr_t)memory_of_stack <= seen.gp[0] &&
              seen.gp[0] < (uintptr_t)memory_of_stack + STACK_SIZE);
}
