/* Compilers warn where a status is ignored, in C and C++. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "testing/compiler/compiler.h"
#include "testing/harness/harness.h"

static const char ignores[] =
    "#include \"ctx/inline.h\"\n"
    "void f(ctx_context *c, void *stack, ctx_stack *s);\n"
    "void f(ctx_context *c, void *stack, ctx_stack *s) { %s }\n";

static const char *const statements[] = {
    "ctx_init(c, stack, 4096, (ctx_entry)0, CTX_NO_ARGS);",
    "ctx_init_inline(c, stack, 4096, (const ctx_options *)0, (ctx_entry)0, CTX_NO_ARGS);",
    "ctx_stack_map(s, 4096); (void)c, (void)stack;",
    "ctx_signature_create((ctx_signature **)stack, 0, 0, 0, 0); (void)c, (void)s;",
    "ctx_type_create_struct((ctx_type **)stack, 0, 1, 0, 0); (void)c, (void)s;",
    "ctx_retval_get(c, (const ctx_signature *)0, stack); (void)s;",
    "ctx_set_from_signal(c); (void)stack, (void)s;",
};

CTX_TEST(IgnoredStatus, IsAWarning) {
  const compiler *all;
  size_t num_compilers = compiler_all(&all);
  EXPECT_NE(0, num_compilers);
  for (size_t i = 0; i < num_compilers; i++) {
    for (size_t k = 0; k < sizeof statements / sizeof statements[0]; k++) {
      char source[1024];
      snprintf(source, sizeof source, ignores, statements[k]);
      char *output;
      ctx_test_note("%s: %s", all[i].name, statements[k]);
      EXPECT_TRUE(compiler_run(&all[i], "-S -o /dev/null -Wno-unused-parameter", source, &output));
      EXPECT_TRUE(strstr(output, "-Wunused-result") != NULL ||
                  strstr(output, "-Wunused-value") != NULL);
      free(output);
    }
  }
}
