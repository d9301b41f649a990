"""Real signals at random moments: an interrupted program ends its call at once, and no job is lost or doubled."""

from __future__ import annotations

import json
import os
import random
import select
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

from tests.faults.cloud import Cloud

PROGRAM = Path(__file__).with_name("interrupted.py")
#: Interruptions of each program; thousands with QUANTUM_JOBS_TEST_SIGNALS.
SIGNALS = int(os.environ.get("QUANTUM_JOBS_TEST_SIGNALS", "25"))
#: Seconds until an interruption, at most, and after which the program hangs.
LONGEST_PAUSE = 0.008
HANGS = 10.0
IDEMPOTENCY_TAG = "quantum_jobs_idempotency_key"


class Program:
    """The program in a process of its own, and what it says line by line."""

    def __init__(self, what: str, url: str) -> None:
        self.what = what
        self._errors = tempfile.TemporaryFile("w+")  # noqa: SIM115  # closed with the program
        command = [sys.executable, str(PROGRAM), what, url, str(SIGNALS)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, bufsize=0
        )
        self._read = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.communicate()
        self._errors.close()

    def go_on(self) -> None:
        """Let it begin its next round."""
        assert self.process.stdin is not None
        self.process.stdin.write(b"\n")

    def line(self, seconds: float = HANGS) -> str:
        """The next line; raises TimeoutError where none comes."""
        assert self.process.stdout is not None
        while b"\n" not in self._read:
            readable, _, _ = select.select([self.process.stdout], [], [], seconds)
            if not readable:
                raise TimeoutError(f"it hangs, or the interruption was swallowed: {self.errors()}")
            read = self.process.stdout.read(65536)
            assert read, f"it ended: {self.errors()}"
            self._read += read
        line, _, self._read = self._read.partition(b"\n")
        return line.decode()

    def interrupt(self) -> str:
        """Ctrl-C; gives what it says then."""
        self.process.send_signal(signal.SIGINT)
        if self.what != "submit under trio":
            return self.line()
        try:
            return self.line(2.0)
        except TimeoutError:
            # trio raises it between any two lines, in a callback of a weak reference too, where Python swallows it.
            self.process.send_signal(signal.SIGINT)
            return self.line()

    def errors(self) -> str:
        """What it wrote to stderr; Python tells there of exceptions that it has swallowed."""
        self._errors.seek(0)
        return self._errors.read()


@pytest.mark.skipif(os.name != "posix", reason="sends signals to a process")
@pytest.mark.parametrize("what", ["submit", "submit with a key", "read", "submit under asyncio", "submit under trio"])
def test_ctrl_c_at_any_moment_ends_the_call_and_no_job_is_doubled_or_goes_untold(what: str) -> None:
    cloud = Cloud("ionq-v0.4")
    chance = random.Random(20261121)
    known: set[str] = {"first"}
    with Program(what, cloud.url) as program:
        for _ in range(SIGNALS):
            program.go_on()
            assert program.line() == "ready"
            time.sleep(chance.uniform(0, LONGEST_PAUSE))
            ended: dict[str, Any] = json.loads(program.interrupt())
            cloud.settle()
            sent = [job["metadata"][IDEMPOTENCY_TAG] for job in cloud.jobs.values()]
            assert len(sent) == len(set(sent)), "a second job"
            known |= set(ended["keys"])
            untold = [key for key in sent if key not in known and key not in ended["told"]]
            # An interruption between two calls, in the program's own lines, may come before it keeps the job.
            assert not untold or (len(untold) == 1 and ended["file"] == str(PROGRAM)), ended
            known |= set(sent)
            assert ended["again"] in {None, *cloud.jobs}
        assert program.process.wait(HANGS) == 0
        assert what == "submit under trio" or program.errors() == ""
    cloud.close()
