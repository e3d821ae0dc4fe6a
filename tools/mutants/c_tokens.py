"""The tokens of a C file, and which function each is in."""
import collections
import re

from source import blank, without_comments

Token = collections.namedtuple("Token", "text start end routine")

_TOKEN = re.compile(
    r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'"
    r"|0[xX][0-9a-fA-F]+[uUlL]*|\d+[uUlL]*|\w+"
    r"|->|\+\+|--|<<=|>>=|<<|>>|<=|>=|==|!=|&&|\|\||\.\.\.|##|[-+*/%&|^]=|\S")
# Braces that C does not see, and that do not belong to a function.
_LINKAGE = re.compile(r'extern "C" \{|^\} /\* extern "C" \*/$', re.M)
_NO_CODE = [
    re.compile(r"_Static_assert\(.*?\);|__asm__[^;]*;", re.S),
    re.compile(r"__attribute__\(\((?:[^()]|\([^()]*\))*\)\)"),
]


def tokens_of(text):
    """Returns all tokens except those of comments, directives (macros' bodies stay), assertions at
    compile time and attributes."""
    text = _LINKAGE.sub(lambda m: blank(m.group()), text)
    text = without_comments(text)
    for pattern in _NO_CODE:
        text = pattern.sub(lambda m: blank(m.group()), text)
    tokens = []
    for line in re.finditer(r"(?:[^\n\\]|\\\n|\\)+", text):
        start, macro = line.start(), None
        if line.group().lstrip().startswith("#"):
            define = re.match(r"\s*#\s*define\s+(\w+)(?:\([^)]*\))?", line.group())
            if not define:
                continue
            start, macro = line.start() + define.end(), define.group(1)
        for match in _TOKEN.finditer(text, start, line.end()):
            if match.group() != "\\":
                tokens.append(Token(match.group(), match.start(), match.end(), macro))
    return _with_routines(tokens)


def _with_routines(tokens):
    """Names the function or object whose braces, or head, a token outside macros is within."""
    named = []
    depth = 0
    routine = "-"
    head = []
    for token in tokens:
        if token.routine is not None:
            named.append(token)
            continue
        if depth == 0:
            head.append(token.text)
            if token.text == "{":
                routine = _name_of(head)
        named.append(token._replace(routine=routine))
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        if depth == 0 and token.text in ("}", ";"):
            head = []
            routine = "-" if token.text == ";" else routine
    return named


def _name_of(head):
    """Reads the text up to a brace: `type name(parameters) {`, `type name = {`, `struct name {`"""
    before = head[:-1]
    if "=" in before:
        before = before[:before.index("=")]
        return before[before.index("[") - 1] if "[" in before else before[-1]
    if before and before[-1] == ")":
        depth = 0
        for i in range(len(before) - 1, -1, -1):
            depth += {")": 1, "(": -1}.get(before[i], 0)
            if depth == 0:
                return before[i - 1]
    return before[-1] if before else "-"
