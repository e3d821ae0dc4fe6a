"""Compiler options of measured code."""

load("//tools:copts.bzl", "CTX_TEST_COPTS")

BENCH_COPTS = CTX_TEST_COPTS + [
    # Loops and functions of all competitors begin alike, so that none wins by luck.
    "-falign-functions=64",
    "-falign-loops=32",
    # -O2 has it; Bazel's own toolchain would turn it off.
    "-fomit-frame-pointer",
]
