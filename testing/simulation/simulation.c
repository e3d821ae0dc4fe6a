#include "testing/simulation/simulation.h"

#include <signal.h>
#include <string.h>

#include "ctx/inline.h"
#include "testing/harness/record.h"
#include "testing/harness/registers.h"
#include "testing/simulation/log.h"
#include "testing/simulation/model.h"
#include "testing/simulation/signatures.h"
#include "testing/simulation/steps.h"
#include "testing/unwind/single_step.h"

#ifdef CTX_INSTRUMENTED_
/* A switch tells its instrument in several steps, between which it cannot be left. */
enum { CALLS_CAN_BE_LEFT = 0 };
#else
enum { CALLS_CAN_BE_LEFT = 1 };
#endif

enum { STACK_SIZE = 65536 };

/* Which entry a child has: one of the two that are given values, or a signature's. */
enum { ENTRY_WITHOUT_ARGS, ENTRY_WITH_ARGS, ENTRY_OF_SIGNATURE };

/* What an entry and a callback are given, to tell whether they were. */
typedef struct tokens {
  uint64_t entry;
  unsigned which;          /* ENTRY_OF_SIGNATURE and more: that, and its signature's number */
  signature_value *memory; /* ctx_options.result */
} tokens;

typedef struct results {
  uint64_t gp;
  double fp;
} results;

/* When a signal comes, and what is done then. */
typedef struct alarm {
  bool waits; /* for a call that can be left */
  unsigned num_instructions;
  bool by_set;
  unsigned target;
} alarm;

simulation_counts simulation_counts_so_far;
static simulation_counts *const counts = &simulation_counts_so_far;

/* Where the contexts are: mostly in places that they are given in turn, some on the heap. */
static ctx_context places[MODEL_NUM_CONTEXTS];
static ctx_context *contexts[MODEL_NUM_CONTEXTS];
static char stacks[MODEL_NUM_STACKS][STACK_SIZE] __attribute__((__aligned__(16)));

static const simulation_machine *machine;
static bool has_signals;
static model m;
static step_reader steps;
static tokens tokens_of[MODEL_NUM_STACKS];
static signature_value results_memory[MODEL_NUM_STACKS];
static results results_of_return;
static alarm next_alarm;
static volatile bool is_armed;

/* ---- Signals ------------------------------------------------------------------------------------
 */

/* Real-time signals that nobody uses: what is blocked does not matter to anything else. */
static uint64_t mask_from(unsigned bits) { return (uint64_t)(bits & 255) << 40; }

static sigset_t sigset_of(uint64_t mask) {
  sigset_t set;
  sigemptyset(&set);
  for (; mask != 0; mask &= mask - 1)
    sigaddset(&set, __builtin_ctzll(mask) + 1);
  return set;
}

static void thread_mask_set(uint64_t mask) {
  sigset_t set = sigset_of(mask);
  pthread_sigmask(SIG_SETMASK, &set, NULL);
}

static uint64_t thread_mask(void) {
  sigset_t set;
  uint64_t mask; /* Linux has 64 signals, and a set begins with them */
  pthread_sigmask(SIG_SETMASK, NULL, &set);
  memcpy(&mask, &set, sizeof mask);
  return mask;
}

/* A bit for each context that can be resumed, but for those on stacks in the middle of something.
 */
static unsigned resumable_contexts(void) {
  unsigned bits = 0;
  for (model_id id = 0; id < MODEL_NUM_CONTEXTS; id++) {
    bool in_flux = (m.in_flux >> MODEL_STACK_OF(id) & 1) != 0;
    bits |= (unsigned)(m.contexts[id].resumable && !in_flux) << id;
  }
  return bits;
}

static void on_trap(ucontext_t *interrupted) {
  if (is_armed && next_alarm.num_instructions-- != 0) return;
  step_end_in(interrupted);
  if (!is_armed) return;
  is_armed = false;
  counts->signals++;
  m.in_flux |= 1u << m.running;
  model_id to = (model_id)nth_of(resumable_contexts(), next_alarm.target);
  log_step(m.running,
           next_alarm.by_set ? "a signal's ctx_set_from_signal to" : "a signal's redirect to", to);
  model_leave(&m, to, next_alarm.by_set);
  if (next_alarm.by_set) {
    ctx_status status = machine->set_from_signal(contexts[to]);
    log_fail("ctx_set_from_signal has returned %s", ctx_status_name(status));
  }
  machine->redirect_signal(interrupted, contexts[to]);
}

