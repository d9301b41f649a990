"""Large JSON, read in small steps.

``json.loads`` holds the interpreter's lock from the first byte to the last. For a result of 20 qubits that is about a
second, by which every deadline of the process is late. Here other threads run in between.
"""

from __future__ import annotations

import json
import re
from typing import Any

#: Characters that are read in one step; and what an inner container is tried with first, as most are small.
STEP, SMALL = 65_536, 1_024
#: Members that are read one by one, at most, before many at once are tried again.
MOST_ONE_BY_ONE = 1_024

_decode = json.JSONDecoder().raw_decode
_blanks = re.compile(r"[ \t\n\r]*")
#: Where a step may end: behind an inner container, else behind any member.
_ENDS = {
    "{": (re.compile(r'(?<=[}\]])[ \t\n\r]*,(?=[ \t\n\r]*")'), re.compile(r',(?=[ \t\n\r]*")')),
    "[": (re.compile(r"(?<=[}\]])[ \t\n\r]*,"), re.compile(",")),
}
_CLOSING = {"{": "}", "[": "]"}


def loads(body: bytes) -> Any:
    """The same as ``json.loads``, at about its speed. Raises ValueError or RecursionError."""
    text = body.decode(json.detect_encoding(body), "surrogatepass")
    value, at = _value(text, _skip(text, 0))
    if at != len(text):
        raise json.JSONDecodeError("Extra data", text, at)
    return value


def _skip(text: str, at: int) -> int:
    match = _blanks.match(text, at)
    return match.end() if match else at


def _value(text: str, at: int) -> tuple[Any, int]:
    """The value that begins here, and where what follows it begins."""
    if text[at : at + 1] in _CLOSING:
        for length in (SMALL, STEP):
            try:
                value, end = _decode(text[at : at + length])
            except json.JSONDecodeError:  # it is larger, or no JSON
                continue
            return value, _skip(text, at + end)
        return _container(text, at)
    value, end = _decode(text, at)
    return value, _skip(text, end)


def _container(text: str, at: int) -> tuple[Any, int]:
    """The large object or array that begins here, and where what follows it begins."""
    opening = text[at]
    members: Any = {} if opening == "{" else []
    add = members.update if opening == "{" else members.extend
    at = _skip(text, at + 1)
    one_by_one, left = 1, 0
    while True:
        many = _many(text, at, opening) if left == 0 else None
        if many is not None:
            one_by_one = 1
        elif left == 0:
            left = one_by_one = min(2 * one_by_one, MOST_ONE_BY_ONE)
        else:
            left -= 1
        part, at = many or _one(text, at, opening)
        add(part)
        mark = text[at : at + 1]
        at = _skip(text, at + 1)
        if mark == _CLOSING[opening]:
            return members, at
        if mark != ",":
            raise json.JSONDecodeError("Expecting ',' delimiter", text, at)


def _many(text: str, at: int, opening: str) -> tuple[Any, int] | None:
    """As many members as are in one step, and where the comma behind them is; None where they cannot be told apart."""
    step = text[at : at + STEP]
    for end in _ENDS[opening]:
        commas = [match.end() - 1 for match in end.finditer(step, max(0, len(step) - SMALL))]
        members = step[: commas[-1]] if commas else ""
        if not members.strip():
            continue
        whole = f"{opening}{members}{_CLOSING[opening]}"
        try:
            value, length = _decode(whole)
        except json.JSONDecodeError:  # the comma is within a member
            continue
        if length == len(whole):
            return value, at + commas[-1]
    return None


def _one(text: str, at: int, opening: str) -> tuple[Any, int]:
    """One member, and where the mark behind it is."""
    if opening == "[":
        value, at = _value(text, at)
        return [value], at
    if text[at : at + 1] != '"':
        raise json.JSONDecodeError("Expecting property name enclosed in double quotes", text, at)
    key, at = _value(text, at)
    if text[at : at + 1] != ":":
        raise json.JSONDecodeError("Expecting ':' delimiter", text, at)
    value, at = _value(text, _skip(text, at + 1))
    return {key: value}, at
