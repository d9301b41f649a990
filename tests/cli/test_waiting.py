"""Waiting: the live table, the lines, the exit status, and Ctrl-C, which leaves the jobs alone."""

from __future__ import annotations

import contextlib
import os
import pty
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from quantum_jobs.cli import watching
from quantum_jobs.client import Job
from quantum_jobs.model import JobRecord, JobStatus
from quantum_sandbox import Sandbox
from rich.console import Console

from tests.cli.conftest import SIMULATORS, Shell, submitted


@contextlib.contextmanager
def meanwhile(cloud: Sandbox, *, seconds: float) -> Iterator[None]:
    """The sandbox's clock runs on while the block lasts, in steps of so many seconds."""
    over = threading.Event()

    def run() -> None:
        while not over.wait(0.1):
            cloud.clock.advance(seconds)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def test_wait_ends_when_all_jobs_are_over(still_cloud: Sandbox, shell: Shell, bell: Path, quick_polls: None) -> None:
    refs = [submitted(shell, bell, service) for service in SIMULATORS]
    with meanwhile(still_cloud, seconds=0.03):
        done = shell("wait", *refs)
    assert done.status == 0, done.err
    assert [row[:2] for row in done.rows] == [[ref, "COMPLETED"] for ref in refs]
    told = done.err.splitlines()
    assert told[-1] == "3 of 3 jobs are over: 3 COMPLETED"
    assert any("QUEUED" in line or "RUNNING" in line for line in told[:-1])
    assert len(told) == len(set(told))


def test_wait_says_nothing_when_asked(cloud: Sandbox, shell: Shell, bell: Path, quick_polls: None) -> None:
    ref = submitted(shell, bell)
    assert shell("wait", "--quiet", ref).err == ""
    assert shell("wait", "-q", "--json", ref).json[0]["status"] == "COMPLETED"


def test_the_time_over_is_status_4_and_the_job_goes_on(still_cloud: Sandbox, shell: Shell, bell: Path) -> None:
    ref = submitted(shell, bell)
    done = shell("wait", ref, "--timeout", "0.3")
    assert done.status == 4
    assert done.rows[0][:2] == [ref, done.rows[0][1]]
    assert f"{ref} is {done.rows[0][1]} after 0.3 s; it goes on" in done.err
    result = shell("result", ref, "--timeout", "0.1s")
    assert result.status == 4
    assert "after 0.1 s; it goes on, and can be waited for again" in result.err
    assert shell("status", ref, "--json").json[0]["status"] != "CANCELLED"


def test_a_job_that_fails_or_is_held_is_status_3(still_cloud: Sandbox, shell: Shell, bell: Path) -> None:
    held, cancelled = submitted(shell, bell, "qbraid-v2"), submitted(shell, bell)
    still_cloud.hold(held.partition(":")[2])
    shell("cancel", cancelled)
    still_cloud.clock.advance(60)
    done = shell("wait", held, cancelled)
    assert done.status == 3
    assert [row[1] for row in done.rows] == ["ON_HOLD", "CANCELLED"]
    assert f"{held} is on hold" in done.err
    assert f"{cancelled} was cancelled" in done.err


def test_a_job_that_is_not_there_ends_no_other_wait(
    cloud: Sandbox, shell: Shell, bell: Path, quick_polls: None
) -> None:
    ref = submitted(shell, bell)
    done = shell("wait", "ionq:gone", ref)
    assert done.status == 7
    assert [row[:2] for row in done.rows] == [[ref, "COMPLETED"]]
    assert "ionq-v0.4:gone" in done.err


def test_an_outage_is_told_and_waited_through(
    still_cloud: Sandbox, shell: Shell, bell: Path, quick_polls: None
) -> None:
    ref = submitted(shell, bell)
    still_cloud.faults.add("status", status=503, method="GET", times=2)
    with meanwhile(still_cloud, seconds=1):
        done = shell("wait", ref)
    assert done.status == 0
    assert "quantum-jobs: ionq-v0.4 get_job: 503" in done.err
    assert "still waiting for 1 job\n" in done.err


# The live table, without a terminal.


def records(number: int) -> list[JobRecord]:
    statuses = [JobStatus.COMPLETED, JobStatus.RUNNING, JobStatus.QUEUED]
    return [
        JobRecord(
            id=f"{n:08}-0000-4000-8000-000000000000",
            service="ionq-v0.4",
            status=statuses[n % 3],
            vendor_status="a word",
            name=f"point {n}",
            device="qpu.forte-1",
            queue_position=n if n % 3 == 2 else None,
        )
        for n in range(number)
    ]


