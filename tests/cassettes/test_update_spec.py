"""A changed spec that breaks cassettes is reported with operation, JSON path, and the wrapper's line that reads it."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.cassettes.conformance import Violation
from scripts.cassettes.readers import readers_of
from scripts.fitting import replay
from scripts.services import ROOT, generated_folder, specs_folder
from scripts.spec_files import dump_document, load_document


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


def _lines_that_read(name: str) -> list[int]:
    source = (ROOT / "wrapper/quantum_jobs/services/ionq_v0_4.py").read_text(encoding="utf-8")
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute) and node.attr == name]
    return [node.lineno for node in nodes if isinstance(node.value, ast.Name) and node.value.id == "stats"]


def test_the_command_fails_and_names_cassette_operation_path_and_line(renamed: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scripts.cassettes", "verify", "ionq-v0.4"],
        cwd=ROOT,
        env={**os.environ, "QUANTUM_SPECS_FOLDER": str(renamed)},
        capture_output=True,
        text=True,
        check=False,
    )
    (line,) = _lines_that_read("qubits")
    assert done.returncode == 1
    assert (
        "tests/cassettes/ionq-v0.4/one-circuit.sandbox.yaml: interaction 2, GetJob, body $.stats.qubits" in done.stdout
    )
    assert f"read by wrapper/quantum_jobs/services/ionq_v0_4.py:{line}\n" in done.stdout


def test_updating_a_spec_is_told_the_line_that_no_longer_fits(renamed: Path) -> None:
    misfits = replay(generated_folder(), renamed) or []
    (line,) = _lines_that_read("qubits")
    at_line = [misfit for misfit in misfits if misfit.line == line and misfit.file.endswith("ionq_v0_4.py")]
    assert at_line
    assert any("GetJob, body $.stats.qubits: is not in the spec" in misfit.text for misfit in at_line)
    assert len(misfits) < 10


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
