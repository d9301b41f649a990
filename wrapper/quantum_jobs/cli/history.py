"""``history``: what was submitted from this machine, out of the job store, without a network."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

import attrs
import click

from quantum_jobs.cli import output
from quantum_jobs.cli.columns import JOB
from quantum_jobs.cli.options import command, filter_options
from quantum_jobs.cli.reading import as_dict
from quantum_jobs.cli.tables import Column, write_rows
from quantum_jobs.model import JobRecord

if TYPE_CHECKING:
    from quantum_jobs.store import Store, StoredJob, StoredSubmission

#: States of submissions of which it is not known whether they made a job.
UNCERTAIN_STATES = ("uncertain", "sent")

SUBMISSION: tuple[Column[StoredSubmission], ...] = (
    Column("idempotency key", lambda each: each.idempotency_key),
    Column("service", lambda each: each.service),
    Column("device", lambda each: each.device, rank=1),
    Column("shots", lambda each: each.shots, rank=3, right=True),
    Column("name", lambda each: each.name, rank=2, most=24),
    Column("sent", lambda each: output.moment(each.sent_at), lambda each: output.iso(each.sent_at), rank=1),
    Column("what happened", lambda each: each.error or "no answer was written down", rank=4, most=60),
)


@command(
    filter_options("Only this service; may be repeated."),
    click.option(
        "--any-address", is_flag=True, help="Jobs of services at other addresses too, such as of another sandbox."
    ),
    click.option(
        "--open",
        "is_open",
        is_flag=True,
        help="Only jobs that were not over when last seen, and are still there, for wait.",
    ),
    click.option(
        "--uncertain",
        is_flag=True,
        help="Submissions of which it is not known whether they made a job, with their keys for submit --key.",
    ),
)
def history_command(
    services: tuple[str, ...],
    limit: int,
    is_all: bool,
    is_open: bool,
    any_address: bool,
    uncertain: bool,
    as_json: bool,
    **filters: Any,
) -> int:
    """Show what was submitted from this machine, newest first, without asking any service.

    It comes from the job store: the file that QUANTUM_JOBS_STORE names, else one in your data folder. Jobs have the
    status in which they were last seen.
    """
    from quantum_jobs.store import Store

    most = None if is_all else limit
    with Store.default() as store:
        if uncertain:
            _write_uncertain(store, _full(services), as_json)
            return 0
        jobs = stored(store, services, any_address=any_address, **filters)
        records = islice(
            (_record(job) for job in jobs if not is_open or not (job.is_gone or job.status.is_final)), most
        )
        if as_json:
            output.write_json([as_dict(record) for record in records])
        elif write_rows(JOB, records, nothing="No such jobs.") == most:
            output.notice(f"The newest {most}; --limit N or --all shows more.")
    return 0


def _write_uncertain(store: Store, services: set[str], as_json: bool) -> None:
    found = (each for state in UNCERTAIN_STATES for each in store.submissions(state=state))
    asked = [each for each in found if not services or each.service in services]
    if as_json:
        output.write_json([attrs.asdict(each) for each in asked])
    else:
        write_rows(SUBMISSION, asked, nothing="No such submissions.")


def stored(
    store: Store, services: tuple[str, ...], *, any_address: bool = False, **filters: Any
) -> Iterator[StoredJob]:
    """The jobs in a store that match what is given. Those of a service at another address than now, such as of a
    sandbox, only where they are asked for: they are no jobs that other commands can find, and cost other money."""
    full = _full(services)
    # The store filters by one service; several are told apart here.
    one = next(iter(full)) if len(full) == 1 else None
    addresses: dict[str, str | None] = {}
    for job in store.jobs(service=one, **filters):
        if not any_address and job.service not in addresses:
            addresses[job.service] = _address(job.service)
        if (not full or job.service in full) and (any_address or job.base_url == addresses[job.service]):
            yield job


def _address(service: str) -> str | None:
    """The address of a service now; None for one that is not installed any more."""
    from quantum_jobs import services
    from quantum_jobs.core.environment import find_base_url
    from quantum_jobs.errors import UsageError

    try:
        return find_base_url(services.service(service), None)
    except UsageError:
        return None


def _full(services: tuple[str, ...]) -> set[str]:
    from quantum_jobs.arguments import full_service_name

    return {full_service_name(name) for name in services}


def _record(job: StoredJob) -> JobRecord:
    """Its record, with the cost that was asked for apart, and the time when it was made."""
    return attrs.evolve(job.record, cost=job.cost or job.record.cost, created_at=job.created_at)
