/* A program and a library that were not compiled alike, or are of two versions, do not link:
 * otherwise the one would be watched by nobody, or the other would stop an innocent program. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "testing/builds/command.h"
#include "testing/builds/sources.h"
#include "testing/compiler/compiler.h"
#include "testing/compiler/folder.h"
#include "testing/compiler/run.h"
#include "testing/compiler/text.h"
#include "testing/harness/harness.h"

/* `tool` is what the linker must bring for the code to link. */
typedef struct build {
  const char *flags;
  const char *tool;
} build;

static const build builds[] = {
    {"", ""},
    {"-iquote testing/builds/other_version", ""},
    {"-DCTX_CHECKED", ""},
    {"-DCTX_VALGRIND", ""},
    {"-fsanitize=address", "-fsanitize=address"},
    {"-fsanitize=thread", "-fsanitize=thread"},
    {"-fsanitize=memory", "-fsanitize=memory"},
};
enum { NUM_BUILDS = sizeof builds / sizeof builds[0] };

/* Each uses one part of the header that differs between builds. */
typedef struct program {
  const char *name;
  const char *source;
} program;

#define BEGINNING                                    \
  "#include \"ctx/inline.h\"\n"                      \
  "static ctx_context host, child;\n"                \
  "static _Alignas(16) char stack[65536];\n"         \
  "static void entry(void) { SWAP(&child, &host); }" \
  "int main(void) {\n"
#define END                \
  "SWAP(&host, &child);\n" \
  "SWAP(&host, &child);\n" \
  "return !ctx_has_returned(&child); }\n"
#define INIT "if (ctx_init(&child, stack, sizeof stack, CTX_ENTRY(entry), CTX_NO_ARGS)) return 1;\n"

static const program programs[] = {
    {"ctx_swap", "#define SWAP ctx_swap\n" BEGINNING INIT END},
    {"ctx_swap_resumer", "#define SWAP ctx_swap_resumer\n" BEGINNING INIT END},
    {"ctx_yield",
     "#define SWAP(from, to) ((from) == &host ? ctx_swap(from, to) : "
     "(void)ctx_yield(from))\n" BEGINNING INIT END},
    {"ctx_swap_inline", "#define SWAP ctx_swap_inline\n" BEGINNING INIT END},
};
enum { NUM_PROGRAMS = sizeof programs / sizeof programs[0] };

static const compiler clang = {"clang", ""};

static void expect_links(const char *folder, size_t of_program, size_t of_library, bool expected) {
  char *command = text_format(
      "clang %s %s/program%zu.o %s/library%zu.so -o %s/linked",
      *builds[of_library].tool != '\0' ? builds[of_library].tool : builds[of_program].tool, folder,
      of_program, folder, of_library, folder);
  char *output;
  bool links = command_run(command, &output);
  ctx_test_note("program: %s, library: %s", builds[of_program].flags, builds[of_library].flags);
  if (expected) {
    EXPECT_TRUE(links);
    command_expect(
        text_format("env LD_LIBRARY_PATH=%s %s %s/linked", folder, run_emulator(), folder));
  } else {
    EXPECT_FALSE(links);
    /* It is for a name of ours that the linker refuses. */
    EXPECT_TRUE(strstr(output, "ctx_") != NULL);
  }
  free(output);
}

CTX_TEST(Mixed, BuildsDoNotLink) {
  if (!compiler_is_there(&clang)) CTX_SKIP("only clang has all sanitizers, and is not installed");
  char *folder = folder_create();
  glob_t found = sources_find();
  char *sources = sources_in_words(&found);
  char *nothing = text_format("%s/nothing", folder);
  /* Not each processor has each sanitizer, and not each emulator runs it. */
  bool usable[NUM_BUILDS];
  for (size_t i = 0; i < NUM_BUILDS; i++) {
    usable[i] = compiler_makes_programs(&clang, builds[i].tool, nothing, NULL);
    if (!usable[i]) {
      EXPECT_TRUE(ctx_test_is_emulated());
      printf("left out: %s: there is no library, or it does not run\n", builds[i].flags);
      continue;
    }
    command_expect(
        text_format("clang -O0 -std=c11 %s -fPIC -shared -I. %s -Wl,-soname,library%zu.so"
                    " -o %s/library%zu.so",
                    builds[i].flags, sources, i, folder, i));
  }
  for (size_t kind = 0; kind < NUM_PROGRAMS; kind++) {
    ctx_test_note("%s", programs[kind].name);
    for (size_t i = 0; i < NUM_BUILDS; i++) {
      if (!usable[i]) continue;
      char *flags = text_format("-O0 %s -I. -c -o %s/program%zu.o", builds[i].flags, folder, i);
      char *output;
      EXPECT_TRUE(compiler_run(&clang, flags, programs[kind].source, &output));
      free(output);
      free(flags);
    }
    for (size_t i = 0; i < NUM_BUILDS; i++) {
      for (size_t k = 0; k < NUM_BUILDS; k++) {
        if (!usable[i] || !usable[k]) continue;
        /* All pairs by the first; by the others those with a plain build, which inlines more. */
        if (kind == 0 || i == 0 || k == 0 || i == k) expect_links(folder, i, k, i == k);
      }
    }
  }
  free(nothing);
  free(sources);
  globfree(&found);
  folder_remove(folder);
}
