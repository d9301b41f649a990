"""Numbers and lists that callers give, checked."""

from __future__ import annotations

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


def checked_list(values: Iterable[T], what: str) -> list[T]:
    """Several things as a list. Raises UsageError that says ``what`` was expected."""
    if isinstance(values, (str, bytes)) or not isinstance(values, Iterable):
        raise UsageError(f"expected several {what}, such as a list; got {type(values).__name__}")
    return list(values)
