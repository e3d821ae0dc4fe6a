"""Tests in C: `ctx_cc_test(name = "x_test", srcs = ["x_test.c"])`."""

load("@rules_cc//cc:defs.bzl", "cc_test")
load("//tools:copts.bzl", "CTX_TEST_COPTS")
load("//tools/platform:defs.bzl", "CTX_COMPATIBLE_WITH")

def ctx_cc_test(
        name,
        srcs,
        copts = None,
        deps = [],
        size = "small",
        target_compatible_with = CTX_COMPATIBLE_WITH,
        **kwargs):
    """A test in C against the library, with the harness, which brings main().

    Args:
      name: of the target.
      srcs: C and assembly only; a target in C++ gives its own copts.
      copts: in place of CTX_TEST_COPTS.
      deps: beside //ctx and //testing/harness.
      size: as in cc_test.
      target_compatible_with: where it can run, if not wherever the library can.
      **kwargs: to cc_test.
    """
    cc_test(
        name = name,
        size = size,
        srcs = srcs,
        copts = CTX_TEST_COPTS if copts == None else copts,
        linkstatic = True,
        target_compatible_with = target_compatible_with,
        deps = deps + ["//ctx", "//testing/harness"],
        **kwargs
    )
