"""Programs in OpenQASM 2 mean the same after conversion: as OpenQASM 3, and as IonQ JSON circuits."""

from __future__ import annotations

import re

import numpy
import pytest
import qiskit.qasm3
from qiskit.quantum_info import Operator
from quantum_jobs import UnsupportedError, programs

from . import corpus, exact, over_bits

SERVICE = "a service"
TEXTS = {**corpus.STATIC, **corpus.DYNAMIC}


def as_qasm3(text: str) -> str:
    data = programs.as_taken(programs.as_program(text), SERVICE, [programs.QASM3]).data
    assert isinstance(data, str)
    return data


def as_ionq(text: str) -> programs.IonqCircuit:
    return programs.as_ionq_circuit(programs.as_program(text), SERVICE, [])


def test_the_corpus_has_every_gate_of_the_library() -> None:
    words = set(re.findall(r"\w+", " ".join(TEXTS.values())))
    assert len(TEXTS) >= 40
    assert set(exact.library()) <= words


@pytest.mark.parametrize("name", TEXTS)
def test_openqasm_3_has_the_outcomes_of_the_openqasm_2_that_it_was_made_of(name: str) -> None:
    read = qiskit.qasm3.loads(as_qasm3(TEXTS[name]))
    assert exact.outcomes(read) == pytest.approx(exact.outcomes(exact.meaning(TEXTS[name])), abs=1e-9)


@pytest.mark.parametrize("name", corpus.STATIC)
def test_an_ionq_circuit_has_the_outcomes_of_the_openqasm_2_that_it_was_made_of(name: str) -> None:
    found = over_bits(as_ionq(TEXTS[name]))
    assert found == pytest.approx(exact.outcomes(exact.meaning(TEXTS[name])), abs=1e-9)


@pytest.mark.parametrize("name", corpus.STATIC)
def test_an_ionq_circuit_of_openqasm_3_has_the_outcomes_of_the_program(name: str) -> None:
    found = over_bits(as_ionq(as_qasm3(TEXTS[name])))
    assert found == pytest.approx(exact.outcomes(exact.meaning(TEXTS[name])), abs=1e-9)


@pytest.mark.parametrize("name", TEXTS)
def test_openqasm_3_that_is_made_holds_gates_of_stdgates_only(name: str) -> None:
    text = as_qasm3(TEXTS[name])
    lines = text.splitlines()
    assert lines[:2] == ["OPENQASM 3.0;", 'include "stdgates.inc";']
    assert not re.search(r"\b(gate|gphase|ctrl|inv|pow|opaque|qreg|creg)\b(?! *_)", text.replace("gate_", ""))
    assert as_qasm3(TEXTS[name]) == text


@pytest.mark.parametrize("name", corpus.DYNAMIC)
def test_a_program_that_measures_before_its_end_is_no_ionq_circuit(name: str) -> None:
    with pytest.raises(UnsupportedError, match=r"line \d+ of its OpenQASM"):
        as_ionq(TEXTS[name])


@pytest.mark.parametrize("gate", exact.library())
def test_each_gate_of_the_library_is_the_same_gate_after_conversion_up_to_a_global_phase(gate: str) -> None:
    definition, _ = exact.library()[gate]
    head = re.fullmatch(r"gate \w+ ?(?:\(([^)]*)\))?([^{]*)\{.*", definition, re.DOTALL)
    assert head is not None
    angles, width = len(re.findall(r"\w+", head[1] or "")), len(re.findall(r"\w+", head[2]))
    values = ", ".join(str(value) for value in (0.37, -1.21, 2.83, 4.4)[:angles])
    use = f"{gate}{f'({values})' if angles else ''} {', '.join(f'q[{i}]' for i in range(width))};"
    text = f'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[{width}];\n{use}'

    expected = Operator(exact.meaning(text)).data
    assert_same_up_to_phase(Operator(qiskit.qasm3.loads(as_qasm3(text))).data, expected)
    circuit = as_ionq(text).circuit
    columns = [
        exact.ionq_state(circuit, column.reshape((2,) * width)).reshape(-1)
        for column in numpy.eye(1 << width, dtype=complex)
    ]
    assert_same_up_to_phase(numpy.array(columns).T, expected)


def assert_same_up_to_phase(found: exact.Array, expected: exact.Array) -> None:
    overlap = numpy.vdot(expected, found) / len(expected)
    assert abs(abs(overlap) - 1) < 1e-12
    assert numpy.allclose(found, overlap * expected, atol=1e-9)
