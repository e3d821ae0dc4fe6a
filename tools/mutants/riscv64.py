"""Knows what RISC-V instructions read and write: just enough to see which changes of a program
cannot matter, and which can be made. An unknown instruction is taken to depend on everything.
instruction.py says what is here."""
import re

from load_store import TargetFirst, inverse, mnemonic_of, spans_of_operands

TRAP = "CTX_TRAP"
LEAVES = re.compile(r"(j|jr|ret|tail)(?!\w)")
BRANCHES = re.compile(r"(j|jr|ret|tail|unimp|b(eq|ne|lt|ge|gt|le)u?z?)(?!\w)")
CLANG_ALONE = re.compile(r"\bDW_S1\b|\bs1, %c\[")

# The name of a constraint, %c[s0], is not a register's.
REGISTER = re.compile(r"(?<!%c\[)\b(zero|ra|sp|gp|tp|f?[ast]\d+)\b(?!\s*:)")

_PARTNER = {"zero": None, "gp": None, "tp": None, "ra": "t0", "sp": "s0", "t6": "t5"}


def partner(name):
    """Returns another register of the same kind, or None."""
    if name in _PARTNER:
        return _PARTNER[name]
    kind, number = re.match(r"(\D+)(\d+)$", name).groups()
    return kind + str(int(number) ^ 1)


class Instruction(TargetFirst):
    REGISTER = REGISTER
    FIELD = re.compile(r"(?:CTX_OFFSET_(\w+?)(?:\((\d+)\))?|%c\[(\w+)\])\(\w+\)$")

    @staticmethod
    def canonical(name):
        return None if name == "zero" else name

    def find_effects(self):
        m = self.mnemonic
        if re.match(r"f?l[dw]$", m):
            self.reaches(True)
        elif re.match(r"f?s[dw]$", m):
            self.reaches(False)
        elif m in ("mv", "li", "lla", "addi", "andi", "ori", "fmv.d.x"):
            self.target()
        elif m == "frrm":
            self.target("frm")
        elif m == "fsrm" and len(self.operands) == 1:
            self.reads |= self.registers(self.operands)
            self.writes.add("frm")
        else:
            return False
        return True

    def repeatable(self):
        return BRANCHES.match(self.mnemonic) or self.mnemonic in ("andi", "ori")


def displacements(source):
    if mnemonic_of(source) == "lla":
        end = list(spans_of_operands(source))[1][1]
    else:
        match = re.search(r"\(\w+\)$", source)
        if not match or "%pcrel_lo" in source:
            return
        end = match.start()
    for shift in ("+8", "-8"):
        yield "displacement", end, end, shift


def other_changes(source):
    yield from _widths(source)
    mnemonic = mnemonic_of(source)
    if mnemonic in ("li", "addi", "andi", "ori"):
        _, end = list(spans_of_operands(source))[-1]
        yield "number", end, end, "+1"
    for table in (_INVERSE, _WEAKER):
        if mnemonic in table:
            yield "condition", 0, len(mnemonic), table[mnemonic]


# A register that is set to a number in 32 bits is so in 64.
_WIDTHS = inverse({"ld": "lw", "sd": "sw", "fld": "flw", "fsd": "fsw", "mv": "sext.w",
                   "addi": "addiw", "fmv.d.x": "fmv.w.x"})


def _widths(source):
    mnemonic = mnemonic_of(source)
    if mnemonic in _WIDTHS:
        yield "width", 0, len(mnemonic), _WIDTHS[mnemonic]


_INVERSE = inverse({"beqz": "bnez", "beq": "bne", "bgtz": "blez", "bltz": "bgez"})
# Whether equality is a part of it.
_WEAKER = inverse({"bgtz": "bgez", "bltz": "blez"})
