/* The conditions of init, of contexts on the heap, and of results. */
#include <sys/wait.h>
#include <unistd.h>

#include "ctx/ctx.h"
#include "testing/watch/requires.h"
#include "testing/watch/requires_scene.h"

static const char *line(const char *function, const ctx_context *context, const char *fault) {
  return requires_line(function, "context", context, fault);
}

static void resume(void) { ctx_swap(&scene_host, &scene_child); }

/* ---- Init: the context and its stack ---- */

static void init_child_elsewhere(void) {
  scene_must(
      ctx_init(&scene_child, scene_other_stack, SCENE_STACK_SIZE, scene_nothing, CTX_NO_ARGS));
}

static void init_what_runs(void) {
  scene_init(init_child_elsewhere);
  resume();
}

static void init_what_runs_elsewhere(void) {
  scene_run_elsewhere();
  init_child_elsewhere();
}

static void have_a_thread_init_it(void) {
  scene_elsewhere(init_child_elsewhere);
  _exit(0);
}

static void init_what_runs_on_the_first_thread(void) {
  scene_init(have_a_thread_init_it);
  resume();
}

static void fork_and_have_a_thread_init_it(void) {
  pid_t process = fork();
  if (process == 0) have_a_thread_init_it();
  int status = 0;
  if (waitpid(process, &status, 0) != process) _exit(0);
  _exit(WIFSIGNALED(status) ? 1 : 0);
}

static void init_what_has_forked(void) {
  scene_init(fork_and_have_a_thread_init_it);
  resume();
}

void requires_init_idle(void) {
  /* Its number is known of this process's thread, and must not be believed in a new process. */
  scene_init(scene_nothing);
  resume();
  EXPECT_STOPS(init_what_runs_on_the_first_thread(),
               line("ctx_init", &scene_child, "is running on another thread"));
  EXPECT_STOPS(init_what_has_forked(),
               line("ctx_init", &scene_child, "is running on another thread"));
  EXPECT_STOPS(init_what_runs(), line("ctx_init", &scene_child, "is running"));
  EXPECT_STOPS(init_what_runs_elsewhere(),
               line("ctx_init", &scene_child, "is running on another thread"));
}

static void init_on_own_stack(void) {
  scene_must(ctx_init(&scene_other, scene_stack, SCENE_STACK_SIZE, scene_nothing, CTX_NO_ARGS));
}

static void init_on_the_stack_in_use(void) {
  scene_init(init_on_own_stack);
  resume();
}

static void init_on_a_stack_that_was_given_back(void) {
  ctx_stack_pool *pool;
  ctx_stack stack;
  scene_must(ctx_stack_pool_create(&pool, SCENE_STACK_SIZE, 2));
  scene_must(ctx_stack_pool_take(pool, &stack));
  ctx_stack_pool_give(pool, &stack);
  scene_init_on(&stack, scene_nothing);
}

void requires_init_stack(void) {
  EXPECT_STOPS(init_on_the_stack_in_use(),
               line("ctx_init", &scene_other, "is to run on the stack that the caller runs on"));
  EXPECT_STOPS(
      init_on_a_stack_that_was_given_back(),
      line("ctx_init", &scene_child, "is to run on a stack that is not taken from its pool"));
}

/* ---- Init: what it reads ---- */

/* Aligned as much as anything that is put there. */
static char shared[SCENE_STACK_SIZE] __attribute__((__aligned__(64)));
#define SHARED_END (shared + sizeof shared - 512)

static void init_on_its_own_stack(void) {
  scene_must(
      ctx_init((ctx_context *)(void *)shared, shared, sizeof shared, scene_nothing, CTX_NO_ARGS));
}

static void init_with_args_on_its_stack(void) {
  ctx_value *values = (ctx_value *)(void *)SHARED_END;
  values[0] = ctx_u64(1);
  scene_must(ctx_init(&scene_child, shared, sizeof shared, scene_nothing, values, 1));
}

static const ctx_member pair_members[] = {{"a", &ctx_type_u64, 0, 1, 0, 0, 0},
                                          {"b", &ctx_type_u64, 8, 1, 0, 0, 0},
                                          {"c", &ctx_type_u64, 16, 1, 0, 0, 0}};
static const ctx_type triple = {CTX_KIND_STRUCT, 0, 24, 8, "triple", pair_members, 3};

static void init_with_a_struct_on_its_stack(void) {
  scene_must(ctx_init(&scene_child, shared, sizeof shared, scene_nothing,
                      (const ctx_value[]){ctx_aggregate(&triple, SHARED_END)}, 1));
}

static void init_by_signature(const ctx_options *options, const void *const *values) {
  const ctx_type *const types[] = {&ctx_type_u64};
  ctx_signature *signature;
  scene_must(ctx_signature_create(&signature, &triple, types, 1, CTX_NOT_VARIADIC));
  scene_must(ctx_init_signature(&scene_child, shared, sizeof shared, options, scene_nothing,
                                signature, values));
}

static const uint64_t number = 1;
static const void *const number_there[] = {&number};

static void init_by_signature_with_a_value_on_its_stack(void) {
  init_by_signature(NULL, (const void *const[]){SHARED_END});
}

static void init_by_signature_with_addresses_on_its_stack(void) {
  const void **values = (const void **)(void *)SHARED_END;
  values[0] = &number;
  init_by_signature(NULL, values);
}

static void init_with_its_result_on_its_stack(void) {
  init_by_signature(&(ctx_options){.result = SHARED_END}, number_there);
}

static void init_with(const ctx_options *options) {
  scene_must(ctx_init_with_options(&scene_child, shared, sizeof shared, options, scene_nothing,
                                   CTX_NO_ARGS));
}

