"""Qiskit circuits, with whatever Qiskit lets one put in: what is submitted means the same, or is refused in time."""

from __future__ import annotations

import math
import subprocess
import sys
import warnings
from collections.abc import Callable

import numpy
import pytest
import qiskit.qasm2
import qiskit.qasm3
from qiskit import QuantumCircuit, transpile
from qiskit.circuit import (
    AnnotatedOperation,
    Clbit,
    ControlModifier,
    Gate,
    Instruction,
    InverseModifier,
    Parameter,
    ParameterVector,
    PowerModifier,
    Qubit,
    library,
)
from qiskit.circuit.classical import expr, types
from qiskit.circuit.random import random_circuit
from qiskit.quantum_info import SparsePauliOp, random_clifford, random_unitary
from quantum_jobs import UnsupportedError, UsageError, programs

from . import exact, over_bits


def as_qasm3(circuit: QuantumCircuit) -> str:
    program = programs.as_program(circuit)
    assert program.format == programs.QASM3
    assert isinstance(program.data, str)
    return program.data


def as_ionq(circuit: QuantumCircuit) -> programs.IonqCircuit:
    return programs.as_ionq_circuit(programs.as_program(circuit), "a service", [])


def _initialize() -> QuantumCircuit:
    circuit = QuantumCircuit(3, 2)
    circuit.initialize([0.6, 0, 0, 0, 0, 0.8j, 0, 0], [0, 1, 2])
    circuit.measure([2, 0], [0, 1])
    return circuit


def _initialize_by_label() -> QuantumCircuit:
    circuit = QuantumCircuit(3)
    circuit.initialize("+1r")
    circuit.cry(0.3, 0, 1)
    return circuit


def _fourier() -> QuantumCircuit:
    circuit = QuantumCircuit(3)
    circuit.ry(0.4, range(3))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        circuit.append(library.QFT(3), range(3))
    circuit.rx(0.3, 1)
    circuit.append(library.QFTGate(3).inverse(), [2, 0, 1])
    circuit.measure_all()
    return circuit


def _arithmetic() -> QuantumCircuit:
    circuit = QuantumCircuit(6, 6)
    circuit.x([0, 4])
    circuit.h(1)
    circuit.append(library.ModularAdderGate(3), range(6))
    circuit.append(library.PermutationGate([2, 0, 1]), [3, 4, 5])
    circuit.measure(range(6), range(6))
    return circuit


def _controls() -> QuantumCircuit:
    circuit = QuantumCircuit(5)
    circuit.h([0, 1, 2])
    circuit.append(library.XGate().control(3, ctrl_state=5, annotated=False), [0, 1, 2, 3])
    circuit.append(library.RZGate(0.7).control(2, annotated=False), [0, 1, 4])
    circuit.mcp(0.4, [0, 1, 2], 3)
    circuit.append(library.SwapGate().control(2, annotated=False), [0, 1, 3, 4])
    circuit.append(AnnotatedOperation(library.RYGate(0.3), [ControlModifier(2)]), [1, 2, 4])
    circuit.append(AnnotatedOperation(library.SGate(), [InverseModifier(), PowerModifier(3)]), [0])
    circuit.append(library.GlobalPhaseGate(0.9).control(1, annotated=False), [2])
    circuit.h([0, 1, 2])
    return circuit


def _many_controls() -> QuantumCircuit:
    circuit = QuantumCircuit(9)
    circuit.x(range(8))
    circuit.ry(0.8, 3)
    circuit.append(library.MCXGate(8), range(9))
    return circuit


def _matrices() -> QuantumCircuit:
    circuit = QuantumCircuit(3)
    circuit.unitary(random_unitary(8, seed=1), [2, 0, 1])
    circuit.append(random_clifford(2, seed=2), [0, 2])
    circuit.append(library.DiagonalGate([1, 1j, -1, 1]), [1, 2])
    circuit.unitary(random_unitary(2, seed=3), [1])
    return circuit


