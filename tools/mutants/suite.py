"""Chooses the tests that mutants are run against."""
import architectures

# These cannot notice a mutant, or take too much.
_LEFT_OUT = {
    "//testing/api:names_test": "reads headers' names only",
    "//testing/builds:": "compiles sources from the tree, which are not the mutant's",
    "//testing/compiler:": "knows nothing of ctx",
    "//testing/readme:": "runs what is linked already",
    "//testing/oracle:placing_": "judges the calls of another processor",
    "//testing/arch/aarch64_aapcs64:landing_pad_test":
        "compiles the library many times; branch_target_test looks at the same places",
    "//testing/bench:": "measures speed",
    "//testing/callsites:": "compiles thousands of cases, for minutes",
    "//testing/watch:valgrind_test": "runs what is linked already",
    "//testing/stack:soak_test": "takes too long",
    "//examples/echo:": "runs other programs, which are linked already",
    "//testing/stack:million_test": "takes gigabytes",
    "//testing/stack:map_count_test": "takes all of a process's mappings",
}


_LEFT_OUT_WITHOUT_SANITIZER = {
    "//testing/watch:fake_stack_test": "is about sanitizers",
    "//testing/watch:find_test": "is about sanitizers",
    "//testing/watch:many_test": "takes half a minute, and is about sanitizers",
}


def choose(tests, configuration, architecture):
    """Returns (tests to run, [(label, reason)] for the others)."""
    left = dict(_LEFT_OUT)
    if configuration in ("plain", "clang", "checked"):
        left.update(_LEFT_OUT_WITHOUT_SANITIZER)
    chosen, left_out = [], []
    for test in tests:
        reason = next((why for prefix, why in left.items() if test.label.startswith(prefix)), None)
        if architectures.is_of_another(test.label, architecture):
            reason = "is for another processor"
        if reason:
            left_out.append((test.label, reason))
        else:
            chosen.append(test)
    return chosen, left_out