def drawn(number: int, width: int, height: int) -> list[str]:
    jobs = [Job(None, record) for record in records(number)]
    watched = watching.Watched(jobs)
    console = Console(width=width, height=height, markup=False, highlight=False)
    with console.capture() as captured:
        console.print(watching.Picture(watched))
    return captured.get().splitlines()


@pytest.mark.parametrize(("width", "height"), [(80, 24), (160, 50), (40, 12)])
@pytest.mark.parametrize("number", [1, 7, 500])
def test_the_live_table_fits_the_terminal(number: int, width: int, height: int) -> None:
    lines = drawn(number, width, height)
    assert len(lines) <= height
    assert all(len(line.rstrip()) <= width for line in lines)
    assert f"of {number} job" in lines[1]


def test_the_live_table_shows_first_what_is_under_way() -> None:
    lines = drawn(500, 160, 24)
    assert "RUNNING" in lines[3]
    assert "COMPLETED" not in "\n".join(lines[3:])
    assert lines[-1].startswith("... and ")


# Ctrl-C, in a real terminal.


class Terminal:
    """A command in a terminal of its own."""

    def __init__(self, *arguments: str, width: int = 100) -> None:
        self.master, slave = pty.openpty()
        environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": str(width), "LINES": "24"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "quantum_jobs", *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            start_new_session=True,
        )
        os.close(slave)
        self.text = ""

    def read_until(self, wanted: str | None, *, seconds: float = 60) -> str:
        """Read until a text has come, or for None until the command has ended."""
        ends = time.monotonic() + seconds
        while wanted is None or wanted not in self.text:
            assert time.monotonic() < ends, self.text
            if select.select([self.master], [], [], 0.2)[0]:
                try:
                    data = os.read(self.master, 65536)
                except OSError:  # the other side is closed
                    data = b""
                if not data:
                    assert wanted is None, self.text
                    return self.text
                self.text += data.decode()
        return self.text

    def type(self, text: str) -> None:
        """What a person types."""
        os.write(self.master, text.encode())

    def interrupt(self) -> None:
        """What the terminal does on Ctrl-C."""
        os.kill(self.process.pid, signal.SIGINT)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self.master)


def test_ctrl_c_leaves_the_jobs_alone_and_says_how_to_go_on(still_cloud: Sandbox, shell: Shell, bell: Path) -> None:
    refs = [submitted(shell, bell, service) for service in SIMULATORS]
    with Terminal("wait", *refs) as terminal:
        terminal.read_until("0 of 3 jobs are over: ")
        terminal.read_until("Ctrl-C stops waiting")
        terminal.interrupt()
        told = " ".join(terminal.read_until(None).split())
        assert terminal.process.wait(timeout=30) == 130
    assert "Nothing was cancelled, the jobs go on. To wait again: quantum-jobs wait" in told
    assert all(ref in told.partition("To wait again")[2] for ref in refs)
    assert "Traceback" not in told
    assert "\x1b[?25l" not in terminal.text.rpartition("\x1b[?25h")[2]  # the cursor is visible again
    assert {row[1] for row in shell("status", *refs).rows} <= {"INITIALIZING", "QUEUED"}


def test_ctrl_c_while_submitting_says_how_to_find_the_job(cloud: Sandbox, bell: Path) -> None:
    cloud.faults.add("delay", method="POST", seconds=30)
    with Terminal("submit", str(bell), "-s", "ionq", "-d", "simulator", "-n", "5") as terminal:
        ends = time.monotonic() + 60
        while not cloud.journal.select(method="POST"):
            assert time.monotonic() < ends
            time.sleep(0.05)
        terminal.interrupt()
        told = " ".join(terminal.read_until(None).split())
        assert terminal.process.wait(timeout=30) == 130
    assert "a job may have been made. Run the same command again with --key " in told


def test_delete_asks_and_does_what_it_is_told(cloud: Sandbox, shell: Shell, bell: Path) -> None:
    ref = submitted(shell, bell)
    for answer, status in (("n", 1), ("y", 0)):
        with Terminal("delete", ref) as terminal:
            terminal.read_until("That cannot be undone. [y/N]")
            terminal.type(answer + "\r")
            told = terminal.read_until(None)
            assert terminal.process.wait(timeout=30) == status
        assert ("nothing was deleted" in told) == (answer == "n")
    assert [entry.operation for entry in cloud.journal.select(method="DELETE")] == ["delete_job"]
