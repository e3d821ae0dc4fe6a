/* The library and a smoke program, compiled in the ways that users compile: each must build without
 * a warning, run, and say OK. Sources come as data; compilers are those on PATH. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "testing/arch/arch.h"
#include "testing/builds/command.h"
#include "testing/builds/sources.h"
#include "testing/compiler/compiler.h"
#include "testing/compiler/folder.h"
#include "testing/compiler/part.h"
#include "testing/compiler/run.h"
#include "testing/compiler/text.h"
#include "testing/harness/harness.h"
#include CTX_TEST_ARCH(compiling.h)

/* The way in which the parts come together. */
typedef enum linkage {
  TOGETHER,    /* library and program compiled and linked by one command */
  SHARED,      /* the library as a shared object */
  CXX_PROGRAM, /* the program in C++, the library in C */
} linkage;

typedef struct way_to_build {
  const char *flags;
  linkage linkage;
  const char *link_flags;
  const char *cpu_feature; /* without which the program cannot run */
  const char *only;        /* the one compiler that knows the flags, or null */
} way_to_build;

static const way_to_build builds[] = {
    {.flags = "-O0"},
    {.flags = "-O1"},
    {.flags = "-O2"},
    {.flags = "-O3"},
    {.flags = "-Os"},
    {.flags = "-O2 -flto"},
    {.flags = "-O2 -fno-omit-frame-pointer"},
    {.flags = "-O0 -fomit-frame-pointer"},
    {.flags = "-O2 -fPIE -pie"},
    {.flags = "-O2 -fno-pie -no-pie"},
    {.flags = "-O2 -static"},
    {.flags = "-O2 -fno-plt"},
    {.flags = "-O2", .linkage = SHARED, .link_flags = "-Wl,-z,lazy"},
    {.flags = "-O0 -fno-plt", .linkage = SHARED, .link_flags = "-Wl,-z,lazy"},
    {.flags = "-O2 -fno-pie -no-pie", .linkage = SHARED, .link_flags = "-Wl,-z,lazy"},
    {.flags = "-O3 -march=native"},
    {.flags = "-O2 -fno-asynchronous-unwind-tables -fno-exceptions -fno-unwind-tables"},
    {.flags = "-O2 -fstack-protector-all"},
    {.flags = "-O2 -fstack-clash-protection"},
    {.flags = "-O2 -D_FORTIFY_SOURCE=2"},
    {.flags = "-O2 -DCTX_CHECKED"},
    {.flags = "-O0", .linkage = CXX_PROGRAM},
    {.flags = "-O2 -flto", .linkage = CXX_PROGRAM},
    {.flags = "-O2 -std=c++20", .linkage = CXX_PROGRAM},
    CTX_TEST_PROCESSOR_BUILDS,
};
enum { NUM_BUILDS = sizeof builds / sizeof builds[0] };

static const struct {
  const char *c;
  const char *cxx;
  /* Without these the compiler does not link what -flto gives. */
  const char *lto_flags;
} compilers[] = {{"gcc", "g++", ""},
                 {"clang", "clang++", "-fuse-ld=lld -Wno-unused-command-line-argument"}};
enum { NUM_COMPILERS = sizeof compilers / sizeof compilers[0] };

#define WARNINGS "-Wall -Wextra -Werror"
#define PROGRAM "testing/builds/smoke.c"

/* ---- The library's sources ---- */

static char *all_sources;
/* One object of all of them, by each compiler. */
static char *library_of[NUM_COMPILERS];

/* ---- One build ---- */

typedef enum build_verdict { NOT_RUN, PASSED, FAILED, LEFT_OUT } build_verdict;

typedef struct build_job {
  const way_to_build *way;
  size_t compiler;
  build_verdict verdict;
  char *name;
  char *out; /* path of the program, and how those of all other files begin */
  char *log; /* commands, and all that they have written */
} build_job;

static build_job jobs[NUM_BUILDS * NUM_COMPILERS];
static size_t num_jobs;

static void log_run(build_job *job, const char *command, const char *output) {
  char *entry = text_format("+ %s\n%s", command, output);
  job->log = text_append(job->log, entry);
  free(entry);
}

/* Runs a command, and frees it. */
static bool run(build_job *job, char *command) {
  char *output;
  bool succeeded = run_program(command, NULL, &output);
  log_run(job, command, output);
  free(output);
  free(command);
  return succeeded;
}

/* The library, compiled as C, is the same for all programs in C++. */
static bool compile_cxx(build_job *job, const char *flags) {
  const char *cxx = compilers[job->compiler].cxx;
  return run(job, text_format("%s %s -x c++ " WARNINGS " -I. -c " PROGRAM " -o %s.o", cxx, flags,
                              job->out)) &&
         run(job, text_format("%s %s %s.o %s -o %s", cxx, flags, job->out,
                              library_of[job->compiler], job->out));
}

