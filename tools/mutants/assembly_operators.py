"""Makes small changes to assembly. Left out are changes that cannot matter: repeating an
instruction that may be repeated, changing places where neither of the two sees it."""
import re

import configurations
from source import Edit, Mutant, line_of, squeeze, without_comments
from x86 import REGISTER, Instruction, displacement_of, partner, resized, split_operands


def mutate(path, text, statements):
    mutants = []
    clean = without_comments(text)

    def add(statement, operator, what, *edits):
        mutants.append(Mutant(path, statement.routine, operator, what, list(edits),
                              line_of(text, statement.start),
                              configurations.of_assembly(what)))

    for i, statement in enumerate(statements):
        following = statements[i + 1] if i + 1 < len(statements) else None
        if following and following.routine != statement.routine:
            following = None
        source = clean[statement.start:statement.end]
        if statement.kind in ("instruction", "cfi"):
            add(statement, "delete", statement.text, Edit(statement.start, statement.end, ""))
            if _swap_matters(statement, following):
                add(statement, "swap", "%s <> %s" % (statement.text, following.text),
                    Edit(statement.start, statement.end, clean[following.start:following.end]),
                    Edit(following.start, following.end, source))
        if statement.kind == "instruction" and _repeating_matters(statement, following):
            add(statement, "duplicate", statement.text,
                Edit(statement.end, statement.end, _separator(text, statement) + source))
        for operator, start, end, new in _changes(statement.kind, source):
            add(statement, operator, _describe(statement, source, start, end, new),
                Edit(statement.start + start, statement.start + end, new))
    return mutants


def _describe(statement, source, start, end, new):
    if "DW_" not in source or statement.kind == "number" or source.startswith("CTX_"):
        return "%s -> %s" % (statement.text, squeeze(source[:start] + new + source[end:]))
    # Expressions are long: their first two elements and the changed one are enough.
    spans = split_operands(source)
    if source.startswith(".cfi_escape"):
        spans[0] = (len(".cfi_escape"), spans[0][1])
    a, b = next(span for span in spans if start <= span[1])
    changed = source[a:start] + new + source[end:b]
    return "%s ...: %s -> %s" % (squeeze(",".join(source[x:y] for x, y in spans[:2])),
                                 squeeze(source[a:b]), squeeze(changed))


def _separator(text, statement):
    """In a string literal an escaped newline separates statements."""
    in_string = text[statement.end:statement.end + 2] == "\\n"
    return "\\n" if in_string else "; "


def _is_plain(statement):
    """An instruction, not a macro."""
    return statement.text[0].islower()


def _swap_matters(statement, following):
    if following is None or following.kind not in ("instruction", "cfi"):
        return False
    kinds = {statement.kind, following.kind}
    if kinds == {"cfi"}:
        return False
    if kinds == {"cfi", "instruction"}:
        # A rule for unwinding that holds too early or too late; but nothing goes on after ud2, and
        # remembered rules are the same on both sides of an instruction.
        texts = (statement.text, following.text)
        return "ud2" not in texts and ".cfi_remember_state" not in texts
    if not _is_plain(statement) or not _is_plain(following):
        return True
    return not Instruction(statement.text).commutes_with(Instruction(following.text))


def _repeating_matters(statement, following):
    if not _is_plain(statement) or re.match(r"j|ret|ud2|notrack", statement.text):
        return False
    # A rule for unwinding that follows would hold an instruction too late.
    return not Instruction(statement.text).is_repeatable or \
        (following is not None and following.kind == "cfi" and
         "remember_state" not in following.text)


def _changes(kind, source):
    """Yields (operator, start, end, new text) for one place each."""
    if kind == "instruction" and source[0].islower():
        yield from _displacements(source)
        yield from _registers(source)
        yield from _widths(source)
        yield from _immediates(source)
        yield from _conditions(source)
        if source.startswith("notrack"):
            yield "prefix", 0, len("notrack "), ""
    elif kind == "cfi":
        yield from _registers(source)
        yield from _cfi_numbers(source)
    elif kind == "bytes":
        yield from _bytes(source, 0)
    elif kind == "number":
        yield "number", len(source), len(source), " + 1"


def _displacements(source):
    begin = re.match(r"(notrack\s+)?\w+\s*", source).end()
    for a, b in split_operands(source[begin:]):
        operand = source[begin + a:begin + b]
        found = displacement_of(operand.lstrip())
        if found:
            at = begin + b - len(operand.lstrip())
            start, end = at + found[0], at + found[1]
            for shift in (8, -8):
                yield "displacement", end, end, "%+d" % shift if end > start else str(shift)


