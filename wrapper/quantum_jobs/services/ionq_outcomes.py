"""Outcomes as IonQ writes them, which both versions of its API do in two ways.

Integers (version 1) are little-endian: qubit i is bit i. Bitstrings and arrays by register (version 2) have bit 0
first, so a bitstring is turned round here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import attrs

from quantum_jobs.counts import bitstring, check_size, widest
from quantum_jobs.http.messages import LONG_ANSWER
from quantum_jobs.model import JobRecord, Result
from quantum_jobs.services import outcomes, reading

#: The register that the service itself adds: the final state of every qubit.
QUBITS_REGISTER = "output_all"

#: Bytes that the outcomes of a job have in addition to what its qubits and shots say, at most.
ROOM = 32 * 1024 * 1024
#: From so many qubits on they would be more than any answer has anyway.
_MANY_QUBITS = 21


def longest_answer(circuits: Sequence[JobRecord]) -> int:
    """Bytes that the outcomes of these circuits take at most, in any format."""
    total = ROOM
    for circuit in circuits:
        if circuit.num_qubits is None or circuit.shots is None:
            return LONG_ANSWER
        qubits, shots = max(0, circuit.num_qubits), max(0, circuit.shots)
        total += 64 * 2 ** min(qubits, _MANY_QUBITS) + shots * (256 + 16 * qubits)
    return min(total, LONG_ANSWER) if circuits else LONG_ANSWER


def read_probabilities(body: Any, record: JobRecord) -> Result:
    """Probabilities of one circuit."""
    return _read(body, record, "probabilities", partial(outcomes.from_probabilities, shots=record.shots))


def read_histogram(body: Any, record: JobRecord) -> Result:
    """Shots of one circuit, counted by the service."""
    return _read(body, record, "histogram", outcomes.from_counts)


def _read(body: Any, record: JobRecord, kind: str, make: Callable[..., Result]) -> Result:
    """A flat document (version 1), or one by register (version 2)."""
    by_register = _registers(body, kind)
    if by_register is None:
        return make(outcomes.decimal_outcomes(reading.json_object(body), record.num_qubits), raw=body)
    read = {
        name: make(outcomes.bit_outcomes(register, bit_0_leftmost=True), raw=register)
        for name, register in by_register.items()
    }
    return _of_registers(read, body)


def read_by_circuit(body: Any, record: JobRecord, circuits: Sequence[JobRecord]) -> list[Result]:
    """Probabilities of a job of several circuits, an object of those of one circuit by the circuits' job ids.

    They come in the order of ``circuits``; where these are not known, in that of the document.
    """
    by_circuit = reading.json_object(body)
    order = circuits or [JobRecord(id=job_id, service=record.service, shots=record.shots) for job_id in by_circuit]
    if not order:
        raise ValueError("the result is empty: it has no circuits")
    missing = [circuit.id for circuit in order if circuit.id not in by_circuit]
    if missing:
        raise ValueError(f"the outcomes of circuit {missing[0]!r} are missing")
    return [read_probabilities(by_circuit[circuit.id], circuit) for circuit in order]


def _registers(body: Any, kind: str) -> Mapping[str, Any] | None:
    """The outcomes by register in a document of version 2; None for a flat one. Tempo leaves out ``registers``."""
    inner = reading.json_object(body).get(kind)
    if not isinstance(inner, Mapping):
        return None
    nested = inner.get("registers")
    is_register = isinstance(nested, Mapping) and not all(isinstance(each, Mapping) for each in nested.values())
    found = nested if isinstance(nested, Mapping) and not is_register else inner
    if not found:
        raise ValueError(f"the result is empty: {kind!r} has no registers")
    return found


def _of_registers(registers: Mapping[str, Result], raw: Any) -> Result:
    """One Result out of all registers: the program's own one where it has one, the qubits where it has none. Of
    several, a document of outcomes has each by itself only; the shots have them together."""
    own = own_registers(registers)
    chosen = Result() if len(own) > 1 else registers[own[0] if own else QUBITS_REGISTER]
    return attrs.evolve(chosen, registers=dict(registers), raw=raw)


def own_registers(registers: Iterable[str]) -> list[str]:
    """The registers that the program declares, in the order of the document.

    That is taken for the order of declaration: IonQ's service lists them as its compiled program declares them, with
    its own register last, in every answer of which there is a record. JSON itself promises no order.
    """
    return [name for name in registers if name != QUBITS_REGISTER]


@attrs.frozen
class Shots:
    """What each shot measured, leaked ones left out: by register one bitstring per shot, bit 0 rightmost.

    ``by_register`` is False for integers (version 1), which know the qubits only.
    """

    registers: Mapping[str, Sequence[str]]
    by_register: bool
    raw: Any = attrs.field(repr=False)

    def joined(self, names: Sequence[str]) -> list[str]:
        """These registers as one bitstring per shot, the first of them rightmost. Raises ValueError for a register
        that the shots have not."""
        missing = [name for name in names if name not in self.registers]
        if missing:
            raise ValueError(f"the shots have no register {missing[0]!r}")
        return ["".join(bits) for bits in zip(*(self.registers[name] for name in reversed(names)), strict=True)]


def read_shots(body: Any, num_qubits: int | None) -> Shots:
    """One outcome per shot: integers (version 1), or arrays of bits by register (version 2)."""
    if isinstance(body, Mapping):
        return _shots_by_register(body)
    if not isinstance(body, list):
        raise TypeError(f"expected the list of shots, got {type(body).__name__}")
    values = [outcomes.whole(shot) for shot in body]
    width = num_qubits or widest(values)
    check_size(len(values), width)
    return Shots({QUBITS_REGISTER: [bitstring(value, width) for value in values]}, by_register=False, raw=body)


def _shots_by_register(body: Mapping[str, Any]) -> Shots:
    rows = body.get("shots")
    if not isinstance(rows, list):
        raise TypeError("'shots' should be a list")
    kept = [_registers_of_shot(row) for row in map(reading.json_object, rows) if not _has_leaked(row)]
    registers: dict[str, list[str]] = {name: [] for name in (kept[0] if kept else ())}
    for number, row in enumerate(kept):
        if row.keys() != registers.keys():
            raise ValueError(f"shot {number} has other registers than the first one")
        for name, bits in row.items():
            registers[name].append("".join(outcomes.bit(bit) for bit in reversed(_flat(bits))))
    if any(len(set(map(len, shots))) > 1 for shots in registers.values()):
        raise ValueError("shots of different widths")
    return Shots(registers, by_register=True, raw=body)


def _registers_of_shot(row: Mapping[str, Any]) -> Mapping[str, Any]:
    nested = row.get("registers")
    if isinstance(nested, Mapping):
        return nested
    if nested is None:  # Tempo's form, with the registers at the top
        return {name: bits for name, bits in row.items() if name != _LEAKAGE}
    raise TypeError("the 'registers' of a shot should be an object")


def _flat(bits: object) -> list[Any]:
    """The bits of one register; Tempo puts them into a list of lists."""
    if not isinstance(bits, list):
        raise TypeError(f"the bits of a register should be a list, got {type(bits).__name__}")
    return [bit for each in bits for bit in (each if isinstance(each, list) else [each])]


#: Beside the registers of a shot: one bit per qubit, set where the ion was found outside the qubit's two states.
_LEAKAGE = "leakage_bits"


def _has_leaked(row: Mapping[str, Any]) -> bool:
    leaked = row.get(_LEAKAGE)
    return any(bit not in (0, "0", None) for bit in (leaked if isinstance(leaked, (list, str)) else [leaked]))


def with_shots(result: Result, shots: Shots, record: JobRecord, *, joint: bool, memory: bool) -> Result:
    """A result with what only the shots tell.

    ``joint`` makes counts of them for a program of several registers, whose other outcomes are marginals. ``memory``
    adds every shot. Counts that were missing for want of a number of shots are derived.
    """
    own = own_registers(result.registers)
    if own and not shots.by_register:
        return result
    names = own or ([QUBITS_REGISTER] if QUBITS_REGISTER in shots.registers else own_registers(shots.registers))
    rows = shots.joined(names) if shots.registers else []
    if rows and result.num_qubits not in (None, len(rows[0])):
        raise ValueError(f"shots of {len(rows[0])} bits for a result of {result.num_qubits}")
    if len(own) > 1 and joint and rows:
        result = attrs.evolve(outcomes.from_shots(rows), registers=result.registers, raw=result.raw)
    elif record.shots is None and result.counts is None:
        result = outcomes.with_derived_counts(result, len(rows))
    if not memory:
        return result
    registers = {
        name: attrs.evolve(register, memory=tuple(shots.registers[name])) if name in shots.registers else register
        for name, register in result.registers.items()
    }
    return attrs.evolve(result, memory=tuple(rows), registers=registers)


def read_from_shots(body: Any, record: JobRecord) -> Result:
    """A result out of shots alone, without the shots themselves."""
    shots = read_shots(body, record.num_qubits)
    registers = {name: outcomes.from_shots(rows) for name, rows in shots.registers.items()}
    if not registers:
        raise ValueError("the result is empty: it has no shots")
    return with_shots(_of_registers(registers, body), shots, record, joint=True, memory=False)
