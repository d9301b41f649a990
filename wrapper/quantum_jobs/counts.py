"""Arithmetic on outcomes: bitstrings, counts and probabilities. Pure functions, without any vendor.

Everywhere a bitstring has qubit 0 rightmost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
from typing import Protocol

#: Upper bound on the bits of an outcome, to protect memory.
MOST_QUBITS = 10_000
#: Characters that the outcomes of one result, or its shots, have together at most; for the same reason.
MOST_CHARACTERS = 2**28
#: How far from 1 a sum of probabilities may be and still give counts: vendors round what they send.
SUM_TOLERANCE = 1e-3


class Outcomes(Protocol):
    """What tables and plots read of a ``Result``."""

    @property
    def counts(self) -> Mapping[str, int] | None: ...
    @property
    def counts_kind(self) -> str | None: ...
    @property
    def probabilities(self) -> Mapping[str, float] | None: ...
    @property
    def standard_errors(self) -> Mapping[str, float] | None: ...
    @property
    def num_qubits(self) -> int | None: ...
    @property
    def shots(self) -> int | None: ...
    @property
    def registers(self) -> Mapping[str, Outcomes]: ...
    def _outcomes(self) -> Mapping[str, float]: ...
    def _together(self, kept: Sequence[str], others: Sequence[str]) -> Outcomes: ...


def bitstring(value: int, width: int) -> str:
    """The integer outcome ``value`` (bit i is qubit i) as ``width`` characters, qubit 0 rightmost.

    Raises ValueError when the value does not fit: a key is never cut.
    """
    if width > MOST_QUBITS:
        raise ValueError(f"{width} qubits are more than any outcome has")
    if value < 0 or value.bit_length() > width:
        raise ValueError(f"outcome {value} does not fit in {width} qubits")
    return format(value, f"0{width}b") if width else ""


def check_size(number: int, width: int) -> None:
    """Raises ValueError where so many bitstrings of this width would only fill the memory."""
    if number * width > MOST_CHARACTERS:
        raise ValueError(f"{number} outcomes of {width} bits are more than any result has")


def widest(values: Iterable[int]) -> int:
    """The number of qubits that the largest of these integer outcomes needs, at least 1."""
    return max((value.bit_length() for value in values), default=1) or 1


def probabilities_of(counts: Mapping[str, int]) -> dict[str, float]:
    """Counts over their total, outcomes in ascending order."""
    total = sum(counts.values())
    return {key: counts[key] / total for key in sorted(counts) if counts[key]} if total else {}


def counts_of(probabilities: Mapping[str, float], shots: int) -> dict[str, int] | None:
    """Probabilities times shots, rounded so that the sum is exactly ``shots``; ``None`` when they do not sum to 1.

    Largest remainder: each outcome gets the whole part of its share, and the shots left over go to the largest
    fractions. Equal fractions are settled by the likelier outcome, then by the smaller key, so the order of the input
    does not matter and nothing is drawn at random. Exact arithmetic, so no platform rounds otherwise.
    """
    ratios = {key: float(value).as_integer_ratio() for key, value in probabilities.items()}
    unit = max((denominator for _, denominator in ratios.values()), default=1)  # a power of two, as all floats' are
    weights = {key: numerator * (unit // denominator) for key, (numerator, denominator) in ratios.items()}
    total = sum(weights.values())
    if abs(total / unit - 1) > SUM_TOLERANCE:
        return None
    counts = {key: weight * shots // total for key, weight in weights.items()}
    left = shots - sum(counts.values())
    for key in nsmallest(left, weights, key=lambda key: (-(weights[key] * shots % total), -weights[key], key)):
        counts[key] += 1
    return {key: counts[key] for key in sorted(counts) if counts[key]}


def tally(outcomes: Iterable[str]) -> dict[str, int]:
    """How often each outcome occurs, in ascending order of the outcomes."""
    counts: dict[str, int] = {}
    for outcome in outcomes:
        counts[outcome] = counts.get(outcome, 0) + 1
    return {key: counts[key] for key in sorted(counts)}


def pick(outcome: str, qubits: Sequence[int | None]) -> str:
    """The bits of ``qubits`` in one outcome, the first of them rightmost in what comes back; 0 for None."""
    return "".join("0" if qubit is None else outcome[len(outcome) - 1 - qubit] for qubit in reversed(qubits))


def most_likely(results: Sequence[Mapping[str, float]], top: int) -> tuple[list[str], list[str]]:
    """The outcomes of several results that are shown one by one, and the others.

    All in ascending order where there are at most ``top``; else the ``top`` largest of any result, largest first. One
    more than ``top`` is shown too, as "1 other" would take its place.
    """
    largest: dict[str, float] = {}
    for values in results:
        for key, value in values.items():
            largest[key] = max(value, largest.get(key, value))
    if len(largest) <= top + 1:
        return sorted(largest), []
    ranked = sorted(largest, key=lambda key: (-largest[key], key))
    return ranked[:top], ranked[top:]
