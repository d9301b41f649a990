"""Scans on several processes or machines: any ``concurrent.futures.Executor`` runs the workers.

Workers make the programs, submit them, and work on the results; the calling process follows all jobs. What makes each
point unique, whoever submits it, is the job store that they share.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, as_completed
from typing import Any, NamedTuple

import attrs

from quantum_jobs import background
from quantum_jobs.client import Client, Job
from quantum_jobs.core import following
from quantum_jobs.core.waiting import timed_out
from quantum_jobs.errors import QuantumJobsError, UsageError
from quantum_jobs.model import JobRecord
from quantum_jobs.progress import reporting
from quantum_jobs.store import Store
from quantum_jobs.store.places import absolute

#: Points that one task of a worker submits.
POINTS_PER_TASK = 20


class PointValue(NamedTuple):
    """What came of one point: its result, or what ``analyse`` made of it; else the error."""

    point: Any
    value: Any
    error: Exception | None


@attrs.frozen(kw_only=True)
class _Place:
    """Where workers connect to. It travels to them, so it holds no key: that is in their environment or keyring."""

    service: str
    base_url: str | None
    store: str
    shared_rate_limit: bool


@attrs.frozen
class _Made:
    """What a worker tells of one point."""

    point: Any
    record: JobRecord | None
    error: Exception | None = None


def scan_on(
    executor: Executor,
    points: Iterable[Any],
    make_program: Callable[[Any], Any],
    *,
    service: str,
    device: str,
    store: str | os.PathLike[str],
    idempotency_key: str,
    shots: int | None = None,
    name: str | None = None,
    options: Mapping[str, Any] | None = None,
    analyse: Callable[[Any, Any], Any] | None = None,
    base_url: str | None = None,
    shared_rate_limit: bool = False,
    timeout: float | None = None,
) -> Iterator[PointValue]:
    """Submit a scan on an executor's workers, follow it from here, and give each point as it ends: those that were not
    submitted first, and with ``analyse`` the others when all jobs are over.

    Errors of single points, and workers that die, end nothing: their points come with an error, and so do those that
    are not over in time. Run the same again for these: no job is made twice, and no result fetched twice, as the store
    knows them.

    Args:
        executor: a ``ProcessPoolExecutor``, Dask's ``Client(...).get_executor()``, Parsl's, executorlib's, or another.
        points: numbers, text, or tuples of these.
        make_program: gives the program of a point. It runs on a worker, so it is a function of a module.
        service, device, shots, name, options, base_url: for every job, as in ``connect`` and ``submit``.
        store: a job store's path, for the processes of one machine, or its ``postgresql://`` URL for several machines.
        idempotency_key: the name of this scan, from which the key of each point is derived.
        analyse: called on a worker with a point and its ``Result``; what it returns is the point's value.
        shared_rate_limit: keep to the service's documented rate limit with all workers together (extra ``limits``);
            else each process keeps to it by itself.
        timeout: seconds for which jobs are followed; None for ever.

    The key of the service is never sent to workers: each takes it from its own environment or keyring.

    Raises UsageError for a store that workers cannot open by themselves, and in the first step what ``connect`` raises.
    """
    if not isinstance(store, (str, os.PathLike)):
        raise UsageError(f"store must be a path or a URL, which workers can open by themselves; got {store!r:.60}")
    place = _Place(service=service, base_url=base_url, store=absolute(store), shared_rate_limit=shared_rate_limit)
    common = {
        "device": device,
        "shots": shots,
        "name": name,
        "options": options,
        "idempotency_key": idempotency_key,
    }
    return _scan(executor, list(points), make_program, analyse, place, common, timeout)


def _scan(
    executor: Executor,
    points: list[Any],
    make_program: Callable[[Any], Any],
    analyse: Callable[[Any, Any], Any] | None,
    place: _Place,
    common: Mapping[str, Any],
    timeout: float | None,
) -> Iterator[PointValue]:
    client = _client(place)
    tasks = {
        executor.submit(_submit, place, common, make_program, part): part
        for start in range(0, len(points), POINTS_PER_TASK)
        if (part := points[start : start + POINTS_PER_TASK])
    }
    jobs: dict[Job, Any] = {}
    for task in as_completed(tasks):
        try:
            made = task.result()
        except Exception as error:  # the worker has died, or its executor says why it has not run
            made = [_Made(point, None, error) for point in tasks[task]]
        for each in made:
            if each.record is None:
                yield PointValue(each.point, None, each.error)
            else:
                jobs[Job(client._connection, each.record)] = each.point
    analysed = {}
    for job, failure in _over(list(jobs), timeout):
        try:
            if failure is not None:
                raise failure
            result = job.result(timeout=0)
        except QuantumJobsError as error:
            yield PointValue(jobs[job], None, error)
            continue
        if analyse is None:
            yield PointValue(jobs[job], result, None)
        else:
            analysed[executor.submit(analyse, jobs[job], result)] = jobs[job]
    for task in as_completed(analysed):
        try:
            yield PointValue(analysed[task], task.result(), None)
        except Exception as error:
            yield PointValue(analysed[task], None, error)


def _over(jobs: list[Job], timeout: float | None) -> Iterator[tuple[Job, QuantumJobsError | None]]:
    """Each job as it ends, and why it has no result; those that do not end in time come last."""
    left = {id(job): job for job in jobs}
    with reporting(True) as reporter:
        for events in background.iterate(following.follow(jobs, timeout), reporter.look):
            for settled in following.settled(events, reporter):
                reporter.pause()
                yield left.pop(id(settled.job)), settled.error
    for job in left.values():
        yield job, timed_out([job], timeout)


# On a worker.


def _submit(
    place: _Place, common: Mapping[str, Any], make_program: Callable[[Any], Any], points: list[Any]
) -> list[_Made]:
    programs, made = {}, []
    for point in points:
        try:
            programs[point] = make_program(point)
        except Exception as error:
            made.append(_Made(point, None, error))
    client = _client(place)
    try:
        return made + _submitted(client, programs, common)
    except UsageError:
        # One program is wrong; nothing was sent. The others are submitted all the same.
        for point, program in programs.items():
            try:
                made += _submitted(client, {point: program}, common)
            except UsageError as error:
                made.append(_Made(point, None, error))
        return made


def _submitted(client: Client, programs: Mapping[Any, Any], common: Mapping[str, Any]) -> list[_Made]:
    scan = client.submit_many(programs, **common)
    return [_Made(each.point, None if each.job is None else each.job.record, each.error) for each in scan]


@functools.cache
def _client(place: _Place) -> Client:
    """The client of this process."""
    store = Store(place.store, shared_rate_limits=place.shared_rate_limit)
    return Client(place.service, base_url=place.base_url, store=store)
