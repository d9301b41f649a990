"""The pytest plugin: the fixture `quantum_sandbox`, which needs the extra ``sandbox``.

pytest imports this module in every run of the environment, so it imports nothing else that takes time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from quantum_sandbox import Engine, Sandbox


@pytest.fixture(scope="session")
def quantum_sandbox_engine() -> Iterator[Engine]:
    """The simulator that all sandboxes of a test run share, because its start takes about a second."""
    from quantum_sandbox import Engine

    engine = Engine()
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def _quantum_sandbox_of_session(quantum_sandbox_engine: Engine) -> Iterator[Sandbox]:
    from quantum_sandbox import Sandbox

    # It runs during tests that do not use the fixture, whose environment must not change.
    with Sandbox(engine=quantum_sandbox_engine, set_environment=False) as sandbox:
        yield sandbox


@pytest.fixture
def quantum_sandbox(_quantum_sandbox_of_session: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """An empty sandbox of IonQ and qBraid without faults, at the current time, for one test.

    During the test the environment variables for keys and base URLs point to it, so code that calls
    ``quantum_jobs.connect("ionq")`` uses it unchanged. Add faults with ``quantum_sandbox.faults.add(...)``.
    """
    sandbox = _quantum_sandbox_of_session
    if not sandbox.running:  # another test has stopped it
        sandbox.start()
    sandbox.reset()
    for name, value in sandbox.environment().items():
        monkeypatch.setenv(name, value)
    yield sandbox
    sandbox.reset()
