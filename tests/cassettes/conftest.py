"""What the tests of the cassettes share. When a check of them fails, the end of a report of one process names the lines
of the wrapper that are concerned, as compilers do: `make update-spec` reads them from there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scripts.services import SERVICES
from tests.cassette_tools.cassette import Cassette, load_all, load_expected
from tests.cassette_tools.conformance import Spec
from tests.cassette_tools.verifying import Finding, by_line, spec_of

CASSETTES = load_all()
FOUND: list[Finding] = []


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With another folder of specs, only whether the cassettes still hold is of interest, in one test and few words."""
    elsewhere = "QUANTUM_SPECS_FOLDER" in os.environ
    for item in list(items):
        if item.path.parent == Path(__file__).parent and (item.path.name == "test_another_spec.py") != elsewhere:
            items.remove(item)
            config.hook.pytest_deselected(items=[item])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in by_line(FOUND):
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def specs() -> dict[str, Spec]:
    return {service: spec_of(service) for service in SERVICES}


@pytest.fixture(scope="session")
def expected() -> dict[str, dict[str, object]]:
    return {service: load_expected(None, service) for service in SERVICES}


@pytest.fixture(params=CASSETTES, ids=lambda cassette: cassette.label)
def cassette(request: pytest.FixtureRequest) -> Cassette:
    found: Cassette = request.param
    return found


@pytest.fixture
def found() -> list[Finding]:
    """Where a test puts what it found, to be named at the end of the report."""
    return FOUND
