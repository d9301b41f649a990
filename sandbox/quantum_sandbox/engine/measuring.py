"""Measurements in a circuit: which bit is from which qubit, and deferring them. Runs in the worker process only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qiskit import QuantumCircuit
from qiskit.circuit import Clbit
from qiskit.circuit.library import CXGate
from qiskit_aer.noise import pauli_error, reset_error

from .data import Readout

Sources = list[int | None]
"""For each classical bit the qubit it is measured from, None for a bit that stays 0."""

COPY = "copy"
"""The label of a gate that replaces a measurement. It is no gate of the program, so it has no error."""

_MAX_COPIES = 5_000
"""Qubits of a circuit with deferred measurements; beyond it, running shot by shot is faster."""


def measures(circuit: QuantumCircuit) -> bool:
    """Whether a circuit measures anything, including inside loops and branches."""
    return any(
        i.operation.name == "measure" or any(measures(block) for block in getattr(i.operation, "blocks", ()))
        for i in circuit.data
    )


def sources_of(flat: QuantumCircuit) -> Sources | None:
    """For each classical bit the qubit it is measured from; None where a measurement is not the last on its qubit."""
    qubit_index = {qubit: index for index, qubit in enumerate(flat.qubits)}
    clbit_index = {clbit: index for index, clbit in enumerate(flat.clbits)}
    sources: Sources = [None] * flat.num_clbits
    touched: set[int] = set()
    measured: set[int] = set()
    for instruction in flat.data:
        qubits = [qubit_index[qubit] for qubit in instruction.qubits]
        if instruction.operation.name == "measure":
            bit = clbit_index[instruction.clbits[0]]
            if sources[bit] is not None:
                return None
            sources[bit] = qubits[0]
            measured.update(qubits)
        elif instruction.operation.name == "reset" and not touched & set(qubits) and not measured & set(qubits):
            continue  # the qubit is in that state already
        elif instruction.clbits or instruction.operation.name == "reset" or measured & set(qubits):
            return None
        touched.update(qubits)
    return sources


def with_readout(flat: QuantumCircuit, bits: int, readout: Readout) -> tuple[QuantumCircuit, int, Sequence[int]]:
    """Add the measurements for a `readout` to a circuit whose last `bits` bits are those of the program.

    Returns the circuit, the number of its last bits that form an outcome, and for each qubit the position of the bit
    with its final state (empty for ``"bits"``).
    """
    if readout == "bits":
        return flat, bits, []
    if readout == "qubits":
        circuit = _without_last_measurements(flat)
        circuit.measure_all(add_bits=True)
        return circuit, flat.num_qubits, list(range(flat.num_qubits))
    hidden = flat.num_clbits - bits
    bit_of_qubit = [None if bit is None or bit < hidden else bit - hidden for bit in _final_bits(flat)]
    missing = [qubit for qubit, bit in enumerate(bit_of_qubit) if bit is None]
    circuit = flat.copy()
    circuit.add_bits([Clbit() for _ in missing])
    circuit.measure(missing, range(flat.num_clbits, flat.num_clbits + len(missing)))
    places = {qubit: bits + index for index, qubit in enumerate(missing)}
    return circuit, bits + len(missing), [places[q] if bit is None else bit for q, bit in enumerate(bit_of_qubit)]


def with_deferred_measurements(flat: QuantumCircuit) -> tuple[QuantumCircuit, Sources] | None:
    """The circuit with all measurements deferred to its end; None where branches depend on them.

    A measurement of a qubit that is used afterwards becomes a CNOT to an additional qubit; a reset continues on an
    additional qubit.
    """
    index = {qubit: i for i, qubit in enumerate(flat.qubits)}
    clbits = {bit: i for i, bit in enumerate(flat.clbits)}
    reused = _reused(flat)
    current = list(range(flat.num_qubits))
    steps: list[tuple[Any, list[int]]] = []
    sources: Sources = [None] * flat.num_clbits
    size = flat.num_qubits
    for position, instruction in enumerate(flat.data):
        name, qubits = instruction.operation.name, [index[qubit] for qubit in instruction.qubits]
        if name == "measure":
            source = current[qubits[0]]
            if position in reused:
                steps.append((CXGate(label=COPY), [source, size]))
                source, size = size, size + 1
            sources[clbits[instruction.clbits[0]]] = source
        elif name == "reset":
            current[qubits[0]] = size
            size += 1
        elif instruction.clbits or hasattr(instruction.operation, "blocks"):
            return None
        else:
            steps.append((instruction.operation, [current[qubit] for qubit in qubits]))
        if size > _MAX_COPIES:
            return None
    circuit = QuantumCircuit(size)
    for operation, on in steps:
        circuit.append(operation, on)
    return circuit, sources


def as_channels(flat: QuantumCircuit, bits: int) -> tuple[QuantumCircuit, Sources] | None:
    """The circuit for a simulation by density matrix; None where branches depend on measurements.

    The last `bits` bits are measured at the end. Other measurements become dephasing and resets become reset channels,
    so neither needs an additional qubit.
    """
    index = {qubit: i for i, qubit in enumerate(flat.qubits)}
    clbits = {bit: i for i, bit in enumerate(flat.clbits)}
    dephasing, reset = pauli_error([("I", 0.5), ("Z", 0.5)]).to_instruction(), reset_error(1.0).to_instruction()
    circuit = QuantumCircuit(flat.num_qubits)
    sources: Sources = [None] * flat.num_clbits
    for instruction in flat.data:
        name, qubits = instruction.operation.name, [index[qubit] for qubit in instruction.qubits]
        if name == "measure":
            bit = clbits[instruction.clbits[0]]
            if bit >= flat.num_clbits - bits:
                sources[bit] = qubits[0]
            else:
                circuit.append(dephasing, qubits)
        elif name == "reset":
            circuit.append(reset, qubits)
        elif instruction.clbits or hasattr(instruction.operation, "blocks"):
            return None
        else:
            circuit.append(instruction.operation, qubits)
    return circuit, sources


def _final_bits(flat: QuantumCircuit) -> list[int | None]:
    """For each qubit the bit with its final state; None where an operation follows its last measurement."""
    qubit_index = {qubit: index for index, qubit in enumerate(flat.qubits)}
    clbit_index = {clbit: index for index, clbit in enumerate(flat.clbits)}
    bit_of_qubit: dict[int, int] = {}
    qubits_of_bit: dict[int, set[int]] = {}
    for instruction in flat.data:
        qubits = [qubit_index[qubit] for qubit in instruction.qubits]
        bits = [clbit_index[clbit] for clbit in instruction.clbits]
        for qubit in (*qubits, *(qubit for bit in bits for qubit in qubits_of_bit.pop(bit, ()))):
            bit_of_qubit.pop(qubit, None)
        if instruction.operation.name == "measure":
            bit_of_qubit[qubits[0]] = bits[0]
            qubits_of_bit[bits[0]] = {qubits[0]}
    return [bit_of_qubit.get(qubit) for qubit in range(flat.num_qubits)]


def _without_last_measurements(flat: QuantumCircuit) -> QuantumCircuit:
    """A copy without the measurements that end a qubit: they are redundant before another measurement."""
    reused = _reused(flat)
    circuit = flat.copy_empty_like()
    read = {clbit for i in flat.data if i.operation.name != "measure" for clbit in i.clbits}
    for position, instruction in enumerate(flat.data):
        is_last = instruction.operation.name == "measure" and position not in reused
        if not is_last or instruction.clbits[0] in read:
            circuit.append(instruction)
    return circuit


def _reused(flat: QuantumCircuit) -> set[int]:
    """The positions of measurements whose qubit is used again, except by a reset."""
    next_name: dict[Any, str] = {}
    found = set()
    for position in range(len(flat.data) - 1, -1, -1):
        instruction = flat.data[position]
        if instruction.operation.name == "measure" and next_name.get(instruction.qubits[0], "reset") != "reset":
            found.add(position)
        for qubit in instruction.qubits:
            next_name[qubit] = instruction.operation.name
    return found
