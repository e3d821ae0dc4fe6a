/* Who runs next: swaps, returns, parents; in every form of swap. */
#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/switching/forms.h"
#include "testing/switching/trace.h"

enum { STACK_SIZE = 32768 };
CTX_STACK(stack_a, STACK_SIZE);
CTX_STACK(stack_b, STACK_SIZE);
CTX_STACK(stack_c, STACK_SIZE);

typedef struct world {
  ctx_context host; /* all-zero */
  ctx_context a;
  ctx_context b;
  ctx_context c;
  trace trace;
  const swap_form *form; /* by which children leave */
  int rounds;
} world;

static void return_at_once(world *w) { trace_step(&w->trace, 'a'); }

CTX_TEST(Swap, EntryThatReturnsResumesItsParent) {
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("%s", form->name);
    world w = {.form = form};
    ASSERT_EQ(CTX_OK, ctx_init(&w.a, stack_a, STACK_SIZE, (ctx_entry)return_at_once, CTX_ARGS(&w)));
    EXPECT_FALSE(ctx_has_returned(&w.a));
    form->swap(&w.host, &w.a);
    trace_step(&w.trace, '.');
    EXPECT_STREQ("a.", w.trace.text);
    EXPECT_TRUE(ctx_has_returned(&w.a));
  }
}

static void count_rounds(world *w, ctx_context *self, ctx_context *peer) {
  for (int i = 0; i < w->rounds; i++) {
    trace_step(&w->trace, self == &w->a ? 'a' : self == &w->b ? 'b' : 'c');
    w->form->swap(self, peer);
  }
  trace_step(&w->trace, self == &w->a ? 'A' : self == &w->b ? 'B' : 'C');
}

CTX_TEST(Swap, HostAndChildTakeTurns) {
  FOR_EACH_SWAP_FORM(out) FOR_EACH_SWAP_FORM(back) {
    ctx_test_note("host: %s, child: %s", out->name, back->name);
    world w = {.form = back, .rounds = 3};
    ASSERT_EQ(CTX_OK, ctx_init(&w.a, stack_a, STACK_SIZE, (ctx_entry)count_rounds,
                               CTX_ARGS(&w, &w.a, &w.host)));
    for (int i = 0; i < 4; i++) {
      out->swap(&w.host, &w.a);
      trace_step(&w.trace, '.');
    }
    EXPECT_STREQ("a.a.a.A.", w.trace.text);
    EXPECT_TRUE(ctx_has_returned(&w.a));
  }
}

CTX_TEST(Swap, TwoAndThreeChildrenOfOneHostTakeTurns) {
  FOR_EACH_SWAP_FORM(out) FOR_EACH_SWAP_FORM(back) {
    ctx_test_note("host: %s, children: %s", out->name, back->name);
    world w = {.form = back, .rounds = 2};
    ctx_context *const children[] = {&w.a, &w.b, &w.c};
    char *const stacks[] = {stack_a, stack_b, stack_c};
    for (size_t num = 2; num <= 3; num++) {
      w.trace = (trace){{0}, 0};
      for (size_t i = 0; i < num; i++) {
        ASSERT_EQ(CTX_OK, ctx_init(children[i], stacks[i], STACK_SIZE, (ctx_entry)count_rounds,
                                   CTX_ARGS(&w, children[i], &w.host)));
      }
      for (size_t i = 0; i < 3 * num; i++)
        out->swap(&w.host, children[i % num]);
      EXPECT_STREQ(num == 2 ? "ababAB" : "abcabcABC", w.trace.text);
      for (size_t i = 0; i < num; i++)
        EXPECT_TRUE(ctx_has_returned(children[i]));
    }
  }
}

/* Two children switch to each other, past the host. */
static void first_of_pair(world *w) {
  trace_step(&w->trace, 'a');
  w->form->swap(&w->a, &w->b);
  trace_step(&w->trace, 'A');
}