def _evolution() -> QuantumCircuit:
    circuit = QuantumCircuit(3)
    circuit.h(range(3))
    circuit.append(library.PauliEvolutionGate(SparsePauliOp(["XXZ", "YIZ"], [0.3, -0.4]), time=0.7), range(3))
    return circuit


def _two_qubit_gates() -> QuantumCircuit:
    circuit = QuantumCircuit(2)
    circuit.ry(0.4, 0)
    gates = [library.RXXGate(0.3), library.RYYGate(0.4), library.RZZGate(0.5), library.RZXGate(0.6), library.ECRGate()]
    gates += [
        library.iSwapGate(),
        library.DCXGate(),
        library.XXPlusYYGate(0.3, 0.2),
        library.CSXGate(),
        library.CSGate(),
    ]
    for gate in gates:
        circuit.append(gate, [0, 1])
        circuit.ry(0.3, 1)
    return circuit


def _bound() -> QuantumCircuit:
    angles = ParameterVector("a", 2)
    circuit = QuantumCircuit(2, 2)
    circuit.ry(2 * angles[0], 0)
    circuit.crx(angles[1] + angles[0], 0, 1)
    circuit.measure([0, 1], [1, 0])
    return circuit.assign_parameters([numpy.float64(0.3), 1])


def _inside_an_instruction() -> QuantumCircuit:
    inner = QuantumCircuit(2, 1)
    inner.ry(0.7, 0)
    inner.cx(0, 1)
    inner.measure(1, 0)
    circuit = QuantumCircuit(3, 3)
    circuit.append(inner.to_instruction(), [2, 0], [1])
    circuit.measure(1, 2)
    return circuit


def _loose_bits() -> QuantumCircuit:
    circuit = QuantumCircuit([Qubit(), Qubit()], [Clbit(), Clbit()])
    circuit.x(0)
    circuit.ry(0.3, 1)
    circuit.measure([0, 1], [1, 0])
    return circuit


def _transpiled() -> QuantumCircuit:
    circuit = QuantumCircuit(3, 3)
    circuit.ry(0.3, 0)
    circuit.cx(0, 2)
    circuit.measure([0, 1, 2], [2, 1, 0])
    line = [[0, 1], [1, 2], [2, 3]]
    return transpile(circuit, basis_gates=["rz", "sx", "cx"], coupling_map=line, initial_layout=[3, 0, 1])


CIRCUITS: dict[str, Callable[[], QuantumCircuit]] = {
    make.__name__.removeprefix("_"): make
    for make in (
        _initialize,
        _initialize_by_label,
        _fourier,
        _arithmetic,
        _controls,
        _many_controls,
        _matrices,
        _evolution,
        _two_qubit_gates,
        _bound,
        _inside_an_instruction,
        _loose_bits,
        _transpiled,
    )
}


def true_outcomes(circuit: QuantumCircuit) -> dict[str, float]:
    """What the circuit gives by Qiskit's own word: high-level operations are what Qiskit transpiles them to."""
    return exact.outcomes(transpile(circuit, basis_gates=["u", "cx", "reset"], optimization_level=0))


@pytest.mark.parametrize("name", CIRCUITS)
def test_what_is_submitted_of_a_circuit_has_its_outcomes(name: str) -> None:
    circuit = CIRCUITS[name]()
    expected = pytest.approx(true_outcomes(circuit), abs=1e-8)
    assert exact.outcomes(qiskit.qasm3.loads(as_qasm3(circuit))) == expected
    assert over_bits(as_ionq(circuit)) == expected


