#!/usr/bin/env python3
"""Plants each bug of the lists into a copy of the tree and has its fuzz target find it.

    testing/planted/planted.py                     all bugs, from empty corpora, 60 s each at most
    testing/planted/planted.py --seconds=20 parent those whose name or target has that word
    testing/planted/planted.py --cpu=aarch64       on another processor: by clang and qemu-user
    testing/planted/planted.py --list              all lists, and whether each can be planted

The lists are bugs.txt beside this, and that of the processor: testing/arch/*/bugs.txt.
Prints a table, and fails if a bug is not found, cannot be planted, or is reported where it is not:
each target first fuzzes the tree as it is, and what has found a bug is replayed there.
Needs clang, with libFuzzer; for another processor, what tools/cross/install has. There
tools/fuzzing/blind_main.c takes the place of libFuzzer, which is not there for each of them, and
finds less in a minute under qemu-user.
"""

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TREE = ("asm", "ctx", "fuzz", "testing")
COMMON_LIST = "testing/planted/bugs.txt"
SECONDS_WITHOUT_BUG = 10
LIBFUZZER_FLAG = "-fsanitize=fuzzer-no-link"
LIBFUZZER = "-fsanitize=fuzzer"
BLIND = ("blind_main.c", "inputs_draw.c", "inputs_read.c")


@dataclass
class Edit:
    """Lines of a file, and what takes their place. Indentation does not count."""

    path: str
    old: list = field(default_factory=list)
    new: list = field(default_factory=list)


@dataclass
class Bug:
    name: str
    target: str = ""
    edits: list = field(default_factory=list)


class CannotPlant(Exception):
    pass


