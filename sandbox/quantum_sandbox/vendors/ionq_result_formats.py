"""IonQ's result formats and their JSON Schemas.

Keys of version 1 are decimal integers whose bit i is the final state of qubit i. Version 2 has bitstrings for each
register, with bit 0 leftmost: named registers are the program's classical bits (in a JSON circuit, qubits), and
``output_all`` is the final state of every qubit. The ideal simulator, which samples no shots, has ``output_all`` only.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from quantum_sandbox.engine import CircuitResult
from quantum_sandbox.jobs import Job

from . import ionq_result_formats as results

PROBABILITIES_V1 = "ionq.result.probabilities.json.v1"
PROBABILITIES_V2 = "ionq.result.probabilities.json.v2"
HISTOGRAM_V1 = "ionq.result.histogram.json.v1"
HISTOGRAM_V2 = "ionq.result.histogram.json.v2"
SHOTS_V1 = "ionq.result.shots.json.v1"
SHOTS_V2 = "ionq.result.shots.json.v2"
AGGREGATE = "ionq.result.probabilities-aggregate.json.v1"

KINDS: Mapping[str, str] = {
    "probabilities": PROBABILITIES_V1,
    "histogram": HISTOGRAM_V1,
    "shots": SHOTS_V1,
}
"""The formats of results by URL, by their names in the URL."""

_SAMPLED = (HISTOGRAM_V1, HISTOGRAM_V2, SHOTS_V1, SHOTS_V2)
_OUTPUT_ALL = "output_all"


@attrs.frozen
class Shot:
    """One shot: its outcome, and for each qubit whether it leaked, where that was measured."""

    outcome: str
    leakage_bits: Sequence[int] | None = None


def is_function(job: Job) -> bool:
    """Whether a job that has run is a function, with values instead of outcomes."""
    return job.parent_id is None and bool(job.solved)


def is_sampled(job: Job) -> bool:
    """Whether a job that has run sampled shots."""
    return any(measured.counts is not None for measured in job.measured)


def formats(job: Job) -> Sequence[str]:
    """The result formats of a completed job."""
    if is_function(job):
        return []
    if job.child_ids:
        return [AGGREGATE]
    both = (PROBABILITIES_V1, HISTOGRAM_V1, SHOTS_V1, PROBABILITIES_V2, HISTOGRAM_V2, SHOTS_V2)
    return both if is_sampled(job) else [name for name in both if name not in _SAMPLED]


def aggregate(job: Job) -> dict[str, dict[str, float]]:
    """The probabilities of each circuit of a job, those of deleted children included."""
    circuits = zip(job.child_ids, job.measured, strict=True)
    return {child_id: by_number(measured, measured.probabilities) for child_id, measured in circuits}


def content(
    measured: CircuitResult, result_format: str, distribution: Mapping[str, Any], shots: Sequence[Shot] = ()
) -> Any:
    """A result of one circuit in a format: from `distribution`, or from `shots` in the formats of shots."""
    if result_format in (PROBABILITIES_V1, HISTOGRAM_V1):
        return by_number(measured, distribution)
    if result_format == SHOTS_V1:
        read = _reader(measured.qubits)
        return [str(_number(read(shot.outcome))) for shot in shots]
    if result_format == PROBABILITIES_V2:
        return {"probabilities": {"registers": by_register(measured, distribution)}}
    if result_format == HISTOGRAM_V2:
        return {"histogram": {"registers": by_register(measured, distribution)}}
    return {"shots": [_shot(measured, shot) for shot in shots]}


def by_number(measured: CircuitResult, distribution: Mapping[str, Any]) -> dict[str, Any]:
    """A distribution in the format of version 1."""
    read = _reader(measured.qubits)
    found: dict[str, Any] = {}
    for outcome, value in distribution.items():
        key = str(_number(read(outcome)))
        found[key] = found.get(key, 0) + value
    return found


def by_register(measured: CircuitResult, distribution: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """A distribution in the format of version 2: the marginal of each register."""
    found: dict[str, dict[str, Any]] = {}
    for name, bits in registers_of(measured).items():
        read = _reader(bits)
        marginal: dict[str, Any] = {}
        for outcome, value in distribution.items():
            key = read(outcome)
            marginal[key] = marginal.get(key, 0) + value
        found[name] = marginal
    return found


def registers_of(measured: CircuitResult) -> dict[str, Sequence[int | None]]:
    """The registers of a result, named ones first. Each is a list of bit positions in an outcome."""
    # A register without bits has no outcome: the schema of the format allows no empty key.
    named = {name: bits for name, bits in measured.registers.items() if bits and name != _OUTPUT_ALL}
    return {**(named if measured.counts is not None else {}), _OUTPUT_ALL: measured.qubits}


def bits_of(outcome: str, bits: Sequence[int | None]) -> list[int]:
    """The bits of a register in an outcome, bit 0 first."""
    return [int(bit) for bit in _reader(bits)(outcome)]


def descriptor(artifact_id: str, result_format: str) -> dict[str, str]:
    """The entry of an artifact in a job."""
    return {"id": artifact_id, "format": result_format, "media_type": "application/json"}


def artifact_id(job: Job, result_format: str) -> str:
    """The id of an artifact, which is the same each time the job is read."""
    return str(uuid.uuid5(uuid.UUID(job.id), result_format))


def outcomes_in_order(job: Job) -> list[str]:
    """The outcome of each shot, in a random order that depends on the job's seed only."""
    counts = job.measured[0].counts or {}
    outcomes = [outcome for outcome, count in counts.items() for _ in range(count)]
    random.Random(job.seed).shuffle(outcomes)
    return outcomes


def _reader(bits: Sequence[int | None]) -> Callable[[str], str]:
    """A function that gives a register of an outcome, bit 0 leftmost. A bit that nothing was measured into is 0."""
    whole = list(range(len(bits)))

    def read(outcome: str) -> str:
        return "".join("0" if bit is None or bit >= len(outcome) else outcome[-1 - bit] for bit in bits)

    # Faster for the usual case that the register is the whole outcome: there may be 100,000 outcomes.
    return (lambda outcome: outcome[::-1] if len(outcome) == len(bits) else read(outcome)) if bits == whole else read


def _number(bits: str) -> int:
    """The integer whose bit i is the character i."""
    return int(bits[::-1] or "0", 2)


def _shot(measured: CircuitResult, shot: Shot) -> dict[str, Any]:
    registers = {name: bits_of(shot.outcome, bits) for name, bits in registers_of(measured).items()}
    leakage = {} if shot.leakage_bits is None else {"leakage_bits": list(shot.leakage_bits)}
    return {"registers": registers, **leakage}


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
    """The JSON Schema of a format, or None for an unknown one."""
    if name not in _SCHEMAS:
        return None
    description, schema = _SCHEMAS[name]
    head = {"$schema": "https://json-schema.org/draft-07/schema", "$id": name, "description": description}
    return {**head, **schema}
