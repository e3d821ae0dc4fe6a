"""Knows what x86-64 instructions in AT&T syntax read and write: just enough to see which changes of
a program cannot matter, and which can be made. An unknown instruction is taken to depend on
everything. instruction.py says what is here."""
import re

from instruction import Effects, split_operands

TRAP = "ud2"
LEAVES = re.compile(r"(notrack\s+)?(jmp|ret)")
BRANCHES = re.compile(r"j|ret|ud2|notrack")
# The forms of the switch that the compiler inlines keep rbx in the context with clang before 19
# only, which Debian 12's clang is.
CLANG_ALONE = re.compile(r"\bDW_RBX\b")

_WIDE = ["rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi"]

# Width in bytes -> name -> 64-bit name.
_BY_WIDTH = {8: {}, 4: {}, 2: {}, 1: {}}
for _name in _WIDE:
    _BY_WIDTH[8][_name] = _name
    _BY_WIDTH[4]["e" + _name[1:]] = _name
    _BY_WIDTH[2][_name[1:]] = _name
    _BY_WIDTH[1][_name[1] + "l" if _name[2] == "x" else _name[1:] + "l"] = _name
for _n in range(8, 16):
    for _width, _suffix in ((8, ""), (4, "d"), (2, "w"), (1, "b")):
        _BY_WIDTH[_width]["r%d%s" % (_n, _suffix)] = "r%d" % _n

_GENERAL = {name: (width, wide)
            for width, names in _BY_WIDTH.items() for name, wide in names.items()}
_NAME = {(width, wide): name for name, (width, wide) in _GENERAL.items()}

# One register of a pair is taken for the other by mistake.
_PAIRS = [("rdi", "rsi"), ("rdx", "rcx"), ("r8", "r9"), ("rax", "rbx"), ("rsp", "rbp"),
          ("r10", "r11"), ("r12", "r13"), ("r14", "r15")]
_PARTNER = dict(_PAIRS + [(b, a) for a, b in _PAIRS])

REGISTER = re.compile(
    r"%%?(" + "|".join(sorted(_GENERAL, key=len, reverse=True)) +
    r"|[xyz]mm\d+|st\(\d\)|k[0-7])(?![\w\[])")


def partner(name):
    """Returns another register of the same kind and width, or None."""
    if name in _GENERAL:
        width, wide = _GENERAL[name]
        return _NAME[width, _PARTNER[wide]]
    vector = re.match(r"([xyz]mm|k)(\d+)$", name)
    if vector:
        return vector.group(1) + str(int(vector.group(2)) ^ 1)
    return None


def resized(name, width):
    """Returns the same general register in another width (of 1, 2, 4, 8 bytes); or None."""
    return _NAME[width, _GENERAL[name][1]] if name in _GENERAL else None


_PREFIXED = re.compile(r"\s*((?:notrack|lock|rep)\s+)?([a-z][a-z0-9]*)\b\s*(.*)$", re.S)