static bool compile(build_job *job, const char *flags) {
  const way_to_build *way = job->way;
  const char *cc = compilers[job->compiler].c;
  const char *link_flags = way->link_flags != NULL ? way->link_flags : "";
  switch (way->linkage) {
    case TOGETHER:
      return run(job, text_format("%s %s -std=c11 " WARNINGS " -I. %s " PROGRAM " -o %s", cc, flags,
                                  all_sources, job->out));
    case SHARED:
      return run(job, text_format("%s -O2 -std=c11 " WARNINGS " -fPIC -shared -I. %s"
                                  " -Wl,-z,defs -Wl,-soname,%s.so -o %s.so %s",
                                  cc, all_sources, job->out, job->out, link_flags)) &&
             run(job, text_format("%s %s -std=c11 " WARNINGS " -I. " PROGRAM " %s.so %s -o %s", cc,
                                  flags, job->out, link_flags, job->out));
    case CXX_PROGRAM:
      return compile_cxx(job, flags);
  }
  return false;
}

static bool can_be_built(build_job *job, const char *flags) {
  const char *name =
      job->way->linkage == CXX_PROGRAM ? compilers[job->compiler].cxx : compilers[job->compiler].c;
  char *to_probe = text_format("%s.probe", job->out);
  char *output;
  bool can = compiler_makes_programs(&(compiler){name, flags}, "", to_probe, &output);
  log_run(job, "(an empty program)", output);
  free(output);
  free(to_probe);
  return can;
}

static bool says_ok(build_job *job) {
  char *command = text_format("timeout 60 %s %s", run_emulator(), job->out);
  char *output;
  bool is_right = run_program(command, NULL, &output) && strcmp(output, "OK\n") == 0;
  log_run(job, command, output);
  free(output);
  free(command);
  return is_right;
}

static build_verdict build_and_run(build_job *job) {
  const way_to_build *way = job->way;
  if (way->cpu_feature != NULL && !compiler_cpu_has(way->cpu_feature)) return LEFT_OUT;
  char *flags = text_format("%s %s", way->flags,
                            strstr(way->flags, "-flto") ? compilers[job->compiler].lto_flags : "");
  build_verdict verdict = LEFT_OUT;
  if (can_be_built(job, flags)) verdict = compile(job, flags) && says_ok(job) ? PASSED : FAILED;
  free(flags);
  return verdict;
}

/* ---- All of them, two at a time ---- */

static atomic_size_t next_job;

static void *work(void *unused) {
  (void)unused;
  for (size_t i; (i = atomic_fetch_add(&next_job, 1)) < num_jobs;) {
    jobs[i].verdict = build_and_run(&jobs[i]);
  }
  return NULL;
}

/* Those of the wanted part. Of two parts each has half of a compiler's ways, and the other half of
 * the other compiler's. */
static void add_jobs_of(size_t index, const part *wanted, const char *folder) {
  static const char *const linkages[] = {"", ", shared library", ", C++"};
  for (size_t i = 0; i < NUM_BUILDS; i++) {
    if ((i + index) % wanted->of != wanted->number - 1) continue;
    if (builds[i].only != NULL && strcmp(builds[i].only, compilers[index].c) != 0) continue;
    jobs[num_jobs] = (build_job){
        .way = &builds[i],
        .compiler = index,
        .name = text_format("%s %s%s %s", compilers[index].c, builds[i].flags,
                            linkages[builds[i].linkage],
                            builds[i].link_flags != NULL ? builds[i].link_flags : ""),
        .out = text_format("%s/%zu", folder, num_jobs),
        .log = strdup(""),
    };
    num_jobs++;
  }
}

static void report(const build_job *job) {
  static const char *const words[] = {"not run", "passed", "FAILED", "left out: cannot be built"};
  printf("%s: %s\n", words[job->verdict], job->name);
  if (job->verdict != FAILED) return;
  fflush(stdout);
  fputs(job->log, stderr);
  FAIL(job->name);
}

CTX_TEST(Builds, AllPass) {
  part wanted;
  if (!part_wanted(&wanted)) FAIL("CTX_COMPILERS_PART is not a part, as 3/10");
  char *folder = folder_create();
  ASSERT_TRUE(folder != NULL);
  glob_t sources = sources_find();
  all_sources = sources_in_words(&sources);
  for (size_t i = 0; i < NUM_COMPILERS; i++) {
    if (compiler_is_there(&(compiler){compilers[i].c, ""})) {
      library_of[i] = text_format("%s/%s.o", folder, compilers[i].c);
      command_expect(text_format("%s -O2 -std=c11 " WARNINGS " -I. -r -nostdlib %s -o %s",
                                 compilers[i].c, all_sources, library_of[i]));
      add_jobs_of(i, &wanted, folder);
    } else {
      printf("left out: %s, which is not there\n", compilers[i].c);
    }
  }
  ASSERT_NE(0, num_jobs);

  pthread_t second;
  ASSERT_EQ(0, pthread_create(&second, NULL, work, NULL));
  work(NULL);
  ASSERT_EQ(0, pthread_join(second, NULL));

  size_t num_passed = 0;
  for (size_t i = 0; i < num_jobs; i++) {
    report(&jobs[i]);
    num_passed += jobs[i].verdict == PASSED;
  }
  printf("%zu of %zu builds passed\n", num_passed, num_jobs);
  EXPECT_NE(0, num_passed);
  folder_remove(folder);
}
