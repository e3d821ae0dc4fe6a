"""Which tests mutants are run against."""

PATTERNS = ["//testing/...", "//fuzz/...", "//tools/explain/..."]

# What cannot notice a mutant, or takes too much.
_LEFT_OUT = {
    "//testing/api:headers_test": "compiles headers from the tree, which are not the mutant's",
    "//testing/api:names_test": "reads headers from the tree, which are not the mutant's",
    "//testing/builds:": "compiles sources from the tree, which are not the mutant's",
    "//testing/compiler:": "knows nothing of ctx",
    "//testing/readme:": "runs what is linked already",
    "//testing/bench:": "measures speed",
    "//testing/callsites:": "compiles thousands of cases, for minutes",
    "//testing/sanitizers:": "takes half a minute, and is about instrumented builds",
    "//testing/stacks:soak_test": "takes too long",
    "//examples/echo:": "runs other programs, which are linked already",
    "//testing/stacks:million_test": "takes gigabytes",
    "//testing/stacks:map_count_test": "takes all of a process's mappings",
}


def choose(tests):
    """(tests to run, [(label, reason)] for the others)."""
    chosen, left_out = [], []
    for test in tests:
        reason = next((why for prefix, why in _LEFT_OUT.items() if test.label.startswith(prefix)),
                      None)
        if reason:
            left_out.append((test.label, reason))
        else:
            chosen.append(test)
    return chosen, left_out
