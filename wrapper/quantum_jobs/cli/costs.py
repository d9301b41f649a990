"""``cost`` and ``estimate``: what jobs cost, and what one would cost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import click

from quantum_jobs.cli import errors, output
from quantum_jobs.cli.columns import money
from quantum_jobs.cli.options import command, device_option, offered, option_option, service_option, since_options
from quantum_jobs.cli.reading import read, side_by_side
from quantum_jobs.cli.refs import read_refs, refs_parameters
from quantum_jobs.cli.tables import Column, write_rows
from quantum_jobs.errors import QuantumJobsError
from quantum_jobs.model import Cost, JobRecord

if TYPE_CHECKING:
    from quantum_jobs.store.sums import Costed, CostSum

#: What costs are summed by, as the store has it: completion offers them before anything is loaded.
GROUPS = ("service", "device", "day", "name", "tag:")
#: What costs are summed by where nobody says.
USUAL_GROUPS = ("service",)


@attrs.frozen
class CostOf:
    """A job and what it cost; ``None`` where the service does not say."""

    record: JobRecord
    cost: Cost | None

    @property
    def created_at(self) -> datetime | None:
        """When the job was made."""
        return self.record.created_at


def dollars(usd: Decimal | None) -> str:
    """An amount in US dollars, without the currency."""
    return "" if usd is None else f"{usd:f}"


PER_JOB: tuple[Column[CostOf], ...] = (
    Column("job", lambda each: each.record.ref),
    Column("cost", lambda each: money(each.cost) or "not known", lambda each: money(each.cost), right=True),
    Column("USD", lambda each: dollars(each.cost.usd if each.cost else None), rank=1, right=True),
    Column("status", lambda each: each.record.status, rank=4),
    Column("device", lambda each: each.record.device, rank=3, most=32),
    Column("name", lambda each: each.record.name, rank=5, most=24),
)


def sum_columns(by: Sequence[str]) -> list[Column[CostSum]]:
    """The columns of sums: one for each thing that they are summed by, then the same for all."""
    return [
        *(Column(name, partial(_group, name=name)) for name in by),
        Column("jobs", lambda total: total.jobs, right=True),
        Column("cost", lambda total: " + ".join(f"{amount:f} {unit}" for unit, amount in total.amounts.items())),
        Column("USD", lambda total: dollars(total.usd), right=True),
        Column("not known", lambda total: total.without_cost or "", lambda total: total.without_cost, right=True),
    ]


def _group(total: CostSum, name: str) -> str:
    return total.group[name] or "(none)"


def sum_as_dict(total: CostSum) -> dict[str, Any]:
    """A sum as JSON, money as decimal text."""
    return {
        "group": dict(total.group),
        "jobs": total.jobs,
        "without_cost": total.without_cost,
        "amounts": {unit: str(amount) for unit, amount in total.amounts.items()},
        "usd": str(total.usd),
    }


@command(
    refs_parameters,
    click.option(
        "--by",
        multiple=True,
        metavar="WHAT",
        shell_complete=offered(GROUPS),
        help="Sum by service, device, day (UTC), name or tag:NAME; may be repeated.",
    ),
    service_option("Of the store: only jobs of this service; may be repeated."),
    *since_options("Of the store: only"),
)
def cost_command(
    refs: tuple[str, ...],
    source: Path | None,
    by: tuple[str, ...],
    services: tuple[str, ...],
    created_after: datetime | None,
    created_before: datetime | None,
    as_json: bool,
) -> int:
    """Show what jobs cost, one by one and together, or summed with --by.

    Without any job named, the sums of all in the job store, without asking any service.
    """
    if not refs and source is None:
        from quantum_jobs.cli.history import stored
        from quantum_jobs.store import Store

        with Store.default() as store:
            kept = stored(store, services, created_after=created_after, created_before=created_before)
            write_sums(kept, by or USUAL_GROUPS, as_json)
        return 0
    from quantum_jobs.async_job import AsyncJob

    found = read(read_refs(refs, source), again=False)
    failures = found.errors
    costs = []
    for job, cost in zip(found.jobs, side_by_side(AsyncJob.cost, found.jobs), strict=True):
        if isinstance(cost, QuantumJobsError):
            failures[job.ref] = cost
        else:
            costs.append(CostOf(job.record, cost))
    if by:
        write_sums(costs, by, as_json)
    elif as_json:
        output.write_json([job_as_dict(each) for each in costs])
    else:
        write_rows(PER_JOB, costs)
        if len(costs) > 1 and output.on_terminal():
            output.write("")
            write_sums(costs, (), as_json)
    return errors.report_all(failures)


def job_as_dict(each: CostOf) -> dict[str, Any]:
    """The cost of one job as JSON."""
    cost = each.cost.to_dict() if each.cost else None
    return {"ref": each.record.ref, "device": each.record.device, "cost": cost}


def write_sums(costs: Iterable[Costed], by: Sequence[str], as_json: bool) -> None:
    """Print the sums of costs."""
    from quantum_jobs.store.sums import summed

    sums = summed(costs, by)
    if as_json:
        output.write_json([sum_as_dict(total) for total in sums])
    else:
        write_rows(sum_columns(by), sums, nothing="No jobs are in the store.")


@command(
    click.argument("file", type=click.Path(path_type=Path, allow_dash=True), required=False),
    service_option(),
    device_option(required=True),
    click.option("--shots", "-n", type=int, metavar="N", help="How often it would be run."),
    option_option("More that the service's estimate takes, as JSON, such as qubits=2 in place of a program."),
)
def estimate_command(
    file: Path | None, service: str, device: str, shots: int | None, options: dict[str, Any], as_json: bool
) -> int:
    """Ask what a job would cost, and how long it would take. Nothing is submitted."""
    from quantum_jobs.cli.submitting import read_program
    from quantum_jobs.client import Client

    program = None if file is None else read_program(file, None)
    with Client(service) as client:
        estimate = client.estimate(program, device=device, shots=shots, **options)
    if as_json:
        output.write_json(
            {
                "cost": estimate.cost.to_dict() if estimate.cost else None,
                "execution_duration": estimate.execution_duration and estimate.execution_duration.total_seconds(),
                "queue_time": estimate.queue_time and estimate.queue_time.total_seconds(),
                "reason": estimate.reason,
                "raw": estimate.raw,
            }
        )
        return 0
    told = {
        "cost": money(estimate.cost) or f"not known{f': {estimate.reason}' if estimate.reason else ''}",
        "in USD": dollars(estimate.cost.usd) if estimate.cost and estimate.cost.currency != "USD" else "",
        "runs for": output.duration(estimate.execution_duration),
        "in the queue": output.duration(estimate.queue_time),
    }
    write_rows(
        (Column("what", lambda each: each[0]), Column("estimate", lambda each: each[1])),
        [(title, value) for title, value in told.items() if value],
    )
    return 0
