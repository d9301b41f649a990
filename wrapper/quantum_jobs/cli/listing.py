"""``list``: the jobs of all services that have a key, newest first."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from quantum_jobs import services as known_services
from quantum_jobs.cli import errors, output
from quantum_jobs.cli.columns import JOB
from quantum_jobs.cli.options import command, filter_options
from quantum_jobs.cli.reading import as_dict, clients, service_names, side_by_side
from quantum_jobs.cli.tables import write_rows
from quantum_jobs.errors import QuantumJobsError
from quantum_jobs.model import JobRecord

_UNDATED = datetime.max.replace(tzinfo=UTC)


@command(filter_options("Only this service; may be repeated. Else all that have a key."))
def list_command(services: tuple[str, ...], limit: int, is_all: bool, as_json: bool, **filters: Any) -> int:
    """List jobs, newest first, of all services that have a key.

    Where one service cannot be asked the others are listed, and the exit status says so.
    """
    from quantum_jobs.async_client import AsyncClient

    most = None if is_all else limit
    with clients(service_names(services)) as (connected, failures):

        async def newest(service: str) -> list[JobRecord]:
            found = AsyncClient.jobs(connected[service], limit=most, **filters)
            return [job.record async for job in found]

        if most is None:  # page by page, as they are read from here
            listings: list[Iterable[JobRecord] | QuantumJobsError] = [
                (job.record for job in client.jobs(**filters)) for client in connected.values()
            ]
        else:
            listings = [*side_by_side(newest, connected)]
        begun = [_until_it_fails(*each, failures) for each in zip(connected, listings, strict=True)]
        records = islice(_without_doubles(heapq.merge(*begun, key=_newest_first)), most)
        if as_json:
            output.write_json([as_dict(record) for record in records])
        elif write_rows(JOB, records, nothing="No such jobs.") == most:
            output.notice(f"The newest {most}; --limit N or --all shows more.")
    return errors.report_all(failures)


def _until_it_fails(
    service: str, records: Iterable[JobRecord] | QuantumJobsError, failures: dict[str, QuantumJobsError]
) -> Iterator[JobRecord]:
    """One service's listing; what ends it too early is written down and ends no other."""
    if isinstance(records, QuantumJobsError):
        failures[service] = records
        return
    try:
        yield from records
    except QuantumJobsError as error:
        failures[service] = error


def _newest_first(record: JobRecord) -> float:
    return -(record.created_at or _UNDATED).timestamp()


def _without_doubles(records: Iterable[JobRecord]) -> Iterator[JobRecord]:
    """Each job once: the versions of a vendor's API, which share a key, may list the same jobs."""
    seen = set()
    for record in records:
        one = (known_services.service(record.service).key_variable, record.id)
        if one not in seen:
            seen.add(one)
            yield record
