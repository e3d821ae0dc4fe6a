"""Finds all that is mutated: the assembly, and all C of the library."""
import glob
import os

import assembly
import assembly_operators
import c_operators
from source import number_occurrences, read

# The assembly, and what it includes.
ASSEMBLY = ["asm/*/*.S", "ctx/arch/elf.h", "ctx/arch/*/assembly.h"]
# Headers with assembly in strings.
INLINE_ASSEMBLY = ["ctx/arch/*/switch.h"]
C = ["ctx/**/*.c", "ctx/**/*.h"]


def _expand(root, patterns):
    for pattern in patterns:
        for path in sorted(glob.glob(os.path.join(root, pattern), recursive=True)):
            yield os.path.relpath(path, root)


def mutants_of(root):
    """All of them, in the order of files and lines."""
    mutants = []
    files = list(_expand(root, ASSEMBLY))
    for path in files:
        text = read(root, path)
        mutants += assembly_operators.mutate(path, text, assembly.statements_of_file(text))
    inline = list(_expand(root, INLINE_ASSEMBLY))
    for path in inline:
        text = read(root, path)
        mutants += assembly_operators.mutate(path, text, assembly.statements_of_strings(text))
    for path in dict.fromkeys(_expand(root, C)):
        if path not in files and path not in inline:
            mutants += c_operators.mutate(path, read(root, path))
    return number_occurrences(mutants)
