"""Results out of what vendors send as outcomes: one place for widths, rounding and orientation.

The functions raise ValueError for what does not fit; the caller of a service turns that into a ResponseError.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from quantum_jobs.counts import bitstring, check_size, counts_of, probabilities_of, tally, widest
from quantum_jobs.errors import QuantumJobsWarning
from quantum_jobs.model import Result
from quantum_jobs.services.reading import integer, probability

_BITS = re.compile(r"[01]+")


def decimal_outcomes(outcomes: object, num_qubits: int | None) -> dict[str, Any]:
    """IonQ's flat form, ``{"<integer, qubit i is bit i>": value}``, keyed by bitstrings with qubit 0 rightmost.

    The width is ``num_qubits``, else that of the widest key. A key that does not fit raises ValueError.
    """
    given = _mapping(outcomes)
    values = {whole(key): value for key, value in given.items()}
    if len(values) < len(given):
        raise ValueError("one outcome stands under two keys")
    width = num_qubits if num_qubits is not None else widest(values)
    check_size(len(values), width)
    return {bitstring(key, width): values[key] for key in sorted(values)}


def bit_outcomes(outcomes: object, num_qubits: int | None = None, *, bit_0_leftmost: bool = False) -> dict[str, Any]:
    """Outcomes keyed by bitstrings already, in ascending order and with bit 0 rightmost. Raises ValueError unless all
    have one width. ``bit_0_leftmost`` says that the keys come the other way round and are to be turned."""
    values = _mapping(outcomes)
    for key in values:
        if not _BITS.fullmatch(key):
            raise ValueError(f"{key[:100]!r} is no bitstring")
    if bit_0_leftmost:
        values = {key[::-1]: value for key, value in values.items()}
    widths = {len(key) for key in values} | ({num_qubits} if num_qubits is not None and values else set())
    if len(widths) > 1:
        raise ValueError(f"outcomes of different widths: {sorted(widths)}")
    return {key: values[key] for key in sorted(values)}


def from_counts(counts: Mapping[str, Any], raw: Any = None) -> Result:
    """A Result from what the vendor counted. Raises ValueError where nothing was."""
    kept = {key: count for key, value in counts.items() if (count := _count(value))}
    if not kept:
        raise ValueError("the result is empty: no outcome was counted")
    return Result(
        counts=kept,
        counts_kind="measured",
        probabilities=probabilities_of(kept),
        num_qubits=len(next(iter(kept))),
        raw=raw,
    )


def from_probabilities(probabilities: Mapping[str, Any], shots: int | None = None, raw: Any = None) -> Result:
    """A Result from the vendor's probabilities; counts are derived where the shots are known. Raises ValueError where
    no outcome has a probability."""
    kept = {key: share for key, value in probabilities.items() if (share := probability(value))}
    if not kept:
        raise ValueError("the result is empty: no outcome has a probability")
    result = Result(probabilities=kept, num_qubits=len(next(iter(kept))), raw=raw)
    return with_derived_counts(result, shots)


def with_derived_counts(result: Result, shots: int | None) -> Result:
    """The result with counts out of its probabilities, where the shots are known. Warns where these are no
    distribution, and leaves counts out."""
    if shots is None or shots <= 0 or result.probabilities is None:
        return result
    counts = counts_of(result.probabilities, shots)
    if counts is None:
        total = sum(result.probabilities.values())
        warnings.warn(
            f"the probabilities of this result sum to {total:.6g}, not to 1: no counts are made of them",
            QuantumJobsWarning,
            stacklevel=2,
        )
        return result
    return attrs.evolve(result, counts=counts, counts_kind="derived")


def from_shots(shots: Sequence[str], raw: Any = None) -> Result:
    """A Result from one bitstring per shot, without the shots themselves."""
    if len({len(shot) for shot in shots}) > 1:
        raise ValueError("shots of different widths")
    return from_counts(tally(shots), raw)


def _mapping(outcomes: object) -> Mapping[str, Any]:
    if not isinstance(outcomes, Mapping):
        raise ValueError(f"expected an object of outcomes, got {type(outcomes).__name__}")
    return outcomes


def whole(value: object) -> int:
    """An integer outcome, as text or number. Raises ValueError for anything else."""
    key = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(key, str) or not key.isascii() or not key.isdecimal() or len(key) > 100:
        raise ValueError(f"{str(value)[:100]!r} is no integer outcome")
    return int(key)


def bit(value: object) -> str:
    """One measured bit, as text or number. Raises ValueError for anything else."""
    if value not in (0, 1, "0", "1"):
        raise ValueError(f"{value!r} is no bit")
    return "1" if value in (1, "1") else "0"


def _count(value: object) -> int:
    count = integer(value)
    if count is None or count < 0:
        raise ValueError(f"{value!r} is no number of shots")
    return count
