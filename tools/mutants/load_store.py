"""Is common to aarch64.py and riscv64.py. Both processors reach memory by loads and stores alone,
and their instructions name first what is written."""
import re

from instruction import Effects, split_operands

_PARTS = re.compile(r"\s*([a-z][a-z0-9.]*)\s*(.*)$", re.S)


def mnemonic_of(source):
    return _PARTS.match(source).group(1)


def spans_of_operands(source):
    """Yields the (start, end) of each operand."""
    begin = _PARTS.match(source).start(2)
    for a, b in split_operands(source[begin:]):
        operand = source[begin + a:begin + b]
        yield begin + b - len(operand.lstrip()), begin + a + len(operand.rstrip())


class TargetFirst(Effects):
    """Parts of an instruction: mnemonic, operands (text), and what it reads and writes. Of each
    processor there is a subclass with

        canonical     the whole register that a name is a part of; None if it is always 0
        find_effects  False if the instruction is unknown
        repeatable    matches what may be repeated, whatever it reads and writes
    and, as class attributes, REGISTER of its file, and
        FIELD         finds an operand in memory that is a field: its name, and its number if it is
                      one of many; or its name as a constraint
        NEXT          of two neighbouring fields that one instruction reaches: first -> second
    """
    REGISTER = FIELD = None
    NEXT = {}

    def __init__(self, text):
        super().__init__()
        self.mnemonic, rest = _PARTS.match(text).groups()
        self.operands = [rest[a:b].strip() for a, b in split_operands(rest)]
        self.is_barrier = not self.find_effects()

    def registers(self, operands):
        names = {self.canonical(name) for text in operands for name in self.REGISTER.findall(text)}
        return names - {None}

    def target(self, *also_read):
        """The first operand is written, the others are read."""
        self.reads |= self.registers(self.operands[1:]) | set(also_read)
        self.writes |= self.registers(self.operands[:1])

    def reaches(self, is_load):
        """The last operand is in memory, the others are loaded from there, or stored to there."""
        memory = self._memory(self.operands[-1], len(self.operands) - 1)
        self.reads |= self.registers(self.operands[-1:])
        (self.reads if is_load else self.writes).update(memory)
        (self.writes if is_load else self.reads).update(self.registers(self.operands[:-1]))

    def _memory(self, operand, num):
        """Returns which memory so many registers are stored to, or loaded from. Fields of contexts
        and frames have names, and two names never lie on each other."""
        match = self.FIELD.match(operand)
        if not match:
            return {"memory *"}
        name, number, constraint = match.groups()
        first = constraint.upper() if constraint else name + ("(%s)" % number if number else "")
        after = self.NEXT.get(first)
        if number and not after:
            after = "%s(%d)" % (name, int(number) + 1)
        return {"memory " + (field or "*") for field in (first, after)[:num]}

    @property
    def is_repeatable(self):
        """Returns whether to execute it twice in a row is to execute it once."""
        if self.repeatable():
            return True
        return not self.is_barrier and not self.reads & self.writes


def inverse(pairs):
    """Returns a table that leads both ways."""
    return {**pairs, **{b: a for a, b in pairs.items()}}
