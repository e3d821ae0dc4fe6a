"""Is about instructions of every processor: operands, and which changes of two instructions cannot
matter. x86.py and the files beside it, one for each processor, know the instructions themselves.
Each has

    REGISTER           finds a register's name, its first group
    partner            another register of the same kind, taken for the first by mistake; or None
    Instruction        made from a statement; a subclass of the one here
    displacements      what is wrong in a place in memory, and
    other_changes      in the rest of an instruction: (operator, start, end, new text) each
    TRAP               an instruction that stops the program
    LEAVES             matches those behind which nothing goes on
    BRANCHES           matches those that may go elsewhere
    CLANG_ALONE        finds what only clang's build of a test shows; see ctx/arch/*/switch.h
"""


def split_operands(text):
    """Returns the spans that commas outside parentheses and brackets separate."""
    spans = []
    depth = start = 0
    for i, c in enumerate(text):
        if c in "([":
            depth += 1
        elif c in ")]":
            depth -= 1
        elif c == "," and depth == 0:
            spans.append((start, i))
            start = i + 1
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans


class Effects:
    """Registers, flags, and parts of memory by their names that an instruction reads and writes.
    One that is a barrier depends on everything."""

    def __init__(self):
        self.reads, self.writes = set(), set()
        self.clears = self.is_barrier = False

    def commutes_with(self, other):
        """Returns whether the two can change places."""
        if self.is_barrier or other.is_barrier:
            return False
        if self.clears and other.clears:
            return True
        return not (_meet(self.writes, other.writes) or _meet(self.writes, other.reads) or
                    _meet(self.reads, other.writes))


def _meet(a, b):
    if a & b:
        return True
    memory_a = {x for x in a if x.startswith("memory")}
    memory_b = {x for x in b if x.startswith("memory")}
    return bool(memory_a and memory_b and "memory *" in memory_a | memory_b)
