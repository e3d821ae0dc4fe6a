"""Which mutants this machine's processor cannot show: those of instructions that it does not have,
which no test executes then."""
import re

# By the flag that Linux shows for a processor that has them.
_NEEDS = {"avx512f": re.compile(r"%zmm|ctx_asm_enter_wide: delete: ja 2f")}


def flags(cpuinfo="/proc/cpuinfo"):
    with open(cpuinfo, encoding="utf-8") as file:
        line = next((line for line in file if line.startswith("flags")), "")
    return set(line.partition(":")[2].split())


def lacking(name, have):
    """The flag that the mutant of this name needs and the processor lacks; None if it has all."""
    return next((flag for flag, needing in _NEEDS.items()
                 if flag not in have and needing.search(name)), None)
