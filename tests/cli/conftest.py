"""A sandbox for each test, and the command run in this process against it, on a terminal or into a pipe."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import keyring.backends.fail
import pytest
from quantum_jobs.cli import main
from quantum_sandbox import Engine, Sandbox, SteppedClock

BELL = 'OPENQASM 3.0; include "stdgates.inc"; qubit[2] q; bit[2] c; h q[0]; cx q[0], q[1]; c = measure q;'
#: The same device at each service, by what it takes as a simulator.
SIMULATORS = {"ionq-v0.4": "simulator", "ionq-v0.3": "simulator", "qbraid-v2": "ionq:ionq:sim:simulator"}


@attrs.frozen
class Done:
    """What one command did."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def rows(self) -> list[list[str]]:
        """Its lines, split at the tabs."""
        return [line.split("\t") for line in self.out.splitlines()]


@attrs.define
class Shell:
    """Runs the command. ``terminal`` says whether a person looks at both streams, ``width`` how wide it is."""

    capture: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch
    terminal: bool = False

    def __call__(self, *arguments: object, stdin: str | bytes = b"") -> Done:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        self.patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        self.patch.setattr("quantum_jobs.cli.output.on_terminal", lambda: self.terminal)
        self.patch.setattr("quantum_jobs.cli.output.errors_on_terminal", lambda: self.terminal)
        self.capture.readouterr()
        status = main([str(argument) for argument in arguments])
        return Done(status, *self.capture.readouterr())

    def on_terminal(self, width: int = 80, *, colours: bool = False) -> None:
        """From now on a person looks."""
        self.terminal = True
        self.patch.setenv("COLUMNS", str(width))
        self.patch.setenv("LINES", "24")
        if colours:
            self.patch.setenv("FORCE_COLOR", "1")
            self.patch.setenv("TERM", "xterm-256color")


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    return Shell(capsys, monkeypatch)


@pytest.fixture(autouse=True)
def _nothing_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """No key, address or terminal of the machine that runs the tests, and no test waits for another's rate limit."""
    for name in os.environ:
        if name.endswith(("_API_KEY", "_API_URL")) or name in {"COLUMNS", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"}:
            monkeypatch.delenv(name)
    monkeypatch.setattr("quantum_jobs.http.limits._limiters", {})
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("QUANTUM_JOBS_STORE", str(tmp_path / "jobs.sqlite3"))
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def cloud(_nothing_of_this_machine: None, quantum_sandbox: Sandbox) -> Sandbox:
    """A sandbox, which the environment leads to, and whose jobs take about 0.2 s."""
    return quantum_sandbox


@pytest.fixture
def still_cloud(_nothing_of_this_machine: None, quantum_sandbox_engine: Engine) -> Iterator[Sandbox]:
    """A sandbox, which the environment leads to, and whose clock stands still until the test moves it."""
    with Sandbox(engine=quantum_sandbox_engine, clock=SteppedClock()) as sandbox:
        yield sandbox


@pytest.fixture
def bell(tmp_path: Path) -> Path:
    """A file with a program."""
    path = tmp_path / "bell.qasm"
    path.write_text(BELL)
    return path


@pytest.fixture
def quick_polls(monkeypatch: pytest.MonkeyPatch) -> None:
    """Polls follow one another at once."""
    monkeypatch.setattr("quantum_jobs.core.waiting.SHORTEST_GAP", 0.02)
    monkeypatch.setattr("quantum_jobs.core.waiting.LONGEST_GAP_OF_YOUNG", 0.02)
    monkeypatch.setattr("quantum_jobs.core.waiting.LONGEST_GAP", 0.02)


def submitted(shell: Shell, bell: Path, service: str = "ionq-v0.4", *more: object, shots: int = 100) -> str:
    """The reference of a job that is submitted."""
    done = shell("submit", bell, "-s", service, "-d", SIMULATORS[service], "-n", shots, *more)
    assert done.status == 0, done.err
    return done.out.strip()
