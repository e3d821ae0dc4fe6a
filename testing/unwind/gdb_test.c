/* gdb shows a child with its parents: this program runs itself under gdb, which stops at a marker
 * and in the middle of a switch, and reads the backtraces. */
#define _GNU_SOURCE /* popen, strcasestr */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ctx/ctx.h"
#include "testing/harness/harness.h"
#include "testing/unwind/swap_forms.h"
#include "testing/unwind/trace.h"

#define STACK_SIZE 65536

CTX_STACK(low_stack, STACK_SIZE);
CTX_STACK(high_stack, STACK_SIZE);

/* ---- Tests that do nothing except being run under gdb ---- */

static ctx_context host;
static ctx_context child;
static ctx_context grandchild;
static char *grandchild_stack;
static const swap_form *form;
static const swap_form *child_form;

/* gdb stops here: not static, so that its name stays as it is. */
void gdb_marker(void);
TRACE_FRAME void gdb_marker(void) { TRACE_NO_TAIL_CALL; }

TRACE_FRAME static void grandchild_entry(void) {
  gdb_marker();
  TRACE_NO_TAIL_CALL;
}

TRACE_FRAME static void child_entry(void) {
  ASSERT_EQ(CTX_OK,
            ctx_init(&grandchild, grandchild_stack, STACK_SIZE, grandchild_entry, CTX_NO_ARGS));
  form->swap(&child, &grandchild);
  TRACE_NO_TAIL_CALL;
}

TRACE_FRAME static void two_generations(char *stack, char *inner_stack) {
  grandchild_stack = inner_stack;
  for (size_t f = 0; f < NUM_SWAP_FORMS; f++) {
    form = &swap_forms[f];
    host = (ctx_context){0};
    ASSERT_EQ(CTX_OK, ctx_init(&child, stack, STACK_SIZE, child_entry, CTX_NO_ARGS));
    form->swap(&host, &child);
  }
  TRACE_NO_TAIL_CALL;
}

CTX_TEST(UnderGdb, GrandchildAbove) { two_generations(low_stack, high_stack); }
CTX_TEST(UnderGdb, GrandchildBelow) { two_generations(high_stack, low_stack); }

TRACE_FRAME static void ring_entry(void) {
  ctx_swap(&child, &grandchild);
  gdb_marker();
  ctx_set(&host);
}
TRACE_FRAME static void ring_partner(void) { ctx_swap(&grandchild, &child); }

CTX_TEST(UnderGdb, Ring) {
  ASSERT_EQ(CTX_OK, ctx_init(&child, low_stack, STACK_SIZE, ring_entry, CTX_NO_ARGS));
  ASSERT_EQ(CTX_OK, ctx_init(&grandchild, high_stack, STACK_SIZE, ring_partner, CTX_NO_ARGS));
  host = (ctx_context){0};
  ctx_swap(&host, &child);
}

/* Goes to a child that has been suspended, and back: gdb steps through both switches. */
TRACE_FRAME static void stepped_entry(void) {
  child_form->swap(&child, &host);
  child_form->swap(&child, &host);
  TRACE_NO_TAIL_CALL;
}

TRACE_FRAME static void stepped(const swap_form *host_form, const swap_form *form_of_child) {
  form = host_form;
  child_form = form_of_child;
  ASSERT_EQ(CTX_OK, ctx_init(&child, low_stack, STACK_SIZE, stepped_entry, CTX_NO_ARGS));
  host = (ctx_context){0};
  form->swap(&host, &child);
  gdb_marker();
  form->swap(&host, &child);
  TRACE_NO_TAIL_CALL;
}

enum { CALLLESS = 0, EXTERNAL = 2 };
CTX_TEST(UnderGdb, SteppedCallless) { stepped(&swap_forms[CALLLESS], &swap_forms[CALLLESS]); }
CTX_TEST(UnderGdb, SteppedExternal) { stepped(&swap_forms[EXTERNAL], &swap_forms[EXTERNAL]); }
CTX_TEST(UnderGdb, SteppedYield) { stepped(&swap_forms[CALLLESS], &yield_forms[CALLLESS]); }
CTX_TEST(UnderGdb, SteppedExternalYield) { stepped(&swap_forms[EXTERNAL], &yield_forms[EXTERNAL]); }

/* ---- gdb ---- */

#define MAX_TRACES 256
static trace traces[MAX_TRACES];
static size_t num_traces;
static char output[1 << 20];

/* Returns false where there is no gdb, or it may not trace. An emulator serves gdb itself, which
 * has to know the other processor. */
