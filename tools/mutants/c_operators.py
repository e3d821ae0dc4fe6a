"""Makes small changes to C, by tokens. They rely on clang-format: a binary operator has spaces at
both sides, a pointer's asterisk has not."""
import re

import configurations
from c_tokens import tokens_of
from source import Edit, Mutant, line_of, squeeze

_COMPARISONS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="}
_ARITHMETIC = {"+": "-", "-": "+", "*": "/", "/": "*", "%": "/", "<<": ">>", ">>": "<<", "&": "|",
               "|": "&", "^": "|", "&&": "||", "||": "&&", "+=": "-=", "-=": "+=", "|=": "&=",
               "&=": "|=", "<<=": ">>=", ">>=": "<<=", "*=": "/=", "/=": "*="}
_STEPS = {"++": "--", "--": "++"}
_WORDS = {"true": "false", "false": "true"}
_ORDERS = {"memory_order_" + order for order in ("acquire", "release", "acq_rel", "seq_cst")}
_OPENING = {"(": ")", "[": "]", "{": "}"}
_CLOSING = set(_OPENING.values())


def mutate(path, text):
    tokens = tokens_of(text)
    closing = _matching(tokens)
    outermost = _outermost_blocks(tokens, closing)
    enclosed = {i for start, end in closing.items() if tokens[start].text != "{"
                for i in range(start, end)}
    regions = configurations.regions(path, text)
    mutants = []

    def add(i, operator, end, *edits):
        """`end` is the index past the last token that the mutant's name is to show."""
        before, after = tokens[i].start, tokens[end - 1].end
        shown = text[before:after]
        changed = shown
        for edit in sorted(edits, reverse=True):
            changed = changed[:edit.start - before] + edit.new + changed[edit.end - before:]
        what = squeeze(shown)
        if operator != "delete":
            what += " -> " + squeeze(changed)
        build = configurations.by_words(_statement_around(text, tokens, closing, i),
                                        configurations.at(regions, tokens[i].start))
        mutants.append(Mutant(path, tokens[i].routine, operator, what, list(edits),
                              line_of(text, tokens[i].start), build))

    for i, token in enumerate(tokens):
        if token.routine == "-":
            continue
        first, last = _surroundings(tokens, i)
        replaced = _replacement(text, tokens, i)
        if replaced:
            operator, new = replaced
            add(first, operator, last, Edit(token.start, token.end, new))
        if token.text in ("if", "while") and i + 1 in closing and \
                not _is_one_comparison(tokens[i + 2:closing[i + 1]]):
            end = closing[i + 1]
            inner = text[tokens[i + 1].end:tokens[end].start]
            add(i, "negate", end + 1, Edit(tokens[i + 1].end, tokens[end].start, "!(%s)" % inner))
        if token.text == "?":
            arms = _ternary(tokens, closing, i)
            if arms:
                colon, end = arms
                yes = text[tokens[i + 1].start:tokens[colon - 1].end]
                no = text[tokens[colon + 1].start:tokens[end - 1].end]
                add(first, "swap", end,
                    Edit(tokens[i + 1].start, tokens[colon - 1].end, no),
                    Edit(tokens[colon + 1].start, tokens[end - 1].end, yes))
        end = None if i in enclosed else _statement_end(tokens, closing, i)
        # Without its last return a function returns what happens to be in a register, which may be
        # right.
        if end and not (token.text == "return" and end - i > 2 and end in outermost):
            add(i, "delete", end, Edit(token.start, tokens[end - 1].start, ""))
    return mutants


def _replacement(text, tokens, i):
    """Yields (operator, new text) for a token that stands for an operation or a number."""
    token = tokens[i].text
    spaced = 0 < i < len(tokens) - 1 and text[tokens[i].start - 1].isspace() and \
        text[tokens[i].end:tokens[i].end + 1].isspace()
    if token in _COMPARISONS and spaced:
        return "comparison", _COMPARISONS[token]
    if token in _ARITHMETIC and spaced:
        return "arithmetic", _ARITHMETIC[token]
    if token in _STEPS:
        return "arithmetic", _STEPS[token]
    if token in _WORDS:
        return "constant", _WORDS[token]
    if token in _ORDERS:
        return "order", "memory_order_relaxed"
    if re.match(r"\d", token) and tokens[i - 1].text not in ("#", "##"):
        digits = re.match(r"0[xX][0-9a-fA-F]+|\d+", token).group()
        value = int(digits, 0) + 1
        return "constant", (hex(value) if "x" in digits else str(value)) + token[len(digits):]
    if token in ("!", "~") and not spaced:
        return "negate", ""
    return None


