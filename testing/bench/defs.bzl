"""Compiler options of what is measured."""

load("//tools:copts.bzl", "CTX_TEST_COPTS")

BENCH_COPTS = CTX_TEST_COPTS + [
    # Loops and functions of all competitors begin alike, so that no one wins by luck.
    "-falign-functions=64",
    "-falign-loops=32",
    # As -O2 has it; Bazel's own toolchain would turn it off.
    "-fomit-frame-pointer",
]
