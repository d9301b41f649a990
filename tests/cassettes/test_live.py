"""Recording from a cloud, end to end: the sandbox stands in for it at another address. No account was at hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from quantum_sandbox import REFUSED_KEY, Engine, Sandbox

from scripts.cassettes import main
from scripts.services import find_service
from tests.cassette_tools.cassette import load_all
from tests.cassette_tools.leaks import leaks
from tests.cassette_tools.verifying import verify

KEY = "live-key-0123456789abcdef"


@pytest.fixture(scope="module")
def cloud(engine: Engine) -> Iterator[Sandbox]:
    with Sandbox(engine=engine) as sandbox:
        yield sandbox


def _environment(monkeypatch: pytest.MonkeyPatch, service: str, cloud: Sandbox, key: str | None) -> None:
    variable = find_service(service).key_variable
    monkeypatch.setenv(variable.replace("_KEY", "_URL"), cloud.url(service))
    if key is None:
        monkeypatch.delenv(variable, raising=False)
    else:
        monkeypatch.setenv(variable, key)


@pytest.mark.parametrize("service", ["ionq-v0.4", "ionq-v0.3", "qbraid-v2"])
def test_the_wrong_key_records_nothing_and_the_right_one_records_without_a_trace_of_it(
    service: str,
    cloud: Sandbox,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    expected: dict[str, dict[str, dict[str, object]]],
) -> None:
    command = ["record", service, "--from", "live", "--folder", str(tmp_path), "--only", "one-circuit"]

    _environment(monkeypatch, service, cloud, None)
    assert main(command) == 2
    assert find_service(service).key_variable in capsys.readouterr().err

    _environment(monkeypatch, service, cloud, REFUSED_KEY)
    assert main(command) == 2
    assert "refuses the key" in capsys.readouterr().err
    assert not list(tmp_path.rglob("*.yaml"))

    _environment(monkeypatch, service, cloud, KEY)
    assert main(command) == 0
    (cassette,) = load_all(tmp_path)
    assert cassette.metadata["provenance"] == "live"
    assert cassette.metadata["recorded"]
    assert leaks(cassette, [KEY]) == []
    assert KEY not in cassette.path.read_text()

    # What it replays to is that of the sandbox: it is the same job.
    by_hand = {"one-circuit.live": expected[service]["one-circuit.sandbox"]}
    (tmp_path / service / "expected.json").write_text(json.dumps(by_hand))
    verdict = verify(tmp_path)
    assert [str(finding) for finding in verdict.findings] == []
    assert verdict.replays == 2


def test_no_cassette_says_that_it_was_recorded_live() -> None:
    # When an account is at hand and this changes, docs/cassettes.md changes with it.
    assert {cassette.metadata["provenance"] for cassette in load_all()} == {"documented", "spec", "sandbox"}