def _registers(source):
    for match in REGISTER.finditer(source):
        other = partner(match.group(1))
        if other:
            yield "register", match.start(1), match.end(1), other


_WIDTHS = {"b": 1, "w": 2, "l": 4, "q": 8}
_SUFFIXED = re.compile(r"(mov|lea|add|sub|and|or|xor|cmp|test|inc|dec|neg|not|shl|shr)([bwlq])\b")
# Instructions of other families: mnemonic -> the same on another width.
_OTHERS = {
    "movzwl": ["movzbl"], "movzbl": ["movzwl"], "movslq": ["movswq"],
    "movaps": ["movlps"], "movups": ["movlps"], "movdqa": ["movq"], "movdqu": ["movq"],
    "movss": ["movsd"], "movsd": ["movss"],
    "fldt": ["fldl"], "fstpt": ["fstpl"], "fldl": ["fldt"], "fstpl": ["fstpt"],
}


def _widths(source):
    """Changes to the whole instruction: registers are renamed, too."""
    match = _SUFFIXED.match(source)
    if match and "mm" in source[match.end():]:
        if match.group() == "movq":
            yield "width", 0, 4, "movd"
    elif match:
        width = _WIDTHS[match.group(2)]
        for suffix, other in _WIDTHS.items():
            if other == width // 2 or other == width * 2 and not _widening_is_nothing(source):
                yield "width", 0, len(source), \
                    match.group(1) + suffix + _resize_operands(source[match.end():], other)
    else:
        mnemonic = source.split()[0]
        for other in _OTHERS.get(mnemonic, []):
            yield "width", 0, len(mnemonic), other
        if mnemonic.startswith("v"):
            for wide, narrow in (("zmm", "ymm"), ("ymm", "xmm")):
                if "%" + wide in source:
                    yield "width", 0, len(source), source.replace("%" + wide, "%" + narrow)


def _widening_is_nothing(source):
    """A register that is cleared, or set to a number, in 32 bits is so in 64."""
    instruction = Instruction(source)
    source_operand, target = instruction.operands[0], instruction.operands[-1]
    return instruction.mnemonic in ("movl", "xorl") and target.startswith("%") and \
        (source_operand.startswith("$") or source_operand == target)


def _resize_operands(operands, width):
    """Addresses stay 64 bits wide."""
    def rename(match):
        other = resized(match.group(1), width)
        return match.group().replace(match.group(1), other) if other else match.group()

    parts = re.split(r"(\([^)]*\))", operands)
    return "".join(p if p.startswith("(") else REGISTER.sub(rename, p) for p in parts)


def _immediates(source):
    for match in re.finditer(r"\$(\w+(\([^()]*\))?)", source):
        yield "number", match.end(1), match.end(1), "+1"


_INVERSE = {"e": "ne", "ne": "e", "z": "nz", "nz": "z", "s": "ns", "ns": "s", "a": "be", "be": "a",
            "b": "ae", "ae": "b", "c": "nc", "nc": "c", "g": "le", "le": "g", "l": "ge", "ge": "l"}


def _conditions(source):
    match = re.match(r"j(\w+)\b", source)
    if match and match.group(1) in _INVERSE:
        yield "condition", 1, match.end(1), _INVERSE[match.group(1)]


def _cfi_numbers(source):
    """Changes the offset of a rule, and the bytes of an expression."""
    if source.startswith(".cfi_escape"):
        yield from _bytes(source, len(".cfi_escape"))
    elif source.startswith("CTX_CFI_IN_"):
        for match in re.finditer(r",\s*(CTX_OFFSET_\w+|offset)", source):
            yield "displacement", match.end(1), match.end(1), " + 8"
        for match in re.finditer(r"\bDW_R\w+", source):
            yield "register", match.end(), match.end(), " + 1"
    else:
        for match in re.finditer(r"\b\d+$", source):
            yield "number", match.end(), match.end(), " + 8"


def _bytes(source, start):
    for a, b in split_operands(source[start:]):
        element = source[start + a:start + b].rstrip(" \t\\\n")
        end = start + a + len(element)
        if "CTX_ROOT_PARENT_OPS" in element:
            continue  # has its own
        leb = re.search(r"CTX_LEB\([^)]*(\))$", element)
        if leb:
            yield "displacement", end - 1, end - 1, " + 8"
        elif element.strip():
            yield "byte", end, end, " + 1"
