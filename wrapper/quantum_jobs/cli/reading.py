"""Jobs and services by name: connections from the environment, and many records with few requests."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from quantum_jobs.cli.refs import Ref
from quantum_jobs.errors import CredentialsError, QuantumJobsError

if TYPE_CHECKING:
    from quantum_jobs.client import Client, Job
    from quantum_jobs.model import JobRecord

T = TypeVar("T")
V = TypeVar("V")

#: Statuses of many jobs are asked for so often where a request fails, with pauses that grow from so many seconds.
ATTEMPTS = 3
FIRST_PAUSE = 1.0


def as_dict(record: JobRecord) -> dict[str, object]:
    """A record as JSON, its reference first."""
    return {"ref": record.ref, **record.to_dict()}


class Read(NamedTuple):
    """Jobs, as services say that they are, and what was in the way of the others: by reference, or by service where
    that cannot be connected to."""

    jobs: list[Job]
    errors: dict[str, QuantumJobsError]

    @property
    def records(self) -> list[JobRecord]:
        """The records of those that were read."""
        return [job.record for job in self.jobs]


def jobs_of(refs: Iterable[Ref]) -> Read:
    """Jobs that are asked when they are first needed."""
    from quantum_jobs.client import Job
    from quantum_jobs.core import environment
    from quantum_jobs.core.connection import Connection
    from quantum_jobs.model import JobRecord

    named = list(refs)
    connections: dict[str, Connection] = {}
    errors: dict[str, QuantumJobsError] = {}
    for service in dict.fromkeys(ref.service for ref in named):
        try:
            connections[service] = environment.connection(service)
        except QuantumJobsError as error:
            errors[service] = error
    jobs = [
        Job(connections[ref.service], JobRecord(id=ref.id, service=ref.service))
        for ref in named
        if ref.service in connections
    ]
    return Read(jobs, errors)


def read(refs: Sequence[Ref], *, again: bool = True) -> Read:
    """Jobs as they are now, asked for in bulk where the service has that. Without ``again`` those that are over by what
    the job store says are not asked for."""
    from quantum_jobs import background

    jobs, errors = jobs_of(refs)
    if not again:
        for job in jobs:
            background.run(partial(_take_stored, job))
    for service in dict.fromkeys(job.service for job in jobs):
        there = {job.id: job for job in jobs if job.service == service and not job.status.is_final}
        if there:
            errors.update(background.run(partial(_read_all, there)))
    return Read([job for job in jobs if job.ref not in errors], errors)


async def _take_stored(job: Job) -> None:
    from quantum_jobs.core import storing

    record = await storing.in_store(job._connection, lambda store: store.final_record(job.id))
    if record is not None:
        job._update(record)


async def _read_all(jobs: Mapping[str, Job]) -> dict[str, QuantumJobsError]:
    """Read jobs of one service, given by id; gives what was in the way, by reference. What fails and may pass is asked
    for again."""
    import anyio

    from quantum_jobs.core import storing
    from quantum_jobs.core.waiting import Poll

    left = dict(jobs)
    connection = next(iter(jobs.values()))._connection
    errors: dict[str, QuantumJobsError] = {}
    for attempt in range(ATTEMPTS):
        poll = await Poll(connection, list(left), attempt, patient=False).run()
        for job_id, record in poll.found.items():
            left.pop(job_id)._update(record)
        await storing.save(connection, poll.found.values())
        for job_id, error in poll.lost.items():
            errors[left.pop(job_id).ref] = error
        if not left:
            break
        if poll.failures and attempt + 1 < ATTEMPTS:
            await anyio.sleep(max(FIRST_PAUSE * 2**attempt, poll.not_before()))
    for job in left.values():
        told = poll.failures[0] if poll.failures else QuantumJobsError(f"{job.ref}: the service said nothing of it")
        errors[job.ref] = told
    return errors


def service_names(given: Sequence[str]) -> list[str]:
    """Full names of the services that were named, or else of all that have a key, the newest API of a vendor first.

    Raises CredentialsError where none has one.
    """
    from quantum_jobs import services
    from quantum_jobs.core.environment import find_key

    if given:
        return list(dict.fromkeys(services.service(name).name for name in given))
    found, missing = [], []
    for name in services.names():
        try:
            find_key(services.service(name), None)
        except CredentialsError as error:
            missing.append(error)
            continue
        except QuantumJobsError:
            pass  # ``clients`` says what is wrong with it
        found.append(name)
    if not found:
        raise missing[0]
    return found


@contextmanager
def clients(names: Iterable[str]) -> Iterator[tuple[dict[str, Client], dict[str, QuantumJobsError]]]:
    """A client for each service, with the key that the environment or the keyring has, and what was in the way of the
    others; closed at the end."""
    from quantum_jobs.client import Client

    with ExitStack() as stack:
        connected: dict[str, Client] = {}
        failures: dict[str, QuantumJobsError] = {}
        for name in names:
            try:
                connected[name] = stack.enter_context(Client(name))
            except QuantumJobsError as error:
                failures[name] = error
        yield connected, failures


def side_by_side(function: Callable[[V], Coroutine[Any, Any, T]], values: Iterable[V]) -> list[T | QuantumJobsError]:
    """What an async function gives for each value, or the error it raises; a few at the same time."""
    from quantum_jobs import background
    from quantum_jobs.core.connection import gather

    async def attempt(value: V) -> T | QuantumJobsError:
        try:
            return await function(value)
        except QuantumJobsError as error:
            return error

    return background.run(partial(gather, [partial(attempt, value) for value in values]))