static void second_of_pair(world *w) {
  trace_step(&w->trace, 'b');
  w->form->swap(&w->b, &w->a);
  trace_step(&w->trace, 'B');
  w->form->swap(&w->b, &w->host);
  trace_step(&w->trace, 'C');
}

CTX_TEST(Swap, ReturnGoesToWhoeverSwappedLast) {
  FOR_EACH_SWAP_FORM(out) FOR_EACH_SWAP_FORM(back) {
    ctx_test_note("host: %s, children: %s", out->name, back->name);
    world w = {.form = back};
    ASSERT_EQ(CTX_OK, ctx_init(&w.a, stack_a, STACK_SIZE, (ctx_entry)first_of_pair, CTX_ARGS(&w)));
    ASSERT_EQ(CTX_OK, ctx_init(&w.b, stack_b, STACK_SIZE, (ctx_entry)second_of_pair, CTX_ARGS(&w)));
    out->swap(&w.host, &w.a);
    trace_step(&w.trace, '.');
    /* The host started a, but b swapped to it last: A returned to b. */
    EXPECT_STREQ("abAB.", w.trace.text);
    EXPECT_TRUE(ctx_has_returned(&w.a));
    EXPECT_FALSE(ctx_has_returned(&w.b));
    out->swap(&w.host, &w.b);
    trace_step(&w.trace, '.');
    EXPECT_STREQ("abAB.C.", w.trace.text);
    EXPECT_TRUE(ctx_has_returned(&w.b));
  }
}

/* A child that has a child of its own. */
static void grandchild(world *w) {
  trace_step(&w->trace, 'b');
  w->form->swap(&w->b, &w->a);
  trace_step(&w->trace, 'B');
}

static void nesting_child(world *w) {
  EXPECT_EQ(CTX_OK, ctx_init(&w->b, stack_b, STACK_SIZE, (ctx_entry)grandchild, CTX_ARGS(w)));
  trace_step(&w->trace, 'a');
  w->form->swap(&w->a, &w->b);
  trace_step(&w->trace, '1');
  w->form->swap(&w->a, &w->host);
  trace_step(&w->trace, '2');
  w->form->swap(&w->a, &w->b);
  EXPECT_TRUE(ctx_has_returned(&w->b));
  trace_step(&w->trace, 'A');
}

CTX_TEST(Swap, ChildHasAChildOfItsOwn) {
  FOR_EACH_SWAP_FORM(out) FOR_EACH_SWAP_FORM(back) {
    ctx_test_note("host: %s, children: %s", out->name, back->name);
    world w = {.form = back};
    ASSERT_EQ(CTX_OK, ctx_init(&w.a, stack_a, STACK_SIZE, (ctx_entry)nesting_child, CTX_ARGS(&w)));
    out->swap(&w.host, &w.a);
    trace_step(&w.trace, '.');
    out->swap(&w.host, &w.a);
    trace_step(&w.trace, '.');
    EXPECT_STREQ("ab1.2BA.", w.trace.text);
    EXPECT_TRUE(ctx_has_returned(&w.a));
  }
}

/* The host starts b; a resumes it; so b returns to a, and a, whom the return has not given another
 * parent, to the host. */
static void suspend_once(world *w) {
  trace_step(&w->trace, 'b');
  w->form->swap(&w->b, &w->host);
  trace_step(&w->trace, 'B');
}

static void adopt(world *w) {
  trace_step(&w->trace, 'a');
  w->form->swap(&w->a, &w->b);
  trace_step(&w->trace, 'A');
}

