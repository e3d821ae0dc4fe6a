"""Makes small changes to assembly. Left out are changes that cannot matter: repeating an
instruction that may be repeated, changing places where neither of the two sees it."""
import re

import configurations
from instruction import split_operands
from source import Edit, Mutant, line_of, squeeze, without_comments


def mutate(path, text, statements, isa):
    """`isa` knows the processor's instructions; see instruction.py."""
    mutants = []
    clean = without_comments(text)

    def add(statement, operator, what, *edits):
        mutants.append(Mutant(path, statement.routine, operator, what, list(edits),
                              line_of(text, statement.start),
                              configurations.of_assembly(what, isa)))

    for i, statement in enumerate(statements):
        following = statements[i + 1] if i + 1 < len(statements) else None
        if following and following.routine != statement.routine:
            following = None
        source = clean[statement.start:statement.end]
        if statement.kind in ("instruction", "cfi"):
            add(statement, "delete", statement.text, Edit(statement.start, statement.end, ""))
            if _swap_matters(statement, following, isa):
                add(statement, "swap", "%s <> %s" % (statement.text, following.text),
                    Edit(statement.start, statement.end, clean[following.start:following.end]),
                    Edit(following.start, following.end, source))
        if statement.kind == "instruction" and _repeating_matters(statement, following, isa):
            add(statement, "duplicate", statement.text,
                Edit(statement.end, statement.end, _separator(text, statement) + source))
        for operator, start, end, new in _changes(statement.kind, source, isa):
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


def _swap_matters(statement, following, isa):
    if following is None or following.kind not in ("instruction", "cfi"):
        return False
    kinds = {statement.kind, following.kind}
    if kinds == {"cfi"}:
        return False
    if kinds == {"cfi", "instruction"}:
        # A rule for unwinding that holds too early or too late; but nothing goes on after a trap,
        # and remembered rules are the same on both sides of an instruction.
        texts = (statement.text, following.text)
        return isa.TRAP not in texts and ".cfi_remember_state" not in texts
    if not _is_plain(statement) or not _is_plain(following):
        return True
    return not isa.Instruction(statement.text).commutes_with(isa.Instruction(following.text))


def _repeating_matters(statement, following, isa):
    if not _is_plain(statement) or isa.BRANCHES.match(statement.text):
        return False
    # A rule for unwinding that follows would hold an instruction too late.
    return not isa.Instruction(statement.text).is_repeatable or \
        (following is not None and following.kind == "cfi" and
         "remember_state" not in following.text)


def _changes(kind, source, isa):
    """Yields (operator, start, end, new text) for one place each."""
    if kind == "instruction" and source[0].islower():
        yield from isa.displacements(source)
        yield from _registers(source, isa)
        yield from isa.other_changes(source)
    elif kind == "cfi":
        yield from _registers(source, isa)
        yield from _cfi_numbers(source)
    elif kind == "bytes":
        yield from _bytes(source, 0)
    elif kind == "number":
        yield "number", len(source), len(source), " + 1"


def _registers(source, isa):
    for match in isa.REGISTER.finditer(source):
        other = isa.partner(match.group(1))
        if other:
            yield "register", match.start(1), match.end(1), other


def _cfi_numbers(source):
    """Changes the offset of a rule, and the bytes of an expression."""
    if source.startswith(".cfi_escape"):
        yield from _bytes(source, len(".cfi_escape"))
    elif source.startswith("CTX_CFI_IN_"):
        for match in re.finditer(r",\s*(CTX_OFFSET_\w+(\([^()]*\))?|offset)", source):
            yield "displacement", match.end(1), match.end(1), " + 8"
        for match in re.finditer(r"\bDW_[A-Z0-9]+\b(\([^()]*\))?", source):
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
