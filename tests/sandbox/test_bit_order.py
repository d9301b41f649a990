"""A circuit that is not symmetric comes out the same way on every cloud: each vendor's own way of writing '01'."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize("language", ["qasm2", "qasm3", "json"])
@pytest.mark.parametrize("backend", ["simulator", "qpu.forte-1"])
def test_ionq_v0_4_gives_decimal_keys_with_qubit_0_as_the_lowest_bit(
    ionq: Any, x_on_qubit_0: dict[str, Any], language: str, backend: str
) -> None:
    program = x_on_qubit_0[language]
    is_json = language == "json"
    body = {
        "type": "ionq.circuit.v1" if is_json else "ionq.qasm3.v1",
        "backend": backend,
        "shots": 20,
        "input": program if is_json else {"data": program},
    }
    job = ionq.finish(ionq.post("/jobs", body)["id"])
    assert ionq.get(f"/jobs/{job['id']}/results/probabilities") == {"1": 1.0}
    version_2 = job["results"]["ionq.result.probabilities.json.v2"]["id"]
    registers = ionq.get(f"/jobs/{job['id']}/artifacts/{version_2}")["probabilities"]["registers"]
    assert registers["output_all"] == {"01": 1.0}


@pytest.mark.parametrize("language", ["qasm2", "qasm3", "json"])
def test_ionq_v0_3_gives_decimal_keys_with_qubit_0_as_the_lowest_bit(
    old_ionq: Any, x_on_qubit_0: dict[str, Any], language: str
) -> None:
    program = x_on_qubit_0[language]
    source = {"format": "ionq.circuit.v0", **program} if language == "json" else {"format": "openqasm", "data": program}
    job = old_ionq.finish(old_ionq.post("/jobs", {"target": "simulator", "input": source})["id"])
    assert old_ionq.get(job["results_url"].removeprefix("/v0.3")) == {"1": 1.0}


@pytest.mark.parametrize("language", ["qasm2", "qasm3", "json"])
def test_qbraid_gives_bitstrings_with_qubit_0_rightmost(
    qbraid: Any, x_on_qubit_0: dict[str, Any], language: str
) -> None:
    body = {
        "deviceQrn": "ionq:ionq:sim:simulator" if language == "json" else "qbraid:qbraid:sim:qir-sv",
        "shots": 20,
        "program": {"format": "ionq.circuit.v0" if language == "json" else language, "data": x_on_qubit_0[language]},
    }
    job = qbraid.finish(qbraid.post("/jobs", body)["data"]["jobQrn"])
    assert qbraid.get(f"/jobs/{job['jobQrn']}/result")["data"]["resultData"]["measurementCounts"] == {"01": 20}


def test_a_measurement_into_another_bit_moves_the_bit(qbraid: Any) -> None:
    program = 'OPENQASM 3; include "stdgates.inc"; qubit[3] q; bit[3] c; x q[0]; c[2] = measure q[0];'
    body = {"deviceQrn": "aws:aws:sim:sv1", "shots": 5, "program": {"format": "qasm3", "data": program}}
    job = qbraid.finish(qbraid.post("/jobs", body)["data"]["jobQrn"])
    assert qbraid.get(f"/jobs/{job['jobQrn']}/result")["data"]["resultData"]["measurementCounts"] == {"100": 5}


def test_ionq_names_the_registers_of_a_program(ionq: Any) -> None:
    program = """OPENQASM 3; include "stdgates.inc"; qubit[3] q; bit[1] a; bit[2] b;
        x q[0]; x q[1]; a[0] = measure q[0]; b[0] = measure q[1]; b[1] = measure q[2];"""
    body = {"type": "ionq.qasm3.v1", "backend": "qpu.forte-1", "shots": 7, "input": {"data": program}}
    job = ionq.finish(ionq.post("/jobs", body)["id"])
    histogram = ionq.get(f"/jobs/{job['id']}/artifacts/{job['results']['ionq.result.histogram.json.v2']['id']}")
    assert histogram["histogram"]["registers"] == {"output_all": {"011": 7}, "a": {"1": 7}, "b": {"01": 7}}
    shots = ionq.get(f"/jobs/{job['id']}/artifacts/{job['results']['ionq.result.shots.json.v2']['id']}")
    assert shots["shots"] == [{"registers": {"output_all": [1, 1, 0], "a": [1], "b": [1, 0]}}] * 7
