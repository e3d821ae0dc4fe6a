#include "testing/simulation/simulation.h"

#include <signal.h>
#include <string.h>

#include "ctx/inline.h"
#include "testing/harness/record.h"
#include "testing/harness/registers.h"
#include "testing/simulation/log.h"
#include "testing/simulation/model.h"
#include "testing/simulation/steps.h"
#include "testing/unwind/single_step.h"

#ifdef CTX_INSTRUMENTED_
/* A switch tells its instrument in several steps, between which it cannot be left. */
enum { CALLS_CAN_BE_LEFT = 0 };
#else
enum { CALLS_CAN_BE_LEFT = 1 };
#endif

enum { STACK_SIZE = 65536 };

/* What an entry and a callback are given, to tell whether they were. */
typedef struct tokens {
  uint64_t entry;
  bool entry_has_args;
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

static ctx_context contexts[MODEL_NUM_CONTEXTS];
static char stacks[MODEL_NUM_STACKS][STACK_SIZE] __attribute__((__aligned__(16)));

static const simulation_machine *machine;
static bool has_signals;
static model m;
static step_reader steps;
static tokens tokens_of[MODEL_NUM_STACKS];
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
    ctx_status status = machine->set_from_signal(&contexts[to]);
    log_fail("ctx_set_from_signal has returned %s", ctx_status_name(status));
  }
  machine->redirect_signal(interrupted, &contexts[to]);
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

