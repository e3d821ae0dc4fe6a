/* The number that a saving context is compared by is made of its address, which may be any: no bit
 * of it is taken for one of a control word, nor for that of a host that has declared nothing. */
#define _GNU_SOURCE
#include <sys/mman.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/harness/registers.h"
#include "testing/switching/forms.h"

#ifndef MAP_FIXED_NOREPLACE
#define MAP_FIXED_NOREPLACE 0x100000
#endif

enum { STACK_SIZE = 32768, PAGE_SIZE = 4096 };
CTX_STACK(stack, STACK_SIZE);

typedef struct words {
  uint32_t fpcr;
} words;
static const words usual = {0};
static const words others[] = {{CTX_TEST_FPCR_ROUNDING}, {CTX_TEST_FPCR_FLUSH_TO_ZERO}};

static void set_now(words w) { ctx_test_set_fpcr(w.fpcr); }
static void expect_now(words w) { EXPECT_EQ(w.fpcr, ctx_test_fpcr()); }

/* A page whose address has this lower half, or null. */
static void *map_page(uint32_t low) {
  for (uintptr_t high = 0x100; high < 0x7fff; high++) {
    void *address = (void *)(high << 32 | low);
    void *page = mmap(address, PAGE_SIZE, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
    if (page == address) return page;
    if (page != MAP_FAILED) munmap(page, PAGE_SIZE); /* a kernel that takes it for a hint */
  }
  return NULL;
}

static const ctx_options saves = {.flags = CTX_FLAG_FP_SAVE};
static ctx_context host;
static ctx_context *child;
static const swap_form *form;

/* Changes its words twice: what is saved the second time must not be what was declared the first
 * time. */
static void change_twice(const words *changed) {
  expect_now(usual);
  set_now(*changed);
  form->swap(child, &host);
  expect_now(*changed);
  set_now(usual);
  form->swap(child, &host);
  expect_now(usual);
}

/* Lower halves of addresses that are 0, and that are more and less than 0 as numbers with a sign.
 */
static const uint32_t lows[] = {0, 0x10000, 0x7fff0000, 0xffff0000};
enum { NUM_LOWS = sizeof lows / sizeof lows[0] };

static void change_words_twice(const words *changed) {
  set_now(usual);
  ASSERT_EQ(CTX_OK, ctx_init_with_options(child, stack, STACK_SIZE, &saves, (ctx_entry)change_twice,
                                          CTX_ARGS((const void *)changed)));
  host = (ctx_context){0};
  for (int swaps = 0; swaps < 3; swaps++) {
    form->swap(&host, child);
    expect_now(usual);
  }
  EXPECT_TRUE(ctx_has_returned(child));
}

CTX_TEST(FpSavingPlace, WordsAreKeptWhereverItLies) {
  for (size_t low = 0; low < NUM_LOWS; low++) {
    child = map_page(lows[low]);
    if (child == NULL) CTX_SKIP("no page is free whose address has the wanted lower half");
    FOR_EACH_SWAP_FORM(each) for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
      form = each;
      ctx_test_note("%s, context at %p, words %zu", form->name, (void *)child, i);
      change_words_twice(&others[i]);
    }
    munmap(child, PAGE_SIZE);
  }
}
