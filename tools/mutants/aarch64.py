"""Knows what A64 instructions read and write: just enough to see which changes of a program cannot
matter, and which can be made. An unknown instruction is taken to depend on everything.
instruction.py says what is here."""
import re

from load_store import TargetFirst, inverse, mnemonic_of, spans_of_operands

TRAP = "udf #0"
LEAVES = re.compile(r"(b|br|ret)(?![\w.])")
BRANCHES = re.compile(r"(b|br|ret|udf|cbn?z|tbn?z)(?![\w])|b\.")
CLANG_ALONE = re.compile(r"\bDW_X19\b|\bx19, \[x0, %c")

# The name of a constraint, %c[x29], is not a register's.
REGISTER = re.compile(r"(?<!%c\[)\b([xw]\d+|w?sp|[xw]zr|[bhsdqv]\d+)\b(?!\s*:)")

_NARROWER = {"x": "w", "q": "d", "d": "s"}
_WIDER = {"w": "x"}


def partner(name):
    """Returns another register of the same kind and width, or None."""
    if name in ("sp", "wsp"):
        return "x29" if name == "sp" else "w29"
    if name.endswith("zr"):
        return None
    number = int(name[1:])
    # 31 would be sp, or 0.
    return name[0] + str(29 if name[0] in "xw" and number == 30 else number ^ 1)


def _resized(name, widths):
    if name.endswith(("sp", "zr")):
        wide = name.lstrip("xw")
        return "w" + wide if widths is _NARROWER else {"sp": "sp", "zr": "xzr"}[wide]
    return widths.get(name[0], name[0]) + name[1:]


class Instruction(TargetFirst):
    REGISTER = REGISTER
    FIELD = re.compile(r"\[\w+,\s*(?:CTX_OFFSET_(\w+?)(?:\((\d+)\))?|%c\[(\w+)\])\]$")
    NEXT = {"PC": "SP", "PARENT": "WAITS", "WAITS": "X29", "ACTIVATION": "ACTIVATION_DATA",
            "RETVAL_X0": "RETVAL_X1", "SAVED_X(28)": "X30"}

    @staticmethod
    def canonical(name):
        if name.endswith("zr"):
            return None
        if name.endswith("sp"):
            return "sp"
        return ("x" if name[0] in "xw" else "v") + name[1:]

    def find_effects(self):
        m, operands = self.mnemonic, self.operands
        if re.match(r"(ld|st)[rp]$", m):
            self.reaches(m.startswith("ld"))
        elif m in ("cmp", "cmn", "tst", "ccmp"):
            self.reads |= self.registers(operands) | ({"flags"} if m == "ccmp" else set())
            self.writes.add("flags")
        elif m in ("mov", "movz", "movn", "movi", "adr", "adrp", "add", "sub", "and", "orr", "eor"):
            self.target()
        elif m in ("csel", "csinc"):
            self.target("flags")
        elif m == "movk":
            self.target(*self.registers(operands[:1]))
        elif m == "mrs":
            self.target(operands[1])
        elif m == "msr":
            self.reads |= self.registers(operands[1:])
            self.writes.add(operands[0])
        else:
            return False
        return True

    def repeatable(self):
        return BRANCHES.match(self.mnemonic) or self.mnemonic in ("hint", "movk") or \
            self.mnemonic in ("and", "orr") and self.operands[0] != self.operands[2]


def displacements(source):
    spans = list(spans_of_operands(source))
    if mnemonic_of(source) == "adr":
        ends, step = [spans[1][1]], 8  # a register, and a label
    else:
        # Of an address there must be something behind the comma.
        ends = [b - 1 for a, b in spans if source[a] == "[" and "," in source[a:b]]
        step = 16 if ends and source[spans[0][0]] == "q" else 8
    for end in ends:
        for shift in (step, -step):
            yield "displacement", end, end, "%+d" % shift


def other_changes(source):
    yield from _widths(source)
    yield from _immediates(source)
    yield from _conditions(source)
    spans = list(spans_of_operands(source))
    if mnemonic_of(source) in ("ldp", "stp"):
        (a, b), (c, d) = spans[:2]
        yield "pair", a, d, source[c:d] + source[b:c] + source[a:b]


_SIZED = re.compile(r"(ld|st)[rp]$|(mov|add|sub|and|orr|cmp|csel)$|cbn?z$")


def _widths(source):
    """Changes to the whole instruction. Addresses stay 64 bits wide."""
    match = _SIZED.match(mnemonic_of(source))
    # A register that is set to a number in 32 bits is so in 64.
    if not match or mnemonic_of(source) == "mov" and len(REGISTER.findall(source)) < 2:
        return
    for widths in (_NARROWER, _WIDER):
        parts = re.split(r"(\[.*)", source, flags=re.S)
        parts[0] = REGISTER.sub(lambda m, w=widths: _resized(m.group(), w), parts[0])
        if "".join(parts) != source:
            yield "width", 0, len(source), "".join(parts)


def _immediates(source):
    mnemonic = mnemonic_of(source)
    if not re.match(r"(mov[zk]?|add|sub|and|orr|cmp|tbn?z)$", mnemonic):
        return
    spans = list(spans_of_operands(source))
    for a, b in spans[1:2] if mnemonic.startswith("tb") else spans[1:]:
        if not REGISTER.fullmatch(source[a:b]) and not source[a:b].startswith("lsl"):
            yield "number", b, b, "+1"


_INVERSE = inverse({"eq": "ne", "lt": "ge", "le": "gt", "lo": "hs", "ls": "hi", "mi": "pl",
                    "cc": "cs"})
# Whether equality is a part of it.
_WEAKER = inverse({"lt": "le", "gt": "ge", "lo": "ls", "hi": "hs"})
_OPPOSITE = inverse({"cbz": "cbnz", "tbz": "tbnz"})


def _conditions(source):
    match = re.match(r"b\.(\w+)", source) or re.match(r"csel\b.*\b(\w+)$", source, re.S)
    if match:
        for table in (_INVERSE, _WEAKER):
            if match.group(1) in table:
                yield "condition", match.start(1), match.end(1), table[match.group(1)]
    mnemonic = mnemonic_of(source)
    if mnemonic in _OPPOSITE:
        yield "condition", 0, len(mnemonic), _OPPOSITE[mnemonic]
