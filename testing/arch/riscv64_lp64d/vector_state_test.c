/* The vector extension: a switch, an entry and a return leave the registers and their set-up as
 * they are, and code that is compiled for it keeps nothing in them across a switch in place.
 *
 * Compiled for a processor with vectors, and run on one (the target says so). The instructions are
 * numbers, since the assemblers of the compilers that ctx supports do not all know them. */
#include <string.h>

#include "ctx/ctx.h"
#include "ctx/inline.h"
#include "testing/harness/harness.h"
#include "testing/switching/forms.h"

enum { STACK_SIZE = 65536, NUM_REGISTERS = 32, MAX_VLENB = 256 };
CTX_STACK(stack, STACK_SIZE);

/* Of the registers, as many bytes as the processor's have; the set-up, by the registers' names. */
typedef struct vectors {
  uint8_t bytes[NUM_REGISTERS * MAX_VLENB];
  uint64_t vl, vtype, vxrm, vxsat;
} vectors;

#define CSR_VXSAT "0x009"
#define CSR_VXRM "0x00a"
#define CSR_VL "0xc20"
#define CSR_VTYPE "0xc21"
#define CSR_VLENB "0xc22"

static size_t vlenb(void) {
  size_t size;
  __asm__ volatile("csrr %0, " CSR_VLENB : "=r"(size));
  return size;
}

/* `vl8re8.v` and `vs8r.v`: eight whole registers from v(first) on, at a0. */
#define WHOLE_REGISTERS_(first, opcode)                                                  \
  ".4byte (7 << 29) | (1 << 25) | (8 << 20) | (10 << 15) | (" #first " << 7) | " #opcode \
  "\n\tadd a0, a0, %[step]\n\t"
#define ALL_REGISTERS_(opcode) \
  WHOLE_REGISTERS_(0, opcode)  \
  WHOLE_REGISTERS_(8, opcode) WHOLE_REGISTERS_(16, opcode) WHOLE_REGISTERS_(24, opcode)

__attribute__((__noinline__)) static void load_vectors(const vectors *from) {
  const size_t step = 8 * vlenb();
  register const uint8_t *at __asm__("a0") = from->bytes;
  /* `vsetvl zero, %[vl], %[vtype]` comes last: the loads do not depend on it. */
  register uint64_t vl __asm__("a1") = from->vl;
  register uint64_t vtype __asm__("a2") = from->vtype;
  __asm__ volatile(ALL_REGISTERS_(0x07) ".4byte (1 << 31) | (12 << 20) | (11 << 15) | (7 << 12) | 0x57\n\t"
                                        "csrw " CSR_VXRM ", %[vxrm]\n\t"
                                        "csrw " CSR_VXSAT ", %[vxsat]"
                   : "+r"(at)
                   : [step] "r"(step), "r"(vl), "r"(vtype), [vxrm] "r"(from->vxrm),
                     [vxsat] "r"(from->vxsat)
                   : "memory");
}

__attribute__((__noinline__)) static void store_vectors(vectors *to) {
  const size_t step = 8 * vlenb();
  register uint8_t *at __asm__("a0") = to->bytes;
  __asm__ volatile(ALL_REGISTERS_(0x27) : "+r"(at) : [step] "r"(step) : "memory");
  __asm__ volatile("csrr %0, " CSR_VL : "=r"(to->vl));
  __asm__ volatile("csrr %0, " CSR_VTYPE : "=r"(to->vtype));
  __asm__ volatile("csrr %0, " CSR_VXRM : "=r"(to->vxrm));
  __asm__ volatile("csrr %0, " CSR_VXSAT : "=r"(to->vxsat));
}

/* No two registers, and no two seeds, are alike. */
static vectors numbered(unsigned seed) {
  vectors v = {.vl = seed % 7 + 1, .vtype = (seed % 4) << 3, .vxrm = seed % 4, .vxsat = seed % 2};
  for (size_t i = 0; i < sizeof v.bytes; i++)
    v.bytes[i] = (uint8_t)(i / vlenb() * 5 + i + seed);
  return v;
}

