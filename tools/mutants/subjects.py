"""Finds all that is mutated: the assembly, and all C of the library."""
import glob
import os
import re

import assembly
import assembly_operators
import c_operators
from source import number_occurrences, read

# The architecture whose instructions x86.py knows. The tests run on it.
_ARCHITECTURE = "x86_64_sysv"
# The assembly, and what it includes.
ASSEMBLY = ["asm/%s/*.S" % _ARCHITECTURE, "ctx/arch/elf.h",
            "ctx/arch/%s/assembly.h" % _ARCHITECTURE]
# Headers with assembly in strings.
INLINE_ASSEMBLY = ["ctx/arch/%s/switch.h" % _ARCHITECTURE]
C = ["ctx/**/*.c", "ctx/**/*.h"]


def _expand(root, patterns):
    for pattern in patterns:
        for path in sorted(glob.glob(os.path.join(root, pattern), recursive=True)):
            relative = os.path.relpath(path, root)
            if not re.match(r"ctx/arch/(?!%s)\w+/" % _ARCHITECTURE, relative):
                yield relative


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
