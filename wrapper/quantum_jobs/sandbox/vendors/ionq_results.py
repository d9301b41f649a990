"""IonQ's result formats, made from what was measured.

The formats of version 1 are keyed by a decimal integer whose bit i is qubit i, those of version 2 by a bitstring for
each register. ``output_all`` is the register that holds every bit. IonQ does not say in which order the bits of a
register stand; here bit 0 is rightmost.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from quantum_jobs.sandbox.engine import Measured
from quantum_jobs.sandbox.jobs import Job

PROBABILITIES_V1 = "ionq.result.probabilities.json.v1"
PROBABILITIES_V2 = "ionq.result.probabilities.json.v2"
HISTOGRAM_V1 = "ionq.result.histogram.json.v1"
HISTOGRAM_V2 = "ionq.result.histogram.json.v2"
SHOTS_V1 = "ionq.result.shots.json.v1"
SHOTS_V2 = "ionq.result.shots.json.v2"
AGGREGATE = "ionq.result.probabilities-aggregate.json.v1"

LEGACY_KINDS: Mapping[str, str] = {
    "probabilities": PROBABILITIES_V1,
    "histogram": HISTOGRAM_V1,
    "shots": SHOTS_V1,
}
"""What a result is called where the job gives a URL for it."""


def is_function(job: Job) -> bool:
    """Whether a job that has run is no circuit, and has values instead of outcomes."""
    return job.parent_id is None and bool(job.solved)


def formats(job: Job) -> Sequence[str]:
    """The formats in which a completed job has results."""
    if is_function(job):
        return []
    if job.child_ids:
        return [AGGREGATE]
    measured = job.measured[0]
    version_1 = [PROBABILITIES_V1] if measured.counts is None else [PROBABILITIES_V1, HISTOGRAM_V1, SHOTS_V1]
    version_2 = [PROBABILITIES_V2] if measured.counts is None else [PROBABILITIES_V2, HISTOGRAM_V2, SHOTS_V2]
    # The key of a version 1 result says which qubits were 1. Bits measured from other qubits have no place in it.
    return [*(version_1 if measured.bit_is_qubit else []), *version_2]


def payload(job: Job, result_format: str) -> Any:
    """The body of one result."""
    if result_format == AGGREGATE:
        # The job's own, and so also of children that were deleted.
        circuits = zip(job.child_ids, job.measured, strict=True)
        return {child_id: _decimal(measured.probabilities) for child_id, measured in circuits}
    shots = shots_in_order(job) if result_format in (SHOTS_V1, SHOTS_V2) else ()
    return content(job.measured[0], result_format, shots)


def content(measured: Measured, result_format: str, shots: Sequence[str] = ()) -> Any:
    """What was measured in one of the formats; those of single shots need the `shots`, too."""
    counts = measured.counts or {}
    if result_format == PROBABILITIES_V1:
        return _decimal(measured.probabilities)
    if result_format == HISTOGRAM_V1:
        return _decimal(counts)
    if result_format == SHOTS_V1:
        return [str(int(outcome, 2)) for outcome in shots]
    if result_format == PROBABILITIES_V2:
        return {"probabilities": {"registers": _by_register(measured, measured.probabilities)}}
    if result_format == HISTOGRAM_V2:
        return {"histogram": {"registers": _by_register(measured, counts)}}
    registers = _registers(measured)
    return {
        "shots": [{"registers": {name: _bits(outcome, bits) for name, bits in registers.items()}} for outcome in shots]
    }


def descriptor(artifact_id: str, result_format: str) -> dict[str, str]:
    """Where a result is to be had."""
    return {"id": artifact_id, "format": result_format, "media_type": "application/json"}


def artifact_id(job: Job, result_format: str) -> str:
    """The id of an artifact: the same each time the job is read."""
    return str(uuid.uuid5(uuid.UUID(job.id), result_format))


def shots_in_order(job: Job) -> list[str]:
    """One bitstring for each shot. The order is drawn from the job's seed, so it is the same each time."""
    counts = job.measured[0].counts or {}
    shots = [outcome for outcome, count in counts.items() for _ in range(count)]
    random.Random(job.seed).shuffle(shots)
    return shots


def _decimal(distribution: Mapping[str, Any]) -> dict[str, Any]:
    return {str(int(outcome, 2)): value for outcome, value in distribution.items()}


def _registers(measured: Measured) -> dict[str, Sequence[int | None]]:
    # A register without a bit has no outcome: an empty key is none to the format's own schema.
    registers = {"output_all": list(range(measured.num_bits)), **measured.registers}
    return {name: bits for name, bits in registers.items() if bits}


def _by_register(measured: Measured, distribution: Mapping[str, float]) -> dict[str, dict[str, float]]:
    nested: dict[str, dict[str, float]] = {}
    for name, bits in _registers(measured).items():
        marginal: dict[str, float] = {}
        for outcome, value in distribution.items():
            key = "".join(str(bit) for bit in reversed(_bits(outcome, bits)))
            marginal[key] = marginal.get(key, 0) + value
        nested[name] = marginal
    return nested


def _bits(outcome: str, bits: Sequence[int | None]) -> list[int]:
    """The values of a register, its bit 0 first."""
    return [0 if bit is None or bit >= len(outcome) else int(outcome[-1 - bit]) for bit in bits]
