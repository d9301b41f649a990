"""``status`` and ``wait``: where jobs stand, and waiting until they are over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quantum_jobs.cli import errors, output
from quantum_jobs.cli.columns import JOB
from quantum_jobs.cli.options import command, timeout_option
from quantum_jobs.cli.reading import as_dict, jobs_of, read
from quantum_jobs.cli.refs import read_refs, refs_parameters
from quantum_jobs.cli.tables import write_rows
from quantum_jobs.errors import QuantumJobsError, check_completed
from quantum_jobs.model import JobRecord

if TYPE_CHECKING:
    from quantum_jobs.client import Job


@command(refs_parameters)
def status_command(refs: tuple[str, ...], source: Path | None, as_json: bool) -> int:
    """Show where jobs stand now.

    One job is shown in full, several as a table. The exit status says whether they could be read, not how they ended.
    """
    found = read(read_refs(refs, source))
    records = found.records
    if as_json:
        output.write_json([as_dict(record) for record in records])
    elif len(records) == 1 and output.on_terminal():
        _write_in_full(records[0])
    else:
        write_rows(JOB, records)
    return errors.report_all(found.errors)


def _write_in_full(record: JobRecord) -> None:
    from rich.text import Text

    out = output.console()
    lines = details(record)
    width = max(len(title) for title, _ in lines)
    for title, value in lines:
        line = Text(f"{title:<{width}}  ", style="bold")
        line.append(Text(output.safe(value), style=JOB[1].style(record) if title == "status" and JOB[1].style else ""))
        out.print(line, soft_wrap=True)


def details(record: JobRecord) -> list[tuple[str, str]]:
    """What is known of one job, title by title."""
    from quantum_jobs.cli.columns import money, tags

    failure = record.failure
    same_word = record.vendor_status is None or record.vendor_status.upper() == record.status
    lines = {
        "job": record.ref,
        "status": record.status if same_word else f"{record.status} (the service says {record.vendor_status})",
        "message": record.status_message,
        "failure": " ".join(part for part in (failure.code, failure.message) if part) if failure else None,
        "queue position": record.queue_position,
        "starts in": None if record.status.is_final else output.duration(record.predicted_wait),
        "name": record.name,
        "device": record.device,
        "shots": record.shots,
        "qubits": record.num_qubits,
        "tags": tags(record),
        "created": output.moment(record.created_at),
        "started": output.moment(record.started_at),
        "ended": output.moment(record.ended_at),
        "ran for": output.duration(record.execution_duration),
        "cost": money(record.cost),
        "estimated cost": None if record.cost else money(record.estimated_cost),
        "part of": f"{record.service}:{record.parent_id}" if record.parent_id else None,
        "circuits": len(record.child_ids) or None,
        "idempotency key": record.idempotency_key,
    }
    return [(title, str(value)) for title, value in lines.items() if value not in (None, "")]


@command(
    refs_parameters,
    timeout_option("Wait no longer than that: 90 (seconds), 15m, 2h, 1d. The jobs go on."),
    click.option("--quiet", "-q", is_flag=True, help="Say nothing before the end."),
)
def wait_command(refs: tuple[str, ...], source: Path | None, timeout: float | None, quiet: bool, as_json: bool) -> int:
    """Wait until jobs are over.

    A live table shows where they stand; elsewhere than on a terminal a line says so when something has changed. What
    is printed at the end is what status prints. Ctrl-C stops waiting and leaves the jobs alone.
    """
    from quantum_jobs.cli.watching import say_how_to_resume, watch

    jobs, failures = jobs_of(read_refs(refs, source))
    watched = watch(jobs, timeout, quiet=quiet)
    heard_of = [job for job in jobs if job not in watched.lost]
    if as_json:
        output.write_json([as_dict(job.record) for job in heard_of])
    else:
        write_rows(JOB, [job.record for job in heard_of])
    failures.update((job.ref, error) for job, error in watched.lost.items())
    if watched.interrupted:
        errors.report_all(failures)
        say_how_to_resume(watched)
        return errors.INTERRUPTED
    failures.update((job.ref, error) for job in heard_of if (error := _without_result(job, timeout)) is not None)
    return errors.report_all(failures)


def _without_result(job: Job, timeout: float | None) -> QuantumJobsError | None:
    """Why a job that was waited for has no result."""
    from quantum_jobs.core.waiting import check_over

    try:
        check_over(job, timeout)
        check_completed(job)
    except QuantumJobsError as error:
        return error
    return None
