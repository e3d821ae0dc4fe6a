/* Pools, with an adversary between any two instructions: a thread that is stopped in the middle of
 * a pool's function, for as long as others need to take and to give as they like. The thread is
 * single-stepped, and the others' moves are made in the handler of a step. */
#include <errno.h>
#include <unistd.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/unwind/single_step.h"

/* The pool grows by 16. */
enum { STACK_SIZE = 8192, MAX_CAPACITY = 18 };

/* ---- What everybody has ---- */

static ctx_stack_pool *pool;
static size_t capacity;
static bool is_held[MAX_CAPACITY];
static size_t num_held;
static size_t max_held; /* by the adversary, in this case */
static const char *complaint;

static void complain(bool is_wrong, const char *text) {
  if (is_wrong && complaint == NULL) complaint = text;
}

/* The kernel is asked to read the byte below the stack. */
static bool has_guard(const ctx_stack *stack) {
  int ends[2];
  if (pipe(ends) != 0) return false;
  bool faults = write(ends[1], (const char *)stack->base - 1, 1) == -1 && errno == EFAULT;
  close(ends[0]);
  close(ends[1]);
  return faults;
}

static void now_held(const ctx_stack *stack) {
  complain(stack->slot >= capacity, "a stack was taken that is none");
  if (complaint != NULL) return;
  complain(is_held[stack->slot], "a stack was taken that somebody has");
  complain(!has_guard(stack), "a stack was taken that has no guard");
  is_held[stack->slot] = true;
  num_held++;
  *(volatile char *)stack->base = 1;
}

static void give_back(ctx_stack *stack) {
  complain(*(volatile char *)stack->base != 1, "memory was given back that somebody uses");
  is_held[stack->slot] = false;
  num_held--;
  ctx_stack_pool_give(pool, stack);
}

/* ---- The adversary ---- */

enum move { END, TAKE, GIVE_OLDEST, GIVE_NEWEST, TRIM };
enum { MAX_MOVES = 3 };

struct plan {
  enum move moves[MAX_MOVES];
  size_t strikes[2]; /* before these instructions of the victim's all moves are made */
  size_t num_strikes;
};

static ctx_stack kept[MAX_CAPACITY]; /* the oldest first */
static size_t num_kept;
static struct plan plan;
static size_t num_steps;
static size_t num_struck;

static void keep(const ctx_stack *stack) {
  now_held(stack);
  kept[num_kept++] = *stack;
  if (num_kept > max_held) max_held = num_kept;
}

static void give_kept(size_t which) {
  ctx_stack stack = kept[which];
  num_kept--;
  for (size_t i = which; i < num_kept; i++)
    kept[i] = kept[i + 1];
  give_back(&stack);
}

/* The victim has one at most, which may or may not be in the pool right now. */
static void make_move(enum move move) {
  ctx_stack stack;
  if (move == TRIM) {
    ctx_stack_pool_trim(pool);
  } else if (move == TAKE) {
    if (ctx_stack_pool_take(pool, &stack) == CTX_OK) {
      keep(&stack);
    } else {
      complain(num_kept + 1 < capacity, "the adversary missed a stack that nobody has");
    }
  } else if (num_kept > 0) {
    give_kept(move == GIVE_OLDEST ? 0 : num_kept - 1);
  }
}

static void strike(ucontext_t *interrupted) {
  if (num_steps++ != plan.strikes[num_struck]) return;
  for (size_t i = 0; i < MAX_MOVES && plan.moves[i] != END && complaint == NULL; i++)
    make_move(plan.moves[i]);
  num_struck++;
  if (num_struck == plan.num_strikes) step_end_in(interrupted);
}

/* ---- The victim ---- */

/* A case begins so: so many stacks have been created; of those, the first so many were given back
 * in the order in which they were taken; the adversary has the others. */
struct beginning {
  size_t capacity;
  size_t num_created;
  size_t num_free;
  size_t keep_size; /* 0: all, since stacks are small */
};

static void begin(const struct beginning *beginning) {
  capacity = beginning->capacity;
  num_held = num_kept = max_held = num_steps = num_struck = 0;
  for (size_t i = 0; i < MAX_CAPACITY; i++)
    is_held[i] = false;
  ctx_stack stack;
  const ctx_stack_pool_options options = {.keep_size = beginning->keep_size};
  complain(ctx_stack_pool_create_with_options(&pool, STACK_SIZE, capacity, &options) != CTX_OK,
           "there is no pool");
  for (size_t i = 0; i < beginning->num_created && complaint == NULL; i++) {
    complain(ctx_stack_pool_take(pool, &stack) != CTX_OK, "there are too few stacks");
    keep(&stack);
  }
  for (size_t i = 0; i < beginning->num_free && complaint == NULL; i++)
    give_kept(0);
  max_held = num_kept;
}

/* Expects that whatever is not held can be taken, once. */
static void expect_all_there(void) {
  ctx_stack_pool_stats stats;
  complain(ctx_stack_pool_get_stats(pool, &stats) != CTX_OK || stats.in_use != num_held,
           "the pool's count of taken stacks is wrong");
  ctx_stack stack;
  while (complaint == NULL && ctx_stack_pool_take(pool, &stack) == CTX_OK)
    now_held(&stack);
  complain(num_held != capacity, "a stack was lost");
}

