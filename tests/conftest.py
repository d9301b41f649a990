"""What tests of several folders share."""

from __future__ import annotations

import pytest
from quantum_sandbox import Engine


@pytest.fixture(scope="session")
def engine(quantum_sandbox_engine: Engine) -> Engine:
    """The simulator that the sandboxes of all tests share, `Sandbox(engine=engine)`: one takes a second to come up."""
    return quantum_sandbox_engine
