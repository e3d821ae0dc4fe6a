"""Runs a test program within limits."""
import os
import signal
import subprocess
import time

# A test gets at least so much of a processor,
MIN_SECONDS = 10
FACTOR = 20
# and so many times as much until it ends, since the machine may be busy.
PATIENCE = 6


class Outcome:
    def __init__(self, passed, reason, seconds):
        self.passed = passed
        self.reason = reason
        self.seconds = seconds


def limit_for(seconds):
    """Returns the limit of a test that takes this long on unchanged code, in processor time."""
    return int(max(MIN_SECONDS, FACTOR * seconds))


def run(arguments, path, working_directory, directory, limit, configuration):
    """Runs the program that has been linked to `path`, as the configuration wants it. In
    `directory` it may write."""
    environment = {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": directory, "TMPDIR": directory,
        "TEST_TMPDIR": directory, "GTEST_FAIL_FAST": "1", "GTEST_BRIEF": "1",
    }
    environment.update(configuration.environment)
    limits = "ulimit -c 0; ulimit -f 65536; ulimit -S -t %d; " % limit
    if configuration.memory_kib is not None:
        limits += "ulimit -v %d; " % configuration.memory_kib
    command = ["/bin/sh", "-c", limits + 'exec "$0" "$@"'] + configuration.run_under + \
        [path] + arguments
    begin = time.monotonic()
    with open(os.path.join(directory, "output"), "w+b") as output:
        process = subprocess.Popen(command, cwd=working_directory, env=environment,
                                   stdin=subprocess.DEVNULL, stdout=output,
                                   stderr=subprocess.STDOUT, start_new_session=True)
        try:
            status = process.wait(PATIENCE * limit)
            reason = _reason(status, output)
        except subprocess.TimeoutExpired:
            status, reason = -1, "not done after %d s" % (PATIENCE * limit)
        _end(process)
    return Outcome(status == 0, reason, time.monotonic() - begin)


def _end(process):
    """Kills it with all that it has started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def _reason(status, output):
    if status == 0:
        return ""
    if status < 0:
        return signal.Signals(-status).name
    output.seek(0)
    lines = output.read(1 << 20).decode(errors="replace").splitlines()
    for line in lines:
        if line.startswith("[  FAILED  ] "):
            return line.split("] ", 1)[1].split(" (")[0]
    return "exit status %d" % status