static void take(void) {
  ctx_stack stack;
  step_begin();
  ctx_status status = ctx_stack_pool_take(pool, &stack);
  step_end();
  if (status == CTX_OK) {
    now_held(&stack);
  } else {
    complain(status != CTX_ERR_POOL_EXHAUSTED, "taking failed");
    complain(max_held < capacity, "the victim missed a stack that nobody had");
  }
}

static void give(void) {
  ctx_stack stack;
  if (num_kept == 0) return;
  stack = kept[--num_kept];
  is_held[stack.slot] = false;
  num_held--;
  step_begin();
  ctx_stack_pool_give(pool, &stack);
  step_end();
}

static void trim(void) {
  step_begin();
  ctx_stack_pool_trim(pool);
  step_end();
}

/* Returns false if the victim was done before the last strike, or something was wrong. */
static bool run(void (*victim)(void), const struct beginning *beginning, const struct plan *next) {
  plan = *next;
  complaint = NULL;
  begin(beginning);
  if (complaint == NULL) victim();
  if (complaint == NULL) expect_all_there();
  ctx_stack_pool_destroy(pool);
  if (complaint == NULL) return num_struck == plan.num_strikes;
  EXPECT_NO_COMPLAINT(complaint);
  return false;
}

/* One strike, before each of the victim's instructions. */
static void run_everywhere(void (*victim)(void), const struct beginning *beginning,
                           const enum move moves[MAX_MOVES]) {
  struct plan next = {.num_strikes = 1};
  for (size_t i = 0; i < MAX_MOVES; i++)
    next.moves[i] = moves[i];
  while (run(victim, beginning, &next))
    next.strikes[0]++;
  EXPECT_TRUE(complaint != NULL || next.strikes[0] > 10);
}

/* After the first of these the list begins as it did, and goes on otherwise than it did. */
static const enum move all_moves[][MAX_MOVES] = {
    {TAKE, TAKE, GIVE_OLDEST}, {TAKE, TAKE, TAKE}, {TAKE, GIVE_NEWEST},       {TRIM, TAKE},
    {TAKE, TRIM, GIVE_OLDEST}, {GIVE_OLDEST},      {GIVE_OLDEST, GIVE_OLDEST}};
enum { NUM_ALL_MOVES = sizeof all_moves / sizeof all_moves[0] };

static void run_all_moves(void (*victim)(void), const struct beginning *beginnings,
                          size_t num_beginnings) {
  step_install(strike);
  complaint = NULL;
  for (size_t i = 0; i < num_beginnings; i++) {
    for (size_t j = 0; j < NUM_ALL_MOVES && complaint == NULL; j++)
      run_everywhere(victim, &beginnings[i], all_moves[j]);
  }
  step_uninstall();
}

/* ---- Cases ---- */

CTX_TEST(PoolAdversary, TakesAndGivesWithinATake) {
  static const struct beginning beginnings[] = {{1, 1, 1, 0}, {4, 3, 2, 0}, {4, 4, 4, 0}};
  run_all_moves(take, beginnings, sizeof beginnings / sizeof beginnings[0]);
}

CTX_TEST(PoolAdversary, TakesAndGivesWithinAGive) {
  static const struct beginning beginnings[] = {{1, 1, 0, 0}, {2, 2, 1, 0}, {4, 4, 2, 0}};
  run_all_moves(give, beginnings, sizeof beginnings / sizeof beginnings[0]);
}

CTX_TEST(PoolAdversary, TakesAndGivesWithinATrim) {
  static const struct beginning beginnings[] = {{1, 1, 1, 4096}, {2, 2, 2, 4096}};
  run_all_moves(trim, beginnings, sizeof beginnings / sizeof beginnings[0]);
}

/* The first strike makes the victim try again; the second comes when it does. */
CTX_TEST(PoolAdversary, StrikesTwice) {
  static const struct beginning beginning = {4, 4, 4, 0};
  enum { STRIDE = 5, MAX_GAP = 60 };
  struct plan next = {.moves = {TAKE, TAKE, GIVE_OLDEST}, .num_strikes = 2};
  step_install(strike);
  complaint = NULL;
  for (bool in_time = true; in_time && complaint == NULL; next.strikes[0] += STRIDE) {
    in_time = false;
    for (size_t gap = 1; gap < MAX_GAP && complaint == NULL; gap += 2) {
      next.strikes[1] = next.strikes[0] + gap;
      in_time = run(take, &beginning, &next) || in_time;
    }
  }
  step_uninstall();
  EXPECT_TRUE(complaint != NULL || next.strikes[0] > 10);
}

/* Others grow the pool, or use what it has grown by, while the victim is about to. */
CTX_TEST(PoolAdversary, TakesWhileThePoolGrows) {
  static const struct {
    struct beginning beginning;
    enum move moves[MAX_MOVES];
  } cases[] = {
      {{1, 0, 0, 0}, {TAKE}}, {{2, 0, 0, 0}, {TAKE, TAKE}}, {{18, 16, 0, 0}, {TAKE, GIVE_NEWEST}}};
  step_install(strike);
  complaint = NULL;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0] && complaint == NULL; i++)
    run_everywhere(take, &cases[i].beginning, cases[i].moves);
  step_uninstall();
}
