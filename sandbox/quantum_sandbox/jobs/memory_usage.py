"""Estimates of the memory that jobs take, for the limits of `Retention`."""

from __future__ import annotations

import sys
from typing import Any

from quantum_sandbox.engine import Outcome, SolverResult, circuit_result_of

from .model import Job

_JOB = 3_600
"""Bytes of a job without its request and its outcomes, including its entries in the store. Measured."""

_KEY, _FLOAT, _INTEGER = 49, 24, 28
"""Bytes of an empty string, a float and an integer."""


def job_bytes(job: Job) -> int:
    """Bytes of a job without its outcomes. A child shares the request of its parent."""
    return _JOB + (json_bytes(job.request) if job.parent_id is None else 0)


def outcome_bytes(outcome: Outcome) -> int:
    """Bytes of an outcome, estimated without iterating over its bitstrings."""
    total = json_bytes([outcome.values]) if isinstance(outcome, SolverResult) else 0
    measured = circuit_result_of(outcome)
    if measured is not None:
        found, counts = measured.probabilities, measured.counts
        total += json_bytes([measured.registers, measured.compiled])
        # Probabilities and counts share their keys.
        total += sys.getsizeof(found) + len(found) * (_KEY + len(next(iter(found), "")) + _FLOAT)
        total += 0 if counts is None else sys.getsizeof(counts) + len(counts) * _INTEGER
    return total


def json_bytes(value: Any) -> int:
    """Bytes of a JSON value. Equal strings count once, because the parser creates equal names once."""
    total, seen, waiting = 0, set[int](), [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            if id(one) in seen:
                continue
            seen.add(id(one))
        elif isinstance(one, dict):
            waiting.extend(one)
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
        total += sys.getsizeof(one)
    return total
