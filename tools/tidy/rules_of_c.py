"""Rules of C and of assembly."""
import re

from rule import rule
from source import ASSEMBLY, C

_STANDARD_HEADERS = frozenset("""
    assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdalign
    stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string tgmath threads time uchar
    wchar wctype""".split())


def _is_public(path):
    return re.fullmatch(r"ctx/[^/]+\.h", path)


def _end_of_operand(code, start):
    """Finds the end of the operand of ++ that starts here: names, members, indices and calls."""
    depth = 0
    for i in range(start, len(code)):
        char = code[i]
        if char in "([":
            depth += 1
        elif char in ")]" and depth > 0:
            depth -= 1
        elif depth == 0 and not (char.isalnum() or char in "_.* \n\\" or
                                 code[i - 1:i + 1] == "->" or code[i:i + 2] == "->"):
            return i
    return None


def _statement_before(code, at):
    """Returns (code of the statement, or of the part of the head of a for, that stands before `at`;
    which of the three parts that is, or 0), or None within other parentheses."""
    depth = 0
    num_semicolons = 0
    begin = None
    for i in range(at - 1, -1, -1):
        char = code[i]
        if char in ")]":
            depth += 1
        elif char in "([" and depth > 0:
            depth -= 1
        elif char in "([":
            is_for = char == "(" and re.search(r"\bfor\s*$", code[max(0, i - 9):i])
            return (code[begin or i + 1:at], num_semicolons + 1) if is_for else None
        elif depth == 0 and char in ";{}":
            begin = begin or i + 1
            num_semicolons += char == ";"
            if char != ";":
                break
    return code[begin or 0:at], 0


