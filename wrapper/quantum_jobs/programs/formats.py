"""The formats of programs: their names, how text and bytes are told apart, and the checks of what is given."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from quantum_jobs.errors import UnsupportedError, UsageError
from quantum_jobs.model import Program

QASM2 = "qasm2"
QASM3 = "qasm3"
IONQ_CIRCUIT = "ionq.circuit"
#: What qBraid and the older of IonQ's APIs call it.
IONQ_CIRCUIT_V0 = "ionq.circuit.v0"
QIR_BITCODE = "qir.bc"
QIR_TEXT = "qir.ll"

_VERSION = re.compile(r"OPENQASM\s+(\d+)(?:\.\d+)?\s*;")
_COMMENT = re.compile(r"\s+|//[^\n]*|/\*.*?\*/", re.DOTALL)
_COMMENTS = re.compile(r'"[^"\n]*"|//[^\n]*|/\*.*?\*/', re.DOTALL)
_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_BITCODE_MAGIC = (b"BC\xc0\xde", b"\xde\xc0\x17\x0b")
_GATESETS = ("qis", "native")
_TEXTS = (QASM2, QASM3, QIR_TEXT)


def checked_program(program: Program) -> Program:
    """A Program as it is, if its data is of the kind that its format has; an IonQ circuit under one name of the two."""
    if not isinstance(program.format, str):
        raise UsageError(f"a program's format is a name such as 'qasm3', got {program.format!r:.60}")
    if program.format in _TEXTS and not isinstance(program.data, str):
        raise UsageError(f"a program of format {program.format!r} is text, got {type(program.data).__name__}")
    if isinstance(program.data, bytes) and program.format != QIR_BITCODE:
        raise UsageError(f"a program of format {program.format!r} is text or JSON, got bytes")
    if program.format in (IONQ_CIRCUIT, IONQ_CIRCUIT_V0):
        return Program(IONQ_CIRCUIT, checked_circuit(program.data))
    if program.format in _TEXTS and program.data.startswith(_BOM):
        return Program(program.format, program.data.removeprefix(_BOM))
    return program


def program_of_text(text: str) -> Program:
    """A program by the beginning of its text, without a byte order mark. Raises UsageError for any other text."""
    text = text.removeprefix(_BOM)
    return Program(_format_of_text(text), text)


def _format_of_text(text: str) -> str:
    code = _without_leading_comments(text)
    version = _VERSION.match(code)
    if version:
        if version[1] not in {"2", "3"}:
            raise UsageError(f"OpenQASM {version[1]} is not known; versions 2 and 3 are")
        return QASM2 if version[1] == "2" else QASM3
    if code.startswith(("; ModuleID", "source_filename", "%Qubit", "target triple", "declare", "define")):
        return QIR_TEXT
    raise UsageError(
        "the program's text starts with none of 'OPENQASM 2.0;', 'OPENQASM 3.0;' and '; ModuleID' (QIR); "
        "for another format submit quantum_jobs.Program(format, data)"
    )


def _without_leading_comments(text: str) -> str:
    position = 0
    while blank := _COMMENT.match(text, position):
        position = blank.end()
    return text[position:]


def without_comments(text: str) -> str:
    """OpenQASM text with blanks for its comments, so that lines and columns stay where they are."""

    def blank(match: re.Match[str]) -> str:
        return match[0] if match[0].startswith('"') else re.sub(r"[^\n]", " ", match[0])

    return _COMMENTS.sub(blank, text)


def program_of_bytes(data: bytes) -> Program:
    """A program by its first bytes: QIR bitcode, or text in UTF-8. Raises UsageError for other bytes."""
    if data.startswith(_BITCODE_MAGIC):
        return Program(QIR_BITCODE, data)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise UsageError("these bytes are neither QIR bitcode nor text in UTF-8") from None
    return program_of_text(text)


def checked_circuit(circuit: Mapping[str, Any]) -> dict[str, Any]:
    """An IonQ JSON circuit, ``{"qubits": 2, "gateset": "qis", "circuit": [{"gate": "h", "target": 0}, ...]}``, with its
    gate set named and its width counted where the caller left them out. Raises UsageError naming the place."""
    gates = circuit.get("circuit") if isinstance(circuit, Mapping) else None
    if not isinstance(gates, Sequence) or isinstance(gates, (str, bytes)):
        raise UsageError(
            "an IonQ circuit is a dict with the list 'circuit' and the number 'qubits'; 'circuit' is missing"
        )
    gateset = circuit.get("gateset", "qis")
    if gateset not in _GATESETS:
        raise UsageError(f"the circuit's 'gateset' is {gateset!r}; it is one of {', '.join(_GATESETS)}")
    highest = -1
    for number, gate in enumerate(gates):
        if not isinstance(gate, Mapping) or not isinstance(gate.get("gate"), str):
            raise UsageError(f"circuit[{number}] is no gate; one looks like {{'gate': 'h', 'target': 0}}")
        highest = max([highest, *_qubits_of(gate, number)])
    qubits = circuit.get("qubits", highest + 1)
    if not isinstance(qubits, int) or isinstance(qubits, bool) or qubits < 1 or qubits <= highest:
        raise UsageError(f"the circuit's 'qubits' is {qubits!r}, but its gates need {max(highest + 1, 1)}")
    return {**circuit, "qubits": qubits, "gateset": gateset, "circuit": [dict(gate) for gate in gates]}


def _qubits_of(gate: Mapping[str, Any], number: int) -> list[int]:
    qubits: list[int] = []
    for key in ("target", "targets", "control", "controls"):
        value = gate.get(key, [])
        for qubit in value if isinstance(value, Sequence) and not isinstance(value, str) else [value]:
            if not isinstance(qubit, int) or isinstance(qubit, bool) or qubit < 0:
                raise UsageError(f"circuit[{number}].{key} is {value!r}; qubits are whole numbers from 0")
            qubits.append(qubit)
    return qubits


def is_json(value: object) -> bool:
    """Whether a value can be sent as JSON in UTF-8: without NaN, infinities and halves of surrogate pairs."""
    try:
        json.dumps(value, allow_nan=False, ensure_ascii=False).encode()
    except (TypeError, ValueError, RecursionError):
        return False
    return True


def refuse(program: Program, service: str, takes: Sequence[str]) -> UnsupportedError:
    """Build the error for a format that a service does not take."""
    return UnsupportedError(
        f"{service} does not take programs of format {program.format!r}; it takes {', '.join(takes)}. "
        "Convert the program first, or submit it to a service that takes it"
    )
