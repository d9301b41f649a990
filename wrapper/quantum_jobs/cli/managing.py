"""``cancel`` and ``delete``: many jobs of any services, in bulk where a service has that."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from quantum_jobs.cli import errors, output
from quantum_jobs.cli.options import command
from quantum_jobs.cli.reading import clients
from quantum_jobs.cli.refs import Ref, read_refs, refs_parameters
from quantum_jobs.errors import QuantumJobsError


@command(refs_parameters)
def cancel_command(refs: tuple[str, ...], source: Path | None, as_json: bool) -> int:
    """Ask for jobs to be cancelled. Those that are over are left alone.

    Prints the references of all for which that worked.
    """
    return _do("cancel", read_refs(refs, source), as_json)


@command(refs_parameters, click.option("--yes", "-y", is_flag=True, help="Do not ask first."))
def delete_command(refs: tuple[str, ...], source: Path | None, yes: bool, as_json: bool) -> int:
    """Remove jobs and their data at the service, for good.

    Asks first; where nobody can answer, --yes is needed. Prints the references of all for which that worked.
    """
    named = read_refs(refs, source)
    if named and not yes:
        what = str(named[0]) if len(named) == 1 else f"{len(named)} jobs"
        if "-" in refs or str(source) == "-" or not sys.stdin.isatty():
            raise errors.Failed(f"deleting {what} cannot be undone: say --yes where nobody can be asked")
        if not click.confirm(f"Delete {what} and all data at the service? That cannot be undone.", err=True):
            raise errors.Failed("nothing was deleted", errors.FAILED)
    return _do("delete", named, as_json)


def _do(verb: str, named: Sequence[Ref], as_json: bool) -> int:
    by_service: dict[str, list[str]] = {}
    for ref in named:
        by_service.setdefault(ref.service, []).append(ref.id)
    outcomes: dict[str, QuantumJobsError | None] = {}
    with clients(by_service) as (connected, failures):
        for service, client in connected.items():
            done = (client.cancel if verb == "cancel" else client.delete)(by_service[service])
            outcomes.update((f"{service}:{job_id}", error) for job_id, error in done.items())
    if as_json:
        told = ((ref, failures.get(ref.service) or outcomes[str(ref)]) for ref in named)
        output.write_json([{"ref": str(ref), "error": error.message if error else None} for ref, error in told])
    else:
        for ref in named:
            if ref.service in connected and outcomes[str(ref)] is None:
                output.write(str(ref))
    return errors.report_all({**failures, **{ref: error for ref, error in outcomes.items() if error is not None}})