/* To be called when the model has done the step, and before ctx does. */
static void begin_call(void) {
  /* The thread's own stack must not be left: the caller's frames are there. */
  bool changes_stack_0 = ((m.in_flux | 1u << m.running) & 1) != 0;
  if (!next_alarm.waits || changes_stack_0) return;
  next_alarm.waits = false;
  counts->signals_in_calls++;
  is_armed = true;
  step_begin();
}

static void end_call(void) {
  if (!has_signals) return;
  is_armed = false;
  step_end();
}

/* ---- Arriving -----------------------------------------------------------------------------------
 */

static unsigned stack_here(void) {
  uintptr_t here = (uintptr_t)__builtin_frame_address(0);
  for (unsigned stack = 1; stack < MODEL_NUM_STACKS; stack++) {
    if (here - (uintptr_t)stacks[stack] < STACK_SIZE) return stack;
  }
  return 0;
}

static uint64_t bits_of(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

/* The entries that are given values return both, too. */
static signature_id signature_id_of(unsigned stack) {
  unsigned which = tokens_of[stack].which;
  return which < ENTRY_OF_SIGNATURE ? SIGNATURE_INTEGER_AND_DOUBLE
                                    : (signature_id)(which - ENTRY_OF_SIGNATURE);
}

static void expect_status(unsigned stack, const char *signature, ctx_status expected,
                          ctx_status status) {
  if (status == expected) return;
  log_fail("ctx_retval_get of child %u by its %s signature has returned %s, not %s", stack,
           signature, ctx_status_name(status), ctx_status_name(expected));
}

/* What no failing ctx_retval_get has written to. */
static const signature_value untouched = {{0}};
static signature_value for_failures;

/* By the child's own signature, and by another, which asks for what there is not. */
static void check_typed_result(unsigned stack) {
  const ctx_context *child = contexts[MODEL_CHILD(stack)];
  const model_stack *expected = &m.stacks[stack];
  signature_id id = signature_id_of(stack);
  if (!model_has_returned(&m, stack)) {
    expect_status(stack, "own", CTX_ERR_NOT_RETURNED,
                  machine->retval_get(child, signature_of(id), &for_failures));
    return;
  }
  if (!expected->is_cleared) {
    expect_status(stack, "wrong", CTX_ERR_WRONG_SIGNATURE,
                  machine->retval_get(child, signature_wrong_for(id), &for_failures));
  }
  counts->results_read++;
  signature_value found;
  memset(&found, 0x5a, sizeof found);
  expect_status(stack, "own", CTX_OK, machine->retval_get(child, signature_of(id), &found));
  if (!signature_same_result(id, found.bytes, expected->results.typed)) {
    log_fail("child %u: the result of signature %u is another", stack, id);
  }
  if (!signature_result_may_be_at(id, ctx_retval_u64(child))) {
    log_fail("child %u: the memory of its result is not aligned", stack);
  }
  size_t size = signature_result_size(id);
  if (size < sizeof found && found.bytes[size] != 0x5a) {
    log_fail("ctx_retval_get of child %u writes more than its result", stack);
  }
}

static void check_results(unsigned stack) {
  const ctx_context *child = contexts[MODEL_CHILD(stack)];
  const model_stack *expected = &m.stacks[stack];
  if (ctx_has_returned(child) != model_has_returned(&m, stack)) {
    log_fail("child %u %s returned", stack, ctx_has_returned(child) ? "has" : "has not");
  }
  const model_results *returned = &expected->results;
  uint64_t gp = ctx_retval_u64(child);
  if (returned->has_gp && gp != returned->gp) {
    log_fail("child %u: rax is %#llx, not %#llx", stack, (unsigned long long)gp,
             (unsigned long long)returned->gp);
  }
  uint64_t fp = bits_of(ctx_retval_f64(child));
  if (returned->has_fp && fp != returned->fp) {
    log_fail("child %u: xmm0 is %#llx, not %#llx", stack, (unsigned long long)fp,
             (unsigned long long)returned->fp);
  }
  check_typed_result(stack);
}

/* Whoever goes on says what words it has found. */
static void arrive(model_fp found) {
  end_call();
  if (stack_here() != m.running) {
    log_fail("stack %u goes on, not stack %u", stack_here(), m.running);
  }
  model_settle(&m);
  if (found.mxcsr != m.fp.mxcsr || found.x87 != m.fp.x87) {
    log_fail("MXCSR is %#x, not %#x; the x87 control word is %#x, not %#x", found.mxcsr, m.fp.mxcsr,
             found.x87, m.fp.x87);
  }
  if (has_signals && thread_mask() != m.signal_mask) {
    log_fail("the signal mask is %#llx, not %#llx", (unsigned long long)thread_mask(),
             (unsigned long long)m.signal_mask);
  }
  for (unsigned stack = 1; stack < MODEL_NUM_STACKS; stack++) {
    if (m.stacks[stack].phase != MODEL_GONE) check_results(stack);
  }
  if (memcmp(&for_failures, &untouched, sizeof untouched) != 0) {
    log_fail("ctx_retval_get fails, and writes");
  }
}

static void arrive_in_function(void) {
  arrive((model_fp){ctx_test_mxcsr_control(), ctx_test_x87_control()});
}

/* ---- Steps --------------------------------------------------------------------------------------
 */

/* On stack 0 there is only the host. */
static model_id leaving_context(bool wants_host) {
  return m.running == 0 || wants_host ? MODEL_HOST(m.running) : MODEL_CHILD(m.running);
}

static void count_switch(model_fp before) {
  counts->fp_reloads += before.mxcsr != m.fp.mxcsr || before.x87 != m.fp.x87;
}

static void do_swap(const step *s) {
  static const char *const names[] = {"ctx_swap_resumer, call-less, to",
                                      "ctx_swap_resumer, external, to",
                                      "ctx_swap_resumer_inline to"};
  int to = nth_of(resumable_contexts(), s->operand);
  if (to < 0) return;
  unsigned form = s->choice % 3;
  model_id from = leaving_context(s->operand >= 192);
  model_fp fp_before = m.fp;
  log_step(m.running, names[form], (model_id)to);
  if (from != MODEL_HOST(0) && !MODEL_IS_CHILD(from)) {
    memset(contexts[from], 0, sizeof *contexts[from]);
  }
  model_swap(&m, from, (model_id)to);
  counts->swaps++;
  count_switch(fp_before);
  uint64_t random = steps.random;
  struct ctx_test_registers registers = {.before = {.rbx = ctx_test_random(&random),
                                                    .rbp = ctx_test_random(&random),
                                                    .r12 = ctx_test_random(&random),
                                                    .r13 = ctx_test_random(&random),
                                                    .r14 = ctx_test_random(&random),
                                                    .r15 = ctx_test_random(&random)}};
  begin_call();
  uint64_t resumer = ctx_test_call_with_registers(
      &registers, (ctx_test_switch)(uintptr_t)machine->swap[form], contexts[from], contexts[to]);
  /* The call ends with the words it began with; meanwhile this context may have been told others.
   */
  end_call();
  ctx_test_set_fp_words(m.fp.mxcsr, m.fp.x87);
  arrive((model_fp){registers.after.mxcsr & 0xffc0, registers.after.x87.control & 0x1f7f});
  const ctx_context *left = m.resumer == MODEL_NOBODY ? NULL : contexts[m.resumer];
  if (resumer != (uintptr_t)left) {
    log_fail("back on stack %u: the resumer is %#llx, not %p", m.running,
             (unsigned long long)resumer, (const void *)left);
  }
  registers.before.mxcsr = registers.after.mxcsr;
  registers.before.x87.control = registers.after.x87.control;
  char verdict[CTX_TEST_VERDICT_SIZE];
  if (ctx_test_registers_verdict(&registers, verdict)[0] != '\0') {
    log_fail("back on stack %u:%s", m.running, verdict);
  }
}

static void set(model_id to) {
  model_fp fp_before = m.fp;
  log_step(m.running, "ctx_set to", to);
  model_set(&m, to);
  counts->sets++;
  count_switch(fp_before);
  begin_call();
  machine->set(contexts[to]);
  log_fail("ctx_set has returned");
}

static void do_set(const step *s) {
  int to = nth_of(resumable_contexts(), s->operand);
  if (to >= 0 && m.running != 0) set((model_id)to);
}

/* True if the function that runs is to return now. */
static bool do_return(void) {
  if (!model_can_return(&m)) return false;
  static const char *const names[] = {[MODEL_ACTIVATION] = "the activation callback returns",
                                      [MODEL_ENTRY] = "the entry returns",
                                      [MODEL_BACKSTOP] = "the backstop callback returns"};
  log_step(m.running, names[m.stacks[m.running].phase], MODEL_NOBODY);
  counts->returns++;
  uint64_t random = steps.random;
  const tokens *own = &tokens_of[m.running];
  model_results expected = signature_draw_result(signature_id_of(m.running), random, own->memory);
  results_of_return.gp = expected.gp;
  memcpy(&results_of_return.fp, &expected.fp, sizeof expected.fp);
  model_return(&m, &expected);
  begin_call();
  return true;
}

static void run_callback(void *data);
static results entry_without_args(void);
static results entry_with_args(uint64_t token, double token_as_f64, int8_t i8, uint64_t a,
                               uint64_t b, uint64_t c, uint64_t d, uint64_t e);

/* What an init of any form is told. */
typedef struct init_plan {
  unsigned stack;
  sigset_t mask;
  model_options expected;
  ctx_options options;
} init_plan;

/* Of any child but the one that runs. */
static unsigned stack_to_init(const step *s) {
  unsigned children = ((1u << MODEL_NUM_STACKS) - 1) & ~1u & ~(1u << m.running);
  return (unsigned)nth_of(children, s->operand & 3);
}

static void plan_init(const step *s, init_plan *plan) {
  unsigned stack = stack_to_init(s);
  bool has_mask = (s->operand & 128) != 0;
  plan->stack = stack;
  plan->mask = sigset_of(mask_from(s->choice * 17));
  plan->expected = (model_options){
      .backstop = (s->operand & 4) != 0,
      .activation = (s->operand & 8) != 0,
      .fp_save = (s->operand & 16) != 0,
      .fp_default = (s->operand & 32) != 0,
      .signal_mask = has_mask ? mask_from(s->choice * 17) : m.signal_mask,
  };
  plan->options = (ctx_options){
      .backstop = plan->expected.backstop ? run_callback : NULL,
      .backstop_data = &tokens_of[stack],
      .activation = plan->expected.activation ? run_callback : NULL,
      .activation_data = &tokens_of[stack],
      .signal_mask = has_mask ? &plan->mask : NULL,
      .flags = (plan->expected.fp_save ? CTX_FLAG_FP_SAVE : 0) |
               (plan->expected.fp_default ? CTX_FLAG_FP_DEFAULT : 0),
  };
}

/* The model's part of it, and what the entry will look for. */
static void note_init(const char *what, const init_plan *plan, tokens given) {
  log_step(m.running, what, MODEL_CHILD(plan->stack));
  counts->inits++;
  counts->inits_again += m.stacks[plan->stack].phase > MODEL_FRESH;
  tokens_of[plan->stack] = given;
  model_init(&m, plan->stack, &plan->expected);
}

static uint64_t token_here(void) { return steps.random * 2 + 1; }

enum { NUM_ARGS = 8 };

static ctx_entry entry_and_args(uint64_t token, bool has_args, ctx_value args[NUM_ARGS]) {
  if (!has_args) return CTX_ENTRY(entry_without_args);
  double token_as_f64;
  memcpy(&token_as_f64, &token, sizeof token);
  const ctx_value values[NUM_ARGS] = {
      ctx_u64(token),     ctx_f64(token_as_f64), ctx_i8((int8_t)token), ctx_u64(token + 1),
      ctx_u64(token + 2), ctx_u64(token + 3),    ctx_u64(token + 4),    ctx_u64(token + 5)};
  memcpy(args, values, sizeof values);
  return CTX_ENTRY(entry_with_args);
}

static void end_init(ctx_status status) {
  end_call();
  model_settle(&m);
  if (status != CTX_OK) log_fail("init has returned %s", ctx_status_name(status));
}

static void do_init(const step *s) {
  init_plan plan;
  plan_init(s, &plan);
  uint64_t token = token_here();
  bool has_args = (s->operand & 64) != 0;
  ctx_value args[NUM_ARGS];
  ctx_entry entry = entry_and_args(token, has_args, args);
  note_init("ctx_init of", &plan,
            (tokens){token, has_args ? ENTRY_WITH_ARGS : ENTRY_WITHOUT_ARGS, NULL});
  begin_call();
  end_init(machine->init(contexts[MODEL_CHILD(plan.stack)], stacks[plan.stack],
                         STACK_SIZE - 16 * s->choice, &plan.options, entry, has_args ? args : NULL,
                         has_args ? NUM_ARGS : 0));
}

/* The choice is the signature; the stack's end is aligned to 16 bytes, and by chance to more. */
static void do_init_signature(const step *s) {
  signature_id id = (signature_id)(s->choice % NUM_SIGNATURES);
  if (signature_of(id) == NULL) return;
  init_plan plan;
  plan_init(s, &plan);
  uint64_t token = token_here();
  signature_value *memory = (s->operand & 64) != 0 ? &results_memory[plan.stack] : NULL;
  plan.options.result = memory;
  signature_value values[SIGNATURES_MAX_ARGS];
  const void *addresses[SIGNATURES_MAX_ARGS] = {NULL};
  size_t num_args = signature_draw_args(id, token, values);
  for (size_t i = 0; i < num_args; i++)
    addresses[i] = values[i].bytes;
  size_t stack_size = STACK_SIZE - 16 * (size_t)(ctx_test_random(&token) & 7);
  note_init("ctx_init_signature of", &plan,
            (tokens){token_here(), ENTRY_OF_SIGNATURE + id, memory});
  counts->inits_signatures++;
  counts->inits_with_memory += memory != NULL;
  begin_call();
  end_init(machine->init_signature(contexts[MODEL_CHILD(plan.stack)], stacks[plan.stack],
                                   stack_size, &plan.options, signature_entry(id), signature_of(id),
                                   num_args != 0 ? addresses : NULL));
}

static bool is_on_heap(unsigned stack) {
  return contexts[MODEL_CHILD(stack)] != &places[MODEL_CHILD(stack)];
}

/* It is taken to be running where its code has left as a host, since nothing has suspended it. */
static bool can_be_destroyed(unsigned stack) {
  return is_on_heap(stack) && !m.contexts[MODEL_HOST(stack)].resumable;
}

/* Its context is in its place again, and means nothing. */
static void destroy(unsigned stack) {
  log_step(m.running, "ctx_destroy of", MODEL_CHILD(stack));
  counts->destroys++;
  model_replace(&m, stack);
  ctx_destroy(contexts[MODEL_CHILD(stack)]);
  contexts[MODEL_CHILD(stack)] = &places[MODEL_CHILD(stack)];
}

/* The heap must not be left in the middle. */
static void do_create(const step *s) {
  init_plan plan = {.stack = stack_to_init(s), .expected = {.signal_mask = m.signal_mask}};
  if (can_be_destroyed(plan.stack)) destroy(plan.stack);
  if ((s->operand & 4) != 0 || is_on_heap(plan.stack)) return;
  uint64_t token = token_here();
  bool has_args = (s->operand & 64) != 0;
  ctx_value args[NUM_ARGS];
  ctx_entry entry = entry_and_args(token, has_args, args);
  model_replace(&m, plan.stack);
  note_init("ctx_create of", &plan,
            (tokens){token, has_args ? ENTRY_WITH_ARGS : ENTRY_WITHOUT_ARGS, NULL});
  counts->creates++;
  end_init(machine->create(&contexts[MODEL_CHILD(plan.stack)], stacks[plan.stack],
                           STACK_SIZE - 16 * s->choice, entry, has_args ? args : NULL,
                           has_args ? NUM_ARGS : 0));
}

/* Few different ones, so that some are the same. */
static model_fp fp_from(unsigned choice) {
  if (choice < 4) return MODEL_FP_DEFAULT;
  uint64_t random = choice;
  uint64_t bits = ctx_test_random(&random);
  return (model_fp){.mxcsr = bits & 0xffc0, .x87 = (bits >> 32 & 0x0f7f) | 0x40};
}

static void do_declare_fp(const step *s) {
  unsigned candidates = 0;
  for (model_id id = 0; id < MODEL_NUM_CONTEXTS; id++)
    candidates |= (unsigned)model_can_declare_fp(&m, id) << id;
  int id = nth_of(candidates, s->operand);
  if (id < 0) return;
  model_fp fp = fp_from(s->choice);
  log_step(m.running, "ctx_declare_fp_control of", (model_id)id);
  model_declare_fp(&m, (model_id)id, fp);
  ctx_declare_fp_control(contexts[id], fp.mxcsr, fp.x87);
  ctx_test_set_fp_words(m.fp.mxcsr, m.fp.x87);
}

static void do_change_fp(const step *s) {
  if (!model_can_change_fp(&m)) return;
  log_step(m.running, "changes its control words", MODEL_NOBODY);
  model_change_fp(&m, fp_from(s->choice));
  ctx_test_set_fp_words(m.fp.mxcsr, m.fp.x87);
}

static void do_clear_retvals(const step *s) {
  unsigned stack = 1 + s->operand % (MODEL_NUM_STACKS - 1);
  if (stack == m.running || m.stacks[stack].phase == MODEL_GONE) return;
  log_step(m.running, "ctx_clear_retvals of", MODEL_CHILD(stack));
  model_clear_retvals(&m, stack);
  ctx_clear_retvals(contexts[MODEL_CHILD(stack)]);
}

static void do_set_mask(const step *s) {
  log_step(m.running, "sets the thread's signal mask", MODEL_NOBODY);
  m.signal_mask = mask_from(s->operand);
  thread_mask_set(m.signal_mask);
}

static void do_keep_mask(const step *s) {
  int id = nth_of(resumable_contexts(), s->choice);
  if (id < 0) return;
  log_step(m.running, "ctx_declare_signal_mask of", (model_id)id);
  sigset_t mask = sigset_of(mask_from(s->operand));
  m.contexts[id].signal_mask = mask_from(s->operand);
  ctx_declare_signal_mask(contexts[id], s->operand != 0 ? &mask : NULL);
}

static void do_leave(const step *s) {
  if (m.running == 0) return;
  next_alarm = (alarm){.by_set = (s->choice & 1) != 0, .target = s->operand};
  is_armed = true;
  /* The direction flag and the x87 registers are to be put right, whatever they are. */
  if ((s->choice & 2) != 0) {
    __asm__ volatile("fld1\n\tstd\n\tint3" : : : "memory");
  } else {
    __asm__ volatile("int3" : : : "memory");
  }
  log_fail("a signal's handler has returned to where it was interrupted");
}

static void do_leave_later(const step *s) {
  if (!CALLS_CAN_BE_LEFT) {
    do_leave(s);
    return;
  }
  next_alarm = (alarm){.waits = true,
                       .num_instructions = s->operand,
                       .by_set = (s->choice & 1) != 0,
                       .target = s->choice / 2};
}

/* Runs steps until the present function is to return. */
static void play(void) {
  step s;
  while (step_read(&steps, &s)) {
    switch (s.kind) {
      case STEP_SWAP:
        do_swap(&s);
        break;
      case STEP_SET:
        do_set(&s);
        break;
      case STEP_RETURN:
        if (do_return()) return;
        break;
      case STEP_INIT:
        do_init(&s);
        break;
      case STEP_INIT_SIGNATURE:
        do_init_signature(&s);
        break;
      case STEP_CREATE:
        do_create(&s);
        break;
      case STEP_DECLARE_FP:
        do_declare_fp(&s);
        break;
      case STEP_CHANGE_FP:
        do_change_fp(&s);
        break;
      case STEP_CLEAR_RETVALS:
        do_clear_retvals(&s);
        break;
      case STEP_SET_MASK:
        do_set_mask(&s);
        break;
      case STEP_KEEP_MASK:
        do_keep_mask(&s);
        break;
      case STEP_LEAVE:
        do_leave(&s);
        break;
      case STEP_LEAVE_LATER:
        do_leave_later(&s);
        break;
      case NUM_STEP_KINDS:
        break;
    }
  }
  next_alarm.waits = false;
  if (m.running != 0) set(MODEL_HOST(0));
}

/* ---- What children run --------------------------------------------------------------------------
 */

static void run_callback(void *data) {
  arrive_in_function();
  if (data != &tokens_of[m.running]) log_fail("a callback of stack %u has wrong data", m.running);
  if (m.stacks[m.running].phase == MODEL_ENTRY) log_fail("a callback runs in place of the entry");
  play();
}

static results run_entry(unsigned which) {
  arrive_in_function();
  if (m.stacks[m.running].phase != MODEL_ENTRY) log_fail("the entry runs in place of a callback");
  if (tokens_of[m.running].which != which) log_fail("a wrong entry runs");
  play();
  return results_of_return;
}

static results entry_without_args(void) { return run_entry(ENTRY_WITHOUT_ARGS); }

static results entry_with_args(uint64_t token, double token_as_f64, int8_t i8, uint64_t a,
                               uint64_t b, uint64_t c, uint64_t d, uint64_t e) {
  uint64_t expected = tokens_of[stack_here()].entry;
  bool right = token == expected && bits_of(token_as_f64) == expected && i8 == (int8_t)expected &&
               a == expected + 1 && b == expected + 2 && c == expected + 3 && d == expected + 4 &&
               e == expected + 5;
  if (!right) log_fail("the entry on stack %u has wrong arguments", stack_here());
  return run_entry(ENTRY_WITH_ARGS);
}

static void run_entry_of_signature(signature_id id, const void *const *args) {
  unsigned wrong = signature_wrong_args(id, tokens_of[stack_here()].entry, args);
  if (wrong != 0) log_fail("the entry on stack %u has wrong arguments: %#x", stack_here(), wrong);
  run_entry(ENTRY_OF_SIGNATURE + id);
}

/* ---- ctx ----------------------------------------------------------------------------------------
 */

static ctx_status init_in_either_form(ctx_context *child, void *stack, size_t stack_size,
                                      const ctx_options *options, ctx_entry entry,
                                      const ctx_value *args, size_t num_args) {
  return stack_size % 32 == 0
             ? ctx_init_inline(child, stack, stack_size, options, entry, args, num_args)
             : ctx_init_with_options(child, stack, stack_size, options, entry, args, num_args);
}

static ctx_context *swap_callless(ctx_context *from, ctx_context *to) {
  return ctx_swap_resumer(from, to);
}
static ctx_context *swap_inline(ctx_context *from, ctx_context *to) {
  return ctx_swap_resumer_inline(from, to);
}

const simulation_machine simulation_ctx = {
    .swap = {swap_callless, ctx_swap_resumer, swap_inline},
    .set = ctx_set,
    .init = init_in_either_form,
    .init_signature = ctx_init_signature,
    .create = ctx_create,
    .retval_get = ctx_retval_get,
    .set_from_signal = ctx_set_from_signal,
    .redirect_signal = ctx_redirect_signal,
};

static ctx_status init_without_args(unsigned stack) {
  return ctx_init(contexts[MODEL_CHILD(stack)], stacks[stack], STACK_SIZE,
                  CTX_ENTRY(entry_without_args), CTX_NO_ARGS);
}

void simulation_run(const simulation_machine *machine_to_use, simulation_kind kind,
                    const uint8_t *data, size_t size) {
  machine = machine_to_use;
  has_signals = kind == SIMULATION_OF_SIGNALS;
  steps = steps_of(data, size, has_signals);
  next_alarm.waits = false;
  log_clear();
  model_begin(&m);
  /* Init has to overwrite what is there; a host is zero. */
  memset(places, 0xa5, sizeof places);
  memset(&places[MODEL_HOST(0)], 0, sizeof places[MODEL_HOST(0)]);
  for (model_id id = 0; id < MODEL_NUM_CONTEXTS; id++)
    contexts[id] = &places[id];
  signatures_prepare(run_entry_of_signature);
  ctx_test_set_fp_words(m.fp.mxcsr, m.fp.x87);
  uint64_t mask_before = 0;
  if (has_signals) {
    mask_before = thread_mask();
    thread_mask_set(m.signal_mask);
    step_install(on_trap);
  }
  play();
  /* What a sanitizer keeps for an abandoned context is freed by the init that replaces it. */
  for (unsigned stack = 1; stack < MODEL_NUM_STACKS; stack++) {
    if (is_on_heap(stack)) {
      if (!can_be_destroyed(stack)) end_init(init_without_args(stack));
      destroy(stack);
    }
    end_init(init_without_args(stack));
  }
  if (has_signals) {
    step_uninstall();
    thread_mask_set(mask_before);
  }
  ctx_test_set_fp_words(MODEL_FP_DEFAULT.mxcsr, MODEL_FP_DEFAULT.x87);
}
