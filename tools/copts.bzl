"""Compiler options of this project's own code (never of its dependencies).

Bazel 4.2.3 has no `conlyopts`: what is in `copts` reaches every source of a target. So a
target holds either C (and assembly) or C++, never both.
"""

# gcc and clang both know these, for both languages. -Wcast-function-type is part of -Wextra. Under
# its own name it is stricter in clang 16 and later, which then warn of a cast to ctx_entry.
_WARNINGS = [
    "-Wall",
    "-Wextra",
    "-Wpedantic",
    "-Wcast-align",
    "-Wcast-qual",
    "-Wconversion",
    "-Wformat=2",
    "-Wpointer-arith",
    "-Wshadow",
    "-Wundef",
    "-Wvla",
    "-Wwrite-strings",
]

_C_WARNINGS = _WARNINGS + [
    "-Wmissing-prototypes",
    "-Wold-style-definition",
    "-Wstrict-prototypes",
]

# The library: C11 and nothing more.
CTX_COPTS = ["-std=c11"] + _C_WARNINGS

# Targets of headers alone: Bazel's parse_headers compiles a header as C++, and clang then refuses
# an option that is for C.
CTX_HEADER_COPTS = _WARNINGS

# `features` of targets, or of packages, whose headers are C.
CTX_C_HEADERS = ["-parse_headers"]

# Tests, examples and benchmarks in C: GNU extensions (inline assembly, typeof) are fine.
CTX_TEST_COPTS = ["-std=gnu11"] + _C_WARNINGS

# C++; its -std comes from .bazelrc, where one flag covers googletest too.
CTX_CXX_COPTS = _WARNINGS + ["-Wmissing-declarations"]
