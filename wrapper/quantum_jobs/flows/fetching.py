"""Fetching what a service has of a job: its record, its results from the best source, its programs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from quantum_jobs.errors import (
    ConflictError,
    NotFoundError,
    QuantumJobsError,
    ResponseError,
    ResultNotReadyError,
    UnsupportedError,
)
from quantum_jobs.flows.ask import JobState, ask, problem, read, request_of
from quantum_jobs.flows.rounds import Round, status_round
from quantum_jobs.http import retry
from quantum_jobs.http.commands import Flow, Reply, Request, Sleep, now
from quantum_jobs.http.limits import LONGEST_PAUSE
from quantum_jobs.model import JobRecord, Program, Result
from quantum_jobs.services.base import Call

#: How long a completed job's result is waited for without a deadline, in seconds.
READY_WITHIN = 300.0
#: Seconds between two looks at a result that is not ready; it grows up to the second.
FIRST_LOOK, LONGEST_LOOK = 0.5, 10.0


def fetch(state: JobState, *, memory: bool = False, deadline: float = math.inf) -> Flow[None]:
    """Fetch the results of a completed job into its state, from the best source that answers."""
    service = state.connection.service
    calls = service.results(state.record, memory=memory, children=(yield from _children(state, deadline)))
    if not calls:
        yield from refresh(state, deadline=deadline)
        state.results = service.inline_results(state.record)
        if state.results is not None:
            return
        calls = service.results(state.record, memory=memory, children=(yield from _children(state, deadline)))
    if not calls:
        raise ResponseError(
            f"{state.record.ref} is completed, but the service names no result of it", service=state.record.service
        )
    refusal: QuantumJobsError | None = None
    for call in calls:
        request = request_of(state.connection, call)  # a URL that leads elsewhere is no reason to look further
        try:
            state.results = yield from _once_ready(state, call, request, deadline)
            return
        except (NotFoundError, ResponseError) as error:
            # The next best source may have it; the first refusal is the one to report.
            refusal = refusal or error
    assert refusal is not None
    raise refusal


def _children(state: JobState, deadline: float | None) -> Flow[list[JobRecord]]:
    """The records of the job's circuits, in their order, where the service reads results with their help."""
    connection, ids = state.connection, tuple(state.record.child_ids)
    if not ids or not connection.service.needs_children(state.record):
        return []
    found = (yield from status_round(connection, Round(ids, 0), deadline)).found
    for job_id in ids:
        if job_id not in found:
            found[job_id] = yield from ask(connection, connection.service.get(job_id), deadline=deadline)
    return [found[job_id] for job_id in ids]


def _once_ready(state: JobState, call: Call[list[Result]], request: Request, deadline: float) -> Flow[list[Result]]:
    connection = state.connection
    ready_by = (yield from now()) + READY_WITHIN
    look = FIRST_LOOK
    while True:
        outcome = yield from retry.send(request, deadline=deadline)
        if not (call.not_yet and isinstance(outcome, Reply) and outcome.status == retry.NOT_YET):
            return read(connection, call, outcome)
        moment = yield from now()
        pause = min(retry.retry_after(outcome) or look, LONGEST_PAUSE)
        if moment + pause >= (ready_by if deadline == math.inf else deadline):
            conflict = problem(connection, call, outcome)
            assert isinstance(conflict, ConflictError)
            if deadline != math.inf:
                yield Sleep(deadline - moment)
            raise _not_ready(state, conflict)
        yield Sleep(pause)
        look = min(2 * look, LONGEST_LOOK)


def _not_ready(state: JobState, conflict: ConflictError) -> ResultNotReadyError:
    error = ResultNotReadyError(f"{state.record.ref} is completed, but its result is not there yet: {conflict.message}")
    error.__dict__.update(conflict.__dict__)
    return error


def refresh(state: JobState, *, deadline: float | None = None) -> Flow[None]:
    """Read the job anew. One that was just made may not be shown yet: for a while its 404 is asked again."""
    call = state.connection.service.get(state.record.id)
    while True:
        moment = yield from now()
        until = min(state.fresh_until, math.inf if deadline is None else deadline)
        try:
            record = yield from ask(state.connection, call, deadline=deadline)
            break
        except NotFoundError:
            if moment >= until:
                raise
        yield Sleep(FIRST_LOOK)
    state.update(record, (yield from now()))


def program(state: JobState, *, compiled: bool) -> Flow[Program]:
    """The one program of a job, as submitted or as compiled. Raises UnsupportedError for several."""
    programs = yield from _programs(state, compiled=compiled)
    if len(programs) != 1:
        raise UnsupportedError(
            f"{state.record.ref} has {len(programs)} programs; "
            + (
                "children() gives its jobs of one circuit each"
                if state.record.child_ids
                else "client.api gives them all"
            )
        )
    return programs[0]


def _programs(state: JobState, *, compiled: bool) -> Flow[Sequence[Program]]:
    service = state.connection.service
    if compiled and not state.record.status.is_final:
        yield from refresh(state)
    build: Any = service.compiled_program if compiled else service.program
    programs: Sequence[Program] = yield from ask(state.connection, build(state.record))
    return programs
