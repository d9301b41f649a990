"""The jobs of a sandbox as people want to see them: all clouds and accounts together, with circuit and histogram."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from .cloud import Cloud
from .jobs import Job, Phase, state

SHOWN = 200
"""Jobs in a list, the newest of all clouds."""

_LONGEST_PROGRAM = 20_000
_MOST_OUTCOMES = 64


def jobs_of(clouds: Sequence[Cloud], now: float) -> dict[str, Any]:
    """The newest jobs, and how many there are in each phase."""
    jobs = [(job, cloud) for cloud in clouds for job, _ in zip(_without_children(cloud), range(SHOWN), strict=False)]
    jobs.sort(key=lambda pair: -pair[0].submitted_at)
    return {
        "now": now,
        "total": sum(len(cloud.store) for cloud in clouds),
        "jobs": [_summary(job, cloud, now) for job, cloud in jobs[:SHOWN]],
    }


def details_of(clouds: Sequence[Cloud], job_id: str, now: float) -> dict[str, Any] | None:
    """A job with its circuits, and the outcomes of each once it is completed."""
    for cloud in clouds:
        job = cloud.store.get(job_id)
        if job is not None:
            current = state(job, now)
            done = current.phase is Phase.COMPLETED
            return {
                **_summary(job, cloud, now),
                "failure": None if current.failure is None else current.failure.message,
                "programs": _programs(job),
                "histograms": [_most_likely(m.probabilities) for m in job.measured] if done else [],
            }
    return None


def _without_children(cloud: Cloud) -> Any:
    return (job for job in cloud.store.everything() if job.parent_id is None)


def _summary(job: Job, cloud: Cloud, now: float) -> dict[str, Any]:
    current = state(job, now)
    return {
        "id": job.id,
        "service": cloud.name,
        "device": job.device,
        "name": job.name,
        "status": cloud.words[current.phase],
        "phase": current.phase.value,
        "shots": job.shots,
        "circuits": len(job.computations),
        "submitted_at": job.submitted_at,
        "ended_at": current.ended_at,
    }


def _programs(job: Job) -> list[str]:
    """The circuits as text, as far as they are short enough to be looked at."""
    sent = job.request.get("input") or job.request.get("program") or {}
    circuits = sent.get("circuits", [sent]) if isinstance(sent, Mapping) else sent
    return [_text(circuit)[:_LONGEST_PROGRAM] for circuit in circuits[:_MOST_OUTCOMES]]


def _text(circuit: Any) -> str:
    inner = circuit.get("data", circuit) if isinstance(circuit, Mapping) else circuit
    if isinstance(inner, str):
        return inner
    gates = inner.get("circuit") if isinstance(inner, Mapping) else None
    if isinstance(gates, list):
        head = {name: value for name, value in inner.items() if name != "circuit"}
        return "\n".join([json.dumps(head), *(json.dumps(gate) for gate in gates[:500])])
    return json.dumps(inner)


def _most_likely(probabilities: Mapping[str, float]) -> list[list[Any]]:
    """Outcomes with their probabilities in the order of the outcomes; the likeliest ones where there are too many."""
    likeliest = sorted(probabilities.items(), key=lambda pair: -pair[1])[:_MOST_OUTCOMES]
    return [[outcome, probability] for outcome, probability in sorted(likeliest)]
