"""Knows what x86-64 instructions in AT&T syntax read and write: just enough to see which changes of
a program cannot matter. An unknown instruction is taken to depend on everything."""
import re

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


def split_operands(text):
    """Returns the spans that commas outside parentheses separate."""
    spans = []
    depth = start = 0
    for i, c in enumerate(text):
        if c == "(":
            depth += 1
        elif c == ")":
            depth -= 1
        elif c == "," and depth == 0:
            spans.append((start, i))
            start = i + 1
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans


_PREFIXED = re.compile(r"\s*((?:notrack|lock|rep)\s+)?([a-z][a-z0-9]*)\b\s*(.*)$", re.S)


class Instruction:
    """Parts of an instruction: prefix, mnemonic, operands (text), and what it reads and writes."""

    def __init__(self, text):
        match = _PREFIXED.match(text)
        self.prefix, self.mnemonic = match.group(1), match.group(2)
        rest = match.group(3)
        self.operands = [rest[a:b].strip() for a, b in split_operands(rest)]
        self.reads, self.writes = set(), set()
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

    def commutes_with(self, other):
        """Returns whether the two can change places."""
        if self.is_barrier or other.is_barrier:
            return False
        if self.clears and other.clears:
            return True
        return not (_meet(self.writes, other.writes) or _meet(self.writes, other.reads) or
                    _meet(self.reads, other.writes))


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


def _meet(a, b):
    if a & b:
        return True
    memory_a = {x for x in a if x.startswith("memory")}
    memory_b = {x for x in b if x.startswith("memory")}
    return bool(memory_a and memory_b and "memory *" in memory_a | memory_b)
