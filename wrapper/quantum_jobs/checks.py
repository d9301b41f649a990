"""Numbers and lists that callers give, checked."""

from __future__ import annotations

import math
import operator
from collections.abc import Iterable
from typing import Any, TypeVar

from quantum_jobs.errors import UsageError
from quantum_jobs.text import shown

T = TypeVar("T")


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


def checked_seconds(value: Any, what: str) -> float:
    """A number of seconds, numpy's included, which may be infinite. Raises UsageError that says ``what`` is wrong."""
    try:
        seconds = math.nan if isinstance(value, (bool, str, bytes)) else float(value)
    except OverflowError:  # an integer that no float can hold
        seconds = math.inf if value > 0 else -math.inf
    except (TypeError, ValueError):
        seconds = math.nan
    if math.isnan(seconds):
        raise UsageError(f"{what} must be a number of seconds, got {shown(value)}")
    return seconds


def checked_list(values: Iterable[T], what: str) -> list[T]:
    """Several things as a list. Raises UsageError that says ``what`` was expected."""
    if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
        raise UsageError(f"expected several {what}, such as a list; got {type(values).__name__}")
    return list(values)