CTX_TEST(Swap, ParentIsWhoeverResumedLastNotWhoStarted) {
  FOR_EACH_SWAP_FORM(out) FOR_EACH_SWAP_FORM(back) {
    ctx_test_note("host: %s, children: %s", out->name, back->name);
    world w = {.form = back};
    ASSERT_EQ(CTX_OK, ctx_init(&w.a, stack_a, STACK_SIZE, (ctx_entry)adopt, CTX_ARGS(&w)));
    ASSERT_EQ(CTX_OK, ctx_init(&w.b, stack_b, STACK_SIZE, (ctx_entry)suspend_once, CTX_ARGS(&w)));
    out->swap(&w.host, &w.b);
    trace_step(&w.trace, '.');
    out->swap(&w.host, &w.a);
    trace_step(&w.trace, '.');
    EXPECT_STREQ("b.aBA.", w.trace.text);
    EXPECT_TRUE(ctx_has_returned(&w.a) && ctx_has_returned(&w.b));
  }
}

/* The return must not make the child its parent's parent: b ends into a, a then into the host. */
static void end_after_child_ended(world *w) {
  w->form->swap(&w->a, &w->b);
  trace_step(&w->trace, 'a');
}
static void end_at_once(world *w) { trace_step(&w->trace, 'b'); }

CTX_TEST(Swap, ReturnChangesNobodysParent) {
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("%s", form->name);
    world w = {.form = form};
    ASSERT_EQ(CTX_OK,
              ctx_init(&w.a, stack_a, STACK_SIZE, (ctx_entry)end_after_child_ended, CTX_ARGS(&w)));
    ASSERT_EQ(CTX_OK, ctx_init(&w.b, stack_b, STACK_SIZE, (ctx_entry)end_at_once, CTX_ARGS(&w)));
    form->swap(&w.host, &w.a);
    trace_step(&w.trace, '.');
    EXPECT_STREQ("ba.", w.trace.text);
  }
}

/* One child, two hosts: contexts that stand for different places in one thread. */
static void end_in_other_host(world *w) {
  w->form->swap(&w->a, &w->host);
  trace_step(&w->trace, 'a');
}

CTX_TEST(Swap, ZeroedContextIsAHostAnywhere) {
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("%s", form->name);
    world w = {.form = form};
    ASSERT_EQ(CTX_OK,
              ctx_init(&w.a, stack_a, STACK_SIZE, (ctx_entry)end_in_other_host, CTX_ARGS(&w)));
    form->swap(&w.host, &w.a);
    ctx_context other_host = {0};
    form->swap(&other_host, &w.a);
    EXPECT_STREQ("a", w.trace.text);
  }
}

/* Deep chains: each context resumes the next, and all return, one into the other. */
enum { CHAIN_LENGTH = 20, CHAIN_STACK_SIZE = 16384 };
CTX_STACK(chain_stacks, CHAIN_LENGTH *CHAIN_STACK_SIZE);
typedef struct chain {
  ctx_context contexts[CHAIN_LENGTH];
  const swap_form *form;
  int num_entered;
  int num_left;
} chain;

static void chain_link(chain *c, size_t i) {
  c->num_entered++;
  if (i + 1 < CHAIN_LENGTH) {
    EXPECT_EQ(CTX_OK, ctx_init(&c->contexts[i + 1], chain_stacks + (i + 1) * CHAIN_STACK_SIZE,
                               CHAIN_STACK_SIZE, (ctx_entry)chain_link, CTX_ARGS(c, i + 1)));
    c->form->swap(&c->contexts[i], &c->contexts[i + 1]);
  }
  EXPECT_EQ(CHAIN_LENGTH - 1 - (int)i, c->num_left);
  c->num_left++;
}

CTX_TEST(Swap, ChainOfChildrenUnwindsInOrder) {
  FOR_EACH_SWAP_FORM(form) {
    ctx_test_note("%s", form->name);
    static chain c;
    c = (chain){.form = form};
    ctx_context host = {0};
    ASSERT_EQ(CTX_OK, ctx_init(&c.contexts[0], chain_stacks, CHAIN_STACK_SIZE,
                               (ctx_entry)chain_link, CTX_ARGS(&c, (size_t)0)));
    form->swap(&host, &c.contexts[0]);
    EXPECT_EQ(CHAIN_LENGTH, c.num_entered);
    EXPECT_EQ(CHAIN_LENGTH, c.num_left);
  }
}
