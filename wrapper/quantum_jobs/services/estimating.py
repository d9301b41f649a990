"""The size of a program, for a service that estimates costs by numbers of qubits and gates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from quantum_jobs import programs
from quantum_jobs.checks import checked_integer
from quantum_jobs.errors import UnsupportedError, UsageError
from quantum_jobs.model import Program
from quantum_jobs.programs import qiskit_circuits
from quantum_jobs.services.base import Service
from quantum_jobs.text import shown

#: Options that are whole numbers, and the least that each may be; the others are booleans.
_WHOLE_NUMBERS = {"qubits": 1, "one_qubit_gates": 0, "two_qubit_gates": 0}
#: Instructions of Qiskit that are no gates.
_NO_GATES = ("measure", "barrier", "delay", "reset", "id")
#: A gate of IonQ's that stands for an evolution under any number of terms.
_MANY_GATES = "pauliexp"
#: How often gates on more than two qubits are replaced by what they are defined as.
_DEEPEST = 20


def sizes(
    service: Service, program: Program | None, options: Mapping[str, Any], *, known: Sequence[str]
) -> dict[str, Any]:
    """The options of an estimate, checked, with those that a program tells filled in.

    Raises UsageError for an option that is not known, makes no sense, or stands in the program too.
    """
    checked = checked_options(service, options, known)
    if program is None:
        return checked
    counted = size_of(program)
    twice = [name for name in counted if name in checked]
    if twice:
        raise UsageError(f"{', '.join(twice)} was given, and a program that has its own number: leave one of them out")
    return {**counted, **checked}


def checked_options(service: Service, options: Mapping[str, Any], known: Sequence[str]) -> dict[str, Any]:
    """The options, if the service knows all of them and they are of the right kind; else UsageError."""
    for name, value in options.items():
        if name not in known:
            takes = f"it takes {', '.join(known)}" if known else "it takes no options"
            raise UsageError(f"{name!r} is no option of an estimate at {service.name}; {takes}")
        if name in _WHOLE_NUMBERS:
            checked_integer(value, name, _WHOLE_NUMBERS[name])
        elif not isinstance(value, bool):
            raise UsageError(f"{name} must be True or False, got {shown(value)}")
    return dict(options)


def size_of(program: Program) -> dict[str, int]:
    """A program's numbers of qubits and gates, as it is written: before the service compiles it. OpenQASM is read by
    Qiskit (extra ``qiskit``).

    Raises UsageError where the program cannot be read, UnsupportedError where nobody can tell its size here.
    """
    if program.format == programs.IONQ_CIRCUIT:
        gates = program.data["circuit"]
        return _counted(program.data["qubits"], map(_qubits_of_gate, gates, range(len(gates))))
    if program.format in (programs.QASM2, programs.QASM3):
        return _size_of_openqasm(program)
    raise UnsupportedError(f"the gates of a program of format {program.format!r} are not counted here: {_GIVE_NUMBERS}")


_GIVE_NUMBERS = "leave the program out, and give qubits=, one_qubit_gates= and two_qubit_gates="


def _counted(qubits: int, gates: Iterable[int]) -> dict[str, int]:
    numbers = [number for number in gates if number]
    return {"qubits": qubits, "one_qubit_gates": numbers.count(1), "two_qubit_gates": numbers.count(2)}


def _qubits_of_gate(gate: Mapping[str, Any], number: int) -> int:
    """On how many qubits one gate of an IonQ circuit acts; 0 for what is no gate."""
    if gate["gate"] == "nop":
        return 0
    values = [gate[key] for key in ("target", "targets", "control", "controls") if gate.get(key) is not None]
    qubits = sum(len(value) if isinstance(value, Sequence) else 1 for value in values)
    if qubits > 2 or gate["gate"] == _MANY_GATES:
        raise UnsupportedError(
            f"circuit[{number}] is {gate['gate']!r} on {qubits} qubits, and only the service knows how many gates it "
            f"makes of that: {_GIVE_NUMBERS}"
        )
    return qubits


def _size_of_openqasm(program: Program) -> dict[str, int]:
    try:
        return _size_of_qiskit(qiskit_circuits.circuit_of(program))
    except ImportError as error:
        missing = error.name or "qiskit"
    raise UnsupportedError(
        f"counting the gates of OpenQASM takes the package {missing}: install the extra qiskit, or {_GIVE_NUMBERS}"
    )


def _size_of_qiskit(circuit: Any) -> dict[str, int]:
    for _ in range(_DEEPEST):
        large = {each.name for each in circuit.data if _gate_qubits(each) > 2}
        if not large:
            break
        circuit = circuit.decompose(gates_to_decompose=list(large))
    if any(_gate_qubits(each) > 2 for each in circuit.data):
        raise UnsupportedError(f"this program has gates on more than two qubits without a definition: {_GIVE_NUMBERS}")
    return _counted(circuit.num_qubits, map(_gate_qubits, circuit.data))


def _gate_qubits(instruction: Any) -> int:
    """On how many qubits one gate of a Qiskit circuit acts; 0 for what is no gate."""
    if hasattr(instruction.operation, "blocks"):
        raise UnsupportedError(
            f"this program has {instruction.operation.name!r}, and how often its gates run is known to nobody "
            f"beforehand: {_GIVE_NUMBERS}"
        )
    return 0 if instruction.operation.name in _NO_GATES else len(instruction.qubits)