def _is_one_comparison(condition):
    """Returns whether to negate the condition is to change its only operator."""
    operators = [t.text for t in condition if t.text in ("==", "!=", "!", "&&", "||")]
    return operators in (["=="], ["!="], ["!"])


def _surroundings(tokens, i):
    """Returns the expression around a token as a name shows it: up to four tokens on each side, in
    the same routine, not beyond a semicolon or a brace."""
    first = i
    while first > 0 and i - first < 4 and tokens[first - 1].text not in ";{}" and \
            tokens[first - 1].routine == tokens[i].routine:
        first -= 1
    last = i + 1
    while last < len(tokens) and last - i < 5 and tokens[last].text not in ";{}" and \
            tokens[last].routine == tokens[i].routine:
        last += 1
    return first, last


def _statement_around(text, tokens, closing, i):
    """Returns the text of the statement that a token is in, with its block if it has one."""
    first = i
    while first > 0 and tokens[first - 1].text not in ";{}":
        first -= 1
    last = i
    while last < len(tokens) - 1 and tokens[last].text not in ";{}":
        last += 1
    if tokens[last].text == "{" and tokens[first].text in ("if", "while", "for"):
        last = closing.get(last, last)
    return text[tokens[first].start:tokens[last].end]


def _matching(tokens):
    closing, stack = {}, []
    for i, token in enumerate(tokens):
        if token.text in _OPENING:
            stack.append(i)
        elif token.text in _CLOSING and stack:
            closing[stack.pop()] = i
    return closing


def _outermost_blocks(tokens, closing):
    """Returns the indexes of the braces that end functions."""
    ends = set()
    behind = 0
    for i, token in enumerate(tokens):
        if token.text == "{" and i in closing and i >= behind:
            ends.add(closing[i])
            behind = closing[i]
    return ends


def _ternary(tokens, closing, question):
    """Returns (index of the colon, index past the second arm)."""
    i = question + 1
    colon = None
    while i < len(tokens):
        text = tokens[i].text
        if text in _OPENING and i in closing:
            i = closing[i]
        elif text == ":" and colon is None:
            colon = i
        elif text in (";", ",") or text in _CLOSING:
            break
        i += 1
    return (colon, i) if colon else None


_TYPE_WORDS = {"static", "const", "extern", "struct", "union", "enum", "unsigned", "signed", "int",
               "char", "long", "short", "float", "double", "void", "bool", "typedef", "register",
               "if", "else", "for", "while", "do", "switch", "case", "default"}


def _statement_end(tokens, closing, i):
    """Returns the index past the semicolon of the statement that begins at i; None if none does, or
    it is a declaration."""
    before = tokens[i - 1].text if i > 0 else ";"
    starts = before in (";", "{", "}", "else") or \
        before == ":" and "case" in [t.text for t in tokens[max(i - 4, 0):i]] or \
        before == ")" and _closes_condition(tokens, closing, i - 1)
    if not starts or tokens[i].text in _TYPE_WORDS or \
            not re.match(r"\w|\*|\+\+|--|\(", tokens[i].text):
        return None
    end = i
    while end < len(tokens) and tokens[end].text != ";":
        if tokens[end].text in "{}" or tokens[end].routine != tokens[i].routine:
            return None
        end = closing[end] + 1 if end in closing else end + 1
    if end >= len(tokens):
        return None
    inner = [t.text for t in tokens[i:end]]
    if inner[0] in ("return", "break", "continue", "goto"):
        return end + 1
    declares = len(inner) > 1 and re.match(r"[A-Za-z_]\w*$", inner[0]) and \
        re.match(r"[A-Za-z_]\w*$|\*$", inner[1])
    acts = any(re.match(r"([-+*/%&|^]|<<|>>)?=$|\+\+$|--$|\($", t) for t in inner)
    return end + 1 if acts and not declares else None


def _closes_condition(tokens, closing, end):
    for start, stop in closing.items():
        if stop == end:
            return start > 0 and tokens[start - 1].text in ("if", "while", "for")
    return False
