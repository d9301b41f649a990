"""How much memory jobs take, roughly: what a store keeps is bounded by it."""

from __future__ import annotations

import sys
from typing import Any

from .engine import Outcome, Solved, circuit_in
from .jobs import Job

_JOB = 3_600
"""Bytes that a job takes without its request and its outcome. Measured, with the places where a store notes it."""

_KEY, _FLOAT, _INTEGER = 49, 24, 28
"""Of a string without its characters, and of numbers."""


def weight_of_job(job: Job) -> int:
    """Bytes of a job without its outcomes. A child's request is its parent's."""
    return _JOB + (weight(job.request) if job.parent_id is None else 0)


def weight_of_outcome(outcome: Outcome) -> int:
    """Bytes of an outcome, without looking at each of its bitstrings."""
    total = weight([outcome.values]) if isinstance(outcome, Solved) else 0
    measured = circuit_in(outcome)
    if measured is not None:
        found, counts = measured.probabilities, measured.counts
        total += weight([measured.registers, measured.compiled])
        # Probabilities and counts have their keys in common.
        total += sys.getsizeof(found) + len(found) * (_KEY + len(next(iter(found), "")) + _FLOAT)
        total += 0 if counts is None else sys.getsizeof(counts) + len(counts) * _INTEGER
    return total


def weight(value: Any) -> int:
    """Bytes of a JSON value. Strings are counted once: a parser makes one of names that are the same."""
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