static void init_with_options_on_its_stack(void) {
  *(ctx_options *)(void *)SHARED_END = (ctx_options){.flags = 0};
  init_with((ctx_options *)(void *)SHARED_END);
}

static void callback(void *data) { (void)data; }

void requires_init_apart(void) {
  static const char value[] = "is given a value that lies on its stack";
  static const char data[] = "is given data for a callback that lie on its stack";
  EXPECT_STOPS(init_on_its_own_stack(), line("ctx_init", (ctx_context *)(void *)shared,
                                             "lies on the stack that it is to run on"));
  EXPECT_STOPS(init_with_args_on_its_stack(), line("ctx_init", &scene_child, value));
  EXPECT_STOPS(init_with_a_struct_on_its_stack(), line("ctx_init", &scene_child, value));
  EXPECT_STOPS(init_by_signature_with_a_value_on_its_stack(),
               line("ctx_init", &scene_child, value));
  EXPECT_STOPS(init_by_signature_with_addresses_on_its_stack(),
               line("ctx_init", &scene_child, value));
  EXPECT_STOPS(
      init_with_its_result_on_its_stack(),
      line("ctx_init", &scene_child, "is given memory for its result that lies on its stack"));
  EXPECT_STOPS(init_with_options_on_its_stack(),
               line("ctx_init", &scene_child, "is given options that lie on its stack"));
  const ctx_options backstop = {.backstop = callback, .backstop_data = SHARED_END};
  EXPECT_STOPS(init_with(&backstop), line("ctx_init", &scene_child, data));
  const ctx_options activation = {.activation = callback, .activation_data = SHARED_END};
  EXPECT_STOPS(init_with(&activation), line("ctx_init", &scene_child, data));
}

/* ---- Contexts on the heap ---- */

static void destroy_what_init_has_made(void) {
  scene_init(scene_nothing);
  ctx_destroy(&scene_child);
}

static void destroy_zeroed(void) { ctx_destroy(&scene_other); }

static ctx_context *created;

static void create(ctx_entry entry) {
  scene_must(ctx_create(&created, scene_stack, SCENE_STACK_SIZE, entry, CTX_NO_ARGS));
}

static void destroy_created(void) { ctx_destroy(created); }

#if !CTX_TEST_ASAN

/* These read memory that has been freed, and is there still. */
static void destroy_twice(void) {
  destroy_created();
  destroy_created();
}

static void leave_as_host(void) { ctx_swap(&scene_thread_host, &scene_host); }

static void resume_a_host_whose_child_is_destroyed(void) {
  create(leave_as_host);
  ctx_swap(&scene_host, created);
  destroy_created();
  ctx_swap(&scene_host, &scene_thread_host);
}

#endif

void requires_destroy_created(void) {
  static const char fault[] = "was not made by ctx_create, or is destroyed already";
  EXPECT_STOPS(destroy_what_init_has_made(), line("ctx_destroy", &scene_child, fault));
  EXPECT_STOPS(destroy_zeroed(), line("ctx_destroy", &scene_other, fault));
#if !CTX_TEST_ASAN
  create(scene_nothing);
  EXPECT_STOPS(destroy_twice(), line("ctx_destroy", created, fault));
  ctx_destroy(created);
  EXPECT_STOPS(resume_a_host_whose_child_is_destroyed(),
               line("ctx_swap", &scene_thread_host, "has lost its place: "));
#endif
}

static void swap_to_created(void) {
  static ctx_context thread_host;
  ctx_swap(&thread_host, created);
}

/* These contexts are made here, so that their addresses are known. */
void requires_destroy_idle(void) {
  create(destroy_created);
  EXPECT_STOPS(ctx_swap(&scene_host, created), line("ctx_destroy", created, "is running"));
  ctx_destroy(created);
  create(scene_say_and_stay);
  EXPECT_STOPS(
      {
        scene_elsewhere(swap_to_created);
        ctx_destroy(created);
      },
      line("ctx_destroy", created, "is running on another thread"));
  ctx_destroy(created);
}

/* ---- Results ---- */

static void read_a_third_register(void) {
  scene_init(scene_nothing);
  resume();
  (void)ctx_retval_gp(&scene_child, 2);
}

void requires_retval_index(void) {
  EXPECT_STOPS(read_a_third_register(),
               line("ctx_retval_gp", &scene_child, "has two return registers, 0 and 1"));
}

#define EXPECT_STOPS_ELSEWHERE(function, call) \
  EXPECT_STOPS(                                \
      {                                        \
        scene_run_elsewhere();                 \
        (void)call;                            \
      },                                       \
      line(function, &scene_child, "is running on another thread"))

void requires_retval_idle(void) {
  static const ctx_type *const no_types[] = {NULL};
  ctx_signature *signature;
  uint64_t result;
  ASSERT_EQ(CTX_OK, ctx_signature_create(&signature, &ctx_type_u64, no_types, 0, CTX_NOT_VARIADIC));
  EXPECT_STOPS_ELSEWHERE("ctx_has_returned", ctx_has_returned(&scene_child));
  EXPECT_STOPS_ELSEWHERE("ctx_clear_retvals", ctx_clear_retvals(&scene_child));
  EXPECT_STOPS_ELSEWHERE("ctx_retval_gp", ctx_retval_gp(&scene_child, 0));
  EXPECT_STOPS_ELSEWHERE("ctx_retval_gp", ctx_retval_u8(&scene_child));
  EXPECT_STOPS_ELSEWHERE("ctx_retval_fp", ctx_retval_fp(&scene_child));
  EXPECT_STOPS_ELSEWHERE("ctx_retval_fp", ctx_retval_f64(&scene_child));
  EXPECT_STOPS_ELSEWHERE("ctx_retval_get",
                         scene_must(ctx_retval_get(&scene_child, signature, &result)));
  ctx_signature_destroy(signature);
}
