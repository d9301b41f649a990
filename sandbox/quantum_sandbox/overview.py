"""The jobs of a sandbox as people want to see them: all clouds and accounts together, with programs and outcomes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from .cloud import Cloud
from .engine import Measured
from .jobs import Job, Phase, state

SHOWN = 200
"""Jobs in a list, the newest of all clouds."""

_LONGEST_PROGRAM = 20_000
_LONGEST_VALUE = 500
_MOST_PROGRAMS = 64
_MOST_OUTCOMES = 64


def jobs_of(clouds: Sequence[Cloud], now: float) -> dict[str, Any]:
    """The newest jobs, and how many there are."""
    own = [(cloud, [job for job in cloud.store.everything() if job.parent_id is None]) for cloud in clouds]
    jobs = [(job, cloud) for cloud, of_cloud in own for job in of_cloud[:SHOWN]]
    jobs.sort(key=lambda pair: -pair[0].submitted_at)
    return {
        "now": now,
        "total": sum(len(of_cloud) for _, of_cloud in own),
        "jobs": [_summary(job, cloud, now) for job, cloud in jobs[:SHOWN]],
    }


def details_of(clouds: Sequence[Cloud], job_id: str, now: float) -> dict[str, Any] | None:
    """A job with its programs, and the outcome of each once it is completed.

    A circuit has a histogram of the likeliest outcomes of its own bits and the number of all; what is no circuit has
    values.
    """
    for cloud in clouds:
        job = cloud.store.get(job_id)
        if job is not None:
            current = state(job, now)
            done = current.phase is Phase.COMPLETED
            found = [_of_own_bits(circuit) for circuit in job.measured[:_MOST_PROGRAMS]] if done else []
            solved = job.solved[:_MOST_PROGRAMS] if done else []
            return {
                **_summary(job, cloud, now),
                "failure": None if current.failure is None else current.failure.message,
                "programs": _programs(job),
                "histograms": [_most_likely(distribution) for distribution in found],
                "outcomes": [len(distribution) for distribution in found],
                "values": [_lines(program.values) for program in solved],
            }
    return None


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
    """What was submitted as text, as far as it is short enough to be looked at."""
    sent = job.request.get("input") or job.request.get("program") or {}
    circuits = sent.get("circuits") if isinstance(sent, Mapping) else sent
    if not isinstance(circuits, list):  # the input of a function may call anything so
        circuits = [sent]
    return [_text(circuit)[:_LONGEST_PROGRAM] for circuit in circuits[:_MOST_PROGRAMS]]


def _text(circuit: Any) -> str:
    inner = circuit.get("data", circuit) if isinstance(circuit, Mapping) else circuit
    if isinstance(inner, str):
        return inner
    gates = inner.get("circuit") if isinstance(inner, Mapping) else None
    if isinstance(gates, list):
        head = {name: value for name, value in inner.items() if name != "circuit"}
        return "\n".join([json.dumps(head), *(json.dumps(gate) for gate in gates[:500])])
    return _lines(inner) if isinstance(inner, Mapping) else _short(inner)


def _lines(values: Mapping[str, Any]) -> str:
    """A line for each value."""
    return "\n".join(f"{name}: {_short(value)}" for name, value in values.items())


def _short(value: Any) -> str:
    """A value as JSON, broken off where it gets long: it may be a list of a hundred thousand shots."""
    text = ""
    for piece in json.JSONEncoder().iterencode(value):
        text += piece
        if len(text) > _LONGEST_VALUE:
            return text[:_LONGEST_VALUE] + " ..."
    return text


def _of_own_bits(circuit: Measured) -> Mapping[str, float]:
    """The probabilities of the program's own bits, without the final states of further qubits."""
    found: dict[str, float] = {}
    for outcome, probability in circuit.probabilities.items():
        own = outcome[-circuit.num_bits :] if circuit.num_bits else outcome
        found[own] = found.get(own, 0.0) + probability
    return found


def _most_likely(probabilities: Mapping[str, float]) -> list[list[Any]]:
    """Outcomes with their probabilities in the order of the outcomes; the likeliest ones where there are too many."""
    likeliest = sorted(probabilities.items(), key=lambda pair: -pair[1])[:_MOST_OUTCOMES]
    return [[outcome, probability] for outcome, probability in sorted(likeliest)]
