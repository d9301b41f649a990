"""Debiasing of IonQ's QPUs: the shots of a circuit are shared out to variants of it, each on other qubits.

On a machine without errors all variants are the same circuit, so a variant here is a run of the job's own shots, in the
order in which the job's result lists them. How many variants there are is our reading; that their sum is the average,
and that in the vote a variant has its most frequent outcome only, are the vendor's words.
"""

from __future__ import annotations

import random
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from quantum_jobs.sandbox.engine import Measured
from quantum_jobs.sandbox.jobs import Job

from . import ionq_results as results
from .ionq_devices import Backend

LEAST_SHOTS = 500
_SHOTS_OF_VARIANT = 100
_MOST_VARIANTS = 20
_FORMATS = (results.PROBABILITIES_V2, results.HISTOGRAM_V2, results.SHOTS_V2)


@attrs.frozen
class Variant:
    """One of the circuits that were run, on the qubits `qubit_map` of the device."""

    id: str
    qubit_map: Sequence[int]
    shots: int


def is_wanted(request: Mapping[str, Any]) -> bool | None:
    """What the submitter says of it, None for nothing."""
    # Version 0.3 has no settings around it, and a shorter name.
    mitigation = (request.get("settings") or request).get("error_mitigation") or {}
    wanted: bool | None = mitigation.get("debiasing", mitigation.get("debias"))
    return wanted


def is_used(job: Job, backend: Backend) -> bool:
    """Whether a job that has run was debiased: on QPUs from 500 shots on, in native gates only if asked for."""
    if backend.is_simulator or job.child_ids or not job.measured or (job.shots or 0) < LEAST_SHOTS:
        return False
    wanted = is_wanted(job.request)
    return (job.request.get("input") or {}).get("gateset") != "native" if wanted is None else wanted


def variants(job: Job, backend: Backend) -> Sequence[Variant]:
    shots = job.shots or 0
    many = max(1, min(shots // _SHOTS_OF_VARIANT, _MOST_VARIANTS))
    chance = random.Random(job.seed)
    return [
        Variant(
            id=str(uuid.uuid5(uuid.UUID(job.id), f"variant {index}")),
            qubit_map=chance.sample(range(backend.qubits), job.measured[0].num_qubits),
            shots=shots // many + (index < shots % many),
        )
        for index in range(many)
    ]


def rendered(job: Job, backend: Backend) -> dict[str, Any]:
    """What stands in a job's ``output.error_mitigation``."""
    found = [
        {
            "variant_id": variant.id,
            "qubit_map": list(variant.qubit_map),
            "shots": variant.shots,
            "results": {name: results.descriptor(_id(variant.id, name), name) for name in _FORMATS},
        }
        for variant in variants(job, backend)
    ]
    aggregations = {name: results.descriptor(_id(job.id, name), results.HISTOGRAM_V2) for name in _AGGREGATIONS}
    return {"debiasing": {"variants": found, "aggregation_method": "average"}, "aggregations": aggregations}


def artifact(job: Job, backend: Backend, artifact_id: str) -> Any:
    """The content of a variant's result or of an aggregation; None where the id names neither."""
    for name, aggregate in _AGGREGATIONS.items():
        if _id(job.id, name) == artifact_id:
            return results.content(_counted(job, aggregate(job, backend)), results.HISTOGRAM_V2)
    for variant, shots in _runs(job, backend):
        for name in _FORMATS:
            if _id(variant.id, name) == artifact_id:
                return results.content(_counted(job, Counter(shots)), name, shots)
    return None


def sharpened(job: Job, backend: Backend) -> dict[str, float]:
    """Probabilities by the vote, as the version 1 format has them."""
    probabilities: dict[str, float] = results.content(_counted(job, _vote(job, backend)), results.PROBABILITIES_V1)
    return probabilities


def _average(job: Job, backend: Backend) -> Mapping[str, int]:
    return job.measured[0].counts or {}


def _vote(job: Job, backend: Backend) -> Mapping[str, int]:
    """Each variant gives all its shots to its most frequent outcome, the lowest of several."""
    votes: Counter[str] = Counter()
    for variant, shots in _runs(job, backend):
        counts = Counter(shots)
        votes[min(counts, key=lambda outcome: (-counts[outcome], outcome))] += variant.shots
    return dict(sorted(votes.items()))


_AGGREGATIONS: Mapping[str, Callable[[Job, Backend], Mapping[str, int]]] = {"average": _average, "voting": _vote}


def _runs(job: Job, backend: Backend) -> Iterator[tuple[Variant, list[str]]]:
    """The variants, each with its shots."""
    shots, start = results.shots_in_order(job), 0
    for variant in variants(job, backend):
        yield variant, shots[start : start + variant.shots]
        start += variant.shots


def _counted(job: Job, counts: Mapping[str, int]) -> Measured:
    """The job's circuit, as if these were its shots."""
    shots = sum(counts.values())
    probabilities = {outcome: count / shots for outcome, count in counts.items()}
    return attrs.evolve(job.measured[0], counts=counts, probabilities=probabilities)


def _id(owner: str, name: str) -> str:
    return str(uuid.uuid5(uuid.UUID(owner), name))