def read_list(list_path):
    bugs = []
    path = None
    for number, line in enumerate(list_path.read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        key, _, rest = line.partition(" ")
        edits = bugs[-1].edits if bugs else None
        if key == "bug":
            bugs.append(Bug(rest))
        elif key == "target":
            bugs[-1].target = rest
        elif key == "file":
            path = rest
        elif key == "-":
            if not edits or edits[-1].path != path or edits[-1].new:
                edits.append(Edit(path))
            edits[-1].old.append(rest.strip())
        elif key == "+":
            edits[-1].new.append(rest.strip())
        elif key == ".":  # the line before is removed, and the next - begins an edit of its own
            edits[-1].new.append("")
        else:
            sys.exit(f"{list_path}:{number}: neither bug, target, file, -, + nor .: {line}")
    return bugs


def read_bugs(cpu):
    """An architecture's folder is named as its processor, and what it has of one."""
    lists = [ROOT / COMMON_LIST, *sorted(ROOT.glob(f"testing/arch/{cpu}_*/bugs.txt"))]
    return [bug for path in lists for bug in read_list(path)]


@dataclass
class Machine:
    """Options that make programs for a processor, and the command that runs them."""

    flags: str = LIBFUZZER_FLAG
    link_flags: str = LIBFUZZER_FLAG
    engine: str = LIBFUZZER
    emulator: list = field(default_factory=list)


def emulator_of(cpu):
    """By the variable tests know that they run there. Both are as in tools/cross."""
    emulator = shutil.which(f"qemu-{cpu}") or f"qemu-{cpu}"
    libraries = [] if any(Path("/lib").glob(f"ld-linux-{cpu}*")) else [f"/usr/{cpu}-linux-gnu"]
    variables = [f"CTX_TEST_EMULATOR={emulator}", *(f"QEMU_LD_PREFIX={at}" for at in libraries)]
    return ["env", *variables, emulator]


def compile_blind(flags, directory):
    """Returns the objects of what stands in for libFuzzer."""
    objects = []
    for source in BLIND:
        objects.append(str(directory / source) + ".o")
        command = ["clang", *flags.split(), "-std=gnu11", "-O1", "-g", f"-I{ROOT}"]
        subprocess.run(
            [*command, "-c", ROOT / "tools/fuzzing" / source, "-o", objects[-1]], check=True
        )
    return " ".join(objects)


def machine_of(cpu, directory):
    if cpu == platform.machine():
        return Machine()
    target = f"--target={cpu}-linux-gnu"
    return Machine(target, target, compile_blind(target, directory), emulator_of(cpu))


def plant(bug, tree):
    """Each edit's old lines have to be there, one after the other, exactly once."""
    for edit in bug.edits:
        path = tree / edit.path
        try:
            lines = path.read_text().splitlines()
        except OSError as error:
            raise CannotPlant(f"{edit.path}: {error.strerror}") from error
        stripped = [line.strip() for line in lines]
        length = len(edit.old)
        places = [i for i in range(len(lines)) if stripped[i : i + length] == edit.old]
        if len(places) != 1:
            raise CannotPlant(f"{edit.path}: has {len(places)} times: {edit.old[0]}")
        lines[places[0] : places[0] + length] = edit.new
        path.write_text("\n".join(lines) + "\n")


def weed(bug, tree):
    """Writes the files anew, so that what was built with the bug is out of date."""
    for path in {edit.path for edit in bug.edits}:
        if (ROOT / path).exists():
            (tree / path).write_bytes((ROOT / path).read_bytes())


def copy_tree(to):
    """Ignores the links to Bazel's output that a workspace within the tree may have."""
    for name in TREE:
        shutil.copytree(ROOT / name, to / name, ignore=shutil.ignore_patterns("bazel-*"))


def build(tree, target, out, machine):
    flags = "-O1 -g"
    environment = dict(
        os.environ,
        CC="clang",
        CXX="clang++",
        CFLAGS=f"{machine.flags} {flags}",
        CXXFLAGS=f"{machine.link_flags} {flags}",
        LIB_FUZZING_ENGINE=machine.engine,
        OUT=str(out),
        WORK=str(tree / "work"),
        FUZZ_TARGETS=target,
        FUZZ_SAME_INCLUDES="1",
    )
    built = subprocess.run(
        [tree / "fuzz/build.sh"], env=environment, capture_output=True, text=True, check=False
    )
    if built.returncode != 0:
        raise CannotPlant("it does not compile:\n" + built.stderr)
    return [*machine.emulator, out / target]


def options_of(target):
    """Returns the .options file's settings, as OSS-Fuzz gives them."""
    path = ROOT / "fuzz" / f"{target}.options"
    text = path.read_text() if path.exists() else ""
    return ["-" + line.replace(" ", "") for line in text.splitlines() if "=" in line]


@dataclass
class Finding:
    input: Path  # None if there is none
    seconds: float
    executions: str
    output: str


def fuzz(command, seconds, directory):
    """Fuzzes from an empty corpus, up to the first finding."""
    shutil.rmtree(directory, ignore_errors=True)
    (directory / "corpus").mkdir(parents=True)
    # Frame pointers are followed: after what a bug has done to stacks, following unwind tables may
    # kill.
    environment = dict(os.environ, UBSAN_OPTIONS="fast_unwind_on_fatal=1")
    begin = time.monotonic()
    run = subprocess.run(
        [
            *command,
            f"-max_total_time={seconds}",
            "-seed=1",
            "-timeout=20",
            "-print_final_stats=1",
            "-artifact_prefix=" + str(directory) + "/",
            *options_of(command[-1].name),
            directory / "corpus",
        ],
        env=environment,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    took = time.monotonic() - begin
    executed = re.findall(r"number_of_executed_units: (\d+)", run.stderr)
    inputs = [path for path in directory.iterdir() if path.is_file()]
    if (run.returncode != 0) != bool(inputs):
        raise CannotPlant(f"the fuzzer has ended by itself:\n{run.stderr[-2000:]}")
    return Finding(
        inputs[0] if inputs else None, took, executed[-1] if executed else "?", run.stderr
    )


def replays(command, path):
    return subprocess.run([*command, path], capture_output=True, check=False).returncode == 0


def row(*cells):
    print("{:<55} {:<12} {:>7} {:>11}  {}".format(*cells), flush=True)


def try_bug(bug, tree, clean, seconds, machine):
    """Returns True if the bug is found, and only where it is planted."""
    try:
        plant(bug, tree)
        command = build(tree, bug.target, tree / "out", machine)
        finding = fuzz(command, seconds, tree / "findings")
    except CannotPlant as reason:
        row(bug.name, bug.target, "", "", f"NOT PLANTED: {reason}")
        return False
    finally:
        weed(bug, tree)
    if finding.input is None:
        verdict = "NOT FOUND"
    elif not replays(clean, finding.input):
        verdict = "FOUND WITHOUT THE BUG, TOO"
    else:
        verdict = "found"
    row(bug.name, bug.target, f"{finding.seconds:.1f}", finding.executions, verdict)
    return verdict == "found"


def try_clean(target, tree, out, machine):
    """Returns the command that runs the tree as it is, if nothing is found in it."""
    try:
        command = build(tree, target, out, machine)
        finding = fuzz(command, SECONDS_WITHOUT_BUG, tree / "findings")
    except CannotPlant as reason:
        row("(no bug)", target, "", "", f"FAILED: {reason}")
        return None
    if finding.input is not None:
        row("(no bug)", target, f"{finding.seconds:.1f}", finding.executions, "FOUND SOMETHING")
        print(finding.output[-3000:])
        return None
    row("(no bug)", target, f"{finding.seconds:.1f}", finding.executions, "nothing found")
    return command


def list_bugs(bugs, tree):
    num_bad = 0
    for bug in bugs:
        try:
            plant(bug, tree)
            print(f"{bug.target:<12} {bug.name}")
        except CannotPlant as reason:
            num_bad += 1
            print(f"{bug.target:<12} {bug.name}: CANNOT BE PLANTED: {reason}")
        finally:
            weed(bug, tree)
    return num_bad


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=60, help="for each bug, at most")
    parser.add_argument("--cpu", default=platform.machine(), help="as `uname -m` has it")
    parser.add_argument("--list", action="store_true", help="plant all, and build nothing")
    parser.add_argument("words", nargs="*", help="only bugs whose name or target has one of these")
    arguments = parser.parse_args()
    bugs = read_bugs("*" if arguments.list else arguments.cpu)
    if arguments.words:
        bugs = [b for b in bugs if any(w in b.name or w in b.target for w in arguments.words)]
    if not bugs:
        sys.exit("no such bug")
    with tempfile.TemporaryDirectory(prefix="planted-") as directory:
        tree = Path(directory) / "tree"
        tree.mkdir()
        copy_tree(tree)
        if arguments.list:
            sys.exit(1 if list_bugs(bugs, tree) else 0)
        row("bug", "target", "seconds", "executions", "")
        targets = dict.fromkeys(bug.target for bug in bugs)
        machine = machine_of(arguments.cpu, Path(directory))
        out = Path(directory) / "clean"
        clean = {target: try_clean(target, tree, out, machine) for target in targets}
        num_found = sum(
            clean[bug.target] is not None
            and try_bug(bug, tree, clean[bug.target], arguments.seconds, machine)
            for bug in bugs
        )
    print(f"{num_found} of {len(bugs)} planted bugs found")
    sys.exit(0 if num_found == len(bugs) and all(clean.values()) else 1)


if __name__ == "__main__":
    main()
