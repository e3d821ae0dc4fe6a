"""Puts traps behind jumps and returns that have none. Otherwise a mutant that has lost the jump
would fall into padding and into the next routine, and may get away with it."""
import assembly
from source import Edit


def traps(path, text, isa):
    """Returns the edits that put them into an assembly file."""
    if not path.endswith(".S"):
        return []
    statements = assembly.statements_of_file(text)
    edits = []
    for statement, following in zip(statements, statements[1:]):
        if isa.LEAVES.match(statement.text) and following.text != isa.TRAP:
            edits.append(Edit(statement.end, statement.end, "; " + isa.TRAP))
    return edits
