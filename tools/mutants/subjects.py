"""Finds all that is mutated: the assembly, and all C of the library."""
import glob
import os

import architectures
import assembly
import assembly_operators
import c_operators
from source import number_occurrences, read

# The assembly, and what it includes.
ASSEMBLY = ["asm/%s/*.S", "ctx/arch/elf.h", "ctx/arch/%s/assembly.h"]
# Headers with assembly in strings.
INLINE_ASSEMBLY = ["ctx/arch/%s/switch.h"]
C = ["ctx/**/*.c", "ctx/**/*.h"]


def _expand(root, patterns, architecture):
    for pattern in patterns:
        pattern = os.path.join(root, pattern.replace("%s", architecture.folder))
        for path in sorted(glob.glob(pattern, recursive=True)):
            relative = os.path.relpath(path, root)
            if not architectures.is_of_another(relative, architecture):
                yield relative


def mutants_of(root, architecture):
    """All of them, in the order of files and lines."""
    mutants = []
    files = list(_expand(root, ASSEMBLY, architecture))
    inline = list(_expand(root, INLINE_ASSEMBLY, architecture))
    for paths, find in ((files, assembly.statements_of_file),
                        (inline, assembly.statements_of_strings)):
        for path in paths:
            text = read(root, path)
            mutants += assembly_operators.mutate(path, text, find(text), architecture.isa)
    for path in dict.fromkeys(_expand(root, C, architecture)):
        if path not in files and path not in inline:
            mutants += c_operators.mutate(path, read(root, path))
    return number_occurrences(mutants)
