/* The assembly's landing pads (BTI) are where they are needed, as its objects' notes promise: a
 * program that is marked for BTI runs, and dies if one of them is taken away. It also signs its
 * return addresses (PAC). Under qemu-user this is shown on any machine. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>

#include "testing/builds/sources.h"
#include "testing/compiler/folder.h"
#include "testing/compiler/run.h"
#include "testing/compiler/text.h"
#include "testing/harness/harness.h"

#define ASSEMBLY "asm/aarch64_aapcs64/switch.S"
#define HEADER "ctx/arch/aarch64_aapcs64/switch.h"
#define PROGRAM "testing/arch/aarch64_aapcs64/programs/landing_pads.c"
#define FLAGS                                                                  \
  "-w -std=gnu11 -O1 -fPIC -ffreestanding -fno-stack-protector -nostdlib -I. " \
  "-mbranch-protection=standard"

enum { HWCAP2_BTI_ = 1 << 17 };

static char *folder;
static void remove_folder(void) { folder_remove(folder); }

static bool have_bti(void) {
  return ctx_test_is_emulated() || (getauxval(AT_HWCAP2) & HWCAP2_BTI_) != 0;
}

static bool run(char *command) {
  char *output;
  bool succeeded = run_program(command, NULL, &output);
  if (!succeeded) ctx_test_note("%s\n%.2000s", command, output);
  free(command);
  free(output);
  return succeeded;
}

static char *read_file(const char *path) {
  FILE *file = fopen(path, "r");
  if (file == NULL) return NULL;
  char *text = NULL;
  size_t size = 0;
  if (getdelim(&text, &size, '\0', file) < 0) text = NULL;
  fclose(file);
  return text;
}

static void write_file(const char *name, const char *text) {
  char *path = text_format("%s/%s", folder, name);
  FILE *file = fopen(path, "w");
  ASSERT_TRUE(file != NULL);
  fputs(text, file);
  fclose(file);
  free(path);
}

/* All of the program except for the assembly. */
static bool compile_rest(const char *header_folder) {
  glob_t found = sources_find();
  char *sources = text_format("%s", "");
  for (size_t i = 0; i < found.gl_pathc; i++) {
    const char *path = found.gl_pathv[i];
    if (strstr(path, ".c") == NULL) continue;
    sources = text_append(sources, " ");
    sources = text_append(sources, path);
  }
  bool succeeded = run(text_format("gcc -r -I%s " FLAGS " " PROGRAM "%s -o %s/rest.o",
                                   header_folder, sources, folder));
  free(sources);
  globfree(&found);
  return succeeded;
}

/* The library calls functions of the C library that this program never gets to. */
static bool link_with(const char *assembly) {
  return run(
      text_format("gcc -nostdlib -static -I. %s/rest.o %s "
                  "asm/aarch64_aapcs64/set_from_signal_linux.S "
                  "-Wl,--unresolved-symbols=ignore-all -o %s/program",
                  folder, assembly, folder));
}

/* Returns whether it exits with 0. */
static bool runs(void) {
  char *command = text_format("env QEMU_CPU=max %s %s/program", run_emulator(), folder);
  bool succeeded = run_program(command, NULL, NULL);
  free(command);
  return succeeded;
}

/* The first case compiles for all. */
static bool prepare(void) {
  if (folder != NULL) return true;
  folder = folder_create();
  atexit(remove_folder);
  return compile_rest(".");
}

CTX_TEST(LandingPad, IsWhereAProgramArrives) {
  if (!have_bti()) CTX_SKIP("this processor does not check landing pads");
  ASSERT_TRUE(prepare());
  ASSERT_TRUE(link_with(ASSEMBLY));
  EXPECT_TRUE(runs());
}

/* Links with an assembly that lacks what is between the two places, and expects that the program
 * dies. */
static void expect_death_without(const char *text, const char *begin, const char *end) {
  char *without = text_format("%.*s%s", (int)(begin - text), text, end);
  write_file("switch.S", without);
  free(without);
  char *path = text_format("%s/switch.S", folder);
  ASSERT_TRUE(link_with(path));
  free(path);
  const char *line = strchr(begin, '\n');
  ctx_test_note("without %.*s, at byte %td", (int)(line - begin), begin, begin - text);
  EXPECT_FALSE(runs());
}

CTX_TEST(LandingPad, IsNeededInTheAssembly) {
  if (!have_bti()) CTX_SKIP("this processor does not check landing pads");
  ASSERT_TRUE(prepare());
  char *text = read_file(ASSEMBLY);
  ASSERT_TRUE(text != NULL);
  int num_pads = 0;
  for (char *at = text; (at = strstr(at, "    CTX_LAND_")) != NULL; num_pads++) {
    char *end = strchr(at, '\n');
    expect_death_without(text, at, end);
    at = end;
  }
  EXPECT_TRUE(num_pads >= 8);
  free(text);
}

/* Where contexts go on: CTX_RESUME_POINT has the pad. Nothing arrives at ctx_asm_orphan, which is a
 * trap in any case. */
CTX_TEST(LandingPad, IsNeededWhereContextsGoOn) {
  static const char *const names[] = {"ctx_asm_return_from_swap", "ctx_asm_on_top",
                                      "ctx_asm_activate"};
  if (!have_bti()) CTX_SKIP("this processor does not check landing pads");
  ASSERT_TRUE(prepare());
  char *text = read_file(ASSEMBLY);
  ASSERT_TRUE(text != NULL);
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    char *line = text_format("    CTX_RESUME_POINT %s\n", names[i]);
    char *at = strstr(text, line);
    ASSERT_TRUE(at != NULL);
    char *end = text_format("    CTX_HIDDEN_ALIAS %s\n    udf #0\n%s", names[i], at + strlen(line));
    expect_death_without(text, at, end);
    free(end);
    free(line);
  }
  free(text);
}

CTX_TEST(LandingPad, IsNeededInThePlacesOfCompilers) {
  static const char pad[] = "#define CTX_SWAP_LAND_ \"hint #36\\n\\t\"";
  if (!have_bti()) CTX_SKIP("this processor does not check landing pads");
  ASSERT_TRUE(prepare());
  char *text = read_file(HEADER);
  ASSERT_TRUE(text != NULL);
  char *at = strstr(text, pad);
  ASSERT_TRUE(at != NULL);
  memset(at + strlen("#define CTX_SWAP_LAND_"), ' ',
         strlen(pad) - strlen("#define CTX_SWAP_LAND_"));
  ASSERT_TRUE(run(text_format("mkdir -p %s/ctx/arch/aarch64_aapcs64", folder)));
  write_file(HEADER, text);
  ASSERT_TRUE(compile_rest(folder));
  ASSERT_TRUE(link_with(ASSEMBLY));
  EXPECT_FALSE(runs());
  ASSERT_TRUE(compile_rest("."));
  free(text);
}
