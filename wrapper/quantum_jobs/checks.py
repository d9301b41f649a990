"""Whole numbers that callers give."""

from __future__ import annotations

import operator
from typing import Any

from quantum_jobs.errors import UsageError
from quantum_jobs.text import shown


def checked_integer(value: Any, what: str, least: int | None = None) -> int:
    """A whole number, numpy's included, of at least ``least``. Raises UsageError that says ``what`` is wrong."""
    try:
        number = None if isinstance(value, bool) else operator.index(value)
    except TypeError:
        number = None
    if number is None or (least is not None and number < least):
        at_least = "" if least is None else f" of at least {least}"
        raise UsageError(f"{what} must be a whole number{at_least}, got {shown(value)}")
    return number
