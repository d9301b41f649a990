"""Circuits of other libraries, submitted as they are: each means what it means in its own library.

The libraries are no dependencies: a test runs where its library is installed.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from typing import Any

import numpy
import openqasm3
import pytest
import qiskit.qasm3
from qiskit import QuantumCircuit
from qiskit.quantum_info import Operator
from quantum_jobs import UnsupportedError, UsageError, programs

from . import exact, over_bits

# The asymmetric circuit: x on qubit 0, ry(0.6) on 1 and, controlled by 1, x on 2. The one with two registers: low has
# qubit 2 and high has qubits 0 and 1, turned round.
SIN, COS = numpy.sin(0.3) ** 2, numpy.cos(0.3) ** 2
ASYMMETRIC = {"001": COS, "111": SIN}
TWO_REGISTERS = {"100": COS, "111": SIN}


def both_ways(given: Any) -> list[dict[str, float]]:
    """The outcomes of what is submitted: as OpenQASM 3, and as an IonQ circuit."""
    program = programs.as_program(given)
    text = programs.as_taken(program, "a service", [programs.QASM3]).data
    converted = programs.as_ionq_circuit(program, "a service", [])
    return [exact.outcomes(qiskit.qasm3.loads(text)), over_bits(converted)]


def registers_of(given: Any) -> list[str]:
    """The classical registers, first one first."""
    converted = programs.as_ionq_circuit(programs.as_program(given), "a service", [])
    assert converted.measured is not None
    return [register.name for register in converted.measured.registers]


def close(expected: dict[str, float]) -> Any:
    return [pytest.approx(expected, abs=1e-9)] * 2


def test_cirq() -> None:
    cirq = pytest.importorskip("cirq")
    a, b, c = cirq.LineQubit.range(3)
    gates = [cirq.X(a), cirq.ry(0.6)(b), cirq.CNOT(b, c)]
    assert both_ways(cirq.Circuit(gates, cirq.measure(a, b, c, key="m"))) == close(ASYMMETRIC)
    assert both_ways(cirq.FrozenCircuit(gates)) == close(ASYMMETRIC)
    two = cirq.Circuit(gates, cirq.measure(c, key="low"), cirq.measure(b, a, key="high"))
    assert both_ways(two) == close(TWO_REGISTERS)
    assert registers_of(two) == ["m_low", "m_high"]


def test_cirq_circuits_of_gates_that_it_writes_out() -> None:
    cirq = pytest.importorskip("cirq")
    qubits = cirq.LineQubit.range(3)
    a, b, c = qubits
    gates = [cirq.X(a) ** -0.5, cirq.ISWAP(a, b) ** 0.3, cirq.FSimGate(0.1, 0.2)(b, c), cirq.CCZ(a, b, c) ** 0.7]
    gates += [
        cirq.H(a),
        cirq.PhasedXPowGate(phase_exponent=0.3, exponent=0.2)(c),
        cirq.X(b) ** 0.5,
        cirq.ZZ(a, c) ** 0.4,
    ]
    state = cirq.Circuit(gates).final_state_vector(qubit_order=qubits, dtype=numpy.complex128)
    expected = {f"{index:03b}"[::-1]: float(abs(value) ** 2) for index, value in enumerate(state)}
    assert both_ways(cirq.Circuit(gates, cirq.measure(*qubits, key="m"))) == [pytest.approx(expected, abs=1e-7)] * 2


def test_what_cirq_cannot_write_is_named() -> None:
    cirq = pytest.importorskip("cirq")
    sympy = pytest.importorskip("sympy")
    qubit = cirq.LineQubit(0)
    with pytest.raises(UnsupportedError, match=r"Cirq cannot write this Circuit: .*depolarize.*optimize_for_target"):
        programs.as_program(cirq.Circuit(cirq.depolarize(0.1)(qubit)))
    with pytest.raises(UsageError, match="without a value: theta"):
        programs.as_program(cirq.Circuit(cirq.rx(sympy.Symbol("theta"))(qubit)))
    with pytest.raises(UsageError, match="not a"):
        programs.as_program(cirq.X(qubit))


def test_pennylane() -> None:
    qml = pytest.importorskip("pennylane")
    gates = [qml.X(0), qml.RY(0.6, 1), qml.CNOT([1, 2])]
    for measured in ([qml.counts(wires=[0, 1, 2])], [qml.counts()], [qml.sample()], [qml.probs()], []):
        assert both_ways(qml.tape.QuantumScript(gates, measured)) == close(ASYMMETRIC)
    turned = qml.tape.QuantumScript(gates, [qml.counts(wires=[2, 1, 0])])
    assert both_ways(turned) == close(TWO_REGISTERS)
    assert both_ways(qml.tape.QuantumScript([*gates[1::-1], gates[2]], [])) == close(ASYMMETRIC)
    with qml.tape.QuantumTape() as tape:
        qml.X(0)
        qml.RY(0.6, 1)
        qml.CNOT([1, 2])
        qml.counts(wires=[2])
        qml.counts(wires=[1, 0])
    assert both_ways(tape) == close(TWO_REGISTERS)


def test_pennylane_functions_with_several_registers_and_observables() -> None:
    qml = pytest.importorskip("pennylane")

    @qml.qnode(qml.device("default.qubit", wires=3))
    def middle() -> Any:
        qml.X(0)
        qml.measure(0)
        qml.RY(0.6, 1)
        qml.CNOT([1, 2])
        return qml.counts(wires=[2, 1])

    assert both_ways(middle) == close({"100": COS, "111": SIN})
    assert registers_of(middle) == ["c", "mcms"]
    observed = qml.tape.QuantumScript([qml.Hadamard(0)], [qml.expval(qml.X(0))])
    assert both_ways(observed) == close({"0": 1.0})
    matrix = qml.tape.QuantumScript([qml.QubitUnitary(numpy.array([[0, 1], [1, 0]]), 1), qml.Z(0)], [qml.counts()])
    assert both_ways(matrix) == close({"10": 1.0})


def test_what_pennylane_cannot_write_is_named() -> None:
    qml = pytest.importorskip("pennylane")
    with pytest.raises(UnsupportedError, match=r"PennyLane cannot write this QuantumScript: .*DepolarizingChannel"):
        programs.as_program(qml.tape.QuantumScript([qml.DepolarizingChannel(0.1, 0)], []))

    @qml.qnode(qml.device("default.qubit", wires=1))
    def turned(angle: float) -> Any:
        qml.RX(angle, 0)
        return qml.counts()

    with pytest.raises(UnsupportedError, match=r"PennyLane cannot write this QNode: .*angle.*construct_tape\(qnode\)"):
        programs.as_program(turned)
    with pytest.raises(UsageError, match="not a"):
        programs.as_program(qml.X(0))


def test_pytket() -> None:
    tket = pytest.importorskip("pytket.circuit")
    circuit = tket.Circuit(3, 3).X(0).Ry(0.6 / numpy.pi, 1).CX(1, 2)
    for qubit in range(3):
        circuit.Measure(qubit, qubit)
    assert both_ways(circuit) == close(ASYMMETRIC)
    two = tket.Circuit(3)
    first, second = two.add_c_register("a_low", 1), two.add_c_register("b_high", 2)
    two.X(0).Ry(0.6 / numpy.pi, 1).CX(1, 2)
    two.Measure(tket.Qubit(2), first[0]).Measure(tket.Qubit(1), second[0]).Measure(tket.Qubit(0), second[1])
    assert both_ways(two) == close(TWO_REGISTERS)
    assert registers_of(two) == ["a_low", "b_high"]


def test_pytket_circuits_of_gates_that_it_defines_and_of_swaps_that_it_remembers() -> None:
    tket = pytest.importorskip("pytket.circuit")
    circuit = tket.Circuit(3).H(0).ISWAP(0.5, 0, 1).TK1(0.1, 0.2, 0.3, 2).YYPhase(0.3, 1, 2).XXPhase(0.4, 0, 2)
    circuit.CSWAP(0, 1, 2).ZZPhase(0.1, 0, 1)
    expected = {f"{index:03b}"[::-1]: float(abs(value) ** 2) for index, value in enumerate(circuit.get_statevector())}
    assert both_ways(circuit) == [pytest.approx({k: v for k, v in expected.items() if v > 1e-12}, abs=1e-9)] * 2
    swapped = tket.Circuit(3).Ry(0.6 / numpy.pi, 0).SWAP(0, 1).X(0)
    swapped.replace_SWAPs()
    swapped.CX(1, 2)
    assert both_ways(swapped) == close(ASYMMETRIC)


def test_what_pytket_cannot_write_is_named() -> None:
    tket = pytest.importorskip("pytket.circuit")
    with pytest.raises(UnsupportedError, match=r"pytket cannot write this Circuit: .*PhasedX.*AutoRebase"):
        programs.as_program(tket.Circuit(1).add_gate(tket.OpType.PhasedX, [0.1, 0.2], [0]))
    with pytest.raises(UsageError, match="without a value: theta"):
        programs.as_program(tket.Circuit(1).Rx(tket.fresh_symbol("theta"), 0))


def test_amazon_braket() -> None:
    braket = pytest.importorskip("braket.circuits")
    circuit = braket.Circuit().x(0).ry(1, 0.6).cnot(1, 2)
    assert both_ways(circuit) == close(ASYMMETRIC)
    assert both_ways(circuit.measure([2, 1, 0])) == close(TWO_REGISTERS)


def test_gates_of_amazon_braket_are_the_same_gates_here() -> None:
    braket = pytest.importorskip("braket.circuits")
    angles = dict.fromkeys(
        ["Rx", "Ry", "Rz", "PhaseShift", "CPhaseShift", "CPhaseShift00", "CPhaseShift01", "CPhaseShift10"], 1
    )
    angles |= {"XX": 1, "YY": 1, "ZZ": 1, "XY": 1, "PSwap": 1, "GPi": 1, "GPi2": 1, "PRx": 2, "U": 3, "MS": 3}
    names = [name for name in dir(braket.Gate) if name[0].isupper()]
    names = [name for name in names if name not in ("GPhase", "PulseGate", "Unitary")]
    assert set(angles) < set(names)
    for name in names:
        gate = getattr(braket.Gate, name)(*(0.37, -1.21, 0.83)[: angles.get(name, 0)])
        circuit = braket.Circuit().add_instruction(braket.Instruction(gate, range(gate.qubit_count)))
        read = qiskit.qasm3.loads(programs.as_program(circuit).data)
        read.remove_final_measurements()
        # Braket's matrices have the first qubit as their highest bit.
        assert same_up_to_phase(Operator(read.reverse_bits()).data, gate.to_matrix()), name


def same_up_to_phase(found: exact.Array, expected: exact.Array) -> bool:
    overlap = numpy.vdot(expected, found) / len(expected)
    return bool(abs(abs(overlap) - 1) < 1e-12 and numpy.allclose(found, overlap * expected, atol=1e-9))


def test_controls_before_a_gate_of_amazon_brakets_keep_its_phase() -> None:
    braket = pytest.importorskip("braket.circuits")
    circuit = braket.Circuit().h(1).vi(0, control=[1]).gpi2(0, 0.3, control=[1]).iswap(0, 2, control=[1]).h(1)
    expected = braket.Circuit().h(1).vi(0, control=[1]).gpi2(0, 0.3, control=[1]).iswap(0, 2, control=[1]).h(1)
    state = expected.to_unitary()[:, 0]
    wanted = {f"{index:03b}"[::-1]: float(abs(value) ** 2) for index, value in enumerate(state)}
    assert both_ways(circuit) == [pytest.approx({k: v for k, v in wanted.items() if v > 1e-12}, abs=1e-9)] * 2


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda braket: braket.Circuit().unitary(matrix=numpy.eye(2), targets=[0]), UnsupportedError, "'unitary'"),
        (lambda braket: braket.Circuit().x(0).bit_flip(0, 0.1), UnsupportedError, "'noise bit_flip' is a pragma"),
        (lambda braket: braket.Circuit().x(0).probability(), UnsupportedError, "'result probability' is a pragma"),
        (lambda braket: braket.Circuit().rx(0, braket.FreeParameter("t")), UsageError, "without a value: t"),
    ],
)
def test_what_only_amazon_braket_reads_is_named(
    make: Callable[[Any], Any], error: type[Exception], message: str
) -> None:
    braket = pytest.importorskip("braket.circuits")
    with pytest.raises(error, match=message):
        programs.as_program(make(braket))


TEXT = 'OPENQASM 3.0; include "stdgates.inc"; qubit[3] q; bit[3] c; x q[0]; ry(0.6) q[1]; cx q[1], q[2]; c = measure q;'
TWO = (
    'OPENQASM 3.0; include "stdgates.inc"; qubit[3] q; bit low; bit[2] high; x q[0]; ry(0.6) q[1]; cx q[1], q[2]; '
    "low = measure q[2]; high[0] = measure q[1]; high[1] = measure q[0];"
)


def test_the_syntax_tree_of_openqasm_3() -> None:
    assert both_ways(openqasm3.parse(TEXT)) == close(ASYMMETRIC)
    assert both_ways(openqasm3.parse(TEXT.partition(";")[2])) == close(ASYMMETRIC)
    assert both_ways(openqasm3.parse(TWO)) == close(TWO_REGISTERS)
    assert registers_of(openqasm3.parse(TWO)) == ["low", "high"]
    with pytest.raises(UsageError, match="not a QuantumGate"):
        programs.as_program(openqasm3.parse(TEXT).statements[3])


def test_pyqasm() -> None:
    pyqasm = pytest.importorskip("pyqasm")
    assert both_ways(pyqasm.loads(TEXT)) == close(ASYMMETRIC)
    two = pyqasm.loads(TWO)
    assert both_ways(two) == close(TWO_REGISTERS)
    two.unroll()
    assert both_ways(two) == close(TWO_REGISTERS)
    older = pyqasm.loads('OPENQASM 2.0; include "qelib1.inc"; qreg q[1]; creg c[1]; x q[0]; measure q -> c;')
    assert programs.as_program(older).format == programs.QASM2


@pytest.mark.parametrize("written", ["; ModuleID = 'x'\n", b"; ModuleID = 'x'\n", b"BC\xc0\xde\x35"])
def test_what_writes_qir_of_itself(written: str | bytes) -> None:
    class Kernel:
        """A program of a library that nobody has heard of."""

        def _repr_qir_(self) -> str | bytes:
            return written

    program = programs.as_program(Kernel())
    expected = programs.QIR_BITCODE if written[:1] == b"B" else programs.QIR_TEXT
    assert (program.format, len(program.data)) == (expected, len(written))


def test_an_object_that_fails_to_write_qir_is_told_so() -> None:
    class Kernel:
        """A program that cannot be compiled."""

        def _repr_qir_(self) -> bytes:
            raise RuntimeError("callable 'main' takes an argument\nand more lines")

    with pytest.raises(UnsupportedError, match=r"cannot write this Kernel: callable 'main' takes an argument\. "):
        programs.as_program(Kernel())


def test_lists_may_be_mixed() -> None:
    circuit = QuantumCircuit(1)
    circuit.x(0)
    given = [circuit, openqasm3.parse(TEXT), TWO, {"circuit": [{"gate": "h", "target": 0}]}]
    for name, make in (("cirq", _cirq), ("pennylane", _pennylane)):
        given += [make()] if _is_installed(name) else []
    found = programs.as_programs(given)
    assert [program.format for program in found[:4]] == ["qasm3", "qasm3", "qasm3", "ionq.circuit"]
    assert len(found) == len(given)


def _is_installed(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def _cirq() -> Any:
    import cirq

    return cirq.Circuit(cirq.X(cirq.LineQubit(0)))


def _pennylane() -> Any:
    import pennylane as qml

    return qml.tape.QuantumScript([qml.X(0)], [])


def test_nothing_is_imported_to_recognise_an_object() -> None:
    before = set(sys.modules)
    with pytest.raises(UsageError, match="object is no program"):
        programs.as_program(object())
    assert not {name.partition(".")[0] for name in set(sys.modules) - before} & {
        "cirq",
        "pennylane",
        "pytket",
        "braket",
    }
