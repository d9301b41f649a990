"""Faults that change the body of a response: added, missing and mistyped fields, undocumented statuses."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, MutableMapping, MutableSequence
from typing import Any

import attrs

from .faults import Fault
from .http_types import Response

UNKNOWN_STATUS = "resting"
"""The status that ``unknown_status`` gives by default."""

_NEW_VALUE = "added by the sandbox"


def with_fault(response: Response, fault: Fault) -> Response:
    """The response changed by a fault. Errors and responses without the field are returned unchanged."""
    change = _CHANGES.get(fault.do)
    if change is None or response.status >= 400 or not isinstance(response.body, dict | list):
        return response
    body = copy.deepcopy(response.body)
    change(body, fault)
    return attrs.evolve(response, body=body)


def _unknown_status(body: Any, fault: Fault) -> None:
    for container, key in list(_entries_at(body, ["**", "status"])):
        container[key] = fault.value if fault.value is not None else UNKNOWN_STATUS


def _add_field(body: Any, fault: Fault) -> None:
    *parents, name = _steps(fault)
    value = fault.value if fault.value is not None else _NEW_VALUE
    for container in list(_values_at(body, parents)):
        if isinstance(container, dict):
            container[name] = value


def _drop_field(body: Any, fault: Fault) -> None:
    for container, key in list(_entries_at(body, _steps(fault))):
        if isinstance(container, dict):
            container.pop(key, None)


def _wrong_type(body: Any, fault: Fault) -> None:
    for container, key in list(_entries_at(body, _steps(fault))):
        container[key] = fault.value if fault.value is not None else _other_type(container[key])


def _other_type(value: Any) -> Any:
    if isinstance(value, str):
        return 12345
    if isinstance(value, dict):
        return [value]
    if isinstance(value, list):
        return {"0": value}
    return {"unexpected": value}


def _steps(fault: Fault) -> list[str]:
    return (fault.field or "").split(".")


def _values_at(value: Any, steps: list[str]) -> Iterator[Any]:
    """All values at a path."""
    if not steps:
        yield value
        return
    step, *rest = steps
    if step == "**":
        yield from _values_at(value, rest)
        for _, inner in _children(value):
            yield from _values_at(inner, steps)
        return
    for key, inner in _children(value):
        if step in ("*", str(key)):
            yield from _values_at(inner, rest)


def _entries_at(value: Any, steps: list[str]) -> Iterator[tuple[Any, Any]]:
    """All entries at a path, each as its container and its key."""
    *parents, last = steps
    for container in _values_at(value, parents):
        for key, _ in _children(container):
            if last in ("*", str(key)):
                yield container, key


def _children(value: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, MutableMapping):
        yield from value.items()
    elif isinstance(value, MutableSequence):
        yield from enumerate(value)


_CHANGES: dict[str, Callable[[Any, Fault], None]] = {
    "unknown_status": _unknown_status,
    "add_field": _add_field,
    "drop_field": _drop_field,
    "wrong_type": _wrong_type,
}
