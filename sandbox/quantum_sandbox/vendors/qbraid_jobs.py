"""qBraid's JSON of a job: its status, times and costs."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from quantum_sandbox.context import without_none
from quantum_sandbox.jobs import Job, JobState, Phase

from .qbraid_devices import DEVICES
from .timestamps import iso

STATUS: Mapping[Phase, str] = {
    Phase.SUBMITTED: "INITIALIZING",
    Phase.VALIDATING: "VALIDATING",
    Phase.QUEUED: "QUEUED",
    Phase.HELD: "HOLD",
    Phase.RUNNING: "RUNNING",
    Phase.CANCELLING: "CANCELLING",
    Phase.CANCELLED: "CANCELLED",
    Phase.COMPLETED: "COMPLETED",
    Phase.FAILED: "FAILED",
}
_NOT_QUEUED_YET = (Phase.SUBMITTED, Phase.VALIDATING, Phase.HELD)


def rendered_new(job: Job, state: JobState) -> dict[str, Any]:
    """A job in the response to its submission. Fields without a value are omitted."""
    device = DEVICES[job.device]
    return without_none(
        {
            "jobQrn": job.id,
            "name": job.name,
            "status": STATUS[state.phase],
            "shots": job.shots,
            "numCircuits": len(job.computations),
            "estimatedCost": _number(estimate_of(job)),
            "experimentType": device.paradigm,
            "vendor": device.vendor,
            "deviceQrn": job.device,
            "tags": dict(job.tags),
            "runtimeOptions": dict(job.request.get("runtimeOptions") or {}),
            "groupJobQrn": job.group_id,
            "timeStamps": {"createdAt": iso(job.submitted_at)},
            "provider": device.provider,
        }
    )


def rendered(job: Job, state: JobState, queue_position: int | None) -> dict[str, Any]:
    """A job as in a listing."""
    return without_none(
        {
            **rendered_new(job, state),
            "statusMsg": None if state.failure is None else state.failure.message,
            "cost": _number(cost_of(job, state)),
            "queuePosition": queue_position,
            "createdAt": iso(job.submitted_at),
            "updatedAt": iso(_changed_at(job, state)),
            "timeStamps": time_stamps(job, state),
        }
    )


def short_device(job: Job) -> dict[str, Any]:
    """The device of a job, as in the response to a request for this job."""
    device = DEVICES[job.device]
    return {
        "qrn": device.qrn,
        "name": device.name,
        "deviceType": device.kind,
        "vendor": device.vendor,
        "status": device.status,
    }


def time_stamps(job: Job, state: JobState) -> dict[str, Any]:
    """The ``timeStamps`` of a job. As recorded from qBraid, their ``createdAt`` changes with the status of the job."""
    created_at = state.started_at or min(state.queued_at, state.ended_at or state.queued_at)
    if state.phase in _NOT_QUEUED_YET:
        created_at = job.submitted_at
    ran = None if state.ended_at is None or state.started_at is None else state.ended_at - state.started_at
    return without_none(
        {
            "createdAt": iso(created_at),
            "endedAt": None if state.ended_at is None else iso(state.ended_at),
            "executionDuration": None if ran is None else round(1000 * ran),
        }
    )


def cost_of(job: Job, state: JobState) -> float | None:
    """What a job cost, in credits: 0 if it did not complete; None before its end."""
    if not state.phase.final:
        return None
    if state.phase is not Phase.COMPLETED or state.ended_at is None or state.started_at is None:
        return 0.0
    seconds = round(state.ended_at - state.started_at, 3)
    return DEVICES[job.device].price(job.shots or 0, seconds, len(job.computations))


def estimate_of(job: Job) -> float:
    """The estimated cost of a job, in credits."""
    return DEVICES[job.device].price(job.shots or 0, job.latency.running, len(job.computations))


def as_text(amount: float, seed: int) -> str:
    """Credits as decimal text, the form in results. Zero has two forms, both of which were recorded from qBraid."""
    if amount:
        return f"{Decimal(repr(amount)).normalize():f}"
    return "0E-33" if seed % 2 else "0"


def _number(amount: float | None) -> float | None:
    """Credits as a number, the form in jobs: an integer where there is no fraction."""
    return int(amount) if amount is not None and amount == int(amount) else amount


def _changed_at(job: Job, state: JobState) -> float:
    """When the status of a job last changed."""
    if state.phase in _NOT_QUEUED_YET:
        return job.held_at or job.submitted_at
    if state.phase is Phase.CANCELLING and job.cancelled_at is not None:
        return job.cancelled_at
    return state.ended_at or state.started_at or state.queued_at
