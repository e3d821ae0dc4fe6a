"""Finds the statements of an assembly file, and of the assembly in C headers' strings."""
import collections
import re

from source import squeeze, without_comments

# kind: "instruction" (or a macro that stands for some), "cfi" (the same), "number" (the value of a
# #define), "bytes" (a #define that is a list of DWARF), "label", or "other": the operators leave
# this alone, and do not reach across it.
Statement = collections.namedtuple("Statement", "kind start end text routine")

_BEGINS = re.compile(r"(?:CTX_\w+_FUNCTION|CTX_RESUME_POINT|CTX_HIDDEN_ALIAS)\s+(\w+)$")
_MACRO = re.compile(r"\.macro\s+(\w+)")
_DEFINE = re.compile(r"\s*#\s*define\s+(\w+)(?:\([^)]*\))?(.*)$", re.S)
_LABEL = re.compile(r"\\?[\w.]+:\s*")


def statements_of_file(text):
    """Finds those of a .S file, or of a header of one, in order, macros' bodies included."""
    text = without_comments(text)
    statements = []
    for match in re.finditer(r"(?:[^\n\\]|\\\n|\\)+", text):
        statements += _statements_of_line(text, match.start(), match.end())
    return _with_routines(statements)


def _statements_of_line(text, start, end):
    define = _DEFINE.match(text[start:end])
    if not define:
        return [] if text[start:end].lstrip().startswith("#") else _split(text, start, end, None)
    name, body = define.group(1), define.group(2)
    statements = _split(text, start + define.start(2), end, name)
    if re.fullmatch(r"\s*(0x[0-9a-f]+|\d+)\s*", body):
        return [s._replace(kind="number") for s in statements]
    if re.match(r"[\\\s]*DW_OP", body):
        return [s._replace(kind="bytes") for s in statements]
    return statements if "CFI" in name else []


def _split(text, start, end, routine):
    statements = []
    for match in re.finditer(r"[^;]+", text[start:end]):
        a, b = start + match.start(), start + match.end()
        while a < b and text[a] in " \t\\\n":
            a += 1
        while a < b and text[b - 1] in " \t\\\n":
            b -= 1
        label = _LABEL.match(text, a, b)
        if label:
            statements.append(Statement("label", a, label.end(), label.group().strip(), routine))
            a = label.end()
        if a < b:
            statements.append(Statement(_kind(text[a:b]), a, b, squeeze(text[a:b]), routine))
    return statements


def _kind(statement):
    if re.match(r"\.cfi_(start|end)proc", statement):
        return "other"  # the assembler itself refuses these to be missing
    if re.match(r"\.cfi_|CTX_CFI_", statement):
        return "cfi"
    if re.match(r"(notrack\s+|lock\s+|rep\s+)?[a-z][a-z0-9]*\b(?!\s*=)", statement):
        return "instruction"
    if re.match(r"CTX_\w+$", statement) and not statement.startswith("CTX_OBJECT"):
        return "instruction"
    return "other"


def _with_routines(statements):
    """Says of each statement which macro or routine it is in. A routine's rules for unwinding may
    come before its name."""
    named = []
    waiting = []
    macro = routine = None
    for statement in statements:
        if statement.routine is not None:
            named.append(statement)
            continue
        if _MACRO.match(statement.text):
            macro = _MACRO.match(statement.text).group(1)
        begins = _BEGINS.match(statement.text)
        if begins and macro is None:
            ends = statement.text.startswith("CTX_END")
            routine = begins.group(1)
            named += [s._replace(routine=routine) for s in waiting]
            named.append(statement._replace(routine=routine))
            waiting = []
            if ends:
                routine = None
        elif macro or routine:
            named.append(statement._replace(routine=macro or routine))
        else:
            waiting.append(statement)
        if statement.text.startswith(".endm"):
            macro = None
    named += [s._replace(routine="-") for s in waiting]
    return sorted(named, key=lambda s: s.start)


def statements_of_strings(text):
    """Finds those in the string literals of a C header's macros that are lines of assembly, with an
    escaped newline."""
    statements = []
    for define in re.finditer(r"#define\s+(\w+)(?:\([^)]*\))?((?:[^\n]*\\\n)*[^\n]*)", text):
        for literal in re.finditer(r'"((?:[^"\\\n]|\\.)*)"', define.group(2)):
            if "\\n" not in literal.group(1):
                continue
            at = define.start(2) + literal.start(1)
            for line in re.finditer(r"(?:(?!\\n|\\t).)+", literal.group(1).replace("\\t", "\\n")):
                a, b = at + line.start(), at + line.end()
                if a > 0 and text[a - 1] == "\\":
                    a += 1  # the letter of an escape
                if a >= b:
                    continue
                label = _LABEL.fullmatch(text[a:b])
                statements.append(Statement("label" if label else _kind(text[a:b]), a, b,
                                            squeeze(text[a:b]), define.group(1)))
    return statements