class Instruction(Effects):
    """Parts of an instruction: prefix, mnemonic, operands (text), and what it reads and writes."""

    def __init__(self, text):
        super().__init__()
        match = _PREFIXED.match(text)
        self.prefix, self.mnemonic = match.group(1), match.group(2)
        rest = match.group(3)
        self.operands = [rest[a:b].strip() for a, b in split_operands(rest)]
        # It sets a register to 0, and the flags to what that makes them.
        self.clears = self.mnemonic.startswith("xor") and len(set(self.operands)) == 1
        self.is_barrier = not self._find_effects()

    def _find_effects(self):
        m = self.mnemonic
        if m in ("fnclex", "fninit"):
            self.reads.add("x87")
            self.writes.add("x87")
        elif m == "ldmxcsr" or m == "fldcw":
            self._read(self.operands[0])
            self.writes.add("mxcsr" if m == "ldmxcsr" else "x87")
            self.reads |= set() if m == "ldmxcsr" else {"x87"}
        elif m == "stmxcsr" or m == "fnstcw":
            self.reads.add("mxcsr" if m == "stmxcsr" else "x87")
            self._write(self.operands[0])
        elif m.startswith(("xorp", "pxor")) or (m.startswith("xor") and len(self.operands) == 2):
            if not self.clears:
                self._read(self.operands[0])
                self._read(self.operands[1])
            self._write(self.operands[1])
            if not m.startswith(("xorp", "pxor")):
                self.writes.add("flags")
        elif re.match(r"(cmp|test)[bwlq]$", m):
            for operand in self.operands:
                self._read(operand)
            self.writes.add("flags")
        elif re.match(r"(add|sub|and|or|shl|shr|sar)[bwlq]$|(inc|dec|neg|not)[bwlq]$", m):
            for operand in self.operands:
                self._read(operand)
            self._write(self.operands[-1])
            self.writes.add("flags")
        elif re.match(r"v?mov|lea", m) and len(self.operands) == 2:
            if m.startswith("lea"):
                self._read_addresses(self.operands[0])
            else:
                self._read(self.operands[0])
            self._write(self.operands[1])
            if m.endswith("l") or m.endswith("q") or not m.startswith("mov"):
                return True
            # A narrow write keeps the rest of the register.
            self.reads |= self.writes - {w for w in self.writes if w.startswith("memory")}
        else:
            return False
        return True

    def _read_addresses(self, operand):
        for register in REGISTER.findall(operand):
            self.reads.add(canonical(register))

    def _read(self, operand):
        if displacement_of(operand):
            self._read_addresses(operand)
            self.reads.add(_memory(operand))
        else:
            for register in REGISTER.findall(operand):
                self.reads.add(canonical(register))

    def _write(self, operand):
        if displacement_of(operand):
            self._read_addresses(operand)
            self.writes.add(_memory(operand))
        else:
            for register in REGISTER.findall(operand):
                self.writes.add(canonical(register))

    @property
    def is_repeatable(self):
        """Returns whether to execute it twice in a row is to execute it once."""
        if self.mnemonic in ("endbr64", "ud2", "ret", "cld", "vzeroupper", "fnclex", "fninit",
                             "fldcw", "nop"):
            return True
        if self.mnemonic.startswith("j"):
            return True
        if re.match(r"(and|or)[bwlq]$", self.mnemonic):
            return self.operands[0] != self.operands[1]
        if self.is_barrier:
            return False
        narrow = re.match(r"v?mov", self.mnemonic) and self.operands[0] not in self.writes
        if narrow and not set(map(canonical, REGISTER.findall(self.operands[0]))) & self.writes:
            return True
        return not self.reads & self.writes


def canonical(name):
    """Returns the whole register that a name is a part of."""
    if name in _GENERAL:
        return _GENERAL[name][1]
    vector = re.match(r"[xyz]mm(\d+)$", name)
    return "vector" + vector.group(1) if vector else name


def displacement_of(operand):
    """Returns (start, end) of the displacement in an operand in memory, which may be empty;
    otherwise None."""
    end = operand.rfind("(%")
    if end < 0:
        return None
    return (1 if operand.startswith("*") else 0), end


# Fields of contexts and frames have names, and two names never lie on each other.
_FIELD = re.compile(r"(CTX_OFFSET_\w+(\(\d+, \w+\))?|CTX_BELOW_ROOT\(\w+\)|%c\[\w+\])$")


def _memory(operand):
    """Returns which memory this is. The word that rsp points to lies in no context."""
    if re.match(r"\(%+rsp\)$", operand):
        return "memory at rsp"
    start, end = displacement_of(operand)
    return "memory " + (operand[start:end] if _FIELD.match(operand[start:end]) else "*")


def displacements(source):
    begin = re.match(r"(notrack\s+)?\w+\s*", source).end()
    for a, b in split_operands(source[begin:]):
        operand = source[begin + a:begin + b]
        found = displacement_of(operand.lstrip())
        if found:
            at = begin + b - len(operand.lstrip())
            start, end = at + found[0], at + found[1]
            for shift in (8, -8):
                yield "displacement", end, end, "%+d" % shift if end > start else str(shift)


def other_changes(source):
    yield from _widths(source)
    yield from _immediates(source)
    yield from _conditions(source)
    if source.startswith("notrack"):
        yield "prefix", 0, len("notrack "), ""


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
