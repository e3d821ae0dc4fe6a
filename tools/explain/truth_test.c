/* The picture shows what an entry that ctx calls finds, on the processor of this test: each part of
 * each register, stack slot and copy, bit for bit. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "testing/harness/harness.h"
#include "testing/oracle/probe.h"
#include "tools/explain/call.h"
#include "tools/explain/contents.h"
#include "tools/explain/description.h"

enum { NUM_SLOTS = 64, MAX_ARGUMENTS = 32, MAX_VALUE = 256 };

/* ---- The probe's capture ---- */

/* Where registers of floating-point numbers have names of their own, they are in a list.
 * Otherwise they are vectors, and the names of each one's views end in its number. */
#ifdef CTX_TEST_FOR_EACH_FLOATING
static const void *captured_other(const char *name) {
#define COMPARE(register, number) \
  if (strcmp(name, #register) == 0) return &oracle_captured.registers.floating[number];
  CTX_TEST_FOR_EACH_FLOATING(COMPARE)
#undef COMPARE
  return NULL;
}
#else
static const void *captured_other(const char *name) {
  const char *number = name;
  while (!isdigit((unsigned char)*number))
    number++;
  return oracle_captured.registers.vector[atoi(number)];
}
#endif

/* Finds a register by its name. */
static const void *captured_register(const char *name) {
#define COMPARE(register, number) \
  if (strcmp(name, #register) == 0) return &oracle_captured.registers.general[number];
  CTX_TEST_FOR_EACH_GENERAL(COMPARE)
#undef COMPARE
  return captured_other(name);
}

/* From the first argument in memory up; copies are there, too. */
static const unsigned char *captured_memory(size_t offset) {
  return (const unsigned char *)oracle_captured.words + offset;
}

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
  memset(&oracle_captured, 0xbb, sizeof oracle_captured);
  oracle_capture_reset(NUM_SLOTS);
  status = ctx_init_signature(&child, memory_of_stack, STACK_SIZE, NULL, oracle_probe, signature,
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
      bool expected = p->kind == PART_ONES;
      if (p->kind == PART_VALUE) expected = bit_at(value, (uint64_t)from * 8 + bit);
      if (p->kind == PART_SIGN) expected = bit_at(value, (uint64_t)t->size * 8 - 1);
      if (bit_at(found, bit) != expected) return false;
    }
  }
  return true;
}

/* The slots from this offset on are those of the argument, from byte `from` on. */
static void check_memory(const call *c, arena *memory, const argument *a,
                         const unsigned char *value, size_t offset, size_t from) {
  size_t num_slots = (a->type->size - from + 7) / 8;
  ASSERT_TRUE(offset / 8 + num_slots <= NUM_SLOTS);
  for (size_t at = from; at < from + num_slots * 8; at += 8, offset += 8) {
    const part *parts = contents_of_slot(c->abi, memory, a->type, a->label, at);
    EXPECT_TRUE(parts_hold(parts, a->type, value, at, captured_memory(offset)));
  }
}

/* The address of the copy is where the place says, and the copy there. */
static void check_reference(const call *c, arena *memory, const argument *a,
                            const unsigned char *value) {
  size_t copy = call_copy(c, a);
  uint64_t address;
  const void *found = a->place.has_memory ? captured_memory(a->place.memory)
                                          : captured_register(a->place.pieces[0].name);
  memcpy(&address, found, sizeof address);
  EXPECT_EQ(oracle_arguments_address(&oracle_captured) + copy, address);
  EXPECT_EQ(0, address % a->type->align);
  check_memory(c, memory, a, value, copy, 0);
}

static void check_argument(const call *c, arena *memory, const argument *a,
                           const unsigned char *value) {
  ctx_test_note("%s", a->text);
  ASSERT_TRUE(a->type->size <= MAX_VALUE);
  if (a->place.is_reference) {
    check_reference(c, memory, a, value);
    return;
  }
  for (size_t i = 0; i < a->place.num_pieces; i++) {
    const piece *p = &a->place.pieces[i];
    const part *parts = contents_of_register(c->abi, memory, a->type, a->label, p);
    EXPECT_TRUE(parts_hold(parts, a->type, value, p->from, captured_register(p->name)));
  }
  if (a->place.has_memory) {
    check_memory(c, memory, a, value, a->place.memory, a->place.memory_from);
  }
}

/* Addresses are aligned as they are said to be, and registers without an argument have what they
 * are said to have. */
static void check_surroundings(const call *c) {
  const surroundings *s = &c->surroundings;
  uint64_t arguments = oracle_arguments_address(&oracle_captured);
  EXPECT_EQ(0, arguments % s->memory_align);
  if (s->copies_align != 0) EXPECT_EQ(0, (arguments + s->copies) % s->copies_align);
  for (size_t i = 0; i < s->num_others; i++) {
    const other_register *other = &s->others[i];
    ctx_test_note("%s", other->name);
    if (strcmp(other->text, "address of the result") == 0) {
      uint64_t address;
      memcpy(&address, captured_register(other->name), sizeof address);
      EXPECT_EQ(oracle_result_address(&oracle_captured), address);
      EXPECT_TRUE((uintptr_t)memory_of_stack <= address &&
                  address < (uintptr_t)memory_of_stack + STACK_SIZE);
    } else if (strcmp(other->name, "al") == 0) {
      EXPECT_EQ(strtoul(other->text, NULL, 10), *(const uint8_t *)captured_register("rax"));
    } else {
      EXPECT_STREQ("return address", other->text);
    }
  }
}

static void check_declaration(const char *source) {
  arena memory = {0};
  fault f = {0};
  ctx_test_note("%s", source);
  declaration d = declaration_parse(abi_of_host(), source, &memory, &f);
  call c = {0};
  if (f.message == NULL) c = call_of(&d, &memory, &f);
  EXPECT_NO_COMPLAINT(f.message != NULL ? f.message : "");
  bool called = f.message == NULL && c.num_arguments <= MAX_ARGUMENTS;
  if (called) {
    fill_values();
    called = call_probe(&d, &memory, &c);
    for (size_t i = 0; called && i < c.num_arguments; i++)
      check_argument(&c, &memory, &c.arguments[i], values[i]);
    if (called) check_surroundings(&c);
  }
  EXPECT_TRUE(called);
  arena_free(&memory);
}

CTX_TEST(Truth, ScalarsAreWhereTheyAreShown) {
  check_declaration(
      "void f(char, unsigned char, short, unsigned short, int, unsigned, long, size_t, char, "
      "unsigned char, short, unsigned short, int, unsigned, void *, int (*)(int))");
  check_declaration(
      "double f(int, float, double, float, double, float, double, _Float16, _Float128, float, "
      "double, _Float16, int, _Float128)");
  check_declaration("void f(long double, int, long double, __int128, char, unsigned __int128)");
  check_declaration(
      "void f(_Complex float, _Complex double, _Complex long double, _Complex double, _Complex "
      "double, _Complex double, _Complex float)");
  check_declaration("void f(wchar_t, signed char, char16_t, va_list, bool)");
}

CTX_TEST(Truth, VectorsAreWhereTheyAreShown) {
  check_declaration(
      "typedef int v64 __attribute__((vector_size(8))); typedef float v128 "
      "__attribute__((vector_size(16))); void f(v64, v128, v128, double, v128, float, v64, v128, "
      "v128, v64, v128)");
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
      "void f(long, long, long, long, long, long, long, struct {long a, b;} two, char last, char "
      "more, struct {char c[3];} small, __int128 wide, long end)");
  check_declaration(
      "void f(struct {int a : 3, b : 7; long c : 50;} bits, struct {char c; int i;} "
      "__attribute__((packed)) packed, struct {_Alignas(32) char c;} aligned, char after)");
  check_declaration(
      "void f(struct {struct {char a; short b;} in[3]; char c;} nested, struct {long double l; "
      "char c;} wide, struct {_Complex float z; char c;} mixed)");
}

/* On riscv64 these are a register for each member, as long as there are such; a pair of which one
 * half is in memory; and pairs that begin at an even register. On other processors they are not. */
CTX_TEST(Truth, PairsAreWhereTheyAreShown) {
  check_declaration(
      "struct {float a; int b;} f(struct {float f; signed char c;}, struct {unsigned a; double "
      "b;}, "
      "struct {double d; int n : 24;}, struct {_Float16 a, b;}, struct {_Complex float z;}, "
      "struct {char c; double d;} __attribute__((packed)), float, struct {float a, b;}, float)");
  check_declaration(
      "void f(unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, long double, "
      "unsigned, unsigned, __int128, float, unsigned)");
  check_declaration(
      "void f(unsigned a, ..., unsigned, __int128, struct {float a, b;}, double, long double, "
      "unsigned)");
}

CTX_TEST(Truth, HomogeneousAggregatesAreWhereTheyAreShown) {
  check_declaration(
      "struct {double a, b, c;} f(struct {float a, b, c;}, struct {double a[4];}, union {float a; "
      "float b[2];}, struct {_Float16 a;}, float)");
}

/* They are no copies on x86-64, but in memory themselves. */
CTX_TEST(Truth, CopiesAreWhereTheyAreShown) {
  check_declaration(
      "struct {char c[40];} f(int, struct {char c[17];} a, struct {long l[4]; char c;} b, long, "
      "long, long, long, struct {int n[5];} c, char, struct {short s[20];} d, char e)");
  check_declaration(
      "void f(struct {char c[20];} a, struct {_Alignas(64) char c[70];} b, char c, struct "
      "{_Alignas(32) long l[4];} d)");
  check_declaration(
      "void f(long, long, long, long, long, long, long, long, struct {char c[20];} a, char b)");
}

CTX_TEST(Truth, VariadicArgumentsAreWhereTheyAreShown) {
  check_declaration(
      "int f(const char *, ..., double, int, float, char, long double, struct {float x; long y;})");
  check_declaration(
      "int f(int, ..., double, double, double, double, double, double, double, double, double)");
}

CTX_TEST(Truth, TheResultsAddressIsWhereItIsShown) {
  check_declaration("struct {long a, b, c;} f(int n, ...)");
}
