"""Results of qBraid Runtime API v2: counts and probabilities by bitstring, single shots, batches, and other data."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from quantum_jobs.errors import QuantumJobsWarning
from quantum_jobs.model import JobRecord, Result
from quantum_jobs.services import outcomes, reading


def read(body: Any, record: JobRecord, *, memory: bool) -> list[Result]:
    """The results in an answer: one, or those of a batch in the order of its programs."""
    data = reading.json_object(reading.json_object(body).get("data"))
    if data.get("results") is None:
        return [_read_result(data, record, memory=memory)]
    batch = data["results"]
    if not isinstance(batch, list) or not batch:
        raise TypeError(f"'data.results' should be a list of results, got {str(batch)[:100]}")
    return [_read_one_of_batch(reading.json_object(each), record, memory=memory) for each in batch]


def _read_one_of_batch(raw: Mapping[str, Any], record: JobRecord, *, memory: bool) -> Result:
    # A circuit that failed has no data, and must not hide the results of the others.
    return _read_result(raw, record, memory=memory) if raw.get("resultData") is not None else Result(raw=raw)


def _read_result(raw: Mapping[str, Any], record: JobRecord, *, memory: bool) -> Result:
    data = raw.get("resultData")
    if not isinstance(data, Mapping):
        raise TypeError("'resultData' is missing or no object")
    if all(value in (None, {}, []) for value in data.values()):
        raise ValueError("the result is empty: 'resultData' holds nothing")
    counts = reading.items(data.get("measurementCounts"))
    probabilities = reading.items(data.get("measurementProbabilities"))
    rows = _rows(data.get("measurements"))
    if counts and all(set(key) <= set("01 ") for key in counts):
        result = outcomes.from_counts(outcomes.bit_outcomes(_without_blanks(counts)), raw)
        result = _with_probabilities(result, probabilities)
    elif probabilities and not counts:
        plain = outcomes.bit_outcomes(_without_blanks(probabilities))
        result = outcomes.from_probabilities(plain, record.shots, raw)
    elif rows and not counts and _is_whole(rows, record.shots):
        # The API does not say in which direction its rows are; they are read as its keys are, bit 0 last.
        result = outcomes.from_shots(rows, raw)
    elif data.get("measurementCounts") == {} and not (data.get("measurements") or data.get("solutions")):
        raise ValueError("the result is empty: 'measurementCounts' has no outcome")
    else:
        # Analog and annealing data are not counts of bits; they stand in raw.
        result = Result(raw=raw)
    return _with_memory(result, rows, record) if memory and rows else result


def _rows(measurements: object) -> list[str]:
    """One bitstring per shot out of the rows of single shots; empty where they are something else."""
    if not isinstance(measurements, list):
        return []
    try:
        rows = ["".join(map(outcomes.bit, row)) for row in measurements]
    except (TypeError, ValueError):
        return []
    return rows if len(set(map(len, rows))) == 1 and rows[0] else []


def _is_whole(rows: Sequence[str], shots: int | None) -> bool:
    return shots is None or len(rows) >= shots


def _without_blanks(outcomes_: Mapping[str, Any]) -> dict[str, Any]:
    # A blank between the bits of several registers is for the eye only.
    plain = {key.replace(" ", ""): value for key, value in outcomes_.items()}
    if len(plain) < len(outcomes_):
        raise ValueError("one outcome stands under two keys")
    return plain


def _with_probabilities(result: Result, probabilities: Mapping[str, Any]) -> Result:
    """The vendor's own probabilities, where it sends some of the same width that can be read."""
    try:
        plain = outcomes.bit_outcomes(_without_blanks(probabilities), result.num_qubits)
        own = outcomes.from_probabilities(plain).probabilities
    except ValueError:
        return result
    return attrs.evolve(result, probabilities=own) if own else result


def _with_memory(result: Result, rows: Sequence[str], record: JobRecord) -> Result:
    """The result with every shot, in the direction in which the rows agree with it: the API does not say which it is.

    The service sends at most 100 rows. Fewer than there were shots are not given as if they were all; a warning says
    that they stand in ``raw``.
    """
    shots = reading.first(result.shots, record.shots)
    if not _is_whole(rows, shots):
        warnings.warn(
            f"{record.ref}: the service sends {len(rows)} of {shots} single shots, so this result has no memory; "
            "those that came stand in raw",
            QuantumJobsWarning,
            stacklevel=2,
        )
        return result
    for candidate in (rows, [row[::-1] for row in rows]):
        counted = outcomes.from_shots(candidate)
        agrees = (
            counted.counts == result.counts
            if result.counts_kind == "measured"
            else (counted.counts or {}).keys() <= (result.probabilities or {}).keys()
        )
        if agrees:
            return attrs.evolve(result, memory=tuple(candidate))
    return result
