"""Tests that run compilers themselves."""

# They compile sources of their own: so once, in the plain configuration, is enough.
RUNS_COMPILERS_TAGS = [
    "no-asan",
    "no-checked",
    "no-msan",
    "no-tsan",
    "no-ubsan",
    "once",
]