static bool gdb_works(void) {
  return system(ctx_test_is_emulated()
                    ? "gdb-multiarch --version >/dev/null 2>&1"
                    : "gdb -nx -batch -ex run --args true 2>&1 | grep -q 'exited normally'") == 0;
}

/* "#1  0x0000555555555131 in name (arguments) at file:line", or without the address. */
static const char *parse_frame(char *line) {
  char *name = strstr(line, " in ");
  char *parenthesis = strchr(line, '(');
  if (name != NULL && (parenthesis == NULL || name < parenthesis)) {
    name += 4;
  } else {
    name = line + 1 + strspn(line + 1, "0123456789");
    name += strspn(name, " ");
  }
  if (strncmp(name, "<signal handler called>", 23) == 0) return "<signal>";
  name[strcspn(name, " \n")] = '\0';
  return name;
}

#define GDB_OPTIONS                                                              \
  "-nx -batch -ex 'set pagination off' -ex 'set width 0' -ex 'set confirm off' " \
  "-ex 'set print frame-arguments none' -ex 'set disable-randomization off' "    \
  "-ex 'break *gdb_marker' "

/* Runs one test of this program under gdb, up to a breakpoint at the marker, and then with these
 * commands. */
static void run_gdb(const char *test, const char *commands) {
  char self[1024];
  ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
  if (length < 0) abort();
  self[length] = '\0';
  static char command[16384];
  if (ctx_test_is_emulated()) {
    snprintf(command, sizeof command,
             "folder=$(mktemp -d); export GTEST_OUTPUT= XML_OUTPUT_FILE=; "
             "$CTX_TEST_EMULATOR -g $folder/gdb '%s' --gtest_filter=UnderGdb.%s >/dev/null & "
             "for i in $(seq 300); do [ -S $folder/gdb ] || sleep 0.1; done; "
             "gdb-multiarch " GDB_OPTIONS
             "-ex \"target remote $folder/gdb\" -ex continue %s '%s' 2>&1; kill $!; rm -r $folder",
             self, test, commands, self);
  } else {
    /* A process that is traced already cannot be searched for leaks. */
    snprintf(command, sizeof command,
             "ASAN_OPTIONS=detect_leaks=0 GTEST_OUTPUT= XML_OUTPUT_FILE= gdb " GDB_OPTIONS
             "-ex run %s --args '%s' --gtest_filter=UnderGdb.%s 2>&1",
             commands, self, test);
  }
  FILE *gdb = popen(command, "r");
  if (gdb == NULL) abort();
  size_t size = fread(output, 1, sizeof output - 1, gdb);
  output[size] = '\0';
  pclose(gdb);

  num_traces = 0;
  trace *current = NULL;
  char *rest = NULL;
  for (char *line = strtok_r(output, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
    if (strstr(line, "corrupt stack") != NULL || strstr(line, "Cannot access memory") != NULL) {
      FAIL(line);
    }
    if (line[0] != '#') continue;
    if (strncmp(line, "#0 ", 3) == 0 && num_traces < MAX_TRACES) {
      current = &traces[num_traces++];
      memset(current, 0, sizeof *current);
    }
    const char *name = parse_frame(line);
    /* With debug information gdb shows inlined functions as frames, too. */
    if (strcmp(name, "ctx_swap") == 0 || strcmp(name, "ctx_swap_inline") == 0 ||
        strcmp(name, "ctx_yield") == 0) {
      continue;
    }
    if (current != NULL && current->num_frames < TRACE_MAX_FRAMES) {
      current->names[current->num_frames++] = name;
    }
  }
}

#define SKIP_WITHOUT_GDB \
  if (!gdb_works()) CTX_SKIP("gdb is not there, or may not trace processes")

/* "<signal>" is how gdb shows the frame in which a context calls its entry. */
static void expect_generations(const char *test) {
  run_gdb(test, "-ex bt -ex continue -ex bt -ex continue -ex bt");
  EXPECT_EQ(NUM_SWAP_FORMS, num_traces);
  for (size_t i = 0; i < num_traces && i < NUM_SWAP_FORMS; i++) {
    char pattern[256];
    snprintf(pattern, sizeof pattern,
             "gdb_marker grandchild_entry <signal> %s child_entry <signal> %s two_generations ... "
             "main",
             swap_forms[i].frames, swap_forms[i].frames);
    EXPECT_TRACE(pattern, &traces[i]);
  }
}

CTX_TEST(Gdb, ShowsAParentThatLiesBelow) {
  SKIP_WITHOUT_GDB;
  expect_generations("GrandchildAbove");
}

CTX_TEST(Gdb, ShowsAParentThatLiesAbove) {
  SKIP_WITHOUT_GDB;
  expect_generations("GrandchildBelow");
}

CTX_TEST(Gdb, EndsWhereARingComesRound) {
  SKIP_WITHOUT_GDB;
  run_gdb("Ring", "-ex bt");
  ASSERT_EQ(1, num_traces);
  EXPECT_TRACE("gdb_marker ring_entry <signal> ring_partner <signal> ctx_asm_orphan $", &traces[0]);
}

static bool is_body(const char *name) {
  return strcmp(name, SWAP_BODY) == 0 || strcmp(name, YIELD_BODY) == 0;
}

/* "inner outer" without the inner: between the body and the function that switches, the external
 * form has a frame of its own. */
static const char *function_of(const swap_form *stepped_form) {
  const char *space = strrchr(stepped_form->frames, ' ');
  return space != NULL ? space + 1 : stepped_form->frames;
}

/* Steps from breakpoints at the shared bodies through a switch to the child and one back. Each
 * trace within a body must be that of the host or that of the child. */
static void expect_steps(const char *test, const swap_form *host_form,
                         const swap_form *form_of_child) {
  enum { NUM_STEPS = 20 }; /* of each switch: some more than a body has instructions */
  static char commands[4096];
  size_t length = (size_t)snprintf(commands, sizeof commands,
                                   "-ex 'break *" SWAP_BODY "' -ex 'break *" YIELD_BODY "'");
  for (int i = 0; i < 2; i++) {
    length += (size_t)snprintf(commands + length, sizeof commands - length, " -ex continue");
    for (int step = 0; step < NUM_STEPS; step++) {
      length += (size_t)snprintf(commands + length, sizeof commands - length, " -ex bt -ex stepi");
    }
  }
  run_gdb(test, commands);
  EXPECT_EQ(2 * NUM_STEPS, num_traces);

  char in_child[512];
  char in_host[256];
  snprintf(in_child, sizeof in_child, "... %s stepped_entry <signal> %s stepped ... main",
           function_of(form_of_child), host_form->frames);
  snprintf(in_host, sizeof in_host, "... %s stepped ... main", function_of(host_form));
  /* At one instruction of a child's swap to its parent: see single_step_test.c. */
  char cut[512];
  snprintf(cut, sizeof cut, "... %s stepped_entry <signal> ctx_asm_orphan $",
           function_of(form_of_child));
  const char *const bodies[] = {host_form->body, form_of_child->body};
  for (size_t i = 0; i < 2; i++) {
    const trace *of_switch = &traces[i * NUM_STEPS];
    size_t num_in_host = 0;
    size_t num_in_child = 0;
    size_t num_cut = 0;
    for (size_t step = 0; step < NUM_STEPS; step++) {
      if (!is_body(of_switch[step].names[0])) {
        EXPECT_TRACE("... main", &of_switch[step]);
        continue;
      }
      EXPECT_STREQ(bodies[i], of_switch[step].names[0]);
      if (trace_matches(&of_switch[step], in_child)) {
        num_in_child++;
      } else if (trace_matches(&of_switch[step], cut)) {
        num_cut++;
      } else {
        EXPECT_TRACE(in_host, &of_switch[step]);
        num_in_host++;
      }
    }
    EXPECT_NE(0, num_in_host);
    EXPECT_NE(0, num_in_child);
    EXPECT_TRUE(num_cut <= 1);
  }
}

CTX_TEST(Gdb, StepsThroughACalllessSwitch) {
  SKIP_WITHOUT_GDB;
  expect_steps("SteppedCallless", &swap_forms[CALLLESS], &swap_forms[CALLLESS]);
}

CTX_TEST(Gdb, StepsThroughAnExternalSwitch) {
  SKIP_WITHOUT_GDB;
  expect_steps("SteppedExternal", &swap_forms[EXTERNAL], &swap_forms[EXTERNAL]);
}

CTX_TEST(Gdb, StepsThroughACalllessYield) {
  SKIP_WITHOUT_GDB;
  expect_steps("SteppedYield", &swap_forms[CALLLESS], &yield_forms[CALLLESS]);
}

CTX_TEST(Gdb, StepsThroughAnExternalYield) {
  SKIP_WITHOUT_GDB;
  expect_steps("SteppedExternalYield", &swap_forms[EXTERNAL], &yield_forms[EXTERNAL]);
}
