"""The builds in which mutants are judged, and which mutant belongs to which."""
import collections
import os
import re

# flags: Bazel's; tests: where they are; tags: tests that have one are left out; run_under: stands
# before a program's command; environment: of its own; memory_kib: of address space, None for all.
Configuration = collections.namedtuple("Configuration",
                                       "flags tests tags run_under environment memory_kib")

_ALL = ["//testing/...", "//fuzz/...", "//tools/explain/..."]
_WATCHED = ["//testing/watch/...", "//testing/switching/...", "//testing/signals/...",
            "//testing/stack/...", "//testing/entry/..."]
_SWITCHED = ["//testing/switching/...", "//testing/signals/...", "//testing/unwind/..."]
_ADDRESS_SPACE_KIB = 8 << 20

_VALGRIND = [os.path.join(os.path.dirname(os.path.abspath(__file__)), "under_valgrind")]

CONFIGURATIONS = {
    "plain": Configuration([], _ALL, [], [], {}, _ADDRESS_SPACE_KIB),
    "clang": Configuration(["--config=clang"], _SWITCHED, [], [], {}, _ADDRESS_SPACE_KIB),
    "checked": Configuration(["--config=checked"], _ALL, ["no-checked"], [], {},
                             _ADDRESS_SPACE_KIB),
    "asan": Configuration(["--config=asan"], _WATCHED, ["no-asan"], [],
                          {"ASAN_OPTIONS": "detect_stack_use_after_return=1"}, None),
    "tsan": Configuration(["--config=tsan"], _WATCHED, ["no-tsan"], [], {}, None),
    "msan": Configuration(["--config=msan"], _WATCHED, ["no-msan"], [], {}, None),
    "valgrind": Configuration(["--config=valgrind"],
                              ["//testing/switching:%s_test" % name for name in
                               ("callback", "create", "ended_stack", "init_again", "retval",
                                "swap")],
                              [], _VALGRIND, {}, None),
}



def emulated(name, processor):
    """Returns the configuration of this name for another processor, whose programs qemu-user runs.
    What runs them stands in no table: it is built first."""
    native = CONFIGURATIONS[name]
    config = processor if name == "plain" else processor + "-" + name
    return native._replace(flags=["--config=" + config], tags=native.tags + ["no-emulator"])


# Code that is compiled where a macro is defined belongs to this configuration. Other conditions
# change nothing: code that no build sees is the same with and without a mutant.
_BY_MACRO = {
    "CTX_CHECKED": "checked", "CTX_INSTRUMENTED_": "checked", "CTX_SANITIZED_": "asan",
    "CTX_ASAN_": "asan", "CTX_TSAN_": "tsan", "CTX_MSAN_": "msan", "CTX_VALGRIND_": "valgrind",
}
# A header that is included under a condition of the file that includes it has none of its own.
_BY_FILE = {"valgrind_request.h": "valgrind"}
# Code that calls these is compiled everywhere, and does something where they do. The first that a
# statement has decides.
_BY_WORD = [
    (re.compile(r"\bctx_sanitizer_(leave|return)\b|\bCTX_FATE_DISCARDED\b"), "tsan"),
    (re.compile(r"\bctx_sanitizer_(values|enter)\b|\bctx_instrument_values\b"), "msan"),
    (re.compile(r"\bctx_sanitizer_\w+\b|\bfate\b|\binstrument\.stack\b"), "asan"),
    (re.compile(r"\bctx_(\w+_)?check_(failed|stack_failed|resumable|from|fp|give)\b"), "checked"),
    (re.compile(r"\bctx_instrument_\w+\b"), "checked"),
]

_DIRECTIVE = re.compile(r"^[ \t]*#[ \t]*(ifdef|ifndef|if|elif|else|endif)\b[ \t]*(\w*)", re.M)


def regions(path, text):
    """Returns [(offset, configuration)]: from the offset on, code belongs to the latter."""
    current = _BY_FILE.get(os.path.basename(path), "plain")
    found = [(0, current)]
    stack = []  # of (outside, of the other branch)
    for match in _DIRECTIVE.finditer(text):
        word, macro = match.groups()
        if word in ("ifdef", "ifndef", "if"):
            inside = _BY_MACRO.get(macro, current) if word != "if" else current
            stack.append((current, inside if word == "ifndef" else current))
            current = inside if word == "ifdef" else current
        elif word in ("elif", "else") and stack:
            current = stack[-1][1]
        elif word == "endif" and stack:
            current = stack.pop()[0]
        found.append((match.end(), current))
    return found


def at(found, offset):
    """Returns the configuration of a place, by the regions of its file."""
    return next(name for start, name in reversed(found) if start <= offset)


def of_assembly(statement, isa):
    """Returns the configuration of a change to an instruction or to a rule for unwinding."""
    return "clang" if isa.CLANG_ALONE.search(statement) else "plain"


def by_words(statement, otherwise):
    """Returns the configuration of a change within a statement. Plain builds and checked ones do
    what is compiled for both; code that is compiled for a sanitizer alone stays with it."""
    if otherwise not in ("plain", "checked"):
        return otherwise
    return next((name for word, name in _BY_WORD if word.search(statement)), otherwise)
