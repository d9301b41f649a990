"""Debiasing on IonQ's QPUs: the shots of a circuit are divided among variants of it, each on different qubits.

Each variant has a systematic error: one of the circuit's qubits is misread in a tenth of its shots. The shots, the
histogram and the results of the variants have this error. The aggregations remove it, and the probabilities of a job
are one of them. So the histogram of a debiased job differs from its probabilities, and a sandbox without noise still
gives probabilities without errors. The number of variants, their errors and the filter are our assumptions; that voting
counts the most frequent outcome of each variant is documented by the vendor.
"""

from __future__ import annotations

import random
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from quantum_sandbox.jobs import Job

from . import ionq_result_formats as results
from .ionq_devices import Backend

LEAST_SHOTS = 500
_SHOTS_OF_VARIANT = 100
_MOST_VARIANTS = 20
_MISREAD = 0.1
_RARE = 0.1
"""The non-linear aggregation removes outcomes rarer than this part of the most frequent one."""
_FORMATS = (results.PROBABILITIES_V2, results.HISTOGRAM_V2, results.SHOTS_V2)
DEFAULT_METHOD = "average"


@attrs.frozen
class Variant:
    """A variant of the circuit, on the qubits `qubit_map` of the device; its qubit `misread` has the readout error."""

    id: str
    qubit_map: Sequence[int]
    shots: int
    misread: int


def is_requested(request: Mapping[str, Any]) -> bool | None:
    """Whether the submission requests debiasing; None where it does not say."""
    # v0.3 has it at the top level, under a shorter name.
    mitigation = (request.get("settings") or request).get("error_mitigation") or {}
    wanted: bool | None = mitigation.get("debiasing", mitigation.get("debias"))
    return wanted


def is_used(job: Job, backend: Backend) -> bool:
    """Whether a job that has run was debiased: on QPUs from 500 shots on; with native gates only on request."""
    if backend.is_simulator or job.child_ids or not job.measured or (job.shots or 0) < LEAST_SHOTS:
        return False
    wanted = is_requested(job.request)
    given = job.request.get("input")
    gateset = given.get("gateset") if isinstance(given, Mapping) else None
    return gateset != "native" if wanted is None else wanted


def variants(job: Job, backend: Backend) -> Sequence[Variant]:
    shots, qubits = job.shots or 0, job.measured[0].num_qubits
    many = max(1, min(shots // _SHOTS_OF_VARIANT, _MOST_VARIANTS))
    rng = random.Random(job.seed)
    maps = [rng.sample(range(backend.qubits), qubits) for _ in range(many)]
    return [
        Variant(
            id=str(uuid.uuid5(uuid.UUID(job.id), f"variant {index}")),
            qubit_map=qubit_map,
            shots=shots // many + (index < shots % many),
            misread=rng.randrange(max(1, qubits)),
        )
        for index, qubit_map in enumerate(maps)
    ]


def rendered(job: Job, backend: Backend) -> dict[str, Any]:
    """The ``output.error_mitigation`` of a job."""
    found = [
        {
            "variant_id": variant.id,
            "qubit_map": list(variant.qubit_map),
            "shots": variant.shots,
            "results": {name: results.descriptor(_id(variant.id, name), name) for name in _FORMATS},
        }
        for variant in variants(job, backend)
    ]
    aggregations = {name: results.descriptor(_id(job.id, name), results.HISTOGRAM_V2) for name in _METHODS}
    return {"debiasing": {"variants": found, "aggregation_method": DEFAULT_METHOD}, "aggregations": aggregations}


def artifact(job: Job, backend: Backend, artifact_id: str) -> Any:
    """The content of an artifact: a result of a variant, or an aggregation; None for another id."""
    circuit = job.measured[0]
    for name, aggregated in _METHODS.items():
        if _id(job.id, name) == artifact_id:
            return results.content(circuit, results.HISTOGRAM_V2, aggregated(job, backend))
    for variant, outcomes in _runs(job, backend):
        for name in _FORMATS:
            if _id(variant.id, name) == artifact_id:
                counts = Counter(outcomes)
                distribution = _normalised(counts) if name == results.PROBABILITIES_V2 else counts
                return results.content(circuit, name, distribution, [results.Shot(outcome) for outcome in outcomes])
    return None


def methods() -> Sequence[str]:
    """The names of the aggregations."""
    return list(_METHODS)


def probabilities(job: Job, backend: Backend, method: str) -> dict[str, float]:
    """The probabilities of a debiased job by one aggregation, in the format of version 1."""
    distribution = _normalised(_METHODS[method](job, backend))
    return results.by_number(job.measured[0], distribution)


def outcomes_as_measured(job: Job, backend: Backend) -> list[str]:
    """The outcome of each shot, with the errors of the variants where the job was debiased."""
    if not is_used(job, backend):
        return results.outcomes_in_order(job)
    return [outcome for _, outcomes in _runs(job, backend) for outcome in outcomes]


def _average(job: Job, backend: Backend) -> Mapping[str, int]:
    """The counts without the errors of the variants."""
    return job.measured[0].counts or {}


def _vote(job: Job, backend: Backend) -> Mapping[str, int]:
    """Each variant gives all its shots to its most frequent outcome; of several, to the lowest."""
    votes: Counter[str] = Counter()
    for variant, outcomes in _runs(job, backend):
        counts = Counter(outcomes)
        votes[min(counts, key=lambda outcome: (-counts[outcome], outcome))] += variant.shots
    return dict(sorted(votes.items()))


def _filtered(job: Job, backend: Backend) -> Mapping[str, int]:
    """The average without rare outcomes, whose shots are distributed among the others in proportion."""
    counts = _average(job, backend)
    most = max(counts.values())
    kept = {outcome: count for outcome, count in counts.items() if count >= _RARE * most}
    shots, total = sum(counts.values()), sum(kept.values())
    shares = {outcome: divmod(count * shots, total) for outcome, count in kept.items()}
    missing = shots - sum(whole for whole, _ in shares.values())
    upwards = sorted(shares, key=lambda outcome: (-shares[outcome][1], outcome))[:missing]
    return {outcome: whole + (outcome in upwards) for outcome, (whole, _) in shares.items()}


_METHODS: Mapping[str, Callable[[Job, Backend], Mapping[str, int]]] = {
    DEFAULT_METHOD: _average,
    "voting": _vote,
    "dnl": _filtered,
}
"""The aggregations, which combine the results of all variants, by name."""


def _runs(job: Job, backend: Backend) -> Iterator[tuple[Variant, list[str]]]:
    """The variants, each with the measured outcomes of its shots."""
    outcomes, start = results.outcomes_in_order(job), 0
    for index, variant in enumerate(variants(job, backend)):
        rng = random.Random(f"{job.seed}:{index}")
        position = -1 - job.measured[0].qubits[variant.misread] if job.measured[0].num_qubits else 0
        own = outcomes[start : start + variant.shots]
        yield (
            variant,
            [_with_flipped_bit(one, position) if rng.random() < _MISREAD else one for one in own] if position else own,
        )
        start += variant.shots


def _with_flipped_bit(outcome: str, position: int) -> str:
    """The outcome with one bit flipped. `position` counts from the right: -1 is bit 0."""
    position += len(outcome)
    return outcome[:position] + ("1" if outcome[position] == "0" else "0") + outcome[position + 1 :]


def _normalised(counts: Mapping[str, int]) -> dict[str, float]:
    shots = sum(counts.values())
    return {outcome: count / shots for outcome, count in counts.items()}


def _id(owner: str, name: str) -> str:
    return str(uuid.uuid5(uuid.UUID(owner), name))
