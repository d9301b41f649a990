"""Reading a request's values with their place, so that an error can name it as the vendors do."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from .exchange import Call, Refusal

Place = tuple[str | int, ...]


def mapping(value: Any, place: Place) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Refusal.invalid("must be an object", *place)
    return value


def optional_mapping(body: Mapping[str, Any], name: str, place: Place) -> Mapping[str, Any]:
    """An object that may be left out or null; then an empty one."""
    value = body.get(name)
    return {} if value is None else mapping(value, (*place, name))


def items(value: Any, place: Place) -> Sequence[Any]:
    if not isinstance(value, list):
        raise Refusal.invalid("must be an array", *place)
    return value


def text(body: Mapping[str, Any], name: str, place: Place, *, choices: Sequence[str] = ()) -> str:
    value = body.get(name)
    if value is None:
        raise Refusal.invalid("is required", *place, name)
    if not isinstance(value, str):
        raise Refusal.invalid("must be a string", *place, name)
    if choices and value not in choices:
        raise Refusal.invalid(f"must be one of {', '.join(choices)}", *place, name)
    return value


def optional_text(body: Mapping[str, Any], name: str, place: Place, *, choices: Sequence[str] = ()) -> str | None:
    return None if body.get(name) is None else text(body, name, place, choices=choices)


def optional_flag(body: Mapping[str, Any], name: str, place: Place) -> bool:
    value = body.get(name)
    if value is not None and not isinstance(value, bool):
        raise Refusal.invalid("must be a boolean", *place, name)
    return bool(value)


def optional_whole(
    body: Mapping[str, Any], name: str, place: Place, *, least: int = 1, most: int = 2**31 - 1
) -> int | None:
    value = body.get(name)
    if value is None:
        return None
    return whole(value, (*place, name), least=least, most=most)


def whole(value: Any, place: Place, *, least: int = 1, most: int = 2**31 - 1) -> int:
    """An integer. ``100.0`` and ``"100"`` are taken too: real clients send both, and the clouds take them."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20:
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise Refusal.invalid("must be an integer", *place)
    if not least <= value <= most:
        raise Refusal.invalid(f"must be between {least} and {most}", *place)
    return value


def number(value: Any, place: Place) -> float:
    # An integer of hundreds of digits fits no float, and no question about it raises anything but OverflowError.
    with contextlib.suppress(OverflowError):
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            return float(value)
    raise Refusal.invalid("must be a number", *place)


def query_whole(call: Call, name: str, default: int, *, least: int = 1, most: int = 2**31 - 1) -> int:
    value = call.one(name)
    return default if value is None else whole(value, ("query", name), least=least, most=most)


def query_day(call: Call, name: str) -> date:
    """A date such as ``2026-09-14``, which must be there."""
    value = call.one(name)
    if value is None:
        raise Refusal.invalid("is required", "query", name)
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Refusal.invalid("must be a date", "query", name) from None


def query_date(call: Call, name: str) -> float | None:
    """A moment, in seconds since the Unix epoch, from a date with or without a time."""
    value = call.one(name)
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        raise Refusal.invalid("must be a date", "query", name) from None


def query_flag(call: Call, name: str, default: bool = False) -> bool:
    value = call.one(name)
    if value is None:
        return default
    if value.lower() not in ("true", "false", "1", "0"):
        raise Refusal.invalid("must be a boolean", "query", name)
    return value.lower() in ("true", "1")


def query_choice(call: Call, name: str, choices: Sequence[str], *, required: bool = False) -> str | None:
    value = call.one(name)
    if value is None and required:
        raise Refusal.invalid("is required", "query", name)
    if value is not None and value not in choices:
        raise Refusal.invalid(f"must be one of {', '.join(choices)}", "query", name)
    return value
