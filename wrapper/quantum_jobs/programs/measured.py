"""Which qubits a program's classical bits were measured from, where a service only knows qubits.

IonQ's JSON circuits have no measurement: all qubits are measured, and outcomes are keyed by qubit. A program that is
converted to one can measure a part of its qubits, in another order, into several registers. What it measured travels
in the job's metadata, under the tag ``quantum_jobs_measured``, and turns the outcomes over qubits into outcomes over
the program's classical bits, so that the same program has the same keys on every service.

The text holds one part per circuit of the job, in order, separated by ``;``. A part is the program's registers in order
of declaration, separated by blanks, each ``name:`` and its bits from bit 0 on: a qubit, a run of qubits up or down
(``0-4``, ``4-0``), or ``x`` for a bit that nothing was measured into and that is always 0. ``*3`` after a part stands
for three circuits alike. An empty part is a circuit whose bits are its qubits. So ``c:2,0`` says: bit 0 of register c
is qubit 2, bit 1 is qubit 0. A job without the tag has outcomes over qubits that are right as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

import attrs

from quantum_jobs import counts as arithmetic
from quantum_jobs.errors import UnsupportedError
from quantum_jobs.model import Result

#: The tag of a submission under which the text travels.
MEASURED_TAG = "quantum_jobs_measured"
#: IonQ documents 40,000 characters for one value of a job's metadata.
MOST_CHARACTERS = 40_000

_NEVER = "x"
_PART = re.compile(r"(?P<registers>[^*]*)(?:\*(?P<times>[1-9][0-9]{0,4}))?")
_RUN = re.compile(r"(?P<first>[0-9]{1,4})(?:-(?P<last>[0-9]{1,4}))?")


@attrs.frozen
class Register:
    """A classical register: its name, and per bit, from bit 0 on, the qubit that it was measured from (None: never)."""

    name: str
    qubits: tuple[int | None, ...]


@attrs.frozen
class Measured:
    """A program's classical registers in order of declaration; together they are its classical bits, from bit 0 on."""

    registers: tuple[Register, ...]

    @property
    def qubits(self) -> tuple[int | None, ...]:
        """Per classical bit, from bit 0 on, the qubit that it was measured from, or None."""
        return tuple(qubit for register in self.registers for qubit in register.qubits)

    def is_all_qubits(self, num_qubits: int) -> bool:
        """Whether the bits are the qubits, in order and in one register: nothing has to be said then."""
        return len(self.registers) == 1 and self.qubits == tuple(range(num_qubits))

    def result(self, by_qubit: Result) -> Result:
        """A result over classical bits out of one over qubits. ``raw`` stays; several registers have one each. Raises
        ValueError where the result has not all of the qubits that were measured."""
        whole = by_qubit._over(self.qubits)
        if len(self.registers) == 1:
            return whole
        return attrs.evolve(
            whole, registers={register.name: by_qubit._over(register.qubits) for register in self.registers}
        )


def text_of(circuits: Iterable[Measured | None]) -> str | None:
    """The text that says what each circuit of a job measures; None where all of them say nothing.

    Raises UnsupportedError where it is longer than a service keeps.
    """
    parts = ["" if measured is None else " ".join(map(_register_text, measured.registers)) for measured in circuits]
    if not any(parts):
        return None
    runs = [(part, len(list(same))) for part, same in groupby(parts)]
    text = ";".join(part if times == 1 else f"{part}*{times}" for part, times in runs)
    if len(text) > MOST_CHARACTERS:
        raise UnsupportedError(
            f"what these {len(parts)} circuits measure takes {len(text)} characters of the job's metadata, which hold "
            f"{MOST_CHARACTERS}: submit fewer circuits in one job"
        )
    return text


def measured_of(text: str) -> list[Measured | None]:
    """The inverse of ``text_of``: per circuit what it measures, or None. Raises ValueError for any other text."""
    found: list[Measured | None] = []
    for part in text.split(";"):
        match = _PART.fullmatch(part)
        if match is None:
            raise ValueError(f"{MEASURED_TAG} has the part {part!r:.60}, which does not read")
        registers = tuple(map(_register_of, match["registers"].split(" "))) if match["registers"] else ()
        found += [Measured(registers) if registers else None] * int(match["times"] or 1)
    return found


def _register_text(register: Register) -> str:
    pieces: list[str] = []
    position, qubits = 0, register.qubits
    while position < len(qubits):
        first, length = qubits[position], 1
        if first is not None:
            for step in (1, -1):
                while position + length < len(qubits) and qubits[position + length] == first + step * length:
                    length += 1
                if length > 1:
                    break
        last = qubits[position + length - 1]
        pieces.append(_NEVER if first is None else f"{first}" if length == 1 else f"{first}-{last}")
        position += length
    return f"{register.name}:{','.join(pieces)}"


def _register_of(text: str) -> Register:
    name, _, pieces = text.partition(":")
    qubits: list[int | None] = []
    for piece in pieces.split(","):
        if piece == _NEVER:
            qubits.append(None)
            continue
        match = _RUN.fullmatch(piece)
        if match is None or len(qubits) > arithmetic.MOST_QUBITS:
            raise ValueError(f"{MEASURED_TAG} has the bits {piece!r:.60}, which do not read")
        first, last = int(match["first"]), int(match["last"] or match["first"])
        step = 1 if last >= first else -1
        qubits += range(first, last + step, step)
    return Register(name, tuple(qubits))
