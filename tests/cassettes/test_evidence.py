"""Specs, bindings and wrapper agree: every recorded interaction is what the spec says, and every cassette, replayed
with the network blocked, gives what a person has written down."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from tests.cassette_tools.cassette import Cassette
from tests.cassette_tools.conformance import Spec
from tests.cassette_tools.running import offline, replay
from tests.cassette_tools.scenarios import scenario_of
from tests.cassette_tools.verifying import Finding, Verdict, check_against, check_replay


def test_every_interaction_is_what_the_spec_says(
    cassette: Cassette, specs: dict[str, Spec], found: list[Finding]
) -> None:
    verdict = Verdict()
    check_against(cassette, specs[cassette.service], verdict)
    found += verdict.findings
    assert not verdict.findings, "\n".join(map(str, verdict.findings))


def test_the_wrapper_gives_the_recorded_outcome_without_a_network(
    cassette: Cassette, expected: dict[str, dict[str, Any]], found: list[Finding]
) -> None:
    verdict = Verdict()
    check_replay(cassette, expected[cassette.service].get(cassette.name), verdict)
    found += verdict.findings
    assert not verdict.findings, "\n".join(map(str, verdict.findings))


def test_nothing_is_written_down_for_a_cassette_that_is_not_there(
    expected: dict[str, dict[str, Any]], specs: dict[str, Spec]
) -> None:
    from tests.cassettes.conftest import CASSETTES

    there = {(cassette.service, cassette.name) for cassette in CASSETTES}
    assert {(service, name) for service, names in expected.items() for name in names} == there


def test_a_replay_reaches_no_network() -> None:
    with offline(), socket.socket() as unconnected, pytest.raises(OSError, match="blocked"):
        unconnected.connect(("127.0.0.1", 9))


def test_a_cassette_without_the_answer_that_is_asked_for_is_noticed(expected: dict[str, dict[str, Any]]) -> None:
    from attrs import evolve

    from tests.cassettes.conftest import CASSETTES

    cassette = next(each for each in CASSETTES if each.label == "ionq-v0.3/devices.sandbox")
    empty = evolve(cassette, data={**cassette.data, "interactions": []})
    with pytest.raises(Exception, match="no answer"):
        replay(empty, scenario_of(cassette))
    verdict = Verdict()
    check_replay(empty, expected["ionq-v0.3"][cassette.name], verdict)
    assert len(verdict.findings) == 2
