"""Read and validate values of a request. Errors are `HTTPError`s with the location of the value, as vendors name it."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from .http_types import HTTPError, Request

Location = tuple[str | int, ...]


def json_object(value: Any, location: Location) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise HTTPError.invalid("must be an object", *location)
    return value


def optional_object(body: Mapping[str, Any], name: str, location: Location) -> Mapping[str, Any]:
    """An object; an empty one where it is missing or null."""
    value = body.get(name)
    return {} if value is None else json_object(value, (*location, name))


def array(value: Any, location: Location) -> Sequence[Any]:
    if not isinstance(value, list):
        raise HTTPError.invalid("must be an array", *location)
    return value


def string(body: Mapping[str, Any], name: str, location: Location, *, choices: Sequence[str] = ()) -> str:
    value = body.get(name)
    if value is None:
        raise HTTPError.invalid("is required", *location, name)
    if not isinstance(value, str):
        raise HTTPError.invalid("must be a string", *location, name)
    if choices and value not in choices:
        raise HTTPError.invalid(f"must be one of {', '.join(choices)}", *location, name)
    return value


def optional_string(
    body: Mapping[str, Any], name: str, location: Location, *, choices: Sequence[str] = ()
) -> str | None:
    return None if body.get(name) is None else string(body, name, location, choices=choices)


def optional_boolean(body: Mapping[str, Any], name: str, location: Location) -> bool:
    value = body.get(name)
    if value is not None and not isinstance(value, bool):
        raise HTTPError.invalid("must be a boolean", *location, name)
    return bool(value)


def optional_integer(
    body: Mapping[str, Any], name: str, location: Location, *, minimum: int = 1, maximum: int = 2**31 - 1
) -> int | None:
    value = body.get(name)
    if value is None:
        return None
    return integer(value, (*location, name), minimum=minimum, maximum=maximum)


def integer(value: Any, location: Location, *, minimum: int = 1, maximum: int = 2**31 - 1) -> int:
    """An integer. ``100.0`` and ``"100"`` are accepted too, as the clouds do: clients send both."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20:
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise HTTPError.invalid("must be an integer", *location)
    if not minimum <= value <= maximum:
        raise HTTPError.invalid(f"must be between {minimum} and {maximum}", *location)
    return value


def number(value: Any, location: Location) -> float:
    # math.isfinite raises OverflowError for an integer that is too large for a float.
    with contextlib.suppress(OverflowError):
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            return float(value)
    raise HTTPError.invalid("must be a number", *location)


def optional_number(body: Mapping[str, Any], name: str, location: Location, default: Any = None) -> Any:
    """A number; `default` where it is missing or null."""
    return default if body.get(name) is None else number(body[name], (*location, name))


def query_integer(request: Request, name: str, default: int, *, minimum: int = 1, maximum: int = 2**31 - 1) -> int:
    value = request.query_value(name)
    return default if value is None else integer(value, ("query", name), minimum=minimum, maximum=maximum)


def query_date(request: Request, name: str) -> date:
    """A required date such as ``2026-09-14``."""
    value = request.query_value(name)
    if value is None:
        raise HTTPError.invalid("is required", "query", name)
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise HTTPError.invalid("must be a date", "query", name) from None


def query_timestamp(request: Request, name: str) -> float | None:
    """A date, or a date and time, as seconds since the Unix epoch."""
    value = request.query_value(name)
    if value is None:
        return None
    try:
        parsed = datetime.fromisoformat(value)
        return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        raise HTTPError.invalid("must be a date", "query", name) from None


def query_boolean(request: Request, name: str, default: bool = False) -> bool:
    value = request.query_value(name)
    if value is None:
        return default
    if value.lower() not in ("true", "false", "1", "0"):
        raise HTTPError.invalid("must be a boolean", "query", name)
    return value.lower() in ("true", "1")


def query_choice(request: Request, name: str, choices: Sequence[str], *, required: bool = False) -> str | None:
    value = request.query_value(name)
    if value is None and required:
        raise HTTPError.invalid("is required", "query", name)
    if value is not None and value not in choices:
        raise HTTPError.invalid(f"must be one of {', '.join(choices)}", "query", name)
    return value
