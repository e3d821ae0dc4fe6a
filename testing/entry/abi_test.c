/* An entry and the callbacks of a context begin as the ABI has it for any function. */
#include "ctx/ctx.h"
#include "testing/arch/arch.h"
#include "testing/arch/machine.h"
#include "testing/harness/harness.h"
#include "testing/harness/registers.h"
#include "testing/switching/forms.h"
#include CTX_TEST_ARCH(figures.h)

enum { STACK_SIZE = 65536, IN_REGISTERS = CTX_TEST_GENERAL_ARGUMENTS, MAX_IN_MEMORY = 8 };
CTX_STACK(stack, STACK_SIZE);

static void expect_abi(const struct ctx_test_entry_state *state) {
  char verdict[CTX_TEST_VERDICT_SIZE];
  EXPECT_STREQ("", ctx_test_entry_verdict(state, verdict));
  /* The frame record at which a walk ends. */
  const uint64_t *record = machine_frame_record((const void *)(uintptr_t)state->fp);
  EXPECT_EQ(0, record[0]);
  EXPECT_EQ(0, record[1]);
}

/* There are 0 to 8 words of arguments in memory, and the stack's lowest address has any
 * alignment. */
CTX_TEST(EntryAbi, HoldsForAnEntry) {
  FOR_EACH_SWAP_FORM(form)
  for (size_t num_in_memory = 0; num_in_memory <= MAX_IN_MEMORY; num_in_memory++) {
    ctx_test_note("%s, %zu words in memory", form->name, num_in_memory);
    struct ctx_test_entry_state entry = {0};
    ctx_value args[IN_REGISTERS + MAX_IN_MEMORY];
    args[0] = ctx_ptr(&entry);
    for (size_t i = 1; i < IN_REGISTERS + num_in_memory; i++)
      args[i] = ctx_u64(i);
    ctx_context host = {0};
    ctx_context child;
    size_t offset = num_in_memory; /* the end stays aligned */
    ASSERT_EQ(CTX_OK,
              ctx_init(&child, stack + offset, STACK_SIZE - offset,
                       (ctx_entry)ctx_test_record_entry, args, IN_REGISTERS + num_in_memory));
    form->swap(&host, &child);
    EXPECT_TRUE(entry.sp - (uintptr_t)stack < STACK_SIZE);
    expect_abi(&entry);
  }
}

CTX_TEST(EntryAbi, HoldsForCallbacksAndTheEntryAfterOne) {
  struct ctx_test_entry_state activation = {0};
  struct ctx_test_entry_state entry = {0};
  struct ctx_test_entry_state backstop = {0};
  const ctx_options options = {.activation = (ctx_callback)ctx_test_record_entry,
                               .activation_data = &activation,
                               .backstop = (ctx_callback)ctx_test_record_entry,
                               .backstop_data = &backstop};
  ctx_context host = {0};
  ctx_context child;
  ASSERT_EQ(CTX_OK, ctx_init_with_options(&child, stack, STACK_SIZE, &options,
                                          (ctx_entry)ctx_test_record_entry, CTX_ARGS(&entry)));
  ctx_swap(&host, &child);
  expect_abi(&activation);
  expect_abi(&entry);
  expect_abi(&backstop);
}
