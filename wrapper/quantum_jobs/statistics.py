"""Statistics of outcomes: random samples, expectation values of diagonal observables, standard errors.

Pure functions on bitstrings with bit 0 rightmost; ``Result`` has them as methods.
"""

from __future__ import annotations

import bisect
import itertools
import math
import random
from collections.abc import Iterable, Mapping
from typing import Any

from quantum_jobs.checks import checked_integer
from quantum_jobs.counts import SUM_TOLERANCE
from quantum_jobs.errors import UsageError

#: An observable: a label such as ``"ZZI"``, or labels with their weights.
Observable = str | Mapping[str, float] | Iterable[tuple[str, float]]


class Expectation(float):
    """An expectation value: a float that knows its standard error.

    Attributes:
        standard_error: of the mean over the shots that were counted; ``None`` where no shots were counted (the vendor
            gave probabilities, which may be exact or not), and for a single shot. It is 0 where all shots agree.
    """

    __slots__ = ("standard_error",)
    standard_error: float | None

    def __new__(cls, value: float, standard_error: float | None = None) -> Expectation:
        """A value with its standard error."""
        made = super().__new__(cls, value)
        made.standard_error = standard_error
        return made

    def __getnewargs__(self) -> tuple[Any, ...]:
        return float(self), self.standard_error

    def __repr__(self) -> str:
        error = "None" if self.standard_error is None else f"{self.standard_error:.3g}"
        return f"Expectation({float(self)!r}, standard_error={error})"

    #: As any float's, so that files and tables written from it hold a number.
    __str__ = float.__repr__


def sample(probabilities: Mapping[str, float], shots: int, seed: int | None = None) -> dict[str, int]:
    """Counts of ``shots`` outcomes drawn at random, in ascending order of the outcomes; the same seed gives the same.

    Raises UsageError for shots or a seed that cannot be, and for what is no distribution.
    """
    number = checked_integer(shots, "shots", 1)
    drawn = random.Random(None if seed is None else checked_integer(seed, "seed")).random
    total = checked_total(probabilities)
    negative = next((key for key, value in probabilities.items() if value < 0), None)
    if negative is not None:
        raise UsageError(f"the outcome {negative} has a negative probability, so nothing can be drawn from these")
    outcomes = sorted(key for key, value in probabilities.items() if value)
    limits = list(itertools.accumulate(probabilities[key] for key in outcomes))
    counted = [0] * len(outcomes)
    for _ in range(number):
        # The last limit may be below the total by a rounding error.
        counted[min(bisect.bisect(limits, drawn() * total), len(outcomes) - 1)] += 1
    return {key: count for key, count in zip(outcomes, counted, strict=True) if count}


def standard_errors(counts: Mapping[str, int]) -> dict[str, float] | None:
    """The standard error of each outcome's share of the shots, sqrt(p (1 - p) / (shots - 1)); None for one shot."""
    shots = sum(counts.values())
    if shots < 2:
        return None
    return {key: math.sqrt(count * (shots - count) / (shots - 1)) / shots for key, count in counts.items()}


def expectation(weights: Mapping[str, float], observable: Observable, *, are_counts: bool) -> Expectation:
    """The mean of a diagonal observable over outcomes with these weights, either counts or probabilities.

    Raises UsageError for an observable that is not diagonal or has another width than the outcomes, and for
    probabilities that are no distribution.
    """
    width = len(next(iter(weights)))
    terms = _terms(observable, width)
    values = {key: _value(terms, int(key or "0", 2)) for key in weights}
    total = sum(weights.values()) if are_counts else checked_total(weights)
    mean = math.fsum(values[key] * weight for key, weight in weights.items()) / total
    if not are_counts or total < 2:
        return Expectation(mean)
    squares = math.fsum((values[key] - mean) ** 2 * weight for key, weight in weights.items())
    return Expectation(mean, math.sqrt(squares / (total - 1) / total))


def checked_total(probabilities: Mapping[str, float]) -> float:
    """Their sum, which is 1 but for rounding; else UsageError."""
    total = math.fsum(probabilities.values())
    if abs(total - 1) > SUM_TOLERANCE:
        raise UsageError(f"the probabilities of this result sum to {total:.6g}, not to 1: they are no distribution")
    return total


def _value(terms: Iterable[tuple[int, float]], outcome: int) -> float:
    return math.fsum(-weight if (outcome & mask).bit_count() % 2 else weight for mask, weight in terms)


def _terms(observable: Observable, width: int) -> list[tuple[int, float]]:
    """Each term as a mask of the bits that it has Z on, and its weight."""
    if isinstance(observable, str):
        observable = {observable: 1.0}
    try:
        pairs = list(observable.items() if isinstance(observable, Mapping) else observable)
        given = [(label, weight) for label, weight in pairs]
    except (TypeError, ValueError):
        given = []
    if not given:
        raise UsageError(
            "an observable is a label such as 'ZZI', or labels with their weights, such as {'ZZI': 0.5, 'IIZ': 1.0}; "
            f"got {type(observable).__name__}"
        )
    return [(_mask(label, width), _weight(label, weight)) for label, weight in given]


def _mask(label: object, width: int) -> int:
    if not isinstance(label, str):
        raise UsageError(f"a term of an observable is named by a label such as 'ZZI', got {type(label).__name__}")
    others = sorted(set(label) - {"I", "Z"})
    if others and set(others) <= {"X", "Y"}:
        raise UsageError(
            f"{label!r} is not diagonal, so counts do not tell it: turn {' and '.join(others)} into Z by gates before "
            "the measurement (H for X; S dagger, then H for Y), and ask for Z"
        )
    if others:
        raise UsageError(f"the label {label[:100]!r} has letters that are neither I nor Z")
    if len(label) != width:
        raise UsageError(
            f"the label {label[:100]!r} has {len(label)} letters and the outcomes have {width} bits: give a letter for "
            "each, that of bit 0 rightmost"
        )
    return int(label.replace("I", "0").replace("Z", "1") or "0", 2)


def _weight(label: str, weight: Any) -> float:
    try:
        # Real numbers come as complex ones from Qiskit's SparsePauliOp.to_list().
        value = complex(weight)
    except (TypeError, ValueError):
        value = complex(math.nan)
    if isinstance(weight, str) or value.imag or not math.isfinite(value.real):
        raise UsageError(f"the weight of {label!r} must be a real number, got {weight!r:.100}")
    return value.real
