#define _GNU_SOURCE
#include "testing/entry/call.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "ctx/inline.h"
#include "testing/entry/probe.h"
#include "testing/entry/verdict.h"
#include "testing/harness/harness.h"

static char complaint[1024];
static ctx_context host;
static ctx_context child;
CTX_STACK(stack, 16384);

static struct {
  int num_activations;
  int num_backstops;
  bool entry_was_called_before_activation;
  bool had_returned_in_backstop;
  uint64_t rax_in_backstop;
} seen;

static void activation(void *data) {
  ++seen.num_activations;
  seen.entry_was_called_before_activation = ctx_probe.num_calls != 0;
  ctx_probe_clobber(data);
}

static void backstop(void *data) {
  const ctx_context *context = data;
  ++seen.num_backstops;
  seen.had_returned_in_backstop = ctx_has_returned(context);
  seen.rax_in_backstop = ctx_retval_gp(context, 0);
  ctx_probe_clobber(data);
}

/* "" or what is wrong, without saying for which arguments. */
static const char *judge_call(const struct ctx_test_arg *args, size_t num_args,
                              enum ctx_call_with with) {
  static struct ctx_expectation expected;
  ctx_expect(&expected, args, num_args);
  static ctx_value values[CTX_EXPECT_MAX_ARGS];
  for (size_t i = 0; i < num_args; ++i)
    values[i] = ctx_test_value(args[i]);

  memset(&child, 0xa5, sizeof child);
  memset(&host, 0, sizeof host);
  memset(stack, 0x5a, sizeof stack);
  memset(&seen, 0, sizeof seen);
  ctx_probe_reset(expected.num_slots + expected.num_slots % 2);
  ctx_probe.result_rax = ctx_test_graffiti(100);
  ctx_probe.result_rdx = ctx_test_graffiti(101);
  ctx_probe.result_xmm0[0] = ctx_test_graffiti(102);
  ctx_probe.result_xmm0[1] = ctx_test_graffiti(103);

  ctx_options options = {0};
  if ((with & CTX_CALL_WITH_ACTIVATION) != 0) options.activation = activation;
  if ((with & CTX_CALL_WITH_BACKSTOP) != 0) {
    options.backstop = backstop;
    options.backstop_data = &child;
  }
  sigset_t mask;
  sigemptyset(&mask);
  ctx_status status;
  if ((with & CTX_CALL_OF_INIT_INLINE) != 0) {
    options.signal_mask = &mask;
    status =
        ctx_init_inline(&child, stack, sizeof stack, &options, ctx_probe_entry, values, num_args);
  } else {
    status = ctx_init_with_options(&child, stack, sizeof stack, &options, ctx_probe_entry, values,
                                   num_args);
  }
  if (status != CTX_OK) return ctx_status_name(status);
  /* Init has copied the values. */
  memset(values, 0, sizeof values);
  if (ctx_has_returned(&child)) return "has returned before it was entered";
  ctx_probe_swap(&host, &child);

  const char *text = ctx_verdict_abi(&ctx_probe, &expected);
  if (*text == '\0') text = ctx_verdict_library(&ctx_probe, &expected);
  if (*text != '\0') return text;

  if (!ctx_has_returned(&child)) return "has not returned";
  if (ctx_retval_gp(&child, 0) != ctx_probe.result_rax) return "rax was not kept";
  if (ctx_retval_gp(&child, 1) != ctx_probe.result_rdx) return "rdx was not kept";
  ctx_bytes16 xmm0 = ctx_retval_fp(&child);
  if (memcmp(&xmm0, ctx_probe.result_xmm0, sizeof xmm0) != 0) return "xmm0 was not kept";
  if (seen.num_activations != (options.activation != NULL)) return "calls of activation";
  if (seen.entry_was_called_before_activation) return "the entry was called before activation";
  if (seen.num_backstops != (options.backstop != NULL)) return "calls of backstop";
  if (options.backstop != NULL && !seen.had_returned_in_backstop) return "backstop before return";
  if (options.backstop != NULL && seen.rax_in_backstop != ctx_probe.result_rax) {
    return "rax could not be read in backstop";
  }
  return "";
}

const char *ctx_call_probe(const struct ctx_test_arg *args, size_t num_args,
                           enum ctx_call_with with) {
  const char *text = judge_call(args, num_args, with);
  if (*text == '\0') return "";
  int length =
      snprintf(complaint, sizeof complaint, "%s; activation %d, backstop %d, inline %d;", text,
               (with & CTX_CALL_WITH_ACTIVATION) != 0, (with & CTX_CALL_WITH_BACKSTOP) != 0,
               (with & CTX_CALL_OF_INIT_INLINE) != 0);
  for (size_t i = 0; i < num_args && length < (int)sizeof complaint; ++i) {
    length += snprintf(complaint + length, sizeof complaint - (size_t)length, " %s:0x%llx",
                       ctx_test_kind_name(args[i].kind), (unsigned long long)args[i].bits);
  }
  return complaint;
}

const char *ctx_call_probe_all_ways(const struct ctx_test_arg *args, size_t num_args) {
  for (int with = 0; with < CTX_NUM_CALL_WITH; ++with) {
    const char *text = ctx_call_probe(args, num_args, (enum ctx_call_with)with);
    if (*text != '\0') return text;
  }
  return "";
}

uint64_t ctx_test_graffiti(size_t arg_index) {
  uint64_t bits = 0;
  for (size_t i = 0; i < 8; ++i) {
    bits |= (0x80 | ((arg_index * 8 + i) & 0x7f)) << (8 * i);
  }
  return bits;
}
