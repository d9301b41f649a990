"""Boolean conditions on measured bits, as qiskit expressions. Runs in the worker process only.

Each has its size, which is limited: a condition that uses its predecessor twice at each step grows exponentially.
"""

from __future__ import annotations

from typing import Any

import attrs
from qiskit.circuit.classical import expr

from .data import ProgramError

_MAX_SIZE = 500


@attrs.frozen
class Condition:
    """`size` counts the operations; 0 for a constant, whose expression is True or False."""

    expression: Any
    size: int


TRUE, FALSE = Condition(True, 0), Condition(False, 0)


def of_bit(bit: Any) -> Condition:
    return Condition(expr.lift(bit), 1)


def negated(value: Condition) -> Condition:
    if value.size == 0:
        return FALSE if value == TRUE else TRUE
    return _made(expr.logic_not(value.expression), value.size)


def both(first: Condition, second: Condition) -> Condition:
    if first.size and second.size:
        return _made(expr.logic_and(first.expression, second.expression), first.size + second.size)
    constant, other = (first, second) if first.size == 0 else (second, first)
    return other if constant == TRUE else FALSE


def either(first: Condition, second: Condition) -> Condition:
    return negated(both(negated(first), negated(second)))


def choice(condition: Condition, when_true: Condition, when_false: Condition) -> Condition:
    return either(both(condition, when_true), both(negated(condition), when_false))


def _made(expression: Any, size: int) -> Condition:
    if size >= _MAX_SIZE:
        raise ProgramError("too_complex", "a condition is too long")
    return Condition(expression, size + 1)
