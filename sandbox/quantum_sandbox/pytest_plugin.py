"""The pytest plugin: the fixture `quantum_sandbox`, which needs the extra ``sandbox``.

pytest imports this module in every run of the environment, so nothing is imported here that costs time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from quantum_sandbox import Engine, Sandbox


@pytest.fixture(scope="session")
def quantum_sandbox_engine() -> Iterator[Engine]:
    """The simulator that all sandboxes of a test run share: it takes about a second to come up."""
    from quantum_sandbox import Engine

    engine = Engine()
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def _quantum_sandbox_of_session(quantum_sandbox_engine: Engine) -> Iterator[Sandbox]:
    from quantum_sandbox import Sandbox

    # For the whole run: a test that does not use it keeps its own environment.
    with Sandbox(engine=quantum_sandbox_engine, set_environment=False) as sandbox:
        yield sandbox


@pytest.fixture
def quantum_sandbox(_quantum_sandbox_of_session: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """An empty, well-behaved sandbox of IonQ and qBraid for one test, with the time of this machine.

    The environment variables for keys and base URLs point to it while the test runs, so code that calls
    ``quantum_jobs.connect("ionq")`` uses it as it stands. Set ``quantum_sandbox.faults`` to make it misbehave.
    """
    sandbox = _quantum_sandbox_of_session
    if not sandbox.running:  # another test has stopped it
        sandbox.start()
    sandbox.reset()
    for name, value in sandbox.environment().items():
        monkeypatch.setenv(name, value)
    yield sandbox
    sandbox.reset()
