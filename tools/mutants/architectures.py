"""The architectures whose assembly is mutated."""
import collections
import platform
import re

import aarch64
import riscv64
import x86

# folder: its name in asm/ and ctx/arch/; processor: its name in `uname -m`, and in the names of
# .bazelrc's configurations; isa: the file that knows its instructions.
Architecture = collections.namedtuple("Architecture", "folder processor isa")

ARCHITECTURES = {a.folder: a for a in (
    Architecture("aarch64_aapcs64", "aarch64", aarch64),
    Architecture("riscv64_lp64d", "riscv64", riscv64),
    Architecture("x86_64_sysv", "x86_64", x86),
)}


def of_this_machine():
    """Returns the name of its folder; None if it is not among them."""
    return next((a.folder for a in ARCHITECTURES.values() if is_native(a)), None)


def is_native(architecture):
    return architecture.processor == platform.machine()


def is_of_another(path, architecture):
    """Returns whether a path, or a test's label, is in the folder of another architecture."""
    return re.match(r"(asm|ctx/arch|//testing/arch)/(?!%s\b)\w+[/:]" % architecture.folder,
                    path) is not None
