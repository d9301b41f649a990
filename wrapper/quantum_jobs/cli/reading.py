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


def jobs_of(refs: Iterable[Ref]) -> dict[Ref, Job]:
    """Jobs that are asked when they are first needed. Raises CredentialsError at once where there is no key."""
    from quantum_jobs.client import Job
    from quantum_jobs.core import environment
    from quantum_jobs.model import JobRecord

    named = list(refs)
    connections = {service: environment.connection(service) for service in dict.fromkeys(ref.service for ref in named)}
    return {ref: Job(connections[ref.service], JobRecord(id=ref.id, service=ref.service)) for ref in named}


class Read(NamedTuple):
    """What services said of jobs: those that were read, and what was in the way of the others."""

    jobs: list[Job]
    errors: dict[Ref, QuantumJobsError]

    @property
    def records(self) -> list[JobRecord]:
        """The records of those that were read."""
        return [job.record for job in self.jobs]


def read(refs: Sequence[Ref], *, again: bool = True) -> Read:
    """Jobs as they are now, asked for in bulk where the service has that. Without ``again`` those that are over by what
    the job store says are not asked for."""
    from quantum_jobs import background

    jobs = jobs_of(refs)
    errors: dict[Ref, QuantumJobsError] = {}
    if not again:
        for job in jobs.values():
            background.run(partial(_take_stored, job))
    for service in dict.fromkeys(ref.service for ref in refs):
        there = {ref: job for ref, job in jobs.items() if ref.service == service and not job.status.is_final}
        if not there:
            continue
        if len(there) == 1:
            errors.update(_read_one(there))
        else:
            errors.update(background.run(partial(_read_many, there)))
    return Read([job for ref, job in jobs.items() if ref not in errors], errors)


async def _take_stored(job: Job) -> None:
    from quantum_jobs.core import storing

    record = await storing.in_store(job._connection, lambda store: store.final_record(job.id))
    if record is not None:
        job._update(record)


def _read_one(jobs: Mapping[Ref, Job]) -> dict[Ref, QuantumJobsError]:
    ((ref, job),) = jobs.items()
    try:
        job.refresh()
    except QuantumJobsError as error:
        return {ref: error}
    return {}


async def _read_many(jobs: Mapping[Ref, Job]) -> dict[Ref, QuantumJobsError]:
    """Read jobs of one service; gives what was in the way. What fails and may pass is asked for again."""
    import anyio

    from quantum_jobs.core import storing
    from quantum_jobs.core.waiting import Poll

    left = {ref.id: ref for ref in jobs}
    connection = next(iter(jobs.values()))._connection
    errors: dict[Ref, QuantumJobsError] = {}
    for attempt in range(ATTEMPTS):
        poll = await Poll(connection, list(left), attempt, patient=False).run()
        for job_id, record in poll.found.items():
            jobs[left.pop(job_id)]._update(record)
        await storing.save(connection, poll.found.values())
        for job_id, error in poll.lost.items():
            errors[left.pop(job_id)] = error
        if not left:
            break
        if poll.failures and attempt + 1 < ATTEMPTS:
            await anyio.sleep(max(FIRST_PAUSE * 2**attempt, poll.not_before()))
    for ref in left.values():
        errors[ref] = poll.failures[0] if poll.failures else QuantumJobsError(f"{ref}: the service said nothing of it")
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
        service = services.service(name)
        try:
            find_key(service, None)
        except CredentialsError as error:
            missing.append(error)
        else:
            found.append(name)
    if not found:
        raise missing[0]
    return found


@contextmanager
def clients(names: Iterable[str]) -> Iterator[dict[str, Client]]:
    """A client for each service, with the key that the environment or the keyring has; closed at the end."""
    from quantum_jobs.client import Client

    with ExitStack() as stack:
        yield {name: stack.enter_context(Client(name)) for name in names}


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