static void check_results(unsigned stack) {
  const ctx_context *child = &contexts[MODEL_CHILD(stack)];
  const model_stack *expected = &m.stacks[stack];
  if (ctx_has_returned(child) != model_has_returned(&m, stack)) {
    log_fail("child %u %s returned", stack, ctx_has_returned(child) ? "has" : "has not");
  }
  if (ctx_retval_u64(child) != expected->retval_gp) {
    log_fail("child %u: rax is %#llx, not %#llx", stack, (unsigned long long)ctx_retval_u64(child),
             (unsigned long long)expected->retval_gp);
  }
  uint64_t fp = bits_of(ctx_retval_f64(child));
  if (fp != expected->retval_fp) {
    log_fail("child %u: xmm0 is %#llx, not %#llx", stack, (unsigned long long)fp,
             (unsigned long long)expected->retval_fp);
  }
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
  static const char *const names[] = {"ctx_swap, call-less, to", "ctx_swap, external, to",
                                      "ctx_swap_inline to"};
  int to = nth_of(resumable_contexts(), s->operand);
  if (to < 0) return;
  unsigned form = s->choice % 3;
  model_id from = leaving_context(s->operand >= 192);
  model_fp fp_before = m.fp;
  log_step(m.running, names[form], (model_id)to);
  if (from != MODEL_HOST(0) && !MODEL_IS_CHILD(from)) {
    memset(&contexts[from], 0, sizeof contexts[from]);
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
  ctx_test_call_with_registers(&registers, machine->swap[form], &contexts[from], &contexts[to]);
  /* The call ends with the words it began with; meanwhile this context may have been told others.
   */
  end_call();
  ctx_test_set_fp_words(m.fp.mxcsr, m.fp.x87);
  arrive((model_fp){registers.after.mxcsr & 0xffc0, registers.after.x87.control & 0x1f7f});
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
  machine->set(&contexts[to]);
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
  uint64_t fp = ctx_test_random(&random);
  results_of_return.gp = ctx_test_random(&random);
  memcpy(&results_of_return.fp, &fp, sizeof fp);
  model_return(&m, results_of_return.gp, fp);
  begin_call();
  return true;
}

static void run_callback(void *data);
static results entry_without_args(void);
static results entry_with_args(uint64_t token, double token_as_f64, int8_t i8, uint64_t a,
                               uint64_t b, uint64_t c, uint64_t d, uint64_t e);

static void do_init(const step *s) {
  unsigned children = ((1u << MODEL_NUM_STACKS) - 1) & ~1u & ~(1u << m.running);
  unsigned stack = (unsigned)nth_of(children, s->operand & 3);
  ctx_context *child = &contexts[MODEL_CHILD(stack)];
  sigset_t mask = sigset_of(mask_from(s->choice * 17));
  model_options expected = {
      .backstop = (s->operand & 4) != 0,
      .activation = (s->operand & 8) != 0,
      .fp_save = (s->operand & 16) != 0,
      .fp_default = (s->operand & 32) != 0,
      .signal_mask = (s->operand & 128) != 0 ? mask_from(s->choice * 17) : m.signal_mask,
  };
  ctx_options options = {
      .backstop = expected.backstop ? run_callback : NULL,
      .backstop_data = &tokens_of[stack],
      .activation = expected.activation ? run_callback : NULL,
      .activation_data = &tokens_of[stack],
      .signal_mask = (s->operand & 128) != 0 ? &mask : NULL,
      .flags = (expected.fp_save ? CTX_FLAG_FP_SAVE : 0) |
               (expected.fp_default ? CTX_FLAG_FP_DEFAULT : 0),
  };
  uint64_t token = steps.random * 2 + 1;
  double token_as_f64;
  memcpy(&token_as_f64, &token, sizeof token);
  tokens_of[stack] = (tokens){token, (s->operand & 64) != 0};
  const ctx_value args[] = {ctx_u64(token),     ctx_f64(token_as_f64), ctx_i8((int8_t)token),
                            ctx_u64(token + 1), ctx_u64(token + 2),    ctx_u64(token + 3),
                            ctx_u64(token + 4), ctx_u64(token + 5)};

  log_step(m.running, "ctx_init of", MODEL_CHILD(stack));
  counts->inits++;
  counts->inits_again += m.stacks[stack].phase > MODEL_FRESH;
  model_init(&m, stack, &expected);
  begin_call();
  ctx_status status =
      tokens_of[stack].entry_has_args
          ? machine->init(child, stacks[stack], STACK_SIZE - 16 * s->choice, &options,
                          CTX_ENTRY(entry_with_args), args, sizeof args / sizeof args[0])
          : machine->init(child, stacks[stack], STACK_SIZE - 16 * s->choice, &options,
                          CTX_ENTRY(entry_without_args), CTX_NO_ARGS);
  end_call();
  model_settle(&m);
  if (status != CTX_OK) log_fail("init has returned %s", ctx_status_name(status));
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
  log_step(m.running, "ctx_set_fp_control of", (model_id)id);
  model_declare_fp(&m, (model_id)id, fp);
  ctx_set_fp_control(&contexts[id], fp.mxcsr, fp.x87);
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
  ctx_clear_retvals(&contexts[MODEL_CHILD(stack)]);
}

static void do_set_mask(const step *s) {
  log_step(m.running, "sets the thread's signal mask", MODEL_NOBODY);
  m.signal_mask = mask_from(s->operand);
  thread_mask_set(m.signal_mask);
}

static void do_keep_mask(const step *s) {
  int id = nth_of(resumable_contexts(), s->choice);
  if (id < 0) return;
  log_step(m.running, "ctx_set_signal_mask of", (model_id)id);
  sigset_t mask = sigset_of(mask_from(s->operand));
  m.contexts[id].signal_mask = mask_from(s->operand);
  ctx_set_signal_mask(&contexts[id], s->operand != 0 ? &mask : NULL);
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

static results run_entry(bool has_args) {
  arrive_in_function();
  if (m.stacks[m.running].phase != MODEL_ENTRY) log_fail("the entry runs in place of a callback");
  if (tokens_of[m.running].entry_has_args != has_args) log_fail("a wrong entry runs");
  play();
  return results_of_return;
}

static results entry_without_args(void) { return run_entry(false); }

static results entry_with_args(uint64_t token, double token_as_f64, int8_t i8, uint64_t a,
                               uint64_t b, uint64_t c, uint64_t d, uint64_t e) {
  uint64_t expected = tokens_of[stack_here()].entry;
  bool right = token == expected && bits_of(token_as_f64) == expected && i8 == (int8_t)expected &&
               a == expected + 1 && b == expected + 2 && c == expected + 3 && d == expected + 4 &&
               e == expected + 5;
  if (!right) log_fail("the entry on stack %u has wrong arguments", stack_here());
  return run_entry(true);
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

static void swap_callless(ctx_context *from, ctx_context *to) { ctx_swap(from, to); }
static void swap_inline(ctx_context *from, ctx_context *to) { ctx_swap_inline(from, to); }

const simulation_machine simulation_ctx = {
    .swap = {swap_callless, ctx_swap, swap_inline},
    .set = ctx_set,
    .init = init_in_either_form,
    .set_from_signal = ctx_set_from_signal,
    .redirect_signal = ctx_redirect_signal,
};

void simulation_run(const simulation_machine *machine_to_use, simulation_kind kind,
                    const uint8_t *data, size_t size) {
  machine = machine_to_use;
  has_signals = kind == SIMULATION_OF_SIGNALS;
  steps = steps_of(data, size, has_signals);
  next_alarm.waits = false;
  log_clear();
  model_begin(&m);
  /* Init has to overwrite what is there; a host is zero. */
  memset(contexts, 0xa5, sizeof contexts);
  memset(&contexts[MODEL_HOST(0)], 0, sizeof contexts[MODEL_HOST(0)]);
  ctx_test_set_fp_words(m.fp.mxcsr, m.fp.x87);
  uint64_t mask_before = 0;
  if (has_signals) {
    mask_before = thread_mask();
    thread_mask_set(m.signal_mask);
    step_install(on_trap);
  }
  play();
  if (has_signals) {
    step_uninstall();
    thread_mask_set(mask_before);
  }
  ctx_test_set_fp_words(MODEL_FP_DEFAULT.mxcsr, MODEL_FP_DEFAULT.x87);
}