static bool are_equal(const vectors *a, const vectors *b) {
  return memcmp(a->bytes, b->bytes, NUM_REGISTERS * vlenb()) == 0 && a->vl == b->vl &&
         a->vtype == b->vtype && a->vxrm == b->vxrm && a->vxsat == b->vxsat;
}

typedef struct world {
  ctx_context host, child;
  const swap_form *form;
  vectors at_entry, at_return;
} world;

static void entry(world *w) {
  store_vectors(&w->at_entry);
  const vectors yielded = numbered(2);
  load_vectors(&yielded);
  w->form->yield(&w->child);
  store_vectors(&w->at_return);
  const vectors returned = numbered(3);
  load_vectors(&returned);
}

static void swap_with(world *w, vectors *before, vectors *after) {
  load_vectors(before);
  w->form->swap(&w->host, &w->child);
  store_vectors(after);
}

CTX_TEST(VectorState, PassesThroughEachSwitch) {
  ASSERT_TRUE(vlenb() >= 16 && vlenb() <= MAX_VLENB);
  FOR_EACH_SWAP_FORM(form) {
    world w = {.form = form};
    ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)entry, CTX_ARGS(&w)));
    vectors entered = numbered(1), resumed = numbered(4), after;
    const vectors yielded = numbered(2), returned = numbered(3);
    swap_with(&w, &entered, &after);
    EXPECT_TRUE(are_equal(&entered, &w.at_entry));
    EXPECT_TRUE(are_equal(&yielded, &after));
    swap_with(&w, &resumed, &after);
    EXPECT_TRUE(are_equal(&resumed, &w.at_return));
    EXPECT_TRUE(are_equal(&returned, &after));
  }
}

/* ---- Code that is compiled for vectors ---- */

#if defined(__clang__) || __GNUC__ >= 14

static void clobber_for_ever(world *w) {
  const vectors other = numbered(5);
  for (;;) {
    load_vectors(&other);
    w->form->yield(&w->child);
  }
}

/* The compiler chooses registers for what is there before the switch and used after it. */
#define DEFINE_ACROSS(name, leave)                                                             \
  __attribute__((__noinline__)) static void name(world *w, const void *in, void *out) {        \
    __rvv_uint64m1_t low, high;                                                                \
    __asm__("vl1re64.v %0, (%1)" : "=vr"(low) : "r"(in));                                      \
    __asm__("vl1re64.v %0, (%1)" : "=vr"(high) : "r"((const char *)in + vlenb()));             \
    leave(&w->host, &w->child);                                                                \
    __asm__ volatile("vs1r.v %0, (%1)" : : "vr"(low), "r"(out) : "memory");                    \
    __asm__ volatile("vs1r.v %0, (%1)" : : "vr"(high), "r"((char *)out + vlenb()) : "memory"); \
  }
DEFINE_ACROSS(across_callless, ctx_swap)
DEFINE_ACROSS(across_inline, ctx_swap_inline)

CTX_TEST(VectorState, CompiledCodeKeepsNothingInRegisters) {
  static void (*const across[])(world *, const void *, void *) = {across_callless, across_inline};
  for (size_t i = 0; i < sizeof across / sizeof across[0]; i++) {
    world w = {.form = &swap_forms[0]};
    ASSERT_EQ(CTX_OK,
              ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)clobber_for_ever, CTX_ARGS(&w)));
    const vectors in = numbered(1);
    vectors out = numbered(2);
    across[i](&w, in.bytes, out.bytes);
    EXPECT_EQ(0, memcmp(in.bytes, out.bytes, 2 * vlenb()));
  }
}

#else /* this compiler has no types for vector registers, so nothing can be in one */
CTX_TEST(VectorState, CompiledCodeKeepsNothingInRegisters) {
  CTX_SKIP("the compiler has no types for vector registers");
}
#endif
