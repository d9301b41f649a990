"""What may be submitted, which format it is in, and how it gets into a format that a service takes.

Formats are named as qBraid names them, with IonQ's JSON circuits under IonQ's name. Which service takes which stands
in each service's ``formats``. A program is kept as text or JSON from the start, so that it can be written down and
compared; what a service does not take is converted when the request is built:

- ``formats``: names of formats, and the checks of text, bytes and IonQ circuits
- ``libraries``: circuits of Qiskit, Cirq, PennyLane and others to text
- ``qiskit_circuits``: OpenQASM 2 and 3 to Qiskit circuits, Qiskit circuits to OpenQASM 3; ``lowering`` writes them out
- ``ionq_json``: OpenQASM to IonQ's JSON circuits
- ``measured``: what such a program measured, written beside the job and applied to its results
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quantum_jobs.errors import UsageError
from quantum_jobs.model import Program
from quantum_jobs.programs import libraries, qiskit_circuits
from quantum_jobs.programs.formats import (
    IONQ_CIRCUIT as IONQ_CIRCUIT,
    IONQ_CIRCUIT_V0 as IONQ_CIRCUIT_V0,
    QASM2 as QASM2,
    QASM3 as QASM3,
    QIR_BITCODE as QIR_BITCODE,
    QIR_TEXT as QIR_TEXT,
    checked_circuit,
    checked_program,
    is_json as is_json,
    program_of_bytes,
    program_of_text,
    refuse as refuse,
)
from quantum_jobs.programs.ionq_json import IonqCircuit as IonqCircuit, ionq_circuit, measured_tags as measured_tags
from quantum_jobs.programs.measured import (
    MEASURED_TAG as MEASURED_TAG,
    Measured as Measured,
    measured_of as measured_of,
)


def are_several(given: Any) -> bool:
    """Whether a caller of ``submit`` gave a list of programs, for one job of several circuits."""
    return isinstance(given, Sequence) and not isinstance(given, (str, bytes, bytearray))


def as_programs(given: Any) -> list[Program]:
    """The programs in what a caller hands to ``submit``: one, or a list of several for one job of several circuits.

    Raises UsageError for anything that is no program, naming what was expected.
    """
    if not are_several(given):
        return [as_program(given)]
    if not given:
        raise UsageError("an empty list of programs was given; submit at least one")
    return [as_program(program) for program in given]


def as_program(given: Any) -> Program:
    """One program with its format: a Program as it is, text and bytes by their beginning, an IonQ circuit by its keys,
    a circuit of another library as its library writes it."""
    match given:
        case Program():
            return checked_program(given)
        case str():
            return program_of_text(given)
        case bytes() | bytearray():
            return program_of_bytes(bytes(given))
    program = libraries.program_of(given)
    if program is not None:
        return program
    if isinstance(given, Mapping):
        return Program(IONQ_CIRCUIT, checked_circuit(given))
    raise UsageError(
        f"{type(given).__name__} is no program: submit OpenQASM or QIR text, QIR bitcode as bytes, an IonQ circuit as "
        "a dict, a circuit of Qiskit, Cirq, PennyLane, pytket, Amazon Braket, openqasm3 or pyqasm, or "
        "quantum_jobs.Program(format, data)"
    )


def as_taken(program: Program, service: str, takes: Sequence[str]) -> Program:
    """The program in a format that a service takes: as it is, or OpenQASM 2 as OpenQASM 3 (extra ``qiskit``).

    Raises UsageError for a program that cannot be read, UnsupportedError where there is no way.
    """
    if program.format in takes:
        return program
    if program.format != QASM2 or QASM3 not in takes:
        raise refuse(program, service, takes)
    with qiskit_circuits.converting_for(service):
        return Program(QASM3, qiskit_circuits.qasm3_of_circuit(qiskit_circuits.circuit_of(program)))


def as_ionq_circuit(program: Program, service: str, takes: Sequence[str]) -> IonqCircuit:
    """The program as an IonQ JSON circuit: its own, or OpenQASM converted to one (extra ``qiskit``).

    Raises UsageError for a program that cannot be read, UnsupportedError where there is no way.
    """
    if program.format == IONQ_CIRCUIT:
        return IonqCircuit(program.data)
    if program.format not in (QASM2, QASM3):
        raise refuse(program, service, takes)
    with qiskit_circuits.converting_for(service):
        return ionq_circuit(program)
