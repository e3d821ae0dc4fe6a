"""What is mutated: the assembly, and the C that classifies, places, and makes contexts."""
import glob
import os

import assembly
import assembly_operators
import c_operators
from source import number_occurrences, read

# The assembly, and what it includes.
ASSEMBLY = ["asm/*.S", "ctx/arch/x86_64_sysv/assembly.h"]
# Headers with assembly in strings.
INLINE_ASSEMBLY = ["ctx/context_*.h"]
C = [
    "ctx/classify*", "ctx/place*", "ctx/frame*", "ctx/type*.c", "ctx/signature*.c",
    "ctx/arguments*", "ctx/move*", "ctx/kind.h", "ctx/init*", "ctx/context.c", "ctx/retval.c",
    "ctx/signal.c", "ctx/redirect_*.c", "ctx/fresh_*.h", "ctx/fp_control_*.h", "ctx/cpu_*.h",
]


def _expand(root, patterns):
    for pattern in patterns:
        for path in sorted(glob.glob(os.path.join(root, pattern))):
            yield os.path.relpath(path, root)


def mutants_of(root):
    """All of them, in the order of files and lines."""
    mutants = []
    for path in _expand(root, ASSEMBLY):
        text = read(root, path)
        mutants += assembly_operators.mutate(path, text, assembly.statements_of_file(text))
    for path in _expand(root, INLINE_ASSEMBLY):
        text = read(root, path)
        mutants += assembly_operators.mutate(path, text, assembly.statements_of_strings(text))
    for path in dict.fromkeys(_expand(root, C)):
        mutants += c_operators.mutate(path, read(root, path))
    return number_occurrences(mutants)
