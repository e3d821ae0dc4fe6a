/* The library and a smoke program, compiled in the ways that users compile: each must build without
 * a warning, run, and say OK. Sources come as data; compilers are those on PATH. */
#define _GNU_SOURCE /* mkdtemp, asprintf */
#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "testing/arch/arch.h"
#include "testing/harness/harness.h"
#include CTX_TEST_ARCH(compiling.h)

/* How the parts come together. */
typedef enum linkage {
  TOGETHER,    /* library and program compiled and linked by one command */
  SHARED,      /* the library as a shared object */
  CXX_PROGRAM, /* the program in C++, the library in C */
} linkage;

typedef struct way_to_build {
  const char *flags;
  linkage linkage;
  const char *link_flags;
  const char *cpu_feature; /* of /proc/cpuinfo, without which the program cannot run */
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
  /* What the compiler needs to link at all what -flto gives. */
  const char *lto_flags;
} compilers[] = {{"gcc", "g++", ""},
                 {"clang", "clang++", "-fuse-ld=lld -Wno-unused-command-line-argument"}};
enum { NUM_COMPILERS = sizeof compilers / sizeof compilers[0] };

#define WARNINGS "-Wall -Wextra -Werror"
#define LIBRARY "ctx/*.c asm/*.S"
#define PROGRAM "testing/builds/smoke.c"

/* ---- One build ---- */

typedef enum build_verdict { NOT_RUN, PASSED, FAILED, LEFT_OUT } build_verdict;

typedef struct build_job {
  const way_to_build *way;
  size_t compiler;
  build_verdict verdict;
  char *name;
  char *log; /* a file */
} build_job;

static build_job jobs[NUM_BUILDS * NUM_COMPILERS];
static size_t num_jobs;
static char *directory;

static char *format(const char *text, ...) __attribute__((__format__(__printf__, 1, 2)));
static char *format(const char *text, ...) {
  char *out;
  va_list list;
  va_start(list, text);
  if (vasprintf(&out, text, list) < 0) abort();
  va_end(list);
  return out;
}

/* Runs a shell command, its output going to the end of the log. */
static bool run(const char *log, char *command) {
  char *line = format("{ echo '+ %s'; %s; } >>%s 2>&1", command, command, log);
  int status = system(line);
  free(line);
  free(command);
  return status != -1 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool cpu_has(const char *feature) {
  return run("/dev/null", format("grep -q \"%s\" /proc/cpuinfo", feature));
}

static bool compile(const build_job *job, const char *flags, const char *out) {
  const way_to_build *way = job->way;
  const char *cc = compilers[job->compiler].c;
  const char *cxx = compilers[job->compiler].cxx;
  const char *link_flags = way->link_flags != NULL ? way->link_flags : "";
  switch (way->linkage) {
    case TOGETHER:
      return run(job->log, format("%s %s -std=c11 " WARNINGS " -I. " LIBRARY " " PROGRAM " -o %s",
                                  cc, flags, out));
    case SHARED:
      return run(job->log, format("%s -O2 -std=c11 " WARNINGS " -fPIC -shared -I. " LIBRARY
                                  " -Wl,-z,defs -Wl,-soname,%s.so -o %s.so %s",
                                  cc, out, out, link_flags)) &&
             run(job->log, format("%s %s -std=c11 " WARNINGS " -I. " PROGRAM " %s.so %s -o %s", cc,
                                  flags, out, link_flags, out));
    case CXX_PROGRAM:
      return run(job->log, format("%s %s -x c++ " WARNINGS " -I. -c " PROGRAM " -o %s.smoke.o", cxx,
                                  flags, out)) &&
             run(job->log, format("for f in " LIBRARY "; do %s -O2 -std=c11 -I. -c $f -o "
                                  "%s.$(basename $f).o || exit 1; done",
                                  cc, out)) &&
             run(job->log, format("%s %s %s.*.o -o %s", cxx, flags, out, out));
  }
  return false;
}

/* A compiler or a machine that cannot do this at all says so with an empty program. */
static bool can_be_built(const build_job *job, const char *flags) {
  const char *compiler =
      job->way->linkage == CXX_PROGRAM ? compilers[job->compiler].cxx : compilers[job->compiler].c;
  const char *language = job->way->linkage == CXX_PROGRAM ? "c++" : "c";
  return run(job->log, format("echo \"int main(void) { return 0; }\" | %s %s -x %s - -o %s.probe",
                              compiler, flags, language, job->log)) &&
         run(job->log, format("%s.probe", job->log));
}

static build_verdict build_and_run(const build_job *job) {
  const way_to_build *way = job->way;
  if (way->cpu_feature != NULL && !cpu_has(way->cpu_feature)) return LEFT_OUT;
  char *out = format("%s.out", job->log);
  char *flags = format("%s %s", way->flags,
                       strstr(way->flags, "-flto") ? compilers[job->compiler].lto_flags : "");
  build_verdict verdict = LEFT_OUT;
  if (can_be_built(job, flags)) {
    verdict =
        compile(job, flags, out) && run(job->log, format("test \"$(timeout 60 %s)\" = OK", out))
            ? PASSED
            : FAILED;
  }
  free(out);
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

static void add_jobs_of(size_t compiler) {
  static const char *const linkages[] = {"", ", shared library", ", C++"};
  for (size_t i = 0; i < NUM_BUILDS; i++) {
    if (builds[i].only != NULL && strcmp(builds[i].only, compilers[compiler].c) != 0) continue;
    jobs[num_jobs] = (build_job){
        .way = &builds[i],
        .compiler = compiler,
        .name = format("%s %s%s %s", compilers[compiler].c, builds[i].flags,
                       linkages[builds[i].linkage],
                       builds[i].link_flags != NULL ? builds[i].link_flags : ""),
        .log = format("%s/%zu", directory, num_jobs),
    };
    num_jobs++;
  }
}

CTX_TEST(Builds, AllPass) {
  const char *parent = getenv("TEST_TMPDIR");
  directory = format("%s/ctx_builds_XXXXXX", parent != NULL ? parent : P_tmpdir);
  ASSERT_TRUE(mkdtemp(directory) != NULL);
  for (size_t i = 0; i < NUM_COMPILERS; i++) {
    if (run("/dev/null", format("%s --version", compilers[i].c))) {
      add_jobs_of(i);
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
    static const char *const words[] = {"not run", "passed", "FAILED", "left out: cannot be built"};
    printf("%s: %s\n", words[jobs[i].verdict], jobs[i].name);
    num_passed += jobs[i].verdict == PASSED;
    if (jobs[i].verdict == FAILED) {
      fflush(stdout);
      run("/dev/stderr", format("cat %s", jobs[i].log));
      FAIL(jobs[i].name);
    }
  }
  printf("%zu of %zu builds passed\n", num_passed, num_jobs);
  EXPECT_NE(0, num_passed);
  run("/dev/null", format("rm -rf %s", directory));
}
