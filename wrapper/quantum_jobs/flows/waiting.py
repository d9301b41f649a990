"""Waiting, as callers see it: for one job, for all of many, for each as it ends, for a result."""

from __future__ import annotations

import math
from collections.abc import Sequence

from quantum_jobs.errors import (
    JobCancelledError,
    JobFailedError,
    JobOnHoldError,
    QuantumJobsError,
    UnsupportedError,
    UsageError,
    WaitTimeoutError,
)
from quantum_jobs.flows.ask import JobState
from quantum_jobs.flows.fetching import fetch
from quantum_jobs.flows.following import Report, Watch, follow, unique
from quantum_jobs.http.commands import Emit, Flow, now
from quantum_jobs.model import JobStatus, Result


def wait_one(state: JobState, timeout: float | None) -> Flow[None]:
    """Wait until one job is over. Raises JobOnHoldError, WaitTimeoutError, or the error that will not go away."""
    deadline = _deadline(timeout, (yield from now()))
    watch = Watch([state], deadline, fetch=False)
    yield from follow(watch)
    if state in watch.lost:
        raise watch.lost[state]
    if state.record.status is JobStatus.ON_HOLD:
        why = state.record.status_message or state.record.vendor_status
        raise JobOnHoldError(
            f"{state.record.ref} is on hold ({why}): only a person can release it, at the service; "
            "wait again after that",
            job=state.owner,
        )
    if not state.record.status.is_final:
        raise timed_out([state], timeout)


def wait_all(
    states: Sequence[JobState], timeout: float | None, report: Report | None = None
) -> Flow[tuple[list[JobState], list[JobState]]]:
    """The states that finished and those that did not, both in input order. Never raises on time."""
    deadline = _deadline(timeout, (yield from now()))
    watch = Watch(states, deadline, fetch=True, report=report)
    yield from follow(watch)
    done = {state for state in states if state.record.status.is_final and state not in watch.lost}
    return [state for state in states if state in done], [state for state in states if state not in done]


def as_completed(states: Sequence[JobState], timeout: float | None, report: Report | None = None) -> Flow[None]:
    """Hands out each state when its job is over. Raises WaitTimeoutError with the jobs still waited for."""
    deadline = _deadline(timeout, (yield from now()))
    watch = _Handing(states, deadline, fetch=True, report=report)
    yield from follow(watch)
    left = [state for state in unique(states) if state not in watch.settled]
    if left:
        raise timed_out(left, timeout)


class _Handing(Watch):
    def settle(self, state: JobState) -> Flow[None]:
        self.settled.add(state)
        yield Emit(state)


def timed_out(states: Sequence[JobState], timeout: float | None, last: str = "") -> WaitTimeoutError:
    """The error for jobs that are not over when the time is, or whose result did not come; ``last`` is what was in the
    way of it."""
    first = states[0].record
    what = f"{first.ref} is {first.status}" if len(states) == 1 else f"{len(states)} jobs are not over"
    after = "" if timeout is None else f" after {max(0.0, timeout):g} s"
    advice = "; its result did not come" if first.status.is_final else "; it goes on"
    why = f" ({last})" if last else ""
    jobs = [state.owner for state in states]
    return WaitTimeoutError(f"{what}{after}{advice}{why}, and can be waited for again", job=jobs[0], jobs=jobs)


def result(state: JobState, timeout: float | None, *, memory: bool) -> Flow[Result]:
    """The one result of a job, waited for. Raises what ``results`` raises, and UnsupportedError for several."""
    several = yield from results(state, timeout, memory=memory)
    if len(several) != 1:
        raise UnsupportedError(
            f"{state.record.ref} is a job of {len(several)} circuits: results() gives one result each, in order"
        )
    return several[0]


def results(state: JobState, timeout: float | None, *, memory: bool) -> Flow[list[Result]]:
    """One result per circuit, waited for.

    Raises JobFailedError, JobCancelledError, JobOnHoldError, WaitTimeoutError, ResultNotReadyError.
    """
    started = yield from now()
    yield from wait_one(state, timeout)
    record = state.record
    if record.status is JobStatus.FAILED:
        code = record.failure.code if record.failure else None
        reason = (record.failure.message if record.failure else None) or record.status_message
        why = ": ".join(part for part in (code, reason) if part) or "the service gives no reason"
        raise JobFailedError(f"{record.ref} failed: {why}", job=state.owner, code=code, reason=reason)
    if record.status is JobStatus.CANCELLED:
        raise JobCancelledError(f"{record.ref} was cancelled, so it has no result", job=state.owner)
    if memory and not (state.results and all(each.memory is not None for each in state.results)):
        state.results = None
    if state.results is None:
        deadline = _deadline(timeout, started)
        try:
            yield from fetch(state, memory=memory, deadline=deadline)
        except QuantumJobsError as error:
            if (yield from now()) < deadline:
                raise
            last = error.message
        else:
            last = ""
        if state.results is None:
            raise timed_out([state], timeout, last)
    assert state.results is not None
    return state.results


def _deadline(timeout: float | None, moment: float) -> float:
    """The moment at which a wait is over; infinite for one without end."""
    if timeout is None:
        return math.inf
    if isinstance(timeout, bool) or not isinstance(timeout, (int, float)) or timeout != timeout:
        raise UsageError(f"timeout must be a number of seconds, or None to wait for ever; got {timeout!r}")
    return math.inf if timeout > _FOR_EVER else moment + max(0.0, timeout)


#: Thirty years, which is longer than any clock of the platform can be asked to wait.
_FOR_EVER = 1e9
