"""A changed spec that breaks cassettes is reported with operation, JSON path, and the wrapper's line that reads it."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest

from scripts.cassettes import main
from scripts.fitting import replay
from scripts.services import ROOT, generated_folder, specs_folder
from scripts.spec_files import dump_document, load_document
from tests.cassette_tools.conformance import Violation
from tests.cassette_tools.readers import readers_of


@pytest.fixture
def renamed(tmp_path: Path) -> Path:
    """Specs in which IonQ's jobs give their number of qubits by another name."""
    shutil.copytree(specs_folder(), tmp_path / "specs")
    effective = tmp_path / "specs" / "ionq-v0.4" / "effective.yaml"
    document = load_document(effective)
    stats = document["components"]["schemas"]["CircuitJobStats"]["properties"]
    stats["qubit_count"] = stats.pop("qubits")
    effective.write_text(dump_document(document), encoding="utf-8")
    return tmp_path / "specs"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of which nothing is there but the code of the services, a few cassettes of IonQ, and their tests."""
    services = "wrapper/quantum_jobs/services"
    shutil.copytree(ROOT / services, tmp_path / "project" / services)
    folder = tmp_path / "project" / "tests" / "cassettes"
    (folder / "ionq-v0.4").mkdir(parents=True)
    for name in ("conftest.py", "test_another_spec.py"):
        shutil.copy(ROOT / "tests" / "cassettes" / name, folder)
    for name in ("one-circuit.sandbox.yaml", "registers.sandbox.yaml", "statuses.sandbox.yaml", "expected.json"):
        shutil.copy(ROOT / "tests" / "cassettes" / "ionq-v0.4" / name, folder / "ionq-v0.4")
    monkeypatch.setenv("QUANTUM_PROJECT_FOLDER", str(tmp_path / "project"))
    return tmp_path / "project"


def _lines_that_read(name: str) -> list[int]:
    source = (ROOT / "wrapper/quantum_jobs/services/ionq_v0_4.py").read_text(encoding="utf-8")
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute) and node.attr == name]
    return [node.lineno for node in nodes if isinstance(node.value, ast.Name) and node.value.id == "stats"]


def test_the_command_fails_and_names_cassette_operation_path_and_line(
    project: Path, renamed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QUANTUM_SPECS_FOLDER", str(renamed))
    (line,) = _lines_that_read("qubits")
    assert main(["verify", "ionq-v0.4"]) == 1
    told = capsys.readouterr().out
    assert "tests/cassettes/ionq-v0.4/one-circuit.sandbox.yaml: interaction 2, GetJob, body $.stats.qubits" in told
    assert f"read by wrapper/quantum_jobs/services/ionq_v0_4.py:{line}\n" in told


def test_updating_a_spec_is_told_the_line_that_no_longer_fits(
    project: Path, renamed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    misfits = replay(generated_folder(), renamed) or []
    (line,) = _lines_that_read("qubits")
    at_line = [misfit for misfit in misfits if misfit.line == line and misfit.file.endswith("ionq_v0_4.py")]
    assert at_line
    assert any("GetJob, body $.stats.qubits: is not in the spec" in misfit.text for misfit in at_line)
    assert len(misfits) < 10, "each is named once, in however many cassettes it shows"


@pytest.mark.parametrize(
    ("service", "operation", "path", "source"),
    [
        ("ionq-v0.4", "GetJob", "$.stats.qubits", "stats.qubits"),
        ("ionq-v0.4", "GetJob", "$.predicted_wait_time_ms", "job.predicted_wait_time_ms"),
        ("ionq-v0.4", "GetJobCost", "$.cost.value", "amount.value"),
        ("ionq-v0.3", "getJob", "$.execution_time", "job.execution_time"),
        ("qbraid-v2", "get_job", "$.data.timeStamps.createdAt", "stamps.created_at"),
        ("qbraid-v2", "get_job_result", "$.data.resultData.measurementCounts", '"measurementCounts"'),
    ],
)
def test_the_line_that_reads_a_field_is_found(service: str, operation: str, path: str, source: str) -> None:
    readers = readers_of(service, Violation(1, operation, "body", path, ""))
    assert readers
    for reader in readers[:1]:
        file, _, line = reader.rpartition(":")
        assert source in (ROOT / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]


def test_a_field_that_nothing_reads_has_no_line() -> None:
    assert readers_of("ionq-v0.4", Violation(1, "GetJob", "body", "$.submitter_id", "")) == []
