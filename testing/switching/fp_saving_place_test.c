/* The number that a saving context is compared by is made of its address, which may be any: no bit
 * of it is taken for one of a control word, nor for that of a host that has declared nothing. */
#define _GNU_SOURCE
#include <sys/mman.h>

#include "ctx/ctx.h"
#include "testing/arch/arch.h"
#include "testing/harness/harness.h"
#include "testing/switching/forms.h"
#include CTX_TEST_ARCH(fp_words.h)

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

enum { STACK_SIZE = 32768, PAGE_SIZE = 4096 };
CTX_STACK(stack, STACK_SIZE);

/* Memory at this address, or null. */
static void *map_at(uintptr_t address, size_t size) {
  void *memory = mmap((void *)address, size, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
  if (memory == (void *)address) return memory;
  if (memory != MAP_FAILED) munmap(memory, size); /* a kernel that takes it for a hint */
  return NULL;
}

/* A page whose address has this lower half, or null. */
static void *map_page(uint32_t low) {
  for (uintptr_t high = 0x100; high < 0x7fff; high++) {
    void *page = map_at(high << 32 | low, PAGE_SIZE);
    if (page != NULL) return page;
  }
  return NULL;
}

static const ctx_options saves = {.flags = CTX_FLAG_FP_SAVE};
static ctx_context host;
static ctx_context *child;
static const swap_form *form;

/* Changes its words twice: what is saved the second time must not be what was declared the first
 * time. */
static void change_twice(const fp_words *changed) {
  FP_EXPECT(fp_usual);
  fp_set(*changed);
  form->swap(child, &host);
  FP_EXPECT(*changed);
  fp_set(fp_usual);
  form->swap(child, &host);
  FP_EXPECT(fp_usual);
}

/* Lower halves of addresses that are 0, and that are more and less than 0 as numbers with a sign.
 */
static const uint32_t lows[] = {0, 0x10000, 0x7fff0000, 0xffff0000};
enum { NUM_LOWS = sizeof lows / sizeof lows[0] };

static void change_words_twice(const fp_words *changed) {
  fp_set(fp_usual);
  ASSERT_EQ(CTX_OK, ctx_init_with_options(child, stack, STACK_SIZE, &saves, (ctx_entry)change_twice,
                                          CTX_ARGS((const void *)changed)));
  host = (ctx_context){0};
  for (int swaps = 0; swaps < 3; swaps++) {
    form->swap(&host, child);
    FP_EXPECT(fp_usual);
  }
  EXPECT_TRUE(ctx_has_returned(child));
}

CTX_TEST(FpSavingPlace, WordsAreKeptWhereverItLies) {
  for (size_t low = 0; low < NUM_LOWS; low++) {
    child = map_page(lows[low]);
    if (child == NULL) CTX_SKIP("no page is free whose address has the wanted lower half");
    FOR_EACH_SWAP_FORM(each) for (size_t i = 0; i < sizeof fp_others / sizeof fp_others[0]; i++) {
      form = each;
      ctx_test_note("%s, context at %p, words %zu", form->name, (void *)child, i);
      change_words_twice(&fp_others[i]);
    }
    munmap(child, PAGE_SIZE);
  }
}

/* A page and a stack whose addresses have no bit in common; false if there are none. */
static bool map_apart(void **page, void **far_stack) {
  for (int bit = 46; bit > 32; bit--) {
    *page = map_at((uintptr_t)1 << bit, PAGE_SIZE);
    *far_stack = map_at((uintptr_t)1 << (bit - 1), STACK_SIZE);
    if (*page != NULL && *far_stack != NULL) return true;
    if (*page != NULL) munmap(*page, PAGE_SIZE);
    if (*far_stack != NULL) munmap(*far_stack, STACK_SIZE);
  }
  return false;
}

static ctx_context other;

static void swap_back(void) {
  for (;;) {
    FP_EXPECT(fp_usual);
    form->swap(&other, child);
  }
}

static void change_twice_beside_other(const fp_words *changed) {
  fp_set(*changed);
  form->swap(child, &other);
  FP_EXPECT(*changed);
  fp_set(fp_usual);
  form->swap(child, &other);
  FP_EXPECT(fp_usual);
  form->swap(child, &host);
}

/* When a context is left, the registers have its own address and the other's stack. */
CTX_TEST(FpSavingPlace, WordsAreKeptWhereverTheOtherStackLies) {
  void *page, *far_stack;
  if (!map_apart(&page, &far_stack)) CTX_SKIP("no two addresses are free that have one bit each");
  child = page;
  FOR_EACH_SWAP_FORM(each) for (size_t i = 0; i < sizeof fp_others / sizeof fp_others[0]; i++) {
    form = each;
    ctx_test_note("%s, words %zu", form->name, i);
    fp_set(fp_usual);
    ASSERT_EQ(CTX_OK, ctx_init_with_options(child, stack, STACK_SIZE, &saves,
                                            (ctx_entry)change_twice_beside_other,
                                            CTX_ARGS((const void *)&fp_others[i])));
    ASSERT_EQ(CTX_OK, ctx_init(&other, far_stack, STACK_SIZE, swap_back, CTX_NO_ARGS));
    host = (ctx_context){0};
    form->swap(&host, child);
    FP_EXPECT(fp_usual);
  }
  munmap(page, PAGE_SIZE);
  munmap(far_stack, STACK_SIZE);
}

#ifdef FP_FLAGS_SHOW_RELOADS

static void expect_flags_and_raise(void) {
  EXPECT_EQ(FP_ALL_FLAGS, fp_flags());
  fp_set(fp_usual);
  fp_set_flags(FP_ALL_FLAGS);
  form->swap(child, &host);
}

CTX_TEST(FpSavingPlace, EqualWordsAreNotReloadedWhereverItLies) {
#ifdef CTX_INSTRUMENTED_
  CTX_SKIP("C code of the library runs in the switch, which may change flags");
#endif
  for (size_t i = 0; i < NUM_LOWS; i++) {
    child = map_page(lows[i]);
    if (child == NULL) CTX_SKIP("no page is free whose address has the wanted lower half");
    FOR_EACH_SWAP_FORM(each) {
      form = each;
      ctx_test_note("%s, context at %p", form->name, (void *)child);
      fp_set(fp_usual);
      ASSERT_EQ(CTX_OK, ctx_init_with_options(child, stack, STACK_SIZE, &saves,
                                              expect_flags_and_raise, CTX_NO_ARGS));
      host = (ctx_context){0};
      fp_set_flags(FP_ALL_FLAGS);
      form->swap(&host, child);
      EXPECT_EQ(FP_ALL_FLAGS, fp_flags());
    }
    munmap(child, PAGE_SIZE);
  }
  fp_set(fp_usual);
}

#endif