def _is_expression_next(before):
    """Returns whether an expression of unused value may follow this part of a statement."""
    before = re.sub(r"(?m)^\s*#(.*\\\n)*.*$", "", before).rstrip(" \n\\")
    if before == "" or before[-1] == "," or re.search(r"\b(else|do)$", before):
        return True
    if before[-1] == ":":
        return re.fullmatch(r"\s*(case\b[^?]*|default|\w+)\s*:", before) is not None
    if before[-1] != ")":
        return False
    depth = 0
    for i in range(len(before) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(before[i], 0)
        if depth == 0:
            return re.search(r"\b(if|for|while|switch)\s*$", before[:i]) is not None
    return False


def _ends_statement(code, end, part):
    """Returns whether the end of its statement, or a comma, follows the operand that ends here."""
    if code[end] == ",":
        depth = 0
        while end < len(code) and not (depth == 0 and code[end] in ";)}"):
            depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(code[end], 0)
            end += 1
        return code[end:end + 1] == (")" if part == 3 else ";")
    # The second part of the head of a for is a condition.
    return code[end] == {0: ";", 1: ";", 2: "", 3: ")"}[part]


@rule(
    "increment",
    why="One way to write it: i++ and i-- where nobody uses the value.",
    kinds=(C,),
    caught=["for (int i = 0; i < n; ++i) f(i);\n", "void f(void) {\n  ++x;\n}\n",
            "if (a) ++b->c[i];\n", "if (a) {\n} else\n  ++b;\n", "case 1: ++n; break;\n",
            "for (;; i++, ++j) f();\n", "for (;;) --n;\n", "x = 1, ++*counter;\n",
            "for (++i; i < n;) f();\n", "for (;;) {\n  a;\n  ++b;\n}\n", "a;\n#endif\n++b;\n",
            "#define F(x)    \\\n  do {          \\\n    ++x;        \\\n  } while (0)\n"],
    allowed=["int a = ++b;\n", "while (++i < n) f();\n", "for (i = 0; ++i < n; i++) f();\n",
             "for (; --i;) f();\n",
             "f(++i);\n", "return ++i;\n", "a[++i] = 1;\n", "/* ; ++i; */\n", "x = a ? b : ++c;\n",
             "for (int i = 0; i < n; i++) f(i);\n", "x = (int)++y;\n", "f(a, ++b);\n",
             "int a[] = {++b, ++c};\n", "*--top = 1;\n", "#define F(x) f(a, ++x)\n"],
)
def increment(file):
    code = file.code
    for match in re.finditer(r"(\+\+|--)(?=[\s*(]*[A-Za-z_])", code):
        end = _end_of_operand(code, match.end())
        found = _statement_before(code, match.start())
        if end is not None and found is not None:
            before, part = found
            if _is_expression_next(before) and _ends_statement(code, end, part):
                yield file.line_at(match.start()), "i%s, not %si" % (match[1], match[1])


@rule(
    "ruler",
    why="One kind of heading, which no tool wraps: /* ---- Title ---- */.",
    kinds=(C, ASSEMBLY),
    caught=["/* ---- Pools ---------------------\n */\n", "/* ---- Pools ---------- */\n",
            "/* --- Pools --- */\n", "/*---- Pools ----*/\n", "/* ==== Pools ==== */\n",
            "// ---- Pools ----\n", "/* -------- */\n"],
    allowed=["/* ---- Pools ---- */\n", "/* +----+\n * |    |\n * +----+ */\n", "/* - one\n */\n"],
)
def ruler(file):
    for line, comment in file.raw_comments:
        is_ruler = re.match(r"/[*/][*\s]*(-{2,}|={2,}|\*{3,})", comment)
        if is_ruler and not re.fullmatch(r"/\* ---- [^-\s](?:.*[^-\s])? ---- \*/", comment):
            yield line, "not /* ---- Title ---- */"


@rule(
    "include-of-asm",
    why="Arrows run from ctx to asm by symbols only: users have no asm/ to include.",
    kinds=(C, ASSEMBLY),
    caught=["#include \"asm/layout.h\"\n", ("asm/x.S", "# include \"asm/macros.h\"\n")],
    allowed=["#include \"ctx/arch/elf.h\"\n", "#include <asm/unistd.h>\n"],
)
def include_of_asm(file):
    for number, line in enumerate(file.lines, 1):
        found = re.match(r"\s*#\s*include\s+\"(asm/[^\"]*)\"", line)
        if found:
            yield number, found[1]


@rule(
    "guard",
    why="A guard that is the path collides with no other, and survives no move unseen.",
    kinds=(C,),
    paths=lambda path: path.endswith(".h"),
    caught=[("ctx/a.h", "#ifndef CTX_B_H_\n#define CTX_B_H_\n#endif\n"),
            ("ctx/a.h", "#ifndef CTX_A_H_\n#define CTX_B_H_\n#endif\n"),
            ("ctx/a.h", "#pragma once\n"), ("ctx/a/b.h", "#ifndef CTX_B_H_\n#define CTX_B_H_\n"),
            ("ctx/a.h", "#include <x.h>\n#ifndef CTX_A_H_\n#define CTX_A_H_\n#endif\n")],
    allowed=[("ctx/a.h", "/* A. */\n#ifndef CTX_A_H_\n#define CTX_A_H_\n#endif\n"),
             ("ctx/a/b.h", "#ifndef CTX_A_B_H_\n#define CTX_A_B_H_\n#endif\n"),
             ("testing/a.h", "#ifndef CTX_TESTING_A_H_\n#define CTX_TESTING_A_H_\n#endif\n")],
)
def guard(file):
    path = file.path[len("ctx/"):] if file.path.startswith("ctx/") else file.path
    # A project of its own within this one, whose root is its folder.
    prefix = "CTX_"
    if path.startswith("testing/consumer/"):
        path, prefix = path[len("testing/"):], ""
    name = prefix + re.sub(r"\W", "_", path).upper() + "_"
    if not re.match(r"\s*#ifndef %s\n#define %s\n" % (name, name), file.code):
        yield 1, "its guard is not %s" % name


@rule(
    "public-include",
    why="Users' programs get no names but ctx's and the standard's.",
    kinds=(C,),
    paths=_is_public,
    caught=[("ctx/a.h", "#include <sys/mman.h>\n"), ("ctx/a.h", "#include \"testing/b.h\"\n"),
            ("ctx/a.h", "#include \"b.h\"\n")],
    allowed=[("ctx/a.h", "#include <stdint.h>\n#include \"ctx/b.h\"\n"),
             ("ctx/a/b.h", "#include <sys/mman.h>\n"), ("ctx/a.c", "#include <sys/mman.h>\n")],
)
def public_include(file):
    for number, line in enumerate(file.lines, 1):
        found = re.match(r"\s*#\s*include\s+([\"<])([^\">]*)", line)
        if not found:
            continue
        is_standard = found[1] == "<" and re.sub(r"\.h$", "", found[2]) in _STANDARD_HEADERS
        if not is_standard and not (found[1] == "\"" and found[2].startswith("ctx/")):
            yield number, found[2]


@rule(
    "public-macro",
    why="Macros know no scope: users' programs have all other names for themselves. A macro that"
        " stands for a function is called like one.",
    kinds=(C,),
    paths=_is_public,
    caught=[("ctx/a.h", "#define MAX 3\n"), ("ctx/a.h", "# define ctx_max 3\n")],
    allowed=[("ctx/a.h", "#define CTX_MAX 3\n"), ("ctx/a.h", "#define ctx_v64(x) f(x)\n"),
             ("ctx/a.c", "#define MAX 3\n"),
             ("ctx/a/b.h", "#define MAX 3\n")],
)
def public_macro(file):
    for number, line in enumerate(file.lines, 1):
        found = re.match(r"\s*#\s*define\s+(\w+)(\(?)", line)
        if found and not found[1].startswith("CTX_" if found[2] == "" else ("CTX_", "ctx_")):
            yield number, found[1]


@rule(
    "displacement",
    why="An offset above 8 is somebody's layout, which has names that C asserts.",
    kinds=(ASSEMBLY,),
    caught=["    movq 16(%rsp), %rax\n", "    movq %rax, -0x10(%rbp)\n", "a: jmpq *16(%rax)\n",
            "    leaq 8 + 8(%rsp), %rax\n", "    movq 24(,%rax,8), %rax; ret\n"],
    allowed=["    movq 8(%rsp), %rax\n", "    movq CTX_OFFSET_RIP(%rdi), %rax\n",
             "    movq CTX_OFFSET_RETVAL + 16(%rdi), %rax\n", "    movq -8(%rsp), %rax\n",
             "    movq (%rsp,%rax,8), %rax\n", "/* movq 16(%rsp) */\n", "    addq $16, %rsp\n"],
)
def displacement(file):
    number_pattern = r"[-+]?\s*(?:0x[0-9a-fA-F]+|\d+)"
    # An expression without a name, in front of registers in parentheses.
    operand = re.compile(r"(?<![\w)+\-\s])[\s*]*((?:%s\s*)+)\((?=[%%,])" % number_pattern)
    for number, line in enumerate(file.code.split("\n"), 1):
        for statement in line.split(";"):
            # The mnemonic ends with a blank, which stands for a comma from here on.
            operands = re.sub(r"^(\s*[\w.$]+:)?\s*(\w+)\s", ",", statement)
            for found in operand.finditer(operands):
                terms = re.findall(number_pattern, found[1])
                value = sum(int(term.replace(" ", ""), 0) for term in terms)
                if abs(value) > 8:
                    yield number, "%s has no name" % found[1].strip()