@pytest.mark.parametrize("seed", range(12))
def test_random_circuits_have_their_outcomes(seed: int) -> None:
    circuit = random_circuit(4, 5, max_operands=4, seed=seed)
    chosen = numpy.random.default_rng(seed).permutation(4)[: 2 + seed % 3]
    circuit.add_register(qiskit.ClassicalRegister(len(chosen), "c"))
    circuit.measure(chosen.tolist(), range(len(chosen)))
    expected = pytest.approx(true_outcomes(circuit), abs=1e-8)
    assert exact.outcomes(qiskit.qasm3.loads(as_qasm3(circuit))) == expected
    assert over_bits(as_ionq(circuit)) == expected


def test_a_gate_with_the_name_of_a_library_gate_is_what_it_is_defined_as() -> None:
    inner = QuantumCircuit(2, name="swap")
    inner.ry(0.6, 0)
    inner.cx(0, 1)
    circuit = QuantumCircuit(2)
    circuit.append(inner.to_gate(), [0, 1])
    expected = pytest.approx(exact.outcomes(circuit), abs=1e-9)
    assert exact.outcomes(qiskit.qasm3.loads(as_qasm3(circuit))) == expected
    assert over_bits(as_ionq(circuit)) == expected


def test_gates_of_one_name_from_two_programs_stay_two_gates() -> None:
    head = 'OPENQASM 2.0; include "qelib1.inc"; '
    circuit = qiskit.qasm2.loads(head + "gate f a { x a; } qreg q[2]; f q[0];")
    circuit.compose(qiskit.qasm2.loads(head + "gate f a { ry(0.3) a; } qreg q[2]; f q[1];"), inplace=True)
    assert over_bits(as_ionq(circuit)) == pytest.approx(exact.outcomes(circuit), abs=1e-9)


def test_parameters_of_gates_of_openqasm_3_keep_their_order() -> None:
    text = (
        'OPENQASM 3.0; include "stdgates.inc"; qubit[2] q; bit[2] c;'
        "gate turn(theta, phi, b, a) x, y { rx(theta) x; ry(phi) y; pow(2) @ rz(b) x; gphase(a); crx(a - b) x, y; }"
        "gate plain x, y { h x; cx x, y; } gate outer(z, y) r, s { plain r, s; turn(z, y, z, y) s, r; }"
        "turn(0.3, 1.1, 0.5, 0.9) q[1], q[0]; outer(0.2, 0.8) q[0], q[1]; c = measure q;"
    )
    circuit = QuantumCircuit(2, 2)
    circuit.rx(0.3, 1)
    circuit.ry(1.1, 0)
    circuit.rz(1.0, 1)
    circuit.crx(0.4, 1, 0)
    circuit.h(0)
    circuit.cx(0, 1)
    circuit.rx(0.2, 1)
    circuit.ry(0.8, 0)
    circuit.rz(0.4, 1)
    circuit.crx(0.6, 1, 0)
    circuit.measure([0, 1], [0, 1])
    converted = programs.as_ionq_circuit(programs.as_program(text), "a service", [])
    assert exact.ionq_outcomes(converted.circuit) == pytest.approx(exact.outcomes(circuit), abs=1e-9)


def test_what_is_inside_of_conditions_and_loops_is_written_out_too() -> None:
    circuit = QuantumCircuit(2, 2)
    circuit.h(0)
    circuit.measure(0, 0)
    with circuit.if_test((circuit.cregs[0], 1)):
        circuit.append(library.QFTGate(2), [0, 1])
        circuit.append(library.RXXGate(0.4), [0, 1])
    circuit.measure([0, 1], [0, 1])
    text = as_qasm3(circuit)
    assert "gate " not in text
    assert exact.outcomes(qiskit.qasm3.loads(text)) == pytest.approx(exact.outcomes(circuit), abs=1e-9)

    looping = QuantumCircuit(2)
    with looping.for_loop(range(3)) as index:
        looping.rx(0.1 * index, 0)
        looping.append(library.QFTGate(2), [0, 1])
    assert "rx(0.1*" in as_qasm3(looping)


