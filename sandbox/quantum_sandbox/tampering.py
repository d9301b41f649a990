"""What faults do to an answer's body: a field more, a field less, another type, a word that nobody documented."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, MutableMapping, MutableSequence
from typing import Any

import attrs

from .exchange import Answer
from .faults import Fault

UNKNOWN_STATUS = "resting"
"""The status of ``unknown_status`` where the fault names none."""

_NEW_VALUE = "added by the sandbox"


def tampered(answer: Answer, fault: Fault) -> Answer:
    """The answer as the fault leaves it. Errors and answers without the field stay as they are."""
    change = _CHANGES.get(fault.do)
    if change is None or answer.status >= 400 or not isinstance(answer.body, dict | list):
        return answer
    body = copy.deepcopy(answer.body)
    change(body, fault)
    return attrs.evolve(answer, body=body)


def _unknown_status(body: Any, fault: Fault) -> None:
    for holder, key in list(_places(body, ["**", "status"])):
        holder[key] = fault.value if fault.value is not None else UNKNOWN_STATUS


def _add_field(body: Any, fault: Fault) -> None:
    *parents, name = _steps(fault)
    value = fault.value if fault.value is not None else _NEW_VALUE
    for holder in list(_holders(body, parents)):
        if isinstance(holder, dict):
            holder[name] = value


def _drop_field(body: Any, fault: Fault) -> None:
    for holder, key in list(_places(body, _steps(fault))):
        if isinstance(holder, dict):
            holder.pop(key, None)


def _wrong_type(body: Any, fault: Fault) -> None:
    for holder, key in list(_places(body, _steps(fault))):
        holder[key] = fault.value if fault.value is not None else _other_type(holder[key])


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


def _holders(value: Any, steps: list[str]) -> Iterator[Any]:
    """Everything that the steps lead to."""
    if not steps:
        yield value
        return
    step, *rest = steps
    if step == "**":
        yield from _holders(value, rest)
        for _, inner in _children(value):
            yield from _holders(inner, steps)
        return
    for key, inner in _children(value):
        if step in ("*", str(key)):
            yield from _holders(inner, rest)


def _places(value: Any, steps: list[str]) -> Iterator[tuple[Any, Any]]:
    """Each place that the steps lead to: what holds it, and its key there."""
    *parents, last = steps
    for holder in _holders(value, parents):
        for key, _ in _children(holder):
            if last in ("*", str(key)):
                yield holder, key


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
