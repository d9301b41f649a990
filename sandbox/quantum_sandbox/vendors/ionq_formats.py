"""JSON Schemas of IonQ's artifact formats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import ionq_results as results

NATIVE = "ionq.native.v1"

_PROBABILITY = {"type": "number", "minimum": 0, "maximum": 1}
_COUNT = {"type": "integer", "minimum": 0}
_BIT = {"type": "integer", "enum": [0, 1]}


def _states(value: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "propertyNames": {"pattern": "^[0-9]+$"}, "additionalProperties": value}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _registers(value: Mapping[str, Any]) -> dict[str, Any]:
    of_bits = {"type": "object", "propertyNames": {"pattern": "^[01]+$"}, "additionalProperties": value}
    return _object(registers={"type": "object", "additionalProperties": of_bits})


_SHOT = _object(registers={"type": "object", "additionalProperties": {"type": "array", "items": _BIT}})
_SCHEMAS: Mapping[str, tuple[str, dict[str, Any]]] = {
    results.PROBABILITIES_V1: ("Probability of each state, by its number.", _states(_PROBABILITY)),
    results.PROBABILITIES_V2: (
        "Probability of each state, by register, bit 0 leftmost.",
        _object(probabilities=_registers(_PROBABILITY)),
    ),
    results.HISTOGRAM_V1: ("Shots of each state, by its number.", _states(_COUNT)),
    results.HISTOGRAM_V2: ("Shots of each state, by register, bit 0 leftmost.", _object(histogram=_registers(_COUNT))),
    results.SHOTS_V1: ("The state of each shot.", {"type": "array", "items": {"type": "string"}}),
    results.SHOTS_V2: (
        "Bits of each shot, by register, bit 0 first.",
        _object(shots={"type": "array", "items": _SHOT}),
    ),
    results.AGGREGATE: (
        "Probabilities of each circuit, by the id of its job.",
        {"type": "object", "additionalProperties": _states(_PROBABILITY)},
    ),
    NATIVE: (
        "A circuit in native gates.",
        _object(qubits=_COUNT, circuit={"type": "array", "items": {"type": "object"}}),
    ),
}


def schema_of(name: str) -> dict[str, Any] | None:
    """The schema of a format, or None for one that is not known."""
    if name not in _SCHEMAS:
        return None
    description, schema = _SCHEMAS[name]
    head = {"$schema": "https://json-schema.org/draft-07/schema", "$id": name, "description": description}
    return {**head, **schema}
