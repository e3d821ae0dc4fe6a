"""Call sites, compiled by a compiler that is named: not the one that Bazel uses."""

load("//testing/compiler:defs.bzl", "RUNS_COMPILERS_TAGS")
load("//testing/harness:defs.bzl", "ctx_cc_test")
load("//tools:copts.bzl", "CTX_TEST_COPTS")

def callsites_test(name, compiler, level):
    """Judges what `compiler` makes of all generated cases at that level of optimisation.

    Args:
      name: of the target.
      compiler: as it is found on PATH. Where it is not the test says so, and is skipped.
      level: its option, "-O2".
    """
    ctx_cc_test(
        name = name,
        size = "large",
        srcs = ["callsites_test.c"],
        copts = CTX_TEST_COPTS + [
            "-DCALLSITES_COMPILER=" + compiler,
            "-DCALLSITES_LEVEL=" + level,
        ],
        data = ["site.h"],
        shard_count = 6,
        tags = RUNS_COMPILERS_TAGS,
        deps = [
            ":judge",
            ":writer",
            "//testing/arch:exclusion",
            "//testing/compiler",
            "//testing/generator",
            "//testing/oracle:verdict",
        ],
    )
