"""From a validator's errors to places in the document: the branch of an anyOf that was meant, one complaint for each
missing or surplus property, at that property."""

import re
from collections.abc import Iterable
from typing import Any

from attrs import frozen
from jsonschema.exceptions import ValidationError

UNIONS = ("anyOf", "oneOf")
#: An alternative that fails on one of these at its root was not meant.
DISCRIMINATING = ("type", "const", "enum")


@frozen(order=True)
class Complaint:
    """A place and what is wrong there."""

    path: str
    text: str


def complaints(errors: Iterable[ValidationError]) -> list[Complaint]:
    """One complaint for each place, in the order of the places."""
    found = {each for error in errors for leaf in _leaves(error) for each in _at_its_place(leaf)}
    return sorted(found)


def _leaves(error: ValidationError) -> list[ValidationError]:
    if error.validator not in UNIONS or not error.context:
        return [error]
    branches: dict[object, list[ValidationError]] = {}
    for inner in error.context:
        branches.setdefault(inner.schema_path[0], []).append(inner)
    meant = min(branches.values(), key=lambda branch: _distance(branch, len(error.absolute_path)))
    return [leaf for inner in meant for leaf in _leaves(inner)]


def _distance(branch: list[ValidationError], depth: int) -> tuple[int, int]:
    """How far an alternative is from what was sent: first whether it is of another kind, then how much is wrong."""
    leaves = [leaf for inner in branch for leaf in _leaves(inner)]
    other_kind = sum(_names_the_kind(leaf, depth) for leaf in leaves)
    return other_kind, len([each for leaf in leaves for each in _at_its_place(leaf)])


def _names_the_kind(leaf: ValidationError, depth: int) -> bool:
    steps = list(leaf.absolute_path)[depth:]
    return leaf.validator in DISCRIMINATING and (not steps or (steps == ["type"] and leaf.validator != "type"))


def _at_its_place(error: ValidationError) -> list[Complaint]:
    base = error.json_path
    if error.validator == "required" and isinstance(error.instance, dict):
        required: Any = error.validator_value
        missing = [name for name in required if name not in error.instance]
        return [Complaint(below(base, name), "is required, and missing") for name in missing]
    if error.validator in ("additionalProperties", "unevaluatedProperties") and isinstance(error.instance, dict):
        known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
        surplus = [name for name in error.instance if name not in known]
        return [Complaint(below(base, name), "is not in the spec") for name in surplus]
    return [Complaint(base, _short(error.message))]


def below(path: str, name: str) -> str:
    """The JSONPath of a property, as the validator writes it."""
    return f"{path}.{name}" if re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) else f"{path}['{name}']"


def _short(text: str) -> str:
    return text if len(text) <= 200 else text[:97] + " ... " + text[-97:]
