"""What a service does not take is converted where a library does it well, else refused before anything is sent."""

from __future__ import annotations

import sys

import pytest
import quantum_jobs
from qiskit import QuantumCircuit
from quantum_jobs import programs
from quantum_jobs.sandbox import Sandbox

QASM2 = 'OPENQASM 2.0; include "qelib1.inc"; qreg q[2]; creg c[2]; x q[0]; measure q -> c;'


def test_openqasm_2_is_turned_into_openqasm_3_where_that_is_taken() -> None:
    program = programs.as_taken(quantum_jobs.Program(programs.QASM2, QASM2), "a service", [programs.QASM3])
    assert program.format == programs.QASM3
    assert program.data.startswith("OPENQASM 3")


def test_openqasm_2_is_left_as_it_is_where_it_is_taken() -> None:
    given = quantum_jobs.Program(programs.QASM2, QASM2)
    assert programs.as_taken(given, "a service", [programs.QASM3, programs.QASM2]) is given


def test_without_qiskit_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "qiskit", None)
    with pytest.raises(quantum_jobs.UnsupportedError, match=r"quantum-jobs\[qiskit\]"):
        programs.as_taken(quantum_jobs.Program(programs.QASM2, QASM2), "a service", [programs.QASM3])


@pytest.mark.parametrize("text", ["OPENQASM 2.0; nonsense", 'OPENQASM 2.0; include "/etc/hostname";'])
def test_a_program_that_cannot_be_read_is_said_so_and_no_file_is_opened(text: str) -> None:
    with pytest.raises(quantum_jobs.UsageError, match="OpenQASM 2"):
        programs.as_taken(quantum_jobs.Program(programs.QASM2, text), "a service", [programs.QASM3])


def test_a_qiskit_circuit_and_openqasm_2_give_the_same_counts_as_the_json_circuit() -> None:
    circuit = QuantumCircuit(2, 2)
    circuit.x(0)
    circuit.measure([0, 1], [0, 1])
    json_circuit = {"qubits": 2, "circuit": [{"gate": "x", "target": 0}]}
    with Sandbox() as sandbox, sandbox.connect("ionq") as ionq, sandbox.connect("qbraid") as qbraid:
        jobs = [ionq.submit(each, device="simulator", shots=10) for each in (circuit, QASM2, json_circuit)]
        jobs += [qbraid.submit(each, device="qbraid:qbraid:sim:qir-sv", shots=10) for each in (circuit, QASM2)]
        assert [job.result(timeout=30).counts for job in jobs] == [{"01": 10}] * 5
