/* A child's stack does not change what belongs to the thread: thread-locals, errno, the heap, the
 * signal mask. */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/switching/forms.h"

enum { STACK_SIZE = 65536 };
CTX_STACK(stack, STACK_SIZE);

typedef struct world {
  ctx_context host;
  ctx_context child;
  const swap_form *form;
  void *block;
  char text[64];
} world;

static _Thread_local int local = 1;

static void run(void (*entry)(world *), void (*between)(world *)) {
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("%s", form->name);
    world w = {.form = form};
    ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)entry, CTX_ARGS(&w)));
    form->swap(&w.host, &w.child);
    between(&w);
    form->swap(&w.host, &w.child);
    EXPECT_TRUE(ctx_has_returned(&w.child));
  }
}

static void change_local(world *w) {
  EXPECT_EQ(1, local);
  local = 2;
  w->form->swap(&w->child, &w->host);
  EXPECT_EQ(3, local);
  local = 1;
}
static void change_local_too(world *w) {
  (void)w;
  EXPECT_EQ(2, local);
  local = 3;
}
CTX_TEST(Environment, ThreadLocalsAreTheThreads) { run(change_local, change_local_too); }

static void change_errno(world *w) {
  errno = EDOM;
  w->form->swap(&w->child, &w->host);
  EXPECT_EQ(ERANGE, errno);
}
static void change_errno_too(world *w) {
  (void)w;
  EXPECT_EQ(EDOM, errno);
  errno = ERANGE;
}
CTX_TEST(Environment, ErrnoIsTheThreads) { run(change_errno, change_errno_too); }

static void allocate(world *w) {
  char *block = malloc(1000);
  memset(block, 'x', 1000);
  w->block = block;
  w->form->swap(&w->child, &w->host);
  /* The host has freed it, and left another. */
  EXPECT_EQ('y', *(char *)w->block);
  free(w->block);
}
static void free_and_allocate(world *w) {
  EXPECT_EQ('x', ((char *)w->block)[999]);
  free(w->block);
  w->block = malloc(1);
  *(char *)w->block = 'y';
}
CTX_TEST(Environment, HeapIsShared) { run(allocate, free_and_allocate); }

static void print(world *w) {
  w->form->swap(&w->child, &w->host);
  snprintf(w->text, sizeof w->text, "%.3f %s %d", 0.5, "text", -7);
}
static void do_nothing(world *w) { EXPECT_STREQ("", w->text); }
CTX_TEST(Environment, CLibraryRunsOnAChildsStack) {
  FOR_EACH_SWAP_FORM(form) {
    world w = {.form = form};
    ASSERT_EQ(CTX_OK, ctx_init(&w.child, stack, STACK_SIZE, (ctx_entry)print, CTX_ARGS(&w)));
    form->swap(&w.host, &w.child);
    do_nothing(&w);
    form->swap(&w.host, &w.child);
    EXPECT_STREQ("0.500 text -7", w.text);
  }
}

static void block_usr1(world *w) {
  sigset_t mask;
  sigemptyset(&mask);
  sigaddset(&mask, SIGUSR1);
  pthread_sigmask(SIG_BLOCK, &mask, NULL);
  w->form->swap(&w->child, &w->host);
  pthread_sigmask(SIG_UNBLOCK, &mask, NULL);
}
static void expect_usr1_blocked(world *w) {
  (void)w;
  sigset_t mask;
  pthread_sigmask(SIG_BLOCK, NULL, &mask);
  EXPECT_EQ(1, sigismember(&mask, SIGUSR1));
}
CTX_TEST(Environment, SwapLeavesTheSignalMaskAlone) { run(block_usr1, expect_usr1_blocked); }
