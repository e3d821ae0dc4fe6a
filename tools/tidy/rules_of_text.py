"""Rules of lines, whatever is written in them."""
import re

from rule import rule
from source import CODE, EVERYTHING, WRITTEN_BY_HAND

MAX_COLUMNS = 100
MIN_UNBROKEN = 60


@rule(
    "line-length",
    why="Two files fit beside each other. A literal or an address of 60 columns may stick out.",
    kinds=CODE,
    caught=["int x = 1;" + " " * 81 + "int y = 2;\n", "/* " + "word " * 20 + "*/\n",
            "f(" + "1 + " * 23 + "1, \"short\");\n"],
    allowed=["x" * 100 + "\n", "f(\"" + "word " * 20 + "\");\n",
             "/* https://" + "example.org/" * 10 + " */\n"],
)
def line_length(file):
    unbroken = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|https?://\S+")
    for number, line in enumerate(file.lines, 1):
        long = [piece for piece in unbroken.finditer(line) if len(piece[0]) >= MIN_UNBROKEN]
        if len(line) > MAX_COLUMNS and not any(p.end() >= MAX_COLUMNS for p in long):
            yield number, "%d columns" % len(line)


@rule(
    "tab",
    why="A tab is as wide as each reader's program makes it.",
    kinds=WRITTEN_BY_HAND,
    caught=["int f(void) {\n\treturn 0;\n}\n"],
    allowed=["int f(void) {\n  return '\\t';\n}\n"],
)
def tab(file):
    for number, line in enumerate(file.lines, 1):
        if "\t" in line:
            yield number, "a tab"


@rule(
    "trailing-blank",
    why="Nobody sees it, and every editor that removes it changes lines that nobody meant to.",
    kinds=WRITTEN_BY_HAND,
    caught=["int x; \n", "/* a\n * \n */\n"],
    allowed=["int x;\n\nint y;\n"],
)
def trailing_blank(file):
    for number, line in enumerate(file.lines, 1):
        if line != line.rstrip():
            yield number, "a blank at the end"


@rule(
    "last-line",
    why="Each line ends with a newline, for tools that read lines; an empty one at the end says nothing.",
    kinds=WRITTEN_BY_HAND,
    paths=lambda path: "/results/" not in path,  # programs write these
    caught=["int x;", "int x;\n\n"],
    allowed=["int x;\n", "", ("testing/bench/results/a.md", "| 1 |\n\n")],
)
def last_line(file):
    if file.text and not file.text.endswith("\n"):
        yield len(file.lines), "no newline at the end"
    if file.text.endswith("\n\n"):
        yield len(file.lines), "a blank line at the end"


# They are spelled so that this file does not break its own rule.
_LATER = ["TO" + "DO", "FIX" + "ME", "X" * 3]


@rule(
    "later",
    why="What is to be done later stands in an issue, or is done.",
    kinds=WRITTEN_BY_HAND,
    caught=["/* %s: free it */\n" % word for word in _LATER],
    allowed=["mkdtemp(\"ctx_" + "X" * 6 + "\");\n"],
)
def later(file):
    for number, line in enumerate(file.lines, 1):
        found = re.search(r"\b(%s)\b" % "|".join(_LATER), line)
        if found:
            yield number, found[0]


_TMP = "/" + "tmp"
_WORK = "/" + "work"


@rule(
    "absolute-path",
    why="A machine may not have it, and two runs must not share a file there: use TMPDIR or mkdtemp.",
    kinds=WRITTEN_BY_HAND,
    caught=["FILE *f = fopen(\"%s/x\", \"w\");\n" % _TMP, "/* see %s/notes */\n" % _WORK,
            ("tools/example.sh", "cd %s\n" % _TMP)],
    allowed=["/* src%s/x */\n" % _WORK, "#define WORKING \"%sing\"\n" % _WORK,
             ("tools/example.sh", "mkdir \"${TMPDIR:-%s}/x\" \"$top%s\"\n" % (_TMP, _WORK))],
)
def absolute_path(file):
    for number, line in enumerate(file.lines, 1):
        found = re.search(r"(?<![\w.$}/*~-])(%s|%s)\b" % (_TMP, _WORK), line)
        if found:
            yield number, found[0]


@rule(
    "corpus-name",
    why="The name of a seed says in words what it exercises.",
    kinds=EVERYTHING,
    paths=lambda path: "_corpus/" in path,
    caught=[("fuzz/type_corpus/a94a8fe5-1", "x"), ("fuzz/type_corpus/BitFields", "x"),
            ("fuzz/type_corpus/bit_fields.bin", "x"), ("fuzz/type_corpus/bit__fields", "x")],
    allowed=[("fuzz/type_corpus/bit_fields_of_64_bits", "x"), ("fuzz/BUILD", "x")],
)
def corpus_name(file):
    name = file.path.rsplit("/", maxsplit=1)[1]
    if not re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", name):
        yield 1, "%s is not lower_snake" % name


# For each architecture's folders, names that nothing else has: of registers, control words, and, on
# x86-64, of the area below the stack pointer.
_REGISTERS = {
    "x86_64_sysv": (r"\b(r(sp|bp|ip|bx|di|si|1[0-5])|xmm[0-9]+|mxcsr|MXCSR|x87"
                    r"|[er]flags|[ER]FLAGS|[Rr]ed\s+zone)\b"),
    "aarch64_aapcs64": r"\b(x(1[6-9]|2[0-9]|30)|fp[cs]r|FP[CS]R)\b",
    "riscv64_lp64d": r"\b(fa[0-7]|f[st]([0-9]|1[01])|frm|fflags|fcsr)\b",
}


@rule(
    "register",
    why="One folder of an architecture's name holds all that has to be written again for another.",
    kinds=EVERYTHING,
    paths=lambda path: path.startswith(("ctx/", "testing/")),
    caught=["uint64_t rip;\n", "/* In xmm0. */\n", "/* MXCSR */\n", "/* the red zone */\n",
            ("testing/a.c", "__asm__(\"pop %%rbx\");\n"),
            ("ctx/arch/arch.h", "/* rbx */\n"), "uint64_t x19;\n", "/* FPCR */\n",
            ("ctx/arch/x86_64_sysv/context.h", "/* x29 */\n"),
            ("ctx/arch/aarch64_aapcs64/context.h", "/* rbx */\n"), "uint64_t fs11;\n",
            "/* In fa0, with frm. */\n"],
    allowed=["uint64_t result;\n", "int grip, rips;\n", "#define CTX_OFFSET_RIP 0\n",
             "float x1, y1;\n", ("ctx/arch/aarch64_aapcs64/context.h", "uint64_t x19;\n"),
             ("ctx/arch/x86_64_sysv/context.h", "uint64_t rip;\n"),
             ("asm/x86_64_sysv/switch.S", "ret /* rip */\n"), ("docs/a.md", "rip\n")],
)
def register(file):
    others = "|".join(names for folder, names in _REGISTERS.items()
                      if "/%s/" % folder not in file.path)
    for number, line in enumerate(file.lines, 1):
        names = [match[0] for match in re.finditer(others, line)]
        if names:
            yield number, ", ".join(dict.fromkeys(names))
