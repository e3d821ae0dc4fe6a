"""Judges mutants: each is built, and test programs run until one of them notices."""
import collections
import concurrent.futures
import os
import re
import shutil
import tempfile
import threading
import time

from build import Changed, DoesNotBuild
from run import limit_for, run

KILLED = "killed"
SURVIVED = "survived"
NONE = "no mutant"  # it does not build, or is the same code

# by: the test that killed it; why: that test's message, or why it does not count.
Verdict = collections.namedtuple("Verdict", "mutant state by why")


class UnchangedFails(Exception):
    """A test fails without any mutant, or could not see all mutants."""


class Campaign:
    def __init__(self, workshop, directory, configuration):
        self._workshop = workshop
        self._directory = directory
        self._configuration = configuration
        self._lock = threading.Lock()
        self._runs = collections.Counter()
        self._kills = collections.Counter()
        self._seconds = {}
        self._kill_seconds = collections.Counter()
        self._all_kills = collections.Counter()
        self._limits = {}

    def measure(self, jobs):
        """Runs every test on the unchanged library: all must pass. Returns their time in all."""
        with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
            for _ in pool.map(self._measure, self._workshop.commands.programs):
                pass
        return sum(self._seconds.values())

    def _measure(self, program):
        directory = tempfile.mkdtemp(dir=self._directory)
        path = os.path.join(directory, "test")
        objects = [self._workshop.unchanged(o) for o in program.objects]
        self._workshop.link(program, objects, path)
        if not _is_position_independent(path):
            raise UnchangedFails("%s is loaded below 4 GiB: too narrow a width would not show" %
                                 program.label)
        outcome = self._run(program, path, directory, limit_for(60), program.runfiles)
        if not outcome.passed:
            raise UnchangedFails("%s fails on unchanged code: %s" % (program.label, outcome.reason))
        self._seconds[program.label] = outcome.seconds
        self._limits[program.label] = limit_for(outcome.seconds)
        shutil.rmtree(directory)

    def judge_all(self, mutants, jobs, deadline):
        """Yields verdicts as they come. Begins none after the deadline, if there is one."""
        with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
            futures = [pool.submit(self._judge, mutant, deadline) for mutant in mutants]
            for future in concurrent.futures.as_completed(futures):
                if future.result() is not None:
                    yield future.result()

    def _judge(self, mutant, deadline):
        if deadline is not None and time.monotonic() > deadline:
            return None
        directory = os.path.join(self._directory, mutant.id)
        os.makedirs(directory)
        try:
            return self._try(mutant, directory)
        except DoesNotBuild as error:
            return Verdict(mutant, NONE, None, _first_error(str(error)))
        finally:
            shutil.rmtree(directory, ignore_errors=True)

    def _try(self, mutant, directory):
        changed = Changed(self._workshop, mutant.path, mutant.edits, directory)
        is_one = False
        path = os.path.join(directory, "test")
        for program in self._in_order(mutant):
            if not changed.link(program, path):
                continue
            is_one = True
            outcome = self._run(program, path, directory, self._limits[program.label],
                                changed.runfiles(program))
            self._learn(mutant, program, outcome)
            if not outcome.passed:
                return Verdict(mutant, KILLED, program.label, outcome.reason)
        if is_one:
            return Verdict(mutant, SURVIVED, None, "")
        return Verdict(mutant, NONE, None, "the same code")

    def _run(self, program, path, directory, limit, runfiles):
        environment = {**self._configuration.environment, **program.environment}
        return run(program.args, path, runfiles or self._workshop.commands.execution_root,
                   directory, limit, self._configuration._replace(environment=environment))

    def _learn(self, mutant, program, outcome):
        with self._lock:
            for key in _kinds(mutant):
                self._runs[key, program.label] += 1
                self._kills[key, program.label] += not outcome.passed
            if not outcome.passed:
                self._kill_seconds[program.label] += outcome.seconds
                self._all_kills[program.label] += 1

    def _in_order(self, mutant):
        """The likeliest killer for its time first, by what is known of the file and the routine.
        Who kills often ends early. 0.1 s is what linking takes."""
        def rate(key, label, expected):
            return (self._kills[key, label] + expected) / (self._runs[key, label] + 1)

        def cost(program):
            label = program.label
            in_file, in_routine = _kinds(mutant)
            likely = rate(in_routine, label, rate(in_file, label, 0.1))
            whole = self._seconds[label]
            killing = (self._kill_seconds[label] + whole) / (self._all_kills[label] + 1)
            return (likely * killing + (1 - likely) * whole + 0.1) / likely

        with self._lock:
            return sorted(self._workshop.commands.programs, key=cost)


def _kinds(mutant):
    """Rules for unwinding are seen by other tests than instructions."""
    is_rule = re.search(r"cfi|DW_", mutant.what, re.IGNORECASE) is not None
    return (mutant.path, is_rule), (mutant.path + mutant.routine, is_rule)


def _is_position_independent(path):
    """Looks at the type in the ELF header: ET_DYN."""
    with open(path, "rb") as file:
        return file.read(18)[16:] == b"\x03\x00"


def _first_error(text):
    lines = [line for line in text.splitlines() if "rror" in line]
    return "does not build: " + (lines or text.splitlines() or ["?"])[0].strip()[-120:]