def test_a_circuit_class_of_ones_own_is_a_circuit() -> None:
    class Mine(QuantumCircuit):
        """One's own."""

    circuit = Mine(1)
    circuit.x(0)
    assert "x q[0];" in as_qasm3(circuit)


def test_the_text_is_the_same_in_another_process_so_a_submission_can_be_recognised() -> None:
    script = (
        "from quantum_jobs import programs; from tests.programs.test_qiskit_circuits import CIRCUITS; "
        "print(programs.as_program(CIRCUITS['fourier']()).data, end='')"
    )
    again = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert again == as_qasm3(CIRCUITS["fourier"]())


def test_a_parameter_without_a_value_is_named() -> None:
    circuit = QuantumCircuit(1)
    circuit.rx(Parameter("theta") + Parameter("phi"), 0)
    with pytest.raises(UsageError, match=r"without a value: phi, theta\. .*assign_parameters"):
        programs.as_program(circuit)
    classical = QuantumCircuit(1)
    classical.add_input("rounds", types.Uint(8))
    with pytest.raises(UsageError, match="without a value: rounds"):
        programs.as_program(classical)


def test_an_input_of_openqasm_3_is_named_where_it_would_have_to_be_known() -> None:
    program = programs.as_program('OPENQASM 3.0; include "stdgates.inc"; input float theta; qubit q; rx(theta) q;')
    with pytest.raises(UsageError, match="without a value: theta"):
        programs.as_ionq_circuit(program, "a service", [])


def test_a_register_that_no_machine_has_is_refused() -> None:
    program = programs.as_program('OPENQASM 3.0; include "stdgates.inc";\nqubit[30000000] q; x q[0];')
    with pytest.raises(UsageError, match="register on line 2 has 30000000 bits"):
        programs.as_ionq_circuit(program, "a service", [])


@pytest.mark.parametrize("operation", [Gate("magic", 1, []), Instruction("magic", 1, 0, [])], ids=["gate", "other"])
def test_a_gate_without_a_definition_is_named(operation: Instruction) -> None:
    circuit = QuantumCircuit(1)
    circuit.append(operation, [0])
    with pytest.raises(UnsupportedError, match="'magic' has no definition"):
        programs.as_program(circuit)


@pytest.mark.parametrize("angle", [math.nan, math.inf])
def test_an_angle_that_is_no_finite_number_is_refused(angle: float) -> None:
    circuit = QuantumCircuit(2)
    circuit.crx(angle, 0, 1)
    with pytest.raises(UsageError, match=r"'crx' is (nan|inf)"):
        programs.as_program(circuit)


def test_other_objects_of_qiskit_are_refused_by_name() -> None:
    with pytest.raises(UsageError, match=r"a QuantumCircuit can be submitted, not a .*X"):
        programs.as_program(library.XGate())


def _delayed() -> QuantumCircuit:
    circuit = QuantumCircuit(1, 1)
    circuit.delay(100, 0, unit="ns")
    circuit.measure(0, 0)
    return circuit


def _looping() -> QuantumCircuit:
    circuit = QuantumCircuit(1, 1)
    with circuit.while_loop((circuit.clbits[0], 0)):
        circuit.h(0)
        circuit.measure(0, 0)
    return circuit


def _remembering() -> QuantumCircuit:
    circuit = QuantumCircuit(1, 1)
    seen = circuit.add_var("seen", expr.lift(True))
    circuit.measure(0, 0)
    circuit.store(seen, circuit.clbits[0])
    return circuit


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (_delayed, "no form for a delay on line 5"),
        (_looping, "no form for a loop on line 5"),
        (_remembering, "line 5.*bool"),
    ],
)
def test_what_an_ionq_circuit_cannot_say_is_named_with_a_way_out(
    make: Callable[[], QuantumCircuit], message: str
) -> None:
    program = programs.as_program(make())
    with pytest.raises(UnsupportedError, match=message):
        programs.as_ionq_circuit(program, "a service", [])
