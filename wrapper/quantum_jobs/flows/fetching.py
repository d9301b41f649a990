"""Fetching what a service has of a job: its record, its results from the best source, its programs."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Generator, Sequence
from typing import Any, Generic, TypeVar

import attrs

from quantum_jobs.errors import ConflictError, QuantumJobsError, ResultNotReadyError, UnsupportedError
from quantum_jobs.flows.ask import JobState, ask, problem, read, request_of, side_by_side
from quantum_jobs.http import retry
from quantum_jobs.http.commands import Flow, Reply, Request, Sleep, now
from quantum_jobs.model import JobRecord, Program, Result
from quantum_jobs.services.base import Call

T = TypeVar("T")

#: How long a completed job's result is waited for without a deadline, in seconds.
READY_WITHIN = 300.0
#: Seconds between two looks at a result that is not ready; it grows up to the second.
FIRST_LOOK, LONGEST_LOOK = 0.5, 10.0


def fetch(
    state: JobState, *, memory: bool = False, aggregation: str | None = None, deadline: float | None = None
) -> Flow[list[Result]]:
    """Fetch the results of a completed job; those that the service presents are kept in the job's state."""
    service = state.connection.service
    results = yield from _driven(
        service.results(_Asking(), state.record, memory=memory, aggregation=aggregation),
        lambda calls: _answers(state, calls, deadline),
    )
    if aggregation is None:
        state.results = results
    return results


@attrs.frozen
class _Awaited(Generic[T]):
    """Calls that a service's coroutine waits for."""

    calls: Sequence[Call[T]]

    def __await__(self) -> Generator[Sequence[Call[T]], list[T], list[T]]:
        return (yield self.calls)


class _Asking:
    """What a service's coroutine sends calls through: it hands them to ``_driven``."""

    async def __call__(self, call: Call[T]) -> T:
        (value,) = await _Awaited([call])
        return value

    async def together(self, calls: Sequence[Call[T]]) -> list[T]:
        return await _Awaited(calls) if calls else []


def _driven(coroutine: Coroutine[Any, Any, T], answers: Callable[[Sequence[Call[Any]]], Flow[list[Any]]]) -> Flow[T]:
    """Run a coroutine that awaits calls as a part of a flow, which sends them."""
    try:
        calls = coroutine.send(None)
        while True:
            try:
                values = yield from answers(calls)
            except QuantumJobsError as error:
                calls = coroutine.throw(error)
            else:
                calls = coroutine.send(values)
    except StopIteration as end:
        value: T = end.value
        return value
    finally:
        coroutine.close()


def _answers(state: JobState, calls: Sequence[Call[Any]], deadline: float | None) -> Flow[list[Any]]:
    if len(calls) == 1:
        return [(yield from _answer(state, calls[0], deadline))]
    handles = yield from side_by_side(_answer(state, call, deadline) for call in calls)
    return [handle.result() for handle in handles]


def _answer(state: JobState, call: Call[T], deadline: float | None) -> Flow[T]:
    request = request_of(state.connection, call)
    value = yield from _once_ready(state, call, request, deadline)
    if isinstance(value, JobRecord) and value.id == state.record.id:
        state.update(value, (yield from now()))
    return value


def _once_ready(state: JobState, call: Call[T], request: Request, deadline: float | None) -> Flow[T]:
    connection = state.connection
    ready_by = (yield from now()) + READY_WITHIN
    look = FIRST_LOOK
    while True:
        outcome = yield from retry.send(request, deadline=deadline)
        if not (call.not_yet and isinstance(outcome, Reply) and outcome.status == retry.NOT_YET):
            return read(connection, call, outcome)
        moment = yield from now()
        pause = retry.retry_after(outcome) or look
        if moment + pause >= (ready_by if deadline is None else deadline):
            conflict = problem(connection, call, outcome)
            assert isinstance(conflict, ConflictError)
            if deadline is not None:
                yield Sleep(deadline - moment)
            raise _not_ready(state, conflict)
        yield Sleep(pause)
        look = min(2 * look, LONGEST_LOOK)


def _not_ready(state: JobState, conflict: ConflictError) -> ResultNotReadyError:
    error = ResultNotReadyError(f"{state.record.ref} is completed, but its result is not there yet: {conflict.message}")
    error.__dict__.update(conflict.__dict__)
    return error


def refresh(state: JobState, *, deadline: float | None = None) -> Flow[None]:
    """Read the job anew."""
    record = yield from ask(state.connection, state.connection.service.get(state.record.id), deadline=deadline)
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
