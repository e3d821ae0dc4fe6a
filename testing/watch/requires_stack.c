/* The conditions of stacks, pools and alternate signal stacks. */
#include "ctx/ctx.h"
#include "testing/watch/requires.h"
#include "testing/watch/requires_scene.h"

static const char lost[] = "has lost its stack, which was unmapped or given back";

/* These are made in the test's process, so that their addresses are known. */
static ctx_stack_pool *pool;
static ctx_stack stack;

static void begin_mapped(void) { ASSERT_EQ(CTX_OK, ctx_stack_map(&stack, SCENE_STACK_SIZE)); }
static void end_mapped(void) { ctx_stack_unmap(&stack); }

static void begin_pool(void) {
  ASSERT_EQ(CTX_OK, ctx_stack_pool_create(&pool, SCENE_STACK_SIZE, 4));
  ASSERT_EQ(CTX_OK, ctx_stack_pool_take(pool, &stack));
}
static void end_pool(void) { ctx_stack_pool_destroy(pool); }

static const char *stack_line(const char *function, const char *fault) {
  return requires_line(function, "stack", stack.base, fault);
}
static const char *pool_line(const char *function, const char *fault) {
  return requires_line(function, "pool", pool, fault);
}
static const char *lost_line(void) {
  return requires_line("ctx_swap", "context", &scene_child, lost);
}

static void resume(void) { ctx_swap(&scene_host, &scene_child); }

static void run(void (*entry)(void)) {
  scene_init_on(&stack, entry);
  resume();
}

/* A copy goes, so that the original is still there to be named. */
static void unmap(void) {
  ctx_stack copy = stack;
  ctx_stack_unmap(&copy);
}
static void give(void) { ctx_stack_pool_give(pool, &stack); }
static void take_again(void) { scene_must(ctx_stack_pool_take(pool, &stack)); }
static void destroy(void) { ctx_stack_pool_destroy(pool); }

/* The function `end` may do to the stack what it does. To resume the context afterwards is wrong.
 */
static void suspend_end_and_resume(void (*end)(void)) {
  run(scene_yield);
  end();
  resume();
}

static void suspend_give_take_and_resume(void) {
  run(scene_yield);
  give();
  take_again();
  resume();
}

/* The same for a host on that stack. */
static void leave_as_host(void) { ctx_swap(&scene_thread_host, &scene_host); }

static void leave_as_host_end_and_resume(void (*end)(void)) {
  run(leave_as_host);
  end();
  ctx_swap(&scene_host, &scene_thread_host);
}

static const char *host_lost_line(void) {
  return requires_line("ctx_swap", "context", &scene_thread_host, lost);
}

static void run_elsewhere_and(void (*end)(void)) {
  scene_stay_on(&stack);
  end();
}

/* ---- Mapped stacks ---- */

static void unmap_twice(void) {
  unmap();
  unmap();
}

static void unmap_foreign(void) {
  ctx_stack foreign = {scene_stack, sizeof scene_stack, 0, stack.slot};
  ctx_stack_unmap(&foreign);
}

static void unmap_a_part(void) {
  ctx_stack part = stack;
  part.size /= 2;
  ctx_stack_unmap(&part);
}

static void look_at_unmapped(void) {
  ctx_stack copy = stack;
  unmap();
  (void)ctx_stack_high_water(&copy);
}

static void look_at_foreign(void) {
  ctx_stack foreign = {scene_stack, sizeof scene_stack, 0, stack.slot};
  (void)ctx_stack_high_water(&foreign);
}

void requires_high_water(void) {
  static const char fault[] = "is not from ctx_stack_map or a pool, or is unmapped already";
  begin_mapped();
  EXPECT_STOPS(look_at_unmapped(), stack_line("ctx_stack_high_water", fault));
  EXPECT_STOPS(look_at_foreign(),
               requires_line("ctx_stack_high_water", "stack", scene_stack, fault));
  unmap();
}

void requires_unmap_mapped(void) {
  static const char fault[] = "is not from ctx_stack_map, or is unmapped already";
  begin_pool();
  EXPECT_STOPS(unmap(), stack_line("ctx_stack_unmap", "belongs to a pool"));
  end_pool();
  begin_mapped();
  EXPECT_STOPS(unmap_twice(), stack_line("ctx_stack_unmap", fault));
  EXPECT_STOPS(unmap_a_part(), stack_line("ctx_stack_unmap", fault));
  EXPECT_STOPS(unmap_foreign(), requires_line("ctx_stack_unmap", "stack", scene_stack, fault));
  end_mapped();
}

void requires_unmap_idle(void) {
  begin_mapped();
  EXPECT_STOPS(run(unmap), stack_line("ctx_stack_unmap", "is in use"));
  EXPECT_STOPS(run_elsewhere_and(unmap), stack_line("ctx_stack_unmap", "is in use"));
  end_mapped();
}

void requires_unmap_left(void) {
  begin_mapped();
  EXPECT_STOPS(suspend_end_and_resume(unmap), lost_line());
  EXPECT_STOPS(leave_as_host_end_and_resume(unmap), host_lost_line());
  end_mapped();
}

/* ---- Pools ---- */

static void destroy_and(void (*use)(void)) {
  destroy();
  use();
}

static void get_stats(void) {
  ctx_stack_pool_stats stats;
  scene_must(ctx_stack_pool_get_stats(pool, &stats));
}

void requires_pool_lives(void) {
  static const char fault[] = "is none, or is destroyed already";
  begin_pool();
  EXPECT_STOPS(destroy_and(destroy), pool_line("ctx_stack_pool_destroy", fault));
  EXPECT_STOPS(destroy_and(take_again), pool_line("ctx_stack_pool_take", fault));
  EXPECT_STOPS(destroy_and(give), pool_line("ctx_stack_pool_give", fault));
  EXPECT_STOPS(destroy_and(get_stats), pool_line("ctx_stack_pool_get_stats", fault));
  end_pool();
}

void requires_pool_idle(void) {
  static const char fault[] = "has a stack that is in use";
  begin_pool();
  EXPECT_STOPS(run(destroy), pool_line("ctx_stack_pool_destroy", fault));
  EXPECT_STOPS(run_elsewhere_and(destroy), pool_line("ctx_stack_pool_destroy", fault));
  end_pool();
}

void requires_pool_left(void) {
  begin_pool();
  EXPECT_STOPS(suspend_end_and_resume(destroy), lost_line());
  EXPECT_STOPS(leave_as_host_end_and_resume(destroy), host_lost_line());
  end_pool();
}

static void give_twice(void) {
  give();
  give();
}

static void give_to_another_pool(void) {
  ctx_stack_pool *another;
  scene_must(ctx_stack_pool_create(&another, SCENE_STACK_SIZE, 4));
  ctx_stack_pool_give(another, &stack);
}

void requires_give_taken(void) {
  begin_pool();
  EXPECT_STOPS(give_twice(), stack_line("ctx_stack_pool_give", "was given back already"));
  EXPECT_STOPS(give_to_another_pool(), stack_line("ctx_stack_pool_give", "is not from this pool"));
  end_pool();
}

void requires_give_idle(void) {
  begin_pool();
  EXPECT_STOPS(run(give), stack_line("ctx_stack_pool_give", "is in use"));
  EXPECT_STOPS(run_elsewhere_and(give), stack_line("ctx_stack_pool_give", "is in use"));
  end_pool();
}

void requires_give_left(void) {
  begin_pool();
  EXPECT_STOPS(suspend_end_and_resume(give), lost_line());
  EXPECT_STOPS(leave_as_host_end_and_resume(give), host_lost_line());
  EXPECT_STOPS(suspend_give_take_and_resume(), lost_line());
  end_pool();
}

/* ---- Alternate signal stacks ---- */

static ctx_signal_stack first, second;

static void install(void) { scene_must(ctx_signal_stack_install(&first, SCENE_STACK_SIZE)); }
static void install_second(void) { scene_must(ctx_signal_stack_install(&second, 0)); }

static void remove_anothers(void) {
  scene_elsewhere(install);
  scene_must(ctx_signal_stack_remove(&first));
}

static void remove_the_first_first(void) {
  install();
  install_second();
  scene_must(ctx_signal_stack_remove(&first));
}

static void unmap_an_alternate_stack(void) {
  install();
  ctx_stack_unmap(&first.stack);
}

/* The stacks' addresses are not known before. */
void requires_remove_own(void) {
  EXPECT_STOPS(remove_anothers(), "was installed by another thread");
  EXPECT_STOPS(unmap_an_alternate_stack(), "is in use");
}

void requires_remove_last(void) {
  EXPECT_STOPS(remove_the_first_first(), "is not the one that this thread has installed last");
}
